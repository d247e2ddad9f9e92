// The one list of what the client does besides what the language client does by itself.
import type { Disposable } from 'vscode';
import type { Session } from './session.ts';
import { breakdownCommand } from './breakdown.ts';
import { formatPageCommand } from './formatPage.ts';
import { previewFilters } from './preview/preview.ts';
import { dependencyGraph } from './graph/panel.ts';
import { makeModelCommand } from './makeModel.ts';
import { modelStatus } from './modelStatus.ts';
import { modelTreeView } from './modelTree.ts';
import { showReferencesCommand } from './references.ts';
import { renameAtCommand } from './renameAt.ts';
import { rulePagesDocument } from './rulePages.ts';
import { sampleCommands } from './sample/openSample.ts';
import { resultsFeature } from './results/commands.ts';
import { settingCommands } from './settings.ts';
import { toggleVariablesCommand } from './variables.ts';
import { testExplorer } from './tests/explorer.ts';
import { tableRowsPages } from './tableRows.ts';
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
