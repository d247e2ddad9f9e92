/** Proposals out of the model and the text: tables, columns, metrics, variables. */
import { quoteColumn, quoteTable } from '../../../../grammar/src/index.ts';
import { columnsOfDefinedTable } from '../../analysis/index.ts';
import type { StaticColumn } from '../../analysis/bound.ts';
import { nameKey, type Column, type Table } from '../../model/model.ts';
import type { TableFacts } from '../../plan/database.ts';
import type { ModelView } from '../../workspace/types.ts';
import { functionNamed } from '../../functions/index.ts';
import type { Call, Expression } from '../../../../grammar/src/tree.ts';
import { callsIn } from '../calls.ts';
import { columnOfName } from '../columnNames.ts';
import { asPlain } from '../markdown.ts';
import { parameterOf } from '../parameters.ts';
import { parameterAt, type CompletionContext } from './context.ts';
import { fitsType } from './functions.ts';
import type { Proposal } from './item.ts';

/** Every table; in quotes where it needs them, or where a quote was typed. */
export function tables(ctx: CompletionContext, quoted: boolean, rank: number): readonly Proposal[] {
  const model = ctx.reading.model?.model;
  const proposal = (name: string): Proposal => {
    const newText = quoted ? `'${name.replaceAll("'", "''")}'` : quoteTable(name);
    return { label: shown(name), kind: 'table', newText, filterText: newText, rank };
  };
  const { item } = ctx.spot.segment.segment;
  const own = item.kind === 'query' ? item.definitions.filter((it) => it.kind === 'tableDefinition') : [];
  const defined = new Map([...ctx.reading.defined.tables.values(), ...own].map((it) => [nameKey(it.name), it.name]));
  const declared = model === undefined ? [] : [...model.tables.values()].map((it): Proposal =>
    ({ ...proposal(it.name), key: { kind: 'table', modelUri: model.uri, table: it.name } }));
  return [...declared, ...[...defined.values()].map(proposal)];
}

/** Columns that text gives a table: one that it defines, or one of the model. */
export function definedColumns({ reading, spot }: CompletionContext, table: string): readonly Proposal[] {
  const { segment } = spot.segment;
  const { model, measures, defined: { functions, tables: definedTables, columns } } = reading;
  const its = columnsOfDefinedTable(table, segment, { model: model?.model, measures, functions, tables: definedTables, columns });
  if (its.length > 0) {
    return its.map((it) => ({ label: shown(it.name), kind: 'column', newText: quoteColumn(it.name), rank: 1, ...(it.type === undefined ? {} : { detail: it.type }) }));
  }
  const { item } = segment;
  const own = item.kind === 'query' ? item.definitions.filter((it) => it.kind === 'columnDefinition') : [];
  const all = [...[...reading.defined.columns.values()].map((it) => it.definition), ...own].filter((it) => nameKey(it.table.text) === nameKey(table));
  return all.map((it) => ({ label: shown(it.name), kind: 'column', newText: quoteColumn(it.name), rank: 1 }));
}

/**
 * The columns of a table.
 *
 * @param allFacts what the data tell; columns that are declared nowhere are among them
 */
export function columnsOf(ctx: CompletionContext, table: Table, allFacts: readonly TableFacts[]): readonly Proposal[] {
  const { model } = ctx.reading;
  if (model === undefined) return [];
  const wanted = parameterAt(ctx)?.type;
  const facts = allFacts.find((it) => nameKey(it.table) === nameKey(table.name));
  const names = new Map([...table.columns.values()].map((it) => [nameKey(it.name), it.name]));
  for (const it of facts?.columns ?? []) if (!names.has(nameKey(it.name))) names.set(nameKey(it.name), it.name);
  return [...names].map(([key, name]) => {
    const type = facts?.columns.find((it) => nameKey(it.name) === key)?.type;
    const column = table.columns.get(key);
    const known = column?.type ?? (type === 'blank' || type === 'variant' ? undefined : type);
    return columnProposal(model, table, name, column, quoteColumn(name), fitsType(wanted, known) ? 1 : 1.5, type);
  });
}

/**
 * Every declared column, with its table.
 *
 * @param rankOf where it stands among the proposals
 */
export function allColumns(ctx: CompletionContext, rankOf: (table: Table, column: Column) => number): readonly Proposal[] {
  const { model } = ctx.reading;
  if (model === undefined) return [];
  return [...model.model.tables.values()].flatMap((table) =>
    [...table.columns.values()].map((it) => columnProposal(model, table, it.name, it, `${quoteTable(table.name)}${quoteColumn(it.name)}`, rankOf(table, it))),
  );
}

/** Which columns of the model have a value in the row contexts around the cursor. */
export function inRowContext(ctx: CompletionContext): (table: Table, column: Column) => boolean {
  const keyOf = (table: string, column: string): string => `${nameKey(table)}\u0000${nameKey(column)}`;
  // What has another name in the rows is not had by its own.
  const found = new Set(rowTypes(ctx).flatMap((columns) => columns.flatMap((it) => columnOfName(it.name) ?? []).map((it) => keyOf(it.table, it.column))));
  return (table, column) => found.has(keyOf(table.name, column.name));
}

function columnProposal(
  model: ModelView, table: Table, name: string, column: Column | undefined, newText: string, rank: number, found?: string,
): Proposal {
  const type = column?.type ?? (found === 'blank' ? undefined : found);
  const detail = [type, column?.choice].filter((it) => it !== undefined).join(' · ');
  return {
    label: shown(newText.startsWith('[') ? name : newText), kind: 'column', newText, filterText: newText,
    rank: column?.hidden === true ? rank + 4 : rank,
    ...(detail === '' ? {} : { detail }),
    ...(column?.deprecated === true ? { deprecated: true } : {}),
    key: { kind: 'column', modelUri: model.model.uri, table: table.name, column: name },
  };
}

/** Every metric that the text can see, but the one whose definition the cursor is in. */
export function measures(ctx: CompletionContext, rank: number): readonly Proposal[] {
  return [...ctx.reading.measures.values()].filter((it) => it !== ctx.reading.symbol).map((it) => {
    const newText = quoteColumn(it.name);
    return {
      label: shown(it.name), kind: 'measure', newText, filterText: newText, rank,
      ...(it.format === undefined ? {} : { detail: asPlain(it.format, 40) }),
      key: { kind: 'measure', uri: it.uri, name: it.name },
    };
  });
}

/** Columns of the row contexts around the cursor, as they may be written without a table. */
export function rowColumns(ctx: CompletionContext, rank: number): readonly Proposal[] {
  const found = new Map<string, Proposal>();
  for (const columns of rowTypes(ctx)) {
    for (const it of columns) {
      const { table, column: name } = columnOfName(it.name) ?? { table: '', column: it.name };
      const newText = quoteColumn(name);
      const of = table === '' ? it.lineage?.table : table;
      found.set(nameKey(name), { label: shown(name), kind: 'column', newText, filterText: newText, rank, ...(of === undefined ? {} : { detail: shown(of) }) });
    }
  }
  return [...found.values()];
}

/** The columns of each row context around the cursor, outermost first. */
function rowTypes({ cursor, spot, reading }: CompletionContext): readonly (readonly StaticColumn[])[] {
  const { segment } = spot.segment;
  const at = cursor.offset - segment.start;
  return callsIn(segment.item).flatMap((call) => {
    const rows = rowsOf(call, at);
    const type = rows === undefined ? undefined : reading.bound.typeOf(rows);
    return type?.kind === 'table' ? [type.columns ?? []] : [];
  });
}

/** The table argument whose rows are the row context of the argument at an offset. */
function rowsOf(call: Call, offset: number): Expression | undefined {
  if (offset <= call.open.start || (call.close !== undefined && offset > call.close.start)) return undefined;
  const spec = functionNamed(call.name);
  if (spec === undefined) return undefined;
  const argument = call.commas.filter((it) => it.end <= offset).length;
  const of = parameterOf(spec, call.args, argument).parameter?.rowContextOf;
  const rows = of === undefined ? undefined : call.args.find((_, i) => parameterOf(spec, call.args, i).parameter?.name === of);
  return rows === undefined || rows.kind === 'omitted' ? undefined : rows;
}

/** Variables and parameters in scope. */
export const variables = (ctx: CompletionContext, rank: number): readonly Proposal[] =>
  [...new Set([...ctx.statement.names, ...ctx.cursor.variables])].map((it) => ({ label: it, kind: 'variable', newText: it, rank }));

const shown = (name: string): string => asPlain(name, 120);
