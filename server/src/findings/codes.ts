/** Findings of category code that need the rows of the sample; what text alone tells of codes, the rules say. */
import { kind } from './define.ts';

const code = kind('code');

export const codeFindings = {
  'code-not-in-sample': code<{ code: string; column: string; label: string }>(
    'information', (p) => `No row of the sample has ${p.code} (${p.label}) in ${p.column}.`,
    'The code is known, but the sample data does not hold it, so a filter on it keeps nothing.',
  ),
};
