/**
 * What an editor can ask of the language: one object in offsets and plain records, which `lsp` translates.
 *
 * Its parts stand in `services/`, by what they serve; here are the texts, the events, and how the parts are joined.
 */
import type { LineIndex } from '../base/spans.ts';
import type { Workspace, WorkspaceDocument } from '../workspace/types.ts';
import type { TreePath } from './modelTree/node.ts';
import { createPreview } from './preview/preview.ts';
import type { ServiceContext } from './services/context.ts';
import { createNavigation, type NavigationService } from './services/navigation.ts';
import { createPreviewService, type PreviewService } from './services/preview.ts';
import { createTests, type TestService } from './services/tests.ts';
import { createValues, type ValueService } from './services/values.ts';
import { createViews, type ViewService } from './services/views.ts';
import { createWriting, type WritingService } from './services/writing.ts';
import { defaultSettings, type Settings } from './settings.ts';

/** A text that an editor holds open; it beats the one on disk. */
export interface OpenText {
  readonly uri: string;
  /** The editor's name of the language: `dax`, `markdown`, `yaml`, ... */
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
}

export interface LanguageService extends NavigationService, WritingService, ValueService, TestService, PreviewService, ViewService {
  open(document: OpenText): void;
  change(document: OpenText): void;
  /** The text of an open document was written to the disk. */
  save(uri: string): void;
  close(uri: string): void;
  /** The analysed document, with the lines that its offsets mean. */
  document(uri: string): Promise<WorkspaceDocument | undefined>;
  /** Lines of any file that an answer points into. */
  lines(uri: string): Promise<LineIndex | undefined>;
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
  const changed = createEvent<'text' | 'files'>();
  const lateValues = createEvent<void>();
  const lateTree = createEvent<TreePath>();
  const previewChanged = createEvent<void>();
  const running = new Set<Promise<unknown>>();
  const preview = createPreview(() => {
    values.invalidate();
    views.invalidate();
    lateValues.tell();
    previewChanged.tell();
    lateTree.tell([]);
  });
  const ctx: ServiceContext = {
    workspace,
    preview,
    settings: (uri) => settings(uri).catch(() => defaultSettings),
    patience: () => delay(patience),
    tracked(work) {
      running.add(work);
      const end = (): void => void running.delete(work);
      work.then(end, end);
      return work;
    },
  };
  const values = createValues(ctx, lateValues.tell);
  const views = createViews(ctx, lateTree.tell);
  const keep = (it: OpenText): void => {
    workspace().setText(it);
    // What a page defines is seen by that page alone.
    if (it.languageId !== 'markdown') changed.tell('text');
  };

  return {
    ...createNavigation(ctx),
    ...createWriting(ctx),
    ...values.service,
    ...createTests(ctx),
    ...createPreviewService(ctx, preview),
    ...views.service,
    open: keep,
    change: keep,
    save(uri) {
      workspace().textSaved(uri);
      values.textSaved();
      lateValues.tell();
    },
    close(uri) {
      values.forget(uri);
      workspace().closeText(uri);
    },
    document: (uri) => workspace().document(uri),
    lines: (uri) => workspace().lines(uri),
    onDidChangePreview: previewChanged.on,
    onDidChange: changed.on,
    onLateValues: lateValues.on,
    onLateTree: lateTree.on,
    changed() {
      values.filesChanged();
      views.invalidate();
      changed.tell('files');
    },
    async settled() {
      await workspace().ready();
      const open = (): readonly Promise<unknown>[] => [...running, ...values.computing(), ...views.computing()];
      for (let waiting = open(); waiting.length > 0; waiting = open()) await Promise.allSettled(waiting);
    },
  };
}

interface Event<T> {
  on(listener: (what: T) => void): void;
  tell(what: T): void;
}

function createEvent<T>(): Event<T> {
  const listeners: ((what: T) => void)[] = [];
  return {
    on: (listener) => void listeners.push(listener),
    tell: (what) => listeners.forEach((it) => it(what)),
  };
}
