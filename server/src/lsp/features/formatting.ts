// textDocument/formatting, rangeFormatting, rangesFormatting and onTypeFormatting
import type {
  ClientCapabilities,
  DocumentFormattingParams,
  DocumentOnTypeFormattingParams,
  DocumentRangeFormattingParams,
  DocumentRangesFormattingParams,
  FormattingOptions,
  Range,
  TextEdit,
} from '../library.ts';
import type { Indentation } from '../../ide/formatting/style.ts';
import { triggers } from '../../ide/formatting/triggers.ts';
import { toOffset, toRange, toSpan, uriOf } from '../convert.ts';
import type { PageFormatting } from '../protocol.ts';
import { answer, type Feature, type FeatureContext, type Registration } from './feature.ts';

const [first, ...more] = triggers;
const onType = { firstTriggerCharacter: first, moreTriggerCharacter: [...more] };

/**
 * Only `dax` documents are offered, so that no page has us as its formatter: where a client takes registrations it is
 * told so, and a page is laid out only for whom asks with the option of our own.
 */
export const formattingFeature: Feature = {
  methods: ['textDocument/formatting', 'textDocument/rangeFormatting', 'textDocument/rangesFormatting', 'textDocument/onTypeFormatting'],
  declare: (client) => ({
    ...(takes(client, 'formatting') ? {} : { documentFormattingProvider: true }),
    ...(takes(client, 'rangeFormatting') ? {} : { documentRangeFormattingProvider: { rangesSupport: true } }),
    ...(takes(client, 'onTypeFormatting') ? {} : { documentOnTypeFormattingProvider: onType }),
  }),
  registrations: (client) => [
    ...registration(client, 'formatting', {}),
    ...registration(client, 'rangeFormatting', { rangesSupport: client.textDocument?.rangeFormatting?.rangesSupport === true }),
    ...registration(client, 'onTypeFormatting', onType),
  ],
  listen(connection, ctx) {
    answer<DocumentFormattingParams, TextEdit[] | null>(connection, ctx, 'textDocument/formatting', (it) => edits(it, ctx, undefined), null);
    answer<DocumentRangeFormattingParams, TextEdit[] | null>(connection, ctx, 'textDocument/rangeFormatting', (it) => edits(it, ctx, [it.range]), null);
    answer<DocumentRangesFormattingParams, TextEdit[] | null>(connection, ctx, 'textDocument/rangesFormatting', (it) => edits(it, ctx, it.ranges), null);
    answer<DocumentOnTypeFormattingParams, TextEdit[] | null>(connection, ctx, 'textDocument/onTypeFormatting', (it) => onTyping(it, ctx), null);
  },
};

type Kind = 'formatting' | 'rangeFormatting' | 'onTypeFormatting';

const takes = (client: ClientCapabilities, kind: Kind): boolean => client.textDocument?.[kind]?.dynamicRegistration === true;

const registration = (client: ClientCapabilities, kind: Kind, options: object): readonly Registration[] =>
  takes(client, kind) ? [{ method: `textDocument/${kind}`, options: { documentSelector: [{ language: 'dax' }], ...options } }] : [];

async function edits(
  { textDocument, options }: DocumentFormattingParams, { service }: FeatureContext, ranges: readonly Range[] | undefined,
): Promise<TextEdit[] | null> {
  const uri = uriOf(textDocument);
  const document = await service.document(uri);
  if (document === undefined || (document.kind !== 'dax' && !isForPage(options))) return null;
  const parts = ranges?.map((it) => toSpan(document, it));
  const found = await service.formatting(uri, indentationOf(options), parts);
  return found.length === 0 ? null : found.map(({ span, newText }) => ({ range: toRange(document, span), newText }));
}

async function onTyping({ textDocument, position, ch, options }: DocumentOnTypeFormattingParams, { service }: FeatureContext): Promise<TextEdit[] | null> {
  const uri = uriOf(textDocument);
  const document = await service.document(uri);
  if (document === undefined) return null;
  const found = await service.onTypeFormatting(uri, toOffset(document, position), ch, indentationOf(options));
  return found.length === 0 ? null : found.map(({ span, newText }) => ({ range: toRange(document, span), newText }));
}

const pageOption: keyof PageFormatting = 'daxMetrics.page';

const isForPage = (options: FormattingOptions): boolean => options[pageOption] === true;

/** Editors send what their settings hold. */
function indentationOf({ tabSize, insertSpaces }: FormattingOptions): Indentation {
  return { tabSize: Number.isInteger(tabSize) && tabSize >= 1 && tabSize <= 16 ? tabSize : 4, insertSpaces: insertSpaces !== false };
}
