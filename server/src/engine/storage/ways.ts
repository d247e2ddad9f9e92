/**
 * Which of several ways over relationships a filter takes.
 *
 * Source: learn.microsoft.com/power-bi/transform-model/desktop-relationships-understand, "Resolve relationship path
 * ambiguity": six tiers of priority, then the greatest weight that USERELATIONSHIP gives along a way. A relationship that
 * all ways have is left out of account.
 */

/** How a filter passes a relationship, told from where it comes. */
export type HopKind = 'one-to-many' | 'many-to-one' | 'one-to-one' | 'many-to-many';

export interface Hop {
  readonly relationship: number;
  readonly kind: HopKind;
  readonly weight: number;
}

export interface Way<T> {
  /** The tables passed, either end included. */
  readonly tables: readonly string[];
  readonly hops: readonly Hop[];
  readonly of: T;
}

/** The way that prevails; undefined where several do. */
export function prevailing<T>(ways: readonly Way<T>[]): T | undefined {
  const [first] = ways;
  if (first === undefined || ways.length === 1) return first?.of;
  const isCommon = (hop: Hop): boolean => ways.every((way) => way.hops.some((it) => it.relationship === hop.relationship));
  const ranked = ways.map((way) => {
    const hops = way.hops.filter((it) => !isCommon(it));
    return { way, tier: tierOf(hops.map((it) => it.kind)), weight: Math.max(0, ...hops.map((it) => it.weight)) };
  });
  const tier = Math.min(...ranked.map((it) => it.tier));
  const within = ranked.filter((it) => it.tier === tier);
  const weight = Math.max(...within.map((it) => it.weight));
  const best = within.filter((it) => it.weight === weight);
  return best.length === 1 ? best[0]?.way.of : undefined;
}

const down = new Set<HopKind>(['one-to-many', 'one-to-one']);
const up = new Set<HopKind>(['many-to-one', 'one-to-one']);
const downOrLimited = new Set<HopKind>([...down, 'many-to-many']);
const upOrLimited = new Set<HopKind>([...up, 'many-to-many']);

/** 1 is the highest priority. A one-to-one relationship counts as either direction. */
function tierOf(kinds: readonly HopKind[]): number {
  if (kinds.every((it) => down.has(it))) return 1;
  if (kinds.every((it) => downOrLimited.has(it))) return 2;
  if (kinds.every((it) => up.has(it))) return 3;
  if (isTurning(kinds, down, up)) return 4;
  return isTurning(kinds, downOrLimited, upOrLimited) ? 5 : 6;
}

/** Whether some hops of the one kind are followed by hops of the other kind only. */
function isTurning(kinds: readonly HopKind[], before: ReadonlySet<HopKind>, after: ReadonlySet<HopKind>): boolean {
  const turn = kinds.findIndex((it) => !before.has(it));
  return turn === -1 || kinds.slice(turn).every((it) => after.has(it));
}
