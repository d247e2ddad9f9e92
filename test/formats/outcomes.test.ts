// Why something has no value, in words that read as a sentence.
import { describe, expect, it } from 'vitest';
import { reasonText } from '../../server/src/formats/outcomes.ts';

describe('what is not supported', () => {
  it.each([
    ['a computed order of TOPN', 'a computed order of TOPN is not supported yet'],
    ['FORMAT in the culture xx is', 'FORMAT in the culture xx is not supported yet'],
    ['query parameters are', 'query parameters are not supported yet'],
  ])('%s', (what, text) => {
    expect(reasonText({ id: 'feature-not-supported', what })).toBe(text);
  });
});
