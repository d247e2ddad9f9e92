// Writing a metric: completion, going to a definition, and the outline.
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { append, at, metricsFile, open, revert, settled } from './workspace.ts';

describe('writing', () => {
  afterEach(revert);

  const proposals = async (text: string): Promise<vscode.CompletionItem[]> => {
    const document = await open(metricsFile);
    const end = await append(document, text);
    await settled();
    const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, end);
    return list.items;
  };
  const labels = (items: readonly vscode.CompletionItem[]): string[] => items.map((it) => (typeof it.label === 'string' ? it.label : it.label.label));

  it('completes the codes of a column by their labels', async () => {
    const found = labels(await proposals('\nNew metric = CALCULATE([Sessions rejected], FactSession[Closurereason] = "'));
    assert.ok(found.some((it) => it.includes('AgentReject')), found.join());
  });

  it('completes the columns of a table', async () => {
    const found = labels(await proposals('\nNew metric = SUM(FactSession['));
    assert.ok(found.some((it) => it.includes('Closurereason')), found.join());
  });

  it('completes metrics, tables and functions', async () => {
    const found = labels(await proposals('\nNew metric = '));
    for (const name of ['Sessions rejected', 'FactSession', 'CALCULATE']) assert.ok(found.some((it) => it.includes(name)), name);
  });

  it('goes from a metric to its definition', async () => {
    const document = await open(metricsFile);
    await settled();
    const places = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider', document.uri, at(document, '[Incoming sessions_FactSession], BLANK', 4),
    );
    const lines = places.map((it) => ('targetUri' in it ? (it.targetSelectionRange ?? it.targetRange) : it.range).start.line);
    assert.deepEqual(lines, [at(document, 'Incoming sessions_FactSession = ').line]);
  });

  it('goes from a column to its model', async () => {
    const document = await open(metricsFile);
    await settled();
    const [place] = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider', document.uri, at(document, 'FactSession[Closurereason]', 15),
    );
    assert.ok(place);
    assert.match('targetUri' in place ? place.targetUri.path : place.uri.path, /historical\.daxmodel\.yaml$/);
  });

  it('lists the metrics in the outline', async () => {
    const document = await open(metricsFile);
    await settled();
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', document.uri);
    const names = symbols.map((it) => it.name);
    for (const name of ['Sessions rejected', 'Session rejected rate', 'Avg. wait time (sec)_FactSession']) assert.ok(names.includes(name), names.join());
  });
});
