/** Formatting for editors: a whole document, parts of it, the DAX of a page, or the line that is typed. */
import type { Span } from '../../base/spans.ts';
import type { TextEdit } from '../../findings/finding.ts';
import type { Workspace } from '../../workspace/types.ts';
import { formatEdits } from './format.ts';
import { formatTyped } from './onType.ts';
import type { FormatSettings, Indentation } from './style.ts';

/**
 * @param parts where they are given, only definitions and queries that they touch are laid out
 * @returns edits in order of place; none for a document without DAX of its own
 */
export async function formatting(
  workspace: Workspace, uri: string, settings: FormatSettings, indentation: Indentation, parts?: readonly Span[],
): Promise<readonly TextEdit[]> {
  const document = await workspace.document(uri);
  if (document === undefined || (document.kind !== 'dax' && document.kind !== 'markdown')) return [];
  const own = { uri, text: document.text, languageId: document.kind };
  if (parts === undefined) return formatEdits(own, settings, indentation);
  const found = parts.flatMap((it) => formatEdits(own, settings, indentation, it));
  // Two parts may touch one definition.
  const byPlace = new Map(found.map((it) => [it.span.start, it]));
  return [...byPlace.values()].sort((a, b) => a.span.start - b.span.start);
}

export async function onTypeFormatting(
  workspace: Workspace, uri: string, offset: number, character: string, indentation: Indentation,
): Promise<readonly TextEdit[]> {
  const document = await workspace.document(uri);
  return document?.kind === 'dax' ? formatTyped(document, offset, character, indentation) : [];
}
