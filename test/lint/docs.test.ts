// The rules' documentation: pages that are up to date, and examples that hold what they promise.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, rulePages } from '../../scripts/rules.mjs';
import { allRules } from '../../server/src/lint/index.ts';
import { openFixture, uriOf } from '../support/workspace.ts';
import { contactFile, metadataFile } from './model.ts';

const documented = [...allRules].flatMap(([id, { bad, good, exampleModel }]) => (bad === undefined || good === undefined ? [] : [{ id, bad, good, exampleModel }]));

/** Rules that report an example: DAX as a metric file, a page as a page. */
async function rulesOf(example: string, model = ''): Promise<readonly string[]> {
  const file = example.includes('```') ? '/example.md' : '/example.dax';
  const { workspace } = await openFixture(`//- /contact.daxmodel.yaml${contactFile}${model}\n//- /schema.json\n${metadataFile}\n//- ${file}\n${example}`);
  return (await workspace.findings(uriOf(file))).map((it) => it.rule);
}

describe('docs/rules', () => {
  it('is what `npm run rules` writes', () => {
    const pages = rulePages(allRules);
    expect(existsSync(folder) ? readdirSync(folder).sort() : []).toEqual([...pages.keys()].sort());
    for (const [name, text] of pages) expect(readFileSync(path.join(folder, name), 'utf8'), name).toBe(text);
  });

  it('lists every rule once', () => {
    const index = rulePages(allRules).get('README.md') ?? '';
    for (const id of allRules.keys()) expect(index.split(`](${id}.md)`), id).toHaveLength(2);
  });
});

describe('the examples of', () => {
  it.each(documented)('$id', async ({ id, bad, good, exampleModel }) => {
    expect(await rulesOf(bad, exampleModel)).toContain(id);
    expect(await rulesOf(good, exampleModel)).not.toContain(id);
  });

  it('good text have no errors and no warnings', async () => {
    const faults: string[] = [];
    for (const { id, good, exampleModel } of documented) {
      const found = (await rulesOf(good, exampleModel)).filter((rule) => ['error', 'warning'].includes(allRules.get(rule)?.severity ?? ''));
      if (found.length > 0) faults.push(`${id}: ${found.join(', ')}`);
    }
    expect(faults).toEqual([]);
  });
});
