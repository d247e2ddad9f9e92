/**
 * Circles in a graph: which nodes lead back to themselves, and by which way. Found in time linear in the graph, whatever
 * its shape, so that ten thousand metrics in one circle cost what ten thousand metrics cost.
 */

export interface Circles<K> {
  /** Whether the node takes part in a circle. */
  has(node: K): boolean;
  /** All nodes that do. */
  readonly members: readonly K[];
  /**
   * A shortest way from `from` back to itself, both ends included, over `next` where it is given.
   *
   * @returns undefined when there is none; in a long way, undefined stands for the part that is left out
   */
  way(from: K, next?: K): readonly (K | undefined)[] | undefined;
}

/** How many nodes are looked at for the way round a circle; that there is one is known before. */
const looked = 200;
/** Steps of a way that are told. */
const told = 12;

/** @param reads the nodes that a node leads to; those that are not among `nodes` are passed over */
export function circlesAmong<K>(nodes: Iterable<K>, reads: (node: K) => Iterable<K>): Circles<K> {
  const next = new Map<K, readonly K[]>();
  for (const it of nodes) next.set(it, []);
  for (const it of next.keys()) next.set(it, [...new Set(reads(it))].filter((read) => next.has(read)));
  const groups = connected(next);
  const sizes = new Map<number, number>();
  for (const group of groups.values()) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const isInCircle = (it: K): boolean => (sizes.get(groups.get(it) ?? -1) ?? 0) > 1 || next.get(it)?.includes(it) === true;

  return {
    has: isInCircle,
    members: [...next.keys()].filter(isInCircle),
    way(from, over) {
      if (!isInCircle(from) || (over !== undefined && groups.get(over) !== groups.get(from))) return undefined;
      if (over === from) return next.get(from)?.includes(from) === true ? [from, from] : undefined;
      const cameFrom = new Map<K, K>();
      const first = over ?? from;
      const open = [first];
      for (const it of open) {
        if (open.length > looked) break;
        for (const read of next.get(it) ?? []) {
          if (read === from) return shortened([...(over === undefined ? [] : [from]), ...wayTo(it, first, cameFrom), from]);
          if (read === first || cameFrom.has(read) || groups.get(read) !== groups.get(from)) continue;
          cameFrom.set(read, it);
          open.push(read);
        }
      }
      return over === undefined ? [from, undefined, from] : [from, over, undefined, from];
    },
  };
}

/** Whether some way from one of the nodes goes in a circle, in time linear in what they lead to. */
export function leadsBack<K>(from: Iterable<K>, reads: (node: K) => Iterable<K>): boolean {
  const state = new Map<K, 'open' | 'done'>();
  for (const first of from) {
    if (state.has(first)) continue;
    const path: { readonly node: K; readonly reads: Iterator<K> }[] = [];
    const enter = (node: K): void => {
      state.set(node, 'open');
      path.push({ node, reads: reads(node)[Symbol.iterator]() });
    };
    enter(first);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const read = top.reads.next();
      if (read.done === true) {
        state.set(top.node, 'done');
        path.pop();
        continue;
      }
      const known = state.get(read.value);
      if (known === 'open') return true;
      if (known === undefined) enter(read.value);
    }
  }
  return false;
}

/** `[A] → [B] → … → [A]` */
export const wayText = <K>(way: readonly (K | undefined)[], name: (node: K) => string): string =>
  way.map((it) => (it === undefined ? '…' : name(it))).join(' → ');

function wayTo<K>(last: K, first: K, cameFrom: ReadonlyMap<K, K>): K[] {
  const way = [last];
  for (let it: K | undefined = last; it !== first && it !== undefined; ) {
    it = cameFrom.get(it);
    if (it !== undefined) way.push(it);
  }
  return way.reverse();
}

const shortened = <K>(way: readonly K[]): readonly (K | undefined)[] =>
  way.length <= told ? way : [...way.slice(0, told - 3), undefined, ...way.slice(-2)];

/** Strongly connected components (Tarjan, without recursion), by number. */
function connected<K>(next: ReadonlyMap<K, readonly K[]>): ReadonlyMap<K, number> {
  const order = new Map<K, number>();
  const low = new Map<K, number>();
  const open: K[] = [];
  const isOpen = new Set<K>();
  const groups = new Map<K, number>();
  const work: { readonly node: K; readonly reads: readonly K[]; i: number }[] = [];
  const enter = (node: K): void => {
    order.set(node, order.size);
    low.set(node, order.get(node) ?? 0);
    open.push(node);
    isOpen.add(node);
    work.push({ node, reads: next.get(node) ?? [], i: 0 });
  };
  let group = 0;
  for (const root of next.keys()) {
    if (order.has(root)) continue;
    enter(root);
    for (let top = work.at(-1); top !== undefined; top = work.at(-1)) {
      if (top.i < top.reads.length) {
        const read = top.reads[top.i++] as K;
        if (!order.has(read)) enter(read);
        else if (isOpen.has(read)) low.set(top.node, Math.min(low.get(top.node) ?? 0, order.get(read) ?? 0));
        continue;
      }
      work.pop();
      const above = work.at(-1);
      if (above !== undefined) low.set(above.node, Math.min(low.get(above.node) ?? 0, low.get(top.node) ?? 0));
      if (low.get(top.node) !== order.get(top.node)) continue;
      for (let node = open.pop(); node !== undefined; node = open.pop()) {
        isOpen.delete(node);
        groups.set(node, group);
        if (node === top.node) break;
      }
      group++;
    }
  }
  return groups;
}
