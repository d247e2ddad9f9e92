/** Findings of category code: literals that meet a choice column. */
import { didYouMean, kind } from './define.ts';

const code = kind('code');

export const codeFindings = {
  'unknown-code': code<{ code: string; column: string; choice: string; suggestion?: string }>(
    'error', (p) => `${p.code} is no code of ${p.column} (${p.choice}).${didYouMean(p.suggestion)}`,
    'The choice of this column has no such value.',
  ),
  'code-of-another-choice': code<{ code: string; column: string; choice: string; other: string; label: string }>(
    'error', (p) => `${p.code} is ${p.label} in ${p.other}; ${p.column} has the choice ${p.choice}, which has no such code.`,
    'The same digits mean different things in different columns; this code belongs to another column.',
  ),
  'code-type': code<{ code: string; column: string; columnType: string; replacement: string }>(
    'error', (p) => `${p.column} holds ${p.columnType}. Write ${p.replacement}.`,
    'One model stores codes as text, another as whole numbers; the literal must be of the type of the column.',
  ),
  'code-not-in-sample': code<{ code: string; column: string; label: string }>(
    'information', (p) => `No row of the sample has ${p.code} (${p.label}) in ${p.column}.`,
    'The code is known, but the sample data does not hold it, so a filter on it keeps nothing.',
  ),
};
