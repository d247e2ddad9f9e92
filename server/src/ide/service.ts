/** What an editor can ask of the language: one object in offsets and plain records, which `lsp` translates. */
import type { LineIndex, Span } from '../base/spans.ts';
import { canonicalUri } from '../base/uri.ts';
import type { TextEdit } from '../findings/finding.ts';
import type { Cancellation, LocatedFinding, ModelView, Workspace, WorkspaceDocument } from '../workspace/types.ts';
import type { ColumnRef } from '../plan/plan.ts';
import { incomingCalls, outgoingCalls, prepareCallHierarchy, type IncomingCall, type OutgoingCall } from './callHierarchy/callHierarchy.ts';
import type { CallItem } from './callHierarchy/definitions.ts';
import { codeActions, type CodeAction } from './codeActions.ts';
import { codeLenses, codeLensText, type CodeLens, type LensText } from './codeLens.ts';
import { completion, completionDocs, type CompletionItem, type CompletionKey } from './completion/completion.ts';
import { definition, type DefinitionLink } from './definition.ts';
import { dependencyGraphAt, dependencyGraphOf, type DependencyGraph } from './dependencyGraph.ts';
import { diagnostics } from './diagnostics.ts';
import { documentHighlights, type DocumentHighlight } from './documentHighlight.ts';
import { documentSymbols, type DocumentSymbol } from './documentSymbols.ts';
import { fillActions, type FillAction } from './fill/fill.ts';
import { certainFixes, fixAllEdits } from './fixAll.ts';
import { foldingRanges, type FoldingRange } from './foldingRanges.ts';
import { formatting, onTypeFormatting } from './formatting/formatting.ts';
import type { Indentation } from './formatting/style.ts';
import { hover, type Hover } from './hover/hover.ts';
import { codeLabelHints, pageLabelHints } from './inlayHints/codeLabel.ts';
import type { InlayHint } from './inlayHints/hint.ts';
import { createValueHints } from './inlayHints/value.ts';
import { modelState, type ModelState } from './modelState.ts';
import { createModelTree } from './modelTree/modelTree.ts';
import type { TreeNode, TreePath } from './modelTree/node.ts';
import { previewChoices, previewColumns, type PreviewChoice, type PreviewColumn } from './preview/choices.ts';
import { createVariableHints } from './inlayHints/variable.ts';
import { createSavedMetrics } from './saved.ts';
import { createPreview } from './preview/preview.ts';
import { previewState, type PreviewState } from './preview/state.ts';
import { prepareRename, rename, type PreparedRename, type Refused, type RenameEdits } from './rename/rename.ts';
import { refactorActions, refactorEdits, type RefactorAction, type Refactored } from './refactor/refactorings.ts';
import { references } from './references/references.ts';
import { createResultsService, type ResultsService } from './results/service.ts';
import { selectionRanges } from './selectionRanges.ts';
import { defaultSettings, type Settings } from './settings.ts';
import { signatureHelp, type SignatureHelp } from './signatureHelp.ts';
import type { Location } from './spot.ts';
import type { DocumentCoverage } from '../workspace/testCoverage.ts';
import { listedCoverage, type ChosenTests } from './tests/coverage.ts';
import { listTests, type FileTests } from './tests/list.ts';
import { isAtHead, pin, type Pin } from './tests/pin.ts';
import { runListed, type Outcome } from './tests/run.ts';
import { tableRows, type TableRows } from './tableRows.ts';
import { workspaceSymbols, type WorkspaceSymbol } from './workspaceSymbols.ts';

/** A text that an editor holds open; it beats the one on disk. */
export interface OpenText {
  readonly uri: string;
  /** The editor's name of the language: `dax`, `markdown`, `yaml`, ... */
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
}

export interface LanguageService {
  open(document: OpenText): void;
  change(document: OpenText): void;
  /** The text of an open document was written to the disk. */
  save(uri: string): void;
  close(uri: string): void;
  /** The analysed document, with the lines that its offsets mean. */
  document(uri: string): Promise<WorkspaceDocument | undefined>;
  /** Lines of any file that an answer points into. */
  lines(uri: string): Promise<LineIndex | undefined>;
  diagnostics(uri: string): Promise<readonly LocatedFinding[]>;
  /** @param selection what is selected around the offset: where it is an expression, its value is told */
  hover(uri: string, offset: number, selection?: Span): Promise<Hover | undefined>;
  /** Hints of the visible part. Late values are told by `onLateValues`. */
  inlayHints(uri: string, visible: Span): Promise<readonly InlayHint[]>;
  /** @param byTrigger a trigger character was typed, rather than a letter or the command */
  completion(uri: string, offset: number, byTrigger: boolean): Promise<readonly CompletionItem[]>;
  completionDocs(key: CompletionKey): Promise<string | undefined>;
  definition(uri: string, offset: number): Promise<readonly DefinitionLink[]>;
  references(uri: string, offset: number, withDefinitions: boolean): Promise<readonly Location[]>;
  documentHighlights(uri: string, offset: number): Promise<readonly DocumentHighlight[]>;
  /** What would be renamed, or a sentence that says why nothing can be; undefined outside DAX. */
  prepareRename(uri: string, offset: number): Promise<PreparedRename | Refused | undefined>;
  rename(uri: string, offset: number, newName: string): Promise<RenameEdits | Refused | undefined>;
  prepareCallHierarchy(uri: string, offset: number): Promise<readonly CallItem[]>;
  /** @param offset of the item's name, as `outgoingCalls` wants it too */
  incomingCalls(uri: string, offset: number): Promise<readonly IncomingCall[]>;
  outgoingCalls(uri: string, offset: number): Promise<readonly OutgoingCall[]>;
  workspaceSymbols(query: string): Promise<readonly WorkspaceSymbol[]>;
  documentSymbols(uri: string): Promise<readonly DocumentSymbol[]>;
  codeActions(uri: string, selection: Span): Promise<readonly CodeAction[]>;
  refactorActions(uri: string, selection: Span): Promise<readonly RefactorAction[]>;
  /** Edits of one of the refactorings of a selection; none where it is not to be had any more. */
  refactorEdits(uri: string, selection: Span, id: string): Promise<Refactored>;
  /** How many findings have a fix that is made without asking. */
  certainFixes(uri: string): Promise<number>;
  fixAllEdits(uri: string, rule?: string): Promise<readonly TextEdit[]>;
  /** What of a page's metrics can be written from their definitions. */
  fillActions(uri: string, selection: Span): Promise<readonly FillAction[]>;
  /** Edits that lay out a document, or what `parts` of it touch; of a page its fences. */
  formatting(uri: string, indentation: Indentation, parts?: readonly Span[]): Promise<readonly TextEdit[]>;
  /** @param offset behind the character that was typed */
  onTypeFormatting(uri: string, offset: number, character: string, indentation: Indentation): Promise<readonly TextEdit[]>;
  signatureHelp(uri: string, offset: number): Promise<SignatureHelp | undefined>;
  foldingRanges(uri: string): Promise<readonly FoldingRange[]>;
  /** For each offset the ranges around it, the innermost first. */
  selectionRanges(uri: string, offsets: readonly number[]): Promise<readonly (readonly Span[])[]>;
  /** The `@expect` and `@compare` tags of one file, or of every file that has any. */
  tests(uri: string | undefined): Promise<readonly FileTests[]>;
  /** Runs tests of a file by their ids, or all of them; `onDone` is told after each metric. */
  runTests(uri: string, ids: readonly string[] | undefined, cancellation: Cancellation, onDone: (done: readonly Outcome[]) => void): Promise<void>;
  /** Which definitions and branches tests reach. */
  testCoverage(chosen: readonly ChosenTests[], cancellation: Cancellation): Promise<readonly DocumentCoverage[]>;
  /** The `@expect` that says the value of the definition at an offset; undefined outside of definitions. */
  pin(uri: string, offset: number): Promise<Pin | undefined>;
  /** The same for a cursor in the head of a definition, where the value is there at once; else `later`. */
  pinOffer(uri: string, offset: number): Promise<Pin | 'later' | undefined>;
  codeLenses(uri: string): Promise<readonly CodeLens[]>;
  codeLensText(uri: string, lens: CodeLens, cancellation: Cancellation): Promise<LensText | undefined>;
  /** Shows or hides the values of the variables of the metric at an offset; undefined where there are none. */
  toggleVariables(uri: string, offset: number): Promise<'shown' | 'hidden' | undefined>;
  /** @param filters of every value that is shown while writing, unchecked; they replace those before */
  setPreview(filters: unknown): void;
  /** DAX filter arguments that a value shown in this model obeys, for SUMMARIZECOLUMNS and CALCULATETABLE. */
  previewFilters(model: ModelView): readonly string[];
  /** The same in words, plain text; undefined where all rows are seen. */
  previewWords(model: ModelView): string | undefined;
  /** The preview as it applies to a document; undefined where there is no model at hand. */
  previewState(uri: string): Promise<PreviewState | undefined>;
  /** Columns by which the preview of a document can be filtered. */
  previewColumns(uri: string): Promise<readonly PreviewColumn[]>;
  /** @returns values or ranges of days; undefined where they cannot be had */
  previewChoices(model: string, column: ColumnRef): Promise<readonly PreviewChoice[] | undefined>;
  /** What a document's values are made of, and what of it is missing; undefined where it has no DAX. */
  modelState(uri: string): Promise<ModelState | undefined>;
  /** The lines below a path of the tree of models. What is late is told by `onLateTree`. */
  modelTree(path: TreePath): Promise<readonly TreeNode[]>;
  /** What the metric at a place is made of: the one whose name stands there, else the one that is defined there. */
  dependencyGraphAt(uri: string, offset: number): Promise<DependencyGraph | undefined>;
  dependencyGraphOf(modelUri: string, metric: string): Promise<DependencyGraph | undefined>;
  /** The first rows of a table, or why there are none; undefined where there is no such table. */
  tableRows(modelUri: string, table: string): Promise<TableRows | { readonly problem: string } | undefined>;
  /** What the results view asks. */
  readonly results: ResultsService;
  /** Values that obey the preview may have changed, because its filters did. */
  onDidChangePreview(listener: () => void): void;
  /**
   * Findings or values of files other than the edited one may have changed: by an edit (`text`), or by files on disk,
   * settings or folders (`files`).
   */
  onDidChange(listener: (cause: 'text' | 'files') => void): void;
  /** Values that were shown as being computed are there now, or are others since the preview changed. */
  onLateValues(listener: () => void): void;
  /** What was shown as being computed below a path of the tree is there now. */
  onLateTree(listener: (path: TreePath) => void): void;
  /** Resolves when nothing that was asked for is still being read, checked or evaluated. */
  settled(): Promise<void>;
}

export interface ServiceOptions {
  /** The workspace as it is now; it is another one after the editor's folders changed. */
  readonly workspace: () => Workspace;
  readonly settings: (uri: string) => Promise<Settings>;
  readonly delay: (milliseconds: number) => Promise<void>;
}

export interface LanguageServiceControl extends LanguageService {
  /** To be called when the workspace is another one or its data changed. */
  changed(): void;
}

/** How long hovers and hints wait for values before they say that they are being computed, in milliseconds. */
const patience = 150;

export function createLanguageService({ workspace, settings, delay }: ServiceOptions): LanguageServiceControl {
  const late = (): void => lateListeners.forEach((it) => it());
  const preview = createPreview(() => {
    valueHints.invalidate();
    variableHints.invalidate();
    tree.invalidate();
    for (const it of [...lateListeners, ...previewListeners]) it();
    for (const it of treeListeners) it([]);
  });
  const valueHints = createValueHints(workspace, preview);
  const variableHints = createVariableHints(workspace, preview);
  const saved = createSavedMetrics(workspace);
  const changeListeners: ((cause: 'text' | 'files') => void)[] = [];
  const lateListeners: (() => void)[] = [];
  const treeListeners: ((path: TreePath) => void)[] = [];
  const previewListeners: (() => void)[] = [];
  const running = new Set<Promise<unknown>>();

  /** Remembers work under way until it ends, for `settled`. */
  const tracked = <T>(work: Promise<T>): Promise<T> => {
    running.add(work);
    const end = (): void => void running.delete(work);
    work.then(end, end);
    return work;
  };
  const wait = (): Promise<void> => delay(patience);
  const tree = createModelTree({ workspace, preview: (model) => preview.filters(model), patience: wait, onLate: (path) => treeListeners.forEach((it) => it(path)) });
  const settingsOf = (uri: string): Promise<Settings> => settings(uri).catch(() => defaultSettings);
  const keep = (it: OpenText): void => {
    workspace().setText(it);
    // What a page defines is seen by that page alone.
    if (it.languageId !== 'markdown') for (const listener of changeListeners) listener('text');
  };

  const hints = async (uri: string, visible: Span): Promise<readonly InlayHint[]> => {
    const document = await workspace().document(uri);
    if (document === undefined || document.regions.length === 0) return [];
    const { values, variables, codeLabels } = await settingsOf(uri);
    const found: InlayHint[] = [];
    const waiting = { patience: wait, onLate: late };
    const isVisible = (it: InlayHint): boolean => visible.start <= it.offset && it.offset <= visible.end;
    if (values.enabled) {
      found.push(...(await valueHints.hints(document, waiting, values.compareWithSaved ? saved : undefined)).filter(isVisible));
    }
    found.push(...(await variableHints.hints(document, variables.enabled, waiting)).filter(isVisible));
    if (codeLabels.enabled) found.push(...codeLabelHints(document, visible), ...(await pageLabelHints(workspace(), uri, visible)));
    return found;
  };

  const pinned = (uri: string, offset: number): Promise<Pin | undefined> => tracked(pin({ workspace: workspace(), filters: (it) => preview.filters(it) }, uri, offset));

  return {
    open: keep,
    change: keep,
    save(uri) {
      workspace().textSaved(uri);
      // What is saved and what is not are the same again: hints show one value.
      valueHints.invalidate();
      late();
    },
    close(uri) {
      valueHints.forget(canonicalUri(uri));
      variableHints.forget(canonicalUri(uri));
      workspace().closeText(uri);
    },
    document: (uri) => workspace().document(uri),
    lines: (uri) => workspace().lines(uri),
    diagnostics: (uri) => tracked(diagnostics(workspace(), uri)),
    hover: (uri, offset, selection) => tracked(settingsOf(uri).then((settings) => {
      const ctx = { workspace: workspace(), settings, preview, ...(settings.values.compareWithSaved ? { saved } : {}), patience: wait, background: (it: Promise<unknown>) => void tracked(it) };
      return hover(ctx, uri, offset, selection);
    })),
    toggleVariables: async (uri, offset) => {
      const document = await workspace().document(uri);
      const now = document === undefined ? undefined : variableHints.toggle(document, offset);
      if (now !== undefined) late();
      return now;
    },
    inlayHints: (uri, visible) => tracked(hints(uri, visible)),
    completion: (uri, offset, byTrigger) => tracked(completion({ workspace: workspace(), patience: wait }, uri, offset, byTrigger)),
    completionDocs: (key) => completionDocs(workspace(), key),
    definition: (uri, offset) => definition(workspace(), uri, offset),
    references: (uri, offset, withDefinitions) => references(workspace(), uri, offset, withDefinitions),
    documentHighlights: (uri, offset) => documentHighlights(workspace(), uri, offset),
    prepareRename: (uri, offset) => prepareRename(workspace(), uri, offset),
    rename: (uri, offset, newName) => tracked(rename(workspace(), uri, offset, newName)),
    prepareCallHierarchy: (uri, offset) => prepareCallHierarchy(workspace(), uri, offset),
    incomingCalls: (uri, offset) => incomingCalls(workspace(), uri, offset),
    outgoingCalls: (uri, offset) => outgoingCalls(workspace(), uri, offset),
    workspaceSymbols: (query) => workspaceSymbols(workspace(), query),
    documentSymbols: (uri) => documentSymbols(workspace(), uri),
    codeActions: (uri, selection) => codeActions(workspace(), uri, selection),
    refactorActions: (uri, selection) => refactorActions(workspace(), uri, selection),
    refactorEdits: (uri, selection, id) => refactorEdits(workspace(), uri, selection, id),
    certainFixes: (uri) => certainFixes(workspace(), uri),
    fixAllEdits: (uri, rule) => fixAllEdits(workspace(), uri, rule),
    fillActions: (uri, selection) => fillActions(workspace(), uri, selection),
    formatting: async (uri, indentation, parts) => formatting(workspace(), uri, (await settingsOf(uri)).format, indentation, parts),
    onTypeFormatting: (uri, offset, character, indentation) => onTypeFormatting(workspace(), uri, offset, character, indentation),
    signatureHelp: (uri, offset) => signatureHelp(workspace(), uri, offset),
    foldingRanges: (uri) => foldingRanges(workspace(), uri),
    selectionRanges: (uri, offsets) => selectionRanges(workspace(), uri, offsets),
    tests: (uri) => listTests(workspace(), uri),
    runTests: (uri, ids, cancellation, onDone) => tracked(runListed(workspace(), uri, ids, cancellation, onDone)),
    setPreview: (filters) => preview.set(filters),
    previewFilters: (model) => preview.filters(model),
    previewWords: (model) => preview.words(model),
    previewState: (uri) => previewState(workspace(), preview, uri),
    previewColumns: (uri) => tracked(previewColumns(workspace(), uri)),
    previewChoices: (model, column) => tracked(previewChoices(workspace(), model, column)),
    modelState: (uri) => modelState(workspace(), uri),
    modelTree: (path) => tracked(tree.children(path)),
    dependencyGraphAt: (uri, offset) => dependencyGraphAt(workspace(), uri, offset),
    dependencyGraphOf: (modelUri, metric) => dependencyGraphOf(workspace(), modelUri, metric),
    tableRows: (modelUri, table) => tracked(tableRows(workspace(), modelUri, table)),
    testCoverage: (chosen, cancellation) => tracked(listedCoverage(workspace(), chosen, cancellation)),
    pin: pinned,
    async pinOffer(uri, offset) {
      if (!(await isAtHead(workspace(), uri, offset))) return undefined;
      return Promise.race([pinned(uri, offset), wait().then(() => 'later' as const)]);
    },
    async codeLenses(uri) {
      const document = await workspace().document(uri);
      return document === undefined || !(await settingsOf(uri)).codeLens.enabled ? [] : codeLenses(document);
    },
    codeLensText: (uri, lens, cancellation) => tracked(codeLensText(workspace(), uri, lens, cancellation)),
    results: createResultsService({ workspace, settings: settingsOf, preview: (model) => preview.filters(model) }),
    onDidChangePreview: (listener) => void previewListeners.push(listener),
    onDidChange: (listener) => void changeListeners.push(listener),
    onLateValues: (listener) => void lateListeners.push(listener),
    onLateTree: (listener) => void treeListeners.push(listener),
    changed() {
      valueHints.invalidate();
      tree.invalidate();
      variableHints.invalidate();
      saved.invalidate();
      for (const it of changeListeners) it('files');
    },
    async settled() {
      await workspace().ready();
      const computing = (): readonly Promise<unknown>[] => [valueHints, variableHints, tree].flatMap((it) => it.computing() ?? []);
      while (running.size > 0 || computing().length > 0) await Promise.allSettled([...running, ...computing()]);
    },
  };
}
