// The one list of what the client does besides what the language client does by itself.
import type { Disposable } from 'vscode';
import type { Session } from './session.ts';
import { breakdownCommand } from './commands/breakdown.ts';
import { formatPageCommand } from './commands/formatPage.ts';
import { previewFilters } from './preview/preview.ts';
import { dependencyGraph } from './graph/panel.ts';
import { makeModelCommand } from './model/makeModel.ts';
import { modelStatus } from './model/modelStatus.ts';
import { modelTreeView } from './model/modelTree.ts';
import { showReferencesCommand } from './commands/references.ts';
import { renameAtCommand } from './commands/renameAt.ts';
import { rulePagesDocument } from './rulePages.ts';
import { sampleCommands } from './sample/openSample.ts';
import { resultsFeature } from './results/commands.ts';
import { settingCommands } from './commands/settings.ts';
import { toggleVariablesCommand } from './commands/variables.ts';
import { testExplorer } from './tests/explorer.ts';
import { tableRowsPages } from './model/tableRows.ts';
import { pinValueCommand } from './tests/pin.ts';

/** Registers its commands and views at once, cheaply; asks the server only when a person asks for something. */
export type ClientFeature = (session: Session) => Disposable;

export const clientFeatures: readonly ClientFeature[] = [
  settingCommands,
  toggleVariablesCommand,
  renameAtCommand,
  formatPageCommand,
  previewFilters,
  breakdownCommand,
  testExplorer,
  modelTreeView,
  tableRowsPages,
  sampleCommands,
  makeModelCommand,
  pinValueCommand,
  showReferencesCommand,
  resultsFeature,
  dependencyGraph,
  rulePagesDocument,
  modelStatus,
];
