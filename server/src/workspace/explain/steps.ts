/**
 * What stands between the rows of a table and a metric: for each aggregate that the metric adds rows up with, the
 * filters, branches and iterators on the way, outermost first, each as a DAX text that counts what comes through.
 */
import type { Argument, Call, Expression } from '../../../../grammar/src/tree.ts';
import { functionNamed } from '../../functions/index.ts';
import { nameKey } from '../../model/model.ts';
import type { MeasureSymbol } from '../../analysis/index.ts';
import type { Body } from './bodies.ts';
import { arms, branches, firsts } from './branches.ts';
import { nonBlankOf } from './nonBlank.ts';
import { periodOf } from './periods.ts';
import { textOf, type Place, type Step, type Variable, type Wrap } from './place.ts';

/** An aggregate of the metric. */
export interface Leaf {
  readonly text: string;
  /** The metrics on the way to it. */
  readonly metrics: readonly string[];
  readonly steps: readonly Step[];
  /** The table whose rows it goes through: a table of the model, or an expression that gives rows of it. */
  readonly table: { readonly kind: 'named'; readonly name: string } | { readonly kind: 'other' };
  /** The rows as a DAX table. */
  readonly rows: string;
  /** What it takes of each row; undefined: it counts them. */
  readonly value: string | undefined;
  /** What it takes of each row goes through other rows in turn. */
  readonly isDeep: boolean;
  readonly wrap: Wrap;
  /** A DAX table of the rows that come through all steps. */
  readonly kept: string;
}

export interface Names {
  readonly measure: (name: string) => MeasureSymbol | undefined;
  /** What a metric says, with the functions put in that text defines. */
  readonly body: (measure: MeasureSymbol) => Body;
  /** Spelling of a table of the model. */
  readonly table: (name: string) => string | undefined;
  readonly isColumn: (table: string, column: string) => boolean;
}

/** A metric that reads others in so many ways is told in part. */
const MAX_LEAVES = 100;
const MAX_LEVELS = 200;
/** Variables and metrics that are used twice by those that are used twice are looked through so often. */
const MAX_VISITS = 20_000;

const COLUMN_AGGREGATES = new Set(['SUM', 'AVERAGE', 'MIN', 'MAX', 'COUNT', 'COUNTA', 'COUNTBLANK', 'DISTINCTCOUNT', 'DISTINCTCOUNTNOBLANK', 'MEDIAN', 'PRODUCT', 'AVERAGEA', 'MAXA', 'MINA']);
const MODIFIERS = new Set(['ALL', 'ALLEXCEPT', 'ALLNOBLANKROW', 'ALLSELECTED', 'ALLCROSSFILTERED', 'REMOVEFILTERS', 'USERELATIONSHIP', 'CROSSFILTER']);

export interface Ways {
  /** In the order of the text. */
  readonly leaves: readonly Leaf[];
  /** The metric goes through no rows but those of the leaves. */
  readonly isWhole: boolean;
}

/** The aggregates of a metric, in the order of the text. */
export const leavesOf = (metric: MeasureSymbol, names: Names): readonly Leaf[] => waysOf(metric, names).leaves;

/** The same, with whether they are all there are. */
export function waysOf(metric: MeasureSymbol, names: Names): Ways {
  const found: Leaf[] = [];
  let isWhole = true;
  const refuse = (): void => { isWhole = false; };
  let uses = 0;
  let visits = 0;

  /** The steps of a variable are those of where it is defined, and the branches on the way to where it is used. */
  const used = ({ place: defined }: Variable, at: Place): Place => {
    const plain = { ...defined, metrics: at.metrics };
    const branches = at.steps.slice(defined.steps.length).filter((it) => it.kind === 'branch');
    if (branches.length === 0) return plain;
    const name = `__Used${String(++uses)}`;
    const through = (inner: string, around: Wrap): string => `VAR ${name} = ${inner}\nRETURN ${around(name)}`;
    return {
      ...plain,
      wrap: (inner) => through(defined.wrap(inner), at.wrap),
      wrapTable: (rows) => through(defined.wrapTable(rows), at.wrapTable),
      steps: [...defined.steps, ...branches.map((it): Step => ({ ...it, count: (counting) => through(defined.wrap(counting), it.count) }))],
    };
  };

  const visit = (it: Argument, place: Place, level: number): void => {
    if (found.length >= MAX_LEAVES || level > MAX_LEVELS || ++visits > MAX_VISITS) return refuse();
    const next = (inner: Argument, at: Place = place): void => visit(inner, at, level + 1);
    switch (it.kind) {
      case 'parenthesized': return next(it.expression);
      case 'unary': return next(it.operand);
      case 'binary':
        next(it.left);
        return next(it.right);
      case 'var': return next(it.body, within(it, place));
      case 'name': {
        const variable = place.variables.get(nameKey(it.name.text));
        return variable === undefined ? undefined : next(variable.value, used(variable, place));
      }
      case 'column': {
        const isColumn = it.table !== undefined && names.isColumn(it.table.text, it.column.text);
        const measure = isColumn ? undefined : names.measure(it.column.text);
        if (measure === undefined || place.metrics.includes(measure.name)) return;
        const { expression, text } = names.body(measure);
        return next(expression, { ...place, text, metrics: [...place.metrics, measure.name], variables: new Map() });
      }
      case 'call': return call(it, place, next);
      default: return;
    }
  };

  const call = (it: Call, place: Place, next: (inner: Argument, at?: Place) => void): void => {
    const name = it.name.toUpperCase();
    const [first, ...rest] = it.args;
    if (first === undefined) return;
    if (name === 'CALCULATE') return next(first, calculated(written(rest, place), place));
    const period = periodOf(it, (arg) => textOf(place, arg));
    if (period !== undefined) return next(first, calculated([{ text: period.text, expression: period.dates }, ...written(period.filters, place)], place));
    if (name === 'IF') return branches(it, place, next);
    if (name === 'SWITCH') {
      // The rows that it looks at to choose an arm are not told.
      const looked = it.args.filter((_, i) => i === 0 || (i % 2 === 1 && i < it.args.length - 1));
      if (looked.some((arg) => arg.kind === 'omitted') || goesOn(looked, place, next)) refuse();
      return arms(it, place, next);
    }
    if (name === 'COALESCE') return firsts(it, place, next);
    if (COLUMN_AGGREGATES.has(name) && first.kind === 'column' && first.table !== undefined) {
      const table = names.table(first.table.text);
      const rows = textOf(place, { span: first.table.span });
      found.push({ ...leafOf(it, place), table: table === undefined ? { kind: 'other' } : { kind: 'named', name: table }, rows, kept: place.wrapTable(rows), value: textOf(place, first), isDeep: false });
      return;
    }
    const nonBlank = nonBlankOf(it, (arg) => textOf(place, arg));
    if (nonBlank !== undefined) return nonBlank === 'none' ? refuse() : next(nonBlank.value, calculated([nonBlank.filter], place));
    const spec = functionNamed(name);
    // What a function that cannot be put in does with its arguments is not known.
    if (spec === undefined) return refuse();
    const [over, each] = spec.parameters;
    // The rows are those of another filter context, or the values of a column.
    if (spec.contextTransition === true || (first.kind === 'column' && each?.rowContextOf !== undefined)) return refuse();
    const iterates = spec.returns === 'scalar' && over !== undefined && each?.rowContextOf === over.name;
    if (name === 'COUNTROWS' || iterates) {
      const { rows, root, place: inner } = tableOf(first, place);
      const value = name === 'COUNTROWS' || rest[0] === undefined || rest[0].kind === 'omitted' ? undefined : textOf(inner, rest[0]);
      found.push({ ...leafOf(it, inner), table: root === undefined ? { kind: 'other' } : { kind: 'named', name: root }, rows, kept: inner.wrapTable(rows), value, isDeep: goesOn(rest, inner, next) });
      return;
    }
    for (const arg of it.args) next(arg);
  };

  /** Whether there are aggregates in some arguments; none of them is told. */
  const goesOn = (args: readonly Argument[], place: Place, next: (inner: Argument, at?: Place) => void): boolean => {
    const before = { count: found.length, isWhole };
    isWhole = true;
    for (const it of args) next(it, place);
    const goes = found.length > before.count || !isWhole;
    found.length = before.count;
    ({ isWhole } = before);
    return goes;
  };

  const leafOf = (it: Call, place: Place): Pick<Leaf, 'text' | 'metrics' | 'steps' | 'wrap'> => ({ text: textOf(place, it), metrics: place.metrics, steps: place.steps, wrap: place.wrap });

  /** A table expression: the filters in it are steps; what gives rows in another way is taken as it is. */
  const tableOf = (it: Argument, place: Place, level = 0): { readonly rows: string; readonly root: string | undefined; readonly place: Place } => {
    const whole = (root?: string) => ({ rows: textOf(place, it), root, place });
    if (level > MAX_LEVELS) return whole();
    if (it.kind === 'parenthesized') return tableOf(it.expression, place, level + 1);
    if (it.kind === 'name') {
      const variable = place.variables.get(nameKey(it.name.text));
      if (variable === undefined) return whole(names.table(it.name.text));
      // Its rows are fixed where it is defined; what is done with them is done here.
      const defined = tableOf(variable.value, used(variable, place), level + 1);
      return { ...whole(defined.root), place: { ...place, steps: defined.place.steps } };
    }
    if (it.kind !== 'call') return whole();
    const [first, ...rest] = it.args;
    const name = it.name.toUpperCase();
    if (first === undefined) return whole();
    const filtering = name === 'FILTER' ? rest.slice(0, 1).flatMap((arg) => (arg.kind === 'omitted' ? [] : conjuncts(arg))) : name === 'CALCULATETABLE' ? filtersIn(rest) : [];
    if (filtering.length > 0 || name === 'CALCULATETABLE') {
      const input = tableOf(first, place, level + 1);
      let inner = input.place;
      let { rows } = input;
      for (const [i, part] of filtering.entries()) {
        const text = textOf(place, part);
        rows = name === 'FILTER' ? `FILTER(${rows}, ${text}\n)` : `CALCULATETABLE(${[input.rows, ...filtering.slice(0, i + 1).map((it) => textOf(place, it))].join(',\n')}\n)`;
        const { wrap } = inner;
        const filtered = rows;
        inner = { ...inner, steps: [...inner.steps, { kind: 'table', text, expression: part, count: (counting) => wrap(counting.replace(ROWS, () => filtered)) }] };
      }
      return { rows, root: input.root, place: inner };
    }
    // ALL(T), VALUES(T), DISTINCT(T): the rows of T.
    const only = rest.length === 0 && first.kind === 'name' && !place.variables.has(nameKey(first.name.text)) ? names.table(first.name.text) : undefined;
    return whole(only);
  };

  const { expression, text } = names.body(metric);
  visit(expression, { text, wrap: (inner) => inner, wrapTable: (inner) => inner, steps: [], metrics: [metric.name], variables: new Map() }, 0);
  return { leaves: found, isWhole };
}

/** Stands, in a text that counts, for the rows that are counted. */
export const ROWS = '\u0001rows\u0001';

/** Variables are in sight, and are evaluated where they are defined. */
function within(it: Extract<Expression, { kind: 'var' }>, place: Place): Place {
  let inner = place;
  for (const variable of it.variables) {
    const before = inner;
    const text = place.text.slice(variable.span.start, variable.span.end);
    inner = {
      ...before,
      wrap: (counting) => before.wrap(`${text}\nRETURN ${counting}`),
      wrapTable: (rows) => before.wrapTable(`${text}\nRETURN ${rows}`),
      variables: new Map([...before.variables, [nameKey(variable.name.text), { value: variable.value, place: before }]]),
    };
  }
  return inner;
}

/** `dax` where a filter is asked for in other words than it is told in. */
type Filter = Pick<Step, 'text' | 'expression'> & { readonly dax?: string };

/** The filter arguments of CALCULATE: modifiers first, as they are applied; conditions part by part. */
const written = (args: readonly Argument[], place: Place): readonly Filter[] => filtersIn(args).map((expression) => ({ text: textOf(place, expression), expression }));

/** What CALCULATE evaluates under filters, of which each is a step. */
function calculated(filters: readonly Filter[], place: Place): Place {
  const texts = filters.map((it) => it.dax ?? it.text);
  const withFirst = (count: number): Wrap => (inner) => place.wrap(`CALCULATE(${[inner, ...texts.slice(0, count)].join(',\n')}\n)`);
  const steps = filters.map(({ text, expression }, i): Step => ({ kind: 'filter', text, expression, count: withFirst(i + 1) }));
  const wrapTable: Wrap = (rows) => place.wrapTable(`CALCULATETABLE(${[rows, ...texts].join(',\n')}\n)`);
  return { ...place, wrap: withFirst(texts.length), wrapTable, steps: [...place.steps, ...steps] };
}

function filtersIn(args: readonly Argument[]): readonly Expression[] {
  const isModifier = (it: Expression): boolean => it.kind === 'call' && MODIFIERS.has(it.name.toUpperCase());
  const filters = args.flatMap((it) => (it.kind === 'omitted' ? [] : conjuncts(it)));
  return [...filters.filter(isModifier), ...filters.filter((it) => !isModifier(it))];
}

/** `a && b` and AND(a, b) are two conditions. */
function conjuncts(it: Expression): readonly Expression[] {
  if (it.kind === 'parenthesized') {
    const inner = conjuncts(it.expression);
    return inner.length > 1 ? inner : [it];
  }
  if (it.kind === 'binary' && it.operator === '&&') return [...conjuncts(it.left), ...conjuncts(it.right)];
  if (it.kind === 'call' && it.name.toUpperCase() === 'AND') return it.args.flatMap((arg) => (arg.kind === 'omitted' ? [] : conjuncts(arg)));
  return [it];
}
