// Where lines start, after edits too.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeBetween, lineIndex, lineIndexAfter } from '../../server/src/base/spans.ts';

const text = fc.array(fc.constantFrom('a', 'bc', ' ', '\n', '\r\n', '\r', 'x'.repeat(3000)), { maxLength: 30 }).map((it) => it.join(''));

describe('the lines of an edited text', () => {
  it('are those of the text', () => {
    fc.assert(fc.property(text, text, fc.nat(40), fc.nat(20), (before, inserted, at, removed) => {
      const after = before.slice(0, at) + inserted + before.slice(at + removed);
      expect(lineIndexAfter(after, before, lineIndex(before))).toEqual(lineIndex(after));
    }), { numRuns: 2000 });
  });

  it('have both halves of a line break looked at when one goes', () => {
    for (const [before, after] of [['a\r\nb', 'a\nb'], ['a\r\nb', 'a\rb'], ['a\rb', 'a\r\nb'], ['a\nb', 'a\r\nb'], ['a\n\nb', 'a\n\r\nb'], ['', '\n'], ['\r', '']] as const) {
      expect(lineIndexAfter(after, before, lineIndex(before)), JSON.stringify([before, after])).toEqual(lineIndex(after));
    }
  });
});

describe('the change between two texts', () => {
  it('leaves the same text before and behind it', () => {
    fc.assert(fc.property(text, text, (before, after) => {
      const { start, oldEnd, newEnd } = changeBetween(before, after);
      expect([start <= oldEnd, start <= newEnd]).toEqual([true, true]);
      expect(before.slice(0, start)).toBe(after.slice(0, start));
      expect(before.slice(oldEnd)).toBe(after.slice(newEnd));
      if (start < oldEnd && start < newEnd) expect(before[start]).not.toBe(after[start]);
    }));
  });
});
