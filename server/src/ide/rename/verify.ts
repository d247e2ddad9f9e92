/** Whether everything means the same after a renaming: texts are read and bound again as they would be, and compared. */
import { positionAt } from '../../base/spans.ts';
import { fileName } from '../../base/uri.ts';
import { expressionsOf, walk } from '../../../../grammar/src/index.ts';
import type { Expression } from '../../../../grammar/src/tree.ts';
import type { Reference, StaticType } from '../../analysis/bound.ts';
import type { Finding } from '../../findings/finding.ts';
import { keyOf, keys } from '../../workspace/occurrences.ts';
import { currentReference, tagNames } from '../../workspace/tagReadings.ts';
import { modelKey, type Standing } from '../../workspace/symbols.ts';
import type { PreviewedTexts, Reading, RegionView, SegmentView, Workspace, WorkspaceDocument } from '../../workspace/types.ts';
import { toDocument } from '../spot.ts';
import { keyAfter } from './keys.ts';
import type { Refusal } from './refusals.ts';

export interface Renaming {
  readonly name: string;
  /** Keys of what is renamed, as a place has them. */
  readonly keysAt: (place: Standing) => readonly string[];
}

/**
 * @param uris files in which something could change: those with edits, and those that write the new name already
 * @returns the first place that would mean something else
 */
export async function verify(before: Workspace, after: PreviewedTexts, renaming: Renaming, uris: readonly string[]): Promise<Refusal | undefined> {
  for (const uri of uris) {
    const old = await before.document(uri);
    const now = await after.document(uri);
    if (old === undefined) continue;
    const refusal = now === undefined ? unwritable(renaming, uri) : compareDocuments(old, now, renaming);
    if (refusal !== undefined) return refusal;
  }
  return compareModels(before, after, renaming);
}

const unwritable = ({ name }: Renaming, uri: string): Refusal => ({ why: 'unwritable', name, file: fileName(uri) });

function compareDocuments(old: WorkspaceDocument, now: WorkspaceDocument, renaming: Renaming): Refusal | undefined {
  const lost = unwritable(renaming, old.uri);
  if (old.regions.length !== now.regions.length) return lost;
  for (const [r, region] of old.regions.entries()) {
    const other = now.regions[r];
    if (other === undefined || region.segments.length !== other.segments.length) return lost;
    for (const [s, segment] of region.segments.entries()) {
      const its = other.segments[s];
      if (its === undefined || its.segment.item.kind !== segment.segment.item.kind) return lost;
      if (its.segment.problems.length > segment.segment.problems.length) return lost;
      for (const [i, reading] of segment.readings.entries()) {
        const its2 = its.readings[i];
        if (its2 === undefined) return lost;
        const refusal = compareReadings({ document: old, region, segment, reading }, its, its2, renaming);
        if (refusal !== undefined) return refusal;
      }
    }
  }
  return undefined;
}

function compareReadings(place: Standing, segment: SegmentView, reading: Reading, renaming: Renaming): Refusal | undefined {
  const renamed = renaming.keysAt(place);
  const { text } = place.segment.segment;
  const isTouched = segment.segment.text !== text || text.toLowerCase().includes(renaming.name.toLowerCase());
  const old = namesOf(place.segment, place.reading, isTouched);
  const now = namesOf(segment, reading, isTouched);
  const meant = meanings(old).map((it) => keyAfter(it, renamed, renaming.name));
  const means = meanings(now);
  for (const [i, it] of old.entries()) {
    if (meant[i] === means[i] || isMended(it, place.reading, means[i], renaming, renamed)) continue;
    return changes(place, it);
  }
  const other = isTouched ? otherType(place.reading, reading) : undefined;
  if (other !== undefined) return changes(place, other);
  const isMore = now.length > old.length || hasMoreFindings(place.reading.bound.findings, reading.bound.findings);
  return isMore ? changes(place, old[0] ?? place.segment.segment.item) : undefined;
}

interface Name extends Pick<Reference, 'span'> {
  readonly reference: Reference | undefined;
  readonly key: string | undefined;
}

/**
 * Names of the code and of the tags, in the order in which they are read.
 *
 * @param isTouched whether the text names the thing: tags without it mean what they meant, columns of columns may not
 */
function namesOf({ segment }: SegmentView, reading: Reading, isTouched: boolean): readonly Name[] {
  const tags = isTouched ? tagNames(segment.item, reading) : { references: [], others: [] };
  const all = [...reading.bound.references, ...tags.references.map((it) => currentReference(it, reading))];
  return [
    ...all.map((it): Name => ({ span: it.span, reference: it, key: keyOf(it.target) })),
    ...tags.others.map((it): Name => ({ span: it.span, reference: undefined, key: keys.measureOf(it.model, it.metric) })),
  ];
}

/** What each name leads to. What stands in the segment itself is told by its place among the names. */
function meanings(names: readonly Name[]): readonly string[] {
  const places = new Map(names.map((it, i) => [it.span.start, i]));
  return names.map(({ key, reference }) => {
    if (key === undefined) {
      const target = reference?.target;
      return target?.kind === 'function' ? `=${target.spec.name}` : target?.kind === 'word' ? `=${target.word}` : '?';
    }
    const [kind = '', at = ''] = key.split('\u0000');
    const isPlace = kind === 'x' || (kind === 'l' && /^\d+$/.test(at));
    return isPlace ? `#${String(places.get(Number(at)) ?? -1)}` : key;
  });
}

/** A name that is told as unknown, and leads to what is renamed afterwards. */
function isMended(it: Name, reading: Reading, means: string | undefined, { name }: Renaming, renamed: readonly string[]): boolean {
  if (it.reference?.target.kind !== 'unresolved' || means === undefined) return false;
  return renamed.some((key) => keyAfter(key, renamed, name) === means)
    && reading.bound.findings.some(({ span, category }) => category === 'reference' && span.start <= it.span.start && it.span.end <= span.end);
}

/**
 * An expression of another type: a metric and a column of the row may share the new name; a join by common names may
 * have other columns.
 */
function otherType(old: Reading, now: Reading): Expression | undefined {
  const others = expressionsIn(now);
  // The innermost stands last of those inside one another.
  return expressionsIn(old).findLast((it, i) => {
    const other = others[i];
    return other !== undefined && typeWord(old.bound.typeOf(it)) !== typeWord(now.bound.typeOf(other));
  });
}

function expressionsIn({ bound }: Reading): readonly Expression[] {
  const found: Expression[] = [];
  for (const expression of expressionsOf(bound.segment.item)) walk(expression, (it) => void found.push(it));
  return found;
}

function typeWord(it: StaticType): string {
  switch (it.kind) {
    case 'scalar': return it.type;
    case 'table': return `${String(it.columns?.length)} columns`;
    case 'unknown': return it.kind;
  }
}

function hasMoreFindings(old: readonly Finding[], now: readonly Finding[]): boolean {
  const counts = new Map<string, number>();
  for (const it of old) counts.set(it.rule, (counts.get(it.rule) ?? 0) + 1);
  return now.some((it) => {
    const left = (counts.get(it.rule) ?? 0) - 1;
    counts.set(it.rule, left);
    return left < 0;
  });
}

function changes({ document, region, segment }: Pick<Standing, 'document' | 'region' | 'segment'> & { readonly region: RegionView }, it: Pick<Name, 'span'>): Refusal {
  const at = toDocument(region, segment.segment, it.span);
  const text = segment.segment.text.slice(it.span.start, it.span.end).replace(/\s+/g, ' ');
  return {
    why: 'changes',
    text: text.length > 60 ? `${text.slice(0, 59)}…` : text,
    file: fileName(document.uri),
    line: positionAt(document.lines, at.start).line + 1,
  };
}

/** Model files still declare as much as before. */
async function compareModels(before: Workspace, after: PreviewedTexts, renaming: Renaming): Promise<Refusal | undefined> {
  const now = new Map((await after.models()).map((it) => [modelKey(it), it]));
  for (const it of await before.models()) {
    const other = now.get(modelKey(it));
    if (other === it) continue;
    const same = other !== undefined
      && other.model.relationships.length === it.model.relationships.length
      && [...other.model.tables.values()].map((table) => table.columns.size).join() === [...it.model.tables.values()].map((table) => table.columns.size).join();
    if (!same) return unwritable(renaming, it.model.uri);
  }
  return undefined;
}
