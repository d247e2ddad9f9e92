// Which formats show numbers as percents: what is drawn beside the values is told in percents for these alone.
import { expect, it } from 'vitest';
import { isPercentFormat } from '../../server/src/formats/formatString.ts';

it.each([
  ['0.0%', true], ['Percent', true], ['0%;-0%;0', true], ['+0.0 %;-0.0 %', true],
  ['#,0', false], ['', false], ['0"%"', false], ['0\\%', false], ['0%%', false], ['0%;-0', false], ['0;-0%', false],
])('%j: %s', (format, isPercent) => {
  expect(isPercentFormat(format)).toBe(isPercent);
});
