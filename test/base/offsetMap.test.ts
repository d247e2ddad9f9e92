import { expect, it } from 'vitest';
import { spanToDocument, toDocument, toRegion } from '../../server/src/base/offsetMap.ts';

// The document `> ab\n> cd` holds the region `ab\ncd`: each line lost its mark.
const map = [
  { region: 0, document: 2, length: 3 },
  { region: 3, document: 7, length: 2 },
];

it('offsets of a region lead to the document', () => {
  expect([0, 1, 2, 3, 4, 5].map((it) => toDocument(map, it))).toEqual([2, 3, 4, 7, 8, 9]);
});

it('a span that ends with a line does not reach into the next line', () => {
  expect(spanToDocument(map, { start: 0, end: 2 })).toEqual({ start: 2, end: 4 });
  expect(spanToDocument(map, { start: 1, end: 4 })).toEqual({ start: 3, end: 8 });
  expect(spanToDocument(map, { start: 3, end: 3 })).toEqual({ start: 7, end: 7 });
});

it('what the region lost leads nowhere', () => {
  expect(toRegion(map, 0)).toBeUndefined();
  expect(toRegion(map, 3)).toBe(1);
  expect(toRegion(map, 4)).toBe(2);
  expect(toRegion(map, 5)).toBeUndefined();
  expect(toRegion(map, 9)).toBe(5);
  expect(toRegion(map, 6)).toBeUndefined();
  expect(toRegion(map, 8)).toBe(4);
});
