// Circles among names: who takes part, by which way, and that the cost is that of the graph.
import { describe, expect, it } from 'vitest';
import { circlesAmong, wayText } from '../../server/src/base/circles.ts';

/** `A>B B>A` */
function graph(text: string) {
  const reads = new Map<string, string[]>();
  for (const edge of text.split(' ')) {
    const [from = '', to] = edge.split('>');
    reads.set(from, [...(reads.get(from) ?? []), ...(to === undefined ? [] : [to])]);
    if (to !== undefined && !reads.has(to)) reads.set(to, []);
  }
  const circles = circlesAmong(reads.keys(), (it) => reads.get(it) ?? []);
  return {
    members: [...reads.keys()].filter((it) => circles.has(it)).join(''),
    way(from: string, next?: string): string | undefined {
      const way = circles.way(from, next);
      return way === undefined ? undefined : wayText(way, (it) => it);
    },
  };
}

describe('circles', () => {
  it('take in those that lead back to themselves, not those that lead into them or out of them', () => {
    expect(graph('X>A A>B B>C C>A C>Y Z').members).toBe('ABC');
    expect(graph('A>A B>A').members).toBe('A');
    expect(graph('A>B B>A B>M M>C C>D D>C').members).toBe('ABCD');
  });

  it('are told by the shortest way', () => {
    const it = graph('A>B B>C C>A B>A A>D D>A D>D');
    expect(it.way('A')).toBe('A → B → A');
    expect(it.way('C')).toBe('C → A → B → C');
    expect(it.way('A', 'D')).toBe('A → D → A');
    expect(it.way('D', 'D')).toBe('D → D');
    expect(it.way('A', 'A')).toBeUndefined();
    expect(graph('A>B B>A A>C').way('A', 'C')).toBeUndefined();
    expect(graph('A>B').way('A')).toBeUndefined();
  });

  it('of many members are told in part', () => {
    const names = Array.from({ length: 20 }, (_, i) => `m${String(i)}`);
    const ring = names.map((it, i) => `${it}>${names[(i + 1) % 20] ?? ''}`).join(' ');
    expect(graph(ring).way('m0', 'm1')).toBe('m0 → m1 → m2 → m3 → m4 → m5 → m6 → m7 → m8 → … → m19 → m0');
  });

  it('cost what the graph costs: 100,000 in one ring, and as many in a row', () => {
    const count = 100_000;
    const nodes = Array.from({ length: count }, (_, i) => i);
    let asked = 0;
    const ring = circlesAmong(nodes, (it) => (asked++, [(it + 1) % count]));
    expect(asked).toBe(count);
    expect(nodes.every((it) => ring.has(it))).toBe(true);
    expect(ring.way(5, 6)).toEqual([5, 6, undefined, 5]);
    const row = circlesAmong(nodes, (it) => [it + 1]);
    expect(nodes.some((it) => row.has(it))).toBe(false);
  });
});
