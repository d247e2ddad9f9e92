/** Work that takes long, as progress in the editor that can be cancelled: data files that are read, and evaluations. */
import type { ClientCapabilities, Connection } from './library.ts';
import type { EvaluationWatch, LoadWatch } from '../workspace/host.ts';

type Reporter = Awaited<ReturnType<Connection['window']['createWorkDoneProgress']>>;

/** What is done sooner is not worth a word. */
const quietFor = 1000;

type Delay = (milliseconds: number) => Promise<void>;

/**
 * Shows progress for each model whose files take longer than a moment.
 *
 * @returns undefined where the client shows none
 */
export function loadingShown(connection: Connection, client: ClientCapabilities, delay: Delay): ((model: string) => LoadWatch) | undefined {
  if (client.window?.workDoneProgress !== true) return undefined;
  return (model) => {
    let last: { readonly path: string; readonly share: number } | undefined;
    const shown = shownAfterAWhile(connection, delay, (created) => {
      if (last === undefined) return false;
      created.begin(`Reading data of ${model}`, last.share, last.path, true);
      return true;
    });
    return {
      progress(path, read, bytes) {
        last = { path, share: bytes === 0 ? 100 : Math.floor((read * 100) / bytes) };
        shown.reporter()?.report(last.share, path);
      },
      isCancelled: shown.isCancelled,
      done: shown.done,
    };
  };
}

/**
 * Shows that values are computed where that takes longer than a moment.
 *
 * @returns undefined where the client shows no progress
 */
export function evaluationShown(connection: Connection, client: ClientCapabilities, delay: Delay): ((model: string) => EvaluationWatch) | undefined {
  if (client.window?.workDoneProgress !== true) return undefined;
  return (model) => {
    const { isCancelled, done } = shownAfterAWhile(connection, delay, (created) => {
      created.begin(`Computing values of ${model}`, undefined, undefined, true);
      return true;
    });
    return { isCancelled, done };
  };
}

interface Shown {
  reporter(): Reporter | undefined;
  isCancelled(): boolean;
  done(): void;
}

/** @param begin shows what is done; false where there is nothing to say */
function shownAfterAWhile(connection: Connection, delay: Delay, begin: (created: Reporter) => boolean): Shown {
  let reporter: Reporter | undefined;
  let isDone = false;
  const start = async (): Promise<void> => {
    await delay(quietFor);
    if (isDone) return;
    const created = await connection.window.createWorkDoneProgress();
    if (!isDone && begin(created)) reporter = created;
  };
  start().catch((error: unknown) => connection.console.error(`no progress is shown: ${String(error)}`));
  return {
    reporter: () => reporter,
    isCancelled: () => reporter?.token.isCancellationRequested === true,
    done() {
      isDone = true;
      reporter?.done();
    },
  };
}
