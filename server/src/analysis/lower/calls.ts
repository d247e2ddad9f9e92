/** Calls: each function that the engine evaluates has a row here that says how; every other is not evaluated. */
import type { Call } from '../../../../grammar/src/tree.ts';
import { functionNamed } from '../../functions/index.ts';
import type { FunctionSpec } from '../../functions/spec.ts';
import type { Scalar } from '../../plan/plan.ts';
import type { Reason } from '../../plan/values.ts';
import { missingItems } from './functions/addMissingItems.ts';
import { aggregations } from './functions/aggregations.ts';
import { calendars } from './functions/calendarAuto.ts';
import { chosen } from './functions/chosen.ts';
import { columnFacts } from './functions/columnStatistics.ts';
import { comparisons } from './functions/comparisons.ts';
import { selectedMeasures } from './calculationGroups.ts';
import { conditions } from './functions/conditions.ts';
import { crossApplies } from './functions/crossApply.ts';
import { dependents } from './functions/dependOn.ts';
import { details } from './functions/detailRows.ts';
import { groups, subtotals } from './functions/groups.ts';
import { views } from './functions/infoViews.ts';
import { joins } from './functions/joins.ts';
import { lookups } from './functions/lookups.ts';
import { makers } from './functions/makers.ts';
import { names } from './functions/names.ts';
import { nonBlankValues } from './functions/nonBlankValues.ts';
import { filterTables, probes } from './functions/probes.ts';
import { ranks } from './functions/ranks.ts';
import { regressions } from './functions/regression.ts';
import { rowTexts } from './functions/rowsAsText.ts';
import { sorted } from './functions/sorted.ts';
import { statistics } from './functions/statistics.ts';
import { summarized } from './functions/summarizeColumns.ts';
import { tables } from './functions/tables.ts';
import { sessions, tablesOfThings } from './functions/session.ts';
import { sets } from './functions/sets.ts';
import { timeIntelligence, totalsOverTime } from './functions/timeIntelligence.ts';
import { lowerValueFunction } from './functions/values.ts';
import { workingDays } from './functions/workingDays.ts';
import { windowPlaces, windows } from './functions/windows.ts';
import { parametersByPlace } from '../bind/parameters.ts';
import { noFeature, noName, noRelation, notEvaluated, notSupported, typeError, type LowerEnv, type Lowered } from './context.ts';
import { lowerRelation } from './relations.ts';
import { scalarOf } from './scalars.ts';
import { troubleOfExpansion } from './userFunctions.ts';

export type ScalarLowering = (call: Call, env: LowerEnv) => Scalar;
export type RelationLowering = (call: Call, env: LowerEnv) => Lowered;

const scalars: ReadonlyMap<string, ScalarLowering> = new Map([...sessions, ...selectedMeasures, ...totalsOverTime, ...aggregations, ...conditions, ...lookups, ...statistics, ...ranks, ...probes, ...comparisons, ...nonBlankValues, ...rowTexts, ...workingDays, ...names, ...windowPlaces, ...subtotals]);
const relations: ReadonlyMap<string, RelationLowering> = new Map([...views, ...tablesOfThings, ...timeIntelligence, ...tables, ...sets, ...joins, ...sorted, ...makers, ...groups, ...summarized, ...chosen, ...regressions, ...calendars, ...crossApplies, ...dependents, ...columnFacts, ...missingItems, ...details, ...filterTables, ...windows]);

/** Names of the functions that have a row. */
export const loweredCalls: ReadonlySet<string> = new Set([...scalars.keys(), ...relations.keys()]);

/** Lowers a call whose single value is wanted. */
export function lowerCall(call: Call, env: LowerEnv): Scalar {
  const name = call.name.toUpperCase();
  const trouble = troubleOf(call);
  if (trouble !== undefined) return notEvaluated(env, call, trouble);
  const special = scalars.get(name);
  if (special !== undefined) return special(call, env);
  if (functionNamed(name)?.returns === 'table') return scalarOf(call, lowerRelation(call, env), env);
  return lowerValueFunction(call, env) ?? notEvaluated(env, call, notSupported(call.name));
}

/** Lowers a call whose table is wanted. */
export function lowerTableCall(call: Call, env: LowerEnv): Lowered {
  const trouble = troubleOf(call);
  if (trouble !== undefined) return noRelation(env, call, trouble);
  const special = relations.get(call.name.toUpperCase());
  if (special !== undefined) return special(call, env);
  const isScalar = functionNamed(call.name)?.returns === 'scalar';
  return noRelation(env, call, isScalar ? typeError('a single value where a table is wanted') : notSupported(call.name));
}

/** Why a call cannot be read at all: no such function, or arguments that it does not take. */
export function troubleOf(call: Call): Reason | undefined {
  const spec = functionNamed(call.name);
  if (spec === undefined) return troubleOfExpansion(call) ?? noName(call.name);
  const count = call.args.length;
  const fits = count >= spec.minArguments && (spec.maxArguments === undefined || count <= spec.maxArguments);
  if (!fits) return typeError(`${spec.name} does not take ${String(count)} ${count === 1 ? 'argument' : 'arguments'}`);
  if (call.close === undefined) return { id: 'syntax-error' };
  return leavesOut(call, spec) ? noFeature(`an empty argument of ${spec.name}`) : undefined;
}

/** Functions that give BLANK for a result that is left empty. */
const emptyResults: ReadonlySet<string> = new Set(['IF', 'IF.EAGER', 'SWITCH']);

/** Whether an argument that is no optional one is left empty: what Power BI makes of it differs from function to function. */
function leavesOut(call: Call, spec: FunctionSpec): boolean {
  if (spec.byForm === true || !call.args.some((it) => it.kind === 'omitted')) return false;
  const parameters = parametersByPlace(spec, call.args);
  return call.args.some((it, i) => {
    const parameter = parameters[i];
    if (it.kind !== 'omitted' || parameter === undefined || parameter === spec.last) return false;
    if (emptyResults.has(spec.name) && i > 0) return false;
    return !parameter.optional || parameter.repeating;
  });
}

