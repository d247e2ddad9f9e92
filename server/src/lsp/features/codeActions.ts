// textDocument/codeAction and codeAction/resolve: the fixes of findings, refactorings, pinned values, and pages filled from the definitions of their metrics
import { CodeActionKind, type CodeAction, type CodeActionParams, type Diagnostic, type Range, type TextEdit } from '../library.ts';
import type { Finding } from '../../findings/finding.ts';
import type { FillAction } from '../../ide/fill/fill.ts';
import type { WorkspaceDocument } from '../../workspace/types.ts';
import { toOffset, toRange, toSpan, uriOf, type Lined } from '../convert.ts';
import { answer, request, type FeatureContext } from './feature.ts';
import { fixAll, fixAllKind, refactorings, resolveAction } from './refactorActions.ts';

/** Writes what pages leave open of their metrics; asked for by name, or when a page is saved. */
const fillKind = `${CodeActionKind.Source}.fillFromDefinition`;

export const codeActionFeature = request<CodeActionParams, CodeAction[] | null>({
  method: 'textDocument/codeAction',
  otherMethods: ['codeAction/resolve'],
  declare: () => ({
    codeActionProvider: {
      codeActionKinds: [
        CodeActionKind.QuickFix, CodeActionKind.RefactorExtract, CodeActionKind.RefactorInline, CodeActionKind.RefactorRewrite, fixAllKind, fillKind,
      ],
      resolveProvider: true,
    },
  }),
  neutral: null,
  async run({ textDocument, range, context }, ctx) {
    const { service } = ctx;
    const uri = uriOf(textDocument);
    const document = await service.document(uri);
    if (document === undefined) return null;
    const actions: CodeAction[] = [];
    const found = isWanted(context, CodeActionKind.QuickFix) ? await service.codeActions(uri, toSpan(document, range)) : [];
    for (const it of found) {
      const changes = await changesOf(service, textDocument.uri, document, it.fix.edits);
      if (changes === undefined) continue;
      const diagnostic = context.diagnostics.find((known) => isOf(document, known, it.finding));
      actions.push({
        title: it.title,
        kind: CodeActionKind.QuickFix,
        isPreferred: it.preferred,
        edit: { changes },
        ...(diagnostic === undefined ? {} : { diagnostics: [diagnostic] }),
      });
    }
    const counts = new Map(found.map((it) => [it.finding.rule, it.alike]));
    for (const [rule, count] of counts) if (count > 1) actions.push(await fixAll(ctx, textDocument.uri, rule, count));
    if (isAskedFor(context, fixAllKind) && (await service.certainFixes(uri)) > 0) actions.push(await fixAll(ctx, textDocument.uri, undefined, 0));
    if (document.kind === 'markdown') actions.push(...await fills(service, textDocument.uri, document, range, context));
    if (isWanted(context, CodeActionKind.RefactorRewrite)) actions.push(...await pins(ctx, textDocument.uri, document, range));
    const refactored = await refactorings(ctx, textDocument.uri, document, toSpan(document, range), (kind) => isWanted(context, kind));
    // What a fix does already is not offered a second time; a refactoring's title may go on to say what changes.
    actions.push(...refactored.filter((it) => !found.some(({ title }) => it.title.startsWith(title))));
    return actions.length === 0 ? null : actions;
  },
  also(connection, ctx) {
    answer<CodeAction, CodeAction>(connection, ctx, 'codeAction/resolve', resolveAction, { title: '' });
  },
});

/** Kinds are hierarchical: who asks for `source` or for everything gets `source.fillFromDefinition` too. */
const isWanted = ({ only }: CodeActionParams['context'], kind: string): boolean =>
  only === undefined || only.some((it) => it === '' || it === kind || kind.startsWith(`${it}.`));

/** Asked for by its kind or one above it; what changes a whole file is not offered unasked. */
const isAskedFor = (context: CodeActionParams['context'], kind: string): boolean =>
  context.only?.some((it) => it !== '' && isWanted({ ...context, only: [it] }, kind)) === true;

/** Filling stands among the quick fixes where a finding asks for it, among the changes elsewhere, and by its own name. */
async function fills(
  service: FeatureContext['service'], uri: string, document: WorkspaceDocument, range: Range, context: CodeActionParams['context'],
): Promise<readonly CodeAction[]> {
  const asked = context.diagnostics.filter((it) => it.code === 'empty-element' || it.code === 'page-placeholder');
  const kind = isAskedFor(context, fillKind) ? fillKind
    : asked.length > 0 && isWanted(context, CodeActionKind.QuickFix) ? CodeActionKind.QuickFix
    : isWanted(context, CodeActionKind.RefactorRewrite) ? CodeActionKind.RefactorRewrite : undefined;
  if (kind === undefined) return [];
  const found = await service.fillActions(document.uri, toSpan(document, range));
  // By its name it does one thing: it fills what is empty, of every metric that is selected.
  const offered = kind === fillKind ? joined(found.filter((it) => it.kind === 'fill')) : found;
  return offered.map((it): CodeAction => ({
    title: it.title,
    kind: it.kind === 'add' && kind === CodeActionKind.QuickFix ? CodeActionKind.RefactorRewrite : kind,
    edit: { changes: { [uri]: it.edits.map(({ span, newText }) => ({ range: toRange(document, span), newText })) } },
    ...(kind === CodeActionKind.QuickFix && it.kind === 'fill' ? { isPreferred: true, diagnostics: asked } : {}),
  }));
}

/** "Pin this value" at the head of a definition; by the client's command where the value is still being computed. */
async function pins({ service, client, lensCommands }: FeatureContext, uri: string, document: WorkspaceDocument, { start, end }: Range): Promise<readonly CodeAction[]> {
  if (start.line !== end.line || start.character !== end.character) return [];
  const pin = await service.pinOffer(document.uri, toOffset(document, start));
  const [title, kind] = ['Pin this value', CodeActionKind.RefactorRewrite];
  if (pin === undefined) return [];
  if (pin === 'later') return lensCommands.pin === undefined ? [] : [{ title, kind, command: { title, command: lensCommands.pin, arguments: [uri, start.line, start.character] } }];
  if (pin.kind === 'refused') return client.textDocument?.codeAction?.disabledSupport === true ? [{ title, kind, disabled: { reason: pin.reason } }] : [];
  // The finding has a fix that says the same.
  if (pin.replaces) return [];
  const shown = pin.tag.length > longestTag ? `${pin.tag.slice(0, longestTag)}…` : pin.tag;
  // The new test is run, where the client runs tests.
  const command = lensCommands.tests === undefined ? {} : { command: { title: 'Run', command: lensCommands.tests, arguments: [uri, pin.metric] } };
  return [{ title: `${title}: ${shown}`, kind, ...command, edit: { changes: { [uri]: pin.edits.map(({ span, newText }) => ({ range: toRange(document, span), newText })) } } }];
}

/** Characters of a tag in the title of an action. */
const longestTag = 60;

function joined(found: readonly FillAction[]): readonly FillAction[] {
  const [first] = found;
  return first === undefined ? [] : [{ ...first, edits: found.flatMap((it) => it.edits) }];
}

/** Edits by file; undefined when a file that is to change cannot be read. */
async function changesOf(
  service: FeatureContext['service'], uri: string, document: Lined, edits: Finding['fixes'][number]['edits'],
): Promise<Record<string, TextEdit[]> | undefined> {
  const changes = new Map<string, TextEdit[]>();
  for (const it of edits) {
    const lines = it.uri === undefined ? document.lines : await service.lines(it.uri);
    if (lines === undefined) return undefined;
    const key = it.uri === undefined || it.uri === uriOf({ uri }) ? uri : it.uri;
    changes.set(key, [...(changes.get(key) ?? []), { range: toRange({ lines }, it.span), newText: it.newText }]);
  }
  return Object.fromEntries(changes);
}

function isOf(document: Lined, diagnostic: Diagnostic, finding: Finding): boolean {
  return diagnostic.code === finding.rule && isSame(diagnostic.range, toRange(document, finding.span));
}

const isSame = (a: Range, b: Range): boolean =>
  a.start.line === b.start.line && a.start.character === b.start.character && a.end.line === b.end.line && a.end.character === b.end.character;
