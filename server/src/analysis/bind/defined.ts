/**
 * Tables and columns that text defines, as tables and columns of the model: every check and every row context then
 * treats them as what the model file declares.
 *
 * Their columns and types are inferred when something asks for them, and once for each set of names.
 */
import { nameKey, type Column, type Model, type Place, type Table } from '../../model/model.ts';
import type { DefinedColumn, DefinedTable, ExtensionTarget, Target } from '../bound.ts';
import { findTable, isOpaque, shapeOf, tellsWhetherOpaque, type Names } from '../scope.ts';
import { addedColumn, dataTypeOf, type Owner, type ShapeColumn, type TableShape } from '../shapes.ts';
import { scalarTypeOf } from '../types.ts';
import { createContext, emptyEnv, withRow } from './context.ts';
import { bindExpression } from './expressions.ts';
import { following, lazily } from './lazily.ts';

/** What a column that text defines comes from. */
type Origin =
  | { readonly kind: 'column'; readonly column: DefinedColumn }
  | { readonly kind: 'table'; readonly table: DefinedTable; readonly column: ShapeColumn };

const tableOrigins = new WeakMap<Table, DefinedTable>();
const columnOrigins = new WeakMap<Column, Origin>();

/** What a reference to a table leads to. */
export function tableTarget(table: Table): Target {
  const defined = tableOrigins.get(table);
  return defined === undefined ? { kind: 'table', table } : { kind: 'definedTable', table: defined };
}

/** What a reference to a column leads to. */
export function columnTarget(table: Table, column: Column): Target {
  const origin = columnOrigins.get(column);
  switch (origin?.kind) {
    case undefined: return { kind: 'column', table, column };
    case 'column': return { kind: 'definedColumn', column: origin.column };
    case 'table': return extensionTarget(column.name, origin.column.definition, origin.column.owner ?? origin.table);
  }
}

/** What a reference to a column leads to that an expression added. */
export function extensionTarget(
  name: string, definition: ExtensionTarget['definition'], owner: Owner | undefined, column?: ExtensionTarget['column'],
): ExtensionTarget {
  // What a query defines for itself stands in its own segment.
  const isElsewhere = definition !== undefined && owner !== undefined && owner.uri !== '';
  return { kind: 'extension', name, definition, ...(isElsewhere ? { owner } : {}), ...(column === undefined ? {} : { column }) };
}

interface Known {
  readonly names: Names;
  readonly model: Model;
}

const known = new WeakMap<Names['measures'], Known[]>();

/** Sets of names that are remembered for each set of metrics. */
const most = 8;

/** Names in which what text defines is part of the model. */
export function withDefinitions(names: Names): Names {
  if (names.queryTables.size + names.queryColumns.size === 0) return names;
  let entries = known.get(names.measures);
  if (entries === undefined) known.set(names.measures, (entries = []));
  let entry = entries.find((it) => sameNames(it.names, names));
  if (entry === undefined) {
    if (entries.length >= most) entries.shift();
    entries.push((entry = { names, model: extended(names) }));
  }
  return { ...names, model: entry.model, queryTables: new Map(), queryColumns: new Map() };
}

const sameNames = (a: Names, b: Names): boolean =>
  a.model === b.model && a.inferredTypes === b.inferredTypes && a.queryTables === b.queryTables && a.queryColumns === b.queryColumns
  && a.functions === b.functions;

function extended(names: Names): Model {
  const tables = new Map(names.model?.tables);
  const result: Model = { ...(names.model ?? noModel), tables };
  const inside: Names = { ...names, model: result, queryTables: new Map(), queryColumns: new Map(), homeTable: undefined };
  for (const [key, it] of names.queryTables) tables.set(key, tableOf(it, inside));
  for (const [key, columns] of byTable(names.queryColumns.values())) {
    const table = tables.get(key);
    if (table !== undefined) tables.set(key, withColumns(table, columns, inside));
  }
  return result;
}

/** What text defines leads somewhere even where no model is known. */
const noModel: Model = {
  name: '', uri: '', place: { uri: '', span: { start: 0, end: 0 } }, tables: new Map(), relationships: [], choices: new Map(),
  publicMetrics: new Set(), files: [],
};

function tableOf(it: DefinedTable, names: Names): Table {
  const shape = lazily((): TableShape | undefined => {
    const type = bindExpression(createContext(it.segment, true), it.definition.body, emptyEnv(names));
    return type.kind === 'table' ? type.shape : undefined;
  });
  const place = placeOf(it);
  const columns = following(shape, (its) => {
    const map = new Map<string, Column>();
    for (const column of [...(its?.columns ?? []), ...densified(it)]) {
      const key = nameKey(column.column);
      if (map.has(key)) continue;
      const made = madeColumn(column.column, place, () => column.type, choiceOf(column, names));
      columnOrigins.set(made, { kind: 'table', table: it, column });
      map.set(key, made);
    }
    return map;
  });
  const table: Table = {
    name: it.name, place, description: undefined, source: { kind: 'none' }, hidden: false, dateColumn: undefined,
    get columns() { return columns(); },
  };
  tableOrigins.set(table, it);
  tellsWhetherOpaque(table, () => shape()?.columns === undefined);
  return table;
}

/** The column that tells rows put in by a visual shape from others. */
function densified({ definition }: DefinedTable): readonly ShapeColumn[] {
  const name = definition.shape?.densify;
  return name?.kind === 'string' ? [addedColumn(name.value, 'boolean', name.span)] : [];
}

/** The choice whose codes a column holds that comes from a column of the model as it is. */
function choiceOf({ lineage }: ShapeColumn, names: Names): string | undefined {
  const column = lineage === undefined ? undefined : findTable(names, lineage.table)?.columns.get(nameKey(lineage.column));
  return column?.multiSelect === true ? undefined : column?.choice;
}

function byTable(columns: Iterable<DefinedColumn>): ReadonlyMap<string, readonly DefinedColumn[]> {
  const found = new Map<string, DefinedColumn[]>();
  for (const it of columns) {
    const key = nameKey(it.definition.table.text);
    const list = found.get(key);
    if (list === undefined) found.set(key, [it]);
    else list.push(it);
  }
  return found;
}

function withColumns(table: Table, columns: readonly DefinedColumn[], names: Names): Table {
  const added = columns.map((it): readonly [string, Column] => [nameKey(it.name), columnOf(table, it, names)]);
  const all = following(() => table.columns, (its = table.columns) => new Map([...its, ...added]));
  const { name, place, description, source, hidden, dateColumn, unsupported } = table;
  const made: Table = {
    name, place, description, source, hidden, dateColumn, ...(unsupported === undefined ? {} : { unsupported }),
    get columns() { return all(); },
  };
  const origin = tableOrigins.get(table);
  if (origin !== undefined) {
    tableOrigins.set(made, origin);
    tellsWhetherOpaque(made, () => isOpaque(table));
  }
  return made;
}

function columnOf(table: Table, it: DefinedColumn, names: Names): Column {
  const type = lazily(() => {
    const own = findTable(names, table.name);
    const env = emptyEnv(names);
    const inRow = own === undefined ? env : withRow(env, shapeOf(names, own));
    return scalarTypeOf(bindExpression(createContext(it.segment, true), it.definition.body, inRow));
  });
  const column = madeColumn(it.name, placeOf(it), () => type() ?? 'unknown', undefined);
  columnOrigins.set(column, { kind: 'column', column: it });
  return column;
}

const placeOf = (it: DefinedTable | DefinedColumn): Place => ({ uri: it.uri, span: it.definition.nameSpan });

export function madeColumn(name: string, place: Place, typeOf: () => ShapeColumn['type'], choice: string | undefined): Column {
  return {
    name, place, description: undefined, typePlace: undefined, key: false, choice, choicePlace: undefined, multiSelect: false,
    dataverse: undefined, expression: undefined, sortBy: undefined, hidden: false, deprecated: false,
    get type() {
      return dataTypeOf(typeOf());
    },
  };
}
