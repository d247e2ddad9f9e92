// The semantic suite as jobs: what every query and expression of the case files asks of the engine.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Job } from '../../server/src/plan/plan.ts';
import { readCaseFile } from '../semantics/caseFile.ts';
import { lowered, open, type Shop } from '../semantics/chain.ts';

const folder = new URL('../semantics/', import.meta.url);

export interface SuiteFile {
  readonly name: string;
  readonly shop: Shop;
  readonly texts: readonly { readonly title: string; readonly text: string; readonly job: Job }[];
}

export const suiteFiles = (): readonly string[] => readdirSync(fileURLToPath(folder)).filter((it) => it.endsWith('.case')).sort();

export async function readSuiteFile(name: string): Promise<SuiteFile> {
  const file = readCaseFile(readFileSync(new URL(name, folder), 'utf8'));
  const yaml = file.model.kind === 'inline' ? file.model.yaml : readFileSync(new URL(`models/${file.model.name}.daxmodel.yaml`, folder), 'utf8');
  const shop = await open(`file:///semantics/${name.replace(/\.\w+$/, '')}.daxmodel.yaml`, yaml, file.metrics);
  const texts = file.cases.flatMap(({ title, check }) =>
    (check.kind === 'query' ? [check.query] : check.lines.map((it) => `EVALUATE ROW("Value", ${it.expression})`)).map((text) => ({ title, text, job: lowered(shop, text).job })));
  return { name, shop, texts };
}
