/** A metric whose name has a unit that its arithmetic does not make. */
import { expressionsOf, walk } from '../../../../grammar/src/index.ts';
import type { MeasureSymbol } from '../../analysis/bound.ts';
import { nameKey, type Column } from '../../model/model.ts';
import type { SegmentContext } from '../context.ts';
import { defineRule } from '../rule.ts';

/** Units of time as names have them in brackets, with how many seconds they are. */
const units: ReadonlyMap<string, number> = new Map([
  ['ms', 0.001], ['millisecond', 0.001], ['milliseconds', 0.001],
  ['s', 1], ['sec', 1], ['secs', 1], ['second', 1], ['seconds', 1],
  ['min', 60], ['mins', 60], ['minute', 60], ['minutes', 60],
  ['h', 3600], ['hr', 3600], ['hrs', 3600], ['hour', 3600], ['hours', 3600],
  ['d', 86_400], ['day', 86_400], ['days', 86_400],
]);

export const unitInName = defineRule({
  id: 'unit-in-name',
  category: 'metric',
  severity: 'information',
  help: 'The name says a unit of time in brackets, and the columns that the metric reads say another in theirs, or the other metrics with that unit divide what they read from the same columns to get there; here nothing is converted. The number is then wrong by the factor between the units.',
  bad: 'Longest wait (min) = MAX(FactSession[WaitTime]) / 60\nWait (min) = AVERAGE(FactSession[WaitTime])',
  good: 'Longest wait (min) = MAX(FactSession[WaitTime]) / 60\nWait (min) = AVERAGE(FactSession[WaitTime]) / 60',
  messages: {
    column: (p: { unit: string; column: string; from: string; factor: string }) => `The name says ${p.unit}, ${p.column} holds ${p.from}, and nothing converts by ${p.factor}.`,
    others: (p: { unit: string; factor: string; other: string }) => `The name says ${p.unit}, yet nothing is divided by ${p.factor}, as it is in ${p.other}.`,
  },
  concerns: ({ name }) => name.includes('(') && knownUnit(name) !== undefined,
  definition(ctx, report) {
    const { item } = ctx.segment;
    if (item.kind !== 'measure') return;
    const unit = unitOfName(item.name);
    if (unit === undefined || !ctx.isSound || readsMetric(ctx)) return;
    const numbers = numbersOf(ctx.segment.item);
    const others = columnUnits(ctx).filter((it) => it.seconds !== unit.seconds);
    const [first] = others;
    if (first !== undefined && others.length === columnUnits(ctx).length) {
      const factor = factorBetween(first.seconds, unit.seconds);
      if (![...numbers].some((it) => converts(it, factor))) report('column', { unit: unit.word, column: first.column, from: first.word, factor: String(factor) }, item.nameSpan);
      return;
    }
    if (first !== undefined || unit.seconds === 1) return;
    const example = converted(ctx, unit.word, item.name);
    if (example !== undefined && !numbers.has(example.factor)) report('others', { unit: unit.word, factor: String(example.factor), other: `[${example.name}]` }, item.nameSpan);
  },
});

interface Unit {
  readonly word: string;
  readonly seconds: number;
}

const unitsByName = new Map<string, Unit | undefined>();

/** The unit of a name that is asked for after every edit. */
function knownUnit(name: string): Unit | undefined {
  if (!unitsByName.has(name)) {
    if (unitsByName.size > 20_000) unitsByName.clear();
    unitsByName.set(name, unitOfName(name));
  }
  return unitsByName.get(name);
}

/** The unit in the last brackets of a name: `Wait (min)_FactSession`. */
function unitOfName(name: string): Unit | undefined {
  const open = name.lastIndexOf('(');
  const close = name.indexOf(')', open);
  if (open < 0 || close < 0) return undefined;
  const word = name.slice(open + 1, close).trim().replace(/\.$/, '').toLowerCase();
  const seconds = units.get(word);
  return seconds === undefined ? undefined : { word, seconds };
}

/** What another metric gives has been converted there, or not. */
const readsMetric = ({ bound, segment: { item } }: SegmentContext): boolean =>
  bound.references.some((it) => it.target.kind === 'measure' && (item.kind !== 'measure' || it.span.start !== item.nameSpan.start));

/** Words that a name may end with for another reason than its unit: StartHour, OperationHour, ClosingDay. */
const alone: ReadonlySet<string> = new Set(['millisecond', 'second', 'minute', 'hour', 'day']);

/** Units in the names of the columns that are read: the word behind "in", else the last one. WaitTimeInSeconds, handle_time_ms. */
function columnUnits(ctx: SegmentContext): readonly (Unit & { readonly column: string })[] {
  return ctx.bound.references.flatMap(({ target }) => {
    if (target.kind !== 'column') return [];
    const words = target.column.name.split(/(?<=[a-z0-9])(?=[A-Z])|[_\s]+/);
    const behindIn = words.findLastIndex((it, i) => i > 0 && words[i - 1]?.toLowerCase() === 'in' && units.has(it.toLowerCase()));
    const word = words.at(behindIn)?.toLowerCase() ?? '';
    const seconds = word.length > 1 && (behindIn > 0 || !alone.has(word)) ? units.get(word) : undefined;
    return words.length < 2 || seconds === undefined ? [] : [{ word, seconds, column: `${target.table.name}[${target.column.name}]` }];
  });
}

const factorBetween = (a: number, b: number): number => Math.round(Math.max(a, b) / Math.min(a, b));

/** Whether a constant, or one that is a multiple by further units, converts by the factor. */
const converts = (number: number, factor: number): boolean => number !== 0 && (number === factor || Math.abs(1 / number - factor) < 1e-6 || (factor % number === 0 && number >= 24));

const numbersIn = new WeakMap<SegmentContext['segment']['item'], ReadonlySet<number>>();

/** The constants of a definition, and products of constants. */
function numbersOf(item: SegmentContext['segment']['item']): ReadonlySet<number> {
  const its = numbersIn.get(item);
  if (its !== undefined) return its;
  const numbers = new Set<number>();
  numbersIn.set(item, numbers);
  for (const expression of expressionsOf(item)) {
    walk(expression, (node) => {
      if (node.kind === 'number') numbers.add(node.value);
    });
  }
  return numbers;
}

/** A metric that the text can see, with the same unit and of the same columns, that divides by the factor between it and seconds; most of them must. */
function converted(ctx: SegmentContext, word: string, own: string): { readonly name: string; readonly factor: number } | undefined {
  const factor = units.get(word) ?? 1;
  const same = byUnit(ctx.measures).get(factor) ?? [];
  const columns = new Set(ctx.bound.references.flatMap(({ target }) => (target.kind === 'column' && mayMeasure(target.column) ? [columnKey(target.table.name, target.column.name)] : [])));
  const others = same.filter((it) => nameKey(it.symbol.name) !== nameKey(own) && it.columns.some((column) => columns.has(column)));
  const dividing = others.filter((it) => it.numbers.has(factor));
  const [first] = dividing;
  return first !== undefined && dividing.length * 2 > others.length ? { name: first.symbol.name, factor } : undefined;
}

interface WithUnit {
  readonly symbol: MeasureSymbol;
  readonly numbers: ReadonlySet<number>;
  /** Columns that it names with their tables. */
  readonly columns: readonly string[];
}

/** Whether a column may hold a duration: it is no text, no date and no code. */
const mayMeasure = ({ type, choice }: Column): boolean => choice === undefined && (type === undefined || type === 'int64' || type === 'double' || type === 'decimal');

const columnKey = (table: string, column: string): string => `${nameKey(table)}\u0000${nameKey(column)}`;

const known = new WeakMap<SegmentContext['measures'], ReadonlyMap<number, readonly WithUnit[]>>();

/** The metrics that have a unit in their name, by the seconds it has. */
function byUnit(measures: SegmentContext['measures']): ReadonlyMap<number, readonly WithUnit[]> {
  let found = known.get(measures);
  if (found === undefined) {
    const made = new Map<number, WithUnit[]>();
    for (const symbol of measures.values()) {
      const unit = unitOfName(symbol.name);
      const columns = unit === undefined ? undefined : columnsOf(symbol);
      if (unit === undefined || columns === undefined) continue;
      const its = { symbol, numbers: numbersOf(symbol.segment.item), columns };
      const same = made.get(unit.seconds);
      if (same === undefined) made.set(unit.seconds, [its]);
      else same.push(its);
    }
    known.set(measures, (found = made));
  }
  return found;
}

/** The columns that a definition names; undefined where a name without a table stands in it: another metric, most likely. */
function columnsOf(symbol: MeasureSymbol): readonly string[] | undefined {
  const columns: string[] = [];
  let mentionsMetric = false;
  walk(symbol.body, (node) => {
    if (node.kind !== 'column') return;
    if (node.table === undefined) mentionsMetric = true;
    else columns.push(columnKey(node.table.text, node.column.text));
  });
  return mentionsMetric ? undefined : columns;
}
