/** What lowering carries along: identities that are unique in a job, metrics as they are met, and the open contexts. */
import type { Argument, Call, Expression, Segment } from '../../../../grammar/src/tree.ts';
import { nameKey } from '../../model/model.ts';
import type { ContextChange, MeasurePlan, Relation, RelationColumn, RowId, Scalar, VariableId } from '../../plan/plan.ts';
import type { At, Reason } from '../../plan/values.ts';
import type { MeasureSymbol } from '../bound.ts';
import type { Names, RowScope } from '../scope.ts';
import { columnName, type ShapeColumn, type TableShape } from '../shapes.ts';

/** A text that plans came from: `At.source` is its place in the list. */
export interface LoweringSource {
  readonly uri: string;
  readonly text: string;
  readonly segment: Segment | undefined;
}

/** A metric of the job: met first, lowered later, so that chains of metrics take no stack. */
export interface MeasureSlot {
  readonly symbol: MeasureSymbol;
  readonly space: MeasureSpace;
  plan: MeasurePlan | undefined;
  /** Indices of the metrics that it reads directly. */
  readonly reads: Set<number>;
}

/** Metrics that one query sees; a query that defines its own has a space of its own. */
export interface MeasureSpace {
  readonly names: Names;
  readonly indices: Map<string, number>;
  /** Variables of the query whose space it is: its own metrics see them. */
  readonly queryVariables?: ReadonlyMap<string, LowerVariable>;
}

export interface LowerContext {
  readonly sources: LoweringSource[];
  readonly sourceIndices: Map<string, number>;
  readonly slots: MeasureSlot[];
  nextRow: RowId;
  nextVariable: VariableId;
}

export interface LowerRow extends RowScope {
  readonly id: RowId;
}

export type LowerVariable =
  | { readonly kind: 'scalar'; readonly id: VariableId; readonly name: string }
  | { readonly kind: 'table'; readonly id: VariableId; readonly name: string; readonly shape: TableShape; readonly relation?: Relation }
  | { readonly kind: 'unavailable'; readonly reason: Reason };

export interface LowerEnv {
  readonly ctx: LowerContext;
  readonly names: Names;
  readonly space: MeasureSpace;
  readonly source: number;
  /** Metrics read while the current one is lowered. */
  readonly reads: Set<number>;
  /** Open row contexts, the innermost last. */
  readonly rows: readonly LowerRow[];
  readonly variables: ReadonlyMap<string, LowerVariable>;
  /** In a calculation item, where SELECTEDMEASURE has a meaning. */
  readonly inItem?: true;
  /** The rows that CURRENTGROUP() stands for. */
  readonly group?: { readonly id: VariableId; readonly shape: TableShape };
  /** What ISSUBTOTAL of each grouped column reads. */
  readonly subtotals?: readonly { readonly column: ShapeColumn; readonly id: VariableId }[];
}

export const createLowerContext = (): LowerContext => ({ sources: [], sourceIndices: new Map(), slots: [], nextRow: 1, nextVariable: 1 });

export function addSource(ctx: LowerContext, source: LoweringSource): number {
  const key = `${source.uri}\u0000${source.text}`;
  const known = ctx.sourceIndices.get(key);
  if (known !== undefined) return known;
  const index = ctx.sources.push(source) - 1;
  ctx.sourceIndices.set(key, index);
  return index;
}

export const topEnv = (ctx: LowerContext, space: MeasureSpace, source: number, reads: Set<number> = new Set()): LowerEnv => ({
  ctx, names: space.names, space, source, reads, rows: [], variables: new Map(),
});

/** Opens a row context over rows of this shape. */
export function openRow(env: LowerEnv, shape: TableShape): { readonly id: RowId; readonly inside: LowerEnv } {
  const id = env.ctx.nextRow++;
  return { id, inside: { ...env, rows: [...env.rows, { id, shape, consumed: false }] } };
}

/** Whether this is inside a condition that filters, where Power BI allows no CALCULATE and no metric. */
export const isInCondition = (env: LowerEnv): boolean => env.rows.some((it) => it.grow !== undefined);

/** The row contexts that a CALCULATE turns into filters, outermost first. */
export const transitionOf = (env: LowerEnv): readonly RowId[] => env.rows.flatMap((it) => (it.consumed ? [] : [it.id]));

/** Inside CALCULATE: rows can still be read, but are filters already. */
export const consumeRows = (env: LowerEnv): LowerEnv =>
  env.rows.every((it) => it.consumed) ? env : { ...env, rows: env.rows.map((it) => (it.consumed ? it : { ...it, consumed: true })) };

export const at = (env: LowerEnv, node: { readonly span: { readonly start: number; readonly end: number } }): At => ({
  source: env.source, start: node.span.start, end: node.span.end,
});

/** A relation with its shape. */
export interface Lowered {
  readonly relation: Relation;
  readonly shape: TableShape;
}

export const noShape: TableShape = { columns: undefined, wholeTable: undefined };

export const notEvaluated = (env: LowerEnv, node: Argument, reason: Reason): Scalar => ({ op: 'notEvaluated', reason, at: at(env, node) });

export const noRelation = (env: LowerEnv, node: Argument, reason: Reason): Lowered => ({
  relation: { op: 'notEvaluated', reason, columns: [], at: at(env, node) }, shape: noShape,
});

export const noChange = (env: LowerEnv, node: Argument, reason: Reason): ContextChange => ({ change: 'notEvaluated', reason, at: at(env, node) });

export const definedColumns: Reason = { id: 'feature-not-supported', what: 'a column of a table whose columns are not known' };
export const calculateInCondition: Reason = { id: 'type-error', detail: 'CALCULATE in a condition that filters' };
export const notSupported = (name: string): Reason => ({ id: 'function-not-supported', name: name.toUpperCase() });
export const noFeature = (what: string, verb?: 'are'): Reason => ({ id: 'feature-not-supported', what, ...(verb === undefined ? {} : { verb }) });
export const typeError = (detail: string): Reason => ({ id: 'type-error', detail });
export const noName = (name: string): Reason => ({ id: 'unresolved-name', name });
export const syntaxError: Reason = { id: 'syntax-error' };

export const relationColumn = (it: ShapeColumn): RelationColumn =>
  it.lineage === undefined ? { name: columnName(it) } : { name: columnName(it), lineage: it.lineage };

/** What every relation says about its rows. */
export function shaped(shape: TableShape): { readonly columns: readonly RelationColumn[]; readonly table?: string } {
  const columns = (shape.columns ?? []).map(relationColumn);
  return shape.wholeTable === undefined ? { columns } : { columns, table: shape.wholeTable };
}

/** Argument `i`; undefined when it is empty or not there. */
export function argumentAt(call: Call, i: number): Expression | undefined {
  const it = call.args[i];
  return it === undefined || it.kind === 'omitted' ? undefined : it;
}

export const blank: Scalar = { op: 'constant', type: 'blank', value: null };

/** Index of a metric in the job; undefined where the space has none of that name. */
export function measureIndex(ctx: LowerContext, space: MeasureSpace, name: string): number | undefined {
  const key = nameKey(name);
  const known = space.indices.get(key);
  if (known !== undefined) return known;
  const symbol = space.names.measures.get(key);
  if (symbol === undefined) return undefined;
  const index = ctx.slots.push({ symbol, space, plan: undefined, reads: new Set() }) - 1;
  space.indices.set(key, index);
  return index;
}

