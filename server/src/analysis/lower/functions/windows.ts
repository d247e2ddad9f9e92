/** Window functions: INDEX, OFFSET, WINDOW, RANK and ROWNUMBER, with ORDERBY, PARTITIONBY and MATCHBY. */
import type { Argument, Call, ColumnReference, Expression } from '../../../../../grammar/src/tree.ts';
import { nameKey, type ColumnName } from '../../../model/model.ts';
import type { Scalar, WindowEnd, WindowKey, WindowMatch, WindowPlan, WindowTake } from '../../../plan/plan.ts';
import type { Reason } from '../../../plan/values.ts';
import { reaches } from '../../relationships.ts';
import { findModelColumn, findTable, resolveColumn, unwrap } from '../../scope.ts';
import { sameColumn, type ShapeColumn, type TableShape } from '../../shapes.ts';
import { lowerTableCall, type RelationLowering, type ScalarLowering } from '../calls.ts';
import { at, noFeature, noRelation, notEvaluated, openRow, shaped, syntaxError, typeError, type LowerEnv, type LowerRow, type Lowered } from '../context.ts';
import { lowerRelation } from '../relations.ts';
import { keyColumns, mayRepeat } from '../repeats.ts';
import { lowerArgument, lowerScalar } from '../scalars.ts';
import { isDescending } from './sorted.ts';

type Blanks = WindowKey['blanks'];

/** The parts that all window functions share, told apart by form. */
interface Parts {
  readonly relation: Expression | undefined;
  readonly orderBy: Call | undefined;
  readonly partitionBy: Call | undefined;
  readonly matchBy: Call | undefined;
  readonly blanks: Blanks;
}

const blanksOf: ReadonlyMap<string, Blanks> = new Map([['DEFAULT', 'default'], ['KEEP', 'default'], ['FIRST', 'first'], ['LAST', 'last']]);

function partsOf(args: readonly Argument[], env: LowerEnv): Parts | Reason {
  let parts: Parts = { relation: undefined, orderBy: undefined, partitionBy: undefined, matchBy: undefined, blanks: 'default' };
  for (const argument of args) {
    if (argument.kind === 'omitted') continue;
    const it = unwrap(argument);
    const name = it.kind === 'call' ? it.name.toUpperCase() : '';
    const word = it.kind === 'name' && !it.name.quoted && !isTable(it.name.text, env) ? it.name.text.toUpperCase() : undefined;
    if (it.kind === 'call' && name === 'ORDERBY') parts = { ...parts, orderBy: it };
    else if (it.kind === 'call' && name === 'PARTITIONBY') parts = { ...parts, partitionBy: it };
    else if (it.kind === 'call' && name === 'MATCHBY') parts = { ...parts, matchBy: it };
    else if (word !== undefined && blanksOf.has(word)) parts = { ...parts, blanks: blanksOf.get(word) ?? 'default' };
    else if (word !== undefined || it.kind === 'number' || it.kind === 'unary') return noFeature('axes and resets outside of a visual', 'are');
    else if (parts.relation !== undefined) return typeError('a window over two tables');
    else parts = { ...parts, relation: argument };
  }
  return parts;
}

const isTable = (name: string, env: LowerEnv): boolean => env.variables.has(nameKey(name)) || findTable(env.names, name) !== undefined || env.names.queryTables.has(nameKey(name));

/**
 * Lowers the shared parts.
 *
 * @param relative whether the result depends on which row is the current one, not only on its partition
 * @param mayTie whether rows that are equal in every column are no fault
 */
function lowerWindow(call: Call, args: readonly Argument[], env: LowerEnv, relative: boolean, mayTie: boolean): { readonly window: WindowPlan; readonly shape: TableShape } | Reason {
  const parts = partsOf(args, env);
  if ('id' in parts) return parts;
  const given = parts.relation === undefined ? selectedRows(call, parts, env) : lowerRelation(parts.relation, env);
  if ('id' in given) return given;
  if (given.relation.op === 'notEvaluated') return given.relation.reason;
  const columns = given.shape.columns ?? [];
  const { id, inside } = openRow(env, given.shape);
  const value = (index: number): Scalar => ({ op: 'column', row: id, index });
  const partition = columnsOf(parts.partitionBy, given.shape, inside);
  if ('id' in partition) return partition;
  const order = parts.orderBy === undefined ? undefined : keysOf(parts.orderBy, parts.blanks, inside);
  if (order !== undefined && 'id' in order) return order;
  const partitioned = partition.map((it) => it.index);
  const keys = order ?? columns.flatMap((_, i): WindowKey[] => (partitioned.includes(i) ? [] : [{ expression: value(i), descending: false, blanks: parts.blanks }]));
  const identity = parts.matchBy === undefined ? identityOf(given.shape, mayTie, env) : columnsOf(parts.matchBy, given.shape, inside);
  if ('id' in identity) return identity;
  if (parts.matchBy === undefined && !mayTie && mayRepeat(given.relation, env)) return typeError(`${call.name.toUpperCase()} over rows that may repeat, without MATCHBY`);
  const wanted = relative ? [...identity, ...(parts.matchBy === undefined ? [] : partition)] : partition;
  const places = wanted.filter((it, i) => wanted.findIndex((other) => isSame(it, other)) === i);
  if (relative && places.length === 0) return typeError(`${call.name.toUpperCase()} over columns that are all added`);
  const ordered = keys.map(({ expression }) => (expression.op === 'column' && expression.row === id ? expression.index : undefined));
  const isRanked = (it: Place): boolean => ordered.includes(undefined) || ordered.includes(it.index) || partition.some((other) => isSame(other, it)) || parts.matchBy !== undefined;
  const matches: WindowMatch[] = [];
  for (const it of places) {
    const match = matchOf(it, id, isRanked(it), env);
    if ('id' in match) return match;
    matches.push(match);
  }
  const ties = parts.matchBy === undefined ? tieColumns(given, [...ordered, ...partitioned], env) : [];
  const window = { input: given.relation, row: id, partition: partition.map((it) => valueOf(it, id)), keys, matches, ties };
  return { window, shape: given.shape };
}

/** A column of the relation, or of a table that its whole rows lead to. */
interface Place {
  readonly index: number | undefined;
  readonly column: ShapeColumn;
}

const isSame = (a: Place, b: Place): boolean => (a.index === undefined ? sameColumn(a.column.lineage, b.column.lineage) : a.index === b.index);

const valueOf = ({ index, column }: Place, row: number): Scalar =>
  index === undefined ? { op: 'related', row, column: column.lineage ?? { table: '', column: column.column } } : { op: 'column', row, index };

/**
 * The columns that tell the current row where MATCHBY does not: all that come from the model. A key of a whole table says
 * as much, where it comes from the same place as the others; but in a filter context a place in an order asks for the
 * columns of that order.
 */
function identityOf({ columns = [], wholeTable }: TableShape, ranks: boolean, env: LowerEnv): readonly Place[] {
  const places = columns.flatMap((it, index): Place[] => (it.lineage === undefined ? [] : [{ index, column: it }]));
  const keys = wholeTable === undefined ? [] : keyColumns(env, wholeTable).map(nameKey);
  const key = places.find((it) => keys.includes(nameKey(it.column.column)) && nameKey(it.column.table ?? '') === nameKey(wholeTable ?? ''));
  if (key === undefined) return places;
  const rowsOf = (it: Place): readonly LowerRow[] => (it.column.lineage === undefined ? [] : rowsWith(it.column.lineage, env).map((found) => found.row));
  const withKey = rowsOf(key);
  if (ranks && withKey.length === 0) return places;
  return places.every((it) => rowsOf(it).every((row) => withKey.includes(row))) ? [key] : places;
}

/** The row contexts that have a column, the outermost first. */
const rowsWith = (lineage: ColumnName, env: LowerEnv): readonly { readonly row: LowerRow; readonly value: Scalar }[] =>
  env.rows.filter((it) => it.grow === undefined).flatMap((row) => {
    const index = (row.shape.columns ?? []).findIndex((column) => sameColumn(column.lineage, lineage));
    return index < 0 ? [] : [{ row, value: { op: 'column', row: row.id, index } as const }];
  });

/** The columns that PARTITIONBY or MATCHBY names. */
function columnsOf(call: Call | undefined, shape: TableShape, inside: LowerEnv): readonly Place[] | Reason {
  const places: Place[] = [];
  const row = inside.rows.at(-1);
  for (const argument of call?.args ?? []) {
    const it = argument.kind === 'omitted' ? undefined : unwrap(argument);
    if (it?.kind !== 'column' || row === undefined) return typeError(`${call?.name.toUpperCase() ?? ''} wants columns`);
    const found = resolveColumn(it, { ...inside.names, measures: new Map() }, [row]);
    if (found.kind === 'row') {
      places.push({ index: found.index, column: found.column });
      continue;
    }
    const { model } = inside.names;
    const isRelated = found.kind === 'model' && model !== undefined && shape.wholeTable !== undefined && reaches(model, shape.wholeTable, found.table.name);
    if (!isRelated) return typeError(`${call?.name.toUpperCase() ?? ''} by a column that the rows do not have`);
    const lineage = { table: found.table.name, column: found.column.name };
    places.push({ index: undefined, column: { ...lineage, lineage, type: 'unknown', definition: undefined } });
  }
  return places;
}

/** Where the current value of a column comes from. */
function matchOf(place: Place, row: number, ranks: boolean, env: LowerEnv): WindowMatch | Reason {
  const { lineage, column: name } = place.column;
  const value = valueOf(place, row);
  if (lineage === undefined) return noFeature(`the added column [${name}] as one that tells the current row`);
  const found = rowsWith(lineage, env);
  const open = found.filter((it) => !it.row.consumed);
  if (open.length > 1) return typeError(`two row contexts have ${lineage.table}[${lineage.column}], either of which may tell the current row`);
  const its = findModelColumn(env.names, lineage);
  const column = its === undefined ? lineage : { table: its.table.name, column: its.column.name };
  return { value, current: open[0]?.value ?? null, column, passed: open.length > 0 ? [] : found.map((it) => it.value), ranks };
}

/** The columns that Power BI may add to the order of rows that are equal by it: a key of a whole table, else any column of the model. */
function tieColumns({ relation, shape }: Lowered, used: readonly (number | undefined)[], env: LowerEnv): readonly number[] {
  const columns = shape.columns ?? [];
  const { wholeTable } = shape;
  const keys = wholeTable === undefined ? [] : keyColumns(env, wholeTable).map(nameKey);
  const isKey = (it: ShapeColumn): boolean => nameKey(it.lineage?.table ?? '') === nameKey(wholeTable ?? '') && keys.includes(nameKey(it.lineage?.column ?? ''));
  if (relation.op === 'notEvaluated') return [];
  return columns.flatMap((it, i) => (it.lineage === undefined || used.includes(i) || (keys.length > 0 && !isKey(it)) ? [] : [i]));
}

/** ORDERBY(expression, order, ..): every expression in the row context of the relation. */
function keysOf(call: Call, blanks: Blanks, inside: LowerEnv): readonly WindowKey[] | Reason {
  const keys: WindowKey[] = [];
  for (let i = 0; i < call.args.length; i += 2) {
    const argument = call.args[i];
    if (argument === undefined || argument.kind === 'omitted') return syntaxError;
    const { word, own } = orderOf(call.args[i + 1]);
    const descending = isDescending(word, false);
    if (descending === undefined) return noFeature('a computed order of ORDERBY');
    keys.push({ expression: lowerScalar(argument, inside), descending, blanks: own ?? blanks });
  }
  return keys.length === 0 ? noFeature('ORDERBY without an expression') : keys;
}

/** The direction, and where it says so where BLANK stands: `DESC BLANKS LAST`. */
function orderOf(argument: Argument | undefined): { readonly word: Argument | undefined; readonly own: Blanks | undefined } {
  if (argument?.kind !== 'name' || argument.blanks === undefined) return { word: argument, own: undefined };
  const { blanks, ...word } = argument;
  return { word, own: blanksOf.get(blanks.toUpperCase().replace('BLANKS ', '')) };
}

/** What a relation that is left out stands for: ALLSELECTED of the columns in ORDERBY and PARTITIONBY. */
function selectedRows(call: Call, { orderBy, partitionBy }: Parts, env: LowerEnv): Lowered | Reason {
  if (orderBy === undefined) return typeError(`${call.name.toUpperCase()} wants a table or ORDERBY`);
  const columns: ColumnReference[] = [];
  for (const argument of [...orderBy.args.filter((_, i) => i % 2 === 0), ...(partitionBy?.args ?? [])]) {
    const it = argument.kind === 'omitted' ? undefined : unwrap(argument);
    if (it?.kind !== 'column' || it.table === undefined) return typeError(`${call.name.toUpperCase()} without a table wants columns with their table in ORDERBY and PARTITIONBY`);
    if (!columns.some((other) => nameKey(other.column.text) === nameKey(it.column.text))) columns.push(it);
  }
  const [first] = columns;
  if (columns.some((it) => nameKey(it.table?.text ?? '') !== nameKey(first?.table?.text ?? ''))) return typeError(`${call.name.toUpperCase()} without a table wants columns of one table`);
  return lowerTableCall({ ...orderBy, name: 'ALLSELECTED', args: columns, commas: [] }, env);
}

const rowsBy = (take: (call: Call, env: LowerEnv) => { readonly take: WindowTake; readonly rest: readonly Argument[] }): RelationLowering => (call, env) => {
  const { take: its, rest } = take(call, env);
  const relative = its.kind === 'offset' || (its.kind === 'window' && !(its.from.absolute && its.to.absolute));
  const lowered = lowerWindow(call, rest, env, relative, false);
  if ('id' in lowered) return noRelation(env, call, lowered);
  const { window, shape } = lowered;
  return { relation: { op: 'window', window, take: its, ...shaped(shape), at: at(env, call) }, shape };
};

/** The ends of WINDOW, each with an optional ABS or REL after it. */
function windowTake(call: Call, env: LowerEnv): { readonly take: WindowTake; readonly rest: readonly Argument[] } {
  const ends: WindowEnd[] = [];
  let i = 0;
  while (ends.length < 2) {
    const place = lowerArgument(call.args[i++], env);
    const next = call.args[i];
    const word = next?.kind === 'name' && !next.name.quoted ? next.name.text.toUpperCase() : undefined;
    if (word === 'ABS' || word === 'REL' || next?.kind === 'omitted') i++;
    ends.push({ place, absolute: word === 'ABS' });
  }
  const [from, to] = ends as [WindowEnd, WindowEnd];
  return { take: { kind: 'window', from, to }, rest: call.args.slice(i) };
}

const placeBy = (fn: (call: Call) => { readonly fn: 'ROWNUMBER' | 'SKIP' | 'DENSE'; readonly rest: readonly Argument[] }): ScalarLowering => (call, env) => {
  const { fn: name, rest } = fn(call);
  const lowered = lowerWindow(call, rest, env, true, true);
  if ('id' in lowered) return notEvaluated(env, call, lowered);
  return { op: 'windowPlace', window: lowered.window, fn: name, at: at(env, call) };
};

const rank = placeBy((call) => {
  const [first] = call.args;
  const word = first?.kind === 'name' && !first.name.quoted ? first.name.text.toUpperCase() : undefined;
  const isTies = word === 'SKIP' || word === 'DENSE' || first?.kind === 'omitted';
  return { fn: word === 'DENSE' ? 'DENSE' : 'SKIP', rest: isTies ? call.args.slice(1) : call.args };
});

export const windows: readonly (readonly [string, RelationLowering])[] = [
  ['INDEX', rowsBy((call, env) => ({ take: { kind: 'index', place: lowerArgument(call.args[0], env) }, rest: call.args.slice(1) }))],
  ['OFFSET', rowsBy((call, env) => ({ take: { kind: 'offset', delta: lowerArgument(call.args[0], env) }, rest: call.args.slice(1) }))],
  ['WINDOW', rowsBy(windowTake)],
];

export const windowPlaces: readonly (readonly [string, ScalarLowering])[] = [
  ['RANK', rank],
  ['ROWNUMBER', placeBy((call) => ({ fn: 'ROWNUMBER', rest: call.args }))],
];
