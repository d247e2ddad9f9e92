/** Expectations in doc comments: read, checked against computed values, pinned. */
export { crossModelName } from './crossModel.ts';
export { compareGroups, failuresOf, type Comparison, type Grouped, type Parting } from './groups.ts';
export { pinText } from './literalText.ts';
export { actualText, expectedText, meets, type Failure } from './meets.ts';
export { expectations } from './read.ts';
export { instability } from './stability.ts';
export type { Compare, DaxPart, DocTags, EqualExpectation, Expectation, Expected, ValueExpectation } from './records.ts';
