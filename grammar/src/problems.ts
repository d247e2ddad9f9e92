/** Collecting problems while a segment is read. */
import type { IToken } from 'chevrotain';
import type { Problem, ProblemCode, Span } from './tree.ts';

export type Report = (
  code: ProblemCode, span: Span, params?: Readonly<Record<string, string>>, repair?: Problem['repair'],
) => void;

export function reporter(problems: Problem[]): Report {
  return (code, span, params = {}, repair) => {
    problems.push(repair === undefined ? { code, span, params } : { code, span, params, repair });
  };
}

export function endOf(token: IToken): number {
  return token.startOffset + token.image.length;
}

export function spanOf(token: IToken): Span {
  return { start: token.startOffset, end: endOf(token) };
}
