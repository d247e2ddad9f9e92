/** What results can be shown of: the metric or query at a place, and how it is found again after edits. */
import type { MeasureSymbol } from '../../analysis/bound.ts';
import { nameKey } from '../../model/model.ts';
import { entriesOf, type NamedQuery } from '../../workspace/evaluated.ts';
import type { ModelView, Reading, RegionView, SegmentView, Workspace, WorkspaceDocument } from '../../workspace/types.ts';
import { openSpotAt } from '../spot.ts';
import type { ResultSubject } from './records.ts';

/** A subject in the text as it is now. */
export type Found = FoundMetric | FoundQuery;

interface FoundAt {
  readonly document: WorkspaceDocument;
  readonly region: RegionView;
  readonly segment: SegmentView;
  readonly reading: Reading;
  readonly model: ModelView;
}

export interface FoundMetric extends FoundAt {
  readonly kind: 'metric';
  readonly symbol: MeasureSymbol;
}

export interface FoundQuery extends FoundAt {
  readonly kind: 'query';
  readonly entry: NamedQuery;
  /** Which of the document's queries it is, or of its expressions, from 1; left out where it is the only one. */
  readonly number?: number;
}

/** The subjects at an offset, one for each model that reads the text; none where it is in no metric, query or expression. */
export async function subjectsAt(workspace: Workspace, uri: string, offset: number): Promise<readonly ResultSubject[]> {
  const document = await workspace.document(uri);
  const spot = document === undefined ? undefined : openSpotAt(document, offset);
  if (document === undefined || spot === undefined) return [];
  const nearest = new Map<string, { readonly subject: ResultSubject; readonly distance: number }>();
  for (const { subject, found } of subjectsIn(document)) {
    if (found.segment !== spot.segment) continue;
    const { start, end } = found.kind === 'query' ? found.entry.whole : { start: 0, end: Infinity };
    // Of several EVALUATEs the one at the offset, else the next; behind the last one, the last.
    const distance = spot.offset < start ? start - spot.offset : spot.offset > end ? (spot.offset - end) * 1_000_000 : 0;
    const best = nearest.get(subject.model);
    if (best === undefined || distance < best.distance) nearest.set(subject.model, { subject, distance });
  }
  return [...nearest.values()].map((it) => it.subject);
}

/** @returns undefined where the text has no such metric or query any more */
export async function findSubject(workspace: Workspace, subject: ResultSubject): Promise<Found | undefined> {
  const document = await workspace.document(subject.uri);
  if (document === undefined) return undefined;
  const same = subjectsIn(document).filter(({ subject: it }) => it.kind === subject.kind && nameKey(it.model) === nameKey(subject.model)
    && (it.kind === 'query' || (subject.kind === 'metric' && nameKey(it.name) === nameKey(subject.name))));
  // The last of several is taken where there are fewer than before.
  const found = (same.find((it) => it.subject.ordinal === subject.ordinal) ?? same.at(-1))?.found;
  if (found?.kind !== 'query') return found;
  const alike = same.flatMap(({ found: it }) => (it.kind === 'query' && it.entry.name === found.entry.name ? [it] : []));
  return alike.length === 1 ? found : { ...found, number: alike.indexOf(found) + 1 };
}

/** What a document has results of, in order. */
export function subjectsIn(document: WorkspaceDocument): readonly { readonly subject: ResultSubject; readonly found: Found }[] {
  const all: { readonly subject: ResultSubject; readonly found: Found }[] = [];
  const counts = new Map<string, number>();
  const next = (key: string): number => {
    const ordinal = counts.get(key) ?? 0;
    counts.set(key, ordinal + 1);
    return ordinal;
  };
  for (const region of document.regions) {
    if (region.region.kind === 'yaml') continue;
    for (const segment of region.segments) {
      for (const reading of segment.readings) {
        const { model, symbol } = reading;
        if (model === undefined) continue;
        const at = { document, region, segment, reading, model };
        const of = { uri: document.uri, model: model.name };
        if (symbol !== undefined && segment.segment.item.kind === 'measure') {
          const ordinal = next(`metric\u0000${nameKey(model.name)}\u0000${nameKey(symbol.name)}`);
          all.push({ subject: { kind: 'metric', ...of, name: symbol.name, ordinal }, found: { kind: 'metric', ...at, symbol } });
          continue;
        }
        if (segment.segment.item.kind === 'measure') continue;
        for (const entry of entriesOf(segment.segment, { by: [], where: [] }, reading)) {
          all.push({ subject: { kind: 'query', ...of, ordinal: next(`query\u0000${nameKey(model.name)}`) }, found: { kind: 'query', ...at, entry } });
        }
      }
    }
  }
  return all;
}
