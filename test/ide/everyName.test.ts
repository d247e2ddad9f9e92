// References, highlights, renaming and call hierarchy at every place of texts, finished or not: nothing fails, places lie
// in the text, each occurrence of a name finds the same others, and a renaming only touches what is referred to.
import { expect, it } from 'vitest';
import { prepareCallHierarchy } from '../../server/src/ide/callHierarchy/callHierarchy.ts';
import { documentHighlights } from '../../server/src/ide/documentHighlight.ts';
import { references } from '../../server/src/ide/references/references.ts';
import { prepareRename, rename } from '../../server/src/ide/rename/rename.ts';
import { openFixture } from '../support/workspace.ts';
import { contact } from './contact.ts';

const whole = `/// @expect = [Sessions] by 'Dim Agent'[Team] where FactSession[Reason] = "192350001"
Agent's rate [%] = DIVIDE(CALCULATE(COUNTROWS(FactSession), FactSession[Reason] IN { "192350001", "x" }), [Sess
ions], BLANK())
Sessions := VAR n = COUNTROWS('Dim Agent') RETURN SUMX(ADDCOLUMNS(FactSession, "Half", [Duration] / 2), [Half]) + n -- end
FUNCTION Ratio = (a, b : SCALAR) => DIVIDE(a, b + [Sessions])
**Need info**
DEFINE MEASURE FactSession[m] = Ratio(1, 2) TABLE t = FILTER(FactSession, TRUE) VAR v = 1
EVALUATE SUMMARIZECOLUMNS(FactSession[AgentId], t, "m", [m] + v) ORDER BY [m] DESC
`;

it.each([
  ['finished', (text: string) => text],
  ['cut off in a name', (text: string) => text.slice(0, text.indexOf('Reason') + 3)],
  ['cut off in a text', (text: string) => text.slice(0, text.indexOf('"x"') + 2)],
  ['without closing brackets', (text: string) => text.replaceAll(')', '')],
  ['without its first quote', (text: string) => text.replace('"', '')],
  ['with typographic quotes', (text: string) => text.replaceAll('"Half"', '“Half”').replaceAll("'Dim Agent'", '‘Dim Agent’')],
  ['in a page', (text: string) => `# Page\r\n\r\n> - \`\`\`dax\r\n${text.replace(/^/gm, '>   ').replaceAll('\n', '\r\n')}\r\n> \`\`\`\r\n`],
])('a text %s', async (_, change) => {
  const { workspace } = await openFixture(contact);
  const text = change(whole);
  const uri = text.startsWith('#') ? 'file:///page.md' : 'file:///metrics.dax';
  workspace.setText({ uri, languageId: uri.endsWith('.md') ? 'markdown' : 'dax', version: 1, text });
  const wrong: string[] = [];
  for (let offset = 0; offset <= text.length; offset++) {
    const highlights = await documentHighlights(workspace, uri, offset);
    const own = highlights.find(({ span }) => span.start <= offset && offset <= span.end);
    if (highlights.length > 0 && own === undefined) wrong.push(`no highlight at ${offset}`);
    if (!highlights.every(({ span }) => 0 <= span.start && span.start < span.end && span.end <= text.length)) wrong.push(`highlights of ${offset}`);
    const all = await references(workspace, uri, offset, true);
    if (JSON.stringify(all.filter((it) => it.uri === uri).map((it) => it.span)) !== JSON.stringify(highlights.map((it) => it.span))) wrong.push(`references of ${offset}`);
    const prepared = await prepareRename(workspace, uri, offset);
    const isNamed = prepared !== undefined && !('refused' in prepared);
    if (isNamed && (own === undefined || prepared.placeholder === '')) wrong.push(`rename at ${offset}`);
    const calls = await prepareCallHierarchy(workspace, uri, offset);
    if (!calls.every((it) => it.span.start <= it.nameSpan.start && it.nameSpan.end <= it.span.end)) wrong.push(`calls at ${offset}`);
    // Each name is renamed once, from its first letter.
    if (!isNamed || prepared.span.start !== offset) continue;
    const renamed = await rename(workspace, uri, offset, 'Fresh');
    if (renamed === undefined || 'refused' in renamed) continue;
    const places = new Set(all.map((it) => `${it.uri} ${it.span.start}`));
    if (!renamed.files.every((file) => file.edits.every((edit) => places.has(`${file.uri} ${edit.span.start}`)))) wrong.push(`renaming from ${offset}`);
  }
  expect(wrong).toEqual([]);
});
