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
} from '../library.ts';
import type { CompletionItem as Proposal, CompletionKey } from '../../ide/completion/item.ts';
import { toOffset, toRange, uriOf, type Lined } from '../convert.ts';
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

export const completionFeature = request<CompletionParams, CompletionItem[] | CompletionList | null>({
  method: 'textDocument/completion',
  otherMethods: ['completionItem/resolve'],
  declare: () => ({ completionProvider: { triggerCharacters: ['[', "'", '(', '"', '@', '/', '=', ' '], resolveProvider: true } }),
  neutral: null,
  async run({ textDocument, position, context }, { service, client }) {
    const uri = uriOf(textDocument);
    const document = await service.document(uri);
    if (document === undefined) return null;
    // A path goes on behind a slash; elsewhere it divides, or begins a comment.
    if (context?.triggerCharacter === '/' && document.kind !== 'model') return null;
    const trigger = context?.triggerKind === CompletionTriggerKind.TriggerCharacter ? context.triggerCharacter : undefined;
    const takesSnippets = client.textDocument?.completion?.completionItem?.snippetSupport === true;
    let isIncomplete = false;
    const found = (await service.completion(uri, toOffset(document, position), trigger, () => { isIncomplete = true; })).filter((it) => takesSnippets || it.kind !== 'snippet');
    const items = found.map((it) => toItem(document, it));
    // What went without counts is asked for again with the next letter.
    if (isIncomplete) return { isIncomplete, items };
    return items.length === 0 ? null : items;
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

function toItem(document: Lined, it: Proposal): CompletionItem {
  return {
    label: it.label,
    kind: kinds[it.kind],
    filterText: it.filterText,
    sortText: it.sortText,
    textEdit: { range: toRange(document, it.span), newText: it.newText },
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
