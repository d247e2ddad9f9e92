/** What went wrong with the rows of a model, at the place in the model file that names them. */
import type { Finding } from '../findings/finding.ts';
import { finding, type FindingId, type FindingParams } from '../findings/registry.ts';
import { errorText, reasonText } from '../formats/outcomes.ts';
import { nameKey, type Place } from '../model/model.ts';
import type { DataFault } from '../plan/database.ts';
import type { LocatedFinding, ModelView, WorkspaceDocument } from './types.ts';

/**
 * Faults of tables that this very file declares; those of an extended model are reported there. One fault is told once:
 * a calculated table or column that merely reads what is faulty itself, or whose DAX has an error of its own, adds nothing.
 */
export function dataFindings(view: ModelView, faults: readonly DataFault[], document: WorkspaceDocument): readonly LocatedFinding[] {
  const spoilt = spoiltIn(document, new Set(faults.map((it) => keyOf(it.table, it.column))));
  return faults.flatMap((it): readonly LocatedFinding[] => {
    // Circles are found in the text, where they can be told at the reference that closes them.
    if (it.rule === 'model-cycle' || spoilt.has(keyOf(it.table, it.column)) || readsFaultySessions(view, it, faults)) return [];
    const place = placeOf(view, it);
    return place?.uri === view.model.uri ? [{ ...faultFinding(it, place), model: view.name }] : [];
  });
}

/** Whether it is the column that tells the session of each row, and the sessions are faulty themselves. */
function readsFaultySessions(view: ModelView, { table, column }: DataFault, faults: readonly DataFault[]): boolean {
  const sessions = column === undefined ? undefined : view.model.tables.get(nameKey(table))?.columns.get(nameKey(column))?.sessionOf?.table;
  return sessions !== undefined && faults.some((it) => nameKey(it.table) === nameKey(sessions) && it.column === undefined);
}

const keyOf = (table: string, column: string | undefined): string => `${nameKey(table)}\u0000${column === undefined ? '' : nameKey(column)}`;

/** What of the document's DAX cannot be had for a reason that is told elsewhere. */
function spoiltIn(document: WorkspaceDocument, faulty: ReadonlySet<string>): ReadonlySet<string> {
  const spoilt = new Set<string>();
  for (const { region, segments } of document.regions) {
    const { defines } = region;
    if (defines?.kind !== 'calculated-table' && defines?.kind !== 'calculated-column' && defines?.kind !== 'session-rule') continue;
    const own = keyOf(defines.table, defines.kind === 'calculated-column' ? defines.column : undefined);
    for (const { bound } of segments.flatMap((it) => it.readings)) {
      const { tables, columns } = bound.dependencies;
      const reads = [...[...tables].map((it) => keyOf(it, undefined)), ...columns, ...[...columns].map((it) => keyOf(it.split('\u0000')[0] ?? '', undefined))];
      const hasError = bound.findings.some((it) => it.severity === 'error');
      if (hasError || reads.some((it) => it !== own && faulty.has(it))) spoilt.add(own);
    }
  }
  return spoilt;
}

function placeOf(view: ModelView, fault: DataFault): Place | undefined {
  const table = view.model.tables.get(nameKey(fault.table));
  if (table === undefined) return undefined;
  const column = fault.column === undefined ? undefined : table.columns.get(nameKey(fault.column));
  if (fault.rule === 'data-column-missing' || fault.rule === 'model-type-mismatch') return column?.place ?? table.place;
  if (fault.rule === 'data-cell-type') return column?.typePlace ?? column?.place ?? table.place;
  if (column?.expression !== undefined) return column.place;
  return table.source.kind === 'none' ? table.place : table.source.place;
}

/** The engine names the rule and its words; the registry's types cannot follow them over the worker's border. */
const faultFinding = ({ rule, params, failure }: DataFault, place: Place): Finding =>
  finding(rule as FindingId, { ...params, ...(failure === undefined ? {} : { problem: failure.cell === 'error' ? errorText(failure) : reasonText(failure.reason) }) } as FindingParams<FindingId>, place.span);
