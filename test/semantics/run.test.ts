// What DAX means, case by case: each file of cases is run through the real chain, from model text to values.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { readCaseFile, type Case, type CaseFile, type Expected } from './caseFile.ts';
import { open, query, value, type Shop } from './chain.ts';
import { difference } from './compare.ts';

const folder = new URL('./', import.meta.url);
const files = readdirSync(fileURLToPath(folder)).filter((it) => /\.(?:case|txt)$/.test(it)).sort();

it('there are files of cases', () => {
  expect(files.length).toBeGreaterThan(10);
});

for (const name of files) {
  describe(name, () => {
    const file = readCaseFile(readFileSync(new URL(name, folder), 'utf8'));
    let shop: Shop;
    beforeAll(async () => {
      shop = await open(`file:///semantics/${name.replace(/\.\w+$/, '')}.daxmodel.yaml`, yamlOf(file), file.metrics);
    });
    for (const each of file.cases) it(`${each.title} (line ${String(each.line)})`, () => { check(each.role === undefined ? shop : { ...shop, role: each.role }, each); });
  });
}

function yamlOf({ model }: CaseFile): string {
  return model.kind === 'inline' ? model.yaml : readFileSync(new URL(`models/${model.name}.daxmodel.yaml`, folder), 'utf8');
}

function check(shop: Shop, { check: it, derivation }: Case): void {
  const faults: string[] = [];
  if (it.kind === 'query') {
    const { result, errors } = query(shop, it.query);
    const differs = difference(result, it.expected, /\border\s+by\b/i.test(it.query));
    if (differs !== undefined) faults.push(differs);
    const all = it.expected.kind === 'table' ? it.expected.rows.flat() : [it.expected];
    if (all.every(isValue)) faults.push(...errors.map((error) => `a false alarm: ${error.message}`));
  } else {
    for (const { expression, expected } of it.lines) {
      const { result, errors } = value(shop, expression);
      const differs = difference(result, expected, false);
      if (differs !== undefined) faults.push(`${expression}\n    ${differs}`);
      if (isValue(expected)) faults.push(...errors.map((error) => `${expression}\n    a false alarm: ${error.message}`));
    }
  }
  if (faults.length > 0) expect.fail(`${faults.join('\n')}\n\nThe derivation: ${derivation}`);
}

const isValue = (it: Expected): boolean => it.kind === 'value';
