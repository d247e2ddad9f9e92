/** Completion: what may be written at the cursor, with the text that it replaces. */
import { asRegionSpan } from './replace.ts';
import { cursorAt } from '../cursor.ts';
import { bodyStart, mainReading, openSpotAt } from '../spot.ts';
import { spanToDocument } from '../../base/offsetMap.ts';
import type { Span } from '../../base/spans.ts';
import type { Workspace } from '../../workspace/types.ts';
import { expectedColumn, tableBefore, tableNamed, type CompletionContext } from './context.ts';
import { functions, keywordProposals, words } from './functions.ts';
import type { CompletionItem, Proposal } from './item.ts';
import { allColumns, columnsOf, measures, rowColumns, tables, variables } from './names.ts';
import { valuesOf } from './values.ts';

export { completionDocs } from './docs.ts';
export type { CompletionItem, CompletionKey } from './item.ts';

export interface CompletionHost {
  readonly workspace: Workspace;
  /** Resolves when a list should no longer wait for what only data tell. */
  readonly patience: () => Promise<void>;
}

/**
 * @param byTrigger a trigger character (`[`, `'`, `(` or `"`) was typed; pages complete at these only, so that prose stays
 *   undisturbed
 */
export async function completion(host: CompletionHost, uri: string, offset: number, byTrigger: boolean): Promise<readonly CompletionItem[]> {
  const document = await host.workspace.document(uri);
  if (document === undefined || (document.kind === 'markdown' && !byTrigger)) return [];
  const spot = openSpotAt(document, offset);
  const reading = spot === undefined ? undefined : mainReading(spot.segment);
  if (spot === undefined || reading === undefined) return [];
  const { start } = spot.segment.segment;
  const from = bodyStart(spot.segment.segment);
  if (spot.offset < from) return [];
  const { text } = spot.region.region;
  const ctx: CompletionContext = { spot, reading, text, cursor: cursorAt(text, start + from, start + spot.offset) };
  const span = spanToDocument(spot.region.region.map, asRegionSpan(ctx));
  return (await proposals(host, ctx)).map((it) => finished(it, span));
}

async function proposals(host: CompletionHost, ctx: CompletionContext): Promise<readonly Proposal[]> {
  const { cursor, reading } = ctx;
  const expected = expectedColumn(ctx);
  const values = (quoted: boolean): Promise<readonly Proposal[]> =>
    expected === undefined || reading.model === undefined
      ? Promise.resolve([])
      : soon(host, valuesOf(host.workspace, reading.model, expected, quoted), []);
  switch (cursor.inside) {
    case 'comment':
      return [];
    case 'string':
      return values(true);
    case 'table':
      return tables(ctx, true, 0);
    case 'column': {
      const name = tableBefore(cursor.tokens, cursor.tokens.length, cursor.start);
      if (name === undefined) return [...rowColumns(ctx, 0), ...measures(ctx, 1)];
      const table = tableNamed(ctx, name);
      if (table === undefined || reading.model === undefined) return [];
      return columnsOf(ctx, table, await soon(host, host.workspace.facts(reading.model), []));
    }
    case 'code':
      if (isLineOfItsOwn(ctx)) return keywordProposals(true, 0);
      return [
        ...(await values(false)), ...words(ctx, 0), ...variables(ctx, 1), ...tables(ctx, false, 2), ...measures(ctx, 2), ...allColumns(ctx, 3),
        ...functions(/^\s*\(/.test(ctx.text.slice(cursor.offset, cursor.offset + 20)), 3), ...keywordProposals(false, 4),
      ];
  }
}

/** Whether a word at the start of a line can only be a keyword or the name of the next definition. */
function isLineOfItsOwn({ cursor, text }: CompletionContext): boolean {
  const last = cursor.tokens.at(-1);
  if (last === undefined || cursor.open.length > 0 || !/[\r\n]/.test(text.slice(last.end, cursor.start))) return false;
  if (last.kind === 'sign') return last.text === ')' || last.text === '}';
  return last.kind !== 'word' || !/^(?:return|evaluate|not|in|by|at|var|define|measure)$/i.test(last.text);
}

function soon<T>(host: CompletionHost, work: Promise<T>, otherwise: T): Promise<T> {
  work.catch(() => undefined);
  return Promise.race([work, host.patience().then(() => otherwise)]);
}

function finished({ rank, ...it }: Proposal, span: Span): CompletionItem {
  // Ranks are small and may have decimals; names follow so that equal ranks are in order of the alphabet.
  const sortText = `${rank.toFixed(3).padStart(6, '0')} ${it.label.toLowerCase()}`;
  return { ...it, filterText: it.filterText ?? it.newText, sortText, span };
}
