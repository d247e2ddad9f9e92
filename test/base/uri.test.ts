import { describe, expect, it } from 'vitest';
import { canonicalUri, folderOf, isInside, parentFolder, relativeTo, resolvePath } from '../../server/src/base/uri.ts';

describe('resolvePath', () => {
  const cases: readonly (readonly [path: string, uri: string | undefined])[] = [
    ['data/a.csv', 'file:///w/p/data/a.csv'],
    ['./data//a.csv', 'file:///w/p/data/a.csv'],
    ['../b.yaml', 'file:///w/b.yaml'],
    ['..\\b.yaml', 'file:///w/b.yaml'],
    ['a b#c.csv', 'file:///w/p/a%20b%23c.csv'],
    ['../../../etc/passwd', undefined],
    ['/etc/passwd', undefined],
    ['file:///etc/passwd', undefined],
    ['https://example.org/a.csv', undefined],
    ['a\u0000b', undefined],
  ];
  for (const [path, uri] of cases) it(`${path} → ${uri ?? 'nowhere'}`, () => expect(resolvePath('file:///w/p/', path)).toBe(uri));
});

it('a path is told from a folder, inside and outside', () => {
  expect(relativeTo('file:///w/p/', 'file:///w/p/x/a%20b.md')).toBe('x/a b.md');
  expect(relativeTo('file:///w/p/', 'file:///tmp/PAGE.md')).toBe('../../tmp/PAGE.md');
  expect(relativeTo('file:///w/p/', 'memfs://host/a.md')).toBe('memfs://host/a.md');
});

it('one file has one uri, however it was escaped', () => {
  expect(canonicalUri('file:///c%3A/a%3Db/%7Ec.dax')).toBe(canonicalUri('file:///c:/a=b/~c.dax'));
  expect(canonicalUri('untitled:Untitled-1')).toBe('untitled:Untitled-1');
});

it('folders are climbed up to the root', () => {
  expect(folderOf('file:///w/p/a.md')).toBe('file:///w/p/');
  expect(parentFolder('file:///w/p/')).toBe('file:///w/');
  expect(parentFolder('file:///w/')).toBe('file:///');
  expect(parentFolder('file:///')).toBeUndefined();
  expect(isInside('file:///w/', 'file:///w/p/a.md')).toBe(true);
  expect(isInside('file:///w/', 'file:///w2/a.md')).toBe(false);
});

it('a file system need not have an authority', () => {
  expect(resolvePath('vscode-userdata:/User/a b/', '../data/c d.csv')).toBe('vscode-userdata:/User/data/c%20d.csv');
  expect(resolvePath('vscode-userdata:/User/', '../../etc')).toBeUndefined();
  expect(relativeTo('memfs:/w/p/', 'memfs:/w/p/x/a%20b.md')).toBe('x/a b.md');
  expect(relativeTo('memfs:/w/', 'file:///w/a.md')).toBe('file:///w/a.md');
  expect(parentFolder('memfs:/w/')).toBe('memfs:/');
  expect(parentFolder('memfs:/')).toBeUndefined();
  expect(canonicalUri('memfs:/a%3Db.dax')).toBe('memfs:/a=b.dax');
});
