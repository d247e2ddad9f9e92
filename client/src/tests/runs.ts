// Runs of tests: the chosen ones, file after file, once or again with every change.
import { CancellationTokenSource, TestRunProfileKind, TestRunRequest, type CancellationToken, type Disposable, type Event, type TestController, type TestRun, } from 'vscode';
import type { RunTestsParams, TestOutcome } from '../../../server/src/lsp/protocol.ts';
import type { Session } from '../session.ts';
import { addCoverage } from './coverage.ts';
import type { ListedTest, TestTree } from './items.ts';
import { report } from './report.ts';

export interface RunContext {
  readonly session: Session;
  readonly controller: TestController;
  readonly tree: TestTree;
  /** Resolves when the tree shows all tests. */
  readonly listed: () => Promise<void>;
  /** Fired when results may be out of date. */
  readonly onDidChange: Event<void>;
}

/** How long the text stays as it is before tests are run by themselves, in milliseconds. */
const calm = 500;

/** Brings the results of a file up to date that somebody has asked for before; it is no run of its own. */
export async function runAgain(ctx: RunContext, uri: string): Promise<void> {
  const items = ctx.tree.testedIn(uri);
  if (items.length === 0) return;
  const end = new CancellationTokenSource();
  await runOnce(ctx, new TestRunRequest([...items]), end.token, false);
  end.dispose();
}

/** Runs the tests of a request; a continuous one again with every change, until it is cancelled. */
export async function runTests(ctx: RunContext, request: TestRunRequest, token: CancellationToken): Promise<void> {
  if (request.continuous !== true) return runOnce(ctx, request, token);
  let current: CancellationTokenSource | undefined;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const again = (): void => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      current?.cancel();
      current = new CancellationTokenSource();
      void runOnce(ctx, request, current.token);
    }, calm);
  };
  const changes = ctx.onDidChange(again);
  const ending: Disposable = token.onCancellationRequested(() => {
    clearTimeout(waiting);
    current?.cancel();
    changes.dispose();
    ending.dispose();
  });
}

/** @param kept whether the editor keeps it among the runs */
async function runOnce(ctx: RunContext, request: TestRunRequest, token: CancellationToken, kept = true): Promise<void> {
  const run = ctx.controller.createTestRun(request, undefined, kept);
  const stop = new CancellationTokenSource();
  const links = [token, run.token].map((it) => it.onCancellationRequested(() => stop.cancel()));
  try {
    if (request.include === undefined) await ctx.listed();
    const chosen = chosenBy(ctx.tree, request);
    for (const it of chosen) run.enqueued(it.item);
    for (const [uri, tests] of byFile(chosen)) {
      if (stop.token.isCancellationRequested) break;
      await runFile(ctx, run, uri, tests, stop.token);
    }
    if (request.profile?.kind === TestRunProfileKind.Coverage && !stop.token.isCancellationRequested) {
      await addCoverage(ctx.session, run, [...byFile(chosen)].map(([uri, tests]) => ({ uri, ids: tests.map((it) => it.id) })), stop.token);
    }
  } catch (error) {
    if (!stop.token.isCancellationRequested) run.appendOutput(`There is no coverage: ${String(error)}\r\n`);
  } finally {
    for (const it of links) it.dispose();
    stop.dispose();
    run.end();
  }
}

/** Runs tests of one file as one request: those of a metric share their queries. */
async function runFile({ session, tree }: RunContext, run: TestRun, uri: string, tests: readonly ListedTest[], token: CancellationToken): Promise<void> {
  for (const it of tests) run.started(it.item);
  const params: RunTestsParams = { uri, ids: tests.map((it) => it.id) };
  const client = await session.ready();
  let outcomes: readonly TestOutcome[] = [];
  try {
    outcomes = (await client?.sendRequest<readonly TestOutcome[]>('daxMetrics/runTests', params, token)) ?? [];
  } catch (error) {
    if (!token.isCancellationRequested) run.appendOutput(`The tests of ${uri} could not be run: ${String(error)}\r\n`);
  }
  const byId = new Map(outcomes.map((it) => [it.id, it]));
  for (const { item, id } of tests) {
    const outcome = byId.get(id);
    if (outcome === undefined) run.skipped(item);
    else {
      report(run, item, outcome);
      tree.tested(item);
    }
  }
}

function chosenBy(tree: TestTree, { include, exclude }: TestRunRequest): readonly ListedTest[] {
  const left = new Set((exclude ?? []).flatMap((it) => tree.tagsBelow(it).map((tag) => tag.item)));
  const chosen = include === undefined ? tree.tagsBelow() : include.flatMap((it) => tree.tagsBelow(it));
  const seen = new Set(chosen.filter((it) => !left.has(it.item)));
  return [...seen];
}

function byFile(tests: readonly ListedTest[]): ReadonlyMap<string, readonly ListedTest[]> {
  const files = new Map<string, ListedTest[]>();
  for (const it of tests) {
    const list = files.get(it.uri);
    if (list === undefined) files.set(it.uri, [it]);
    else list.push(it);
  }
  return files;
}
