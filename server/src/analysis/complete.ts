/** Models with what their calculated tables and columns tell: columns that nobody declared, and types. */
import { parseExpression, walk } from '../../../grammar/src/index.ts';
import type { Expression } from '../../../grammar/src/tree.ts';
import { nameKey, type Column, type DataType, type DaxText, type Model, type Table } from '../model/model.ts';
import type { Sessionize } from '../model/sessionize.ts';
import type { Scope } from './bound.ts';
import { bareSegment } from './bareSegment.ts';
import { createContext, emptyEnv, withRow } from './bind/context.ts';
import { bindExpression, bindScalar } from './bind/expressions.ts';
import { findTable, namesOf, shapeOf, type Names } from './scope.ts';
import { columnsOfLog, sessionsOf, textsOfSessions, typeOfSessionColumn } from './sessions.ts';
import { dataTypeOf, type ScalarType, type ShapeColumn } from './shapes.ts';

type Types = Scope['inferredTypes'];

export interface CompletedModel {
  readonly model: Model;
  /** Types of columns whose declaration says none: from expressions, else as given. */
  readonly inferredTypes: Types;
}

type Functions = NonNullable<Scope['functions']>;

const known = new WeakMap<Model, WeakMap<Functions, Map<Types, CompletedModel>>>();
const noFunctions: Functions = new Map();

/**
 * Adds to calculated tables the columns that their expressions give and nobody declared, and tells types.
 *
 * Worked out once for a model and these types. A table that reads itself is left as it is declared.
 *
 * @param dataTypes types of columns that data tells
 * @param functions that text defines and the model's expressions call
 */
export function completeModel(model: Model, dataTypes?: Types, functions = noFunctions): CompletedModel {
  const entries = entriesOf(model, functions);
  let entry = entries.get(dataTypes);
  if (entry === undefined) {
    entry = complete(model, dataTypes, functions);
    entries.set(dataTypes, entry);
    // A completed model is complete.
    if (entry.model !== model) entriesOf(entry.model, functions).set(dataTypes, entry).set(entry.inferredTypes, entry);
  }
  return entry;
}

function entriesOf(model: Model, functions: Functions): Map<Types, CompletedModel> {
  let byFunctions = known.get(model);
  if (byFunctions === undefined) known.set(model, (byFunctions = new WeakMap()));
  let entries = byFunctions.get(functions);
  if (entries === undefined) byFunctions.set(functions, (entries = new Map()));
  return entries;
}

/** Names of a scope whose model is completed. */
export function completeNames(scope: Scope): Names {
  if (scope.model === undefined) return namesOf(scope);
  const { functions = noFunctions } = scope;
  const isCalled = functions.size > 0 && [...calledBy(scope.model)].some((it) => functions.has(it));
  const { model, inferredTypes } = completeModel(scope.model, scope.inferredTypes, isCalled ? functions : noFunctions);
  return { ...namesOf(scope), model, inferredTypes };
}

const called = new WeakMap<Model, ReadonlySet<string>>();

/** Upper-case names of the functions that calculated tables and columns call. */
function calledBy(model: Model): ReadonlySet<string> {
  let names = called.get(model);
  if (names === undefined) {
    const found = new Set<string>();
    const look = ({ text }: DaxText): void => {
      walk(parseExpression(text).expression, (it) => {
        if (it.kind === 'call') found.add(it.name.toUpperCase());
      });
    };
    for (const table of model.tables.values()) {
      for (const it of textsOfTable(table)) look(it);
      for (const column of table.columns.values()) if (column.expression !== undefined) look(column.expression);
    }
    called.set(model, (names = found));
  }
  return names;
}

function complete(model: Model, dataTypes: Types, functions: Functions): CompletedModel {
  const isCalculated = (it: Table): boolean => it.source.kind === 'dax' || it.source.kind === 'sessionize'
    || [...it.columns.values()].some((column) => column.expression !== undefined || column.sessionOf !== undefined);
  if (![...model.tables.values()].some(isCalculated)) return { model, inferredTypes: dataTypes };
  const types = new Map<string, DataType>();
  const inferredTypes: Types = (table, column) => types.get(`${table}\u0000${column}`) ?? dataTypes?.(table, column);
  const tables = new Map(model.tables);
  const partial: Model = { ...model, tables };
  const learn = (table: string, column: string, type: ScalarType): void => {
    if (isDataType(type)) types.set(`${nameKey(table)}\u0000${nameKey(column)}`, type);
  };
  // Shapes are remembered by table and types, so each step, which knows more types, asks with a function of its own.
  const namesNow = (): Names => namesOf({ model: partial, measures: new Map(), functions, inferredTypes: (table, column) => inferredTypes(table, column) });
  for (const step of inOrder(model)) {
    const table = tables.get(step.table);
    if (table === undefined) continue;
    if (step.column === undefined) {
      const sessions = sessionsOf(table);
      const log = sessions?.from?.name ?? '';
      for (const it of sessions?.columns ?? []) {
        learn(table.name, it.name, typeOfSessionColumn(it, sessions as Sessionize, namesNow(), (dax) => columnExpressionType(dax, log, namesNow())));
      }
      const columns = table.source.kind === 'dax' ? columnsOf(table.source.expression, namesNow()) : undefined;
      for (const it of columns ?? []) learn(table.name, it.column, it.type);
      if (columns !== undefined) tables.set(step.table, withColumns(table, columns));
      continue;
    }
    const column = table.columns.get(step.column);
    if (column?.sessionOf !== undefined) learn(table.name, column.name, 'string');
    if (column?.expression !== undefined) learn(table.name, column.name, columnExpressionType(column.expression, table.name, namesNow()));
  }
  return { model: partial, inferredTypes };
}

const isDataType = (type: ScalarType): type is DataType => dataTypeOf(type) !== undefined;

/** Columns of a calculated table; undefined where the expression does not tell. */
function columnsOf(dax: DaxText, names: Names): readonly ShapeColumn[] | undefined {
  const { expression } = parseExpression(dax.text);
  const type = bindExpression(createContext(bareSegment(expression, dax.text), true), expression, emptyEnv(names));
  return type.kind === 'table' ? type.shape.columns : undefined;
}

/** Type of an expression on a row of a table. */
export function columnExpressionType(dax: DaxText, tableName: string, names: Names): ScalarType {
  const { expression } = parseExpression(dax.text);
  const table = findTable(names, tableName);
  const env = emptyEnv(names);
  const inRow = table === undefined ? env : withRow(env, shapeOf(names, table));
  return bindScalar(createContext(bareSegment(expression, dax.text), true), expression, inRow);
}

function withColumns(table: Table, columns: readonly ShapeColumn[]): Table {
  const missing = columns.filter((it) => !table.columns.has(nameKey(it.column)));
  if (missing.length === 0) return table;
  const all = new Map(table.columns);
  for (const it of missing) if (!all.has(nameKey(it.column))) all.set(nameKey(it.column), undeclared(it, table));
  return { ...table, columns: all };
}

const undeclared = (it: ShapeColumn, table: Table): Column => ({
  name: it.column,
  place: table.source.kind === 'dax' ? table.source.place : table.place,
  description: undefined,
  type: undefined,
  typePlace: undefined,
  key: false,
  choice: undefined,
  choicePlace: undefined,
  multiSelect: false,
  dataverse: undefined,
  expression: undefined,
  sortBy: undefined,
  hidden: false,
  deprecated: false,
});

/** A calculated table, or a calculated column of a table, by keys. */
interface Step {
  readonly table: string;
  readonly column: string | undefined;
}

/** The expressions that make a table's rows. */
function textsOfTable(table: Table): readonly DaxText[] {
  if (table.source.kind === 'dax') return [table.source.expression];
  const sessions = sessionsOf(table);
  return sessions === undefined ? [] : textsOfSessions(sessions).map((it) => it.dax);
}

/** Calculated tables and columns, each after those that it names; in a circle, in order of declaration. */
function inOrder(model: Model): readonly Step[] {
  const steps: Step[] = [];
  const seen = new Set<string>();
  const visit = (table: Table, column: Column | undefined, depth: number): void => {
    const key = `${nameKey(table.name)}\u0000${column === undefined ? '' : nameKey(column.name)}`;
    if (seen.has(key) || depth > 200) return;
    seen.add(key);
    const texts = column === undefined ? textsOfTable(table) : column.expression === undefined ? [] : [column.expression];
    const sessions = column === undefined ? sessionsOf(table) : undefined;
    const log = sessions?.from === undefined ? undefined : model.tables.get(nameKey(sessions.from.name));
    if (log !== undefined && sessions !== undefined) {
      visit(log, undefined, depth + 1);
      for (const { name } of columnsOfLog(sessions)) {
        const it = log.columns.get(nameKey(name));
        if (it?.expression !== undefined) visit(log, it, depth + 1);
      }
    }
    for (const dax of texts) {
      const named = namedIn(parseExpression(dax.text).expression);
      for (const name of named.tables) {
        const it = model.tables.get(name);
        if (it !== undefined) visit(it, undefined, depth + 1);
      }
      for (const [tableName, columnName] of named.columns) {
        const its = tableName === undefined ? (log ?? model.tables.get(nameKey(table.name))) : model.tables.get(tableName);
        const it = its?.columns.get(columnName);
        if (its !== undefined && it?.expression !== undefined) visit(its, it, depth + 1);
      }
    }
    steps.push({ table: nameKey(table.name), column: column === undefined ? undefined : nameKey(column.name) });
  };
  for (const table of model.tables.values()) visit(table, undefined, 0);
  for (const table of model.tables.values()) for (const column of table.columns.values()) if (column.expression !== undefined || column.sessionOf !== undefined) visit(table, column, 0);
  return steps;
}

function namedIn(expression: Expression): { readonly tables: ReadonlySet<string>; readonly columns: readonly (readonly [string | undefined, string])[] } {
  const tables = new Set<string>();
  const columns: (readonly [string | undefined, string])[] = [];
  walk(expression, (it) => {
    if (it.kind === 'name') tables.add(nameKey(it.name.text));
    if (it.kind !== 'column') return;
    if (it.table !== undefined) tables.add(nameKey(it.table.text));
    columns.push([it.table === undefined ? undefined : nameKey(it.table.text), nameKey(it.column.text)]);
  });
  return { tables, columns };
}
