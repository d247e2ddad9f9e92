/** The metrics that a document defines, each with the models in which it has a value, and a key that outlasts edits. */
import type { MeasureDefinition } from '../../../../grammar/src/tree.ts';
import type { MeasureSymbol } from '../../analysis/bound.ts';
import type { ModelView, Reading, RegionView, SegmentView, WorkspaceDocument } from '../../workspace/types.ts';

export interface DefinedMetric {
  /** Name and which of several of that name. */
  readonly key: string;
  readonly region: RegionView;
  readonly segment: SegmentView;
  readonly item: MeasureDefinition;
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
  for (const region of document.regions) {
    for (const segment of region.segments) {
      const { item } = segment.segment;
      if (item.kind !== 'measure' || item.body.kind === 'missing') continue;
      const readings = segment.readings.flatMap((it) => (it.model === undefined || it.symbol === undefined
        ? [] : [{ key: keyOf(`${it.model.name}\u0000${it.symbol.name}`), reading: it, model: it.model, symbol: it.symbol }]));
      if (readings.length > 0) found.push({ key: keyOf(item.name), region, segment, item, readings });
    }
  }
  return found;
}
