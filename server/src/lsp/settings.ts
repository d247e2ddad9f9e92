// Settings by document: asked of the client where it can be asked, else as it told them at the start.
import type { ClientCapabilities, Connection } from './library.ts';
import { readSettings, type Settings } from '../ide/settings.ts';

export interface SettingsSource {
  of(uri: string): Promise<Settings>;
  forget(uri: string): void;
  onDidChange(listener: () => void): void;
}

/**
 * @param initial what the client sent with `initialize`, unchecked
 */
export function createSettings(connection: Connection, client: ClientCapabilities, initial: unknown): SettingsSource {
  const known = new Map<string, Promise<Settings>>();
  const listeners: (() => void)[] = [];
  const asks = client.workspace?.configuration === true;
  let told = readSettings(initial);
  connection.onDidChangeConfiguration((change) => {
    known.clear();
    const section: unknown = (change.settings as { daxMetrics?: unknown } | null | undefined)?.daxMetrics;
    if (section !== undefined && section !== null) told = readSettings(section);
    for (const it of listeners) it();
  });
  return {
    of(uri) {
      if (!asks) return Promise.resolve(told);
      let found = known.get(uri);
      if (found === undefined) {
        found = connection.workspace.getConfiguration({ scopeUri: uri, section: 'daxMetrics' }).then(readSettings);
        known.set(uri, found);
        // What could not be asked is asked again the next time.
        found.catch(() => known.delete(uri));
      }
      return found;
    },
    forget: (uri) => void known.delete(uri),
    onDidChange: (listener) => void listeners.push(listener),
  };
}
