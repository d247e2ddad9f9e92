// What stands above a definition.
import { describe, expect, it } from 'vitest';
import { codeLenses, codeLensText } from '../../server/src/ide/codeLens.ts';
import { createLanguageService } from '../../server/src/ide/service.ts';
import { defaultSettings } from '../../server/src/ide/settings.ts';
import { openFixture } from '../support/workspace.ts';
import { contact } from './contact.ts';
import { patient } from './open.ts';

const going = { isCancellationRequested: false };

/** `name: title | title` of each definition of the file with the `$0`. */
async function lensesOf(fixture: string): Promise<readonly string[]> {
  const { workspace, uri } = await openFixture(fixture);
  const document = await workspace.document(uri);
  if (document === undefined) throw new Error('no document');
  const lines = new Map<string, string[]>();
  for (const it of codeLenses(document)) {
    const name = document.text.slice(it.span.start, it.span.end);
    const text = await codeLensText(workspace, uri, it, going);
    lines.set(name, [...(lines.get(name) ?? []), text?.title ?? 'nothing']);
  }
  return [...lines].map(([name, titles]) => `${name}: ${titles.join(' | ')}`);
}

describe('lenses', () => {
  it('tell whether the expectations hold, who refers to the metric, and pin what has none', async () => {
    expect(await lensesOf(`${contact}//- /metrics.dax
$0/// @expect 4
/// @expect 3 where 'Dim Agent'[Team] = "Berlin"
All = COUNTROWS(FactSession)
/// @expect 5
/// @expect 1 where 'Dim Agent'[Team] = "Paris"
/// @expect 1 where 'Dim Agent'[Team] = "Berlin"
Wrong = [All] + 0 * [All]
/// @expect 4
One = [All]
/// @expect 1
None = EXTERNALMEASURE("x", INTEGER, "y")
/// @compare [All] by 'Dim Agent'[Team] within 0
/// @expect 2
Half = [All] / 2
Bare = 1
`)).toEqual([
      'All: 2 expectations hold | Show results | 5 references',
      'Wrong: 2 of 3 expectations fail | Show results | 0 references',
      'One: 1 expectation holds | Show results | 0 references',
      'None: 1 of 1 expectation has no value | Show results | 0 references',
      'Half: 1 of 2 tests fails | Show results | 0 references',
      'Bare: Show results | 0 references | Pin this value',
    ]);
  });

  it('stand in the fences of a page, and promise no value without a model', async () => {
    expect(await lensesOf(`${contact}//- /page.md\n\`\`\`dax\n$0/// @expect 1\nM = 1\n\`\`\`\n`)).toEqual(['M: 1 expectation holds | Show results | 0 references']);
    expect(await lensesOf('//- /m.dax\n$0/// @expect 1\nM = 1\n')).toEqual(['M: 0 references']);
  });

  it('stand above each query and expression, and open its results', async () => {
    expect(await lensesOf(`${contact}//- /queries.dax
$0[All] + 1

DEFINE MEASURE FactSession[All] = COUNTROWS(FactSession)
EVALUATE
  FactSession
EVALUATE ROW("a", [All])
`)).toEqual(['[All] + 1: Show results', 'EVALUATE: Show results', 'EVALUATE ROW("a", [All]): Show results']);
  });

  it('of a definition that is gone say nothing', async () => {
    const { workspace, uri, type } = await openFixture(`${contact}//- /metrics.dax\n$0M = 1\n`);
    const document = await workspace.document(uri);
    const [lens] = document === undefined ? [] : codeLenses(document);
    type('/metrics.dax', '-- none\n');
    expect(lens === undefined ? 'no lens' : await codeLensText(workspace, uri, lens, going)).toBeUndefined();
  });

  it.each([[true, 3], [false, 0]])('are shown where the setting is %s', async (enabled, count) => {
    const { workspace, uri } = await openFixture(`${contact}//- /metrics.dax\n$0M = 1\n`);
    const service = createLanguageService({ workspace: () => workspace, settings: () => Promise.resolve({ ...defaultSettings, codeLens: { enabled } }), delay: patient });
    expect(await service.codeLenses(uri)).toHaveLength(count);
  });
});
