// Calculation groups of a model file: their names are followed like those of tables and columns.
import { describe, expect, it } from 'vitest';
import { definition } from '../../server/src/ide/definition.ts';
import { rename } from '../../server/src/ide/rename/rename.ts';
import { openFixture } from '../support/workspace.ts';

const files = (reference: string): string => `
//- /m.daxmodel.yaml
name: m
tables:
  Sales:
    columns: { Amount: { type: int64 } }
    rows: [ { Amount: 10 } ]
calculationGroups:
  Show: { column: Kind, items: { A: "SELECTEDMEASURE() + 1", B: 'CALCULATE(SELECTEDMEASURE(), Show[Kind] = "A")' } }
//- /metrics.dax
Sum = SUM(Sales[Amount])
Two = CALCULATE([Sum], ${reference} = "A")`;

describe('a calculation group', () => {
  it.each([['Sh$0ow[Kind]', 'Show'], ['Show[Ki$0nd]', 'Show']])('is found where the model file names it: %s', async (reference, name) => {
    const { workspace, uri, offset } = await openFixture(files(reference));
    const links = await definition(workspace, uri, offset);
    const text = (await workspace.document('file:///m.daxmodel.yaml'))?.text ?? '';
    expect(links.map((it) => [it.uri, text.slice(it.span.start, it.span.end)])).toEqual([['file:///m.daxmodel.yaml', name]]);
  });

  it.each([
    ['Sh$0ow[Kind]', 'View', 'View: { column: Kind', 'View[Kind] = "A"'],
    ['Show[Ki$0nd]', 'What', 'Show: { column: What', 'Show[What] = "A"'],
  ])('is renamed in the model file, in its items and in metrics: %s', async (reference, name, declared, used) => {
    const { workspace, uri, offset, files: all } = await openFixture(files(reference));
    const edits = await rename(workspace, uri, offset, name);
    if (edits === undefined || !('files' in edits)) throw new Error(JSON.stringify(edits));
    const after = edits.files.map((it) => {
      const text = all.find((file) => it.uri.endsWith(file.path))?.text ?? '';
      return [...it.edits].sort((a, b) => b.span.start - a.span.start).reduce((sum, edit) => sum.slice(0, edit.span.start) + edit.newText + sum.slice(edit.span.end), text);
    });
    expect(after[0]).toContain(declared);
    expect(after.every((it) => it.includes(used))).toBe(true);
  });
});
