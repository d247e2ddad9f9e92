/** Expectations in doc comments: read, checked against computed values, pinned. */
export { expectations } from './read.ts';
export type { Compare, DaxPart, DocTags, EqualExpectation, Expectation, Expected, ValueExpectation } from './records.ts';
