// Reading aids: colours by meaning, folding, and selections that grow.
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { at, metricsFile, open, pageFile, settled } from './workspace.ts';

/** Texts of a document's tokens of one type, as the editor is given them. */
async function tokensOf(document: vscode.TextDocument, type: string): Promise<readonly string[]> {
  const legend = await vscode.commands.executeCommand<vscode.SemanticTokensLegend>('vscode.provideDocumentSemanticTokensLegend', document.uri);
  const { data } = await vscode.commands.executeCommand<vscode.SemanticTokens>('vscode.provideDocumentSemanticTokens', document.uri);
  const found: string[] = [];
  let line = 0;
  let column = 0;
  for (let i = 0; i < data.length; i += 5) {
    const [lines = 0, columns = 0, length = 0, kind = 0] = data.slice(i, i + 5);
    line += lines;
    column = lines === 0 ? column + columns : columns;
    if (legend.tokenTypes[kind] === type) found.push(document.getText(new vscode.Range(line, column, line, column + length)));
  }
  return found;
}

describe('reading aids', () => {
  it('tell metrics, columns and codes apart', async () => {
    const document = await open(metricsFile);
    await settled();
    const metrics = await tokensOf(document, 'method');
    assert.ok(metrics.includes('Sessions rejected'), 'the header');
    assert.ok(metrics.includes('[Sessions rejected]'), 'a use');
    assert.ok((await tokensOf(document, 'property')).includes('[Closurereason]'));
    assert.ok((await tokensOf(document, 'enumMember')).includes('"192350001"'));
  });

  it('reach into the fences of a page', async () => {
    const document = await open(pageFile);
    await settled();
    assert.ok((await tokensOf(document, 'class')).includes('FactSession'));
  });

  it('fold a definition of two lines and its documentation', async () => {
    const document = await open(metricsFile);
    await settled();
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider', document.uri);
    const { line } = at(document, 'Sessions rejected = ');
    assert.ok(folds.some((it) => it.start === line && it.end === line + 1), 'the definition');
    assert.ok(folds.some((it) => it.end === line - 1 && it.kind === vscode.FoldingRangeKind.Comment), 'its documentation');
  });

  it('let a selection grow to the argument, the call and the definition', async () => {
    const document = await open(metricsFile);
    await settled();
    const place = at(document, 'FactSession[SessionId]', 14);
    const [range] = await vscode.commands.executeCommand<vscode.SelectionRange[]>('vscode.executeSelectionRangeProvider', document.uri, [place]);
    const texts: string[] = [];
    for (let it: vscode.SelectionRange | undefined = range; it !== undefined; it = it.parent) texts.push(document.getText(it.range));
    const steps = ['FactSession[SessionId]', 'DISTINCTCOUNT(FactSession[SessionId])'].map((it) => texts.indexOf(it));
    assert.ok(steps.every((it) => it >= 0) && (steps[0] ?? 0) < (steps[1] ?? 0), texts.slice(0, 8).join(' | '));
    assert.equal(texts.at(-1), document.getText());
  });
});
