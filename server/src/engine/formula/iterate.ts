/** Row contexts: one evaluation context for each row of a relation, and the way back to the contexts it belongs to. */
import type { RowId } from '../../plan/plan.ts';
import type { Uses } from './uses.ts';
import { dependsOnlyOn } from './uses.ts';
import { batchOf, type Context } from './batch.ts';
import type { Job } from './job.ts';
import { ownedRows, type Rows } from './rows.ts';
import { castShadow } from './shadows.ts';

/** What a context costs while an expression is evaluated in it, by and large. */
const BYTES_PER_CONTEXT = 160;

/** Contexts over the rows of a relation; `rows` has owners unless all contexts share rows and results. */
export interface Iteration {
  readonly context: Context;
  readonly rows: Rows;
}

/**
 * Opens row context `id` over `rows`. When the rows are the same for all contexts and what is to be evaluated reads
 * nothing but the row, one evaluation a row serves all contexts.
 */
export function iterate(job: Job, outer: Context, rows: Rows, id: RowId, reads: Uses): Iteration {
  const { batch } = outer;
  const alone = rows.owners === undefined && dependsOnlyOn(reads, [id]);
  if (alone) {
    const inner = batchOf(rows.set.length, [], undefined, undefined, false, batch.relationships);
    return { context: { ...outer, batch: inner, scope: bind(outer, id, rows, inner) }, rows };
  }
  job.budget.reserveRows(rows.owners === undefined ? rows.set.length * batch.size : rows.set.length, BYTES_PER_CONTEXT);
  const owned = ownedRows(rows, batch.size);
  const inner = castShadow(batchOf(owned.set.length, batch.filters, batch, owned.owners), { kind: 'rows', rows, outer: batch });
  const shownRows = rows.owners === undefined && batch.size === 1 ? rows : owned;
  return { context: { ...outer, batch: inner, scope: bind(outer, id, owned, inner) }, rows: shownRows };
}

const bind = (outer: Context, id: RowId, rows: Rows, batch: Context['batch']): Context['scope'] => ({
  kind: 'row', id, binding: { batch, set: rows.set, index: undefined }, outer: outer.scope,
});
