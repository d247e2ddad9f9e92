/** Proposals of functions, and of the words that a parameter takes. */
import { allFunctions } from '../../functions/index.ts';
import { asPlain } from '../markdown.ts';
import type { CompletionContext } from './context.ts';
import { parameterAt } from './context.ts';
import type { Proposal } from './item.ts';

/**
 * Every function. The opening bracket comes with the name, unless one follows the cursor; a function without parameters
 * comes with both.
 */
export function functions(bracketFollows: boolean, rank: number): readonly Proposal[] {
  return allFunctions.map((it) => {
    const brackets = bracketFollows ? '' : it.maxArguments === 0 ? '()' : '(';
    return {
      label: it.name, kind: 'function', newText: `${it.name}${brackets}`, rank: it.deprecated === true ? rank + 2 : rank,
      ...(it.deprecated === true ? { deprecated: true } : {}),
      key: { kind: 'function', name: it.name },
    };
  });
}

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
