// Findings: none in the good metrics, the real ones on the page, each with its fix, and they follow what is typed.
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { at, diagnostics, errors, metricsFile, open, pageFile, revert, ruleOf, settled } from './workspace.ts';

const misspelt = '[Incoming essions_FactSession]';

describe('findings', () => {
  afterEach(revert);

  it('are none in the sample metrics', async () => {
    const document = await open(metricsFile);
    await settled();
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri).map((it) => it.message), []);
  });

  it('underline exactly the misspelt metric of the page', async () => {
    const document = await open(pageFile);
    const all = await diagnostics(document, (it) => it.some((one) => document.getText(one.range) === misspelt));
    const found = all.find((it) => document.getText(it.range) === misspelt);
    assert.equal(found?.severity, vscode.DiagnosticSeverity.Error);
    assert.match(found.message, /Incoming sessions_FactSession/);
  });

  it('mark every placeholder fence of the page', async () => {
    const document = await open(pageFile);
    const all = await diagnostics(document, (it) => it.some((one) => ruleOf(one) === 'placeholder'));
    const marked = all.filter((it) => ruleOf(it) === 'placeholder').map((it) => document.getText(it.range));
    assert.ok(marked.length >= 2);
    for (const it of marked) assert.equal(it, '**Need info**');
  });

  it('lead to the page of their rule', async () => {
    const document = await open(pageFile);
    const all = await diagnostics(document, (it) => it.some((one) => ruleOf(one) === 'placeholder'));
    const code = all.find((it) => ruleOf(it) === 'placeholder')?.code;
    assert.ok(typeof code === 'object');
    const page = await vscode.workspace.openTextDocument(code.target);
    assert.equal(page.languageId, 'markdown');
    assert.match(page.getText(), /^# placeholder\n[^]*## Switching it off/);
  });

  it('carry a fix that mends them', async () => {
    const document = await open(pageFile);
    const wrong = (all: readonly vscode.Diagnostic[]): vscode.Diagnostic | undefined =>
      all.find((it) => document.getText(it.range) === misspelt);
    const found = wrong(await diagnostics(document, (it) => wrong(it) !== undefined));
    assert.ok(found);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, found.range);
    const fix = actions.find((it) => it.isPreferred);
    assert.ok(fix?.edit, actions.map((it) => it.title).join());
    const line = found.range.start.line;
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.match(document.lineAt(line).text, /\[Incoming sessions_FactSession\]/);
    const before = errors(vscode.languages.getDiagnostics(document.uri));
    await diagnostics(document, (it) => !it.some((one) => one.range.start.line === line && errors([one]) > 0));
    assert.ok(before >= 1);
  });

  it('follow what is typed, and go when it is undone', async () => {
    const document = await open(metricsFile);
    await settled();
    const start = at(document, '"192350001"');
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(start, start.translate(0, '"192350001"'.length)), '"192350099"');
    assert.ok(await vscode.workspace.applyEdit(edit));
    const [found] = await diagnostics(document, (it) => it.length > 0);
    assert.ok(found);
    assert.equal(document.getText(found.range), '"192350099"');
    assert.equal(ruleOf(found), 'unknown-code');
    await revert();
    await diagnostics(document, (it) => it.length === 0);
  });
});
