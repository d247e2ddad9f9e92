// Signature help while arguments are typed: `<x>` marks the parameter.
import { describe, expect, it } from 'vitest';
import { signatureHelp, type SignatureHelp } from '../../server/src/ide/signatureHelp.ts';
import { openFixture } from '../support/workspace.ts';
import { contact } from './contact.ts';

async function askedAt(text: string, path = '/m.dax'): Promise<SignatureHelp | undefined> {
  const { workspace, uri, offset } = await openFixture(`${contact}//- ${path}\n${text}`);
  return signatureHelp(workspace, uri, offset);
}

async function helpAt(text: string, path?: string): Promise<string | undefined> {
  const help = await askedAt(text, path);
  const signature = help?.signatures[help.active];
  if (signature === undefined) return undefined;
  const at = signature.parameter === undefined ? undefined : signature.parameters[signature.parameter];
  return at === undefined ? signature.label : `${signature.label.slice(0, at.start)}<${signature.label.slice(at.start, at.end)}>${signature.label.slice(at.end)}`;
}

describe('the parameter at the cursor', () => {
  it.each([
    // While typing.
    ['M = DIVIDE($0', 'DIVIDE(<numerator>, denominator [, alternate])'],
    ['M = DIVIDE(1, $0)', 'DIVIDE(numerator, <denominator> [, alternate])'],
    ['M = DIVIDE(1, (2 + $0', 'DIVIDE(numerator, <denominator> [, alternate])'],
    ['M = DIVIDE(\n  1,\n\n  $0', 'DIVIDE(numerator, <denominator> [, alternate])'],
    // After moving back into a call that is complete.
    ['M = DIVIDE($01, 2, 3)', 'DIVIDE(<numerator>, denominator [, alternate])'],
    ['M = DIVIDE(1$0, 2, 3)', 'DIVIDE(<numerator>, denominator [, alternate])'],
    ['M = DIVIDE(1,$0 2, 3)', 'DIVIDE(numerator, <denominator> [, alternate])'],
    ['M = DIVIDE(1, 2, 3$0)', 'DIVIDE(numerator, denominator [, <alternate>])'],
    ['M = DIVIDE(1, 2, 3)$0', undefined],
    // Calls in calls.
    ['M = DIVIDE(SUM(FactSession[Duration]), 2, $0', 'DIVIDE(numerator, denominator [, <alternate>])'],
    ['M = DIVIDE(SUM($0), 2)', 'SUM(<column>)'],
    ['M = DIVIDE(SUM(x)$0, 2)', 'DIVIDE(<numerator>, denominator [, alternate])'],
    // In variables and behind them.
    ['M = VAR a = DIVIDE(1, $0 RETURN a', 'DIVIDE(numerator, <denominator> [, alternate])'],
    ['M = VAR a = DIVIDE(1, 2) RETURN ROUND(a, $0)', 'ROUND(number, <digits>)'],
    ['M = SUMX(T, VAR a = 1 RETURN a + $0)', 'SUMX(table, <expression>)'],
    // Texts, names and comments with commas and brackets in them.
    ['M = DIVIDE("a, (b", $0', 'DIVIDE(numerator, <denominator> [, alternate])'],
    ["M = DIVIDE('a, (b'[c, (d], $0", 'DIVIDE(numerator, <denominator> [, alternate])'],
    ['M = DIVIDE(1 /* , ( */, $0', 'DIVIDE(numerator, <denominator> [, alternate])'],
    ['M = FORMAT(1, "a, $0b")', 'FORMAT(value, <format> [, locale])'],
    // Arguments that are left out.
    ['M = DIVIDE(, $0', 'DIVIDE(numerator, <denominator> [, alternate])'],
    ['M = RANKX(T, 1, , $0)', 'RANKX(table, expression [, value] [, <order>] [, ties])'],
    // Parameters that repeat, alone and in groups.
    ['M = CALCULATE(1, 2, 3, $0', 'CALCULATE(expression [, <filter>, …])'],
    ['M = ADDCOLUMNS(T, "a", 1, $0', 'ADDCOLUMNS(table, <name>, expression, …)'],
    ['M = ADDCOLUMNS(T, "a", 1, "b", $0', 'ADDCOLUMNS(table, name, <expression>, …)'],
    ['M = TOPN(3, T, 1, $0', 'TOPN(count, table [, orderBy [, <order>], …])'],
    ['M = SWITCH(1, 2, 3, $0', 'SWITCH(expression, <value>, result, … [, else])'],
    ['M = SWITCH(1, 2, 3, 4$0)', 'SWITCH(expression, value, result, … [, <else>])'],
    ['M = SWITCH(1, 2, 3, 4, 5$0)', 'SWITCH(expression, value, <result>, … [, else])'],
    ['M = SWITCH(1, 2, 3$0)', 'SWITCH(expression, value, <result>, … [, else])'],
    // Parameters that are told apart by what is written.
    ['M = SUMMARIZECOLUMNS($0', 'SUMMARIZECOLUMNS([<groupByColumn>, …] [, filterTable, …] [, name, expression, …])'],
    ['M = SUMMARIZECOLUMNS(FactSession[AgentId], $0', 'SUMMARIZECOLUMNS([<groupByColumn>, …] [, filterTable, …] [, name, expression, …])'],
    ['M = SUMMARIZECOLUMNS(FactSession[AgentId], FILTER($0ALL(T), 1))', 'FILTER(<table>, condition)'],
    ['M = SUMMARIZECOLUMNS(FactSession[AgentId], FILTER(ALL(T), 1)$0)', 'SUMMARIZECOLUMNS([groupByColumn, …] [, <filterTable>, …] [, name, expression, …])'],
    ['M = SUMMARIZECOLUMNS(FactSession[AgentId], "a"$0)', 'SUMMARIZECOLUMNS([groupByColumn, …] [, filterTable, …] [, <name>, expression, …])'],
    ['M = SUMMARIZECOLUMNS("a", $0', 'SUMMARIZECOLUMNS([groupByColumn, …] [, filterTable, …] [, name, <expression>, …])'],
    ['M = SUMMARIZECOLUMNS("a", 1, "b", FactSession[x]$0)', 'SUMMARIZECOLUMNS([groupByColumn, …] [, filterTable, …] [, name, <expression>, …])'],
    ['M = SUMMARIZE(T, T[a], T[b], "n", $0', 'SUMMARIZE(table [, groupByColumn, …] [, name, <expression>, …])'],
    ['M = SELECTCOLUMNS(T, T[a], T[b]$0)', 'SELECTCOLUMNS(table [, name], <expression>, …)'],
    ['M = SELECTCOLUMNS(T, "a"$0, T[b])', 'SELECTCOLUMNS(table [, <name>], expression, …)'],
    ['M = DATATABLE("a", INTEGER, {{$01}})', undefined],
    ['M = DATATABLE("a", INTEGER, $0{{1}})', 'DATATABLE(name, dataType, …, <rows>)'],
    ['M = DATATABLE("a", INTEGER, "b", $0', 'DATATABLE(name, <dataType>, …, rows)'],
    ['M = WINDOW(1, ABS, 2, ALL(T), ORDERBY(T[a])$0)', 'WINDOW(from [, fromType], to [, toType] [, relation] [, <orderBy>] [, blanks] [, partitionBy] [, matchBy] [, reset])'],
    ['M = OFFSET(-1, PARTITIONBY(T[a])$0)', 'OFFSET(delta [, relation] [, orderBy] [, blanks] [, <partitionBy>] [, matchBy] [, reset])'],
    // A bracket that is never closed ends with its statement.
    ['DEFINE MEASURE T[m] = SUM(\nEVALUATE $0', undefined],
    ['DEFINE MEASURE T[m] = SUM(\nEVALUATE ROW("a", $0', 'ROW(name, <expression>, …)'],
    // In a doc tag.
    ['/// @expect 3 where DIVIDE(1,\n///   $0) > 1\nM = 1', 'DIVIDE(numerator, <denominator> [, alternate])'],
    // Behind the last parameter none is marked.
    ['M = DIVIDE(1, 2, 3, $0', 'DIVIDE(numerator, denominator [, alternate])'],
    ['M = TODAY($0)', 'TODAY()'],
  ])('%j', async (text, shown) => {
    expect(await helpAt(text)).toBe(shown);
  });

  it.each([
    'M = 1 + $0', 'M$0 = SUM(1)', 'M = NOWHERE($0', 'M = SUM(1) + $0', 'M = SUM(1 // $0', 'M = IF(1 IN { 1, $0 }, 2)', 'M = IF(1 IN { (1, $0) }, 2)',
    '/// SUM($0\nM = 1',
  ])('none in %j', async (text) => {
    expect(await helpAt(text)).toBeUndefined();
  });

  it('in a fence of a page, and none beside it', async () => {
    expect(await helpAt('> ```dax\n> M = DIVIDE(1,\n>   $0)\n> ```', '/page.md')).toBe('DIVIDE(numerator, <denominator> [, alternate])');
    expect(await helpAt('DIVIDE(1, $0\n\n```dax\nM = 1\n```', '/page.md')).toBeUndefined();
  });
});

describe('a function with two forms', () => {
  it.each([
    ['M = MAX($0', 'MAX(<column>)'],
    ['M = MAX(1, $0', 'MAX(left, <right>)'],
    ['M = MAX($01, 2)', 'MAX(<left>, right)'],
  ])('%j', async (text, shown) => {
    expect(await helpAt(text)).toBe(shown);
  });

  it('tells the parameter in each form', async () => {
    const help = await askedAt('M = MAX(1, $0');
    expect(help?.signatures.map((it) => [it.label, it.parameter])).toEqual([['MAX(column)', undefined], ['MAX(left, right)', 1]]);
  });
});

describe('a function that text defines', () => {
  const definition = '/// Adds up.\n/// @param a the first number\nFUNCTION Add = (a : SCALAR NUMERIC VAL, b = 1 + 1, c : TABLE) => a + b\n';
  const label = 'Add(a : SCALAR NUMERIC VAL [, b = 1 + 1], c : TABLE)';

  it.each([
    ['M = Add($0', 'Add(<a : SCALAR NUMERIC VAL> [, b = 1 + 1], c : TABLE)'],
    ['M = add(1, $0)', 'Add(a : SCALAR NUMERIC VAL [, <b = 1 + 1>], c : TABLE)'],
    ['M = Add(1, 2, $0', 'Add(a : SCALAR NUMERIC VAL [, b = 1 + 1], <c : TABLE>)'],
    ['M = Add(1, 2, 3, $0', label],
  ])('%j', async (text, shown) => {
    expect(await helpAt(`${definition}${text}`)).toBe(shown);
  });

  it('tells its documentation and that of its parameters', async () => {
    const help = await askedAt(`${definition}M = Add($0`);
    expect(help?.signatures[0]?.docs).toBe('Adds up.');
    expect(help?.signatures[0]?.parameters.map((it) => it.docs)).toEqual(['the first number', '', '']);
  });

  it('in a query is known in the query', async () => {
    expect(await helpAt('DEFINE FUNCTION f = (x) => x\nEVALUATE { f($0) }')).toBe('f(<x>)');
  });
});

it('a parameter says what it takes', async () => {
  const help = await askedAt('M = TOPN($0');
  expect(help?.signatures[0]?.parameters.map((it) => it.docs)).toEqual([
    'a number', 'a table', 'a value, evaluated for each row, optional', 'ASC, DESC, or a value, optional',
  ]);
});
