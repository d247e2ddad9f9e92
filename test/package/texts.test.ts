// The manifest's texts stand in package.nls.json, so that they can be translated: none is missing, none is left over.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const read = (name: string): string => readFileSync(path.join(root, name), 'utf8');

it('every text that the manifest names exists, and each is named', () => {
  const named = new Set([...read('package.json').matchAll(/"%([^"%]+)%"/g)].map(([, key]) => key));
  expect([...named].sort()).toEqual(Object.keys(JSON.parse(read('package.nls.json')) as object).sort());
});

it('no title or description of a contribution stands in the manifest itself', () => {
  const { contributes } = JSON.parse(read('package.json')) as { contributes: unknown };
  const plain: string[] = [];
  const look = (value: unknown, key: string): void => {
    if (typeof value === 'string') {
      if (/^(title|description|markdownDescription|category|patternErrorMessage|contents)$/.test(key) && !/^%.+%$/.test(value)) plain.push(`${key}: ${value}`);
    } else if (Array.isArray(value)) value.forEach((it) => look(it, key === 'enumDescriptions' ? 'description' : ''));
    else if (typeof value === 'object' && value !== null) for (const [name, it] of Object.entries(value)) look(it, name);
  };
  look(contributes, '');
  expect(plain).toEqual([]);
});
