/**
 * Tables and columns that text defines, in a query for itself or in a file for its model: names lead to them as to what
 * the model file declares, and each has a plan of its rows or values, made without any filter around it.
 *
 * The columns of a table are those of its lowered expression; they are told when something asks for them.
 */
import { walk } from '../../../../grammar/src/index.ts';
import type { Definition } from '../../../../grammar/src/tree.ts';
import { nameKey, type Column, type DaxText, type Model, type Place, type Table } from '../../model/model.ts';
import type { ColumnSpec, QueryDefinitions, TableSource, TableSpec } from '../../plan/database.ts';
import type { Scalar, VariablePlan } from '../../plan/plan.ts';
import type { Reason } from '../../plan/values.ts';
import { madeColumn } from '../bind/defined.ts';
import type { Defined, DefinedColumn, DefinedTable } from '../bound.ts';
import { shapeOf, type Names } from '../scope.ts';
import {
  addSource, noFeature, openRow, shaped, syntaxError, topEnv, typeError, type LowerContext, type LowerEnv, type Lowered, type LowerVariable,
  type MeasureSpace,
} from './context.ts';
import { lowerRelation } from './relations.ts';
import { lowerScalar, lowerVariable } from './scalars.ts';
import { withFunctions } from './userFunctions.ts';

export interface DefinedSpace {
  readonly space: MeasureSpace;
  /** What the definitions are made of; undefined where there are none. */
  parts(): QueryDefinitions | undefined;
  /** Why nothing can be told as long as these definitions stand. */
  readonly fault: Reason | undefined;
}

/**
 * The names in which what text defines is part of the model.
 *
 * @param queryVariables those of the query that defines it: filled once they are lowered
 */
export function withDefined(names: Names, ctx: LowerContext, queryVariables?: ReadonlyMap<string, LowerVariable>): DefinedSpace {
  const ofQuery = queryVariables === undefined ? {} : { queryVariables };
  const { model, queryTables, queryColumns } = names;
  if (model === undefined || queryTables.size + queryColumns.size === 0) {
    return { space: { names, indices: new Map(), ...ofQuery }, parts: () => undefined, fault: undefined };
  }
  const tables = new Map(model.tables);
  const extended: Model = { ...model, tables };
  // What becomes of the relationships of a table that is hidden no page tells: its name goes on standing for nothing.
  const isHiding = ([key]: readonly [string, DefinedTable]): boolean => model.tables.has(key);
  const hiding = new Map([...queryTables].filter(isHiding));
  const space: MeasureSpace = { names: { ...names, model: extended, queryTables: hiding, queryColumns: new Map() }, indices: new Map(), ...ofQuery };
  const work: Work = { ctx, space };
  const defined = [...queryTables].filter((it) => !isHiding(it)).map(([, it]) => definedTable(it, work));
  for (const it of defined) tables.set(nameKey(it.table.name), it.table);
  const columns = columnsByTable(queryColumns.values());
  for (const [key, its] of columns) {
    const table = tables.get(key);
    if (table !== undefined) tables.set(key, withColumns(table, its));
  }
  return { space, parts: () => partsOf(defined, columns, work), fault: faultOf(model, queryColumns.values()) };
}

interface Work {
  readonly ctx: LowerContext;
  readonly space: MeasureSpace;
}

/** A column in place of one of the model: which of the two metrics and relationships read no page tells. */
function faultOf(model: Model, columns: Iterable<DefinedColumn>): Reason | undefined {
  for (const it of columns) {
    const table = model.tables.get(nameKey(it.definition.table.text));
    if (table?.columns.has(nameKey(it.name)) === true) return noFeature(`a column ${table.name}[${it.name}] in place of that of the model`);
  }
  return undefined;
}

interface Rows {
  readonly table: Table;
  lowered(): Lowered | Reason;
}

function definedTable(it: DefinedTable, work: Work): Rows {
  let state: 'new' | 'running' | { readonly value: Lowered | Reason } = 'new';
  const lowered = (): Lowered | Reason => {
    if (state === 'running') return { id: 'circular-dependency', path: `${it.name} → ${it.name}` };
    if (state !== 'new') return state.value;
    state = 'running';
    const value = lowerTable(it, work);
    state = { value };
    return value;
  };
  const place = placeOf(it);
  let columns: ReadonlyMap<string, Column> | undefined;
  const table: Table = {
    name: it.name, place, description: undefined, source: { kind: 'dax', expression: textOf(it), place }, hidden: false, dateColumn: undefined,
    get columns() {
      const its = lowered();
      if ('id' in its) return new Map<string, Column>();
      columns ??= new Map((its.shape.columns ?? []).map((column) => [nameKey(column.column), plainColumn(column.column, place)]));
      return columns;
    },
  };
  return { table, lowered };
}

function lowerTable(it: DefinedTable, work: Work): Lowered | Reason {
  if (it.segment.problems.length > 0) return syntaxError;
  if (it.definition.shape?.densify !== undefined) return noFeature('rows that a visual shape puts in');
  const { env, variables } = envOf(it, work);
  const lowered = lowerRelation(withFunctions(it.definition.body, env.names), env);
  if (lowered.relation.op === 'notEvaluated') return lowered.relation.reason;
  const made: Lowered = variables.length === 0 ? lowered
    : { shape: lowered.shape, relation: { op: 'let', variables, body: lowered.relation, ...shaped(lowered.shape) } };
  const names = (made.shape.columns ?? []).map((column) => nameKey(column.column));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  return twice === undefined ? made : typeError(`the expression of ${it.name} gives several columns ${twice}`);
}

/** The place of a definition, with the variables of its query where it mentions one: both are computed before any filter. */
function envOf({ uri, segment, definition }: Defined<Definition>, { ctx, space }: Work): { readonly env: LowerEnv; readonly variables: readonly VariablePlan[] } {
  const env = topEnv(ctx, space, addSource(ctx, { uri, text: segment.text, segment: uri === '' ? undefined : segment }));
  const all = segment.item.kind === 'query' ? segment.item.definitions.filter((it) => it.kind === 'variableDefinition') : [];
  const names = new Set(all.map((it) => nameKey(it.name)));
  let isMentioned = false;
  walk(definition.body, (it) => {
    isMentioned ||= it.kind === 'name' && names.has(nameKey(it.name.text));
  });
  if (!isMentioned) return { env, variables: [] };
  const scope = new Map<string, LowerVariable>();
  const inside = { ...env, variables: scope };
  return { env: inside, variables: all.map((it) => lowerVariable(it.name, withFunctions(it.body, env.names), inside, scope)) };
}

const placeOf = (it: DefinedTable | DefinedColumn): Place => ({ uri: it.uri, span: it.definition.nameSpan });

const textOf = ({ uri, segment, definition: { body } }: DefinedTable | DefinedColumn): DaxText =>
  ({ text: segment.text.slice(body.span.start, body.span.end), uri, map: [] });

const plainColumn = (name: string, place: Place): Column => madeColumn(name, place, () => 'unknown', undefined);

function columnsByTable(columns: Iterable<DefinedColumn>): ReadonlyMap<string, readonly DefinedColumn[]> {
  const found = new Map<string, DefinedColumn[]>();
  for (const it of columns) {
    const key = nameKey(it.definition.table.text);
    found.set(key, [...(found.get(key) ?? []), it]);
  }
  return found;
}

function withColumns(table: Table, columns: readonly DefinedColumn[]): Table {
  const added = columns.map((it): readonly [string, Column] => [nameKey(it.name), { ...plainColumn(it.name, placeOf(it)), expression: textOf(it) }]);
  const { name, place, description, source, hidden, dateColumn } = table;
  let all: ReadonlyMap<string, Column> | undefined;
  return { name, place, description, source, hidden, dateColumn, get columns() { return (all ??= new Map([...table.columns, ...added])); } };
}

function partsOf(defined: readonly Rows[], columns: ReadonlyMap<string, readonly DefinedColumn[]>, work: Work): QueryDefinitions {
  const { tables } = work.space.names.model ?? {};
  const specs = new Map<string, readonly ColumnSpec[]>();
  for (const [key, its] of columns) {
    const table = tables?.get(key);
    if (table !== undefined) specs.set(key, its.map((it) => columnSpec(it, table, work)));
  }
  const own = new Set(defined.map(({ table }) => nameKey(table.name)));
  return {
    tables: defined.map((it): TableSpec => {
      const rows = it.lowered();
      const source: TableSource = 'id' in rows ? { kind: 'unavailable', reason: rows } : { kind: 'relation', relation: rows.relation };
      const plain = 'id' in rows ? [] : (rows.shape.columns ?? []).map((column): ColumnSpec => ({ name: column.column, type: undefined }));
      return { name: it.table.name, columns: [...plain, ...(specs.get(nameKey(it.table.name)) ?? [])], source };
    }),
    columns: [...specs].flatMap(([key, its]) => (own.has(key) ? [] : its.map((column) => ({ table: tables?.get(key)?.name ?? '', column })))),
  };
}

function columnSpec(it: DefinedColumn, table: Table, work: Work): ColumnSpec {
  const { env, variables } = envOf(it, work);
  const { id, inside } = openRow(env, shapeOf(env.names, table));
  const value: Scalar = it.segment.problems.length > 0
    ? { op: 'notEvaluated', reason: syntaxError }
    : lowerScalar(withFunctions(it.definition.body, env.names), inside);
  const expression: Scalar = variables.length === 0 ? value : { op: 'let', variables, body: value };
  return { name: it.name, type: undefined, calculated: { row: id, expression } };
}
