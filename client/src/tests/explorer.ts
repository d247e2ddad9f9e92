// The test view and the marks beside the lines: `@expect` and `@compare` tags as tests of the editor.
import { CancellationTokenSource, commands, Disposable, EventEmitter, tests, TestRunProfileKind, TestRunRequest, workspace, type TextDocument } from 'vscode';
import type { ChangedParams, TestFile, TestsParams } from '../../../server/src/lsp/protocol.ts';
import { mayHoldDax } from '../languageClient/documents.ts';
import type { ClientFeature } from '../features.ts';
import { detailsOf } from './coverage.ts';
import { createTestTree } from './items.ts';
import { runAgain, runTests, type RunContext } from './runs.ts';

/** How long the text stays as it is before its tests are listed anew, in milliseconds. */
const calm = 300;

/** Named to the server, which attaches it to lenses: runs the tests of a metric. */
export const testsCommand = 'daxMetrics.runTestsOf';

export const testExplorer: ClientFeature = (session) => {
  const controller = tests.createTestController('daxMetrics.tests', 'DAX Metrics');
  const tree = createTestTree(controller);
  const changed = new EventEmitter<void>();
  /** Files whose tests are to be listed anew; `all`: every file. */
  const stale = new Set<string>();
  let waiting: ReturnType<typeof setTimeout> | undefined;
  /** Whether somebody has looked at the tests of all files. */
  let isWhole = false;

  /** undefined where no server runs: what is shown stays. */
  const ask = async (params: TestsParams): Promise<readonly TestFile[] | undefined> =>
    (await session.client())?.sendRequest<readonly TestFile[]>('daxMetrics/tests', params);
  const listAll = async (): Promise<void> => {
    isWhole = true;
    await session.ready();
    const files = await ask({});
    if (files === undefined) return;
    tree.showAll(files);
    // Open files that no folder holds are tests too.
    for (const it of workspace.textDocuments) if (isShown(it)) await list(it.uri.toString());
  };
  const list = async (uri: string): Promise<void> => {
    const files = await ask({ uri });
    if (files !== undefined) tree.show(files[0] ?? { uri, metrics: [] });
  };
  const refresh = async (): Promise<void> => {
    const uris = [...stale];
    stale.clear();
    if (uris.includes(all) && isWhole) return listAll();
    const wanted = uris.includes(all) ? workspace.textDocuments.filter(isShown).map((it) => it.uri.toString()) : uris;
    for (const it of wanted) {
      await list(it);
      await runAgain(ctx, it);
    }
  };
  const later = (uri: string): void => {
    stale.add(uri);
    clearTimeout(waiting);
    waiting = setTimeout(() => void refresh().catch(quiet), calm);
  };
  const outdated = (): void => {
    controller.invalidateTestResults();
    changed.fire();
  };

  const follow = ({ cause }: ChangedParams): void => {
    // Expectations never obey the preview.
    if (cause === 'preview') return;
    if (cause === 'files') later(all);
    outdated();
  };

  const ctx: RunContext = { session, controller, tree, listed: () => (isWhole ? Promise.resolve() : listAll()), onDidChange: changed.event };
  controller.resolveHandler = (item) => (item === undefined ? listAll().catch(quiet) : undefined);
  controller.refreshHandler = () => listAll();
  const runProfile = controller.createRunProfile('Run', TestRunProfileKind.Run, (request, token) => runTests(ctx, request, token), true, undefined, true);

  const coverage = controller.createRunProfile('Coverage of branches', TestRunProfileKind.Coverage, (request, token) => runTests(ctx, request, token), true);
  coverage.loadDetailedCoverage = (_run, file) => Promise.resolve(detailsOf(file));

  /** The tests of a metric as they are now, in a run of their own. */
  const runMetric = async (uri: string, id: string): Promise<void> => {
    await list(uri);
    const item = tree.metric(uri, id);
    if (item === undefined) return;
    const end = new CancellationTokenSource();
    await runTests(ctx, new TestRunRequest([item], undefined, runProfile), end.token);
    end.dispose();
  };

  return Disposable.from(
    controller,
    changed,
    commands.registerCommand(testsCommand, runMetric),
    session.onDidStart(() => later(all)),
    session.onDidChange(follow),
    workspace.onDidOpenTextDocument((it) => { if (isShown(it)) later(it.uri.toString()); }),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length === 0 || !isShown(document)) return;
      later(document.uri.toString());
      if (document.languageId === 'markdown') outdated();
    }),
    workspace.onDidCloseTextDocument((it) => { if (isShown(it)) later(it.uri.toString()); }),
    { dispose: () => clearTimeout(waiting) },
  );
};

/** In place of a uri: every file. */
const all = '*';

/** Documents with tests of their own: files and pages, not the other side of a comparison. */
const isShown = (document: TextDocument): boolean =>
  document.uri.scheme !== 'git' && (document.languageId === 'dax' || document.languageId === 'markdown') && mayHoldDax(document);

/** A server that stops while it is asked leaves the tests as they were. */
const quiet = (): void => undefined;
