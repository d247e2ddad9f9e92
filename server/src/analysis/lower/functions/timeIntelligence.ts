/** Time intelligence: which dates a function chooses, and expressions over them. */
import type { Argument, Call, Expression } from '../../../../../grammar/src/tree.ts';
import { nameKey } from '../../../model/model.ts';
import type { ContextChange, DatePeriod, DateUnit, Scalar, YearEnd } from '../../../plan/plan.ts';
import type { Reason } from '../../../plan/values.ts';
import { findModelColumn, findTable, unwrap } from '../../scope.ts';
import { columnsShape, modelColumn } from '../../shapes.ts';
import type { RelationLowering, ScalarLowering } from '../calls.ts';
import {
  argumentAt, at, calculateInCondition, consumeRows, isInCondition, noFeature, noRelation, notEvaluated, openRow, shaped, syntaxError, transitionOf, typeError,
  type LowerEnv, type Lowered,
} from '../context.ts';
import { lowerFilter, lowerFilters } from '../filters.ts';
import { columnTarget, lowerRelation } from '../relations.ts';
import { lowerArgument } from '../scalars.ts';

const calendarYear: YearEnd = { month: 12, day: 31 };

/**
 * The dates argument: a column stands for CALCULATETABLE(DISTINCT(column)), so that row contexts are filters; a table
 * has one column of the model.
 */
function currentDates(call: Call, argument: Argument | undefined, env: LowerEnv): Lowered {
  const name = call.name.toUpperCase();
  const it = argument === undefined || argument.kind === 'omitted' ? undefined : unwrap(argument);
  if (it === undefined) return noRelation(env, call, syntaxError);
  if (it.kind === 'column') {
    const values = columnDates(call, it, env);
    if (values.relation.op === 'notEvaluated' || transitionOf(env).length === 0) return values;
    if (isInCondition(env)) return noRelation(env, call, typeError(`${name} in a condition that filters`));
    const { relation, shape } = values;
    return { relation: { op: 'calculate', changes: [], transition: transitionOf(env), input: relation, ...shaped(shape), at: at(env, it) }, shape };
  }
  if (it.kind === 'binary' || it.kind === 'unary') return datesOfCondition(name, it, env);
  if (it.kind === 'name' && !env.variables.has(nameKey(it.name.text)) && findTable(env.names, it.name.text) === undefined) return noRelation(env, it, noFeature('time intelligence by calendars'));
  const given = lowerRelation(it, env);
  if (given.relation.op === 'notEvaluated') return given;
  const [only] = given.relation.columns;
  if (given.relation.columns.length !== 1) return noRelation(env, it, typeError(`${name} of a table of several columns`));
  return only?.lineage === undefined ? noRelation(env, it, noFeature(`${name} of dates that are of no column of the model`)) : given;
}

/** A condition stands for the dates that meet it, whatever the filters, as among the filters of CALCULATE. */
function datesOfCondition(name: string, condition: Expression, env: LowerEnv): Lowered {
  const change = lowerFilter(condition, env, false);
  if (change.change === 'notEvaluated') return noRelation(env, condition, change.reason);
  const [column] = change.change === 'predicate' ? change.columns : [];
  const found = column === undefined ? undefined : findModelColumn(env.names, column);
  if (change.change !== 'predicate' || found === undefined || change.columns.length !== 1) return noRelation(env, condition, typeError(`${name} of a condition that reads several columns`));
  const shape = columnsShape([modelColumn(found.table, found.column, 'unknown')]);
  const place = at(env, condition);
  const all = { op: 'all', source: found.table.name, whole: false, blankRow: false, ...shaped(shape), at: place } as const;
  return { relation: { op: 'filter', input: all, row: change.row, predicate: change.predicate, ...shaped(shape), at: place }, shape };
}

function columnDates(call: Call, argument: Argument | undefined, env: LowerEnv): Lowered {
  const it = argument === undefined || argument.kind === 'omitted' ? undefined : unwrap(argument);
  if (it === undefined) return noRelation(env, call, syntaxError);
  const target = columnTarget(it, env);
  if (target.kind === 'none') return noRelation(env, it, target.reason);
  const shape = columnsShape([target.shape]);
  return { relation: { op: 'values', blankRow: false, ...shaped(shape), at: at(env, it) }, shape };
}

const dates = (call: Call, env: LowerEnv, { relation, shape }: Lowered, period: DatePeriod | Reason): Lowered => {
  if (relation.op === 'notEvaluated') return { relation, shape };
  if ('id' in period) return noRelation(env, call, period);
  return { relation: { op: 'dates', input: relation, period, ...shaped(shape), at: at(env, call) }, shape };
};

/** A period that is told by the dates alone. */
const chosen = (period: (yearEnd: YearEnd) => DatePeriod): RelationLowering => (call, env) => {
  const yearEnd = yearEndOf(call.args[1]);
  return dates(call, env, currentDates(call, call.args[0], env), 'id' in yearEnd ? yearEnd : period(yearEnd));
};

type UnitPeriod = Extract<DatePeriod, { yearEnd: YearEnd }>['kind'];
const unitPeriod = (kind: UnitPeriod, unit: DateUnit) => (yearEnd: YearEnd): DatePeriod => ({ kind, unit, yearEnd });

const units: ReadonlyMap<string, DateUnit> = new Map([['DAY', 'day'], ['MONTH', 'month'], ['QUARTER', 'quarter'], ['YEAR', 'year']]);

function unitOf(call: Call, index: number): DateUnit | Reason {
  const argument = argumentAt(call, index);
  const it = argument === undefined ? undefined : unwrap(argument);
  const unit = it?.kind === 'name' ? units.get(it.name.text.toUpperCase()) : undefined;
  return unit ?? typeError(`${call.name.toUpperCase()} wants DAY, MONTH, QUARTER or YEAR for its interval`);
}

const dateAdd: RelationLowering = (call, env) => {
  const unit = unitOf(call, 2);
  if (call.args.length > 3) return noRelation(env, call, noFeature('time intelligence by calendars'));
  return dates(call, env, currentDates(call, call.args[0], env), typeof unit === 'object' ? unit : { kind: 'moved', count: lowerArgument(call.args[1], env), unit });
};

/** DATEADD by a year back. */
const lastYear: RelationLowering = (call, env) => {
  const count: Scalar = { op: 'constant', type: 'int64', value: -1, at: at(env, call) };
  return dates(call, env, currentDates(call, call.args[0], env), { kind: 'moved', count, unit: 'year' });
};

const parallelPeriod: RelationLowering = (call, env) => {
  const unit = unitOf(call, 2);
  if (unit === 'day') return noRelation(env, call, typeError('PARALLELPERIOD by days'));
  return dates(call, env, currentDates(call, call.args[0], env), typeof unit === 'object' ? unit : { kind: 'parallel', count: lowerArgument(call.args[1], env), unit });
};

/** Of the whole column, whatever the filters. */
const ofColumn = (period: (call: Call, env: LowerEnv) => DatePeriod | Reason): RelationLowering => (call, env) => {
  const { relation, shape } = columnDates(call, call.args[0], env);
  if (relation.op === 'notEvaluated') return { relation, shape };
  const its = period(call, env);
  if ('id' in its) return noRelation(env, call, its);
  return { relation: { op: 'dates', input: null, period: its, ...shaped(shape), at: at(env, call) }, shape };
};

const datesInPeriod = ofColumn((call, env) => {
  const unit = unitOf(call, 3);
  if (call.args.length > 4) return noFeature('time intelligence by calendars');
  return typeof unit === 'object' ? unit : { kind: 'from', start: lowerArgument(call.args[1], env), count: lowerArgument(call.args[2], env), unit };
});

/** The last day of a year as text: month and day, or a whole date whose year does not matter. */
function yearEndOf(argument: Argument | undefined): YearEnd | Reason {
  if (argument === undefined || argument.kind === 'omitted') return calendarYear;
  const it = unwrap(argument);
  if (it.kind !== 'string') return noFeature('a computed end of the year');
  const found = /^\s*(?:\d{4}-)?(\d{1,2})[-/](\d{1,2})(?:[-/]\d{4})?\s*$/.exec(it.value) ?? namedDay(it.value);
  const month = Number(found?.[1]);
  const day = Number(found?.[2]);
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= (month === 2 ? 29 : [4, 6, 9, 11].includes(month) ? 30 : 31);
  if (found === null || !isDay) return noFeature('an end of the year that is not written as a month and a day');
  // Which day ends the year in a leap year is not documented.
  return month === 2 && day > 27 ? noFeature('a year that ends with February') : { month, day };
}

const monthNames: readonly string[] = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];

/** Month and day where the month is a word: `June 30`, `30 Jun 2020`. */
function namedDay(text: string): readonly string[] | null {
  const found = /^\s*(?:([a-z]{3,9}) (\d{1,2})|(\d{1,2})[ -]([a-z]{3,9}))(?:,?[ -]\d{4})?\s*$/i.exec(text);
  const word = (found?.[1] ?? found?.[4] ?? '').toLowerCase();
  const month = monthNames.findIndex((it) => it === word || it.slice(0, 3) === word) + 1;
  return found === null || month === 0 ? null : [text, String(month), found[2] ?? found[3] ?? ''];
}

/** CALCULATE of an expression over dates, with one more filter. */
const calculated = (name: (call: Call, env: LowerEnv, current: Lowered, yearEnd: YearEnd) => Lowered): ScalarLowering => (call, env) => {
  const expression = argumentAt(call, 0);
  if (expression === undefined) return notEvaluated(env, call, syntaxError);
  if (isInCondition(env)) return notEvaluated(env, call, calculateInCondition);
  const third = argumentAt(call, 2);
  // The filter may be left out before the end of the year.
  const isEnd = third !== undefined && unwrap(third).kind === 'string';
  const yearEnd = yearEndOf(isEnd ? third : call.args[3]);
  if ('id' in yearEnd) return notEvaluated(env, call, yearEnd);
  const { relation } = name(call, env, currentDates(call, call.args[1], env), yearEnd);
  if (relation.op === 'notEvaluated') return notEvaluated(env, call, relation.reason);
  const changes: readonly ContextChange[] = [
    { change: 'filter', relation, keep: false, at: at(env, call) },
    ...(third === undefined || isEnd ? [] : lowerFilters([third], env)),
  ];
  return { op: 'calculate', changes, transition: transitionOf(env), expression: lowerArgument(expression, consumeRows(env)), at: at(env, call) };
};

const over = (kind: UnitPeriod, unit: DateUnit): ScalarLowering => calculated((call, env, current, yearEnd) => dates(call, env, current, { kind, unit, yearEnd }));

/** The day before the first one of the period. */
const opening = (unit: DateUnit): ScalarLowering => calculated((call, env, current, yearEnd) =>
  dates(call, env, dates(call, env, current, { kind: 'start', unit, yearEnd }), { kind: 'previous', unit: 'day', yearEnd }));

/**
 * FIRSTNONBLANK and LASTNONBLANK. Whether the row that orphans point to counts as a value is not documented: where the
 * expression is not BLANK for BLANK, there is no value.
 */
const nonBlank = (descending: boolean): RelationLowering => (call, env) => {
  const name = call.name.toUpperCase();
  const column = argumentAt(call, 0);
  const it = column === undefined ? undefined : unwrap(column);
  if (it === undefined) return noRelation(env, call, syntaxError);
  if (it.kind === 'binary' || it.kind === 'unary') return noRelation(env, it, noFeature(`a condition as the values of ${name}`));
  if (it.kind === 'column' && transitionOf(env).length > 0) return noRelation(env, it, noFeature(`${name} of a column in a row context`));
  const given = it.kind === 'column' ? columnDates(call, it, env) : lowerRelation(it, env);
  if (given.relation.op === 'notEvaluated') return given;
  if (given.relation.columns.length !== 1) return noRelation(env, it, typeError(`${name} of a table of several columns`));
  const input = given.relation.op === 'values' ? { ...given.relation, blankRow: true } : given.relation;
  const { id, inside } = openRow(env, given.shape);
  const isBlank = (value: Scalar): Scalar => ({ op: 'call', name: 'ISBLANK', args: [value], at: at(env, call) });
  const value: Scalar = { op: 'column', row: id, index: 0, at: at(env, call) };
  const none = isBlank(lowerArgument(call.args[1], inside));
  const constant = (is: boolean): Scalar => ({ op: 'constant', type: 'boolean', value: is });
  const predicate: Scalar = {
    op: 'if', condition: none, then: constant(false),
    otherwise: { op: 'if', condition: isBlank(value), then: notEvaluated(env, call, noFeature(`BLANK among the values of ${name}`)), otherwise: constant(true) },
  };
  const filtered = { op: 'filter', input, row: id, predicate, ...shaped(given.shape), at: at(env, call) } as const;
  const order = openRow(env, given.shape);
  const keys = [{ expression: { op: 'column', row: order.id, index: 0 } as const, descending }];
  const count: Scalar = { op: 'constant', type: 'int64', value: 1 };
  return { relation: { op: 'topN', input: filtered, count, row: order.id, keys, ...shaped(given.shape), at: at(env, call) }, shape: given.shape };
};

export const timeIntelligence: readonly (readonly [string, RelationLowering])[] = [
  ['DATEADD', dateAdd],
  ['SAMEPERIODLASTYEAR', lastYear],
  ['PARALLELPERIOD', parallelPeriod],
  ['DATESBETWEEN', ofColumn((call, env) => ({ kind: 'between', start: lowerArgument(call.args[1], env), end: lowerArgument(call.args[2], env) }))],
  ['DATESINPERIOD', datesInPeriod],
  ['FIRSTDATE', chosen(() => ({ kind: 'first' }))],
  ['LASTDATE', chosen(() => ({ kind: 'last' }))],
  ['FIRSTNONBLANK', nonBlank(false)],
  ['LASTNONBLANK', nonBlank(true)],
  ['DATESMTD', chosen(unitPeriod('toDate', 'month'))],
  ['DATESQTD', chosen(unitPeriod('toDate', 'quarter'))],
  ['DATESYTD', chosen(unitPeriod('toDate', 'year'))],
  ['PREVIOUSDAY', chosen(unitPeriod('previous', 'day'))],
  ['NEXTDAY', chosen(unitPeriod('next', 'day'))],
  ...(['month', 'quarter', 'year'] as const).flatMap((unit): (readonly [string, RelationLowering])[] => [
    [`PREVIOUS${unit.toUpperCase()}`, chosen(unitPeriod('previous', unit))],
    [`NEXT${unit.toUpperCase()}`, chosen(unitPeriod('next', unit))],
    [`STARTOF${unit.toUpperCase()}`, chosen(unitPeriod('start', unit))],
    [`ENDOF${unit.toUpperCase()}`, chosen(unitPeriod('end', unit))],
  ]),
];

export const totalsOverTime: readonly (readonly [string, ScalarLowering])[] = [
  ['TOTALMTD', over('toDate', 'month')],
  ['TOTALQTD', over('toDate', 'quarter')],
  ['TOTALYTD', over('toDate', 'year')],
  ...(['month', 'quarter', 'year'] as const).flatMap((unit): (readonly [string, ScalarLowering])[] => [
    [`CLOSINGBALANCE${unit.toUpperCase()}`, over('end', unit)],
    [`OPENINGBALANCE${unit.toUpperCase()}`, opening(unit)],
  ]),
];
