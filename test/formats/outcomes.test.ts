// Why something has no value, in words that read as a sentence.
import { describe, expect, it } from 'vitest';
import { reasonText } from '../../server/src/formats/outcomes.ts';

describe('what is not supported', () => {
  it.each([
    [{ what: 'a computed order of TOPN' }, 'a computed order of TOPN is not supported yet'],
    [{ what: 'query parameters', verb: 'are' as const }, 'query parameters are not supported yet'],
  ])('%j', (said, text) => {
    expect(reasonText({ id: 'feature-not-supported', ...said })).toBe(text);
  });
});
