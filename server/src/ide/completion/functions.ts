/** Proposals of functions, and of the words that a parameter takes. */
import { allFunctions } from '../../functions/index.ts';
import type { FunctionSpec, ParameterSpec } from '../../functions/spec.ts';
import type { DataType } from '../../model/model.ts';
import { asPlain } from '../markdown.ts';
import type { CompletionContext } from './context.ts';
import { beginsArgument, parameterAt } from './context.ts';
import type { Proposal } from './item.ts';

/**
 * Every function; those whose result fits the place come first. The opening bracket comes with the name, unless one
 * follows the cursor; a function without parameters comes with both.
 */
export function functions(ctx: CompletionContext, bracketFollows: boolean, rank: number): readonly Proposal[] {
  const wanted = wantedAt(ctx);
  return allFunctions.map((it) => {
    const brackets = bracketFollows ? '' : it.maxArguments === 0 ? '()' : '(';
    return {
      label: it.name, kind: 'function', newText: `${it.name}${brackets}`, rank: rank + (it.deprecated === true ? 2 : unfitness(it, wanted)),
      ...(it.deprecated === true ? { deprecated: true } : {}),
      key: { kind: 'function', name: it.name },
    };
  });
}

interface Wanted {
  readonly kind: 'scalar' | 'table' | 'filter';
  readonly type: ParameterSpec['type'];
  readonly isInQuery: boolean;
}

function wantedAt(ctx: CompletionContext): Wanted {
  const isInQuery = ctx.statement.kind === 'evaluate';
  const bracket = ctx.cursor.open.at(-1);
  if (bracket === undefined) return { kind: isInQuery && ctx.cursor.tokens.length <= 1 ? 'table' : 'scalar', type: undefined, isInQuery };
  // Behind an operator stands a part of the argument, and what the whole is says nothing of it.
  const parameter = beginsArgument(ctx.cursor) ? parameterAt(ctx) : undefined;
  if (parameter === undefined) return { kind: 'scalar', type: undefined, isInQuery };
  const isTable = parameter.kind === 'table' || parameter.kind === 'table-or-column' || parameter.kind === 'column';
  return { kind: isTable ? 'table' : parameter.kind === 'filter' ? 'filter' : 'scalar', type: parameter.type, isInQuery };
}

/** 0 where a function's result is what is wanted; below 1, so that what fits less stays among the functions. */
function unfitness({ returns, resultType, only }: FunctionSpec, { kind, type, isInQuery }: Wanted): number {
  if (only === 'visual-calculation' || (only === 'query' && !isInQuery)) return 0.9;
  if (returns === 'any') return 0;
  if (kind === 'filter') return returns === 'scalar' ? 0.4 : 0;
  if (returns !== kind) return 0.7;
  return type === undefined || resultType === undefined || resultType === 'argument' || resultType === 'variant' || resultTypes[type].includes(resultType) ? 0 : 0.4;
}

const resultTypes: Readonly<Record<NonNullable<ParameterSpec['type']>, readonly FunctionSpec['resultType'][]>> = {
  number: ['int64', 'double', 'decimal'], text: ['string'], boolean: ['boolean'], date: ['dateTime'],
};

/** Whether a column's type is one that a parameter takes; a type that is not known may be. */
export const fitsType = (wanted: ParameterSpec['type'], type: DataType | undefined): boolean =>
  wanted === undefined || type === undefined || resultTypes[wanted].includes(type);

/** The words of a parameter that takes one: DAY, MONTH; ASC, DESC. */
export function words(ctx: CompletionContext, rank: number): readonly Proposal[] {
  return (parameterAt(ctx)?.words ?? []).map((it) => ({ label: it, kind: 'word', newText: it, rank }));
}

/** Functions that the text around defines, those of the cursor's own query included. */
export function definedFunctions({ reading, spot }: CompletionContext, bracketFollows: boolean, rank: number): readonly Proposal[] {
  const { item } = spot.segment.segment;
  const own = item.kind === 'query' ? item.definitions.filter((it) => it.kind === 'functionDefinition') : [];
  const all = [
    ...own.map((it) => ({ name: it.name, uri: '', definition: it })),
    ...[...reading.defined.functions.values()].filter((it) => !own.some((other) => other.name.toUpperCase() === it.name.toUpperCase())),
  ];
  return all.map(({ name, uri, definition }): Proposal => {
    const takes = definition.parameters.map((it) => it.name).join(', ');
    return {
      label: asPlain(name, 120), kind: 'function', newText: `${name}${bracketFollows ? '' : takes === '' ? '()' : '('}`, rank,
      detail: asPlain(`(${takes})`, 80), ...(uri === '' ? {} : { key: { kind: 'definedFunction', uri, name } }),
    };
  });
}
