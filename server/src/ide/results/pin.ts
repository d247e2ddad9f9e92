/** "Pin this value" and "Pin these rows": values of the grid as `@expect` of the metric, with their groups as filters. */
import { daxLiteral } from '../../expect/literalText.ts';
import { columnText } from '../../workspace/queries.ts';
import { dayOf, monthEnd } from '../days.ts';
import { conditions } from '../preview/filters.ts';
import type { Pin } from '../tests/pin.ts';
import { editsFor, valuesAt } from '../tests/pin.ts';
import { cellOf } from './cells.ts';
import type { PinResultsParams, ResultFilter } from './records.ts';
import type { ResultsContext } from './results.ts';
import { findSubject } from './subject.ts';

/** More tags in one doc comment are read by nobody. */
const mostGroups = 20;

/** @returns undefined where the text has no such metric any more */
export async function pinned(ctx: ResultsContext, { subject, groups }: PinResultsParams): Promise<Pin | undefined> {
  const found = await findSubject(ctx.workspace, subject);
  if (found?.kind !== 'metric') return undefined;
  const { document, region, segment } = found;
  const { item } = segment.segment;
  if (item.kind !== 'measure') return undefined;
  const site = { spot: { document, region, segment, offset: 0 }, item };
  const wanted = groups.slice(0, mostGroups);
  const values = await valuesAt(ctx.workspace, site, (model) => wanted.map((filters) => [...ctx.conditions(model), ...filters.flatMap(conditionsOf)]));
  return editsFor(site, values);
}

/** A filter as a person writes it in `@expect ... where`. */
function conditionsOf({ by, type, value }: ResultFilter): readonly string[] {
  if (by === undefined) return [];
  if (value === null) return [`ISBLANK(${columnText(by)})`];
  const cell = cellOf(value, type);
  if (by.grain !== undefined) {
    const from = dayOf(Number(cell));
    const to = by.grain === 'day' ? from : by.grain === 'month' ? monthEnd(from) : `${from.slice(0, 4)}-12-31`;
    return conditions({ kind: 'dates', table: by.table, column: by.column, from, to }, by);
  }
  // BLANK equals what is empty, unless the comparison is strict.
  const isLikeBlank = cell === '' || cell === false || ((typeof cell === 'number' || typeof cell === 'bigint') && Number(cell) === 0);
  return [`${columnText(by)} ${isLikeBlank ? '==' : '='} ${daxLiteral(cell, type)}`];
}
