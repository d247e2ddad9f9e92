// A window of two folders: each has its own project and models, and what one defines is not seen by the other.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startServer, remoteUri, workbenchUrl } from '../../scripts/vscode/server.mjs';
import { editorSettings, extensionFile, sampleWorkspace } from './editor.mjs';
import { runSteps } from './steps.mjs';
import { goToText, parts } from './workbench.mjs';

const home = mkdtempSync(path.join(tmpdir(), 'dax-metrics-folders-'));
const [first, second] = ['first', 'second'];
// The same folder twice: every name of one stands in the other too.
for (const it of [first, second]) cpSync(sampleWorkspace, path.join(home, it), { recursive: true });
writeFileSync(path.join(home, 'both.code-workspace'), JSON.stringify({ folders: [{ path: first }, { path: second }] }));
process.once('exit', () => rmSync(home, { recursive: true, force: true }));

/** Opens a file of one of the folders in the window of both. */
async function open(page, server, file, text) {
  const url = new URL(workbenchUrl(server, [['openFile', remoteUri(server, `${server.folder}/${file}`)]]));
  url.searchParams.delete('folder');
  url.searchParams.set('workspace', `${server.folder}/both.code-workspace`);
  await page.goto(url.href);
  const editor = page.locator(parts.editor).first();
  await editor.locator(parts.line, { hasText: text }).first().waitFor();
  return editor;
}

await runSteps('folders', async () => startServer({ vsix: await extensionFile(), workspace: home, settings: editorSettings }), [
  ...[first, second].map((folder) => ({
    title: `metrics of the ${folder} folder have their values and no findings`,
    async run({ page, server, picture }) {
      const editor = await open(page, server, `${folder}/historical/sessions.dax`, 'The metrics of the page');
      await goToText(page, 'Sessions rejected = CALCULATE');
      await editor.locator(parts.hint, { hasText: /^\s*=\s191$/ }).waitFor();
      await page.locator(parts.problems, { hasText: /^\s*0\s*0\s*$/ }).waitFor();
      await picture(folder);
    },
  })),
  {
    title: 'a metric that the second folder breaks stays as it is in the first',
    async run({ page, server, picture }) {
      // The editor stands where it was left.
      const editor = await open(page, server, `${second}/historical/sessions.dax`, 'Sessions rejected = CALCULATE');
      await goToText(page, 'Sessions rejected = CALCULATE');
      await page.keyboard.press('Home');
      await page.keyboard.type('No ');
      await editor.locator(parts.line, { hasText: 'No Sessions rejected = CALCULATE' }).waitFor();
      // Those that refer to it in this folder are wrong now; those of the first folder are not.
      await page.locator(parts.problems, { hasText: /^\s*[1-9]/ }).waitFor();
      await page.keyboard.press('Control+Shift+m');
      const problems = page.locator('.markers-panel');
      await problems.locator('.monaco-list-row', { hasText: 'sessions.dax' }).first().waitFor();
      await picture('broken');
      const files = await problems.locator('.monaco-list-row', { hasText: 'first' }).allInnerTexts();
      if (files.length > 0) throw new Error(`findings in the first folder: ${files.join(', ')}`);
      await page.locator(parts.editor).first().click();
      for (let i = 0; i < 3; i++) await page.keyboard.press('Control+z');
      await page.locator(parts.problems, { hasText: /^\s*0\s*0\s*$/ }).waitFor();
    },
  },
]);
