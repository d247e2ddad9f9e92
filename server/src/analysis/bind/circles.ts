/** Metrics that read themselves: found once for each set of metrics, reported at each reference that closes a circle. */
import { walk } from '../../../../grammar/src/index.ts';
import type { Expression } from '../../../../grammar/src/tree.ts';
import type { Span } from '../../base/spans.ts';
import { nameKey } from '../../model/model.ts';
import type { MeasureSymbol } from '../bound.ts';
import { report, type BindContext, type Env } from './context.ts';

type Measures = ReadonlyMap<string, MeasureSymbol>;

const groupsOf = new WeakMap<Measures, ReadonlyMap<string, number>>();
const namesIn = new WeakMap<Expression, readonly string[]>();

/** Reports a reference to a metric that leads back to the definition in which it stands. */
export function reportCircle(ctx: BindContext, env: Env, measure: MeasureSymbol, span: Span): void {
  const item = ctx.segment.item;
  if (item.kind !== 'measure') return;
  const own = env.names.measures.get(nameKey(item.name));
  // A name that now means another definition tells nothing about this one.
  if (own?.body !== item.body) return;
  const path = circle(env.names.measures, nameKey(own.name), nameKey(measure.name));
  if (path !== undefined) report(ctx, env, 'circular-dependency', { path: path.map((it) => `[${it}]`).join(' → ') }, span);
}

/**
 * The way from `from` over `next` back to `from`, as names; undefined when `next` does not lead back.
 */
export function circle(measures: Measures, from: string, next: string): readonly string[] | undefined {
  if (from !== next) {
    const groups = groupsIn(measures);
    const group = groups.get(from);
    if (group === undefined || group !== groups.get(next)) return undefined;
  }
  const name = (key: string): string => measures.get(key)?.name ?? key;
  const before = new Map<string, string>();
  const queue = [next];
  for (let i = 0; i < queue.length; i++) {
    const it = queue[i] ?? '';
    if (it === from) {
      const path = [it];
      for (let step = before.get(it); step !== undefined; step = before.get(step)) path.unshift(step);
      return [name(from), ...path.map(name)];
    }
    for (const read of readNames(measures, it)) {
      if (read === next || before.has(read)) continue;
      before.set(read, it);
      queue.push(read);
    }
  }
  return undefined;
}

/** Keys of the metrics that a metric reads directly. */
function readNames(measures: Measures, key: string): readonly string[] {
  const body = measures.get(key)?.body;
  if (body === undefined) return [];
  let names = namesIn.get(body);
  if (names === undefined) {
    const found = new Set<string>();
    // A column that the body itself names, "x", is meant by [x] in it.
    const added = new Set<string>();
    walk(body, (it) => {
      if (it.kind === 'string') added.add(nameKey(it.value));
      // `T[c]` is a column far more often than a metric; a circle through one is found when it is evaluated.
      if (it.kind === 'column' && it.table === undefined) found.add(nameKey(it.column.text));
    });
    names = [...found].filter((it) => !added.has(it));
    namesIn.set(body, names);
  }
  return names.filter((it) => measures.has(it));
}

/** Strongly connected components (Tarjan, without recursion): metrics of one group read each other in a circle. */
function groupsIn(measures: Measures): ReadonlyMap<string, number> {
  let groups = groupsOf.get(measures);
  if (groups === undefined) {
    groups = connect(measures);
    groupsOf.set(measures, groups);
  }
  return groups;
}

function connect(measures: Measures): ReadonlyMap<string, number> {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const groups = new Map<string, number>();
  let next = 0;
  let group = 0;
  for (const root of measures.keys()) {
    if (order.has(root)) continue;
    const work: { readonly key: string; readonly reads: readonly string[]; i: number }[] = [];
    const enter = (key: string): void => {
      order.set(key, next);
      low.set(key, next++);
      open.push(key);
      isOpen.add(key);
      work.push({ key, reads: readNames(measures, key), i: 0 });
    };
    enter(root);
    for (let top = work.at(-1); top !== undefined; top = work.at(-1)) {
      const read = top.reads[top.i++];
      if (read !== undefined) {
        if (!order.has(read)) enter(read);
        else if (isOpen.has(read)) low.set(top.key, Math.min(low.get(top.key) ?? 0, order.get(read) ?? 0));
        continue;
      }
      work.pop();
      const parent = work.at(-1);
      if (parent !== undefined) low.set(parent.key, Math.min(low.get(parent.key) ?? 0, low.get(top.key) ?? 0));
      if (low.get(top.key) !== order.get(top.key)) continue;
      for (let key = open.pop(); key !== undefined; key = open.pop()) {
        isOpen.delete(key);
        groups.set(key, group);
        if (key === top.key) break;
      }
      group++;
    }
  }
  return groups;
}
