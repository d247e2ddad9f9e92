/** A page → its metric blocks: what belongs to one metric in one tab. */
import type { Span } from '../../../base/spans.ts';
import type { DocumentRegions, Heading, PageText, Region } from '../../region.ts';
import { elementOfList, elementsOfTable, labelOf } from './cells.ts';
import { readItem, stateOf } from './item.ts';
import { plainItems } from './plain.ts';
import type { MetricBlock, PageElement, PageElements, PageProse } from './types.ts';

const known = new WeakMap<DocumentRegions, PageElements>();

/**
 * What a Markdown page says around its DAX. Read when first asked for, once for each reading of the page.
 *
 * @param page the page as `readDocument` cut it
 * @param source its text
 * @returns blocks and prose in order of place; empty for other documents
 */
export function pageElements(page: DocumentRegions, source: string): PageElements {
  let elements = known.get(page);
  if (elements === undefined) known.set(page, (elements = read(page, source)));
  return elements;
}

type Part = { readonly span: Span; readonly headingPath: readonly Heading[]; readonly tabId: string | undefined } & (
  | { readonly kind: 'fence'; readonly region: Region }
  | { readonly kind: 'elements'; readonly elements: readonly PageElement[] }
);

function read(page: DocumentRegions, source: string): PageElements {
  const { listed, used } = listsOf(page, source);
  const parts: Part[] = [
    ...page.regions.filter((it) => it.kind === 'fence').map((region): Part => ({ kind: 'fence', region, ...placeOf(region) })),
    ...page.tables.flatMap((it): Part[] => {
      const elements = elementsOfTable(source, it);
      return elements.length === 0 ? [] : [{ kind: 'elements', elements, ...placeOf(it) }];
    }),
    ...listed,
  ].sort((a, b) => a.span.start - b.span.start);
  const metricOf = metricHeadings(page.headings);
  return { blocks: joinParts(parts, metricOf), prose: proseOf(page, source, used, metricOf) };
}

const placeOf = (it: { readonly span: Span; readonly headingPath: readonly Heading[]; readonly tabId: string | undefined }) => ({
  span: it.span, headingPath: it.headingPath, tabId: it.tabId,
});

/** Elements that are written as paragraphs and lists; a label takes the list items up to the next other thing. */
function listsOf(page: DocumentRegions, source: string): { readonly listed: readonly Part[]; readonly used: ReadonlySet<PageText> } {
  const listed: Part[] = [];
  const used = new Set<PageText>();
  const stops = [...page.headings, ...page.regions, ...page.tables].map((it) => it.span.start).sort((a, b) => a - b);
  let stop = 0;
  for (let i = 0; i < page.texts.length; i++) {
    const text = page.texts[i];
    const label = text === undefined ? undefined : labelOf(source, text);
    if (text === undefined || label === undefined) continue;
    used.add(text);
    if (label.kind === 'query') continue;
    while ((stops[stop] ?? Infinity) < text.span.start) stop++;
    const below: PageText[] = [];
    for (let at = i + 1; label.rest === undefined; at++) {
      const next = page.texts[at];
      if (next?.inList !== true || next.span.start > (stops[stop] ?? Infinity) || labelOf(source, next) !== undefined) break;
      below.push(next);
      used.add(next);
      i = at;
    }
    if (label.rest === undefined && below.length === 0 && !text.inList) {
      // A label with nothing below: what it would hold is a table or a fence, which stands for itself.
      continue;
    }
    const element = elementOfList(source, label, below);
    listed.push({ kind: 'elements', elements: [element], ...placeOf(text), span: { start: text.span.start, end: Math.max(text.span.end, element.span.end) } });
  }
  return { listed, used };
}

type MetricOf = (path: readonly Heading[]) => Heading | undefined;

/** Words of headings that name a part of a metric's description. */
const sectionWords = /\b(?:dax|quer(?:y|ies)|dataverse|reference|entities|attributes|filters?|related|definition|formula|calculation)\b/i;

/**
 * Which heading names the metric: the innermost above a place that opens no tab and names no part of a description.
 * A text that heads several sections under different headings names a part, whatever its words are.
 */
function metricHeadings(headings: readonly Heading[]): MetricOf {
  const parents = new Map<string, Set<Heading | undefined>>();
  const open: Heading[] = [];
  for (const it of headings) {
    while ((open.at(-1)?.level ?? 0) >= it.level) open.pop();
    const key = it.text.toLowerCase();
    const above = parents.get(key) ?? new Set();
    parents.set(key, above.add(open.at(-1)));
    open.push(it);
  }
  const isSection = (it: Heading): boolean => it.tabId !== undefined || sectionWords.test(it.text) || (parents.get(it.text.toLowerCase())?.size ?? 0) > 1;
  const title = headings.find((it) => !isSection(it));
  return (path) => path.findLast((it) => !isSection(it)) ?? path.findLast((it) => it.tabId === undefined && !sectionWords.test(it.text)) ?? title;
}

/** A block ends where the metric or the tab changes, and where DAX or an element of a kind begins that it has already. */
function joinParts(parts: readonly Part[], metricOf: MetricOf): readonly MetricBlock[] {
  const blocks: MetricBlock[] = [];
  let group: Part[] = [];
  let heading: Heading | undefined;
  const finish = (): void => {
    const block = blockOf(group, heading);
    if (block !== undefined) blocks.push(block);
    group = [];
  };
  for (const part of parts) {
    const named = metricOf(part.headingPath);
    const [first] = group;
    if (first !== undefined && (named !== heading || first.tabId !== part.tabId || sameTab(first, part) || repeats(group, part))) finish();
    heading = named;
    group.push(part);
  }
  finish();
  return blocks;
}

/** Two tabs with one id under one heading are two tabs. */
const sameTab = (a: Part, b: Part): boolean => a.tabId !== undefined && a.headingPath.find((it) => it.tabId !== undefined) !== b.headingPath.find((it) => it.tabId !== undefined);

function repeats(group: readonly Part[], part: Part): boolean {
  const kinds = new Set(group.flatMap((it) => (it.kind === 'elements' ? it.elements.map((element) => element.kind) : [])));
  if (part.kind === 'elements') return part.elements.some((it) => it.kind !== 'other' && kinds.has(it.kind));
  return kinds.size > 0 && group.some((it) => it.kind === 'fence');
}

function blockOf(group: readonly Part[], heading: Heading | undefined): MetricBlock | undefined {
  const [first] = group;
  if (first === undefined) return undefined;
  return {
    heading, headingPath: first.headingPath, tabId: first.tabId,
    span: { start: first.span.start, end: Math.max(...group.map((it) => it.span.end)) },
    fences: group.flatMap((it) => (it.kind === 'fence' ? { region: it.region, state: stateOf(it.region.text) } : [])),
    elements: group.flatMap((it) => (it.kind === 'elements' ? it.elements : [])),
  };
}

/** Paragraphs that hold a name, a code or a placeholder. */
function proseOf(page: DocumentRegions, source: string, used: ReadonlySet<PageText>, metricOf: MetricOf): readonly PageProse[] {
  return page.texts.flatMap((text): readonly PageProse[] => {
    if (used.has(text)) return [];
    return plainItems(source, text.lines).flatMap((plain): readonly PageProse[] => {
      const state = stateOf(plain.text);
      const item = state === 'placeholder' || /_|\d{5}/.test(plain.text) ? readItem(plain) : undefined;
      if (item === undefined || (state === 'filled' && item.references.length === 0 && item.codes.length === 0)) return [];
      return [{ span: item.span, heading: metricOf(text.headingPath), headingPath: text.headingPath, tabId: text.tabId, state, item }];
    });
  });
}
