/**
 * Which facets of a filter meet the rows of a scope themselves.
 *
 * Those of the expanded table do. A filter of several tuples ties its facets together, so that those which come from
 * beyond a relationship must meet rows there that have the others too.
 */
import type { Inflow } from '../../plan/scan.ts';
import { stopped } from '../budget.ts';
import type { FilterItem, ItemFacet } from '../context/items.ts';
import type { Batch } from './batch.ts';
import type { Job } from './job.ts';

export interface Place {
  readonly root: string;
  /** Relationships over which the rows of the scope filter others. */
  readonly crossed: readonly number[];
}

/** The facets of an item that tell rows of the root apart, and no more of them than needed. */
export function reachingFacets(job: Job, item: FilterItem, { root, crossed }: Place, { relationships }: Batch): readonly ItemFacet[] {
  const { catalog } = job.engine;
  const reach = catalog.expanded(root, relationships, crossed);
  const here = item.facets.filter((it) => reach.includes(it.facet.table));
  const reaching = crossed.length === 0 || !isTied(item) || here.length === item.facets.length ? here : [...here, ...tiedFacets(job, item, { root, crossed }, relationships, here)];
  // A row of `by` determines that of `it` when both what is counted and the rows of the filter lead to it over `by`, by the
  // relationships that were in use when they were read. A blank row may stand for many, so one way alone tells nothing.
  const determines = (by: ItemFacet, it: ItemFacet): boolean =>
    by.facet.kind === 'row' && by.base === it.base
    && [root, it.base?.table ?? root].every((from) => catalog.leadsOver(from, by.facet.table, it.facet.table, relationships));
  const determined = (it: ItemFacet): boolean =>
    it.base !== undefined && sameUses(it.base.relationships, relationships) && reaching.some((by) => by.facet.table !== it.facet.table && determines(by, it));
  return reaching.filter((it) => !determined(it));
}

/** Whether facets of an item belong together: with one tuple a context each is a filter of its own. */
const isTied = (item: FilterItem): boolean => item.spread.kind !== 'one' && item.count > 1 && item.facets.length > 1;

/** Facets that the rows here lead to over the relationship that they filter over, for an item that filters them otherwise too. */
function tiedFacets(job: Job, item: FilterItem, { root, crossed }: Place, relationships: Batch['relationships'], here: readonly ItemFacet[]): readonly ItemFacet[] {
  const { catalog } = job.engine;
  const whole = catalog.expanded(root, relationships);
  const beyond = item.facets.filter((it) => !here.includes(it) && whole.includes(it.facet.table));
  if (beyond.length === 0 || (here.length === 0 && inflowsOf(job, item, { root, crossed }, relationships).length === 0)) return [];
  if (beyond.some((it) => catalog.meetsPartners(root, it.facet.table, relationships))) throw tornApart();
  return beyond;
}

/** Raises when tuples of an item would be met in part here and in part by other rows beyond a relationship. */
export function refuseTornTuples(job: Job, items: readonly FilterItem[], place: Place, { relationships }: Batch): void {
  const { catalog } = job.engine;
  for (const item of items) {
    if (!isTied(item)) continue;
    const inflows = inflowsOf(job, item, place, relationships);
    if (inflows.length === 0) continue;
    const reach = catalog.expanded(place.root, relationships, place.crossed);
    const here = item.facets.filter((it) => reach.includes(it.facet.table));
    const [first] = inflows;
    const there = first === undefined ? [] : catalog.expanded(first.from, relationships);
    if (inflows.length > 1 || here.some((it) => !there.includes(it.facet.table))) throw tornApart();
  }
}

function inflowsOf(job: Job, item: FilterItem, { root, crossed }: Place, relationships: Batch['relationships']): readonly Inflow[] {
  const inflows = job.engine.catalog.inflows(root, [...new Set(item.facets.map((it) => it.facet.table))], relationships, crossed);
  return 'id' in inflows ? [] : inflows;
}

const tornApart = (): Error => stopped({ id: 'feature-not-supported', what: 'a filter of rows or combinations that comes over a relationship in part' });

const sameUses = (a: Batch['relationships'], b: Batch['relationships']): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
