// Expectations in the editor: lenses above definitions, pinned values, failing ones with their fix.
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { append, at, diagnostics, metricsFile, open, pageFile, revert, ruleOf, settled } from './workspace.ts';

/** Titles of the lenses above the line of a text. */
async function lenses(document: vscode.TextDocument, text: string): Promise<readonly string[]> {
  const { line } = at(document, text);
  const found = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 1000);
  return found.filter((it) => it.range.start.line === line).map((it) => it.command?.title ?? '');
}

async function replace(document: vscode.TextDocument, text: string, by: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(at(document, text), at(document, text, text.length)), by);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

const failed = (all: readonly vscode.Diagnostic[]): readonly vscode.Diagnostic[] => all.filter((it) => ruleOf(it) === 'expectation-failed');

describe('lenses', () => {
  afterEach(revert);

  it('tell whether the expectations of a metric hold, and who refers to it', async () => {
    const document = await open(metricsFile);
    await settled();
    const [tests, results, references] = await lenses(document, 'Sessions rejected = ');
    assert.match(tests ?? '', /^\d+ tests hold$/);
    assert.equal(results, 'Show results');
    assert.match(references ?? '', /^\d+ references?$/);
  });

  it('stand above the definitions of a page', async () => {
    const document = await open(pageFile);
    await settled();
    assert.ok((await lenses(document, 'Sessions rejected = ')).includes('Pin this value'));
  });

  it('are switched off by the setting', async () => {
    const document = await open(metricsFile);
    const settings = vscode.workspace.getConfiguration('daxMetrics');
    await settings.update('codeLens.enabled', false, vscode.ConfigurationTarget.Global);
    try {
      await settled();
      assert.deepEqual(await lenses(document, 'Sessions rejected = '), []);
    } finally {
      await settings.update('codeLens.enabled', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});

describe('a pinned value', () => {
  afterEach(revert);

  it('is written by the command of the lens, and holds', async () => {
    const document = await open(metricsFile);
    await append(document, '\nHalf of a hundred = 100 / 2\n');
    await settled();
    const { line, character } = at(document, 'Half of a hundred');
    await vscode.commands.executeCommand('daxMetrics.pinValue', document.uri.toString(), line, character);
    assert.ok(document.getText().includes('\n/// @expect 50\nHalf of a hundred = 100 / 2\n'), document.getText().slice(-120));
    await settled();
    assert.deepEqual(await lenses(document, 'Half of a hundred'), ['1 expectation holds', 'Show results', '0 references']);
  });

  it('is offered by the light bulb with what it will say', async () => {
    const document = await open(metricsFile);
    await append(document, '\nHalf of a hundred = 100 / 2\n');
    await settled();
    const place = at(document, 'Half of a hundred');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, new vscode.Range(place, place), vscode.CodeActionKind.RefactorRewrite.value, 5);
    const pin = actions.find((it) => it.title === 'Pin this value: @expect 50');
    assert.ok(pin?.edit, actions.map((it) => it.title).join());
    assert.ok(await vscode.workspace.applyEdit(pin.edit));
    assert.ok(document.getText().includes('\n/// @expect 50\nHalf of a hundred'));
  });
});

describe('an expectation that does not hold', () => {
  afterEach(revert);

  it('is a finding whose fix expects what came', async () => {
    const document = await open(metricsFile);
    await append(document, '\n/// @expect 51\nHalf of a hundred = 100 / 2\n');
    const [found] = failed(await diagnostics(document, (all) => failed(all).length > 0));
    assert.equal(found?.message, 'Half of a hundred: expected 51, got 50.');
    assert.equal(document.getText(found.range), '51');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, found.range, vscode.CodeActionKind.QuickFix.value, 5);
    const fix = actions.find((it) => it.title === 'Expect 50 instead of 51');
    assert.ok(fix?.edit, actions.map((it) => it.title).join());
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.ok(document.getText().includes('@expect 50\n'));
    await diagnostics(document, (all) => failed(all).length === 0);
  });

  it('is one with the lens and the tests', async () => {
    const document = await open(metricsFile);
    await replace(document, '@expect 191', '@expect 190');
    await diagnostics(document, (all) => failed(all).length === 1);
    const [tests] = await lenses(document, 'Sessions rejected = ');
    assert.match(tests ?? '', /^1 of \d+ tests fails$/);
  });
});
