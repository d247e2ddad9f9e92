/** The metrics that a document defines, each with the models in which it has a value, and a key that outlasts edits. */
import type { MeasureSymbol } from '../../analysis/bound.ts';
import { measuresIn, type WrittenMeasure } from '../../workspace/measures.ts';
import type { ModelView, Reading, WorkspaceDocument } from '../../workspace/types.ts';

export interface DefinedMetric extends WrittenMeasure {
  /** Name and which of several of that name. */
  readonly key: string;
  readonly readings: readonly MetricReading[];
}

export interface MetricReading {
  /** Model, name and which of several of that name: it stays when the text around the definition changes. */
  readonly key: string;
  readonly reading: Reading;
  readonly model: ModelView;
  readonly symbol: MeasureSymbol;
}

/** Those that are written out, in order of the text. */
export function metricsIn(document: WorkspaceDocument): readonly DefinedMetric[] {
  const found: DefinedMetric[] = [];
  const seen = new Map<string, number>();
  const keyOf = (name: string): string => {
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    return `${name}\u0000${String(nth)}`;
  };
  for (const measure of measuresIn(document)) {
    if (measure.item.body.kind === 'missing') continue;
    const readings = measure.segment.readings.flatMap((it) => (it.model === undefined || it.symbol === undefined
      ? [] : [{ key: keyOf(`${it.model.name}\u0000${it.symbol.name}`), reading: it, model: it.model, symbol: it.symbol }]));
    if (readings.length > 0) found.push({ ...measure, key: keyOf(measure.item.name), readings });
  }
  return found;
}
