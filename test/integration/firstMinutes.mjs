// The model as a tree, the rows of a table, and the graph of a metric, as a person sees and uses them, in three themes.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startServer } from '../../scripts/vscode/server.mjs';
import { editorSettings, extensionFile, sampleWorkspace } from './editor.mjs';
import { faultsOf } from './resultsView.mjs';
import { runSteps } from './steps.mjs';
import { goToText, openFile, parts, runCommand } from './workbench.mjs';

const start = async () => startServer({ vsix: await extensionFile(), workspace: sampleWorkspace, settings: { ...editorSettings, 'editor.minimap.enabled': false } });

const row = (page, text) => page.locator(parts.treeRow, { hasText: text }).first();
const openModelView = async (page) => {
  await page.locator('.activitybar .action-label[aria-label^="DAX Metrics"]').first().click();
  await row(page, 'historical').waitFor();
};

/** The frame of the graph's page, once it has drawn a node. */
async function graphFrame(page) {
  for (let tries = 0; tries < 480; tries++) {
    for (const it of page.frames()) if ((await it.locator('.node').count().catch(() => 0)) > 0) return it;
    await page.waitForTimeout(250);
  }
  throw new Error('no graph is drawn');
}

const showGraph = async (page) => {
  await goToText(page, 'Session rejected rate =');
  await runCommand(page, 'Show Dependencies');
  return graphFrame(page);
};

/**
 * @param {string} theme
 * @param {string} name
 * @param {string} body the class that its pages have
 */
const inTheme = (theme, name, body) => ({
  title: `tree and graph are legible, and axe-core finds nothing serious, in ${name}`,
  async run({ page, server, picture }) {
    const file = path.join(server.data, 'data/User/settings.json');
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), 'workbench.colorTheme': theme }));
    // Otherwise the window opens with the editors of before.
    await runCommand(page, 'View: Close All Editors');
    await page.locator(parts.editor).first().waitFor({ state: 'detached' });
    await page.goto('about:blank');
    await openFile(page, server, 'historical/sessions.dax', '@expect');
    const frame = await showGraph(page);
    await frame.locator(`body.${body}`).waitFor();
    await openModelView(page);
    await picture(`graph-${name}`);
    const found = await faultsOf(frame);
    await frame.getByRole('button', { name: 'Show as List' }).click();
    await frame.locator('.list').waitFor();
    found.push(...(await faultsOf(frame)));
    if (found.length > 0) throw new Error(found.join('\n'));
    await frame.getByRole('button', { name: 'Show as Graph' }).click();
    await frame.locator('.canvas').waitFor();
  },
});

await runSteps('first-minutes', start, [
  {
    title: 'the tree shows metrics with their values',
    async run({ page, server, picture }) {
      await openFile(page, server, 'historical/sessions.dax', '@expect');
      await openModelView(page);
      await row(page, 'historical').click();
      await row(page, 'Metrics').click();
      await row(page, /^Sessions rejected\s*= 191$/).waitFor();
      await picture('tree');
    },
  },
  {
    title: 'a click on a metric goes to its definition',
    async run({ page }) {
      await row(page, /^Session rejected rate\s*= 6\.9%$/).click();
      await page.locator('.line-numbers.active-line-number', { hasText: '85' }).waitFor();
    },
  },
  {
    title: 'a table has its columns, a column its codes, and its rows can be looked at',
    async run({ page, picture }) {
      await row(page, 'Metrics').click();
      await row(page, 'Tables').click();
      await row(page, 'FactSession').click();
      await row(page, 'Closurereason').click();
      await row(page, /^192350001\s*AgentReject$/).waitFor();
      await row(page, 'FactSession').hover();
      await row(page, 'FactSession').locator('.action-label[aria-label="Preview Rows"]').click();
      await page.locator(parts.editor).first().locator(parts.line, { hasText: '100 of 4,501 rows' }).waitFor();
      await picture('rows');
    },
  },
  {
    title: 'a metric\'s graph is walked by keys, and Enter goes to the definition',
    async run({ page, server }) {
      await openFile(page, server, 'historical/sessions.dax', '@expect');
      const frame = await showGraph(page);
      const node = frame.getByRole('button', { name: /Column FactSession\[Closurereason\]/ });
      await frame.getByRole('button', { name: 'Show as List' }).focus();
      for (let i = 0; i < 30 && !(await node.evaluate((it) => it === document.activeElement)); i++) await page.keyboard.press('Tab');
      if ((await frame.locator('path.near').count()) === 0) throw new Error('no edge of the node is marked');
      await page.keyboard.press('Enter');
      await page.locator('.tab', { hasText: 'historical.daxmodel.yaml' }).waitFor();
    },
  },
  inTheme('Default Light Modern', 'light', 'vscode-light'),
  inTheme('Default Dark Modern', 'dark', 'vscode-dark'),
  inTheme('Default High Contrast', 'high-contrast', 'vscode-high-contrast'),
]);
