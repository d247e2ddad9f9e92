/** What went wrong with the rows of a model, at the place in the model file that names them. */
import type { Finding } from '../findings/finding.ts';
import { finding, type FindingId, type FindingParams } from '../findings/registry.ts';
import { nameKey, type Place } from '../model/model.ts';
import type { DataFault } from '../plan/database.ts';
import type { Opened } from './databases.ts';
import type { LocatedFinding, ModelView } from './types.ts';

/** Faults of tables that this very file declares; those of an extended model are reported there. */
export function dataFindings(view: ModelView, { faults }: Opened): readonly LocatedFinding[] {
  return faults.flatMap((it): readonly LocatedFinding[] => {
    const place = placeOf(view, it);
    return place?.uri === view.model.uri ? [{ ...faultFinding(it, place), model: view.name }] : [];
  });
}

function placeOf(view: ModelView, fault: DataFault): Place | undefined {
  const table = view.model.tables.get(nameKey(fault.table));
  if (table === undefined) return undefined;
  const column = fault.column === undefined ? undefined : table.columns.get(nameKey(fault.column));
  if (fault.rule === 'data-column-missing' || fault.rule === 'model-type-mismatch') return column?.place ?? table.place;
  if (fault.rule === 'data-cell-type') return column?.typePlace ?? column?.place ?? table.place;
  return table.source.kind === 'none' ? table.place : table.source.place;
}

/** The engine names the rule and its words; the registry's types cannot follow them over the worker's border. */
const faultFinding = (it: DataFault, place: Place): Finding =>
  finding(it.rule as FindingId, it.params as FindingParams<FindingId>, place.span);
