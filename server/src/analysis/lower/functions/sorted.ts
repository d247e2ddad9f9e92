/** Tables by an order, and the words that say which. */
import type { Argument } from '../../../../../grammar/src/tree.ts';
import type { SortKey } from '../../../plan/plan.ts';
import { unwrap } from '../../scope.ts';
import type { RelationLowering } from '../calls.ts';
import { argumentAt, at, noFeature, noRelation, openRow, shaped, syntaxError, type LowerEnv } from '../context.ts';
import { lowerRelation } from '../relations.ts';
import { lowerArgument } from '../scalars.ts';

/** Whether an order is descending: ASC, 1, TRUE; DESC, 0, FALSE; undefined where it is computed. */
export function isDescending(argument: Argument | undefined, otherwise: boolean): boolean | undefined {
  if (argument === undefined || argument.kind === 'omitted') return otherwise;
  const it = unwrap(argument);
  switch (it.kind) {
    case 'name': {
      if (it.blanks !== undefined) return undefined;
      const word = it.name.text.toUpperCase();
      return word === 'DESC' ? true : word === 'ASC' ? false : undefined;
    }
    case 'number': return it.value === 0;
    case 'boolean': return !it.value;
    case 'call': return it.name.toUpperCase() === 'FALSE' && it.args.length === 0 ? true : it.name.toUpperCase() === 'TRUE' && it.args.length === 0 ? false : undefined;
    default: return undefined;
  }
}

/** Pairs of an expression and an order, from argument `first` on; undefined where an order is computed. */
export function sortKeys(args: readonly Argument[], env: LowerEnv, otherwise: boolean): readonly SortKey[] | undefined {
  const keys: SortKey[] = [];
  for (let i = 0; i < args.length; i += 2) {
    const descending = isDescending(args[i + 1], otherwise);
    if (descending === undefined) return undefined;
    keys.push({ expression: lowerArgument(args[i], env), descending });
  }
  return keys;
}

const topN: RelationLowering = (call, env) => {
  const table = argumentAt(call, 1);
  if (table === undefined) return noRelation(env, call, syntaxError);
  const input = lowerRelation(table, env);
  if (input.relation.op === 'notEvaluated') return input;
  // Without an order any rows may come: only all and none are certain, which is what passing over no row gives.
  if (call.args.length < 3) {
    const { id } = openRow(env, input.shape);
    const counts = [lowerArgument(call.args[0], env), { op: 'constant', type: 'int64', value: 0 } as const];
    return { relation: { op: 'choose', how: 'skip', input: input.relation, counts, row: id, keys: [], ...shaped(input.shape), at: at(env, call) }, shape: input.shape };
  }
  const { id, inside } = openRow(env, input.shape);
  const keys = sortKeys(call.args.slice(2), inside, true);
  if (keys === undefined) return noRelation(env, call, noFeature('a computed order of TOPN'));
  const count = lowerArgument(call.args[0], env);
  return { relation: { op: 'topN', input: input.relation, count, row: id, keys, ...shaped(input.shape), at: at(env, call) }, shape: input.shape };
};

export const sorted: readonly (readonly [string, RelationLowering])[] = [['TOPN', topN]];
