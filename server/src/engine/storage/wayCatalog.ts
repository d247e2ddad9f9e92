/** What the formula engine must know of relationships. */
import type { Catalog } from '../../plan/scan.ts';
import type { Relationships } from './relationships.ts';

export const waysOf = (relationships: Relationships): Pick<Catalog, 'expanded' | 'leadsOver' | 'meetsPartners' | 'sources' | 'inflows'> => ({
  expanded: (table, inUse, crossed) => relationships.using(inUse).expanded(table, crossed),
  leadsOver(from, over, to, inUse) {
    const route = relationships.using(inUse).route(from, to);
    return !('id' in route) && route.length > 0 && (from === over || route.slice(0, -1).some((it) => it.one.table === over));
  },
  meetsPartners(from, to, inUse) {
    const route = relationships.using(inUse).route(from, to);
    return 'id' in route || route.some((it) => it.isOneToOne);
  },
  sources: (table, inUse) => relationships.using(inUse).sources(table),
  inflows: (root, filtered, inUse, crossed) => relationships.using(inUse).inflows(root, filtered, crossed),
});
