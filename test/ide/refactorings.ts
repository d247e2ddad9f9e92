// A refactoring at a selection, marked by ⟦ and ⟧ in a fixture; before and after it metrics have the same values.
import { expect } from 'vitest';
import { applied } from '../../grammar/src/index.ts';
import { refactorActions, refactorEdits, type RefactorAction } from '../../server/src/ide/refactor/refactorings.ts';
import type { Workspace } from '../../server/src/workspace/types.ts';
import { openFixture } from '../support/workspace.ts';

/** Sales of three regions; one has no costs, one has no sales. */
export const shop = `//- /shop.daxmodel.yaml
name: shop
tables:
  Sales:
    rows:
      - { Region: north, Amount: 10, Cost: 4, Kind: 1 }
      - { Region: north, Amount: 20, Cost: 5, Kind: 2 }
      - { Region: south, Amount: 5, Cost: 0, Kind: 1 }
      - { Region: west, Amount: 7, Cost: 3, Kind: 3 }
    columns: { Region: { type: string }, Amount: { type: int64 }, Cost: { type: int64 }, Kind: { type: int64 } }
  Regions:
    rows:
      - { Name: north }
      - { Name: south }
      - { Name: west }
      - { Name: east }
    columns: { Name: { type: string, key: true } }
relationships:
  - { from: "Sales[Region]", to: "Regions[Name]" }
`;

export interface Chosen {
  readonly actions: readonly RefactorAction[];
  /** The text after one of them. */
  after(id: string): Promise<string>;
}

/** @param text a .dax file, or a page where \`path\` says so, with the selection marked; one mark alone is the cursor */
export async function select(text: string, path = '/m.dax'): Promise<Chosen> {
  const start = text.indexOf('⟦');
  if (start < 0) throw new Error('no ⟦ marks a selection');
  const end = text.includes('⟧') ? text.indexOf('⟧') - 1 : start;
  const clean = text.replace(/[⟦⟧]/g, '');
  const { workspace } = await openFixture(`${shop}//- ${path}\n`);
  const uri = `file://${path}`;
  workspace.setText({ uri, languageId: path.endsWith('.md') ? 'markdown' : 'dax', version: 1, text: clean });
  const actions = await refactorActions(workspace, uri, { start, end });
  return {
    actions,
    after: async (id) => {
      const { edits } = await refactorEdits(workspace, uri, { start, end }, id);
      expect(edits.length, `${id} of ${actions.map((it) => `${it.id}${it.refused === undefined ? '' : ` (${it.refused})`}`).join(', ')}`).toBeGreaterThan(0);
      edits.slice(1).forEach((it, i) => expect(it.span.start).toBeGreaterThan(edits[i]?.span.end ?? 0));
      return applied(clean, edits);
    },
  };
}

/** Ids of what can be done, and of what cannot with its reason. */
export async function offered(text: string): Promise<readonly string[]> {
  const { actions } = await select(text);
  return actions.map((it) => (it.refused === undefined ? it.id : `${it.id}: ${it.refused}`));
}

/** The value of the metric M in total, by region and by kind, of a text. */
async function valuesOf(text: string): Promise<unknown> {
  const { workspace } = await openFixture(`${shop}//- /m.dax\n`);
  workspace.setText({ uri: 'file:///m.dax', languageId: 'dax', version: 1, text });
  const [model] = await workspace.models();
  if (model === undefined) throw new Error('no model');
  const findings = (await workspace.findings('file:///m.dax')).filter((it) => it.severity === 'error');
  expect(findings.map((it) => it.message), text).toEqual([]);
  const queries = ['EVALUATE ROW("v", [M])', 'EVALUATE ADDCOLUMNS(VALUES(Regions[Name]), "v", [M])', 'EVALUATE ADDCOLUMNS(CROSSJOIN(ALL(Sales[Kind]), ALL(Regions[Name])), "v", [M])'];
  return cellsOf(workspace, model, queries);
}

async function cellsOf(workspace: Workspace, model: Parameters<Workspace['evaluate']>[0], queries: readonly string[]): Promise<unknown> {
  const results = await workspace.evaluate(model, queries.map((query) => ({ query })));
  return results.map((it) => {
    if (it.kind !== 'table') throw new Error(JSON.stringify(it));
    return it.columns.map((column) => column.cells);
  });
}

/** Does a refactoring, holds that the metric M keeps its values, and gives the text. */
export async function refactored(text: string, id: string): Promise<string> {
  const after = await (await select(text)).after(id);
  expect(await valuesOf(after), after).toEqual(await valuesOf(text.replace(/[⟦⟧]/g, '')));
  return after;
}

/** As \`refactored\`, where values differ as the title says. */
export async function rewritten(text: string, id: string): Promise<string> {
  return (await select(text)).after(id);
}
