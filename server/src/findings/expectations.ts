/** Findings of category expectation: `@expect` and its kin in doc comments. */
import { didYouMean, kind } from './define.ts';

const expectation = kind('expectation');

export const expectationFindings = {
  'unknown-tag': expectation<{ tag: string; suggestion?: string }>(
    'warning', (p) => `The tag @${p.tag} is not known.${didYouMean(p.suggestion)}`,
    'Known tags are @format, @expect, @compare and @public.',
  ),
  'malformed-tag': expectation<{ tag: string; problem: string }>(
    'warning', (p) => `@${p.tag} cannot be read: ${p.problem}.`,
    '@expect (literal | BLANK | error [id]) [± n] [where filter{, filter}], @expect = expression [by column{, column}] [where ...], or @compare [other] by column{, column} [rows column{, column}] [within n] [where ...].',
  ),
  'expectation-failed': expectation<{ name: string; expected: string; actual: string; filter?: string }>(
    'error', (p) => `${p.name}: expected ${p.expected}, got ${p.actual}${p.filter === undefined ? '' : ` where ${p.filter}`}.`,
    'The computed value on the sample data is another one. Correct the definition, or the expectation where the new value is right.',
  ),
  'expectation-unstable': expectation<{ reason: string }>(
    'warning', (p) => `The expectation cannot hold: ${p.reason}.`,
    'An expectation must not depend on the clock of the machine or on generated rows.',
  ),
};
