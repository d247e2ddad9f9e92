/** Codes that no row of the sample has: a filter on them keeps nothing there. */
import { spanToDocument } from '../base/offsetMap.ts';
import type { Span } from '../base/spans.ts';
import { codeOf } from '../analysis/bind/codes.ts';
import type { CodeUse } from '../analysis/bound.ts';
import { finding } from '../findings/registry.ts';
import type { Model } from '../model/model.ts';
import type { QueryResult } from '../plan/plan.ts';
import { columnText } from './queries.ts';
import type { LocatedFinding, ModelView } from './types.ts';
import type { DocumentView } from './views.ts';

export interface SampleCodes {
  /** Findings as far as the values are known; `onLate` is called once when more became known. */
  known(document: DocumentView, onLate: () => void): readonly LocatedFinding[];
  /** Findings with all values, which are evaluated first where they are not known. */
  all(document: DocumentView): Promise<readonly LocatedFinding[]>;
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

/** @param idle resolves when there is time for work that nobody waits for */
export function createSampleCodes(
  evaluate: (view: ModelView, query: string) => Promise<QueryResult | undefined>, idle: () => Promise<void>,
): SampleCodes {
  let models = new WeakMap<Model, Map<string, Column>>();
  /** The column of each literal that was looked at: after an edit nearly all are the same ones. */
  let columns = new WeakMap<CodeUse, Column>();

  const columnOf = (view: ModelView, use: CodeUse, ready: () => Promise<void>): Column => {
    let column = columns.get(use);
    if (column === undefined) columns.set(use, (column = columnNamed(view, columnText({ table: use.table.name, column: use.column.name }), ready)));
    return column;
  };
  const columnNamed = (view: ModelView, text: string, ready: () => Promise<void>): Column => {
    let its = models.get(view.model);
    if (its === undefined) models.set(view.model, (its = new Map<string, Column>()));
    const known = its.get(text);
    if (known !== undefined) return known;
    const entry: Column = { pending: ready().then(() => evaluate(view, `EVALUATE VALUES(${text})`)).then(heldBy), held: undefined, isKnown: false };
    its.set(text, entry);
    void entry.pending.then((it) => {
      entry.held = it;
      entry.isKnown = true;
    });
    return entry;
  };
  const found = (document: DocumentView, columns: Set<Column>, ready: () => Promise<void>): readonly LocatedFinding[] => {
    const findings: LocatedFinding[] = [];
    eachUse(document, (view, use, place) => {
      const its = columnOf(view, use, ready);
      columns.add(its);
      if (its.held === undefined || its.held.has(use.code) || use.option === undefined) return;
      const column = columnText({ table: use.table.name, column: use.column.name });
      findings.push({ ...finding('code-not-in-sample', { code: use.code, column, label: use.option.label }, place()), model: view.name });
    });
    return findings;
  };

  return {
    known(document, onLate) {
      const columns = new Set<Column>();
      const findings = found(document, columns, idle);
      const late = [...columns].filter((it) => !it.isKnown);
      if (late.length > 0) void Promise.all(late.map((it) => it.pending)).then(onLate);
      return findings;
    },
    async all(document) {
      const columns = new Set<Column>();
      found(document, columns, atOnce);
      await Promise.all([...columns].map((it) => it.pending));
      return found(document, columns, atOnce);
    },
    forget() {
      models = new WeakMap();
      columns = new WeakMap();
    },
  };
}

const atOnce = (): Promise<void> => Promise.resolve();

/** Known codes that are compared with the rows of a table that has any of its own. */
function eachUse({ regions }: DocumentView, act: (view: ModelView, use: CodeUse, place: () => Span) => void): void {
  for (const { region, parts, models } of regions) {
    for (const { view, bounds } of models) {
      if (view === undefined) continue;
      bounds.forEach(({ bound }, i) => {
        const uses = compared(bound.codes);
        if (uses.length === 0) return;
        const start = parts[i]?.start ?? 0;
        for (const use of uses) act(view, use, () => spanToDocument(region.map, { start: start + use.span.start, end: start + use.span.end }));
      });
    }
  }
}

const comparedOf = new WeakMap<readonly CodeUse[], readonly CodeUse[]>();

function compared(codes: readonly CodeUse[]): readonly CodeUse[] {
  if (codes.length === 0) return codes;
  let its = comparedOf.get(codes);
  if (its === undefined) comparedOf.set(codes, (its = codes.filter(isCompared)));
  return its;
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
