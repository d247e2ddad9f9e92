/** The formats of `eval`: tables for people, JSON and CSV for programs. */
import { csvCell, csvText, jsonCell } from '../../formats/cells.ts';
import { errorText, reasonText } from '../../formats/outcomes.ts';
import { formatCell } from '../../formats/values.ts';
import type { QueryResult } from '../../plan/plan.ts';
import type { Cell, ValueType } from '../../plan/values.ts';
import type { Evaluated } from '../../workspace/index.ts';
import { rangeOf, type ReportRange } from './checkReport.ts';
import { paint, plain, textTable } from './terminal.ts';
import { traceEntries } from './traceFormats.ts';

export type EvalFormat = 'table' | 'json' | 'csv';

export function formatEval(format: EvalFormat, results: readonly Evaluated[], colours: boolean): string {
  switch (format) {
    case 'table':
      return forPeople(results, colours);
    case 'json':
      return JSON.stringify({ results: results.map(entry) }, undefined, 2);
    case 'csv':
      return results.map(csv).join('\n\n');
  }
}

function entry(it: Evaluated): object {
  const head = { name: it.name, model: it.model ?? null };
  // Told only where it is so, as the tables that have no source.
  const made = it.madeUp.length === 0 ? {} : { generated: it.madeUp };
  const how = { ...made, ...(it.trace === undefined ? {} : { trace: traceEntries(it.trace) }) };
  const { outcome } = it;
  switch (outcome.kind) {
    case 'table':
      return {
        ...head,
        columns: outcome.columns.map((column) => column.name),
        types: outcome.columns.map((column) => column.type),
        rows: rowsOf(outcome, (cell, type) => jsonCell(cell, type)),
        ...how,
      };
    case 'error':
      return { ...head, error: { id: outcome.error.id, message: errorText(outcome.error), range: rangeOfEntry(it) }, ...how };
    case 'notEvaluated':
      return { ...head, notEvaluated: { id: outcome.reason.id, message: reasonText(outcome.reason), range: rangeOfEntry(it) }, ...how };
  }
}

const rangeOfEntry = (it: Evaluated): ReportRange => rangeOf(it.place.lines, it.place.span);

function csv(it: Evaluated): string {
  const { outcome } = it;
  if (outcome.kind !== 'table') return `${csvText(it.name)}\n${csvText(sentence(outcome))}`;
  const head = outcome.columns.map((column) => csvText(column.name)).join(',');
  return [head, ...rowsOf(outcome, csvCell).map((row) => row.join(','))].join('\n');
}

/** Metrics without a breakdown stand together, one a line; every other result is a table of its own. */
function forPeople(results: readonly Evaluated[], colours: boolean): string {
  const p = paint(colours);
  const blocks: string[] = [];
  let lone: string[][] = [];
  const flush = (): void => {
    if (lone.length > 0) blocks.push(textTable(['Metric', 'Value', 'Model'], lone, [false, true, false]));
    lone = [];
  };
  for (const it of results) {
    const { outcome } = it;
    if (outcome.kind !== 'table') {
      lone.push([it.name, sentence(outcome), it.model ?? '']);
    } else if (outcome.columns.length === 1 && outcome.rowCount === 1) {
      const column = outcome.columns[0];
      lone.push([it.name, column === undefined ? '' : `${shown(column.cells[0] ?? null, column.type, it.format)}${mark(it)}`, it.model ?? '']);
    } else {
      flush();
      blocks.push(`${p.bold(plain(it.name))}${it.model === undefined ? '' : p.dim(` (${plain(it.model)})`)}${mark(it)}\n${tableOf(outcome, it.format)}`);
    }
  }
  flush();
  return blocks.join('\n\n');
}

/** Values that come from made-up rows say so. */
const mark = ({ madeUp }: Evaluated): string => (madeUp.length === 0 ? '' : ' (generated)');

function tableOf(outcome: Extract<QueryResult, { readonly kind: 'table' }>, format: string | undefined): string {
  const last = outcome.columns.length - 1;
  const rows = outcome.columns.map((column, i) =>
    column.cells.map((cell) => shown(cell, column.type, i === last ? format : undefined)),
  );
  const lines = Array.from({ length: outcome.rowCount }, (_, r) => rows.map((column) => column[r] ?? ''));
  return textTable(outcome.columns.map((it) => it.name), lines, outcome.columns.map((it) => numeric.has(it.type)));
}

const numeric: ReadonlySet<ValueType> = new Set<ValueType>(['int64', 'double', 'decimal']);

const shown = (cell: Cell, type: ValueType, format: string | undefined): string => formatCell(cell, type, format, 'en-US');

function sentence(outcome: Exclude<QueryResult, { readonly kind: 'table' }>): string {
  return outcome.kind === 'error' ? `error: ${errorText(outcome.error)}` : `not evaluated: ${reasonText(outcome.reason)}`;
}

function rowsOf<T>(outcome: Extract<QueryResult, { readonly kind: 'table' }>, write: (cell: Cell, type: ValueType) => T): T[][] {
  return Array.from({ length: outcome.rowCount }, (_, r) => outcome.columns.map((it) => write(it.cells[r] ?? null, it.type)));
}
