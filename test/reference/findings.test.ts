// What a careful reader found wrong in published metric pages is found here too, and no error besides.
import { readFileSync } from 'node:fs';
import path from 'node:path';
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

/** Reviewed: which of our rules tell what the reader calls by another name, and what nobody can tell from page, model and metadata. */
interface Reviewed {
  readonly rules: Readonly<Record<string, readonly string[]>>;
  readonly undecidable: Readonly<Record<string, string>>;
  /** By block and rule. */
  readonly undecidableRows: Readonly<Record<string, string>>;
  /** Where we show a fault that the reader quotes at another place. */
  readonly elsewhere: Readonly<Record<string, string>>;
  /** Errors that the list does not hold, each with why it is a fault. */
  readonly faultsBesides: Readonly<Record<string, string>>;
}

const reviewed = JSON.parse(readFileSync(path.join(import.meta.dirname, 'rulesFor.json'), 'utf8')) as Reviewed;
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

interface Row {
  readonly known: KnownFinding;
  readonly page: WrittenPage;
  readonly near: readonly Finding[];
}

/** Rows of the list with the findings at their place that tell the same; a finding serves one row. */
function matched(): { readonly missed: readonly Row[]; readonly met: readonly Row[]; readonly served: ReadonlySet<Finding> } {
  const rows = known.map((it): Row => {
    const page = pages.find((one) => one.blocks.some(({ block }) => block.id === it.block));
    const placed = page?.blocks.find(({ block }) => block.id === it.block);
    if (page === undefined || placed === undefined) throw new Error(it.block);
    const quoted = reviewed.elsewhere[`${it.block} ${it.rule}`];
    const places = placesOf(quoted === undefined ? it : { ...it, text: quoted }, placed, page.text);
    const rules = reviewed.rules[it.rule] ?? [];
    const near = (found.get(placed.uri) ?? []).filter((finding) => rules.includes(finding.rule) && places.some((place) => touches(finding, place)));
    return { known: it, page, near };
  });
  // Rows with the fewest candidates choose first.
  const served = new Map<Finding, Row>();
  for (const row of [...rows].sort((a, b) => a.near.length - b.near.length)) {
    const free = row.near.find((it) => !served.has(it));
    if (free !== undefined) served.set(free, row);
  }
  const met = new Set(served.values());
  return { met: rows.filter((it) => met.has(it)), missed: rows.filter((it) => !met.has(it)), served: new Set(rows.flatMap((it) => it.near)) };
}

const touches = ({ span }: Finding, place: { readonly start: number; readonly end: number }): boolean =>
  (span.start < place.end && span.end > place.start) || span.start === place.start;

const isDecidable = ({ block, rule }: KnownFinding): boolean =>
  reviewed.undecidable[rule] === undefined && reviewed.undecidableRows[`${block} ${rule}`] === undefined;

const shown = ({ known: { block, where, rule, text, severity } }: Row): string => `${severity} ${block} ${where} ${rule} ${JSON.stringify(text.slice(0, 60))}`;

describe('published pages', () => {
  it('report every error that can be told', () => {
    const missed = matched().missed.filter(({ known: it }) => it.inBlock && it.severity === 'error' && isDecidable(it));
    expect(missed.map(shown)).toEqual([]);
  });

  it('report nine of ten warnings and remarks that can be told', () => {
    const { met, missed } = matched();
    const asked = (it: Row): boolean => it.known.inBlock && it.known.severity !== 'error' && isDecidable(it.known);
    const total = [...met, ...missed].filter(asked).length;
    expect(total).toBeGreaterThan(50);
    expect(met.filter(asked).length / total, missed.filter(asked).map(shown).join('\n')).toBeGreaterThanOrEqual(0.9);
  });

  it('report no error besides', () => {
    const { served } = matched();
    const besides: string[] = [];
    for (const page of pages) {
      for (const finding of found.get(uriOf(page.path)) ?? []) {
        if (finding.severity !== 'error' || served.has(finding)) continue;
        const block = page.blocks.find(({ parts }) => Object.values(parts).some((part) => finding.span.start >= part.start && finding.span.start < part.end))?.block.id ?? '?';
        if (reviewed.faultsBesides[`${block} ${finding.rule}`] === undefined) besides.push(`${block} ${finding.rule}: ${finding.message}`);
      }
    }
    expect(besides).toEqual([]);
  });

  it('are read with sound models', () => {
    const faults = [...found].filter(([uri]) => !uri.endsWith('.md')).flatMap(([uri, its]) => its.filter((it) => it.severity === 'error').map((it) => `${uri} ${it.message}`));
    expect(faults).toEqual([]);
  });
});
