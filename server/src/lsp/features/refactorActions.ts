// Code actions whose edits are made when one is chosen: refactorings, and all repairs of a file or of a rule.
import { CodeActionKind, type ClientCapabilities, type CodeAction, type TextEdit } from '../library.ts';
import { lineIndex, positionAt, type Span } from '../../base/spans.ts';
import type { RefactorAction } from '../../ide/refactor/refactorings.ts';
import type { WorkspaceDocument } from '../../workspace/types.ts';
import { toRange, uriOf } from '../convert.ts';
import type { FeatureContext } from './feature.ts';

/** Makes every certain repair of a file; asked for by name, or when a file is saved. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.daxMetrics`;

const kinds: Readonly<Record<RefactorAction['kind'], CodeActionKind>> = {
  extract: CodeActionKind.RefactorExtract,
  inline: CodeActionKind.RefactorInline,
  rewrite: CodeActionKind.RefactorRewrite,
};

/** What tells the edits of an action when it is chosen. */
interface Later {
  /** As the client writes it. */
  readonly uri: string;
  /** Of the text that it was offered for. */
  readonly version: number | undefined;
  readonly of: { readonly kind: 'refactor'; readonly id: string; readonly span: Span } | { readonly kind: 'fixAll'; readonly rule: string | undefined };
}

/** Refactorings of a selection; those that are refused say why, where the client shows it. */
export async function refactorings(
  ctx: FeatureContext, uri: string, document: WorkspaceDocument, span: Span, isWanted: (kind: string) => boolean,
): Promise<readonly CodeAction[]> {
  if (!Object.values(kinds).some(isWanted)) return [];
  const showsRefused = ctx.client.textDocument?.codeAction?.disabledSupport === true;
  const found = (await ctx.service.refactorActions(document.uri, span)).filter((it) => isWanted(kinds[it.kind]) && (showsRefused || it.refused === undefined));
  return Promise.all(found.map(async ({ id, title, kind, refused }): Promise<CodeAction> => {
    if (refused !== undefined) return { title, kind: kinds[kind], disabled: { reason: refused } };
    return withEdit(ctx, { title, kind: kinds[kind] }, { uri, version: versionOf(ctx, uri), of: { kind: 'refactor', id, span } });
  }));
}

/** @param rule the rule whose findings are mended; undefined: all */
export function fixAll(ctx: FeatureContext, uri: string, rule: string | undefined, count: number): Promise<CodeAction> {
  const action = rule === undefined ? { title: 'Fix all that has one certain fix', kind: fixAllKind }
    : { title: `Fix all ${count} of ${rule} in this file`, kind: CodeActionKind.QuickFix };
  return withEdit(ctx, action, { uri, version: versionOf(ctx, uri), of: { kind: 'fixAll', rule } });
}

const versionOf = ({ documents }: FeatureContext, uri: string): number | undefined => documents.get(uri)?.version;

const resolvesEdits = (client: ClientCapabilities): boolean =>
  client.textDocument?.codeAction?.dataSupport === true && client.textDocument.codeAction.resolveSupport?.properties.includes('edit') === true;

/** The action with its edit, now or when it is chosen. */
async function withEdit(ctx: FeatureContext, action: CodeAction, later: Later): Promise<CodeAction> {
  return resolvesEdits(ctx.client) ? { ...action, data: later } : completed(ctx, action, later);
}

/** codeAction/resolve: nothing is changed where the text is another one by now. */
export async function resolveAction(action: CodeAction, ctx: FeatureContext): Promise<CodeAction> {
  const later = asLater(action.data);
  if (later === undefined || later.version !== versionOf(ctx, later.uri)) return action;
  return completed(ctx, action, later);
}

async function completed({ service, renameCommand }: FeatureContext, action: CodeAction, { uri, of }: Later): Promise<CodeAction> {
  const own = uriOf({ uri });
  const document = await service.document(own);
  if (document === undefined) return action;
  const found = of.kind === 'refactor' ? await service.refactorEdits(own, of.span, of.id) : { edits: await service.fixAllEdits(own, of.rule) };
  const changes: TextEdit[] = found.edits.map(({ span, newText }) => ({ range: toRange(document, span), newText }));
  const edit = { changes: { [uri]: changes } };
  if (renameCommand === undefined || !('newName' in found) || found.newName === undefined) return { ...action, edit };
  const { applied } = await import('../../../../grammar/src/index.ts');
  const { line, column } = positionAt(lineIndex(applied(document.text, found.edits)), found.newName);
  return { ...action, edit, command: { title: 'Rename', command: renameCommand, arguments: [uri, line, column] } };
}

/** The data as the client hands it back; anything else is none. */
function asLater(data: unknown): Later | undefined {
  const { uri, version, of } = fields(data);
  const { kind, id, rule, span } = fields(of);
  const { start, end } = fields(span);
  if (typeof uri !== 'string' || (version !== undefined && typeof version !== 'number')) return undefined;
  if (kind === 'fixAll') return rule === undefined || typeof rule === 'string' ? { uri, version, of: { kind, rule } } : undefined;
  if (kind !== 'refactor' || typeof id !== 'string' || typeof start !== 'number' || typeof end !== 'number') return undefined;
  return { uri, version, of: { kind, id, span: { start, end } } };
}

const fields = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
