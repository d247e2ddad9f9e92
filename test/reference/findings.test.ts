// What a careful reader found wrong in published metric pages is found here too, and no error besides.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../server/src/findings/finding.ts';
import { openFixture, uriOf } from '../support/workspace.ts';
import { modelText, writePages, type MetricBlockText, type PlacedBlock, type WrittenPage } from './pages.ts';
import { readReference } from './reference.ts';
import type { SemanticModels } from './semantic.ts';

interface KnownFinding {
  readonly block: string;
  readonly where: 'dax' | 'filters' | 'attributes' | 'entities' | 'heading' | 'table' | 'document';
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly text: string;
  readonly why: string;
  readonly inBlock: boolean;
}

/** Which of our rules tell what the reader calls by another name. */
const rulesFor: Readonly<Record<string, readonly string[]>> = {
  placeholder: ['placeholder', 'prose-in-dax', 'prose', 'page-placeholder'],
};

const blocks = readReference('domain/metrics.json') as readonly MetricBlockText[];
const known = readReference('domain/findings.json') as readonly KnownFinding[];

let pages: readonly WrittenPage[];
let found: ReadonlyMap<string, readonly Finding[]>;

beforeAll(async () => {
  const { models } = readReference('domain/semantic-model.json') as SemanticModels;
  const metadata = readReference('domain/dataverse.json') as { readonly entities: Readonly<Record<string, { readonly attributes: readonly { readonly attribute: string; readonly choice?: string }[] }>> };
  const choiceOf = (name: string): string | undefined => {
    const [entity = '', attribute] = name.split('.');
    return metadata.entities[entity]?.attributes.find((it) => it.attribute === attribute)?.choice;
  };
  pages = writePages(blocks);
  const files = [
    ['/dax-metrics.json', JSON.stringify({ markdown: { models: { historical: 'historical', realtime: 'realtime' } } })],
    ['/dataverse.json', JSON.stringify(metadata)],
    ['/historical.daxmodel.yaml', modelText('historical', [models.segment, models.historical], 'dataverse.json', choiceOf)],
    ['/realtime.daxmodel.yaml', modelText('realtime', [models.segment, models.realTime], 'dataverse.json', choiceOf)],
    ...pages.map((it) => [it.path, it.text]),
  ];
  const { workspace } = await openFixture(files.map(([path, text]) => `//- ${path ?? ''}\n${text ?? ''}`).join('\n'));
  const all = new Map<string, readonly Finding[]>();
  for (const [path] of files) all.set(uriOf(path ?? ''), await workspace.findings(uriOf(path ?? '')));
  found = all;
}, 120_000);

/** Where the quoted text stands, blanks aside. */
function placesOf(it: KnownFinding, { parts }: PlacedBlock, text: string): readonly { readonly start: number; readonly end: number }[] {
  const part = it.where === 'document' ? parts.dax : it.where === 'heading' && !text.slice(parts.heading.start, parts.heading.end).includes(it.text) ? parts.dax : parts[it.where];
  if (it.text === '') return [part];
  const within = text.slice(part.start, part.end);
  const pattern = new RegExp(it.text.split(/\s+/).map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('\\s*'), 'g');
  return [...within.matchAll(pattern)].map((match) => ({ start: part.start + match.index, end: part.start + match.index + match[0].length }));
}

describe('published pages', () => {
  it('report', () => {
    const used = new Set<Finding>();
    const lines: string[] = [];
    for (const it of known) {
      const page = pages.find((one) => one.blocks.some(({ block }) => block.id === it.block));
      const placed = page?.blocks.find(({ block }) => block.id === it.block);
      if (page === undefined || placed === undefined) throw new Error(it.block);
      const places = placesOf(it, placed, page.text);
      const near = (found.get(placed.uri) ?? []).filter((finding) => places.some((place) => finding.span.start < place.end && finding.span.end > place.start || finding.span.start === place.start));
      near.forEach((finding) => used.add(finding));
      lines.push(`${it.severity} ${it.inBlock ? 'IN' : '--'} ${it.block} ${it.where} ${it.rule} ${JSON.stringify(it.text.slice(0, 60))} => ${places.length === 0 ? 'NO PLACE' : near.map((finding) => `${finding.rule}(${finding.severity})`).join(', ')}`);
    }
    lines.push('--- errors besides');
    for (const page of pages) {
      for (const finding of found.get(uriOf(page.path)) ?? []) {
        if (finding.severity !== 'error' || used.has(finding)) continue;
        const block = page.blocks.find(({ parts }) => Object.values(parts).some((part) => finding.span.start >= part.start && finding.span.start < part.end));
        lines.push(`${block?.block.id ?? '?'} ${finding.rule}: ${finding.message} | ${JSON.stringify(page.text.slice(finding.span.start, finding.span.end).slice(0, 80))}`);
      }
    }
    for (const [uri, its] of found) if (!uri.endsWith('.md')) for (const finding of its.filter((one) => one.severity !== 'information' && one.severity !== 'hint')) lines.push(`${uri} ${finding.rule} ${finding.message}`);
    console.log(lines.join('\n'));
    expect(Object.keys(rulesFor).length).toBeGreaterThan(0);
  });
});
