// Which documents the language server is given, and how an open document is recognised as one of them.
import { languages, type TextDocument } from 'vscode';
import type { DocumentSelector } from 'vscode-languageclient';

/** Model and project files, as a glob below a workspace folder. */
export const modelFiles = '**/{*.daxmodel.yaml,*.daxmodel.yml,*.daxmodel.json,dax-metrics.json}';

export const documentSelector: DocumentSelector = [{ language: 'dax' }, { language: 'markdown' }, { pattern: modelFiles }];

/** Whether a document is DAX, a model, or a page with a DAX fence. A page costs one search for the word. */
export function mayHoldDax(document: TextDocument): boolean {
  if (document.languageId === 'dax') return true;
  if (document.languageId === 'markdown') return /(?:```|~~~)[`~]*[ \t]*dax\b/i.test(document.getText());
  return languages.match({ pattern: modelFiles }, document) > 0;
}
