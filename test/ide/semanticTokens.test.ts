// Semantic tokens: each name with what it is, in brackets behind its kind.
import { describe, expect, it } from 'vitest';
import { tokensOf } from '../../server/src/ide/semanticTokens.ts';
import { tokenData } from '../../server/src/lsp/semanticTokenData.ts';
import { editBetween } from '../../server/src/lsp/tokenEdit.ts';
import { openFixture, uriOf } from '../support/workspace.ts';
import { contact } from './contact.ts';
import { decode, written } from './tokens.ts';

/** The last file of the fixture with its tokens. */
async function tokensIn(fixture: string, whole = false): Promise<string> {
  const { workspace, files } = await openFixture(fixture);
  const document = await workspace.document(uriOf(files.at(-1)?.path ?? ''));
  if (document === undefined) throw new Error('no document');
  return written(document.text, tokenData(document, whole));
}

const dax = (text: string): string => `${contact}//- /m.dax\n${text}`;

describe('a name is told by what it leads to:', () => {
  it.each([
    ['a metric and a column', 'M = [N] + SUM(FactSession[Duration])\nN = 1',
      'method.declaration⟨M⟩ = method⟨[N]⟩ + function.defaultLibrary⟨SUM⟩(class⟨FactSession⟩property⟨[Duration]⟩)\nmethod.declaration⟨N⟩ = 1'],
    ['a table in quotes and one that is alone', "M = COUNTROWS('Dim Agent') + COUNTROWS(FactSession)",
      "method.declaration⟨M⟩ = function.defaultLibrary⟨COUNTROWS⟩(class⟨'Dim Agent'⟩) + function.defaultLibrary⟨COUNTROWS⟩(class⟨FactSession⟩)"],
    ['a column of the row', 'M = SUMX(FactSession, [Duration])',
      'method.declaration⟨M⟩ = function.defaultLibrary⟨SUMX⟩(class⟨FactSession⟩, property⟨[Duration]⟩)'],
    ['an added column', 'M = SUMX(ADDCOLUMNS(FactSession, "Half", 1), [Half])',
      'method.declaration⟨M⟩ = function.defaultLibrary⟨SUMX⟩(function.defaultLibrary⟨ADDCOLUMNS⟩(class⟨FactSession⟩, "Half", 1), property⟨[Half]⟩)'],
    ['a variable', 'M = VAR n = 1 RETURN n + N',
      'method.declaration⟨M⟩ = VAR variable.declaration.readonly⟨n⟩ = 1 RETURN variable.readonly⟨n⟩ + variable.readonly⟨N⟩'],
    ['a code', 'M = CALCULATE(1, FactSession[Reason] = "192350001", \'Dim Agent\'[Mode] = 192350001)',
      'method.declaration⟨M⟩ = function.defaultLibrary⟨CALCULATE⟩(1, class⟨FactSession⟩property⟨[Reason]⟩ = enumMember⟨"192350001"⟩, '
      + "class⟨'Dim Agent'⟩property⟨[Mode]⟩ = enumMember⟨192350001⟩)"],
    ['an enumeration word', 'M = DATEDIFF(1, 2, day)', 'method.declaration⟨M⟩ = function.defaultLibrary⟨DATEDIFF⟩(1, 2, enumMember⟨day⟩)'],
    ['a name of any signs', "% of agent's [24/7] -- load = 1", "method.declaration⟨% of agent's [24/7] -- load⟩ = 1"],
    ['a name broken by the end of the line', 'M = SUM(FactSession[Dura\ntion])',
      'method.declaration⟨M⟩ = function.defaultLibrary⟨SUM⟩(class⟨FactSession⟩property⟨[Dura⟩\nproperty⟨tion]⟩)'],
    ['the metric of a query', 'DEFINE MEASURE FactSession[x] = 1\nEVALUATE ROW("x", [x])',
      'DEFINE MEASURE class⟨FactSession⟩method.declaration⟨[x]⟩ = 1\nEVALUATE function.defaultLibrary⟨ROW⟩("x", method⟨[x]⟩)'],
    ['a variable of a query', 'DEFINE VAR d = 1\nEVALUATE {d}', 'DEFINE VAR variable.declaration.readonly⟨d⟩ = 1\nEVALUATE {variable.readonly⟨d⟩}'],
    ['a function of the text, and its parameters', 'FUNCTION Twice = (x : NUMERIC) => 2 * x\nM = Twice(1)',
      'FUNCTION function.declaration⟨Twice⟩ = (parameter.declaration⟨x⟩ : type⟨NUMERIC⟩) => 2 * parameter⟨x⟩\nmethod.declaration⟨M⟩ = function⟨Twice⟩(1)'],
    ['a table and a column of the text', 'TABLE Days = {1}\nCOLUMN FactSession[Half] = 1\nM = COUNTROWS(Days) + SUM(FactSession[Half])',
      'TABLE class.declaration⟨Days⟩ = {1}\nCOLUMN class⟨FactSession⟩property.declaration⟨[Half]⟩ = 1\n'
      + 'method.declaration⟨M⟩ = function.defaultLibrary⟨COUNTROWS⟩(class⟨Days⟩) + function.defaultLibrary⟨SUM⟩(class⟨FactSession⟩property⟨[Half]⟩)'],
  ])('%s', async (_, text, shown) => {
    expect(await tokensIn(dax(text))).toBe(shown);
  });

  it('what leads nowhere, and what is no name, has none', async () => {
    expect(await tokensIn(dax('M = Nowhere[x] + [y] + "a" + 1 + NOFUNCTION(z) // rest'))).toBe(
      'method.declaration⟨M⟩ = Nowhere[x] + [y] + "a" + 1 + NOFUNCTION(z) // rest',
    );
  });

  it('a name that only one of two models knows is still told', async () => {
    const models = '//- /a.daxmodel.yaml\nname: a\ntables:\n  A: { rows: [{ x: 1 }] }\n//- /b.daxmodel.yaml\nname: b\ntables:\n  B: { rows: [{ x: 1 }] }\n';
    const page = '//- /page.md\n---\ndax-model: [a, b]\n---\n```dax\nM = COUNTROWS(A) + COUNTROWS(B)\n```';
    expect(await tokensIn(`${models}${page}`)).toContain(
      'method.declaration⟨M⟩ = function.defaultLibrary⟨COUNTROWS⟩(class⟨A⟩) + function.defaultLibrary⟨COUNTROWS⟩(class⟨B⟩)',
    );
  });

  it('the DAX of doc tags is DAX, in the midst of the comment', async () => {
    const text = '/// Of FactSession.\n/// @expect 1 where FactSession[Reason] = "192350001"\n/// @compare [N] by \'Dim Agent\'[Team]\nM = 1\nN = 1';
    expect(await tokensIn(dax(text))).toBe(
      '/// Of FactSession.\n/// @expect 1 where class.documentation⟨FactSession⟩property.documentation⟨[Reason]⟩ = enumMember.documentation⟨"192350001"⟩\n'
      + "/// @compare method.documentation⟨[N]⟩ by class.documentation⟨'Dim Agent'⟩property.documentation⟨[Team]⟩\n"
      + 'method.declaration⟨M⟩ = 1\nmethod.declaration⟨N⟩ = 1',
    );
    expect(await tokensIn(dax('/// @compare [N] by FactSession[AgentId]\nM = 1\nN = 1'), true)).toContain(
      'comment.documentation⟨/// @compare ⟩method.documentation⟨[N]⟩comment.documentation⟨ by ⟩class.documentation⟨FactSession⟩property.documentation⟨[AgentId]⟩\n',
    );
  });

  it('what the model calls deprecated is deprecated', async () => {
    const model = `//- /m.daxmodel.yaml
name: m
tables:
  T:
    rows: [{ Old: "1" }]
    columns:
      Old: { type: string, deprecated: true, choice: c }
      New: { type: string, choice: c }
choices:
  c:
    "1": { label: Gone, deprecated: true }
    "2": { label: There }
`;
    expect(await tokensIn(`${model}//- /m.dax\nM = CALCULATE(1, T[Old] = "2", T[New] = "1", T[New] = "2")`)).toBe(
      'method.declaration⟨M⟩ = function.defaultLibrary⟨CALCULATE⟩(1, class⟨T⟩property.deprecated⟨[Old]⟩ = enumMember.deprecated⟨"2"⟩, '
      + 'class⟨T⟩property⟨[New]⟩ = enumMember.deprecated⟨"1"⟩, class⟨T⟩property⟨[New]⟩ = enumMember⟨"2"⟩)',
    );
  });
});

describe('an editor without colours of its own', () => {
  it('is told every token, those of several lines line by line', async () => {
    expect(await tokensIn(dax('/// All.\nM = /* two\r\nlines */ IF(TRUE, "a", 1.5) -- end'), true)).toBe(
      'comment.documentation⟨/// All.⟩\nmethod.declaration⟨M⟩ operator⟨=⟩ comment⟨/* two⟩\ncomment⟨lines */⟩ '
      + 'function.defaultLibrary⟨IF⟩(keyword⟨TRUE⟩, string⟨"a"⟩, number⟨1.5⟩) comment⟨-- end⟩',
    );
  });

  it('sees a query', async () => {
    expect(await tokensIn(dax('DEFINE\n  VAR a = dt"2025-01-01"\nEVALUATE FactSession ORDER BY FactSession[Duration] DESC'), true)).toBe(
      'keyword⟨DEFINE⟩\n  keyword⟨VAR⟩ variable.declaration.readonly⟨a⟩ operator⟨=⟩ number⟨dt"2025-01-01"⟩\n'
      + 'keyword⟨EVALUATE⟩ class⟨FactSession⟩ keyword⟨ORDER⟩ keyword⟨BY⟩ class⟨FactSession⟩property⟨[Duration]⟩ keyword⟨DESC⟩',
    );
  });

  it('sees no DAX in prose', async () => {
    expect(await tokensIn(dax('Sessions that were rejected, or "lost" in 5 minutes.\n'), true)).toBe('Sessions that were rejected, or "lost" in 5 minutes.');
  });
});

describe('a document of another language has tokens in its DAX only', () => {
  it('a page', async () => {
    const page = '# SUM of [x]\n\n> - ```dax\n>   M = 😀 + /* a\n>   b */ [N]\n>   N = 1\n> ```\n\n`SUM(1)`\n';
    expect(await tokensIn(`${contact}//- /page.md\n${page}`, true)).toBe(
      '# SUM of [x]\n\n> - ```dax\n>   method.declaration⟨M⟩ operator⟨=⟩ 😀 operator⟨+⟩ comment⟨/* a⟩\n>   comment⟨b */⟩ method⟨[N]⟩\n'
      + '>   method.declaration⟨N⟩ operator⟨=⟩ number⟨1⟩\n> ```\n\n`SUM(1)`',
    );
  });

  it('a model file', async () => {
    const model = 'name: m\ntables:\n  T:\n    rows: [{ a: 1 }]\n  Half:\n    dax: |\n      FILTER(\n        T, // all\n        T[a] > 0)\n';
    expect(await tokensIn(`//- /m.daxmodel.yaml\n${model}`, true)).toContain(
      'dax: |\n      function.defaultLibrary⟨FILTER⟩(\n        class⟨T⟩, comment⟨// all⟩\n        class⟨T⟩property⟨[a]⟩ operator⟨>⟩ number⟨0⟩)',
    );
  });

  it('a page without a fence', async () => {
    expect(await tokensIn(`${contact}//- /page.md\nM = SUM(1)`, true)).toBe('M = SUM(1)');
  });
});

const long = Array.from({ length: 50 }, (_, i) => `/// Metric ${i}.\nMetric ${i} =\n  SUMX(FactSession, [Duration]) + ${i}\n`).join('\n');

describe('an edit', () => {
  it('costs the tokens of the segment that it touches', async () => {
    const { workspace, type } = await openFixture(dax(long));
    const lists = async (): Promise<ReadonlySet<unknown>> => {
      const document = await workspace.document(uriOf('/m.dax'));
      return new Set(document?.regions[0]?.segments.map((it) => tokensOf(it, true)));
    };
    const before = await lists();
    type('/m.dax', `// more\n\n${long.replace('Metric 20.', 'Metric twenty, at length.')}`);
    const after = await lists();
    expect([...after].filter((it) => !before.has(it))).toHaveLength(2);
    expect(after.size).toBe(50);
  });

  it.each([
    ['a letter more in a name', (text: string) => text.replace('Metric 20 =', 'Metric 20x =')],
    ['a line more above', (text: string) => `\n${text}`],
    ['a metric less', (text: string) => text.replace(/\/\/\/ Metric 30[^]*?\n\n/, '')],
    ['two places', (text: string) => text.replace('Metric 3 ', 'x ').replace('Metric 40 ', 'x ')],
    ['everything gone', () => ''],
    ['nothing', (text: string) => text],
  ])('is told by what it changes: %s', async (_, change) => {
    const { workspace, type } = await openFixture(dax(long));
    const data = async (): Promise<readonly number[]> => {
      const document = await workspace.document(uriOf('/m.dax'));
      return document === undefined ? [] : tokenData(document, true);
    };
    const before = await data();
    type('/m.dax', change(long));
    const after = await data();
    const edit = editBetween(before, after);
    const patched = edit === undefined ? before : [...before.slice(0, edit.start), ...edit.data, ...before.slice(edit.start + edit.deleteCount)];
    expect(patched).toEqual(after);
    if (edit !== undefined) expect([edit.start % 5, edit.deleteCount % 5, edit.data.length % 5]).toEqual([0, 0, 0]);
  });

  it('of one line moves one place only', async () => {
    const before = [0, 0, 1, 0, 0, 2, 0, 1, 0, 0, 2, 4, 1, 0, 0];
    const after = [0, 0, 1, 0, 0, 3, 0, 1, 0, 0, 2, 4, 1, 0, 0];
    expect(editBetween(before, after)).toEqual({ start: 5, deleteCount: 5, data: [3, 0, 1, 0, 0] });
    expect(editBetween(before, before)).toBeUndefined();
    expect(editBetween([], before)).toEqual({ start: 0, deleteCount: 0, data: before });
    expect(editBetween([1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1])).toEqual({ start: 5, deleteCount: 5, data: [] });
  });
});

it('a part of a document has the tokens of its segments', async () => {
  const { workspace } = await openFixture(dax(long));
  const document = await workspace.document(uriOf('/m.dax'));
  if (document === undefined) throw new Error('no document');
  const start = document.text.indexOf('Metric 20 =');
  const part = decode(tokenData(document, false, { start, end: start + 10 }));
  const all = decode(tokenData(document, false));
  expect(part.length).toBeGreaterThan(0);
  expect(all).toEqual(expect.arrayContaining([...part]));
  expect(new Set(part.map((it) => it.line)).size).toBeLessThan(5);
});

it.each(['\ufeff', ''])('the places hold behind a byte order mark (%j) and in every kind of line end', async (mark) => {
  const { workspace } = await openFixture(contact);
  const text = `${mark}M = 1\r\nN = [M]\rO =\n  [N] + "\u{1F600}" + [M]`;
  workspace.setText({ uri: uriOf('/m.dax'), languageId: 'dax', version: 1, text });
  const document = await workspace.document(uriOf('/m.dax'));
  expect(document === undefined ? '' : written(document.text, tokenData(document, false))).toBe(
    `${mark}method.declaration⟨M⟩ = 1\nmethod.declaration⟨N⟩ = method⟨[M]⟩\nmethod.declaration⟨O⟩ =\n  method⟨[N]⟩ + "\u{1F600}" + method⟨[M]⟩`,
  );
});
