/** The value of each metric at the end of the line on which its definition begins; beside it the saved one, where it was another. */
import { madeUpIn } from '../../workspace/madeUp.ts';
import type { ModelView, Workspace, WorkspaceDocument } from '../../workspace/types.ts';
import { createKept, type Kept, type Waiting } from '../kept.ts';
import { asPlain, asText } from '../markdown.ts';
import { previewNote } from '../preview/note.ts';
import { noPreview, type Preview } from '../preview/preview.ts';
import type { SavedMetrics } from '../saved.ts';
import { generatedNote, marked, savedNote, scalarShown, type Shown } from '../shown.ts';
import { toDocument } from '../spot.ts';
import { metricRequest, styleOf } from '../values.ts';
import type { InlayHint } from './hint.ts';
import { behindSign, headLineEnd } from './lineEnd.ts';
import { metricsIn, type DefinedMetric, type MetricReading } from './metrics.ts';

const longestValue = 60;

export interface ValueHints extends Omit<Kept<Values>, 'of'> {
  /**
   * Hints for all metrics of a document. Values that are not there when patience ends keep their last text with ` …`.
   *
   * @param saved where values are compared with those before the edit
   */
  hints(document: WorkspaceDocument, wait: Waiting, saved?: SavedMetrics): Promise<readonly InlayHint[]>;
}

/** A value, and the one that is saved where it is another. */
interface Compared {
  readonly now: Shown;
  readonly saved: Shown | undefined;
}

/** By key of the metric's reading. */
type Values = ReadonlyMap<string, Compared>;

/** @param preview filters that the values obey */
export function createValueHints(workspace: () => Workspace, preview: Preview = noPreview): ValueHints {
  const kept = createKept<Values>();
  return {
    ...kept,
    async hints(document, wait, saved) {
      const metrics = metricsIn(document);
      if (metrics.length === 0) return [];
      const compute = async (): Promise<Values> => computeAll(workspace(), metrics, preview, (await saved?.of(document.uri)) ?? new Map<string, MetricReading>());
      const { value, current } = await kept.of(document.uri, [document, saved], compute, wait);
      return metrics.map((metric) => hintOf(metric, value, current, preview));
    },
  };
}

/** One job for each model. */
async function computeAll(workspace: Workspace, metrics: readonly DefinedMetric[], preview: Preview, saved: ReadonlyMap<string, MetricReading>): Promise<Values> {
  const byModel = new Map<ModelView, MetricReading[]>();
  for (const it of metrics.flatMap((metric) => metric.readings)) {
    const list = byModel.get(it.model);
    if (list === undefined) byModel.set(it.model, [it]);
    else list.push(it);
  }
  const values = new Map<string, Compared>();
  await Promise.all([...byModel].map(async ([model, list]) => {
    const before = list.flatMap((it) => saved.get(it.key) ?? []);
    const [now, then] = [await shownIn(workspace, model, list, preview), await shownIn(workspace, model, before, preview)];
    for (const [key, shown] of now) {
      const old = then.get(key);
      values.set(key, { now: shown, saved: savedNote(shown, old) === undefined ? undefined : old });
    }
  }));
  return values;
}

async function shownIn(workspace: Workspace, model: ModelView, list: readonly MetricReading[], preview: Preview): Promise<ReadonlyMap<string, Shown>> {
  const where = preview.filters(model);
  const requests = list.map((it) => metricRequest(it.reading, model, it.symbol, { where }));
  const results = list.length === 0 ? [] : await workspace.evaluate(model, requests);
  return new Map(list.flatMap((it, i) => {
    const request = requests[i];
    return request === undefined ? [] : [[it.key, marked(scalarShown(results[i], styleOf(model, it.symbol)), madeUpIn(model, request))] as const];
  }));
}

/** @param current whether the values are those of the text as it is now */
function hintOf(metric: DefinedMetric, values: Values | undefined, current: boolean, preview: Preview): InlayHint {
  const several = metric.readings.length > 1;
  const parts = metric.readings.map((it) => {
    const known = values?.get(it.key);
    const of = several ? ` (${asPlain(it.model.name, 20)})` : '';
    return { label: `${labelOf(known, current)}${of}`, reason: known === undefined ? undefined : reasonOf(known.now, of) };
  });
  const known = parts.some((it) => it.label !== '=');
  const notes = new Set(metric.readings.map((it) => previewNote(preview, it.model)).filter((it) => it !== ''));
  const reasons = [...parts.map((it) => it.reason).filter((it) => it !== undefined), ...notes];
  const { region, segment: { segment }, item } = metric;
  const end = headLineEnd(segment, item.nameSpan, item.assign?.end ?? item.nameSpan.end);
  const label = (known ? parts : [{ label: '=' }]).map((it) => behindSign(segment.text, end, it.label)).join(' · ');
  return {
    offset: toDocument(region, segment, { start: end - 1, end }).end,
    label: current ? label : `${label} …`.trimStart(),
    tooltip: reasons.length === 0 ? undefined : reasons.join('\n\n'),
    kind: 'value',
  };
}

function labelOf(known: Compared | undefined, computed: boolean): string {
  switch (known?.now.kind) {
    case undefined: return computed ? '= ?' : '=';
    case 'value': {
      const saved = savedNote(known.now, known.saved);
      return `= ${asPlain(known.now.text, longestValue)}${known.now.madeUp === undefined ? '' : ' (generated)'}${saved === undefined ? '' : ` (${asPlain(saved, longestValue)})`}`;
    }
    case 'error': return '= error';
    case 'notEvaluated': return '= ?';
  }
}

function reasonOf(shown: Shown, of: string): string | undefined {
  switch (shown.kind) {
    case 'value': return generatedNote(shown);
    case 'error': return `Error: ${asText(shown.text)}${of}`;
    case 'notEvaluated': return `Not evaluated: ${asText(shown.text)}${of}`;
  }
}
