// How long extensions take to start, as "Developer: Startup Performance" of a real VS Code tells it: the loading of their
// code, and the call of `activate()` apart.
import { launchBrowser } from '../../../scripts/vscode/browser.mjs';
import { startServer, stayInside } from '../../../scripts/vscode/server.mjs';
import { editorSettings, extensionFile, sampleWorkspace } from '../../integration/editor.mjs';
import { goToText, openFile, parts, runCommand } from '../../integration/workbench.mjs';

const wanted = ['dax-metrics.dax-metrics', 'vscode.markdown-language-features'];

/**
 * @typedef {{ name: string, load: number[], call: number[] }} ActivationTimes milliseconds of each start
 * @param {number} starts of the extension host
 * @returns {Promise<readonly ActivationTimes[]>}
 */
export async function activationTimes(starts) {
  const server = await startServer({ vsix: await extensionFile(), workspace: sampleWorkspace, settings: editorSettings });
  try {
    const { browser } = await launchBrowser();
    try {
      const context = await browser.newContext({ viewport: { width: 1280, height: 1000 } });
      context.setDefaultTimeout(120_000);
      await stayInside(context, server);
      const page = await context.newPage();
      /** @type {ActivationTimes[]} */
      const found = wanted.map((name) => ({ name, load: [], call: [] }));
      for (let i = 0; i < starts; i++) {
        // The page has DAX and Markdown; it is scrolled to where the window before left it.
        await openFile(page, server, 'calculate-session-metrics.md', '');
        await goToText(page, '[Incoming essions_FactSession]');
        await page.locator(parts.errorSquiggle).first().waitFor();
        await runCommand(page, 'Developer: Startup Performance');
        await page.locator('.tab.active', { hasText: 'Startup Performance' }).waitFor();
        await goToText(page, `| ${wanted[0]}`);
        for (const it of found) {
          const { load, call } = await timesOf(page, it.name);
          it.load.push(load);
          it.call.push(call);
        }
        await runCommand(page, 'View: Close All Editors');
        await page.goto('about:blank');
      }
      return found;
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} name
 */
async function timesOf(page, name) {
  const line = page.locator(parts.line, { hasText: `| ${name}` }).first();
  const cells = (await line.innerText()).replace(/\u00a0/g, ' ').split('|').map((it) => it.trim());
  const [load, call] = cells.slice(3, 5).map(Number);
  if (!Number.isFinite(load) || !Number.isFinite(call)) throw new Error(`VS Code tells no times: ${cells.join(' | ')}`);
  return { load, call };
}
