/** What one run of the binder carries along, and what it collects. */
import type { Expression, FunctionParameter, Problem, Segment } from '../../../../grammar/src/tree.ts';
import { overlaps, type Span } from '../../base/spans.ts';
import type { Finding } from '../../findings/finding.ts';
import { finding, type FindingExtras, type FindingId, type FindingParams } from '../../findings/registry.ts';
import { nameKey, type Column, type Table } from '../../model/model.ts';
import type { CodeUse, Reference, RelationshipUse, Target } from '../bound.ts';
import type { Names, RowScope } from '../scope.ts';
import type { ShapeColumn, TableShape } from '../shapes.ts';
import { brokenParts, isIndependent } from './broken.ts';
import { unknownType, type Type } from '../types.ts';

/** Deeper expressions are left unexamined: nothing is said about them. */
export const deepest = 600;

export interface BindContext {
  readonly segment: Segment;
  readonly references: Reference[];
  readonly codes: CodeUse[];
  readonly relationships: RelationshipUse[];
  /** Literals that were examined already, with the column they met. */
  readonly codesSeen: Set<string>;
  readonly findings: Finding[];
  /** Places that have a finding: what else is wrong there follows from it. */
  readonly told: Set<string>;
  /** Calls that stand where their function works: a modifier among filters, a level among groups. */
  readonly placed: Set<Expression>;
  readonly measures: Set<string>;
  readonly tables: Set<string>;
  readonly columns: Set<string>;
  readonly functions: Set<string>;
  readonly types: Map<Expression, Type>;
  /** The model column whose values an expression gives, where it is certain. */
  readonly lineage: Map<Expression, ModelColumn>;
  /** The column of the row context that a reference reads. */
  readonly rowColumns: Map<Expression, ShapeColumn>;
  /** Names with a line break inside, by the start of their span, as they turned out to be. */
  readonly brokenNames: Map<number, string>;
  readonly problems: readonly Problem[];
  /** Parts of the text that could not be read in their order. */
  readonly broken: readonly Span[];
  /** Syntax trouble that spoils everything, or no model: names are followed, nothing is complained about. */
  readonly quiet: boolean;
}

export interface ModelColumn {
  readonly table: Table;
  readonly column: Column;
}

export interface BoundVariable {
  readonly name: string;
  readonly definition: Span;
  /** undefined for a parameter of a function. */
  readonly value: Expression | undefined;
  /** The parameter that it is. */
  readonly parameter?: FunctionParameter;
  readonly type: Type;
}

/** The place in which an expression stands. */
export interface Env {
  readonly names: Names;
  /** Open row contexts, the innermost last. */
  readonly rows: readonly RowScope[];
  /** By `nameKey`. */
  readonly variables: ReadonlyMap<string, BoundVariable>;
  /** The definition in which this stands, as a node of the graph of definitions. */
  readonly own: string | undefined;
  /** Columns need no row context here. */
  readonly lenient: boolean;
  /** Arguments of something unknown: nothing is complained about. */
  readonly quiet: boolean;
  /** The condition of a filter argument, where metrics are not allowed. */
  readonly predicate: boolean;
  /** An expression of GROUPBY: CURRENTGROUP has a meaning. */
  readonly inGroup?: true;
  /** The rows that CURRENTGROUP() stands for. */
  readonly group?: TableShape;
}

export const emptyEnv = (names: Names): Env => ({
  names, rows: [], variables: new Map(), own: undefined, lenient: false, quiet: false, predicate: false,
});

/** Whether an expression is a parameter of a function being defined: it may stand for a column, a table or a value. */
export const isParameter = (env: Env, it: Expression): boolean => {
  if (it.kind !== 'name') return false;
  const variable = env.variables.get(nameKey(it.name.text));
  return variable !== undefined && variable.value === undefined;
};

/**
 * How deep the expression lies that is being bound: inferences that it sets off go on counting from there. It is no part
 * of a place, which would have to be copied for each expression.
 */
export const nesting = { depth: 0 };

export const withRow = (env: Env, shape: TableShape): Env => ({
  ...env, rows: [...env.rows, { shape, consumed: false }], predicate: false,
});

export const createContext = (segment: Segment, quiet: boolean): BindContext => ({
  segment,
  references: [],
  codes: [],
  relationships: [],
  codesSeen: new Set(),
  findings: [],
  told: new Set(),
  placed: new Set(),
  measures: new Set(),
  tables: new Set(),
  columns: new Set(),
  functions: new Set(),
  types: new Map(),
  lineage: new Map(),
  rowColumns: new Map(),
  brokenNames: new Map(),
  problems: segment.problems,
  broken: brokenParts(segment),
  quiet,
});

/** Reports a finding, unless the place is one about which nothing is certain, or of which the trouble is told already. */
export function report<I extends FindingId>(
  ctx: BindContext, env: Env, rule: I, params: FindingParams<I>, span: Span, extras?: FindingExtras,
): void {
  if (ctx.quiet || env.quiet || isTroubled(ctx, span)) return;
  if (ctx.broken.some((it) => span.start >= it.start && span.start < it.end) && !isIndependent(rule, textAt(ctx, span))) return;
  const found = finding(rule, params, span, extras);
  if (found.severity === 'error' || found.severity === 'warning') {
    const place = `${String(span.start)} ${String(span.end)}`;
    if (ctx.told.has(place)) return;
    ctx.told.add(place);
  }
  ctx.findings.push(found);
}

/** Whether the text at a place could not be read properly, so that what was made of it is no ground for complaints. */
export const isTroubled = (ctx: BindContext, span: Span): boolean =>
  ctx.problems.some((it) => overlaps(it.span, span) || isEmptyIn(it.span, span) || (it.code === 'unexpected-token' && isCutOff(ctx, span, it.span)));

const isEmptyIn = (it: Span, span: Span): boolean => it.start === it.end && it.start >= span.start && it.start <= span.end;

/** Whether the rest of what stands in a place was not understood: `Sales Targets[Target]` without quotes, `[Sales][Quantity]`. */
function isCutOff({ segment: { text } }: BindContext, span: Span, problem: Span): boolean {
  if (problem.start < span.end || problem.start - span.end > 200) return false;
  return text.slice(span.end, problem.start).trim() === '' && /^[\w'"[({\u0080-\uFFFF]/.test(text.slice(problem.start, problem.start + 1));
}

/** Records an occurrence of a name. */
export function refer(ctx: BindContext, span: Span, target: Target): void {
  ctx.references.push({ span, target });
}

/** Records the place that gives a name its meaning. */
export function referDefinition(ctx: BindContext, span: Span, target: Target): void {
  ctx.references.push({ span, target, isDefinition: true });
}

/** What the name of a variable or of a parameter leads to. */
export const variableTarget = ({ name, definition, value, parameter }: BoundVariable): Target =>
  value !== undefined ? { kind: 'variable', name, definition, value }
  : parameter !== undefined ? { kind: 'parameter', name, definition, parameter }
  : { kind: 'unresolved', name };

export function readColumn(ctx: BindContext, table: string, column: string): void {
  ctx.columns.add(`${nameKey(table)}\u0000${nameKey(column)}`);
}

export const typeAt = (ctx: BindContext, expression: Expression): Type => ctx.types.get(expression) ?? unknownType;

/** The source text of a node. */
export const textAt = (ctx: BindContext, span: Span): string => ctx.segment.text.slice(span.start, span.end);
