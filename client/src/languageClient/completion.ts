// What follows when a proposal was taken: the parameters of a function, the values of a key.
import { CompletionItemKind, type Command, type CompletionItem } from 'vscode';
import type { CompletionMiddleware } from 'vscode-languageclient';

export const afterProposals: Required<Pick<CompletionMiddleware, 'provideCompletionItem'>> = {
  async provideCompletionItem(document, position, context, token, next) {
    const found = await next(document, position, context, token);
    for (const it of found == null ? [] : Array.isArray(found) ? found : found.items) {
      const command = commandAfter(it);
      if (command !== undefined) it.command = command;
    }
    return found;
  },
};

function commandAfter({ kind, insertText }: CompletionItem): Command | undefined {
  const text = typeof insertText === 'string' ? insertText : '';
  if (kind === CompletionItemKind.Function && text.endsWith('(')) return { title: '', command: 'editor.action.triggerParameterHints' };
  return kind === CompletionItemKind.Keyword && text.endsWith(': ') ? { title: '', command: 'editor.action.triggerSuggest' } : undefined;
}
