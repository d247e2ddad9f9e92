// The settings as one plain record for the server, and the command that shows or hides values.
import { commands, ConfigurationTarget, workspace } from 'vscode';
import type { Settings } from '../../server/src/lsp/protocol.ts';
import type { ClientFeature } from './features.ts';

export function readSettings(): Settings {
  const it = workspace.getConfiguration('daxMetrics');
  return {
    values: { enabled: it.get<boolean>('values.enabled', true) },
    codeLabels: { enabled: it.get<boolean>('codeLabels.enabled', true) },
    codeLens: { enabled: it.get<boolean>('codeLens.enabled', true) },
    hover: { breakdownColumn: it.get<string>('hover.breakdownColumn', '') },
    format: {
      maxWidth: it.get<number>('format.maxWidth', 100),
      lineStyle: it.get<'long' | 'short'>('format.lineStyle', 'long'),
      parentheses: it.get<'spaced' | 'padded' | 'compact'>('format.parentheses', 'spaced'),
      upperCase: it.get<boolean>('format.upperCase', true),
    },
  };
}

export const toggleValuesCommand: ClientFeature = () => commands.registerCommand('daxMetrics.toggleValues', toggleValues);

/** Flips `daxMetrics.values.enabled` where it is set, else for the user. */
async function toggleValues(): Promise<void> {
  const settings = workspace.getConfiguration('daxMetrics');
  const places = settings.inspect<boolean>('values.enabled');
  const target = places?.workspaceValue === undefined ? ConfigurationTarget.Global : ConfigurationTarget.Workspace;
  await settings.update('values.enabled', !settings.get<boolean>('values.enabled', true), target);
}
