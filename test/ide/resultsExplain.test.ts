// Explained values, the rows behind them, what becomes of a row, and copies.
import { describe, expect, it } from 'vitest';
import { markdownText } from '../../server/src/ide/results/copy.ts';
import type { ExplainNode, ResultFilter, RowsBehind } from '../../server/src/ide/results/records.ts';
import { by, openResults as open } from './sessionResults.ts';

const chat: ResultFilter = { by: by('Channel'), type: 'string', value: '1' };

/** Each step on a line: its text, its value and its filters, indented by its level. */
const outline = (nodes: readonly ExplainNode[], level = 0): string =>
  nodes.map((it) => `${'  '.repeat(level)}${it.text} = ${it.value.text}${it.filters === undefined ? '' : ` [${it.filters.join('; ')}]`}\n${outline(it.children, level + 1)}`).join('');

describe('an explained value', () => {
  it('is the steps of its metric, with the filters where they change', async () => {
    const { service, params } = await open('$0Rate = DIVIDE([Rejected], COUNTROWS(Session))\nRejected = CALCULATE(COUNTROWS(Session), Session[Rejected] = TRUE)');
    const it = await service.explain({ ...params, filters: [chat] });
    expect([it?.title, it?.value.text, it?.filters]).toEqual(['Rate', '0.5', ['Session[Channel] is Chat (1)']]);
    const text = outline(it?.steps ?? []);
    expect(text.split('\n')[0]).toBe('DIVIDE([Rejected], COUNTROWS(Session)) = 0.5 [Session[Channel] is Chat (1)]');
    expect(text).toContain('[Rejected] = 2\n');
    expect(text).toContain('COUNTROWS(Session) = 2 [Session[Channel] is Chat (1); Session[Rejected] is TRUE]\n');
    expect(text).toContain('COUNTROWS(Session) = 4\n');
    expect(text).not.toContain('ROW(');
  });

  it('tells codes that a column has with their labels', async () => {
    const { service, params } = await open('$0Chats = COUNTROWS(FILTER(Session, Session[Channel] = "1"))');
    const text = outline((await service.explain(params))?.steps ?? []);
    expect(text).toContain('Session[Channel] = BLANK, Chat (1), Voice | call (2)\n');
    expect(text).not.toContain('"1" = Chat');
  });

  it('tells where its texts stand', async () => {
    const { service, params } = await open('\n\n$0Twice = [Once]\n  + [Once]\nOnce = 1 + 1');
    const [sum] = (await service.explain(params))?.steps ?? [];
    expect([sum?.place, sum?.children[1]?.place]).toEqual([{ uri: 'file:///a.dax', line: 2, character: 8 }, { uri: 'file:///a.dax', line: 3, character: 4 }]);
    expect(sum?.children[0]?.children[0]?.place).toEqual({ uri: 'file:///a.dax', line: 4, character: 7 });
  });

  it('says so where the grid shows another one', async () => {
    const { service, params } = await open('$0Share = DIVIDE(COUNTROWS(Session), CALCULATE(COUNTROWS(Session), ALLSELECTED(Session)))');
    const grid = await service.show({ ...params, by: [by('Channel')] });
    const shown = grid !== undefined && 'columns' in grid.table ? grid.table.columns[1]?.texts[0] : undefined;
    const it = await service.explain({ ...params, filters: [chat], ...(shown === undefined ? {} : { shown }) });
    expect([shown, it?.value.text, it?.grid]).toEqual(['0.5', '1', '0.5']);
    expect((await service.explain({ ...params, filters: [chat], shown: '1' }))?.grid).toBeUndefined();
  });

  it('of an error is the step that raised it', async () => {
    const { service, params } = await open('$0M = 1 + VALUE("x")');
    const it = await service.explain(params);
    expect([it?.value.kind, it?.steps[0]?.children.at(-1)?.value.kind]).toEqual(['error', 'error']);
  });

  it('of a query is all that the query does', async () => {
    const { service, params } = await open('$0EVALUATE FILTER(Session, Session[Seconds] > 30)');
    const it = await service.explain(params);
    expect([it?.value.text, it?.steps[0]?.text, it?.steps[0]?.value.text]).toEqual(['4 rows', 'FILTER(Session, Session[Seconds] > 30)', '4 rows']);
  });

  it('of very many steps is cut, and says so', async () => {
    const sum = (of: (i: number) => string): string => Array.from({ length: 50 }, (_, i) => of(i)).join(' + ');
    const parts = Array.from({ length: 50 }, (_, k) => `\nm${String(k)} = ${sum((i) => `COUNTROWS(FILTER(Session, Session[Seconds] > ${String(k * 50 + i)}))`)}`);
    const { service, params } = await open(`$0M = ${sum((i) => `[m${String(i)}]`)}${parts.join('')}`);
    const it = await service.explain(params);
    expect(it?.left).toBeGreaterThan(0);
    expect(JSON.stringify(it?.steps).length).toBeLessThan(2_000_000);
  });
});

/** The first columns of the rows, with the mark of those that count. */
function listed(it: RowsBehind | undefined, columns = 3): readonly string[] {
  if (it === undefined || !('columns' in it.rows)) return [it === undefined ? 'none' : JSON.stringify(it.rows)];
  const { columns: all, rows } = it.rows;
  return Array.from({ length: rows }, (_, row) => [...(it.counted === undefined ? [] : [String(it.counted[row])]), ...all.slice(0, columns).map((column) => column.texts[row])].join(' '));
}

describe('the rows behind a value', () => {
  const rejected = '$0Rejected = CALCULATE(DISTINCTCOUNT(Session[Id]), Session[Rejected] = TRUE && Session[Seconds] >= 30)';

  it('are those of the table that come through the filters, key first, then what the filters look at', async () => {
    const { service, params } = await open(rejected);
    const it = await service.rows({ ...params, aggregate: 0, all: false });
    expect([it?.table, it?.aggregates, listed(it)]).toEqual(['Session', ['DISTINCTCOUNT(Session[Id])'], ['s3 TRUE 30', 's6 TRUE 60', 's7 TRUE 70']]);
    expect(it?.keys).toEqual(['Session[Id] == "s3"', 'Session[Id] == "s6"', 'Session[Id] == "s7"']);
  });

  it('obey the filters of the value', async () => {
    const { service, params } = await open(rejected);
    expect(listed(await service.rows({ ...params, filters: [chat], aggregate: 0, all: false }), 1)).toEqual(['s7']);
  });

  it('obey the preview', async () => {
    const { service, params } = await open(rejected, ['Session[Channel] = "2"']);
    expect(listed(await service.rows({ ...params, aggregate: 0, all: false }), 1)).toEqual(['s3']);
  });

  it('stand among those that are left out, each with its mark', async () => {
    const { service, params } = await open(rejected);
    expect(listed(await service.rows({ ...params, filters: [chat], aggregate: 0, all: true }), 1)).toEqual(['false =s8', 'false s1', 'false s2', 'true s7']);
  });

  it('are sorted with their marks and keys', async () => {
    const { service, params } = await open(rejected);
    const it = await service.rows({ ...params, filters: [chat], aggregate: 0, all: true, sort: { column: 0, descending: true } });
    expect([listed(it, 1), it?.keys[0]]).toEqual([['true s7', 'false s2', 'false s1', 'false =s8'], 'Session[Id] == "s7"']);
  });

  it.each<[string, string, readonly string[]]>([
    ['IF, the branch that is taken', 'IF(1 = 1, CALCULATE(COUNTROWS(Session), Session[Channel] = "1"), COUNTROWS(Session))', ['=s8', 's1', 's2', 's7']],
    ['IF, the branch that is not', 'IF(1 = 2, COUNTROWS(Session), 0)', []],
    ['IF, otherwise', 'IF(1 = 2, 0, COUNTROWS(FILTER(Session, Session[Seconds] > 65)))', ['=s8', 's7']],
    ['SWITCH, an arm', 'SWITCH(2, 1, 0, 2, CALCULATE(COUNTROWS(Session), Session[Channel] = "2"), 7)', ['s3', 's4', 's5']],
    ['SWITCH, an arm behind the one that matches', 'SWITCH(1, 1, 0, 2, COUNTROWS(Session))', []],
    ['SWITCH, none of the arms', 'SWITCH(3, 1, 0, 2, 1, CALCULATE(COUNTROWS(Session), Session[Channel] = "2"))', ['s3', 's4', 's5']],
    ['a variable', 'VAR Least = 60 VAR n = CALCULATE(COUNTROWS(Session), Session[Seconds] > Least) RETURN n', ['=s8', 's7']],
    ['an iterator over a filtered table', 'SUMX(FILTER(CALCULATETABLE(Session, Session[Channel] = "1"), Session[Seconds] > 15), Session[Seconds])', ['=s8', 's2', 's7']],
    ['an inner CALCULATE', 'CALCULATE(CALCULATE(SUM(Session[Seconds]), Session[Channel] = "2"), Session[Seconds] < 40)', ['s3', 's5']],
  ])('come through %s', async (_, body, rows) => {
    const { service, params } = await open(`$0M = ${body}`);
    expect(listed(await service.rows({ ...params, aggregate: 0, all: false }), 1)).toEqual(rows);
  });

  it.each<[string, string, string, readonly string[] | undefined]>([
    ['an expression as its argument', 'FUNCTION OfVoice = (e : EXPR) => CALCULATE(e, Session[Channel] = "2")', 'OfVoice(SUM(Session[Seconds]))', ['s3', 's4', 's5']],
    ['a value as its argument', 'FUNCTION Half = (x : NUMERIC VAL) => CALCULATE(x / 2, Session[Channel] = "2")', 'Half(CALCULATE(SUM(Session[Seconds]), Session[Channel] = "1"))', ['=s8', 's1', 's2', 's7']],
    ['an aggregate in its body', 'FUNCTION Long = (least : INT64, of : COLUMNREF) => SUMX(FILTER(Session, of >= least), of)', 'Long(70, Session[Seconds])', ['=s8', 's7']],
    ['variables of the same name', 'FUNCTION Within = (e : EXPR, c : STRING) => VAR x = c RETURN CALCULATE(e, Session[Channel] = x)', 'VAR x = 60 RETURN Within(CALCULATE(COUNTROWS(Session), Session[Seconds] > x), "1")', ['=s8', 's7']],
    ['a function in its body', 'FUNCTION A = (e : EXPR) => CALCULATE(e, Session[Rejected])\nFUNCTION B = (e : EXPR) => A(CALCULATE(e, Session[Channel] = "1"))', 'B(COUNTROWS(Session))', ['s1', 's7']],
    ['itself, and so none', 'FUNCTION Again = (e : EXPR) => Again(e)', 'Again(COUNTROWS(Session))', undefined],
    ['a name that could be taken for another, and so none', 'FUNCTION Voiced = (e : EXPR) => VAR x__1 = "2" RETURN CALCULATE(e, Session[Channel] = x__1)', 'Voiced(COUNTROWS(Session))', undefined],
    ['a text with the mark of variables, and so none', 'FUNCTION Marked = (e : EXPR) => CALCULATE(e, Session[Channel] = "x\u00001")', 'Marked(COUNTROWS(Session))', undefined],
  ])('come through a function of %s', async (_, functions, body, rows) => {
    const { service, params } = await open(`${functions}\n$0M = ${body}`);
    const it = await service.rows({ ...params, aggregate: 0, all: false });
    expect(it === undefined ? undefined : listed(it, 1)).toEqual(rows);
  });

  it.each<[string, readonly string[] | undefined]>([
    ['FIRSTNONBLANKVALUE(Session[Channel], SUM(Session[Seconds]))', ['s6']],
    ['LASTNONBLANKVALUE(Session[Channel], SUM(Session[Seconds]))', ['s3', 's4', 's5']],
    ['LASTNONBLANKVALUE(Session[On], CALCULATE(SUM(Session[Seconds]), Session[Channel] = "2"))', ['s4']],
    ['CALCULATE(FIRSTNONBLANKVALUE(Session[Id], VAR n = SUM(Session[Seconds]) RETURN n), Session[Rejected])', ['s1']],
    ['FIRSTNONBLANKVALUE(Session[Channel], CALCULATE(SUM(Session[Seconds]), Session[Seconds] > 1000))', []],
    ['FIRSTNONBLANKVALUE(Session[Id], IF(Session[Id] = "s3", SUM(Session[Seconds])))', undefined],
    ['FIRSTNONBLANKVALUE(VALUES(Session[Channel]), SUM(Session[Seconds]))', undefined],
  ])('are those of %s', async (body, rows) => {
    const { service, params } = await open(`$0M = ${body}`);
    const it = await service.rows({ ...params, aggregate: 0, all: false });
    expect(it === undefined ? undefined : listed(it, 1)).toEqual(rows);
  });

  it('are those of one of several aggregates', async () => {
    const { service, params } = await open('$0Rate = DIVIDE([Rejected], COUNTROWS(Session))\nRejected = CALCULATE(COUNTROWS(Session), Session[Rejected] = TRUE)');
    const first = await service.rows({ ...params, filters: [chat], aggregate: 0, all: false });
    const second = await service.rows({ ...params, filters: [chat], aggregate: 1, all: false });
    expect([first?.aggregates, listed(first, 1), listed(second, 1)]).toEqual([['[Rejected]: COUNTROWS(Session)', 'COUNTROWS(Session)'], ['s1', 's7'], ['=s8', 's1', 's2', 's7']]);
  });

  it.each([
    ['another text', 'SUM(Session[Seconds]) + COUNTROWS(Session)', ['SUM(Session[Seconds])', 'COUNTROWS(Session)']],
    ['their filters', 'CALCULATE(DIVIDE(CALCULATE(COUNTROWS(Session), Session[Rejected]), COUNTROWS(Session)), Session[Channel] = "1")', ['COUNTROWS(Session) where Session[Rejected]', 'COUNTROWS(Session)']],
    ['their branches', 'IF(COUNTROWS(Session) = 0, 0,\n  COUNTROWS(Session))', ['COUNTROWS(Session)', 'COUNTROWS(Session) if NOT COUNTROWS(Session) = 0']],
    ['number', 'COUNTROWS(Session) + COUNTROWS(Session)', ['COUNTROWS(Session) (1)', 'COUNTROWS(Session) (2)']],
  ])('are told apart by %s', async (_, body, aggregates) => {
    const { service, params } = await open(`$0M = ${body}`);
    expect((await service.rows({ ...params, aggregate: 0, all: false }))?.aggregates).toEqual(aggregates);
  });

  it('are none of a metric that adds none up', async () => {
    const { service, params } = await open('$0M = 1 + 1');
    expect([(await service.show(params))?.hasRows, await service.rows({ ...params, aggregate: 0, all: false })]).toEqual([false, undefined]);
  });
});

describe('the fate of a row', () => {
  const metric = '$0M = CALCULATE(SUM(Session[Seconds]), Session[Rejected] = TRUE, Session[Channel] = "1")';

  it.each<[string, string, readonly string[], boolean]>([
    ['an iterator that goes on to the row', 'SUMX(Size, [Total])', ['unknown'], false],
    ['an iterator over values', 'SUMX(VALUES(Session[Channel]), [Total])', ['unknown'], false],
    ['filters, and an iterator beside them', 'CALCULATE(COUNTROWS(Session), Session[Rejected]) + SUMX(Size, [Total])', ['dropped', 'unknown'], false],
    ['a row that is dropped, and taken again', 'SUMX(FILTER(Session, Session[Rejected]), CALCULATE([Total], ALL(Session)))', ['dropped'], false],
    ['a function that cannot be put in', 'CALCULATE(COUNTROWS(Session), Session[Rejected]) + Again(COUNTROWS(Session))', ['dropped'], false],
    ['an arm that rows decide on', 'SWITCH(TRUE(), COUNTROWS(Session) > 3, CALCULATE(COUNTROWS(Session), Session[Rejected]), 0)', ['dropped'], false],
    ['an arm that no rows decide on', 'SWITCH(1 + 1, 2, CALCULATE(COUNTROWS(Session), Session[Rejected]), 0)', ['dropped'], true],
    ['rows of another table', 'COUNTROWS(Size) + SUMX(Size, Size[Place] * 2)', ['elsewhere', 'elsewhere'], true],
    ['filters', 'CALCULATE(COUNTROWS(Session), Session[Rejected])', ['dropped'], true],
  ])('through %s is told as far as it is known', async (_, body, fates, isWhole) => {
    const { service, params } = await open(`FUNCTION Again = (e : EXPR) => Again(e)\n$0M = ${body}\nTotal = SUM(Session[Seconds])`);
    const it = await service.fate({ subject: params.subject, row: 'Session[Id] == "s2"' });
    expect([it?.ways.map((way) => way.fate), it?.isWhole]).toEqual([fates, isWhole]);
  });

  it('of a metric that adds up no rows has a sentence', async () => {
    const { service, params } = await open('$0M = 1 + 1');
    expect((await service.fate({ subject: params.subject, row: 'Session[Id] == "s2"' }))?.problem).toBe('M adds up no rows that can be told.');
  });

  it.each([
    ['a function', 'FUNCTION OfVoice = (e : EXPR) => CALCULATE(e, Session[Channel] = "2")\n$0M = OfVoice(SUM(Session[Seconds]))', 's1', 'Session[Channel] = "2"', 'Session[Channel] is Chat (1)'],
    ['the last value', '$0M = LASTNONBLANKVALUE(Session[Channel], SUM(Session[Seconds]))', 's1', 'LASTNONBLANK(Session[Channel], SUM(Session[Seconds]))', 'Session[Channel] is Chat (1)'],
  ])('is told through %s', async (_, text, row, step, why) => {
    const { service, params } = await open(text);
    const fate = async (id: string) => (await service.fate({ subject: params.subject, row: `Session[Id] == "${id}"` }))?.ways.map((it) => [it.fate, it.steps.map((its) => its.text), it.steps.flatMap((its) => its.values)]);
    expect([await fate(row), await fate('s3')]).toEqual([[['dropped', [step], [why]]], [['counted', [step], []]]]);
  });

  it('names the first step that drops it, with what the row has there', async () => {
    const { service, params } = await open(metric);
    const it = await service.fate({ subject: params.subject, row: 'Session[Id] == "s3"' });
    expect(it?.ways).toEqual([{
      text: 'SUM(Session[Seconds])', metrics: [], fate: 'dropped',
      steps: [
        { kind: 'filter', text: 'Session[Rejected] = TRUE', passes: true, values: [] },
        { kind: 'filter', text: 'Session[Channel] = "1"', passes: false, values: ['Session[Channel] is Voice | call (2)'] },
      ],
    }]);
  });

  it('tells what a row that counts adds', async () => {
    const { service, params } = await open(metric);
    const it = await service.fate({ subject: params.subject, row: 'Session[Id] = "s7"' });
    expect(it?.ways.map((way) => [way.fate, way.value])).toEqual([['counted', '70']]);
  });

  it('is known in metrics that only their page has', async () => {
    const { service, params } = await open('//- /page.md\n# Page\n\n```dax\n$0M = CALCULATE([Own], Session[Channel] = "1")\n\nOwn = CALCULATE(COUNTROWS(Session), FILTER(Session, Session[Seconds] > [Least]))\n\nLeast = 50\n```\n');
    const it = await service.fate({ subject: params.subject, row: 'Session[Id] = "s6"' });
    expect(it?.ways.map((way) => way.steps.map((step) => `${step.text}: ${String(step.passes)}`))).toEqual([['Session[Channel] = "1": false']]);
    expect(listed(await service.rows({ ...params, aggregate: 0, all: false }), 1)).toEqual(['=s8', 's7']);
  });

  it.each([
    ['nonsense', 'Session[', /^A row is told by a condition/],
    ['a row that is not there', 'Session[Id] = "s99"', /^No row of Session is such/],
    ['a condition without end', `Session[Id] = "${'x'.repeat(20_000)}"`, /too long/],
  ])('%s has a sentence', async (_, row, problem) => {
    const { service, params } = await open(metric);
    expect((await service.fate({ subject: params.subject, row }))?.problem).toMatch(problem);
  });
});

describe('a copy', () => {
  it('as CSV has values, labels of codes beside them, and no formula', async () => {
    const { service, params } = await open('$0EVALUATE SELECTCOLUMNS(FILTER(Session, Session[Seconds] >= 60), Session[Id], Session[Channel], Session[On])');
    const it = await service.copy({ ...params, format: 'csv', sort: { column: 0, descending: false } });
    expect(it?.text).toBe(
      "Session[Id],Session[Channel],Session[Channel] (label),Session[On]\r\n'=s8,1,Chat,2026-03-01T00:00:00\r\ns6,,,2025-03-02T00:00:00\r\ns7,1,Chat,\r\n",
    );
  });

  it('as Markdown has what is shown, with nothing in it that Markdown reads', async () => {
    const { service, params } = await open('$0Seconds = SUM(Session[Seconds])');
    const it = await service.copy({ ...params, by: [by('Channel')], format: 'markdown' });
    expect(it?.text).toBe('| Channel | Seconds |\n| --- | ---: |\n| Chat | 180 |\n| Voice \\| call | 70 |\n| BLANK | 60 |\n');
  });

  it('of the rows behind a value has those that are listed, in their order', async () => {
    const { service, params } = await open('$0Seconds = SUM(Session[Seconds])');
    const filters = [{ by: by('Channel'), type: 'string', value: '2' }] as const;
    const wanted = { ...params, filters, by: [by('Channel')], sort: { column: 0, descending: true }, behind: { aggregate: 0, all: false } };
    const it = await service.copy({ ...wanted, format: 'csv' });
    expect(it?.text.split('\r\n').map((line) => line.split(',')[0])).toEqual(['Session[Id]', 's5', 's4', 's3', '']);
    expect([it?.rows, it?.total, it?.isMadeUp]).toEqual([3, 3, false]);
    expect((await service.copy({ ...wanted, format: 'markdown' }))?.text).toMatch(/^\| Id \| /);
    expect(await service.copy({ ...params, subject: { ...params.subject, kind: 'query' }, format: 'csv', behind: { aggregate: 0, all: false } })).toBeUndefined();
  });

  it('has all rows, not only those that are told', async () => {
    const { service, params } = await open('$0EVALUATE GENERATESERIES(1, 12345)');
    const it = await service.copy({ ...params, format: 'csv' });
    expect([it?.rows, it?.total, it?.text.split('\r\n').length]).toEqual([12_345, 12_345, 12_347]);
  });

  it.each([
    ['<img src=x>', '\\<img src=x\\>'], ['[a](b)', '\\[a\\](b)'], ['a\nb', 'a b'], ['`x`', '\\`x\\`'], ['- a', '- a'], ['-3.25', '-3.25'], ['# a', '\\# a'], ['a|b', 'a\\|b'], ['&lt;', '\\&lt;'],
  ])('%s is escaped', (text, escaped) => {
    expect(markdownText(text)).toBe(escaped);
  });
});
