// Which line begins a definition: the rule is asked of a line and the line before it.
import { describe, expect, it } from 'vitest';
import { headerOf, parseFile } from '../../grammar/src/index.ts';

describe('a header', () => {
  it.each([
    // line before, line, name
    ['', 'Sessions rejected = CALCULATE(', 'Sessions rejected'],
    ['', 'Sessions rejected := 1', 'Sessions rejected'],
    ['', 'Avg. speed to answer (sec)_FactConversation = ', 'Avg. speed to answer (sec)_FactConversation'],
    ['', 'Load % = DIVIDE([a], [b])', 'Load %'],
    ['', '% of total = DIVIDE([a], [b])', '% of total'],
    ['', '# sessions = COUNTROWS(FactSession)', '# sessions'],
    ['', '28-day sessions = 1', '28-day sessions'],
    ['', 'Agent\'s rate = 1', 'Agent\'s rate'],
    ['M = [a]', 'Return rate = 1', 'Return rate'],
    ['M = [a]', 'In transit sessions = 1', 'In transit sessions'],
    ['M = [a]', 'Order count = 1', 'Order count'],
    ['M = [a]', 'Start of week = 1', 'Start of week'],
    ['M = [a]', 'Table size = 1', 'Table size'],
    ['M = [a]', 'Measure quality = 1', 'Measure quality'],
    ['M = [a]', 'Column count = 1', 'Column count'],
    ['M = [a]', 'Not answered = 1', 'Not answered'],
    ['', 'Bot conversations_FactSession=CALCULATE(', 'Bot conversations_FactSession'],
    ['///  text', 'Session rejection rate = DIVIDE ( SUMX (', 'Session rejection rate'],
    ['', 'Cost (EUR/h) = 1', 'Cost (EUR/h)'],
    ['', 'A -- B = 1', 'A -- B'],
    ['', 'Durée moyenne = 1', 'Durée moyenne'],
    ['', '平均時間 = 1', '平均時間'],
    ['M =', 'Next = 1', 'Next'],
    ['  M = [a]', '  Sessions closed = 1', 'Sessions closed'],
    ['M = [a]', 'Session [a] of [b] = 1', 'Session [a] of [b]'],
    ['M = 1', 'Cost(EUR) per hour = 1', 'Cost(EUR) per hour'],
    ['M = [a]', 'VAR total cost = 1', 'VAR total cost'],
    ['', '\'Sessions, all\' = 1', 'Sessions, all'],
    ['M = [a] // note', 'Next = 1', 'Next'],
    ['', 'ΔT = 1', 'ΔT'],
    ['EVALUATE', 'Next = 1', 'Next'],
    ['EVALUATE FactSession', 'Next = 1', 'Next'],
    ['M = VAR a = 1 RETURN a', 'Return rate = 2', 'Return rate'],
    ['M = [a]', 'Evaluated sessions = 1', 'Evaluated sessions'],
    ['M = [a]', 'Defined terms = 1', 'Defined terms'],
    ['M = [a]', 'In = 1', 'In'],
    ['M = [a]', 'Not = 1', 'Not'],
    ['M = [a]', 'Function count = 1', 'Function count'],
    ['M = [a]', 'Follow-up = 1', 'Follow-up'],
    ['M = [a]', 'Sessions/hour = 1', 'Sessions/hour'],
    ['M = [a]', 'Is it OK? = 1', 'Is it OK?'],
    ['M = [a]', '2024 sessions = 1', '2024 sessions'],
    ['M = [a]', 'Note: rate = 1', 'Note: rate'],
  ])('%j, then %s', (previous, line, name) => {
    expect(headerOf(previous, line)).toBe(name);
  });
});

describe('a definition that begins with a keyword', () => {
  it.each([
    ['MEASURE FactSession[Sessions rejected] = 1', 'measure', 'Sessions rejected'],
    ['MEASURE \'Fact Session\'[Rate] = 1', 'measure', 'Rate'],
    ['TABLE Recent = FILTER(', 'tableDefinition', 'Recent'],
    ['FUNCTION Half = (x : NUMERIC) => x / 2', 'functionDefinition', 'Half'],
    ['COLUMN FactSession[Flag] = 1', 'columnDefinition', 'Flag'],
    ['measure FactSession [Rate] := 1', 'measure', 'Rate'],
    ['Table \'Recent days\' = VALUES(T[d])', 'tableDefinition', 'Recent days'],
    ['Function Half = (x) => x / 2', 'functionDefinition', 'Half'],
    ['FUNCTION A.Half = (x) => x / 2', 'functionDefinition', 'A.Half'],
    ['MEASURE T[a]]b] = 1', 'measure', 'a]b'],
    ['MEASURE ข้อมูล[ยอดขาย] = 1', 'measure', 'ยอดขาย'],
    ['TABLE तालिका = VALUES(T[d])', 'tableDefinition', 'तालिका'],
    ['FUNCTION Größe.Hälfte = (x) => x / 2', 'functionDefinition', 'Größe.Hälfte'],
    ['FUNCTION f. = (x) => x / 2', 'functionDefinition', 'f.'],
    ['MEASURE\u00a0T [m]\u2003= 1', 'measure', 'm'],
  ])('%s', (line, kind, name) => {
    expect(parseFile(`M = [a]\n${line}`).segments.map((it) => it.item)).toMatchObject([{ kind: 'measure', name: 'M' }, { kind, name }]);
  });
});

describe('no header', () => {
  it.each([
    ['M = CALCULATE([a], FactSession[Closurereason]', '= "192350001")', 'continues the body'],
    ['M = [a]', '== 1', 'strict equality continues the body'],
    ['CALCULATE(', 'FactConversation[StatusId] = "4",', 'a column reference; a bracket is open'],
    ['', '\'Fact Session\'[StatusId] = 4', 'a column reference: a bare expression at most'],
    ['', '[OfficeName] = "Chicago"', 'a bare expression'],
    ['M =', 'VAR rate = 1', 'keyword'],
    ['M =', 'VAR x = 1 RETURN x', 'keyword'],
    ['VAR rate = 1', 'RETURN rate = 2', 'keyword: a VAR block is open'],
    ['RETURN', 'x = 2', 'after RETURN'],
    ['RETURN a ||', 'b = 2', 'after an operator'],
    ['IF(', 'x = 1,', 'a bracket is open'],
    ['M = [a]', 'IN { 1, 2 }', 'operator'],
    ['M = [a] = 1', '&& FactSession[Flag]', 'operator'],
    ['EVALUATE FactSession', 'ORDER BY [a] DESC', 'inside a query'],
    ['ORDER BY [a]', 'START AT 1', 'inside a query'],
    ['M = 1', 'EVALUATE FactSession', 'query'],
    ['M = 1', 'DEFINE', 'query'],
    ['FUNCTION F =', '(x) => x + 1', 'lambda arrow'],
    ['M =', 'a <= b', 'comparison'],
    ['M =', 'a >= b', 'comparison'],
    ['M =', 'a <> b', 'comparison'],
    ['M = 1', '// Old = 1', 'comment'],
    ['M = 1', '-- Old = 1', 'comment'],
    ['M = 1', '/// Old = 1', 'doc comment'],
    ['M = 1', '/* Old = 1 */', 'comment'],
    ['', 'DIVIDE([a], [b]) = 0.5', 'call of a known function: a bare expression'],
    ['', '"a" = "b"', 'literal on the left: a bare expression'],
    ['', '**Need info**', 'placeholder'],
    ['', 'The following data is yet to be reviewed', 'prose: one finding, the next definition intact'],
    ['M = 1', '=> 2', 'arrow'],
    ['M =', 'SUM(T[a]) -- a share = a / b', 'an expression and a comment'],
    ['M =', 'SUM(T[a]) // a share = a / b', 'a comment'],
    ['M = [a] +', 'Next = 1', 'after an operator'],
    ['M = NOT', 'Next = 1', 'after NOT'],
    ['M = [a] IN', 'Next = 1', 'after IN'],
    ['M = [a],', 'Next = 1', 'after a comma'],
    ['M = VAR a =', 'b = 1', 'the = of a VAR is an operator'],
    ['M = "a', 'Next = 1"', 'a string is open'],
    ['M = 1 /* a', 'Next = 1 */', 'a comment is open'],
    ['M = 1 /* a', 'b */ N = 2', 'the line begins inside a comment'],
    ['', 'Rate // per day = 1', 'a comment begins before the sign'],
    ['', 'Rate /* per day */ = 1', 'a comment begins before the sign'],
    ['M = VAR a = 1', 'VAR total cost = 1', 'a VAR block is open'],
    ['', 'T[a] + T[b] = 3', 'an expression that names columns'],
    ['', '2 + 2 = 4', 'an expression of literals'],
    ['', 'TRUE = FALSE', 'literals'],
    ['', 'a != b', 'no operator of DAX, and no name either'],
    ['', '(a) = 1', 'a bracket begins no name'],
  ])('%j, then %s: %s', (previous, line) => {
    expect(headerOf(previous, line)).toBeUndefined();
  });
});

it('a call of a function that is known is an expression, of any other a name', () => {
  const isFunction = (name: string): boolean => ['IF', 'COUNTROWS', 'AVERAGE', 'FORMAT'].includes(name.toUpperCase());
  expect(headerOf('', 'COUNTROWS(Sessions) = 1', { isFunction })).toBeUndefined();
  expect(headerOf('', 'IF ([a], 1) = 1', { isFunction })).toBeUndefined();
  expect(headerOf('', 'FORMAT (x, "0") = "1"', { isFunction })).toBeUndefined();
  expect(headerOf('', 'Cost(EUR) = 1', { isFunction })).toBe('Cost(EUR)');
});

it('a word before a bracket is a name where a blank stands between and plain words inside', () => {
  const isFunction = (name: string): boolean => name.toUpperCase() === 'AVERAGE';
  expect(headerOf('', 'Average (sec) = 1', { isFunction })).toBe('Average (sec)');
  expect(headerOf('', 'Average (EUR/h) = 1', { isFunction })).toBe('Average (EUR/h)');
  expect(headerOf('', 'Cost (EUR/h) = 1')).toBe('Cost (EUR/h)');
  expect(headerOf('', 'Cost(EUR) = 1')).toBeUndefined();
});
