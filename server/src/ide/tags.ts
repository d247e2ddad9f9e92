/** The tags of doc comments, as completion and hovers tell them. */

export interface TagInfo {
  readonly name: string;
  /** A phrase beside a proposal. */
  readonly says: string;
  /** Markdown. */
  readonly docs: string;
}

export const tags: readonly TagInfo[] = [
  {
    name: 'format', says: 'how the value is written',
    docs: 'How the value of the metric is written: a DAX format string such as `#,0` or `0.0%`.',
  },
  {
    name: 'expect', says: 'a value that the metric must have',
    docs: 'A value that the metric must have on the sample data: `@expect 96`, `@expect BLANK where T[c] = "x"`, '
      + '`@expect = [other] by T[c]`. A number with decimals holds when the value, rounded to as many, is the same; `± n` allows for more.',
  },
  {
    name: 'compare', says: 'another metric to compare with, group by group',
    docs: '`@compare [other] by T[c] within n` tells the groups in which the two metrics part. It fails where they part by more than n.',
  },
  {
    name: 'public', says: 'the metric is meant for others',
    docs: 'The metric is meant to be used from outside.',
  },
];
