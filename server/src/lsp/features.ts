// The one table of editor features: what the server declares and what it answers are both made from it.
import type { ClientCapabilities, Connection, ServerCapabilities } from './library.ts';
import { callHierarchyFeature } from './features/callHierarchy.ts';
import { changesFeature } from './features/changes.ts';
import { codeActionFeature } from './features/codeActions.ts';
import { codeLensFeature } from './features/codeLens.ts';
import { completionFeature } from './features/completion.ts';
import { definitionFeature } from './features/definition.ts';
import { dependenciesFeature } from './features/dependencies.ts';
import { pullDiagnostics, pushDiagnostics } from './features/diagnostics.ts';
import { documentHighlightFeature } from './features/documentHighlight.ts';
import { documentSymbolFeature } from './features/documentSymbols.ts';
import type { Feature, FeatureContext, Registration } from './features/feature.ts';
import { foldingRangeFeature } from './features/foldingRanges.ts';
import { formattingFeature } from './features/formatting.ts';
import { hoverFeature, selectionHoverFeature } from './features/hover.ts';
import { inlayHintFeature } from './features/inlayHints.ts';
import { previewFeatures } from './features/preview.ts';
import { makeModelFeature } from './features/makeModel.ts';
import { modelStateFeature } from './features/modelState.ts';
import { modelTreeFeature, tableRowsFeature } from './features/modelTree.ts';
import { referencesFeature } from './features/references.ts';
import { renameFeature } from './features/rename.ts';
import { resultsFeatures } from './features/results.ts';
import { selectionRangeFeature } from './features/selectionRanges.ts';
import { semanticTokensFeature } from './features/semanticTokens.ts';
import { signatureHelpFeature } from './features/signatureHelp.ts';
import { testCoverageFeature } from './features/testCoverage.ts';
import { pinFeature, runTestsFeature, testsFeature } from './features/tests.ts';
import { variablesFeature } from './features/variables.ts';
import { workspaceSymbolFeature } from './features/workspaceSymbols.ts';

export const features: readonly Feature[] = [
  pullDiagnostics,
  pushDiagnostics,
  hoverFeature,
  selectionHoverFeature,
  inlayHintFeature,
  variablesFeature,
  completionFeature,
  signatureHelpFeature,
  definitionFeature,
  referencesFeature,
  documentHighlightFeature,
  renameFeature,
  callHierarchyFeature,
  workspaceSymbolFeature,
  documentSymbolFeature,
  codeActionFeature,
  semanticTokensFeature,
  foldingRangeFeature,
  selectionRangeFeature,
  formattingFeature,
  codeLensFeature,
  testsFeature,
  runTestsFeature,
  pinFeature,
  testCoverageFeature,
  changesFeature,
  ...previewFeatures,
  dependenciesFeature,
  makeModelFeature,
  modelStateFeature,
  modelTreeFeature,
  tableRowsFeature,
  ...resultsFeatures,
];

/** Capabilities for a client: the union of what the offered features declare. */
export function capabilitiesOf(table: readonly Feature[], client: ClientCapabilities): ServerCapabilities {
  return Object.assign({}, ...table.map((it) => it.declare(client)));
}

/** What is registered once the session has begun. */
export function registrationsOf(table: readonly Feature[], client: ClientCapabilities): readonly Registration[] {
  return table.flatMap((it) => it.registrations?.(client) ?? []);
}

/** Answers what was declared to this client, nothing else. */
export function listenTo(table: readonly Feature[], client: ClientCapabilities, connection: Connection, ctx: FeatureContext): void {
  for (const it of table) if (it.declare(client) !== undefined) it.listen(connection, ctx);
}
