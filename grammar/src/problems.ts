/** Collecting problems while a segment is read. */
import type { IToken } from 'chevrotain';
import type { Problem, ProblemCode, Span } from './tree.ts';

/**
 * What else may come of the same fault: of problems where the text ends too early (`end`), and of those that throw the
 * brackets or the order of statements out (`structure`), one is told for each statement.
 */
export type Role = 'end' | 'structure';

export interface Found extends Problem {
  readonly role?: Role | undefined;
}

export type Report = (
  code: ProblemCode, span: Span, params?: Readonly<Record<string, string>>, repair?: Problem['repair'], role?: Role,
) => void;

/** More are never found in one segment. */
const maxFound = 1000;

export function reporter(found: Found[]): Report {
  return (code, span, params = {}, repair, role) => {
    if (found.length >= maxFound) return;
    found.push(repair === undefined ? { code, span, params, role } : { code, span, params, repair, role });
  };
}

export function endOf(token: IToken): number {
  return token.startOffset + token.image.length;
}

export function spanOf(token: IToken): Span {
  return { start: token.startOffset, end: endOf(token) };
}
