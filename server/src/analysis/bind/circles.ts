/** Metrics that read themselves: found once for each set of metrics, reported at each reference that closes a circle. */
import { walk } from '../../../../grammar/src/index.ts';
import type { Expression } from '../../../../grammar/src/tree.ts';
import { circlesAmong, wayText, type Circles } from '../../base/circles.ts';
import type { Span } from '../../base/spans.ts';
import { nameKey } from '../../model/model.ts';
import type { MeasureSymbol } from '../bound.ts';
import { report, type BindContext, type Env } from './context.ts';

type Measures = ReadonlyMap<string, MeasureSymbol>;

const circlesOf = new WeakMap<Measures, Circles<string>>();
const namesIn = new WeakMap<Expression, readonly string[]>();

/** Reports a reference to a metric that leads back to the definition in which it stands. */
export function reportCircle(ctx: BindContext, env: Env, measure: MeasureSymbol, span: Span): void {
  const item = ctx.segment.item;
  if (item.kind !== 'measure') return;
  const own = env.names.measures.get(nameKey(item.name));
  // A name that now means another definition tells nothing about this one.
  if (own?.body !== item.body) return;
  const way = circles(env.names.measures).way(nameKey(own.name), nameKey(measure.name));
  if (way === undefined) return;
  const path = wayText(way, (it) => `[${env.names.measures.get(it)?.name ?? it}]`);
  report(ctx, env, 'circular-dependency', { path }, span);
}

function circles(measures: Measures): Circles<string> {
  let known = circlesOf.get(measures);
  if (known === undefined) {
    known = circlesAmong(measures.keys(), (it) => readNames(measures, it));
    circlesOf.set(measures, known);
  }
  return known;
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
