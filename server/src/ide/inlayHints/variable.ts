/** The value of each variable of a metric at the end of its line, where a person asks for them. */
import { walk } from '../../../../grammar/src/index.ts';
import type { Expression } from '../../../../grammar/src/tree.ts';
import type { Workspace, WorkspaceDocument } from '../../workspace/types.ts';
import { createKept, type Kept, type Waiting } from '../kept.ts';
import { asPlain } from '../markdown.ts';
import type { Preview } from '../preview/preview.ts';
import { previewNote } from '../preview/note.ts';
import { generatedNote } from '../shown.ts';
import { spotAt, toDocument } from '../spot.ts';
import { stepValues, type StepValue } from '../stepValues.ts';
import type { InlayHint } from './hint.ts';
import { behindSign, headLineEnd } from './lineEnd.ts';
import { metricsIn, type DefinedMetric, type MetricReading } from './metrics.ts';

const longestValue = 40;
/** Values of rows or groups in a hint. */
const mostValues = 3;

export interface VariableHints extends Omit<Kept<StepValues>, 'of'> {
  /** @param all of every metric, rather than of those that were asked for */
  hints(document: WorkspaceDocument, all: boolean, wait: Waiting): Promise<readonly InlayHint[]>;
  /**
   * Shows the variables of the metric at an offset, or hides them.
   *
   * @returns undefined where there is no metric with variables
   */
  toggle(document: WorkspaceDocument, offset: number): 'shown' | 'hidden' | undefined;
}

/** By the key of a metric's reading, the variable's name and which of that name it is. */
type StepValues = ReadonlyMap<string, StepValue>;

type Variable = Extract<Expression, { kind: 'var' }>['variables'][number];

export function createVariableHints(workspace: () => Workspace, preview: Preview): VariableHints {
  const kept = createKept<StepValues>();
  /** Keys of metrics by document. */
  const asked = new Map<string, Set<string>>();
  return {
    ...kept,
    async hints(document, all, wait) {
      const keys = asked.get(document.uri);
      if (!all && (keys === undefined || keys.size === 0)) return [];
      const metrics = metricsIn(document).filter((it) => (all || keys?.has(it.key) === true) && variablesOf(it).length > 0);
      if (metrics.length === 0) return [];
      const variant = all ? 'all' : JSON.stringify([...(keys ?? [])]);
      const { value, current } = await kept.of(document.uri, [document, variant], () => computeAll(workspace(), metrics, preview), wait);
      return metrics.flatMap((it) => hintsOf(it, value, current, preview));
    },
    toggle(document, offset) {
      const segment = spotAt(document, offset)?.segment;
      const metric = metricsIn(document).find((it) => it.segment === segment);
      if (metric === undefined || variablesOf(metric).length === 0) return undefined;
      const keys = asked.get(document.uri) ?? new Set<string>();
      asked.set(document.uri, keys);
      if (keys.delete(metric.key)) return 'hidden';
      keys.add(metric.key);
      return 'shown';
    },
    forget(uri) {
      kept.forget(uri);
      asked.delete(uri);
    },
  };
}

function variablesOf({ item }: DefinedMetric): readonly Variable[] {
  const found: Variable[] = [];
  walk(item.body, (it) => {
    if (it.kind === 'var') found.push(...it.variables);
  });
  return found;
}

async function computeAll(workspace: Workspace, metrics: readonly DefinedMetric[], preview: Preview): Promise<StepValues> {
  const found = new Map<string, StepValue>();
  for (const metric of metrics) {
    const variables = variablesOf(metric);
    for (const reading of metric.readings) {
      const values = await stepValues(workspace, preview, reading.reading, metric.segment.segment, variables.map((it) => it.value));
      keysOf(reading, variables).forEach((key, i) => {
        const value = values[i];
        if (value !== undefined) found.set(key, value);
      });
    }
  }
  return found;
}

function keysOf({ key }: MetricReading, variables: readonly Variable[]): readonly string[] {
  const seen = new Map<string, number>();
  return variables.map(({ name }) => {
    const nth = seen.get(name.text) ?? 0;
    seen.set(name.text, nth + 1);
    return `${key}\u0000${name.text}\u0000${String(nth)}`;
  });
}

/** @param current whether the values are those of the text as it is now */
function hintsOf(metric: DefinedMetric, values: StepValues | undefined, current: boolean, preview: Preview): readonly InlayHint[] {
  const { region, segment: { segment } } = metric;
  const variables = variablesOf(metric);
  const keys = metric.readings.map((it) => keysOf(it, variables));
  return variables.flatMap((variable, i): readonly InlayHint[] => {
    const parts = metric.readings.flatMap((reading, k) => {
      const value = values?.get(keys[k]?.[i] ?? '');
      const of = metric.readings.length > 1 ? ` (${asPlain(reading.model.name, 20)})` : '';
      return value === undefined ? [] : [{ label: `${labelOf(value)}${of}`, notes: [generatedNote({ kind: 'value', text: '', ...(value.madeUp.length > 0 ? { madeUp: value.madeUp } : {}) }), previewNote(preview, reading.model)] }];
    });
    if (parts.length === 0) return [];
    const end = headLineEnd(segment, variable.name.span, variable.name.span.end, variable.value.span.end);
    const notes = [...new Set(parts.flatMap((it) => it.notes).filter((it) => it !== undefined && it !== ''))];
    return [{
      offset: toDocument(region, segment, { start: end - 1, end }).end,
      label: `${parts.map((it) => behindSign(segment.text, end, it.label)).join(' · ')}${current ? '' : ' …'}`,
      tooltip: notes.length === 0 ? undefined : notes.join('\n\n'),
      kind: 'variable',
    }];
  });
}

function labelOf({ values, contexts, kind, madeUp }: StepValue): string {
  const shown = values.slice(0, mostValues).map((it) => asPlain(it, longestValue)).join(', ');
  const many = contexts === 1 ? '' : `${contexts > mostValues && kind === 'values' ? ', …' : ''} in ${contexts.toLocaleString('en-US')} ${kind === 'values' ? 'rows or groups' : 'contexts'}`;
  return `= ${shown}${many}${madeUp.length === 0 ? '' : ' (generated)'}`;
}
