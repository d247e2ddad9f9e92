/**
 * What ALLSELECTED brings back: which batches an iterator made, and which stand for the groups of a query.
 *
 * Every iterator leaves the rows it iterates as a filter that does nothing until ALLSELECTED asks for it, a shadow
 * filter context (sqlbi.com/articles/the-definitive-guide-to-allselected). SUMMARIZECOLUMNS has no such rows: there
 * ALLSELECTED takes the filters of the group away (sqlbi.com/articles/allselected-best-practices).
 */
import type { Batch } from './batch.ts';
import type { Rows } from './rows.ts';

export type Shadow =
  /** The rows iterated, told for the contexts of `outer`. */
  | { readonly kind: 'rows'; readonly rows: Rows; readonly outer: Batch }
  /** The groups of a query whose own filters are those of `outer`. */
  | { readonly kind: 'groups'; readonly groups: Batch; readonly outer: Batch }
  /** Rows that are iterated in a way of which no page says what their shadow is. */
  | { readonly kind: 'unclear'; readonly what: string };

const shadows = new WeakMap<Batch, Shadow>();

/** Remembers what stands around the contexts of a batch. */
export function castShadow(batch: Batch, shadow: Shadow): Batch {
  shadows.set(batch, shadow);
  return batch;
}

/** What stands around a batch, innermost first. */
export function shadowsAround(batch: Batch): readonly Shadow[] {
  const found: Shadow[] = [];
  for (let it: Batch | undefined = batch; it !== undefined; it = it.parent) {
    const shadow = shadows.get(it);
    if (shadow !== undefined) found.push(shadow);
  }
  return found;
}
