/** Proposals of the language itself: functions, the words that a parameter takes, keywords. */
import { allFunctions } from '../../functions/index.ts';
import type { CompletionContext } from './context.ts';
import { parameterAt } from './context.ts';
import type { Proposal } from './item.ts';

const keywords = ['VAR', 'RETURN', 'EVALUATE', 'DEFINE', 'MEASURE', 'ORDER BY', 'IN', 'NOT', 'TRUE', 'FALSE', 'ASC', 'DESC'];
/** Keywords that may begin a line of their own. */
const lineKeywords = ['VAR', 'RETURN', 'EVALUATE', 'DEFINE', 'MEASURE', 'ORDER BY'];

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

export const keywordProposals = (atLineStart: boolean, rank: number): readonly Proposal[] =>
  (atLineStart ? lineKeywords : keywords).map((it) => ({ label: it, kind: 'keyword', newText: it, rank }));
