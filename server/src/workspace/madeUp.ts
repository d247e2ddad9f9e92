/** Whether the answer to a request depends on made-up rows. */
import { parseFile } from '../../../grammar/src/index.ts';
import { bind, dependencyGraph, madeUpReads, madeUpTables, type DependencyGraph } from '../analysis/index.ts';
import type { Bound, Scope } from '../analysis/bound.ts';
import type { Segment } from '../../../grammar/src/tree.ts';
import { functionNamed } from '../functions/index.ts';
import { nameKey } from '../model/model.ts';
import type { ColumnRef } from '../plan/plan.ts';
import { measureSet } from './measureSets.ts';
import { columnText } from './queries.ts';
import type { EvaluationRequest, ModelView, Reading } from './types.ts';

interface Kept {
  readonly model: ModelView['model'];
  readonly scope: Scope & { readonly model: ModelView['model'] };
  readonly graph: DependencyGraph;
}

/** By the metrics that are visible, then by what text defines besides. */
const kept = new WeakMap<Reading['measures'], WeakMap<Reading['defined'], Kept>>();

function graphOf({ model, measures: own, defined: ownDefined }: ModelView, { measures = own, defined = ownDefined }: EvaluationRequest): Kept {
  let its = kept.get(measures);
  if (its === undefined) kept.set(measures, (its = new WeakMap<Reading['defined'], Kept>()));
  let found = its.get(defined);
  if (found?.model !== model) {
    const { functions, tables, columns } = defined;
    const scope = { model, measures, functions, tables, columns };
    its.set(defined, (found = { model, scope, graph: dependencyGraph(scope, (segment) => boundIn(segment, scope, defined)) }));
  }
  return found;
}

interface KeptBound {
  readonly model: ModelView['model'];
  readonly defined: Reading['defined'];
  readonly names: string;
  readonly bound: Bound;
}

const keptBounds = new WeakMap<Segment, KeptBound>();

/** A segment as it was bound for an earlier edit, where no name changed since; the metrics it reads are those of now. */
function boundIn(segment: Segment, scope: Scope & { readonly model: ModelView['model'] }, defined: Reading['defined']): Bound {
  const { names } = measureSet(scope.measures, defined);
  let its = keptBounds.get(segment);
  if (its?.model !== scope.model || its.defined !== defined || its.names !== names) {
    keptBounds.set(segment, (its = { model: scope.model, defined, names, bound: bind(segment, scope) }));
    return its.bound;
  }
  const references = its.bound.references.map((it) => {
    const measure = it.target.kind === 'measure' ? scope.measures.get(nameKey(it.target.measure.name)) : undefined;
    return measure === undefined ? it : { ...it, target: { kind: 'measure', measure } as const };
  });
  return { ...its.bound, references };
}

/** Names of the tables with made-up rows on which the answer may depend; none for most models, at no cost. */
export function madeUpIn(view: ModelView, request: EvaluationRequest): readonly string[] {
  if (madeUpTables(view.model).size === 0) return [];
  const { segments } = parseFile(request.query, { isFunction: (name) => functionNamed(name) !== undefined });
  const { scope, graph } = graphOf(view, request);
  const bounds = segments.map((it) => bind(it, scope));
  // What a role hides decides which rows are there.
  const filtered = view.model.roles?.find((it) => nameKey(it.name) === nameKey(request.role ?? ''))?.filters ?? [];
  const hidden = filtered.flatMap((it) => madeUpTables(view.model).get(nameKey(it.table)) ?? []);
  return [...new Set([...madeUpReads(bounds, scope, view.project.clock, graph), ...hidden])];
}

/** Whether the values of a column come from made-up rows. */
export const isMadeUpColumn = (view: ModelView, column: ColumnRef): boolean => madeUpIn(view, { query: `EVALUATE VALUES(${columnText(column)})` }).length > 0;
