/** From what was found to what is told: one problem a fault. */
import { lineEnd } from './delimited.ts';
import type { Found } from './problems.ts';
import type { Problem, ProblemCode } from './tree.ts';

/** Problems of one segment beyond this number are not told. */
const maxProblems = 100;

/** Problems that a quote too few on the same line brings about. */
const consequences: ReadonlySet<ProblemCode> = new Set([
  'unexpected-token', 'expected-token', 'expected-expression', 'invalid-character', 'unclosed-string', 'unclosed-name', 'unclosed-bracket',
]);

/**
 * The problems to tell, by place. `statements` are the places where statements of a query begin, in order: what goes
 * wrong in one has no bearing on the next.
 */
export function settle(found: readonly Found[], text: string, statements: readonly number[]): readonly Problem[] {
  if (found.length < 2) return found.map(told);
  const sorted = found.toSorted((a, b) => a.span.start - b.span.start);
  const kept: Found[] = [];
  let group: Found[] = [];
  let next = 0;
  for (const problem of sorted) {
    if ((statements[next] ?? Infinity) <= problem.span.start) {
      kept.push(...oneEach(group, text));
      group = [];
      while ((statements[next] ?? Infinity) <= problem.span.start) next++;
    }
    group.push(problem);
  }
  kept.push(...oneEach(group, text));
  return kept.slice(0, maxProblems).map(told);
}

/** The problems of one statement without those that follow from another. */
function oneEach(group: readonly Found[], text: string): readonly Found[] {
  const independent = withoutLeftOut(withoutQuoteTrouble(group, text), text);
  // What comes after something out of place, or after an unclosed string, is out of order because of it.
  const cause = independent.find((it) => it.role === 'structure' || it.code === 'unexpected-token' || isUnclosedText(it) || isReturnWanted(it));
  const atEnd = independent.filter((it) => it.role === 'end');
  const end = atEnd.find(isUnclosedText) ?? atEnd[0];
  let last = -1;
  return independent.filter((it) => {
    const isAfterCause = cause !== undefined && cause.span.start < it.span.start && (it.role === 'structure' || it.code === 'local-separators');
    if (isAfterCause || (it.role === 'end' && it !== end) || it.span.start === last) return false;
    last = it.span.start;
    return true;
  });
}

/** Without the operands that are missing because a character in their place is no DAX: `1 + ¤`. */
function withoutLeftOut(group: readonly Found[], text: string): readonly Found[] {
  // Of problems in order of place, the character in place of an operand is the next one.
  return group.filter((it, i) => {
    const next = group[i + 1];
    const isLeftOut = it.code === 'expected-expression' && next?.code === 'invalid-character' && next.span.start >= it.span.end;
    return !isLeftOut || text.slice(it.span.end, next.span.start).trim() !== '';
  });
}

/** On a line with an unclosed string or name, only that is told. */
function withoutQuoteTrouble(group: readonly Found[], text: string): readonly Found[] {
  if (!group.some(isUnclosedText)) return group;
  const kept: Found[] = [];
  let line: Found[] = [];
  let end = -1;
  const flush = (): void => {
    const cause = line.find(isUnclosedText);
    kept.push(...(cause === undefined ? line : line.filter((it) => it === cause || !consequences.has(it.code))));
    line = [];
  };
  for (const problem of group) {
    if (problem.span.start > end) {
      flush();
      end = lineEnd(text, problem.span.start);
    }
    line.push(problem);
  }
  flush();
  return kept;
}

function isUnclosedText({ code }: Found): boolean {
  return code === 'unclosed-string' || code === 'unclosed-name';
}

/** What stands behind the value of a VAR is taken for the result; that VAR and RETURN follow after all is no fault of its own. */
const isReturnWanted = ({ code, params }: Found): boolean => code === 'expected-token' && params['expected'] === 'RETURN';

function told({ role: _, ...problem }: Found): Problem {
  return problem;
}
