// One question to one editor feature, at the place that `$0` marks in a fixture.
import { completion } from '../../server/src/ide/completion/completion.ts';
import { hover, type HoverContext } from '../../server/src/ide/hover/hover.ts';
import { codeLabelHints } from '../../server/src/ide/inlayHints/codeLabel.ts';
import type { InlayHint } from '../../server/src/ide/inlayHints/hint.ts';
import { createValueHints } from '../../server/src/ide/inlayHints/value.ts';
import { noPreview } from '../../server/src/ide/preview/preview.ts';
import { defaultSettings, type Settings } from '../../server/src/ide/settings.ts';
import type { Workspace } from '../../server/src/workspace/types.ts';
import { openFixture, uriOf } from '../support/workspace.ts';

/** Values are waited for, however long they take. */
export const patient = (): Promise<void> => new Promise<void>(() => undefined);
/** Values come too late. */
export const impatient = (): Promise<void> => Promise.resolve();

/** The hover at `$0`, or undefined. */
export async function hoverAt(fixture: string, settings: Settings = defaultSettings, patience = patient): Promise<string | undefined> {
  const { workspace, uri, offset } = await openFixture(fixture);
  return (await hover({ workspace, settings, preview: noPreview, patience }, uri, offset))?.markdown;
}

/** The last file of a fixture with its hints in it: `M = 1⟨= 1⟩`. */
export async function withHints(fixture: string, kind: InlayHint['kind']): Promise<string> {
  const { workspace, files } = await openFixture(fixture);
  const uri = uriOf(files.at(-1)?.path ?? '');
  const document = await workspace.document(uri);
  if (document === undefined) throw new Error(`${uri} is no document`);
  const hints = kind === 'value'
    ? await createValueHints(() => workspace).hints(document, { patience: patient, onLate: () => undefined })
    : codeLabelHints(document, { start: 0, end: document.text.length });
  let text = document.text;
  for (const it of [...hints].sort((a, b) => b.offset - a.offset)) text = `${text.slice(0, it.offset)}⟨${it.label}⟩${text.slice(it.offset)}`;
  return text;
}

/** What documentation of proposals is made from. */
export const docsOf = (workspace: Workspace, patience = patient): HoverContext => ({ workspace, settings: defaultSettings, preview: noPreview, patience });

/** Labels proposed at `$0`, best first. */
export async function labelsAt(fixture: string, trigger?: string): Promise<readonly string[]> {
  const { workspace, uri, offset } = await openFixture(fixture);
  const items = await completion({ workspace, patience: patient }, uri, offset, trigger);
  return [...items].sort((a, b) => (a.sortText < b.sortText ? -1 : 1)).map((it) => it.label);
}

/** The document after the proposal of that label was taken at `$0`. */
export async function afterCompleting(fixture: string, label: string, trigger?: string): Promise<string> {
  const { workspace, uri, offset } = await openFixture(fixture);
  const items = await completion({ workspace, patience: patient }, uri, offset, trigger);
  const item = items.find((it) => it.label === label);
  if (item === undefined) throw new Error(`${label} is not proposed; there are ${items.slice(0, 20).map((it) => it.label).join(', ')}`);
  const text = (await workspace.document(uri))?.text ?? '';
  const typed = text.slice(item.span.start, offset);
  if (!isSubsequence(typed, item.filterText)) throw new Error(`an editor does not offer ${item.filterText} for ${typed}`);
  return text.slice(0, item.span.start) + item.newText + text.slice(item.span.end);
}

/** Editors match what was typed with the letters of a proposal in order, first letter first. */
function isSubsequence(typed: string, text: string): boolean {
  let at = 0;
  for (const letter of text.toLowerCase()) if (letter === typed[at]?.toLowerCase()) at++;
  return at === typed.length;
}
