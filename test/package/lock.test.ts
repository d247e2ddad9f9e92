// The lock file is whole: a dependency for another platform that is missing from it makes `npm ci` fail everywhere.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

interface Locked {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const file = path.resolve(import.meta.dirname, '../../package-lock.json');
const { packages } = JSON.parse(readFileSync(file, 'utf8')) as { readonly packages: Readonly<Record<string, Locked>> };

/** Where a package finds a dependency: in its own folder, else in one above. */
function isLocked(from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    if (packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`]?.version !== undefined) return true;
    if (folder === '') return false;
  }
}

it('locks every dependency of every package, those of other platforms included', () => {
  const missing = Object.entries(packages).flatMap(([from, it]) =>
    Object.keys({ ...it.dependencies, ...it.optionalDependencies, ...it.devDependencies })
      .filter((name) => !isLocked(from, name))
      .map((name) => `${from} needs ${name}`),
  );
  expect(missing).toEqual([]);
});

it('names no registry', () => {
  expect(readFileSync(file, 'utf8')).not.toContain('"resolved"');
});
