/** Cases that the documentation contradicts elsewhere, or that no model can hold: by id, why the engine need not meet them. */
export const doubtful: ReadonlyMap<string, string> = new Map([
  ['data-types#14', 'engines give FALSE for BLANK() || BLANK()'],
  ['data-types#15', 'engines give FALSE for BLANK() && BLANK()'],
  ['data-types#16', 'the operator reference: text and numbers are never compared'],
  ['data-types#17', 'the operator reference: text and numbers are never compared'],
  ['data-types#18', 'the operator reference: text and TRUE/FALSE are never compared'],
  ['acosh#table2', 'a digit is left out: it is 2.9932228'],
  ['averagea#1', 'a column of several types, which no model holds'],
]);
