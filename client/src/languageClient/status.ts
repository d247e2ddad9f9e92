// The language status item: starting, running, or failed with the command that starts the server anew.
import { languages, LanguageStatusSeverity, type Disposable } from 'vscode';
import { State } from 'vscode-languageclient';
import { documentSelector } from './documents.ts';
import type { DocumentSelector } from 'vscode';

export interface Status extends Disposable {
  starting(): void;
  failed(error: unknown): void;
  follow(state: State): void;
}

export function createStatus(): Status {
  const item = languages.createLanguageStatusItem('daxMetrics.server', documentSelector as DocumentSelector);
  item.name = 'DAX Metrics';
  const restart = { command: 'daxMetrics.restart', title: 'Restart' };
  const log = { command: 'daxMetrics.showLog', title: 'Show Log' };
  const show = (text: string, severity: LanguageStatusSeverity, busy: boolean, detail = ''): void => {
    item.text = text;
    item.severity = severity;
    item.busy = busy;
    item.detail = detail;
    item.command = severity === LanguageStatusSeverity.Information ? log : restart;
  };
  const starting = (): void => show('DAX Metrics is starting', LanguageStatusSeverity.Information, true);
  const failed = (error: unknown): void =>
    show('DAX Metrics failed to start', LanguageStatusSeverity.Error, false, error instanceof Error ? error.message : String(error));
  const follow = (state: State): void => {
    switch (state) {
      case State.Running:
        return show('DAX Metrics', LanguageStatusSeverity.Information, false, 'the language server is running');
      case State.Stopped:
        return show('DAX Metrics has stopped', LanguageStatusSeverity.Error, false, 'no findings and no values are shown');
      case State.StartFailed:
        return failed('the language server did not start; its output tells why');
      case State.Starting:
        return starting();
    }
  };
  return { starting, failed, follow, dispose: () => item.dispose() };
}
