/** What rules ask of a segment's tree: parents, values behind variables. */
import { children, expressionsOf, walk } from '../../../grammar/src/index.ts';
import type { Argument, Call, Expression, Item } from '../../../grammar/src/tree.ts';
import type { SegmentContext } from './context.ts';

/** Removes brackets around an expression. */
export { unwrap } from '../analysis/scope.ts';

/** Visits every expression of a segment, outer before inner; a `visit` that returns false keeps the walk out of that node. */
export function visit({ segment: { item } }: Pick<SegmentContext, 'segment'>, each: (node: Expression) => boolean | void): void {
  if (row?.item !== item) row = inARow(item);
  const { nodes, ends } = row;
  for (let i = 0; i < nodes.length;) {
    const node = nodes[i];
    i = node !== undefined && each(node) === false ? (ends[i] ?? i + 1) : i + 1;
  }
}

/** Expressions of an item in the order of a visit, each with the index behind what it holds. */
interface Row {
  readonly item: Item;
  readonly nodes: readonly Expression[];
  readonly ends: readonly number[];
}

/** One rule after the other visits the same item. */
let row: Row | undefined;

function inARow(item: Item): Row {
  const nodes: Expression[] = [];
  const ends: number[] = [];
  const pending: (Argument | number)[] = [...expressionsOf(item)].reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === 'number') {
      ends[next] = nodes.length;
      continue;
    }
    if (next.kind === 'omitted') continue;
    pending.push(nodes.length);
    nodes.push(next);
    const below = children(next);
    for (let i = below.length - 1; i >= 0; i--) {
      const child = below[i];
      if (child !== undefined) pending.push(child);
    }
  }
  return { item, nodes, ends };
}

/** Visits every call of one of these functions, named in capitals. */
export function visitCalls(ctx: Pick<SegmentContext, 'segment'>, names: ReadonlySet<string>, each: (call: Call) => void): void {
  visit(ctx, (it) => {
    if (it.kind === 'call' && names.has(it.name.toUpperCase())) each(it);
  });
}

/** An argument that was given, or undefined. */
export const argumentAt = (call: Call, index: number): Expression | undefined => {
  const it = call.args[index];
  return it === undefined || it.kind === 'omitted' ? undefined : it;
};

/** The node that an expression is a direct part of; undefined at the top. */
export const parentOf = (ctx: Pick<SegmentContext, 'segment'>, node: Expression): Expression | undefined =>
  parentsOf(ctx.segment.item).get(node);

const parents = new WeakMap<Item, ReadonlyMap<Argument, Expression>>();

function parentsOf(item: Item): ReadonlyMap<Argument, Expression> {
  let map = parents.get(item);
  if (map === undefined) {
    const made = new Map<Argument, Expression>();
    for (const it of expressionsOf(item)) {
      walk(it, (node) => {
        for (const child of children(node)) made.set(child, node);
      });
    }
    parents.set(item, (map = made));
  }
  return map;
}

/** Variables may be chained; a chain longer than this is left alone. */
const mostHops = 20;

/** The expression that gives the value: brackets are taken off and variables followed to what they hold. */
export function valueOf(ctx: Pick<SegmentContext, 'bound'>, expression: Expression): Expression {
  let it = expression;
  for (let hops = 0; hops < mostHops; ) {
    if (it.kind === 'parenthesized') it = it.expression;
    else {
      const target = it.kind === 'name' ? targetAt(ctx, it.span.start) : undefined;
      if (target?.kind !== 'variable') return it;
      it = target.value;
      hops++;
    }
  }
  return it;
}

type Target = SegmentContext['bound']['references'][number]['target'];

/** What the name that begins at an offset leads to. For `T[c]` the table begins there; the column begins at its bracket. */
export function targetAt({ bound }: Pick<SegmentContext, 'bound'>, start: number): Target | undefined {
  const { references } = bound;
  let low = 0;
  let high = references.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((references[middle]?.span.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  const found = references[low];
  return found?.span.start === start ? found.target : undefined;
}

/** The text of a node as written. */
export const textOf = ({ segment }: Pick<SegmentContext, 'segment'>, { span }: Pick<Expression, 'span'>): string =>
  segment.text.slice(span.start, span.end);
