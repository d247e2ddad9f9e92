// What the suites share: documents of the opened workspace, and waiting for what the editor says of them.
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../client/src/extension.ts';

export const extensionId = 'dax-metrics.dax-metrics';

/** The good metrics of the sample, and its page with the published faults. */
export const metricsFile = 'historical/sessions.dax';
export const pageFile = 'calculate-session-metrics.md';

export function folder(): vscode.Uri {
  const first = vscode.workspace.workspaceFolders?.[0];
  assert.ok(first, 'a workspace folder is open');
  return first.uri;
}

export function fileUri(path: string): vscode.Uri {
  return vscode.Uri.joinPath(folder(), path);
}

/** Opens a file of the workspace in an editor. */
export async function open(path: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(fileUri(path));
  await vscode.window.showTextDocument(document);
  return document;
}

/** Adds text to the end of a document; returns the position behind it. */
export async function append(document: vscode.TextDocument, text: string): Promise<vscode.Position> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, document.positionAt(document.getText().length), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
  return document.positionAt(document.getText().length);
}

/** Takes back what was changed in the active editor. */
export async function revert(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.files.revert');
}

/** Resolves when the extension has started by itself and nothing is under way. */
export async function settled(): Promise<void> {
  const extension = vscode.extensions.getExtension<ExtensionApi>(extensionId);
  assert.ok(extension, 'the extension is installed');
  const api = await extension.activate();
  await api.settled();
}

/** The position of `needle`, moved by `shift` characters. */
export function at(document: vscode.TextDocument, needle: string, shift = 0): vscode.Position {
  const offset = document.getText().indexOf(needle);
  assert.notEqual(offset, -1, `${needle} stands in ${document.uri.path}`);
  return document.positionAt(offset + shift);
}

interface Hint {
  readonly line: number;
  readonly text: string;
}

/**
 * All inlay hints of a document as text, with their lines. A value that takes longer is told as `…` at first; when
 * nothing is under way any more, the hints are asked for as the editor asks for them then.
 */
export async function hints(document: vscode.TextDocument): Promise<readonly Hint[]> {
  await hintsNow(document);
  await settled();
  return hintsNow(document);
}

async function hintsNow(document: vscode.TextDocument): Promise<readonly Hint[]> {
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  const found = await vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, all);
  return found.map((it) => ({
    line: it.position.line,
    text: (typeof it.label === 'string' ? it.label : it.label.map((part) => part.value).join('')).trim(),
  }));
}

/** The rule that a diagnostic comes from. */
export function ruleOf(diagnostic: vscode.Diagnostic): string {
  const { code } = diagnostic;
  return String(typeof code === 'object' ? code.value : code);
}

export function errors(all: readonly vscode.Diagnostic[]): number {
  return all.filter((it) => it.severity === vscode.DiagnosticSeverity.Error).length;
}

/** All hovers at a position, as one Markdown text. */
export async function hoverText(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
  return hovers.flatMap((it) => it.contents.map((part) => (typeof part === 'string' ? part : part.value))).join('\n\n');
}

/** Resolves when the diagnostics of a document are as wished; the test's own time limit ends the waiting. */
export function diagnostics(
  document: vscode.TextDocument,
  wished: (all: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const all = vscode.languages.getDiagnostics(document.uri);
      if (!wished(all)) return false;
      resolve(all);
      return true;
    };
    if (look()) return;
    const listening = vscode.languages.onDidChangeDiagnostics(() => {
      if (look()) listening.dispose();
    });
  });
}
