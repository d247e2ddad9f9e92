/** Data files that are being read, as progress in the editor that can be cancelled. */
import type { ClientCapabilities, Connection } from './library.ts';
import type { LoadWatch } from '../workspace/host.ts';

type Reporter = Awaited<ReturnType<Connection['window']['createWorkDoneProgress']>>;

/** What is read sooner is not worth a word. */
const quietFor = 1000;

/**
 * Shows progress for each model whose files take longer than a moment.
 *
 * @returns undefined where the client shows none
 */
export function loadingShown(connection: Connection, client: ClientCapabilities, delay: (milliseconds: number) => Promise<void>): ((model: string) => LoadWatch) | undefined {
  if (client.window?.workDoneProgress !== true) return undefined;
  return (model) => {
    let reporter: Reporter | undefined;
    let isDone = false;
    let last: { readonly path: string; readonly share: number } | undefined;
    const begin = async (): Promise<void> => {
      await delay(quietFor);
      if (isDone || last === undefined) return;
      const created = await connection.window.createWorkDoneProgress();
      if (isDone) return;
      reporter = created;
      created.begin(`Reading data of ${model}`, last.share, last.path, true);
    };
    begin().catch((error: unknown) => connection.console.error(`no progress is shown: ${String(error)}`));
    return {
      progress(path, read, bytes) {
        last = { path, share: bytes === 0 ? 100 : Math.floor((read * 100) / bytes) };
        reporter?.report(last.share, path);
      },
      isCancelled: () => reporter?.token.isCancellationRequested === true,
      done() {
        isDone = true;
        reporter?.done();
      },
    };
  };
}
