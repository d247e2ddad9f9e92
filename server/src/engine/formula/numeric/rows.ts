/** A row expression over rows as numbers: what its leaves are, and over what its loops go. */
import type { RowId, Scalar } from '../../../plan/plan.ts';
import type { Evaluate } from '../../context/changes.ts';
import { pulseBy } from '../../pulse.ts';
import type { Vector } from '../../values/vector.ts';
import type { Context } from '../batch.ts';
import type { Job } from '../job.ts';
import { columnsRead, isByChance, onlyColumn, valuesOfColumn } from '../perValue.ts';
import { columnOf, type Rows } from '../rows.ts';
import type { Task } from '../task.ts';
import { dependsOnlyOn, usesOf } from '../uses.ts';
import { constantCode, kernelOf, leafCode } from './code.ts';
import { compile, type Compiled, type Workshop } from './compile.ts';
import { contextLane, plainValues, rowLane, type PlainValues } from './lanes.ts';
import { BLOCK } from './loops.ts';

/** An expression as numbers: of each row, or of each value of one column, whose codes the rows have. */
export interface NumericRows {
  readonly root: Compiled;
  /** Rows, or values. */
  readonly length: number;
  /** The code of each row where the loops go over values; undefined: they go over rows. */
  readonly codes: Uint32Array | undefined;
}

/**
 * Compiles an expression over the rows of an iteration over row context `id`.
 *
 * @param rows with owners, or the same for all contexts of `context`
 * @returns undefined where the expression is not computed in numbers
 */
export function* numericRows(job: Job, evaluate: Evaluate, expression: Scalar, id: RowId, rows: Rows, context: Context): Task<NumericRows | undefined> {
  // A trace tells every step.
  if (rows.set.length === 0 || job.tracer !== undefined) return undefined;
  const columns = new Map<number, Column>();
  for (const index of columnsRead(expression, id) ?? []) {
    const vector = yield* columnOf(rows.set, index);
    columns.set(index, { vector, plain: plainValues(vector) });
  }
  const leaves = columns.size === 0 ? undefined : findLeaves(expression, id, (index) => columns.get(index)?.plain !== undefined);
  if (leaves === undefined) return undefined;
  const found = new Map<Scalar, PlainValues | Compiled>();
  const constants: number[] = [];
  const shop: Workshop = { block: Math.min(BLOCK, rows.set.length), constant: (value) => constantCode(value, constants.push(value) - 1) };
  for (const [node, leaf] of leaves) {
    const lane = yield* leafLane(job, evaluate, node, leaf, id, rows, context, columns, shop);
    if (lane === undefined) return undefined;
    found.set(node, lane);
  }
  const codes = commonCodes([...found.values()], rows.set.length);
  const length = codes === undefined ? rows.set.length : codes.size;
  const places: PlainValues[] = [];
  const lanes = new Map([...found].map(([node, it]) => {
    if ('fill' in it) return [node, it];
    const leaf = codes === undefined ? it : { ...it, codes: undefined };
    return [node, rowLane(leaf, shop, leafCode(leaf, places.push(leaf) - 1))];
  }));
  const root = compile(expression, (node) => lanes.get(node), shop);
  if (root === undefined) return undefined;
  const kernel = kernelOf(root, places, constants);
  return { root: kernel === undefined ? root : { ...root, fill: (from, count) => kernel(from, count, root.values) }, codes: codes?.codes, length };
}

interface Column {
  readonly vector: Vector;
  readonly plain: PlainValues | undefined;
}

type Leaf =
  | { readonly kind: 'column'; readonly index: number }
  /** Computed once for each value of a column. */
  | { readonly kind: 'perValue'; readonly index: number }
  /** The same for all rows of a context. */
  | { readonly kind: 'context' };

function* leafLane(job: Job, evaluate: Evaluate, node: Scalar, leaf: Leaf, id: RowId, rows: Rows, context: Context, columns: ReadonlyMap<number, Column>, shop: Workshop): Task<PlainValues | Compiled | undefined> {
  switch (leaf.kind) {
    case 'column': return columns.get(leaf.index)?.plain;
    case 'context': {
      // Rows that all contexts share have no context of their own.
      if (rows.owners === undefined && context.batch.size !== 1) return undefined;
      return contextLane(yield* evaluate.scalar(job, node, context), rows.owners, shop);
    }
    case 'perValue': {
      const column = columns.get(leaf.index);
      return column === undefined ? undefined : plainValues(yield* valuesOfColumn(job, evaluate, node, id, rows, context, leaf.index, column.vector));
    }
  }
}

/** Where all leaves have the codes of one column, which are much fewer than the rows, the loops go over values. */
function commonCodes(leaves: readonly (PlainValues | Compiled)[], length: number): { readonly codes: Uint32Array; readonly size: number } | undefined {
  let common: { readonly codes: Uint32Array; readonly size: number } | undefined;
  for (const it of leaves) {
    if ('fill' in it) {
      if (it.type !== 'blank' && !isConstant(it)) return undefined;
      continue;
    }
    if (it.codes === undefined || it.values.length * 2 > length || (common !== undefined && (common.codes !== it.codes || common.size !== it.values.length))) return undefined;
    common = { codes: it.codes, size: it.values.length };
  }
  return common;
}

const isConstant = (it: Compiled): boolean => it.constant === true;

const composite: ReadonlySet<string> = new Set(['if', 'and', 'or', 'divide', 'call']);
const loops: ReadonlySet<string> = new Set(['+', '-', '*', '/', '^', '=', '==', '<>', '<', '<=', '>', '>=', 'NOT']);

/** Nodes of an expression that is compiled: beyond that it is no row expression of the usual kind. */
const MOST_NODES = 200;

/** The leaves of an expression; undefined when something in it is neither a leaf nor a loop. */
function findLeaves(expression: Scalar, id: RowId, isPlainColumn: (index: number) => boolean): readonly (readonly [Scalar, Leaf])[] | undefined {
  const leaves: (readonly [Scalar, Leaf])[] = [];
  const open: Scalar[] = [expression];
  for (let count = 0; open.length > 0; count++) {
    if (count > MOST_NODES) return undefined;
    const node = open.pop() as Scalar;
    if (node.op === 'constant') continue;
    const uses = usesOf(node);
    const only = uses.rows.has(id) ? onlyColumn(node, id) : undefined;
    if (!uses.rows.has(id)) {
      if (isByChance(node)) return undefined;
      leaves.push([node, { kind: 'context' }]);
    } else if (node.op === 'column' && isPlainColumn(node.index)) leaves.push([node, { kind: 'column', index: node.index }]);
    else if (isLoop(node) && (only === undefined || isPlainColumn(only))) open.push(...partsOf(node));
    else if (only !== undefined && dependsOnlyOn(uses, [id])) leaves.push([node, { kind: 'perValue', index: only }]);
    else return undefined;
  }
  return leaves;
}

const isLoop = (node: Scalar): boolean => composite.has(node.op) && (node.op !== 'call' || loops.has(node.name));

function partsOf(node: Scalar): readonly Scalar[] {
  switch (node.op) {
    case 'if': return [node.condition, node.then, ...(node.otherwise === null ? [] : [node.otherwise])];
    case 'and':
    case 'or': return [node.left, node.right];
    case 'divide': return [node.numerator, node.denominator, ...(node.alternate === null ? [] : [node.alternate])];
    case 'call': return node.args.filter((it) => it !== null);
    default: return [];
  }
}

/** Computes all blocks, one after the other. */
export function eachBlock({ root, length }: NumericRows, visit: (from: number, count: number) => void): void {
  const block = root.values.length;
  for (let from = 0; from < length; from += block) {
    const count = Math.min(block, length - from);
    root.fill(from, count);
    visit(from, count);
    pulseBy(count >> 1);
  }
}
