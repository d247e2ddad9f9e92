// textDocument/codeAction: the fixes of findings
import { CodeActionKind, type CodeAction, type CodeActionParams, type Diagnostic, type Range, type TextEdit } from 'vscode-languageserver';
import type { Finding } from '../../findings/finding.ts';
import { toRange, toSpan, uriOf, type Lined } from '../convert.ts';
import { request, type FeatureContext } from './feature.ts';

export const codeActionFeature = request<CodeActionParams, CodeAction[] | null>({
  method: 'textDocument/codeAction',
  declare: () => ({ codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] } }),
  neutral: null,
  async run({ textDocument, range, context }, { service }) {
    // Kinds are hierarchical: who asks for `quickfix` or for everything gets these.
    if (context.only !== undefined && !context.only.some((it) => it === '' || it === CodeActionKind.QuickFix)) return null;
    const uri = uriOf(textDocument);
    const document = await service.document(uri);
    if (document === undefined) return null;
    const actions: CodeAction[] = [];
    for (const it of await service.codeActions(uri, toSpan(document, range))) {
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
    return actions.length === 0 ? null : actions;
  },
});

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
