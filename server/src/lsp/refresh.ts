// Asks the client to ask again, once for many changes that come together.
import type { ClientCapabilities, Connection } from 'vscode-languageserver';

export interface Refresh {
  diagnostics(): void;
  hints(): void;
}

/** Changes within so many milliseconds are one. */
const gathering = 50;

export function createRefresh(connection: Connection, client: ClientCapabilities, delay: (milliseconds: number) => Promise<void>): Refresh {
  const gathered = (offered: boolean | undefined, send: () => Promise<void>): (() => void) => {
    let waiting = false;
    return () => {
      if (offered !== true || waiting) return;
      waiting = true;
      void delay(gathering)
        .then(() => {
          waiting = false;
          return send();
        })
        // A client that is about to end answers no more.
        .catch(() => undefined);
    };
  };
  return {
    diagnostics: gathered(client.workspace?.diagnostics?.refreshSupport, async () => connection.languages.diagnostics.refresh()),
    hints: gathered(client.workspace?.inlayHint?.refreshSupport, () => connection.languages.inlayHint.refresh()),
  };
}
