/** The value of each metric at the end of the line on which its definition begins. */
import type { MeasureDefinition, Segment } from '../../../../grammar/src/tree.ts';
import type { MeasureSymbol } from '../../analysis/bound.ts';
import { madeUpIn } from '../../workspace/madeUp.ts';
import type { ModelView, Reading, Workspace, WorkspaceDocument } from '../../workspace/types.ts';
import { asPlain, asText } from '../markdown.ts';
import { previewNote } from '../preview/note.ts';
import { noPreview, type Preview } from '../preview/preview.ts';
import { generatedNote, marked, scalarShown, type Shown } from '../shown.ts';
import { toDocument } from '../spot.ts';
import { metricRequest, styleOf } from '../values.ts';
import type { InlayHint } from './hint.ts';

const longestValue = 60;

/** Values of documents, kept while they are being computed anew. */
export interface ValueHints {
  /**
   * Hints for all metrics of a document. Values that are not there when patience ends keep their last text with ` …`;
   * `onLate` is called once they are.
   */
  hints(document: WorkspaceDocument, patience: () => Promise<void>, onLate: () => void): Promise<readonly InlayHint[]>;
  /** Data or other files changed: values are computed anew when they are next asked for. */
  invalidate(): void;
  forget(uri: string): void;
  /** Work under way, or undefined. */
  computing(): Promise<unknown> | undefined;
}

/** A definition with the models in which it has a value. */
interface Metric {
  readonly offset: number;
  readonly readings: readonly MetricReading[];
}

interface MetricReading {
  /** Model, name and which of several of that name: it stays when the text around the definition changes. */
  readonly key: string;
  readonly reading: Reading;
  readonly model: ModelView;
  readonly symbol: MeasureSymbol;
}

/** By key of the metric's reading. */
type Values = ReadonlyMap<string, Shown>;

interface Kept {
  /** The analysed text that the values are being computed for. */
  document: WorkspaceDocument;
  generation: number;
  computing: Promise<Values>;
  /** Set when `computing` has ended. */
  values: Values | undefined;
  /** The values shown last, for as long as newer ones are not there. */
  last: Values;
}

/** @param preview filters that the values obey */
export function createValueHints(workspace: () => Workspace, preview: Preview = noPreview): ValueHints {
  const kept = new Map<string, Kept>();
  let generation = 0;

  const follow = (document: WorkspaceDocument, metrics: readonly Metric[]): Kept => {
    const known = kept.get(document.uri);
    if (known !== undefined && known.document === document && known.generation === generation) return known;
    const it: Kept = {
      document,
      generation,
      values: undefined,
      last: known?.values ?? known?.last ?? new Map<string, Shown>(),
      computing: computeAll(workspace(), metrics, preview),
    };
    it.computing.then((values) => { it.values = values; }, () => { it.values = new Map<string, Shown>(); });
    kept.set(document.uri, it);
    return it;
  };

  return {
    async hints(document, patience, onLate) {
      const metrics = metricsOf(document);
      if (metrics.length === 0) return [];
      const it = follow(document, metrics);
      if (it.values === undefined) await Promise.race([it.computing.catch(() => undefined), patience()]);
      if (it.values === undefined) it.computing.then(onLate, () => undefined);
      return metrics.map((metric) => hintOf(metric, it.values, it.last, preview));
    },
    invalidate: () => void generation++,
    forget: (uri) => void kept.delete(uri),
    computing() {
      const open = [...kept.values()].filter((it) => it.values === undefined);
      return open.length === 0 ? undefined : Promise.allSettled(open.map((it) => it.computing));
    },
  };
}

function metricsOf(document: WorkspaceDocument): readonly Metric[] {
  const found: Metric[] = [];
  const seen = new Map<string, number>();
  const keyOf = (model: ModelView, symbol: MeasureSymbol): string => {
    const name = `${model.name}\u0000${symbol.name}`;
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    return `${name}\u0000${nth}`;
  };
  for (const region of document.regions) {
    for (const segment of region.segments) {
      const { item } = segment.segment;
      if (item.kind !== 'measure' || item.body.kind === 'missing') continue;
      const readings = segment.readings.flatMap((it) =>
        it.model === undefined || it.symbol === undefined ? [] : [{ key: keyOf(it.model, it.symbol), reading: it, model: it.model, symbol: it.symbol }]);
      const end = headLineEnd(segment.segment, item);
      if (readings.length > 0) found.push({ offset: toDocument(region, segment.segment, { start: end - 1, end }).end, readings });
    }
  }
  return found;
}

/** One job for each model. */
async function computeAll(workspace: Workspace, metrics: readonly Metric[], preview: Preview): Promise<Values> {
  const byModel = new Map<ModelView, MetricReading[]>();
  for (const it of metrics.flatMap((metric) => metric.readings)) {
    const list = byModel.get(it.model);
    if (list === undefined) byModel.set(it.model, [it]);
    else list.push(it);
  }
  const values = new Map<string, Shown>();
  await Promise.all([...byModel].map(async ([model, list]) => {
    const where = preview.filters(model);
    const requests = list.map((it) => metricRequest(it.reading, model, it.symbol, { where }));
    const results = await workspace.evaluate(model, requests);
    list.forEach((it, i) => {
      const request = requests[i];
      if (request !== undefined) values.set(it.key, marked(scalarShown(results[i], styleOf(model, it.symbol)), madeUpIn(model, request)));
    });
  }));
  return values;
}

function hintOf(metric: Metric, values: Values | undefined, last: Values, preview: Preview): InlayHint {
  const several = metric.readings.length > 1;
  const parts = metric.readings.map((it) => {
    const shown = (values ?? last).get(it.key);
    const of = several ? ` (${asPlain(it.model.name, 20)})` : '';
    return { label: `${labelOf(shown, values !== undefined)}${of}`, reason: shown === undefined ? undefined : shown.kind === 'value' ? generatedNote(shown) : `${reasonOf(shown)}${of}` };
  });
  const known = parts.some((it) => it.label !== '=');
  const notes = metric.readings.map((it) => previewNote(preview, it.model).trim()).filter((it) => it !== '');
  const reasons = [...parts.map((it) => it.reason).filter((it) => it !== undefined), ...new Set(notes)];
  const label = known ? parts.map((it) => it.label).join(' · ') : '=';
  return {
    offset: metric.offset,
    label: values === undefined ? `${label} …` : label,
    tooltip: reasons.length === 0 ? undefined : reasons.join('\n\n'),
    kind: 'value',
  };
}

function labelOf(shown: Shown | undefined, computed: boolean): string {
  switch (shown?.kind) {
    case undefined: return computed ? '= ?' : '=';
    case 'value': return `= ${asPlain(shown.text, longestValue)}${shown.madeUp === undefined ? '' : ' (generated)'}`;
    case 'error': return '= error';
    case 'notEvaluated': return '= ?';
  }
}

const reasonOf = (shown: Shown): string =>
  shown.kind === 'error' ? `Error: ${asText(shown.text)}` : `Not evaluated: ${asText(shown.text)}`;

/** End of the last token on the line on which the definition's name stands; comments are no tokens. */
function headLineEnd(segment: Segment, item: MeasureDefinition): number {
  const { text } = segment;
  const from = item.assign?.end ?? item.nameSpan.end;
  const lineBreak = text.slice(item.nameSpan.start).search(/[\r\n]/);
  let end = Math.max(from, lineBreak < 0 ? text.length : item.nameSpan.start + lineBreak);
  // A comment that reaches the end of the line is left behind, and then the one before it.
  for (const comment of [...segment.comments].reverse()) {
    if (comment.start < from || comment.start >= end) continue;
    if (comment.end >= end || text.slice(comment.end, end).trim() === '') end = comment.start;
  }
  return Math.max(from, item.nameSpan.start + text.slice(item.nameSpan.start, end).trimEnd().length);
}
