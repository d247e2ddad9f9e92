/** Codes that no row of the sample has: a filter on them keeps nothing there. */
import { spanToDocument } from '../base/offsetMap.ts';
import { codeOf } from '../analysis/bind/codes.ts';
import type { CodeUse } from '../analysis/bound.ts';
import { finding } from '../findings/registry.ts';
import type { Model } from '../model/model.ts';
import type { QueryResult } from '../plan/plan.ts';
import { columnText } from './queries.ts';
import type { LocatedFinding, ModelView, WorkspaceDocument } from './types.ts';

export interface SampleCodes {
  /** Findings as far as the values are known; `onLate` is called once when more became known. */
  known(document: WorkspaceDocument, onLate: () => void): readonly LocatedFinding[];
  /** Findings with all values, which are evaluated first where they are not known. */
  all(document: WorkspaceDocument): Promise<readonly LocatedFinding[]>;
  /** Data changed: nothing is known any more. */
  forget(): void;
}

/** Codes of a column that its rows hold; undefined where the column has no rows, or they cannot be had. */
type Held = ReadonlySet<string> | undefined;

interface Column {
  readonly pending: Promise<Held>;
  held: Held;
  isKnown: boolean;
}

export function createSampleCodes(evaluate: (view: ModelView, query: string) => Promise<QueryResult | undefined>): SampleCodes {
  let models = new WeakMap<Model, Map<string, Column>>();

  const columnOf = (view: ModelView, { table, column }: CodeUse): Column => {
    let columns = models.get(view.model);
    if (columns === undefined) models.set(view.model, (columns = new Map<string, Column>()));
    const text = columnText({ table: table.name, column: column.name });
    const known = columns.get(text);
    if (known !== undefined) return known;
    const entry: Column = { pending: evaluate(view, `EVALUATE VALUES(${text})`).then(heldBy), held: undefined, isKnown: false };
    columns.set(text, entry);
    void entry.pending.then((it) => {
      entry.held = it;
      entry.isKnown = true;
    });
    return entry;
  };
  const columnsOf = (document: WorkspaceDocument): readonly Column[] => [...new Set(usesOf(document).map(({ view, use }) => columnOf(view, use)))];
  const found = (document: WorkspaceDocument): readonly LocatedFinding[] =>
    usesOf(document).flatMap(({ view, use, at }): readonly LocatedFinding[] => {
      const { held } = columnOf(view, use);
      if (held === undefined || held.has(use.code) || use.option === undefined) return [];
      const column = columnText({ table: use.table.name, column: use.column.name });
      return [{ ...finding('code-not-in-sample', { code: use.code, column, label: use.option.label }, at), model: view.name }];
    });

  return {
    known(document, onLate) {
      const late = columnsOf(document).filter((it) => !it.isKnown);
      if (late.length > 0) void Promise.all(late.map((it) => it.pending)).then(onLate);
      return found(document);
    },
    async all(document) {
      await Promise.all(columnsOf(document).map((it) => it.pending));
      return found(document);
    },
    forget() {
      models = new WeakMap();
    },
  };
}

/** Known codes that are compared with the rows of a table that has any of its own. */
function usesOf({ regions }: WorkspaceDocument): readonly { readonly view: ModelView; readonly use: CodeUse; readonly at: LocatedFinding['span'] }[] {
  return regions.flatMap(({ region, segments }) =>
    segments.flatMap(({ segment, readings }) =>
      readings.flatMap(({ model: view, bound }) =>
        view === undefined ? [] : bound.codes.filter(isCompared).map((use) => ({
          view, use, at: spanToDocument(region.map, { start: segment.start + use.span.start, end: segment.start + use.span.end }),
        })))));
}

const isCompared = ({ how, option, column, table }: CodeUse): boolean =>
  how === 'equal' && option !== undefined && !column.multiSelect && table.source.kind !== 'none';

function heldBy(result: QueryResult | undefined): Held {
  const [column] = result?.kind === 'table' ? result.columns : [];
  if (column === undefined || column.cells.length === 0) return undefined;
  const codes = new Set<string>();
  for (const it of column.cells) {
    if (typeof it === 'string') codes.add(codeOf(it.trim()));
    else if (typeof it === 'number' || typeof it === 'bigint') codes.add(String(it));
  }
  // A column that is BLANK throughout tells of no code whether it may occur.
  return codes.size === 0 ? undefined : codes;
}
