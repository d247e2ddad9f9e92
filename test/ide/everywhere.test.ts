// No feature fails at any place of any text, finished or not; what it answers lies within the text.
import { expect, it } from 'vitest';
import { touches } from '../../server/src/base/spans.ts';
import { codeActions } from '../../server/src/ide/codeActions.ts';
import { completion } from '../../server/src/ide/completion/completion.ts';
import { definition } from '../../server/src/ide/definition.ts';
import { documentSymbols } from '../../server/src/ide/documentSymbols.ts';
import { foldingRanges } from '../../server/src/ide/foldingRanges.ts';
import { formatting, onTypeFormatting } from '../../server/src/ide/formatting/formatting.ts';
import { defaultIndentation } from '../../server/src/ide/formatting/style.ts';
import { hover } from '../../server/src/ide/hover/hover.ts';
import { codeLabelHints } from '../../server/src/ide/inlayHints/codeLabel.ts';
import { createValueHints } from '../../server/src/ide/inlayHints/value.ts';
import { refactorActions, refactorEdits } from '../../server/src/ide/refactor/refactorings.ts';
import { noPreview } from '../../server/src/ide/preview/preview.ts';
import { defaultSettings } from '../../server/src/ide/settings.ts';
import { selectionRanges } from '../../server/src/ide/selectionRanges.ts';
import { signatureHelp } from '../../server/src/ide/signatureHelp.ts';
import { tokenData } from '../../server/src/lsp/semanticTokenData.ts';
import { openFixture } from '../support/workspace.ts';
import { contact } from './contact.ts';
import { impatient } from './open.ts';
import { decode, written } from './tokens.ts';

const whole = `/// Rejected, in \`words\`.
/// @format 0.0%
/// @expect = DIVIDE([Sessions], 2) by 'Dim Agent'[Team]
///   where FactSession[Reason] = "192350001", FactSession[Duration] > 1
Agent's rate [%] = DIVIDE(CALCULATE(COUNTROWS(FactSession), FactSession[Reason] IN { "192350001", "x" }), [Sess
ions], BLANK())
Sessions := VAR n = COUNTROWS('Dim Agent') RETURN SUMX(ADDCOLUMNS(FactSession, "Half", [Duration] / 2), [Half]) + n -- end
// #region
FUNCTION Half = (x : SCALAR NUMERIC, y = 2) => x / y
**Need info**
// #endregion
DEFINE MEASURE FactSession[m] = SWITCH(SELECTEDVALUE('Dim Agent'[Mode]), 192350000, "a", "b")
EVALUATE SUMMARIZECOLUMNS(FactSession[AgentId], "m", [m]) ORDER BY [m] DESC
`;

it.each([
  ['finished', (text: string) => text],
  ['cut off in a name', (text: string) => text.slice(0, text.indexOf('Reason] IN') + 3)],
  ['cut off in a text', (text: string) => text.slice(0, text.indexOf('{ "19235') + 8)],
  ['cut off in a tag', (text: string) => text.slice(0, text.indexOf('FactSession[Reason]') + 15)],
  ['without closing brackets', (text: string) => text.replaceAll(')', '')],
  ['without its first quote', (text: string) => text.replace('{ "', '{ ')],
  ['in a page', (text: string) => `# Page\n\n> - \`\`\`dax\n${text.replace(/^/gm, '>   ')}\n> \`\`\`\n`],
])('a text %s', async (_, change) => {
  const { workspace } = await openFixture(contact);
  const text = change(whole);
  const uri = text.startsWith('#') ? 'file:///page.md' : 'file:///metrics.dax';
  workspace.setText({ uri, languageId: uri.endsWith('.md') ? 'markdown' : 'dax', version: 1, text });
  const within = (it: { readonly start: number; readonly end: number }): boolean => 0 <= it.start && it.start <= it.end && it.end <= text.length;
  const misplaced: string[] = [];
  for (let offset = 0; offset <= text.length; offset++) {
    const said = await hover({ workspace, settings: defaultSettings, preview: noPreview, patience: impatient }, uri, offset);
    if (said !== undefined && !(within(said.span) && touches(said.span, offset))) misplaced.push(`hover at ${offset}: ${JSON.stringify(said.span)}`);
    const items = await completion({ workspace, patience: impatient }, uri, offset, '[');
    const astray = items.find((it) => !(within(it.span) && touches(it.span, offset)));
    if (astray !== undefined) misplaced.push(`completion at ${offset}: ${JSON.stringify(astray.span)}`);
    for (const it of await definition(workspace, uri, offset)) if (!within(it.origin)) misplaced.push(`definition at ${offset}`);
    await signatureHelp(workspace, uri, offset);
    for (const end of [offset, Math.min(text.length, offset + 40)]) {
      for (const { id } of await refactorActions(workspace, uri, { start: offset, end })) {
        for (const it of (await refactorEdits(workspace, uri, { start: offset, end }, id)).edits) if (!within(it.span)) misplaced.push(`${id} at ${offset}`);
      }
    }
    for (const it of await onTypeFormatting(workspace, uri, offset, offset % 2 === 0 ? '\n' : ')', defaultIndentation)) if (!within(it.span)) misplaced.push(`typing at ${offset}`);
  }
  for (const it of await formatting(workspace, uri, defaultSettings.format, defaultIndentation)) if (!within(it.span)) misplaced.push(`formatting at ${it.span.start}`);
  expect(misplaced).toEqual([]);
  expect((await codeActions(workspace, uri, { start: 0, end: text.length })).every((it) => within(it.finding.span))).toBe(true);
  for (const it of await documentSymbols(workspace, uri)) {
    expect(within(it.span) && it.span.start <= it.nameSpan.start && it.nameSpan.end <= it.span.end).toBe(true);
  }
  const document = await workspace.document(uri);
  if (document === undefined) throw new Error('no document');
  const spans = await selectionRanges(workspace, uri, Array.from({ length: text.length + 1 }, (_, i) => i));
  spans.forEach((ranges, offset) => ranges.forEach((it, i) => {
    const inner = ranges[i - 1];
    const grows = inner === undefined || (it.start <= inner.start && inner.end <= it.end && it.end - it.start > inner.end - inner.start);
    if (!within(it) || !touches(it, offset) || !grows) misplaced.push(`selection at ${offset}: ${JSON.stringify(ranges)}`);
  }));
  expect((await foldingRanges(workspace, uri)).every((it) => within(it.span))).toBe(true);
  for (const whole of [true, false]) {
    const tokens = decode(tokenData(document, whole));
    const overlapping = tokens.filter((it, i) => {
      const before = tokens[i - 1];
      return before !== undefined && before.line === it.line && before.column + before.length > it.column;
    });
    expect(overlapping).toEqual([]);
    expect(() => written(text, tokenData(document, whole))).not.toThrow();
  }
  expect(misplaced).toEqual([]);
  const hints = [...codeLabelHints(document, { start: 0, end: text.length }), ...(await createValueHints(() => workspace).hints(document, { patience: impatient, onLate: () => undefined }))];
  expect(hints.every((it) => 0 <= it.offset && it.offset <= text.length)).toBe(true);
});
