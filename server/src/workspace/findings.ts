/** All findings of a document: what analysis found in each model, and what only the whole workspace can tell. */
import { spanToDocument } from '../base/offsetMap.ts';
import type { Span } from '../base/spans.ts';
import type { Region } from '../documents/index.ts';
import { finding } from '../findings/registry.ts';
import type { Finding } from '../findings/finding.ts';
import { allRules, concernsDefinition, suppress } from '../lint/index.ts';
import { sameExpression } from '../../../grammar/src/index.ts';
import type { Segment } from '../../../grammar/src/tree.ts';
import { nameKey } from '../model/model.ts';
import type { Library, RegionModels } from './library.ts';
import { definitionFindings, pageFindings } from './lint.ts';
import type { ParsedDocument } from './pages.ts';
import { crossModelFindings, mayNameOtherModels } from './crossModelFindings.ts';
import { suppressionsOf } from './suppressions.ts';
import type { LocatedFinding, Reading, SegmentView, WorkspaceDocument } from './types.ts';
import { definitionsOf, type FirstDefinition } from './duplicates.ts';
import { definitionPlace, wholeOf, type Around } from './wholes.ts';
import type { DocumentView, RegionParts } from './views.ts';

/** Findings of a document's DAX, in document offsets and order of place. */
export function findingsOf(view: DocumentView, parsed: ParsedDocument, library: Library, around: Around): readonly LocatedFinding[] {
  const { document } = view;
  const found: LocatedFinding[] = [];
  view.regions.forEach((it, i) => {
    const models = view.models[i];
    if (models !== undefined) found.push(...ofModels(it.region, models, document.kind));
    it.parts.forEach((part, index) => {
      // After an edit this is done for each segment anew, of which few have a finding.
      if (it.isSilent(index) && !mayConcern(it, index, document.kind, library, around)) return;
      const segment = it.segmentOf(part, index);
      const place = placer(it.region, part);
      // One by one: a segment may have more findings than a call has room for.
      for (const one of ofReadings(segment)) found.push(place(one));
      for (const one of ofSegment(segment, document.kind, library)) found.push(place(one));
      for (const reading of segment.readings) {
        for (const one of definitionFindings(it.region, reading, library, around)) found.push(place({ ...one, model: reading.model?.name }));
      }
    });
  });
  for (const it of pageFindings(view, parsed, library, around)) found.push({ ...it, model: undefined });
  return found;
}

/** Whether more than the segment itself may tell something of it: what stands twice, has drifted, or is alone in the model. */
function mayConcern({ parts, models }: RegionParts, index: number, kind: string, library: Library, around: Around): boolean {
  const part = parts[index];
  if (kind === 'markdown' || part?.item.kind !== 'measure' || mayNameOtherModels(part)) return true;
  for (const { view, symbols } of models) {
    const symbol = symbols[index];
    if (view === undefined || symbol === undefined) continue;
    if (library.duplicates.has(symbol) || concernsDefinition(symbol, wholeOf(view, library, around))) return true;
  }
  return false;
}

/** Applies the project's severities, drops what is switched off there or in a comment, and puts the rest in order of place. */
export function withSeverities(found: readonly LocatedFinding[], document: WorkspaceDocument, { regions }: ParsedDocument): readonly LocatedFinding[] {
  const { rules } = document.project;
  const isOff = (rule: string): boolean => rules.get(rule) === 'off';
  const { kept: open, about } = suppress(found.filter((it) => !isOff(it.rule)), suppressionsOf(document, regions), document, allRules, (it) => isOff(it) || lateRules.has(it));
  const all = [...open, ...about.filter((it) => !isOff(it.rule)).map((it): LocatedFinding => ({ ...it, model: undefined }))];
  const kept = all.map((it): LocatedFinding => {
    const severity = rules.get(it.rule);
    return severity === undefined || severity === 'off' ? it : { ...it, severity };
  });
  const seen = new Set<string>();
  return kept
    .filter((it) => {
      const key = `${it.rule}\u0000${String(it.span.start)}\u0000${String(it.span.end)}\u0000${it.message}`;
      return !seen.has(key) && seen.add(key);
    })
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** Rules whose findings come late, or only where somebody looks for them: that there are none says nothing. */
const lateRules: ReadonlySet<string> = new Set(['expectation-failed']);

const none: readonly Tagged[] = [];

type Tagged = Finding & { readonly model: string | undefined };

/** Segment-relative findings in the document, edits and related places included. */
function placer(region: Region, segment: Segment): (it: Tagged) => LocatedFinding {
  const at = (span: Span): Span =>
    spanToDocument(region.map, { start: segment.start + span.start, end: segment.start + span.end });
  return (it) => ({
    ...it,
    span: at(it.span),
    fixes: it.fixes.map((fix) => ({
      ...fix,
      edits: fix.edits.map((edit) => (edit.uri === undefined ? { ...edit, span: at(edit.span) } : edit)),
    })),
    ...(it.related === undefined
      ? {}
      : { related: it.related.map((place) => (place.uri === undefined ? { ...place, span: at(place.span) } : place)) }),
  });
}

/** What the surroundings of a region leave open. */
function ofModels(region: Region, models: RegionModels, kind: string): readonly LocatedFinding[] {
  const found: LocatedFinding[] = models.lost.map((it) => ({
    ...finding('model-not-found', { model: it.name, known: models.known.join(', ') || 'none' }, it.span ?? head(region)),
    model: undefined,
  }));
  if (models.views.length === 0 && models.lost.length === 0 && region.text.trim() !== '' && kind !== 'model') {
    found.push({ ...finding('model-unknown', {}, head(region)), model: undefined });
  }
  return found;
}

/** The line that opens the fence, else the region's first line. */
function head(region: Region): Span {
  if (region.info.openSpan !== undefined) return region.info.openSpan;
  const end = region.text.search(/[\r\n]/);
  return spanToDocument(region.map, { start: 0, end: end < 0 ? region.text.length : end });
}

/**
 * Findings of a segment over all its models. With several models a reference is wrong only where none resolves it;
 * what some resolve is information.
 */
function ofReadings({ readings }: SegmentView): readonly Tagged[] {
  const [only] = readings;
  if (only === undefined) return none;
  if (readings.length === 1) {
    const lint = only.lint();
    return only.bound.findings.length + lint.length === 0 ? none : [...only.bound.findings, ...lint].map((it) => ({ ...it, model: only.model?.name }));
  }
  const found: Tagged[] = [];
  const place = (it: Finding): string => `${String(it.span.start)}:${String(it.span.end)}`;
  const unresolved = (reading: Reading): ReadonlySet<string> =>
    new Set(reading.bound.findings.filter((it) => it.category === 'reference').map(place));
  const sets = readings.map(unresolved);
  const told = new Set<string>();
  for (const reading of readings) {
    for (const it of [...reading.bound.findings, ...reading.lint()]) {
      const model = reading.model?.name;
      if (it.category !== 'reference') {
        const key = `${it.rule} ${place(it)}`;
        if (!isOfNames(it) || !told.has(key)) found.push({ ...(holdsInAll(it, readings) ? it : { ...it, severity: lowered(it) }), model });
        told.add(key);
        continue;
      }
      const key = place(it);
      if (told.has(key)) continue;
      told.add(key);
      const resolving = readings.filter((_, i) => sets[i]?.has(key) === false).flatMap((other) => other.model?.name ?? []);
      if (resolving.length === 0) found.push({ ...it, model });
      else {
        const name = reading.bound.segment.text.slice(it.span.start, it.span.end);
        found.push({ ...finding('only-in-model', { name, models: resolving.join(', ') }, it.span), model });
      }
    }
  }
  return found;
}

/** Whether every model that resolves what stands there finds the same: what is right in one of them is no error. */
function holdsInAll(it: Finding, readings: readonly Reading[]): boolean {
  if (!isOfNames(it)) return true;
  return readings.every((reading) => {
    const all = [...reading.bound.findings, ...reading.lint()];
    const isFound = all.some((other) => other.rule === it.rule && other.span.start === it.span.start && other.span.end === it.span.end);
    // A model that does not know all the names has no say.
    return isFound || reading.bound.findings.some((other) => other.category === 'reference' && other.severity === 'error');
  });
}

/** Whether a finding depends on what the model says of the names. */
const isOfNames = ({ category }: Finding): boolean => category === 'code' || category === 'type' || category === 'filter';

const lowered = ({ severity }: Finding): Finding['severity'] => (severity === 'hint' ? 'hint' : 'information');

/** Doc tags, definitions that stand twice, and pages that have drifted from the model. */
function ofSegment({ segment, readings }: SegmentView, kind: string, library: Library): readonly Tagged[] {
  const { item } = segment;
  if (item.kind !== 'measure') return ofDefinitions({ segment, readings }, library);
  const found: Tagged[] = [];
  for (const reading of readings) {
    const { symbol, model } = reading;
    if (item.docs !== undefined) {
      for (const it of reading.tags()) found.push({ ...it, model: model?.name });
      if (mayNameOtherModels(segment)) for (const it of crossModelFindings(segment, reading, library.views)) found.push({ ...it, model: model?.name });
    }
    if (symbol === undefined || model === undefined) continue;
    const first = library.duplicates.get(symbol);
    if (first !== undefined) {
      found.push({
        ...finding('duplicate-definition', { name: symbol.name, model: model.name }, item.nameSpan, {
          related: [{ ...definitionPlace(first, library), message: `${first.name} is defined here first.` }],
        }),
        model: model.name,
      });
    }
    if (kind !== 'markdown') continue;
    const defined = model.measures.get(nameKey(symbol.name));
    const drifts = defined !== undefined && segment.problems.length === 0 && !sameExpression(defined.body, symbol.body);
    // A page that refers to a name that does not exist has a fault of its own; that it reads differently is no news.
    const broken = (): boolean => readings.some((it) => [...it.bound.findings, ...it.lint()].some((fault) => fault.severity === 'error'));
    if (drifts && !broken()) {
      found.push({
        ...finding('doc-drift', { name: symbol.name, model: model.name }, item.nameSpan, {
          fixes: [updateFix(segment, item.body.span, defined.segment.text.slice(defined.body.span.start, defined.body.span.end))],
          related: [{ ...definitionPlace(defined, library), message: `${defined.name} in the model.` }],
        }),
        model: model.name,
      });
    }
  }
  return found;
}

/** Functions, tables, columns and metrics of a DEFINE that the model defines elsewhere first. */
function ofDefinitions({ segment, readings }: SegmentView, library: Library): readonly Tagged[] {
  return definitionsOf(segment).flatMap((it) => readings.flatMap(({ model }): readonly Tagged[] => {
    const first = model === undefined ? undefined : library.precededBy(model, it.body);
    if (model === undefined || first === undefined) return [];
    const related = [{ ...placeOfName(first, library), message: `${first.name} is defined here first.` }];
    return [{ ...finding('duplicate-definition', { name: it.name, model: model.name }, it.nameSpan, { related }), model: model.name }];
  }));
}

function placeOfName({ uri, segment, span }: FirstDefinition, library: Library): { readonly uri: string; readonly span: Span } {
  const parsed = library.parsed.get(uri);
  const region = parsed?.regions.regions[parsed.sources.findIndex((it) => it.segments.includes(segment))];
  const moved = { start: segment.start + span.start, end: segment.start + span.end };
  return { uri, span: region === undefined ? moved : spanToDocument(region.map, moved) };
}

const updateFix = (segment: Segment, span: Span, newText: string): Finding['fixes'][number] => ({
  title: 'Update the page from the model',
  edits: [{ span: { start: Math.max(0, span.start), end: Math.min(segment.text.length, span.end) }, newText }],
});
