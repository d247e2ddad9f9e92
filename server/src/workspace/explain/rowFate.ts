/** What becomes of a row in a metric: through which filters and branches it comes, and which is the first that drops it. */
import { parseExpression, quoteColumn, quoteTable, walk } from '../../../../grammar/src/index.ts';
import type { ColumnReference, Expression } from '../../../../grammar/src/tree.ts';
import type { MeasureSymbol } from '../../analysis/index.ts';
import { namesOf as namesInSight } from '../../analysis/scope.ts';
import { nameKey, type Model } from '../../model/model.ts';
import type { QueryResult } from '../../plan/plan.ts';
import type { Cell, ValueType } from '../../plan/values.ts';
import type { EvaluationRequest, ModelView, Workspace } from '../types.ts';
import { bodyOf, type Body } from './bodies.ts';
import type { Step } from './place.ts';
import { ROWS, waysOf, type Leaf, type Names } from './steps.ts';

export interface RowFate {
  readonly metric: string;
  readonly row: string;
  readonly table: string;
  /** How many rows the condition is true for. */
  readonly rows: number;
  readonly leaves: readonly LeafFate[];
  /** The row has no part in the metric but on these ways. */
  readonly isWhole: boolean;
}

/** What becomes of the row on the way to one aggregate. */
export interface LeafFate {
  readonly text: string;
  readonly metrics: readonly string[];
  readonly steps: readonly StepFate[];
  /** `elsewhere`: the aggregate goes through rows that the row has no part in. */
  readonly fate: 'counted' | 'blank' | 'dropped' | 'elsewhere' | 'unknown';
  /** What it takes of the row, where the row is counted. */
  readonly value: Value | undefined;
}

export interface StepFate {
  readonly kind: Step['kind'];
  readonly text: string;
  /** Whether the row comes through; `unknown` where that could not be computed. */
  readonly passes: true | false | 'unknown';
  /** Values of the row that the step looks at; told of the step that drops it. */
  readonly values: readonly { readonly column: string; readonly value: Value }[];
}

export interface Value {
  readonly cell: Cell;
  readonly type: ValueType;
}

export type Around = Pick<EvaluationRequest, 'measures' | 'defined'>;

/** Why a row cannot be explained, in words for its author. */
export interface NoRow {
  readonly problem: string;
}

/**
 * @param row a condition on columns of one table, `T[key] = "..."`
 * @param around what the metric's text sees besides the model's definitions: those of its page
 * @returns the fate of the row on the way to each aggregate of the metric, or why it cannot be told
 */
export async function rowFate(workspace: Workspace, view: ModelView, metric: MeasureSymbol, row: string, around: Around = {}): Promise<RowFate | NoRow> {
  const { expression, problems } = parseExpression(row);
  const named = columnsIn(expression).map((it) => it.table?.text ?? '');
  const [first] = named;
  if (problems.length > 0 || first === undefined) return { problem: 'a row is told by a condition such as Table[Key] = "value"' };
  const { model } = view;
  const table = model.tables.get(nameKey(first));
  if (table === undefined || named.some((it) => nameKey(it) !== nameKey(first))) return { problem: 'a row is told by columns of one table of the model' };
  const names = namesOf(view, around);
  const { leaves, isWhole } = waysOf(metric, names);
  const values = async (expressions: readonly string[]): Promise<readonly (Value | 'unknown')[]> =>
    (await workspace.evaluate(view, expressions.map((it) => ({ ...around, query: `EVALUATE ROW("v", ${it}\n)` })))).map(valueOf);
  const [found] = await values([`COUNTROWS(FILTER(${quoteTable(table.name)}, ${row}\n))`]);
  if (found === undefined || found === 'unknown') return { problem: 'the condition of the row cannot be evaluated' };
  const rows = Number(found.cell ?? 0);
  const asked = leaves.map((leaf) => countingOf(leaf, table.name, row, model));
  const counts = await values(leaves.flatMap((leaf, i) => {
    const counting = asked[i];
    return counting === undefined ? [] : [...leaf.steps.map((step) => step.count(counting)), leaf.wrap(counting.replace(ROWS, () => leaf.rows))].map((it) => it.replaceAll(ROWS, () => rootOf(leaf)));
  }));
  const fates: LeafFate[] = [];
  let at = 0;
  for (const [i, leaf] of leaves.entries()) {
    const plain = { text: leaf.text, metrics: leaf.metrics };
    if (asked[i] === undefined) {
      // Rows of no table, and what goes on from each row to others, may have to do with the row all the same.
      fates.push({ ...plain, steps: [], fate: leaf.isDeep || leaf.table.kind === 'other' ? 'unknown' : 'elsewhere', value: undefined });
      continue;
    }
    const own = counts.slice(at, at + leaf.steps.length + 1);
    at += leaf.steps.length + 1;
    fates.push(await fateOf(leaf, own, row, table.name, values));
  }
  return { metric: metric.name, row, table: table.name, rows, leaves: fates, isWhole: isWhole && !leaves.some((it) => it.isDeep) };
}

type Evaluate = (expressions: readonly string[]) => Promise<readonly (Value | 'unknown')[]>;

async function fateOf(leaf: Leaf, counts: readonly (Value | 'unknown')[], row: string, table: string, values: Evaluate): Promise<LeafFate> {
  const steps: StepFate[] = [];
  const plain = { text: leaf.text, metrics: leaf.metrics, steps };
  const last = counts.at(-1) ?? 'unknown';
  const comesThrough = last !== 'unknown' && last.cell !== null;
  for (const [i, step] of leaf.steps.entries()) {
    const count = counts[i] ?? 'unknown';
    const passes = count === 'unknown' ? 'unknown' : count.cell !== null;
    // Filters do not touch rows such as those of ALL.
    if (comesThrough && passes !== true) continue;
    const columns = passes === false ? columnsIn(step.expression).flatMap((it) => (it.table === undefined ? [] : [`${quoteTable(it.table.text)}${quoteColumn(it.column.text)}`])) : [];
    const distinct = [...new Set(columns)].slice(0, 10);
    const known = await values(distinct.map((column) => valueIn(column, row, table)));
    steps.push({ kind: step.kind, text: step.text, passes, values: distinct.flatMap((column, k) => {
      const value = known[k];
      return value === undefined || value === 'unknown' ? [] : [{ column, value }];
    }) });
    if (passes !== true) return { ...plain, fate: passes === false ? 'dropped' : 'unknown', value: undefined };
  }
  if (last === 'unknown') return { ...plain, fate: 'unknown', value: undefined };
  if (last.cell === null) return { ...plain, fate: 'dropped', value: undefined };
  if (leaf.value === undefined || leaf.table.kind !== 'named' || nameKey(leaf.table.name) !== nameKey(table)) return { ...plain, fate: 'counted', value: undefined };
  const [value] = await values([leaf.wrap(`MAXX(FILTER(${leaf.rows}, ${row}\n), ${leaf.value}\n)`)]);
  if (value === undefined || value === 'unknown') return { ...plain, fate: 'counted', value: undefined };
  return { ...plain, fate: value.cell === null ? 'blank' : 'counted', value };
}

/** Counts the row among rows; undefined: rows of that table do not belong to it. */
function countingOf(leaf: Leaf, table: string, row: string, model: Model): string | undefined {
  if (leaf.table.kind !== 'named') return undefined;
  if (nameKey(leaf.table.name) === nameKey(table)) return `COUNTROWS(FILTER(${ROWS}, ${row}\n))`;
  return leadsTo(leaf.table.name, table, model) ? `CALCULATE(COUNTROWS(${ROWS}), KEEPFILTERS(${row}\n))` : undefined;
}

/** The rows that the first of the steps finds. */
const rootOf = (leaf: Leaf): string => (leaf.table.kind === 'named' ? quoteTable(leaf.table.name) : leaf.rows);

/** Whether each row of a table belongs to a row of the other. */
function leadsTo(from: string, to: string, { relationships }: Model): boolean {
  const reached = new Set([nameKey(from)]);
  for (const table of reached) {
    for (const { active, cardinality, from: left, to: right } of relationships) {
      const [many, one] = cardinality === 'one-to-many' ? [right, left] : [left, right];
      if (active && nameKey(many.table) === table) reached.add(nameKey(one.table));
    }
  }
  return reached.has(nameKey(to));
}

/** The value of a column, or of a column that the row leads to, in the row. */
function valueIn(column: string, row: string, table: string): string {
  const own = parseExpression(column).expression;
  const isOwn = own.kind === 'column' && own.table !== undefined && nameKey(own.table.text) === nameKey(table);
  const its = `SELECTCOLUMNS(FILTER(${quoteTable(table)}, ${row}\n), "__value", ${isOwn ? column : `RELATED(${column})`})`;
  // MAXX has no value for TRUE and FALSE.
  return `TOPN(1, DISTINCT(${its}), [__value], DESC)`;
}

function valueOf(it: QueryResult): Value | 'unknown' {
  if (it.kind !== 'table') return 'unknown';
  const [column] = it.columns;
  const cell = column?.cells[0] ?? null;
  if (column === undefined || (cell !== null && typeof cell === 'object' && cell.cell !== 'variant')) return 'unknown';
  return { cell, type: column.type };
}

/** @param around what is in sight besides the model's definitions */
export function namesOf(view: ModelView, { measures = view.measures, defined = view.defined }: Around): Names {
  const { model } = view;
  const names = namesInSight({ model, measures, functions: defined.functions, tables: defined.tables, columns: defined.columns });
  // A metric that many ways lead to is read once.
  const bodies = new Map<MeasureSymbol, Body>();
  return {
    measure: (name) => measures.get(nameKey(name)),
    body(measure) {
      const body = bodies.get(measure) ?? bodyOf(measure, names);
      bodies.set(measure, body);
      return body;
    },
    table: (name) => model.tables.get(nameKey(name))?.name,
    isColumn: (table, column) => model.tables.get(nameKey(table))?.columns.has(nameKey(column)) === true,
  };
}

/** The columns, and metrics, that an expression names. */
export function columnsIn(expression: Expression): readonly ColumnReference[] {
  const found: ColumnReference[] = [];
  walk(expression, (it) => {
    if (it.kind === 'column') found.push(it);
  });
  return found;
}
