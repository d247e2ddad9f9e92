/** What helps to write and changes text: completion, signatures, findings and their fixes, refactorings, layout, renaming. */
import type { Span } from '../../base/spans.ts';
import type { TextEdit } from '../../findings/finding.ts';
import type { LocatedFinding } from '../../workspace/types.ts';
import { codeActions, type CodeAction } from '../codeActions.ts';
import { completion, completionDocs, type CompletionItem, type CompletionKey } from '../completion/completion.ts';
import { diagnostics } from '../diagnostics.ts';
import { fillActions, type FillAction } from '../fill/fill.ts';
import { certainFixes, fixAllEdits } from '../fixAll.ts';
import { formatting, onTypeFormatting } from '../formatting/formatting.ts';
import type { Indentation } from '../formatting/style.ts';
import { refactorActions, refactorEdits, type RefactorAction, type Refactored } from '../refactor/refactorings.ts';
import { prepareRename, rename, type PreparedRename, type Refused, type RenameEdits } from '../rename/rename.ts';
import { defaultSettings } from '../settings.ts';
import { signatureHelp, type SignatureHelp } from '../signatureHelp.ts';
import type { ServiceContext } from './context.ts';

export interface WritingService {
  /**
   * @param trigger the trigger character that was typed, rather than a letter or the command
   * @param onLate is told when the list went without what data tell
   */
  completion(uri: string, offset: number, trigger: string | undefined, onLate?: () => void): Promise<readonly CompletionItem[]>;
  completionDocs(key: CompletionKey): Promise<string | undefined>;
  signatureHelp(uri: string, offset: number): Promise<SignatureHelp | undefined>;
  diagnostics(uri: string): Promise<readonly LocatedFinding[]>;
  codeActions(uri: string, selection: Span): Promise<readonly CodeAction[]>;
  /** How many findings have a fix that is made without asking. */
  certainFixes(uri: string): Promise<number>;
  fixAllEdits(uri: string, rule?: string): Promise<readonly TextEdit[]>;
  /** What of a page's metrics can be written from their definitions. */
  fillActions(uri: string, selection: Span): Promise<readonly FillAction[]>;
  refactorActions(uri: string, selection: Span): Promise<readonly RefactorAction[]>;
  /** Edits of one of the refactorings of a selection; none where it is not to be had any more. */
  refactorEdits(uri: string, selection: Span, id: string): Promise<Refactored>;
  /** Edits that lay out a document, or what `parts` of it touch; of a page its fences. */
  formatting(uri: string, indentation: Indentation, parts?: readonly Span[]): Promise<readonly TextEdit[]>;
  /** @param offset behind the character that was typed */
  onTypeFormatting(uri: string, offset: number, character: string, indentation: Indentation): Promise<readonly TextEdit[]>;
  /** What would be renamed, or a sentence that says why nothing can be; undefined outside DAX. */
  prepareRename(uri: string, offset: number): Promise<PreparedRename | Refused | undefined>;
  rename(uri: string, offset: number, newName: string): Promise<RenameEdits | Refused | undefined>;
}

export function createWriting({ workspace, settings, preview, patience, tracked }: ServiceContext): WritingService {
  return {
    completion: (uri, offset, trigger, onLate) => tracked(completion({ workspace: workspace(), patience, ...(onLate === undefined ? {} : { onLate }) }, uri, offset, trigger)),
    completionDocs: (key) => tracked(completionDocs({ workspace: workspace(), settings: defaultSettings, preview, patience, background: (it) => void tracked(it) }, key)),
    signatureHelp: (uri, offset) => signatureHelp(workspace(), uri, offset),
    diagnostics: (uri) => tracked(diagnostics(workspace(), uri)),
    codeActions: (uri, selection) => codeActions(workspace(), uri, selection),
    certainFixes: (uri) => certainFixes(workspace(), uri),
    fixAllEdits: (uri, rule) => fixAllEdits(workspace(), uri, rule),
    fillActions: (uri, selection) => fillActions(workspace(), uri, selection),
    refactorActions: (uri, selection) => refactorActions(workspace(), uri, selection),
    refactorEdits: (uri, selection, id) => refactorEdits(workspace(), uri, selection, id),
    formatting: async (uri, indentation, parts) => formatting(workspace(), uri, (await settings(uri)).format, indentation, parts),
    onTypeFormatting: (uri, offset, character, indentation) => onTypeFormatting(workspace(), uri, offset, character, indentation),
    prepareRename: (uri, offset) => prepareRename(workspace(), uri, offset),
    rename: (uri, offset, newName) => tracked(rename(workspace(), uri, offset, newName)),
  };
}
