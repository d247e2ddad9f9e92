// Globs of project files: what they mean, and that none takes long.
import { describe, expect, it } from 'vitest';
import { globMatcher } from '../../server/src/base/glob.ts';
import { within } from '../support/within.ts';

const matching = (glob: string, paths: readonly string[]): readonly string[] => paths.filter(globMatcher(glob));

const paths = ['a.dax', 'b.md', 'drafts/a.dax', 'drafts/old/b.dax', 'x/drafts/c.dax', 'drafty.dax', '[a].dax'];

describe('a glob', () => {
  it.each([
    ['a.dax', ['a.dax']],
    ['*.dax', ['a.dax', 'drafty.dax', '[a].dax']],
    ['?.dax', ['a.dax']],
    ['drafts', ['drafts/a.dax', 'drafts/old/b.dax']],
    ['drafts/', ['drafts/a.dax', 'drafts/old/b.dax']],
    ['./drafts/*', ['drafts/a.dax', 'drafts/old/b.dax']],
    ['drafts/**', ['drafts/a.dax', 'drafts/old/b.dax']],
    ['drafts/*.dax', ['drafts/a.dax']],
    ['drafts/**/*.dax', ['drafts/a.dax', 'drafts/old/b.dax']],
    ['**/drafts/**', ['drafts/a.dax', 'drafts/old/b.dax', 'x/drafts/c.dax']],
    ['**/b.*', ['b.md', 'drafts/old/b.dax']],
    ['**', paths],
    ['*.{md,dax}', ['a.dax', 'b.md', 'drafty.dax', '[a].dax']],
    ['{a,b}.{md,dax}', ['a.dax', 'b.md']],
    ['[a-c].*', ['a.dax', 'b.md']],
    ['[!a].*', ['b.md']],
    ['[[]a].dax', ['[a].dax']],
    ['../*', []],
    ['/a.dax', []],
    ['', []],
    ['A.DAX', []],
  ])('%s', (glob, expected) => expect(matching(glob, paths)).toEqual(expected));

  it('has no signs but these', () => {
    expect(matching('(a|b).dax', ['a.dax', '(a|b).dax'])).toEqual(['(a|b).dax']);
    expect(matching('a+.dax', ['aa.dax', 'a+.dax'])).toEqual(['a+.dax']);
    expect(matching('a.dax', ['aXdax'])).toEqual([]);
    expect(matching('[a', ['[a'])).toEqual(['[a']);
    expect(matching('{a', ['{a'])).toEqual(['{a']);
  });

  it('is matched in the time of its length, however it is made', () => {
    const path = `${'a'.repeat(200)}/${'a'.repeat(200)}c`;
    for (const glob of ['*a'.repeat(100) + 'b', '(a+)+b', '**/'.repeat(100) + 'b', '{a,b}'.repeat(50), '*'.repeat(10_000) + 'b', '['.repeat(10_000), '{'.repeat(10_000)]) {
      expect(within(2, () => globMatcher(glob)(path))).toBe(false);
    }
  });
});
