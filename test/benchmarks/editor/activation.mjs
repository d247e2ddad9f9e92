// How long extensions take to activate, as "Developer: Show Running Extensions" of a real VS Code tells it.
import { launchBrowser } from '../../../scripts/vscode/browser.mjs';
import { startServer, stayInside } from '../../../scripts/vscode/server.mjs';
import { editorSettings, extensionFile, sampleWorkspace } from '../../integration/editor.mjs';
import { goToText, openFile, parts, runCommand } from '../../integration/workbench.mjs';

const wanted = ['DAX Metrics', 'Markdown Language Features'];

/** @returns {Promise<readonly { name: string, milliseconds: string }[]>} */
export async function activationTimes() {
  const server = await startServer({ vsix: await extensionFile(), workspace: sampleWorkspace, settings: editorSettings });
  try {
    const { browser } = await launchBrowser();
    try {
      const context = await browser.newContext({ viewport: { width: 1280, height: 1000 } });
      context.setDefaultTimeout(60_000);
      await stayInside(context, server);
      const page = await context.newPage();
      // The page has DAX and Markdown.
      await openFile(page, server, 'calculate-session-metrics.md', 'Calculate session metrics');
      await goToText(page, '[Incoming essions_FactSession]');
      await page.locator(parts.errorSquiggle).first().waitFor();
      await runCommand(page, 'Developer: Show Running Extensions');
      const row = (/** @type {string} */ name) => page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: name }).first();
      const found = [];
      for (const name of wanted) {
        const text = (await row(name).innerText()).replace(/\s+/g, ' ');
        const [, milliseconds] = /Activation: (\d+)ms/.exec(text) ?? [];
        if (milliseconds === undefined) throw new Error(`VS Code tells no time for ${name}: ${text}`);
        found.push({ name, milliseconds });
      }
      return found;
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}
