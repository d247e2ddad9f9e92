// The settings as one plain record for the server, and the commands that switch some of them.
import { commands, ConfigurationTarget, Disposable, workspace } from 'vscode';
import type { Settings } from '../../../server/src/lsp/protocol.ts';
import type { ClientFeature } from '../features.ts';

export function readSettings(): Settings {
  const it = workspace.getConfiguration('daxMetrics');
  return {
    values: { enabled: it.get<boolean>('values.enabled', true), compareWithSaved: it.get<boolean>('values.compareWithSaved', true) },
    variables: { enabled: it.get<boolean>('variables.enabled', false) },
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

/** Commands that flip a setting. */
export const settingCommands: ClientFeature = () => Disposable.from(
  commands.registerCommand('daxMetrics.toggleValues', () => toggle('values.enabled')),
  commands.registerCommand('daxMetrics.toggleSavedValues', () => toggle('values.compareWithSaved')),
);

/** Flips a setting that is on by default where it is set, else for the user. */
async function toggle(name: string): Promise<void> {
  const settings = workspace.getConfiguration('daxMetrics');
  const places = settings.inspect<boolean>(name);
  const target = places?.workspaceValue === undefined ? ConfigurationTarget.Global : ConfigurationTarget.Workspace;
  await settings.update(name, !settings.get<boolean>(name, true), target);
}
