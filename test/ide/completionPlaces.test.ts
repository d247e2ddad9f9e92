// Completion of what depends on its place: keywords, names that text defines, words of parameters, doc tags.
import { describe, expect, it } from 'vitest';
import { completion, completionDocs, type CompletionItem } from '../../server/src/ide/completion/completion.ts';
import { openFixture } from '../support/workspace.ts';
import { contact } from './contact.ts';
import { afterCompleting, docsOf, impatient, labelsAt } from './open.ts';

const dax = (text: string): string => `${contact}//- /m.dax\n${text}`;

/** Labels of the proposals of one kind. */
async function kindAt(text: string, kind: CompletionItem['kind']): Promise<readonly string[]> {
  const { workspace, uri, offset } = await openFixture(dax(text));
  const items = await completion({ workspace, patience: impatient }, uri, offset, '[');
  return items.filter((it) => it.kind === kind).map((it) => it.label);
}

describe('keywords in their place:', () => {
  it.each([
    ['M = $0', ['FALSE', 'NOT', 'TRUE', 'VAR']],
    ['M = 1 + $0', ['FALSE', 'NOT', 'TRUE', 'VAR']],
    ['M = IF($0', ['FALSE', 'NOT', 'TRUE', 'VAR']],
    ['M = IF(1 $0', ['IN']],
    ['M = VAR a = 1 $0', ['DEFINE', 'EVALUATE', 'IN', 'MEASURE', 'RETURN', 'VAR']],
    ['M =\n  VAR a = 1\n  $0', ['DEFINE', 'EVALUATE', 'MEASURE', 'RETURN', 'VAR']],
    ['M = VAR a = 1 RETURN a\n$0', ['DEFINE', 'EVALUATE', 'MEASURE']],
    ['M = SUMX(T, VAR a = 1 $0)', ['IN', 'RETURN', 'VAR']],
    ['M = VAR a = SUMX(T, VAR b = 1 RETURN b) $0', ['DEFINE', 'EVALUATE', 'IN', 'MEASURE', 'RETURN', 'VAR']],
    ['M = VAR $0', []],
    ['M = VAR na$0', []],
    ['DEFINE\n  $0', ['COLUMN', 'EVALUATE', 'FUNCTION', 'MEASURE', 'TABLE', 'VAR']],
    ['DEFINE\n  MEASURE FactSession[m] = 1\n  $0', ['COLUMN', 'EVALUATE', 'FUNCTION', 'MEASURE', 'TABLE', 'VAR']],
    ['EVALUATE $0', ['FALSE', 'NOT', 'TRUE', 'VAR']],
    ['EVALUATE FactSession\n$0', ['DEFINE', 'EVALUATE', 'ORDER BY']],
    ['EVALUATE FactSession ORDER BY FactSession[Duration] $0', ['ASC', 'DEFINE', 'DESC', 'EVALUATE', 'IN', 'START AT']],
    ['EVALUATE FactSession ORDER BY FactSession[Duration] START AT 1\n$0', ['DEFINE', 'EVALUATE']],
  ])('%j', async (text, expected) => {
    expect([...(await kindAt(text, 'keyword'))].sort()).toEqual(expected);
  });

  it('are all that may follow a value', async () => {
    expect(await labelsAt(dax('M = IF([Duration] $0'))).toEqual(['IN']);
  });
});

describe('names in scope:', () => {
  it.each([
    ['M = VAR a = 1 RETURN $0', ['a']],
    ['M = VAR a = $0', []],
    ['M = SUMX(T, VAR a = 1 RETURN a) + $0', []],
    ['A = VAR a = 1 RETURN a\nB = VAR b = 1 RETURN $0', ['b']],
    ['DEFINE VAR q = 1\nEVALUATE { $0 }', ['q']],
    ['DEFINE\n  VAR q = 1\n  MEASURE T[m] = VAR a = 1 RETURN a\nEVALUATE { $0 }', ['q']],
    ['DEFINE\n  VAR q = 1\n  MEASURE T[m] = VAR a = 1 RETURN $0', ['q', 'a']],
    ['DEFINE\n  VAR q = $0', []],
    ['FUNCTION F = (x, y : SCALAR) => $0', ['x', 'y']],
    ['FUNCTION F = (x) => VAR a = 1 RETURN $0', ['x', 'a']],
    ['FUNCTION F = (x) => x\nM = $0', []],
    ['DEFINE FUNCTION F = (x) => x\nEVALUATE { $0 }', []],
  ])('%j', async (text, expected) => {
    expect(await kindAt(text, 'variable')).toEqual(expected);
  });
});

describe('what text defines', () => {
  const functions = '/// Doubles.\nFUNCTION Twice = (x : NUMERIC) => 2 * x\nFUNCTION Nothing = () => 1\nTABLE Days = {1}\nCOLUMN FactSession[Half] = 1\n';

  it.each([
    ['M = Twi$0', 'Twice', 'M = Twice('],
    ['M = Twi$0(1)', 'Twice', 'M = Twice(1)'],
    ['M = Noth$0', 'Nothing', 'M = Nothing()'],
    ['M = COUNTROWS(Da$0)', 'Days', 'M = COUNTROWS(Days)'],
    ['M = SUM(FactSession[Ha$0])', 'Half', 'M = SUM(FactSession[Half])'],
    ['M = SUM(Days[Va$0])', 'Value', 'M = SUM(Days[Value])'],
  ])('is proposed: %j', async (text, label, after) => {
    expect(await afterCompleting(`${contact}//- /functions.dax\n${functions}//- /m.dax\n${text}`, label)).toBe(after);
  });

  it('in a query is proposed in the query', async () => {
    expect(await afterCompleting(dax('DEFINE FUNCTION f1 = (a, b) => a\nEVALUATE { f$0 }'), 'f1')).toBe('DEFINE FUNCTION f1 = (a, b) => a\nEVALUATE { f1( }');
    expect(await labelsAt(dax('DEFINE FUNCTION f1 = (a, b) => a\nEVALUATE {1}\n\nM = $0'))).not.toContain('f1');
  });

  it('columns of a table of the query are proposed in the query', async () => {
    const query = (name: string): string => `DEFINE\n  TABLE Agents = ADDCOLUMNS(VALUES(FactSession[AgentId]), "Rows", 1)\n  COLUMN Agents[Twice] = Agents[Rows] * 2\nEVALUATE ROW("v", SUM(Agents[${name}]))`;
    expect(await labelsAt(dax(query('$0')))).toEqual(['AgentId', 'Rows', 'Twice']);
    expect(await afterCompleting(dax(query('Ro$0')), 'Rows')).toBe(query('Rows'));
  });

  it('tells more when it is looked at', async () => {
    const { workspace, uri, offset } = await openFixture(`${contact}//- /functions.dax\n${functions}//- /m.dax\nM = $0`);
    const item = (await completion({ workspace, patience: impatient }, uri, offset, '[')).find((it) => it.label === 'Twice');
    expect(item?.detail).toBe('(x)');
    expect(item?.key === undefined ? '' : await completionDocs(docsOf(workspace), item.key)).toContain('Doubles.');
  });

  it('takes what its hint says', async () => {
    expect(await afterCompleting(dax('FUNCTION F = (x : SCA$0) => x'), 'SCALAR')).toBe('FUNCTION F = (x : SCALAR) => x');
    expect(await afterCompleting(dax('FUNCTION F = (x : SCALAR IN$0) => x'), 'INT64')).toBe('FUNCTION F = (x : SCALAR INT64) => x');
    expect(await labelsAt(dax('FUNCTION F = (x : SCALAR, $0) => x'))).toEqual([]);
  });
});

describe('words at their parameter', () => {
  it.each([
    ['M = DATEADD(T[d], 1, $0)', ['DAY', 'MONTH', 'QUARTER', 'WEEK', 'YEAR']],
    ['M = CROSSFILTER(T[a], U[b], $0)', ['BOTH', 'NONE', 'ONEWAY', 'ONEWAY_LEFTFILTERSRIGHT', 'ONEWAY_RIGHTFILTERSLEFT']],
  ])('are all that is proposed: %j', async (text, words) => {
    expect([...(await labelsAt(dax(text)))].sort()).toEqual(words);
  });

  it.each([
    ['M = RANKX(FactSession, 1, , $0)', ['ASC', 'DESC']],
    ['M = TOPN(1, FactSession, [Duration], $0)', ['ASC', 'DESC']],
    ['M = TOPN(1, FactSession, [Duration], ASC, 1, $0)', ['ASC', 'DESC']],
  ])('come first where a value may stand too: %j', async (text, words) => {
    expect((await labelsAt(dax(text))).slice(0, words.length)).toEqual(words);
  });

  it.each(['M = TOPN($0)', 'M = RANKX(FactSession, $0)', 'M = DATEADD($0)'])('are not proposed elsewhere: %j', async (text) => {
    expect(await kindAt(text, 'word')).toEqual([]);
  });
});

describe('what the parameter takes comes first:', () => {
  it.each([
    ['M = COUNTROWS($0)', 'Dim Agent'],
    ['M = SUM($0)', "'Dim Agent'[Mode]"],
    ['M = COUNT($0)', "'Dim Agent'[AgentId]"],
    // Filters begin with columns and tables, rows have columns.
    ['M = CALCULATE(1, $0)', "'Dim Agent'[AgentId]"],
    ['M = CALCULATE(1, FactSession[Duration] > 3, Fact$0)', "'Dim Agent'[AgentId]"],
    ['M = 1\nN = CALCULATE([M], FactSession[Duration] > $0)', 'M'],
    ['M = 1\nN = SUMX(FactSession, $0)', 'FactSession[Agent Session]'],
    ['M = 1\nN = FILTER(VALUES(FactSession[Reason]), $0)', 'FactSession[Reason]'],
    ['/// @expect 1 where $0\nM = 1\nN = 1', "'Dim Agent'[AgentId]"],
    ['/// @expect 1 where FactSession[Duration] = 30, $0\nM = 1\nN = 1', "'Dim Agent'[AgentId]"],
    // Names that begin with a sign stand where their letters would.
    ['_z = 1\nB = 1\nN = [$0', 'B'],
  ])('%j', async (text, label) => {
    expect((await labelsAt(dax(text)))[0]).toBe(label);
  });
});

describe('days come first', () => {
  it('those of the calendar before any other', async () => {
    const calendar = '//- /d.daxmodel.yaml\nname: d\ntables:\n  Act:\n    rows: [{ day: 2025-05-01 }]\n    columns: { day: { type: dateTime } }\n  Cal:\n    rows: [{ day: 2025-05-01 }]\n    columns: { day: { type: dateTime } }\n    dateTable: day\n//- /m.dax\n';
    expect((await labelsAt(`${calendar}M = TOTALYTD(1, $0)`)).slice(0, 2)).toEqual(['Cal[day]', 'Act[day]']);
  });

  const dates = '//- /d.daxmodel.yaml\nname: d\ntables:\n  T:\n    rows: [{ n: 1, day: 2025-05-01 }]\n    columns: { n: { type: int64 }, day: { type: dateTime } }\n//- /m.dax\n';

  it.each(['M = TOTALYTD(1, $0)', 'M = DATEADD($0', 'M = CALCULATE(1, DATESYTD(Ca$0))'])('%j', async (text) => {
    expect((await labelsAt(`${dates}${text}`)).slice(0, 3)).toEqual(['T[day]', 'T', 'T[n]']);
  });
});

describe('in a doc comment', () => {
  const below = '\nM = COUNTROWS(FactSession)\nN = 1';

  it.each([
    // Tags and formats.
    ['/// @$0', '@expect', '/// @expect'],
    ['/// @com$0', '@compare', '/// @compare'],
    ['/// @ex$0pect 1', '@expect', '/// @expect 1'],
    ['/// @format $0', '#,0', '/// @format #,0'],
    ['/// @format 0$0.00', '0.0%', '/// @format 0.0%'],
    // Values of an expectation.
    ['/// @expect $0', 'BLANK', '/// @expect BLANK'],
    ['/// @expect bl$0', 'BLANK', '/// @expect BLANK'],
    ['/// @expect error $0', 'division-by-zero', '/// @expect error division-by-zero'],
    ['/// @expect 3 $0', 'where', '/// @expect 3 where'],
    ['/// @expect 3 wh$0', 'where', '/// @expect 3 where'],
    // Filters.
    ['/// @expect 3 where $0', 'FactSession', '/// @expect 3 where FactSession'],
    ['/// @expect 3 where FactSession[$0', 'Reason', '/// @expect 3 where FactSession[Reason]'],
    ['/// @expect 3 where FactSession[Re$0] = "1"', 'Reason', '/// @expect 3 where FactSession[Reason] = "1"'],
    ['/// @expect 3 where FactSession[Reason] = $0', 'AgentReject', '/// @expect 3 where FactSession[Reason] = "192350001"'],
    ['/// @expect 3 where FactSession[Reason] = "$0"', 'AgentTimeout', '/// @expect 3 where FactSession[Reason] = "192350002"'],
    ['/// @expect 3 where FactSession[Duration] = 30, \'Dim Agent\'[Te$0', 'Team', "/// @expect 3 where FactSession[Duration] = 30, 'Dim Agent'[Team]"],
    // Expressions and columns.
    ['/// @expect = $0', 'N', '/// @expect = [N]'],
    ['/// @expect = DIV$0', 'DIVIDE', '/// @expect = DIVIDE('],
    ['/// @expect = [$0', 'N', '/// @expect = [N]'],
    ['/// @expect = [N] $0', 'by', '/// @expect = [N] by'],
    ['/// @expect = [N] by $0', "'Dim Agent'[Team]", "/// @expect = [N] by 'Dim Agent'[Team]"],
    ["/// @expect = [N] by 'Dim Agent'[$0", 'Team', "/// @expect = [N] by 'Dim Agent'[Team]"],
    ['/// @compare [$0', 'N', '/// @compare [N]'],
    ['/// @compare $0', 'N', '/// @compare [N]'],
    ['/// @compare [N] $0', 'by', '/// @compare [N] by'],
    ["/// @compare [N] by 'Dim Agent'[Team] $0", 'within', "/// @compare [N] by 'Dim Agent'[Team] within"],
    ["/// @compare [N] by 'Dim Agent'[Team] $0", 'rows', "/// @compare [N] by 'Dim Agent'[Team] rows"],
    ["/// @compare [N] rows 'Dim Agent'[T$0", 'Team', "/// @compare [N] rows 'Dim Agent'[Team]"],
    // A tag of several lines.
    ['/// @expect 3\n///   where FactSession[$0', 'Reason', '/// @expect 3\n///   where FactSession[Reason]'],
    ['/// @expect = [N]\n///   by $0', 'FactSession[AgentId]', '/// @expect = [N]\n///   by FactSession[AgentId]'],
  ])('%j', async (text, label, after) => {
    expect(await afterCompleting(dax(`${text}${below}`), label)).toBe(`${after}${below}`);
  });

  it.each([
    '/// Sess$0', '/// Mail me@$0', '/// @public $0', '/// @param x $0', '/// @expect "a$0"', '/// @expect 3 ± $0', '/// @compare [N] within $0', '//// @$0',
    '/// @expect 3\n/// and $0', '// @$0',
  ])('there is nothing to propose in %j', async (text) => {
    expect(await labelsAt(dax(`${text}${below}`))).toEqual([]);
  });

  it('only columns and tables follow by, only metrics stand alone in a comparison', async () => {
    expect(await labelsAt(dax(`/// @expect = [N] by $0${below}`))).not.toContain('SUM');
    expect(await labelsAt(dax(`/// @compare $0${below}`))).toEqual(['N']);
  });

  it('a clause is proposed once, behind something, and outside brackets', async () => {
    expect(await labelsAt(dax(`/// @expect 3 where FactSession[Duration] > 3 $0${below}`))).not.toContain('where');
    expect(await labelsAt(dax(`/// @expect = $0${below}`))).not.toContain('by');
    expect(await labelsAt(dax(`/// @expect = SUM(1 $0${below}`))).not.toContain('by');
  });

  it('metrics of another model are named with it', async () => {
    const other = '//- /b/b.daxmodel.yaml\nname: other\ntables:\n  O: { rows: [{ x: 1 }] }\n//- /b/o.dax\nTheirs = 1\n';
    const text = `//- /dax-metrics.json\n{}\n//- /a/contact.daxmodel.yaml\n${contact.split('\n').slice(1).join('\n')}${other}//- /a/m.dax\n/// @compare [$0${below}`;
    expect(await afterCompleting(text, 'other::Theirs')).toBe(`/// @compare [other::Theirs]${below}`);
  });

  it('of a query, and before there is a definition, it works too', async () => {
    expect(await afterCompleting(dax('DEFINE\n  /// @expect 1 where FactSession[$0\n  MEASURE FactSession[m] = 1\nEVALUATE {1}'), 'Reason')).toContain('where FactSession[Reason]\n');
    expect(await afterCompleting(dax('A = 1\n\n/// @for$0'), '@format')).toBe('A = 1\n\n/// @format');
  });

  it('of a page it does so at a trigger character', async () => {
    const page = (text: string): string => `${contact}//- /page.md\nMail @$1\n\n> \`\`\`dax\n> ${text}\n> M = 1\n> \`\`\`\n`;
    expect(await afterCompleting(page('/// @$0'), '@expect', '[')).toContain('> /// @expect\n> M = 1');
    expect(await labelsAt(page('/// @$0'))).toEqual([]);
  });
});
