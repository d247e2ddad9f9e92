/** The one object that joins files, models, analysis and the engine. */
import { lineIndex } from '../base/spans.ts';
import { canonicalUri, fileName, isInside } from '../base/uri.ts';
import { mayHoldMetrics } from '../documents/index.ts';
import { faultFinding } from '../formats/index.ts';
import { defaultLimits } from '../model/model.ts';
import { readCatalog, type Catalog } from './catalog.ts';
import { dataFindings } from './dataFindings.ts';
import { createDatabases } from './databases.ts';
import { createFailedExpectations } from './failedExpectations.ts';
import { findingsOf, withSeverities } from './findings.ts';
import type { FileHost, Host } from './host.ts';
import { makeLibrary, type Library } from './library.ts';
import { pageContext } from './lint.ts';
import { parseDocument, type ParseCount, type ParsedDocument } from './pages.ts';
import { createReadings } from './readings.ts';
import { createSampleCodes } from './sampleCodes.ts';
import { runTests } from './tests.ts';
import { createTexts, kindOf, languageOf, type Texts } from './texts.ts';
import type { LocatedFinding, Workspace } from './types.ts';
import { viewDocument, type DocumentView } from './views.ts';
import type { Around } from './wholes.ts';

export interface WorkspaceOptions {
  readonly host: Host;
  /** Workspace folder uris, each ending with `/`. */
  readonly folders: readonly string[];
  /** Model of text whose model nothing else tells. */
  readonly defaultModel?: string | undefined;
  /** The folder whose project and models serve files that lie in none of the folders. */
  readonly mainFolder?: string | undefined;
  /** Files that were named one by one, wherever they lie. */
  readonly named?: readonly string[] | undefined;
}

/** What another workspace has read, for one that shows how it would be with other texts. */
interface Start {
  readonly texts: Texts;
  readonly parsed: ReadonlyMap<string, ParsedDocument>;
  /** undefined where the catalog would be another one. */
  readonly catalog: Promise<Catalog> | undefined;
}

export const createWorkspace = (options: WorkspaceOptions): Workspace => open(options, undefined);

function open(options: WorkspaceOptions, start: Start | undefined): Workspace {
  const { host } = options;
  const folders = options.folders.map(canonicalUri);
  // Texts are held in memory whole: pages and metric files are small, and larger ones are refused, not truncated.
  const texts = start?.texts ?? createTexts(host.files, Math.min(defaultLimits.fileBytes, 64 * 1024 * 1024));
  const readings = createReadings();
  const databases = createDatabases(host, () => changed());
  const sampleCodes = createSampleCodes(async (view, query) => (await databases.evaluate(view, [{ query }]))[0], () => host.idle?.() ?? Promise.resolve());
  const failedExpectations = createFailedExpectations((tests, cancellation) => runTests(workspace, tests, cancellation), () => host.idle?.() ?? Promise.resolve());
  const count: ParseCount = { parsed: 0 };
  const parsed = new Map<string, ParsedDocument>(start?.parsed);
  const views = new Map<string, { readonly parsed: ParsedDocument; readonly library: Library; readonly view: DocumentView }>();
  const listeners = new Set<() => void>();
  let catalog = start?.catalog;
  let library: Promise<Library> | undefined;
  let pageList: Promise<readonly string[]> | undefined;
  let pages: readonly ParsedDocument[] = [];
  let lastCatalog: Catalog | undefined;
  let lastLibrary: Library | undefined;

  const catalogNow = (): Promise<Catalog> =>
    (catalog ??= readAll());
  /** What lies below a folder on disk, and the new files that an editor holds open there. */
  const find: FileHost['find'] = async (folder, globs) => {
    const found = new Set((await host.files.find(folder, globs)).map(canonicalUri));
    const endings = globs.map((it) => it.slice(it.lastIndexOf('/') + 1).replace('*', '').toLowerCase());
    for (const uri of texts.openUris()) {
      if (isInside(folder, uri) && endings.some((it) => uri.toLowerCase().endsWith(it))) found.add(uri);
    }
    return [...found];
  };
  const readAll = async (): Promise<Catalog> => {
    lastCatalog = await readCatalog({
      files: { ...host.files, find },
      texts,
      folders,
      mainFolder: options.mainFolder === undefined ? undefined : canonicalUri(options.mainFolder),
    });
    return lastCatalog;
  };

  const parse = async (uri: string): Promise<ParsedDocument | undefined> => {
    const entry = await texts.get(uri);
    const before = parsed.get(uri);
    if ('fault' in entry) {
      parsed.delete(uri);
      return undefined;
    }
    const kind = kindOf(uri, entry.languageId);
    if (kind === undefined) return undefined;
    if (before?.text === entry.text && before.kind === kind) return before;
    const language = kind === 'model' || kind === 'project' ? (uri.toLowerCase().endsWith('.json') ? 'json' : 'yaml') : kind;
    const now = parseDocument(uri, kind, language, entry.text, before, count);
    parsed.set(uri, now);
    return now;
  };

  const libraryNow = (): Promise<Library> =>
    (library ??= (async () => {
      const known = await catalogNow();
      const open = texts.openUris().filter((uri) => uri.toLowerCase().endsWith('.dax') && folders.some((it) => isInside(it, uri)));
      const parsedFiles = async (uris: Iterable<string>): Promise<readonly ParsedDocument[]> => {
        const documents: ParsedDocument[] = [];
        for (const uri of uris) {
          const document = await parse(uri);
          if (document !== undefined) documents.push(document);
        }
        return documents;
      };
      const own = new Set([...known.daxFiles, ...open.filter((uri) => !known.isExcluded(uri))]);
      const named = options.named?.map(canonicalUri).filter((uri) => kindOf(uri, languageOf(uri)) === 'dax') ?? [];
      const guests = new Set([...open, ...named].filter((uri) => !own.has(uri)));
      lastLibrary = makeLibrary(known, await parsedFiles(own), await parsedFiles(guests), options.defaultModel, lastLibrary);
      return lastLibrary;
    })());

  const viewOf = async (uri: string): Promise<{ readonly parsed: ParsedDocument; readonly view: DocumentView; readonly library: Library } | undefined> => {
    const [document, lib] = [await parse(uri), await libraryNow()];
    if (document === undefined) return undefined;
    return { parsed: document, library: lib, view: viewNow(document, lib) };
  };
  const viewNow = (document: ParsedDocument, lib: Library): DocumentView => {
    const known = views.get(document.uri);
    if (known !== undefined && known.parsed === document && known.library === lib) return known.view;
    const view = viewDocument(document, lib, readings);
    views.set(document.uri, { parsed: document, library: lib, view });
    return view;
  };
  /** Markdown files of the folders, looked for once until a file comes or goes. */
  const pageUris = (): Promise<readonly string[]> =>
    (pageList ??= (async () => {
      const uris: string[] = [];
      for (const folder of folders) uris.push(...(await host.files.find(folder, ['**/*.md'])).map(canonicalUri));
      const known = await catalogNow();
      return [...new Set(uris)].filter((uri) => !known.isExcluded(uri));
    })());
  const metricPages = async (): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const uri of await pageUris()) {
      const entry = await texts.get(uri);
      if (!('fault' in entry) && mayHoldMetrics(entry.text)) found.push(uri);
    }
    return found;
  };
  /** What surrounds a document, read as far as its rules may ask for it. */
  const aroundNow = async (kind: ParsedDocument['kind']): Promise<Around> => {
    // What pages mention counts only where a model says which metrics others may use.
    if (kind === 'dax' && lastLibrary?.views.some((it) => it.model.publicMetrics.size > 0) === true) {
      const now: ParsedDocument[] = [];
      for (const uri of await metricPages()) {
        const document = await parse(uri);
        if (document !== undefined) now.push(document);
      }
      if (now.length !== pages.length || now.some((it, i) => it !== pages[i])) pages = now;
    }
    return { viewOf: viewNow, pages };
  };

  const touched = (uri: string): void => {
    const languageId = uri.toLowerCase().endsWith('.dax') ? 'dax' : '';
    const kind = kindOf(uri, languageId);
    if (kind === 'dax') library = undefined;
    else if (kind === 'project' || kind === 'model') stale();
  };
  const stale = (): void => {
    pageList = undefined;
    catalog = undefined;
    library = undefined;
  };
  const changed = (): void => {
    for (const it of listeners) it();
  };

  const findings = async (uri: string, sample: 'wait' | 'known'): Promise<readonly LocatedFinding[]> => {
    const entry = await viewOf(uri);
    if (entry === undefined) return unreadable(uri);
    const { view, library: lib } = entry;
    const found: LocatedFinding[] = [...findingsOf(view, entry.parsed, lib, await aroundNow(view.document.kind))];
    for (const it of lib.catalog.findings.get(uri) ?? []) found.push({ ...it, model: undefined });
    if (view.document.kind === 'model') {
      for (const model of lib.views.filter((it) => it.model.uri === uri)) {
        for (const it of databases.findings(model)) if (it.uri === uri) found.push({ ...it, model: model.name });
        found.push(...dataFindings(model, await databases.faults(model), view.document));
      }
    }
    // Who waits for all findings asks for the tests by their own command.
    if (sample === 'known') found.push(...failedExpectations.known(view.document, changed));
    found.push(...(sample === 'wait' ? await sampleCodes.all(view) : sampleCodes.known(view, changed)));
    return withSeverities(found, view.document, entry.parsed);
  };

  /** Why a file of ours cannot be read at all; nothing of a file that is gone, or none of ours. */
  const unreadable = async (uri: string): Promise<readonly LocatedFinding[]> => {
    const entry = await texts.get(uri);
    const known = (await catalogNow()).findings.get(uri) ?? [];
    if (!('fault' in entry) || kindOf(uri, languageOf(uri)) === undefined) return [];
    const isTold = known.length > 0 || entry.fault === 'not-found';
    const own = isTold ? [] : [faultFinding(entry, { name: fileName(uri), place: { uri, span: { start: 0, end: 0 } } })];
    return [...known, ...own].map((it) => ({ ...it, model: undefined }));
  };

  const workspace: Workspace = {
    setText({ uri, languageId, text }) {
      const at = canonicalUri(uri);
      const isNew = !texts.openUris().includes(at);
      texts.set(at, languageId, text);
      touched(at);
      // A file that no folder listed yet may be a new model or a new file of metrics.
      if (isNew) library = undefined;
    },
    closeText(uri) {
      const at = canonicalUri(uri);
      if (!texts.close(at)) return;
      texts.changed([at]);
      touched(at);
    },
    textSaved: (uri) => texts.changed([canonicalUri(uri)]),
    filesChanged(uris) {
      const all = uris.map(canonicalUri);
      texts.changed(all);
      databases.filesChanged(all);
      sampleCodes.forget();
      failedExpectations.forget();
      // A schema that a model imports has a name of its own choosing: the catalogue knows which files it read.
      if (all.some((it) => lastCatalog?.files.has(it) !== false || kindOf(it, languageOf(it)) !== undefined)) stale();
      changed();
    },
    ready: async () => void (await libraryNow()),
    document: async (uri) => (await viewOf(canonicalUri(uri)))?.view.document,
    async page(uri) {
      const entry = await viewOf(canonicalUri(uri));
      return entry === undefined ? undefined : pageContext(entry.view, entry.parsed, entry.library, await aroundNow(entry.view.document.kind));
    },
    async lines(uri) {
      const at = canonicalUri(uri);
      const entry = await texts.get(at);
      if ('fault' in entry) return undefined;
      const known = parsed.get(at);
      return known?.text === entry.text ? known.lines : lineIndex(entry.text);
    },
    async filesAround(uri, endings) {
      const at = canonicalUri(uri);
      const folder = folders.filter((it) => isInside(it, at)).sort((a, b) => b.length - a.length)[0];
      return folder === undefined ? [] : (await host.files.find(folder, endings.map((it) => `**/*.${it}`))).map(canonicalUri);
    },
    findings: (uri, sample = 'wait') => findings(canonicalUri(uri), sample),
    async checkableFiles() {
      const known = await catalogNow();
      const fenced = await metricPages();
      const models = known.models.map((it) => it.model.uri);
      const unreadable = [...known.findings.keys()];
      return [...new Set([...known.projectFiles, ...models, ...unreadable, ...known.daxFiles, ...fenced])].sort();
    },
    models: async () => (await libraryNow()).views,
    async unsaved() {
      const all = await texts.unsaved();
      return new Map([...all].filter(([uri]) => /^(?:dax|markdown)$/.test(kindOf(uri, languageOf(uri)) ?? '')));
    },
    preview(changed) {
      const get: Texts['get'] = async (uri) => {
        const entry = await texts.get(uri);
        const text = changed.get(uri);
        return text === undefined || 'fault' in entry ? entry : { ...entry, text };
      };
      const isOfCatalog = [...changed.keys()].some((uri) => lastCatalog?.files.has(uri) !== false);
      return open(options, { texts: { ...texts, get }, parsed, catalog: isOfCatalog ? undefined : catalog });
    },
    evaluate: (model, queries, cancellation) => databases.evaluate(model, queries, cancellation),
    trace: (model, request, cancellation) => databases.trace(model, request, cancellation),
    coverage: (model, requests, cancellation) => databases.coverage(model, requests, cancellation),
    facts: (model, tables) => databases.facts(model, tables),
    columnFacts: (model, column) => databases.columnFacts(model, column),
    dataAges: async (model) => new Map([...(await databases.opened(model)).changed].map(([table, at]) => [table, Math.max(0, host.now() - at)])),
    onDidChange: (listener) => void listeners.add(listener),
    dispose() {
      listeners.clear();
    },
    work: () => ({ parsed: count.parsed, bound: readings.boundCount, linted: readings.lintedCount, ...databases.stats }),
  };  return workspace;
}
