/** Calculation groups: the items of the model as plans, and the functions that ask for the metric that an item stands for. */
import { parseExpression } from '../../../../grammar/src/index.ts';
import type { CalculationGroup, DaxText } from '../../model/model.ts';
import type { CalculationGroupPlan, Scalar } from '../../plan/plan.ts';
import { bareSegment } from '../bareSegment.ts';
import { resolveColumn, unwrap } from '../scope.ts';
import type { ScalarLowering } from './calls.ts';
import {
  addSource, at, isInCondition, measureIndex, noFeature, notEvaluated, syntaxError, topEnv, transitionOf, typeError,
  type LowerContext, type MeasureSpace,
} from './context.ts';
import { lowerScalar } from './scalars.ts';
import { withFunctions } from './userFunctions.ts';

/** By the indices that all metrics of a space share. */
const known = new WeakMap<MeasureSpace['indices'], readonly CalculationGroupPlan[]>();

/** The groups that apply to the metrics of a space, the one that is applied first in front; undefined where there are none. */
export function groupsOf(own: MeasureSpace, ctx: LowerContext): readonly CalculationGroupPlan[] | undefined {
  const groups = own.names.model?.calculationGroups ?? [];
  if (groups.length === 0) return undefined;
  const space = { ...own, names: { ...own.names, homeTable: undefined } };
  let plans = known.get(own.indices);
  if (plans === undefined) known.set(own.indices, (plans = groups.map((it) => planOf(it, groups, space, ctx))));
  return plans;
}

function planOf(group: CalculationGroup, groups: readonly CalculationGroup[], space: MeasureSpace, ctx: LowerContext): CalculationGroupPlan {
  const lower = (dax: DaxText): Scalar => {
    // Which of two groups of one precedence comes first is not documented.
    const isTied = groups.some((it) => it !== group && it.precedence === group.precedence);
    if (isTied) return { op: 'notEvaluated', reason: noFeature(`several calculation groups of the precedence ${String(group.precedence)}`, 'are') };
    const { expression, problems } = parseExpression(dax.text);
    if (problems.length > 0) return { op: 'notEvaluated', reason: syntaxError };
    const source = addSource(ctx, { uri: dax.uri, text: dax.text, segment: bareSegment(expression, dax.text) });
    return lowerScalar(withFunctions(expression, space.names), { ...topEnv(ctx, space, source), inItem: true });
  };
  const optional = (dax: DaxText | undefined): Scalar | null => (dax === undefined ? null : lower(dax));
  return {
    table: group.name,
    column: group.column,
    items: group.items.map((it) => ({ name: it.name, expression: lower(it.expression) })),
    multipleOrEmpty: optional(group.multipleOrEmpty),
    none: optional(group.none),
  };
}

type Question = Extract<Scalar, { op: 'selectedMeasure' }>['question'];

const selected = (question: Question): ScalarLowering => (call, env) => {
  // In a metric the pages leave open which one is meant.
  if (env.inItem !== true) return notEvaluated(env, call, noFeature(`${call.name.toUpperCase()} outside of a calculation item`));
  if (question === 'value' && isInCondition(env)) return notEvaluated(env, call, typeError('SELECTEDMEASURE in a condition that filters'));
  const measures: number[] = [];
  for (const argument of call.args) {
    const it = argument.kind === 'omitted' ? undefined : unwrap(argument);
    const found = it?.kind === 'column' ? resolveColumn(it, env.names, []) : undefined;
    const index = found?.kind === 'measure' ? measureIndex(env.ctx, env.space, found.measure.name) : undefined;
    if (index === undefined) return notEvaluated(env, argument, typeError('a metric is wanted'));
    measures.push(index);
  }
  return { op: 'selectedMeasure', question, measures, transition: question === 'value' ? transitionOf(env) : [], at: at(env, call) };
};

export const selectedMeasures: readonly (readonly [string, ScalarLowering])[] = [
  ['SELECTEDMEASURE', selected('value')],
  ['SELECTEDMEASURENAME', selected('name')],
  ['SELECTEDMEASUREFORMATSTRING', selected('format')],
  ['ISSELECTEDMEASURE', selected('isOneOf')],
];
