/** Values of metrics: the one way in which hovers and hints ask the workspace for them. */
import { nameKey } from '../model/model.ts';
import type { MeasureSymbol } from '../analysis/bound.ts';
import type { ColumnRef } from '../plan/plan.ts';
import { measureText, metricQuery } from '../workspace/queries.ts';
import type { EvaluationRequest, ModelView, Reading } from '../workspace/types.ts';
import type { Style } from './shown.ts';

/** Name of the value's column in the queries made here. */
export const valueColumn = 'Value';

/** How a metric is looked at: by which columns, in which filters. */
export interface Look {
  readonly by?: readonly ColumnRef[];
  /** DAX filter arguments: those of the preview, for a value that is shown while writing. */
  readonly where?: readonly string[];
}

/**
 * The request for a metric's value, or for its values by columns, as the reading's text means it: the metrics of its
 * page and tab hide those of the model.
 */
export function metricRequest(reading: Pick<Reading, 'measures' | 'defined'>, model: ModelView, symbol: MeasureSymbol, look: Look = {}): EvaluationRequest {
  const query = metricQuery({ expression: measureText(symbol.name), name: valueColumn, ...look });
  const key = nameKey(symbol.name);
  const defined = reading.defined === model.defined ? {} : { defined: reading.defined };
  if (reading.measures.get(key) !== symbol) return { query, measures: new Map(reading.measures).set(key, symbol), ...defined };
  return reading.measures === model.measures ? { query, ...defined } : { query, measures: reading.measures, ...defined };
}

/** A page that documents a metric of the model shows it in the model's format, unless it says one. */
export const styleOf = (model: ModelView, symbol: MeasureSymbol): Style =>
  ({ format: symbol.format ?? documented(model, symbol)?.format, culture: model.project.culture });

/** The model's own definition of the metric's name. */
export const documented = (model: ModelView, symbol: MeasureSymbol): MeasureSymbol | undefined =>
  model.measures.get(nameKey(symbol.name));
