/** Type of a metric's value, from its definition; worked out once for each set of metrics, and kept while it holds. */
import { nameKey } from '../../model/model.ts';
import type { MeasureSymbol, Scope } from '../bound.ts';
import { completeNames } from '../complete.ts';
import { asWatched, unwatched, type Lookups } from '../lookups.ts';
import type { Names } from '../scope.ts';
import type { ScalarType } from '../shapes.ts';
import { scalarTypeOf } from '../types.ts';
import { createContext, emptyEnv, nesting, typeAt, type BindContext, type Env } from './context.ts';
import { withDefinitions } from './defined.ts';
import { bindExpression } from './expressions.ts';

interface Known {
  readonly model: Names['model'];
  readonly inferred: Names['inferredTypes'];
  /** In the order in which they were found: each after those that it asked for. */
  readonly types: Map<string, Entry>;
  /** Metrics whose type is being inferred, each for the one before it, by their place in the row. */
  readonly open: Map<string, number>;
  /** Metrics of a circle that is not gone round yet: they lead back to an open one, which is told by its place. */
  readonly circling: Map<string, number>;
  /** The first open metric that the inference under way led back to. */
  back: number;
}

interface Entry {
  readonly type: ScalarType;
  /** What was looked up for it; undefined where nobody watched. */
  readonly lookups: Lookups | undefined;
}

const knownTypes = new WeakMap<Names['measures'], Known>();

/** @returns `unknown` in a circle, where too deep to follow, or where the definition does not tell */
export function measureType(env: Env, measure: MeasureSymbol): ScalarType {
  const { names } = env;
  const known = knownIn(names);
  const key = nameKey(measure.name);
  const entry = known.types.get(key);
  const back = known.open.get(key) ?? known.circling.get(key);
  if (back !== undefined) known.back = Math.min(known.back, back);
  if (entry !== undefined || back !== undefined) return entry?.type ?? 'unknown';
  if (measure.segment.problems.length > 0) return 'unknown';
  // `nesting` goes on counting, so that a long chain of metrics ends as a deep expression does.
  const inside: Env = { ...emptyEnv({ ...names, homeTable: measure.homeTable }), quiet: true };
  const infer = (): ScalarType => {
    nesting.depth++;
    try {
      return scalarTypeOf(bindExpression(createContext(measure.segment, true), measure.body, inside));
    } finally {
      nesting.depth--;
    }
  };
  const watch = asWatched(names.measures);
  const place = known.open.size;
  const outer = known.back;
  known.open.set(key, place);
  known.back = Infinity;
  const { result, lookups } = watch === undefined ? { result: infer(), lookups: undefined } : watch.watch(infer);
  known.open.delete(key);
  // All metrics of a circle are of no known type, wherever one enters it.
  const isCircle = known.back <= place;
  if (known.back < place) known.circling.set(key, known.back);
  else for (const [it, first] of known.circling) if (first >= place) known.circling.delete(it);
  known.back = Math.min(outer, known.back < place ? known.back : Infinity);
  // What changes a circle may change the types of all that take part.
  if (isCircle && lookups !== undefined) lookups.all = true;
  const type = isCircle ? 'unknown' : result;
  keep(known.types, key, { type, lookups });
  return type;
}

/** Keeps the type of a metric whose own definition has just been bound: it need not be bound again for those that read it. */
export function learnType(ctx: BindContext, env: Env, measure: MeasureSymbol): void {
  const lookups = asWatched(env.names.measures)?.current;
  if (lookups === undefined || ctx.problems.length > 0 || env.names.measures.get(nameKey(measure.name))?.body !== measure.body) return;
  const { types } = knownIn(env.names);
  const key = nameKey(measure.name);
  if (types.has(key)) return;
  keep(types, key, { type: scalarTypeOf(typeAt(ctx, measure.body)), lookups });
}

/**
 * Takes over to a changed set of metrics what is known of the old one.
 *
 * @param before the metrics of the old set, watched
 * @param scope of the new set, whose metrics are watched
 * @param altered keys of metrics whose definitions differ, or what they mean by it
 * @param renamed keys of metrics that came, went, or are called or kept otherwise
 * @returns keys of metrics whose value now has another type
 */
export function carryTypes(before: Names['measures'], scope: Scope, altered: ReadonlySet<string>, renamed: ReadonlySet<string>): ReadonlySet<string> {
  const old = knownTypes.get(before);
  const names = withDefinitions(completeNames(scope));
  if (old === undefined) return new Set();
  // What is known of the old set is handed on as it is, and changed where it must; who still asks about the old set starts anew.
  const known: Known = { ...old, model: names.model, inferred: names.inferredTypes };
  knownTypes.delete(before);
  knownTypes.set(names.measures, known);
  const { types } = known;
  const plain = unwatched(scope.measures);
  const others = new Set<string>();
  if (altered.size === 1 && renamed.size === 0) {
    // One metric that computes otherwise, which is what most edits are: where its type stays, all others do.
    const [one = ''] = altered;
    const entry = types.get(one);
    const measure = plain.get(one);
    if (entry === undefined || measure === undefined) return others;
    types.delete(one);
    if (measureType(emptyEnv(names), measure) === entry.type && !isCircular(types, one, entry)) return others;
    types.set(one, entry);
  }
  const doubtful = new Set([...altered, ...renamed]);
  const waiting: [string, Entry][] = [];
  for (const [key, entry] of types) {
    if (!doubtful.has(key) && !depends(entry, doubtful)) continue;
    doubtful.add(key);
    waiting.push([key, entry]);
  }
  for (const [key] of waiting) types.delete(key);
  // Those that compute otherwise come first; the others follow in the order in which they asked for one another.
  const inOrder = [...waiting.filter(([key]) => altered.has(key)), ...waiting.filter(([key]) => !altered.has(key))];
  for (const [key, entry] of inOrder) {
    const measure = plain.get(key);
    if (measure === undefined) continue;
    const isSure = entry.lookups?.all === false && !altered.has(key) && !renamed.has(key) && !depends(entry, others) && !depends(entry, renamed);
    if (isSure && !types.has(key)) keep(types, key, entry);
    else if (measureType(emptyEnv(names), measure) !== entry.type) others.add(key);
  }
  return others;
}

/** Whether the type of a metric was, or is now, asked for on the way to itself; that a definition looks up its own name is no way. */
function isCircular(types: Known['types'], key: string, before: Entry): boolean {
  if (before.lookups?.all !== false) return true;
  const seen = new Set<string>();
  const pending = [key];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const lookups = types.get(next)?.lookups;
    if (lookups?.all === true || (next !== key && lookups?.names.has(key) === true)) return true;
    for (const it of lookups?.names ?? []) {
      if (it === key || seen.has(it)) continue;
      seen.add(it);
      pending.push(it);
    }
  }
  return false;
}

const depends = ({ lookups }: Entry, keys: ReadonlySet<string>): boolean => {
  if (keys.size === 0) return false;
  if (lookups === undefined || lookups.all) return true;
  for (const it of lookups.names) if (keys.has(it)) return true;
  return false;
};

function knownIn(names: Names): Known {
  let known = knownTypes.get(names.measures);
  // A watched set belongs to one scope, whose model may be made anew with what text defines.
  const isOther = asWatched(names.measures) === undefined && (known?.model !== names.model || known?.inferred !== names.inferredTypes);
  if (known === undefined || isOther) {
    known = { model: names.model, inferred: names.inferredTypes, types: new Map(), open: new Map(), circling: new Map(), back: Infinity };
    knownTypes.set(names.measures, known);
  }
  return known;
}

function keep(types: Known['types'], key: string, entry: Entry): void {
  types.set(key, entry);
}
