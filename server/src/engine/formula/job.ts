/** One evaluation: what all its parts share. */
import type { ContextChange, MeasurePlan, Relation, VariableId } from '../../plan/plan.ts';
import type { ScanScope, StorageEngine } from '../../plan/scan.ts';
import type { Budget } from '../budget.ts';
import type { Clock } from '../clock.ts';
import type { FilterItem } from '../context/items.ts';
import type { Rows, Spoiled } from './rows.ts';
import { randomFrom } from '../functions/random.ts';
import type { Tracer } from '../trace/tracer.ts';
import type { Scope } from './batch.ts';
import { circlesOf } from './circles.ts';
import type { Shared } from './task.ts';

export interface Job {
  readonly engine: StorageEngine;
  readonly measures: readonly MeasurePlan[];
  readonly budget: Budget;
  readonly clock: Clock;
  /** The next number by chance, from zero up to one. */
  readonly random: () => number;
  readonly culture: string;
  /** What depends on no context is computed once. */
  readonly relations: Map<Relation, Shared<Rows>>;
  readonly predicates: Map<ContextChange, Shared<{ readonly item: FilterItem; readonly spoiled: Spoiled }>>;
  readonly combinations: Map<string, Shared<Rows>>;
  /** Variables of queries, which the measures of these queries read as well. */
  readonly queryVariables: Map<VariableId, Extract<Scope, { kind: 'variable' }>>;
  /** Measures that depend on themselves, each with the way around. */
  readonly circles: ReadonlyMap<number, string>;
  /** Records what is done, where that is wanted. */
  readonly tracer: Tracer | undefined;
  /** All rows of a table. */
  openScope(root: string, blankRow: boolean): ScanScope;
}

export function jobOf(engine: StorageEngine, measures: readonly MeasurePlan[], budget: Budget, clock: Clock, culture: string, seed: number, tracer?: Tracer): Job {
  const scopes = new Map<string, ScanScope>();
  return {
    engine,
    measures,
    budget,
    clock,
    random: randomFrom(seed),
    culture,
    relations: new Map(),
    predicates: new Map(),
    combinations: new Map(),
    queryVariables: new Map(),
    circles: circlesOf(measures),
    tracer,
    openScope(root, blankRow) {
      const key = `${root}\u0000${blankRow}`;
      let scope = scopes.get(key);
      if (scope === undefined) scopes.set(key, (scope = { root, blankRow, contexts: 1, conditions: [], correlations: [] }));
      return scope;
    },
  };
}
