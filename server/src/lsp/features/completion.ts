// textDocument/completion and completionItem/resolve
import {
  CompletionItemKind,
  CompletionItemTag,
  CompletionTriggerKind,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
  type CompletionItem,
  type CompletionList,
  type CompletionParams,
  type Position,
} from '../library.ts';
import type { CompletionItem as Proposal, CompletionKey } from '../../ide/completion/item.ts';
import { toOffset, toRange, uriOf, type Lined } from '../convert.ts';
import type { WorkspaceDocument } from '../../workspace/types.ts';
import { answer, request } from './feature.ts';

const kinds: Readonly<Record<Proposal['kind'], CompletionItemKind>> = {
  table: CompletionItemKind.Class,
  column: CompletionItemKind.Field,
  measure: CompletionItemKind.Property,
  function: CompletionItemKind.Function,
  variable: CompletionItemKind.Variable,
  code: CompletionItemKind.EnumMember,
  value: CompletionItemKind.Value,
  word: CompletionItemKind.Enum,
  keyword: CompletionItemKind.Keyword,
  snippet: CompletionItemKind.Snippet,
  file: CompletionItemKind.File,
  folder: CompletionItemKind.Folder,
};

/** How often a list is made anew because somebody types on: an editor that gets none does not ask again for digits. */
const mostTries = 100;

export const completionFeature = request<CompletionParams, CompletionItem[] | CompletionList | null>({
  method: 'textDocument/completion',
  otherMethods: ['completionItem/resolve'],
  declare: () => ({ completionProvider: { triggerCharacters: ['[', "'", '(', '"', '@', '/', '=', ' '], resolveProvider: true } }),
  neutral: null,
  async run({ textDocument, position, context }, { service, client }, token, asked) {
    const uri = uriOf(textDocument);
    const triggered = context?.triggerKind === CompletionTriggerKind.TriggerCharacter ? context.triggerCharacter : undefined;
    const takesSnippets = client.textDocument?.completion?.completionItem?.snippetSupport === true;
    for (let tries = 0; tries < mostTries && !token.isCancellationRequested; tries++) {
      const document = await service.document(uri);
      // A path goes on behind a slash; elsewhere it divides, or begins a comment.
      if (document === undefined || (context?.triggerCharacter === '/' && document.kind !== 'model')) return null;
      const at = typedOn(asked, document, position);
      if (at === undefined) return null;
      // With a word behind it the trigger is no longer what is asked about, and editors do not ask about the word by itself.
      const trigger = at.isWord && document.kind !== 'markdown' ? undefined : triggered;
      let isIncomplete = false;
      const found = (await service.completion(uri, at.offset, trigger, () => { isIncomplete = true; })).filter((it) => takesSnippets || it.kind !== 'snippet');
      // The list may be of a later text than the one that was asked about and read.
      if ((await service.document(uri))?.text !== document.text) continue;
      const items = found.flatMap((it) => (it.span.start > at.offset - at.typed ? [] : [toItem(document, it, at)]));
      // What went without counts is asked for again with the next letter.
      if (isIncomplete) return { isIncomplete, items };
      return items.length === 0 ? null : items;
    }
    return null;
  },
  also(connection, ctx) {
    const asIs = { label: '' };
    answer<CompletionItem, CompletionItem>(connection, ctx, 'completionItem/resolve', async (item, { service }) => {
      const key = asKey(item.data);
      const docs = key === undefined ? undefined : await service.completionDocs(key);
      return docs === undefined ? item : { ...item, documentation: { kind: MarkupKind.Markdown, value: docs } };
    }, asIs);
  },
});

interface TypedOn {
  readonly offset: number;
  /** Characters before it that were typed after the question came. */
  readonly typed: number;
  /** They end in a word. */
  readonly isWord: boolean;
}

/**
 * Where the cursor is by now: editors do not ask again while a word is typed, and take the answer for the text that they
 * asked about.
 *
 * @returns undefined where something else was changed
 */
function typedOn(asked: string | undefined, document: WorkspaceDocument, position: Position): TypedOn | undefined {
  const offset = toOffset(document, position);
  if (asked === undefined || asked === document.text) return { offset, typed: 0, isWord: false };
  const typed = document.text.length - asked.length;
  const letters = document.text.slice(offset, offset + typed);
  const isTyped = typed > 0 && document.text.startsWith(asked.slice(0, offset)) && document.text.endsWith(asked.slice(offset)) && /^[\p{L}\p{N}_. ]+$/u.test(letters);
  return isTyped ? { offset: offset + typed, typed, isWord: /[\p{L}\p{N}_]$/u.test(letters) } : undefined;
}

function toItem(document: Lined, it: Proposal, at: TypedOn): CompletionItem {
  const range = toRange(document, it.span);
  return {
    label: it.label,
    kind: kinds[it.kind],
    filterText: it.filterText,
    sortText: it.sortText,
    textEdit: { range: { start: range.start, end: { ...range.end, character: range.end.character - at.typed } }, newText: it.newText },
    ...(it.kind === 'snippet' ? { insertTextFormat: InsertTextFormat.Snippet } : it.newText.includes('\n') ? { insertTextMode: InsertTextMode.asIs } : {}),
    ...(it.detail === undefined ? {} : { labelDetails: { description: it.detail } }),
    ...(it.deprecated === true ? { tags: [CompletionItemTag.Deprecated] } : {}),
    ...(it.key === undefined ? {} : { data: it.key }),
  };
}

/** The key as the client hands it back; anything else is none. */
function asKey(data: unknown): CompletionKey | undefined {
  if (typeof data !== 'object' || data === null || !('kind' in data)) return undefined;
  const text = (name: string): string | undefined => {
    const value = (data as Record<string, unknown>)[name];
    return typeof value === 'string' ? value : undefined;
  };
  const [name, uri, modelUri, table, column] = ['name', 'uri', 'modelUri', 'table', 'column'].map(text);
  switch (data.kind) {
    case 'function': return name === undefined ? undefined : { kind: 'function', name };
    case 'measure':
    case 'definedFunction': return name === undefined || uri === undefined ? undefined : { kind: data.kind, uri, name };
    case 'column':
      return modelUri === undefined || table === undefined || column === undefined ? undefined : { kind: 'column', modelUri, table, column };
    case 'table': return modelUri === undefined || table === undefined ? undefined : { kind: 'table', modelUri, table };
    default: return undefined;
  }
}
