/** Problems of the parser as findings. */
import { quoteColumn } from '../../../../grammar/src/index.ts';
import type { Problem, ProblemCode } from '../../../../grammar/src/tree.ts';
import type { Finding, Fix } from '../../findings/finding.ts';
import { finding } from '../../findings/registry.ts';

/**
 * The finding for a problem.
 *
 * @param brokenNames what a name with a line break inside turned out to be, by the start of its span
 */
export function syntaxFinding(problem: Problem, brokenNames: ReadonlyMap<number, string>): Finding {
  const joined = problem.code === 'broken-name' ? brokenNames.get(problem.span.start) : undefined;
  if (joined !== undefined) {
    const newText = quoteColumn(joined);
    const fix: Fix = { title: `Change to ${newText}`, preferred: true, edits: [{ span: problem.span, newText }] };
    return finding('broken-name', { name: joined }, problem.span, { fixes: [fix] });
  }
  const { repair } = problem;
  const fixes: readonly Fix[] = repair === undefined ? [] : [{ title: repair.title, preferred: true, edits: repair.edits }];
  // The parameters of each code are those of the finding of the same name (tree.ts says which).
  return finding(problem.code, problem.params as never, problem.span, { fixes });
}

const spoiling: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'local-separators', 'prose', 'placeholder', 'nested-too-deep', 'segment-too-long',
]);

/** Whether a problem leaves nothing that could be examined. */
export const spoilsAll = (problems: readonly Problem[]): boolean => problems.some((it) => spoiling.has(it.code));
