// Values of variables in the text, for the metric that one asks for.
import { describe, expect, it } from 'vitest';
import { createVariableHints, type VariableHints } from '../../server/src/ide/inlayHints/variable.ts';
import { createPreview, noPreview } from '../../server/src/ide/preview/preview.ts';
import { openFixture } from '../support/workspace.ts';
import { contact } from './contact.ts';
import { impatient, patient } from './open.ts';

const dax = (text: string): string => `${contact}//- /metrics.dax\n$0${text}`;
const waiting = { patience: patient, onLate: (): void => undefined };

/** The text with its hints: `VAR a = 1⟨= 1⟩`. */
async function shown(hints: VariableHints, fixture: Awaited<ReturnType<typeof openFixture>>, all: boolean): Promise<string> {
  const document = await fixture.workspace.document(fixture.uri);
  if (document === undefined) throw new Error('no document');
  let { text } = document;
  for (const it of [...(await hints.hints(document, all, waiting))].sort((a, b) => b.offset - a.offset)) text = `${text.slice(0, it.offset)}⟨${it.label}⟩${text.slice(it.offset)}`;
  return text;
}

async function all(text: string): Promise<string> {
  const fixture = await openFixture(dax(text));
  return shown(createVariableHints(() => fixture.workspace, noPreview), fixture, true);
}

describe('the values of variables', () => {
  it('stand at the end of the line on which each is defined', async () => {
    expect(await all(`Share =
VAR total = COUNTROWS(FactSession) -- all
VAR rejected =
    CALCULATE(
        COUNTROWS(FactSession),
        FactSession[Reason] = "192350001"
    )
RETURN DIVIDE(rejected, total)`)).toBe(`Share =
VAR total = COUNTROWS(FactSession)⟨= 4⟩ -- all
VAR rejected =⟨2⟩
    CALCULATE(
        COUNTROWS(FactSession),
        FactSession[Reason] = "192350001"
    )
RETURN DIVIDE(rejected, total)`);
  });

  it.each([
    ['two on a line', 'M = VAR a = 1 + 1 VAR b = a * 3 RETURN b', 'M = VAR a = 1 + 1⟨= 2⟩ VAR b = a * 3⟨= 6⟩ RETURN b'],
    ['a table', 'M = VAR t = FILTER(FactSession, FactSession[Duration] > 30) RETURN COUNTROWS(t)', 'M = VAR t = FILTER(FactSession, FactSession[Duration] > 30)⟨= 3 rows⟩ RETURN COUNTROWS(t)'],
    ['one of each row', 'M = SUMX(FactSession, VAR d = FactSession[Duration] * 2 RETURN d)', 'M = SUMX(FactSession, VAR d = FactSession[Duration] * 2⟨= 60, 120, 180, … in 4 rows or groups⟩ RETURN d)'],
    ['a BLANK', 'M = VAR b = CALCULATE(COUNTROWS(FactSession), FactSession[Reason] = "x") RETURN b', 'M = VAR b = CALCULATE(COUNTROWS(FactSession), FactSession[Reason] = "x")⟨= BLANK⟩ RETURN b'],
    ['one that nothing reads', 'M = VAR unused = 1 + 2 RETURN 7', 'M = VAR unused = 1 + 2 RETURN 7'],
    ['one of a branch that is not taken', 'M = IF(TRUE, 1, VAR v = 1 + 2 RETURN v)', 'M = IF(TRUE, 1, VAR v = 1 + 2 RETURN v)'],
    ['names that come twice', 'M = (VAR v = 1 + 2 RETURN v) + (VAR v = 3 + 4 RETURN v)', 'M = (VAR v = 1 + 2⟨= 3⟩ RETURN v) + (VAR v = 3 + 4⟨= 7⟩ RETURN v)'],
  ])('of %s', async (_, text, expected) => {
    expect(await all(text)).toBe(expected);
  });

  it('come and go for the metric at the cursor', async () => {
    const fixture = await openFixture(dax('A = VAR a = 1 + 1 RETURN a\n\nB = VAR b = 2 + 2 RETURN b\n\nC = 3\n'));
    const hints = createVariableHints(() => fixture.workspace, noPreview);
    const document = await fixture.workspace.document(fixture.uri);
    if (document === undefined) throw new Error('no document');
    const at = (text: string): number => document.text.indexOf(text);
    expect(await shown(hints, fixture, false)).not.toContain('⟨');
    expect(hints.toggle(document, at('b = 2'))).toBe('shown');
    expect(await shown(hints, fixture, false)).toBe('A = VAR a = 1 + 1 RETURN a\n\nB = VAR b = 2 + 2⟨= 4⟩ RETURN b\n\nC = 3');
    expect(hints.toggle(document, at('RETURN b'))).toBe('hidden');
    expect(await shown(hints, fixture, false)).not.toContain('⟨');
    expect(hints.toggle(document, at('C ='))).toBeUndefined();
  });

  it('keep their text while the metric is edited', async () => {
    const fixture = await openFixture(dax('A = VAR a = 1 + 1 RETURN a'));
    const hints = createVariableHints(() => fixture.workspace, noPreview);
    await shown(hints, fixture, true);
    fixture.type('/metrics.dax', 'A = VAR a = 1 + 2 RETURN a');
    const document = await fixture.workspace.document(fixture.uri);
    if (document === undefined) throw new Error('no document');
    const late = new Promise<void>((resolve) => void hints.hints(document, true, { patience: impatient, onLate: resolve }).then((it) => {
      expect(it.map(({ label }) => label)).toEqual(['= 2 …']);
    }));
    await late;
    expect(await shown(hints, fixture, true)).toContain('⟨= 3⟩');
  });

  it('obey the preview', async () => {
    const fixture = await openFixture(dax('A = VAR n = COUNTROWS(FactSession) RETURN n'));
    const preview = createPreview(() => undefined);
    preview.set([{ kind: 'values', table: 'Dim Agent', column: 'Team', values: ['Berlin'] }]);
    expect(await shown(createVariableHints(() => fixture.workspace, preview), fixture, true)).toContain('⟨= 3⟩');
  });

  it('are told for each model of a page', async () => {
    const model = (name: string, amount: number): string => `//- /${name}.daxmodel.yaml\nname: ${name}\ntables:\n  T:\n    rows: [{ Amount: ${amount} }]\n`;
    const fixture = await openFixture(`${model('one', 1)}${model('two', 2)}//- /page.md\n$0---\ndax-model: [one, two]\n---\n\n\`\`\`dax\nM = VAR a = SUM(T[Amount]) RETURN a\n\`\`\``);
    expect(await shown(createVariableHints(() => fixture.workspace, noPreview), fixture, true)).toContain('SUM(T[Amount])⟨= 1 (one) · = 2 (two)⟩ RETURN');
  });
});
