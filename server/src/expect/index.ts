/** Expectations in doc comments: read, checked against computed values, pinned. */
export { crossModelName } from './crossModel.ts';
export { compareGroups, differenceOf, failuresOf, type Comparison, type Difference, type Grouped, type Parting, type Side } from './groups.ts';
export { pinText } from './literalText.ts';
export { actualText, expectedText, meets, type Failure } from './meets.ts';
export { expectations } from './read.ts';
export { instability } from './stability.ts';
export type { Compare, DaxPart, DocTags, EqualExpectation, Expectation, Expected, ValueExpectation } from './records.ts';
