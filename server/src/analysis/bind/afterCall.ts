/** What is checked about a call once its arguments are bound: types of values and the codes they compare with. */
import type { Call, Expression } from '../../../../grammar/src/tree.ts';
import type { FunctionSpec } from '../../functions/spec.ts';
import type { ScalarType } from '../shapes.ts';
import { scalarTypeOf, typeWord } from '../types.ts';
import type { BoundArgument } from './calls.ts';
import { choiceOf, constructorsOf, literalOf, literalsOf, useCode } from './codes.ts';
import { compareIn, compareWith } from './comparisons.ts';
import { report, typeAt, type BindContext, type Env } from './context.ts';
import { differentNames, sameWidths, targetsOfTreatAs } from './widths.ts';

type Check = (ctx: BindContext, call: Call, bound: readonly BoundArgument[], env: Env) => void;

export function afterCall(ctx: BindContext, call: Call, spec: FunctionSpec, bound: readonly BoundArgument[], env: Env): void {
  checks.get(spec.name)?.(ctx, call, bound, env);
}

const expressionAt = (bound: readonly BoundArgument[], i: number): Expression | undefined => {
  const argument = bound[i]?.argument;
  return argument === undefined || argument.kind === 'omitted' ? undefined : argument;
};

const typeOfArgument = (ctx: BindContext, it: Expression): ScalarType => scalarTypeOf(typeAt(ctx, it));

/** Sums, means and their kin of text or of TRUE/FALSE: an error in Power BI. */
const wants = (index: number, parameter: string, expected: string, wrong: readonly ScalarType[]): Check => (ctx, call, bound, env) => {
  const argument = expressionAt(bound, index);
  const type = bound[index]?.type;
  if (argument === undefined || type === undefined) return;
  const found = scalarTypeOf(type);
  if (wrong.includes(found)) report(ctx, env, 'argument-type', { function: call.name.toUpperCase(), parameter, expected, found: found === 'string' ? typeWord(found) : `a ${typeWord(found)}` }, argument.span);
};

const numbersOfColumn = wants(0, 'its column', 'numbers', ['string', 'boolean']);
const numbersOfRows = wants(1, 'its expression', 'numbers', ['string', 'boolean']);
const sortable = wants(0, 'its column', 'numbers, dates or text', ['boolean']);

/** MAX and MIN of a column; of two values they take what compares. */
const extreme: Check = (ctx, call, bound, env) => {
  if (bound.length === 1) sortable(ctx, call, bound, env);
};

/** SWITCH(subject, value, result, ...): each value is compared with the subject. */
const switchValues: Check = (ctx, _call, bound, env) => {
  const subject = expressionAt(bound, 0);
  if (subject === undefined) return;
  const type = typeOfArgument(ctx, subject);
  for (let i = 1; i + 1 < bound.length; i += 2) {
    const value = expressionAt(bound, i);
    if (value !== undefined) compareWith(ctx, env, subject, type, value);
  }
};

/** LOOKUPVALUE(result, column, value, ...): each value is compared with its column. */
const searchValues: Check = (ctx, _call, bound, env) => {
  for (let i = 1; i + 1 < bound.length; i += 2) {
    const column = expressionAt(bound, i);
    const value = expressionAt(bound, i + 1);
    if (column !== undefined && value !== undefined) compareWith(ctx, env, column, columnTypeOf(bound[i]), value);
  }
};

/** CONTAINS(table, column, value, ...). */
const containsValues: Check = searchValues;

const columnTypeOf = (it: BoundArgument | undefined): ScalarType =>
  it?.type.kind === 'table' ? (it.type.shape.columns?.[0]?.type ?? 'unknown') : 'unknown';

/** CONTAINSROW(table, value, ...) is IN written as a function. */
const containsRow: Check = (ctx, _call, bound, env) => {
  const table = expressionAt(bound, 0);
  const items = bound.slice(1).flatMap((_, i) => expressionAt(bound, i + 1) ?? []);
  const shape = bound[0]?.type.kind === 'table' ? bound[0].type.shape : undefined;
  if (table === undefined || shape === undefined || items.length !== bound.length - 1) return;
  compareIn(ctx, env, items, items.map((it) => typeOfArgument(ctx, it)), table, shape);
  const column = ctx.lineage.get(table);
  const [only] = items;
  if (column !== undefined && only !== undefined) compareWith(ctx, env, table, columnTypeOf(bound[0]), only);
};

/** TREATAS({codes}, column): the constructor's values become values of the column. */
const treatAs: Check = (ctx, _call, bound, env) => {
  const table = expressionAt(bound, 0);
  targetsOfTreatAs(ctx, bound, env);
  if (table === undefined) return;
  for (const row of constructorsOf(env, table).flatMap((it) => it.rows)) {
    if (row.kind === 'omitted') continue;
    const cells = row.kind === 'tuple' ? row.items : [row];
    cells.forEach((cell, i) => {
      const column = expressionAt(bound, i + 1);
      const choice = column === undefined ? undefined : choiceOf(ctx, env, column);
      if (choice !== undefined) for (const it of literalsOf(env, cell)) useCode(ctx, env, choice, it, 'equal');
    });
  }
};

/** A search for a code inside a text: the way to filter a column that holds several codes. */
const searchText = (text: number, sought: number): Check => (ctx, _call, bound, env) => {
  const column = expressionAt(bound, text);
  const value = expressionAt(bound, sought);
  const choice = column === undefined ? undefined : choiceOf(ctx, env, column);
  const literal = value === undefined ? undefined : literalOf(env, value);
  if (choice !== undefined && literal?.kind === 'string') useCode(ctx, env, choice, literal, 'search');
};

const widths: Check = (ctx, call, bound, env) => { sameWidths(ctx, call.name.toUpperCase(), bound, env); };
const ownNames: Check = (ctx, _call, bound, env) => { differentNames(ctx, bound, env); };

const checks: ReadonlyMap<string, Check> = new Map([
  ['UNION', widths],
  ['INTERSECT', widths],
  ['EXCEPT', widths],
  ['CROSSJOIN', ownNames],
  ['GENERATE', ownNames],
  ['GENERATEALL', ownNames],
  ...['SUM', 'AVERAGE', 'PRODUCT', 'MEDIAN', 'GEOMEAN', 'STDEV.S', 'STDEV.P', 'VAR.S', 'VAR.P', 'PERCENTILE.INC', 'PERCENTILE.EXC']
    .map((it): [string, Check] => [it, numbersOfColumn]),
  ...['SUMX', 'AVERAGEX', 'PRODUCTX', 'MEDIANX', 'GEOMEANX', 'STDEVX.S', 'STDEVX.P', 'VARX.S', 'VARX.P', 'PERCENTILEX.INC', 'PERCENTILEX.EXC']
    .map((it): [string, Check] => [it, numbersOfRows]),
  ['MAX', extreme],
  ['MIN', extreme],
  ['SWITCH', switchValues],
  ['LOOKUPVALUE', searchValues],
  ['CONTAINS', containsValues],
  ['CONTAINSROW', containsRow],
  ['TREATAS', treatAs],
  ['CONTAINSSTRING', searchText(0, 1)],
  ['CONTAINSSTRINGEXACT', searchText(0, 1)],
  ['SEARCH', searchText(1, 0)],
  ['FIND', searchText(1, 0)],
]);
