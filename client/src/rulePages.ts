// The page of a rule, opened from a finding's id: a document that is only read, since all pages are shipped as one file.
import { Uri, workspace } from 'vscode';
import type { ClientFeature } from './features.ts';

/** What the server puts in front of a rule's id and `.md` to have its page. */
export const rulePages = 'dax-metrics-rule:/';

export const rulePagesDocument: ClientFeature = ({ context }) => {
  let pages: Promise<ReadonlyMap<string, string>> | undefined;
  const read = async (): Promise<ReadonlyMap<string, string>> => {
    const bytes = await workspace.fs.readFile(Uri.joinPath(context.extensionUri, 'dist', 'rules.json'));
    return new Map(Object.entries(JSON.parse(new TextDecoder().decode(bytes)) as Readonly<Record<string, string>>));
  };
  return workspace.registerTextDocumentContentProvider(rulePages.slice(0, -2), {
    async provideTextDocumentContent({ path }) {
      pages ??= read();
      return (await pages).get(path.slice(1)) ?? 'There is no such rule.';
    },
  });
};
