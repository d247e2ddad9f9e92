/** Completion: what may be written at the cursor, with the text that it replaces. */
import { spanAmong, textBehind } from './replace.ts';
import { cursorAt, type Cursor } from '../cursor.ts';
import { modelFileCompletion } from '../modelFile/completion.ts';
import { mainReading, openSpotAt } from '../spot.ts';
import { spanToDocument } from '../../base/offsetMap.ts';
import type { Column, Table } from '../../model/model.ts';
import type { Span } from '../../base/spans.ts';
import type { Reading, Spot, Workspace } from '../../workspace/types.ts';
import { beginsArgument, expectedColumn, parameterAt, tableBefore, tableNamed, type CompletionContext, type ExpectedColumn } from './context.ts';
import { definedFunctions, fitsType, functions, words } from './functions.ts';
import type { CompletionItem, Proposal } from './item.ts';
import { endsOperand, keywords, opening, parameterHints, wantsName } from './keywords.ts';
import { allColumns, columnsOf, definedColumns, measures, rowColumns, inRowContext, tables, variables } from './names.ts';
import { isLineOfItsOwn, isNaming } from './naming.ts';
import { calendarOf, newMetric, snippets } from './snippets.ts';
import { statementAt } from '../statement.ts';
import { placeIn, tagCursorAt, type TagCursor, type TagPlace } from '../tagCursor.ts';
import { fitsPlace, nextClauses, otherModels, tagProposals } from './tags.ts';
import { valuesOf } from './values.ts';

export { completionDocs } from './docs.ts';
export type { CompletionItem, CompletionKey } from './item.ts';

export interface CompletionHost {
  readonly workspace: Workspace;
  /** Resolves when a list should no longer wait for what only data tell. */
  readonly patience: () => Promise<void>;
  /** Is told when the list went without what only data tell: asked again, it may have more. */
  readonly onLate?: () => void;
}

/**
 * @param trigger the trigger character that was typed; pages complete at these only, so that prose stays undisturbed. At
 *   one that says little, a blank or an equals sign, there are proposals only where one of few must follow
 */
export async function completion(host: CompletionHost, uri: string, offset: number, trigger: string | undefined): Promise<readonly CompletionItem[]> {
  const document = await host.workspace.document(uri);
  if (document === undefined || (document.kind === 'markdown' && trigger === undefined)) return [];
  const isFaint = trigger === ' ' || trigger === '=';
  const spot = openSpotAt(document, offset);
  if (spot === undefined && (document.kind === 'model' || document.kind === 'project')) return modelFileCompletion(host.workspace, document, offset, isFaint);
  if (spot === undefined && document.kind === 'dax' && trigger === undefined && document.text.slice(0, offset).trim() === '') {
    return [...newMetric(0), ...opening(1)].map((it) => finished(it, { start: offset, end: offset }));
  }
  const reading = spot === undefined ? undefined : mainReading(spot.segment);
  if (spot === undefined || reading === undefined) return [];
  const { text } = spot.region.region;
  const { segment } = spot.segment;
  const at = segment.start + spot.offset;
  const tag = tagCursorAt(text, at);
  if (tag !== undefined) return tagCompletion(host, spot, reading, tag, isFaint);
  const statement = statementAt(segment, spot.offset);
  if (statement === undefined) return [];
  const ctx: CompletionContext = { spot, reading, text, statement, cursor: cursorAt(text, segment.start + statement.from, at) };
  if (isFaint && (await valuesAt(host, ctx, false)).length === 0) return [];
  return inPlace(ctx, await proposals(host, ctx));
}

async function tagCompletion(host: CompletionHost, spot: Spot, reading: Reading, tag: TagCursor, isFaint: boolean): Promise<readonly CompletionItem[]> {
  const { segment } = spot.segment;
  const { map } = spot.region.region;
  const at = segment.start + spot.offset;
  const place = placeIn(tag, at);
  const culture = reading.model?.project.culture ?? spot.document.project.culture;
  const own = tagProposals(tag, place, at, culture);
  if (own !== undefined && isFaint && at > tag.body) return [];
  if (own !== undefined) return own.proposals.map((it) => finished(it, spanToDocument(map, own.span)));
  const from = headExpression(tag, place);
  const ctx: CompletionContext = {
    spot, reading, text: tag.text, statement: { kind: 'tag', from: from - segment.start, names: [] }, cursor: cursorAt(tag.text, from, at),
    ...(place.clause === 'where' ? { outermost: 'filter' } : {}),
  };
  if (isFaint && !awaitsOperand(ctx.cursor) && (await valuesAt(host, ctx, false)).length === 0) return [];
  const dax = (await proposals(host, ctx)).filter((it) => fitsPlace(place, tag, it, textBehind(ctx).startsWith('[')));
  const { inside } = ctx.cursor;
  const isName = place.clause === 'head' && (inside === 'column' || inside === 'code');
  const others = isName ? await otherModels(host.workspace, ctx, 5) : [];
  const clauses = inside === 'code' ? nextClauses(tag, place, ctx) : [];
  return inPlace(ctx, [...dax, ...others, ...clauses]);
}

/** Whether nothing is begun where a clause of a tag must go on, outside brackets. */
const awaitsOperand = ({ inside, start, offset, open, tokens }: Cursor): boolean =>
  inside === 'code' && start === offset && open.length === 0 && (tokens.length === 0 || tokens.at(-1)?.text === ',');

/** The expression of `@expect = expression` begins behind its equals sign. */
function headExpression(tag: TagCursor, { clause, from, head }: TagPlace): number {
  if (clause !== 'head' || tag.name !== 'expect') return from;
  return from + head.indexOf('=') + 1;
}

/** What the column at the cursor is compared with. */
function valuesAt(host: CompletionHost, ctx: CompletionContext, quoted: boolean): Promise<readonly Proposal[]> {
  const { cursor, reading } = ctx;
  const expected: ExpectedColumn | undefined = expectedColumn(ctx);
  if (expected === undefined || reading.model === undefined || (!quoted && cursor.inside !== 'code')) return Promise.resolve([]);
  const isCode = /^\d/.test(ctx.text.slice(cursor.start, cursor.offset));
  return valuesOf(host.workspace, reading.model, expected, { quoted, isCode }, (work, otherwise) => soon(host, work, otherwise));
}

async function proposals(host: CompletionHost, ctx: CompletionContext): Promise<readonly Proposal[]> {
  const { cursor, reading, statement } = ctx;
  if (isNaming(ctx)) return [];
  switch (cursor.inside) {
    case 'comment':
      return [];
    case 'string':
      return valuesAt(host, ctx, true);
    case 'table':
      return tables(ctx, true, 0);
    case 'column': {
      const name = tableBefore(cursor.tokens, cursor.tokens.length, cursor.start);
      if (name === undefined) return [...rowColumns(ctx, 0), ...measures(ctx, 1)];
      const table = tableNamed(ctx, name);
      const own = definedColumns(ctx, name);
      if (table === undefined || reading.model === undefined) return own;
      // The data hold columns that text defines, too.
      const known = new Set(own.map((it) => it.newText));
      return [...columnsOf(ctx, table, await soon(host, host.workspace.facts(reading.model, [table.name]), [])).filter((it) => !known.has(it.newText)), ...own];
    }
    case 'code':
      if (statement.kind === 'parameters') return parameterHints(ctx);
      if (wantsName(cursor.tokens)) return [];
      // A file begins with a name or with something to try.
      if (statement.kind === 'expression' && cursor.tokens.length === 0) return [...newMetric(0), ...opening(1), ...definedFunctions(ctx, false, 2), ...functions(ctx, false, 2)];
      if (isLineOfItsOwn(ctx)) return [...keywords(ctx, 0), ...(statement.kind === 'definition' || statement.kind === 'expression' ? newMetric(1) : [])];
      if (statement.kind === 'define' || endsOperand(cursor.tokens.at(-1))) return keywords(ctx, 0);
      return inCode(ctx, await valuesAt(host, ctx, false));
  }
}

/** What a word in the code may become; what the parameter at the cursor takes comes first. */
function inCode(ctx: CompletionContext, values: readonly Proposal[]): readonly Proposal[] {
  const parameter = parameterAt(ctx);
  // Nothing but one of its words can stand there.
  if (parameter?.kind === 'word' && parameter.orValue !== true && !parameter.optional) return words(ctx, 0);
  // A filter begins with the column that it filters.
  const isFilter = beginsArgument(ctx.cursor) ? (parameter?.kind ?? ctx.outermost) === 'filter' : ctx.cursor.tokens.length === 0 && ctx.outermost === 'filter';
  const wants = (kind: 'table' | 'column'): boolean => isFilter || parameter?.kind === kind || parameter?.kind === 'table-or-column';
  const isInRow = inRowContext(ctx);
  const calendar = ctx.reading.model === undefined ? undefined : calendarOf(ctx.reading.model.model);
  const isCalendar = (table: Table, column: Column): boolean => table.name === calendar?.table && column.name === calendar.column;
  const rankOf = (table: Table, column: Column): number => {
    // Days are those of the calendar before any other.
    if (wants('column')) return !fitsType(parameter?.type, column.type) ? 1.5 : parameter?.type === 'date' && !isCalendar(table, column) ? 1.1 : 1;
    return isInRow(table, column) ? 1.5 : 3;
  };
  const behind = textBehind(ctx);
  const bracketFollows = /^\s*\(/.test(behind);
  if (ctx.cursor.start < ctx.cursor.offset) {
    // The word is a table's name, of which a column stands behind it already; or what takes the arguments behind it.
    if (behind.startsWith('[')) return tables(ctx, false, 0);
    if (behind.startsWith('(')) return [...definedFunctions(ctx, true, 3), ...functions(ctx, true, 3), ...keywords(ctx, 4)];
  }
  return [
    ...values, ...words(ctx, 0), ...variables(ctx, 1), ...tables(ctx, false, wants('table') ? 1.2 : 2.5), ...measures(ctx, isFilter ? 3.5 : wants('column') || wants('table') ? 3 : 2),
    ...allColumns(ctx, rankOf), ...definedFunctions(ctx, bracketFollows, 3), ...functions(ctx, bracketFollows, 3), ...keywords(ctx, 4), ...snippets(ctx, 5),
  ];
}

function soon<T>(host: CompletionHost, work: Promise<T>, otherwise: T): Promise<T> {
  work.catch(() => undefined);
  const late = host.patience().then(() => 'late' as const);
  return Promise.race([work, late]).then((it) => {
    if (it !== 'late') return it;
    host.onLate?.();
    return otherwise;
  });
}

function inPlace(ctx: CompletionContext, all: readonly Proposal[]): readonly CompletionItem[] {
  const span = spanToDocument(ctx.spot.region.region.map, spanAmong(ctx, all.map((it) => it.newText)));
  // A blank typed while the list stands there is replaced with the rest.
  return awaitsBlank(ctx) ? all.map((it) => finished({ ...it, newText: ` ${it.newText}`, filterText: it.filterText ?? it.newText }, span)) : all.map((it) => finished(it, span));
}

/** Whether the cursor is directly behind a comparison or assignment that has a blank before it, so that one follows it too. */
const awaitsBlank = ({ cursor, text }: CompletionContext): boolean =>
  cursor.inside === 'code' && cursor.start === cursor.offset && /[ \t](?:[:<>=]?=|<>)$/.test(text.slice(Math.max(0, cursor.offset - 3), cursor.offset));

function finished({ rank, ...it }: Proposal, span: Span): CompletionItem {
  // Ranks are small and may have decimals; names follow so that equal ranks are in order of the alphabet, `_helper` at H.
  const sortText = `${rank.toFixed(3).padStart(6, '0')} ${it.label.toLowerCase().replace(/^[^\p{L}\p{N}]+/u, '')}`;
  return { ...it, filterText: it.filterText ?? it.newText, sortText, span };
}
