/**
 * INFO.VIEW.TABLES and its kin: what the model says of itself, as tables. What only a server knows, such as its ids and
 * its words for storage and types, has no value; what a model file has no key for is not there, and BLANK.
 */
import type { Call } from '../../../../../grammar/src/tree.ts';
import { nameKey, type Column, type Table } from '../../../model/model.ts';
import type { Scalar } from '../../../plan/plan.ts';
import type { Cell } from '../../../plan/values.ts';
import type { MeasureSymbol } from '../../bound.ts';
import { infoViews } from '../../infoViews.ts';
import { columnName } from '../../shapes.ts';
import type { RelationLowering } from '../calls.ts';
import { at, noFeature, noRelation, shaped, type LowerEnv } from '../context.ts';

/** What is known of one thing, by name of a column. `unknown`: a server would tell. */
type Facts = ReadonlyMap<string, Cell | undefined>;
const unknown = undefined;

const facts = (...known: readonly (readonly [string, Cell | undefined])[]): Facts => new Map(known);

/** What a query defines is no part of the model. */
const isOfModel = (it: { readonly place: { readonly uri: string } }): boolean => it.place.uri !== '';

function tablesOf({ names }: LowerEnv): readonly Facts[] {
  const { model } = names;
  const groups = new Map((model?.calculationGroups ?? []).map((it) => [nameKey(it.name), it.precedence]));
  return [...(model?.tables.values() ?? [])].filter(isOfModel).map((it) => facts(
    ['ID', unknown], ['Name', it.name], ['Model', unknown],
    // The page of the function tells date tables by this word.
    ['DataCategory', it.dateColumn === undefined ? null : 'Time'], ['Description', it.description ?? null], ['IsHidden', it.hidden],
    ['StorageMode', unknown], ['TableStorage', unknown],
    ['Expression', it.source.kind === 'dax' ? it.source.expression.text : null], ['ShowAsVariationOnly', false], ['IsPrivate', false],
    ['CalculationGroupPrecedence', groups.get(nameKey(it.name)) ?? null], ['LineageTag', unknown],
  ));
}

function columnsOf({ names }: LowerEnv): readonly Facts[] {
  return [...(names.model?.tables.values() ?? [])].filter(isOfModel).flatMap((table) => [
    rowNumberOf(table), ...[...table.columns.values()].filter(isOfModel).map((it) => columnFacts(table, it)),
  ]);
}

/** Each table has a hidden column that numbers its rows, under a name that the server makes. */
const rowNumberOf = (table: Table): Facts => facts(
  ['Table', table.name], ['DataCategory', 'RowNumber'], ['Description', null], ['IsHidden', true], ['Expression', null], ['SortByColumn', null],
  ['DisplayFolder', null], ['AlternateOf', null],
);

const columnFacts = (table: Table, it: Column): Facts => facts(
  ['Name', it.name], ['Table', table.name], ['DataCategory', null], ['Description', it.description ?? null], ['IsHidden', it.hidden],
  ['IsKey', it.key], ['Expression', it.expression?.text ?? null], ['SortByColumn', it.sortBy ?? null], ['DisplayFolder', null], ['AlternateOf', null],
);

function measuresOf({ names }: LowerEnv): readonly Facts[] {
  return [...names.measures.values()].map((it) => facts(
    ['Name', it.name], ['Table', it.homeTable ?? names.model?.home ?? unknown], ['Description', descriptionOf(it)],
    ['Expression', it.segment.text.slice(it.body.span.start, it.body.span.end)], ['FormatString', it.format ?? null], ['IsHidden', false],
    ['KPIID', null], ['DisplayFolder', null], ['DetailRowsDefinition', null], ['DataCategory', null], ['FormatStringDefinition', null],
  ));
}

/** The lines above a definition without its tags: what Power BI keeps as its description. */
function descriptionOf({ docs }: MeasureSymbol): string | null {
  const lines = (docs?.lines ?? []).map((it) => it.text);
  const first = lines.findIndex((it) => it.trimStart().startsWith('@'));
  const text = (first < 0 ? lines : lines.slice(0, first)).join('\n').trim();
  return text === '' ? null : text;
}

function relationshipsOf({ names }: LowerEnv): readonly Facts[] {
  return (names.model?.relationships ?? []).map((it) => facts(
    ['IsActive', it.active], ['RelyOnReferentialIntegrity', false], ['FromTable', it.from.table], ['FromColumn', it.from.column],
    ['ToTable', it.to.table], ['ToColumn', it.to.column],
  ));
}

const rows: ReadonlyMap<string, (env: LowerEnv) => readonly Facts[]> = new Map([
  ['INFO.VIEW.TABLES', tablesOf], ['INFO.VIEW.COLUMNS', columnsOf], ['INFO.VIEW.MEASURES', measuresOf], ['INFO.VIEW.RELATIONSHIPS', relationshipsOf],
]);

const lowerView: RelationLowering = (call, env) => {
  const name = call.name.toUpperCase();
  const shape = infoViews.get(name);
  const list = rows.get(name);
  if (shape === undefined || list === undefined) return noRelation(env, call, noFeature(call.name));
  if (name === 'INFO.VIEW.MEASURES' && [...env.names.measures.values()].some((it) => it.uri === '')) {
    return noRelation(env, call, noFeature('INFO.VIEW.MEASURES in a query that defines metrics'));
  }
  const cells = list(env).map((it) => (shape.columns ?? []).map((column) => cellOf(it.get(column.column), `${columnName(column)} of ${name}`, call, env)));
  return { relation: { op: 'rows', rows: cells, ...shaped(shape), at: at(env, call) }, shape };
};

function cellOf(cell: Cell | undefined, what: string, call: Call, env: LowerEnv): Scalar {
  const place = at(env, call);
  if (cell === undefined) return { op: 'notEvaluated', reason: noFeature(what), at: place };
  const type = cell === null ? 'blank' : typeof cell === 'boolean' ? 'boolean' : typeof cell === 'number' ? 'int64' : 'string';
  return { op: 'constant', type, value: cell, at: place };
}

export const views: readonly (readonly [string, RelationLowering])[] = [...rows.keys()].map((it) => [it, lowerView] as const);
