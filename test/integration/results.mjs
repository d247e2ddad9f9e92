// The results view as a person uses it: in a real VS Code, by clicks and keys, in three themes.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startServer } from '../../scripts/vscode/server.mjs';
import { editorSettings, extensionFile, sampleWorkspace } from './editor.mjs';
import { chooseInMenu, faultsOf, menuItem, results, rowsOf, showResults, toggleColumns, totalsOf, until } from './resultsView.mjs';
import { runSteps } from './steps.mjs';
import { goToText, isStored, openFile, parts, runCommand } from './workbench.mjs';

const start = async () => startServer({ vsix: await extensionFile(), workspace: sampleWorkspace, settings: { ...editorSettings, 'editor.minimap.enabled': false } });

const same = (found, wanted) => {
  if (JSON.stringify(found) !== JSON.stringify(wanted)) throw new Error(`found ${JSON.stringify(found)}, wanted ${JSON.stringify(wanted)}`);
};

const queues = [['Accounts', '21'], ['Billing', '46'], ['Orders', '54'], ['Returns', '32'], ['Technical support', '38']];

/**
 * @param {string} theme
 * @param {string} name
 * @param {string} body the class that its pages have
 */
const inTheme = (theme, name, body) => ({
  title: `nothing that axe-core holds to be serious, in ${name}`,
  async run({ page, server, picture }) {
    const file = path.join(server.data, 'data/User/settings.json');
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), 'workbench.colorTheme': theme }));
    await page.goto('about:blank');
    await openFile(page, server, 'historical/sessions.dax', 'Sessions rejected = CALCULATE');
    await goToText(page, 'Sessions rejected = CALCULATE');
    const view = await showResults(page, 'Sessions rejected = 191');
    await view.locator(`body.${body}`).waitFor();
    const found = [];
    const look = async (screen) => {
      await picture(`${screen}-${name.replaceAll(' ', '-')}`);
      found.push(...(await faultsOf(view)).map((it) => `${screen}: ${it}`));
    };
    await view.locator('.results [role=gridcell]').nth(1).click();
    await look('grid');
    await toggleColumns(page, view, [{ column: 'ChannelId', table: 'FactSession' }]);
    await view.getByRole('button', { name: 'Show as matrix' }).click();
    await view.getByRole('rowheader', { name: 'Orders' }).waitFor();
    await look('matrix');
    await view.getByRole('button', { name: 'Show as list' }).click();
    await toggleColumns(page, view, [{ column: 'ChannelId', table: 'FactSession' }]);
    await view.getByRole('columnheader', { name: 'ChannelId' }).waitFor({ state: 'detached' });
    await view.locator('.results [role=gridcell]').nth(1).click();
    await view.getByRole('button', { name: /^Explain this value/ }).click();
    await view.getByRole('treeitem').first().waitFor();
    await look('explain');
    await page.keyboard.press('Escape');
    await view.getByRole('button', { name: /^Show rows behind this value/ }).click();
    await view.locator('.rows [role=gridcell]').first().waitFor();
    await view.getByRole('checkbox').check();
    await view.locator('.cell.no').first().click();
    await look('rows');
    await view.getByRole('button', { name: 'Why is this row not counted?' }).click();
    await view.locator('.way').first().waitFor();
    await look('fate');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await view.locator('.results [role=gridcell]').first().waitFor();
    if (found.length > 0) throw new Error(found.join('\n'));
  },
});

await runSteps('results', start, [
  {
    title: 'a metric is shown by a column, as a grid and as bars',
    async run({ page, server, picture }) {
      await openFile(page, server, 'historical/sessions.dax', 'The metrics of the page');
      await goToText(page, 'Sessions rejected = CALCULATE');
      const view = await showResults(page, 'Sessions rejected = 191');
      await view.locator('[role=gridcell]').first().waitFor();
      same(await rowsOf(view), queues);
      await view.locator('button.choose').press('Enter');
      await page.locator('.quick-input-widget:visible .monaco-list-row').first().waitFor();
      await page.keyboard.press('Escape');
      await until(page, 'the focus is where it was', () => view.locator('button.choose').evaluate((it) => it.matches(':focus') && document.hasFocus()));
      const words = await view.locator('canvas').getAttribute('aria-label');
      if (!/^Bar chart of Sessions rejected by Queue: 5 points\. From 21 at Accounts to 54 at Orders\./.test(words ?? '')) throw new Error(`the chart says ${words}`);
      await picture('bars');
    },
  },
  {
    title: 'in a narrow and low panel it is scrolled, and nothing lies over anything',
    async run({ page, picture }) {
      const view = results(page);
      const size = page.viewportSize() ?? { width: 1280, height: 800 };
      await page.setViewportSize({ width: 620, height: 560 });
      await until(page, 'rows, chart and what is below them have their room', async () => {
        const [grid, chart, foot] = await Promise.all(['.results .grid', '.results .chart', '.results .foot'].map((it) => view.locator(it).boundingBox()));
        return grid.height >= 100 && chart.y >= grid.y + grid.height && foot.y >= chart.y + chart.height;
      });
      await picture('narrow');
      await page.setViewportSize(size);
    },
  },
  {
    title: 'a heading sorts, by a click and by a key',
    async run({ page }) {
      const view = results(page);
      const heading = view.getByRole('columnheader', { name: 'Sessions rejected' });
      await heading.click();
      await until(page, 'the greatest is first', async () => (await rowsOf(view))[0]?.[0] === 'Orders');
      same(await heading.getAttribute('aria-sort'), 'descending');
      await page.keyboard.press('Enter');
      await until(page, 'the least is first', async () => (await rowsOf(view))[0]?.[0] === 'Accounts');
      same(await heading.getAttribute('aria-sort'), 'ascending');
      await page.keyboard.press('Enter');
      await until(page, 'the order is gone', async () => (await heading.getAttribute('aria-sort')) === 'none');
    },
  },
  {
    title: 'the keys walk through the grid',
    async run({ page }) {
      const view = results(page);
      const at = () => view.locator(':focus').evaluate((it) => [it.dataset.row, it.dataset.column]);
      await view.getByRole('columnheader', { name: 'Sessions rejected' }).focus();
      /** @type {readonly (readonly [string, readonly string[]])[]} */
      const ways = [['ArrowDown', ['0', '1']], ['End', ['0', '1']], ['Control+End', ['4', '1']], ['Home', ['4', '0']], ['PageUp', ['0', '0']], ['ArrowUp', ['-1', '0']]];
      for (const [key, place] of ways) {
        await page.keyboard.press(key);
        same(await at(), place);
      }
    },
  },
  {
    title: 'a click on a value keeps its rows, and a click on the filter gives them back',
    async run({ page, picture }) {
      const view = results(page);
      await view.getByRole('gridcell', { name: 'Returns' }).click();
      await view.locator('h1', { hasText: '= 32' }).waitFor();
      same(await rowsOf(view), [['Returns', '32']]);
      await picture('filtered');
      await view.getByRole('button', { name: 'Remove the filter Queue: Returns' }).click();
      await view.locator('h1', { hasText: '= 191' }).waitFor();
      same(await rowsOf(view), queues);
    },
  },
  {
    title: 'rows are copied as CSV and as Markdown',
    async run({ page, server }) {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.origin });
      const view = results(page);
      const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
      await view.getByRole('button', { name: 'Copy as CSV' }).click();
      await until(page, 'CSV is copied', async () => (await clipboard()) === `DimQueue[Queue],Sessions rejected\r\n${queues.map((it) => `${it.join(',')}\r\n`).join('')}`);
      await view.getByRole('button', { name: 'Copy as Markdown' }).click();
      await until(page, 'Markdown is copied', async () => (await clipboard()) === `| Queue | Sessions rejected |\n| --- | ---: |\n${queues.map((it) => `| ${it.join(' | ')} |\n`).join('')}`);
    },
  },
  {
    title: 'a value is explained, and a step leads to its text',
    async run({ page }) {
      const view = results(page);
      await view.getByRole('gridcell', { name: '54' }).click();
      await view.getByRole('button', { name: 'Explain this value' }).click();
      const steps = view.getByRole('treeitem');
      await steps.first().waitFor();
      await view.locator('h1', { hasText: 'Explain Sessions rejected = 54' }).waitFor();
      await view.getByText('Where DimQueue[Queue] is Orders').first().waitFor();
      await page.keyboard.press('ArrowDown');
      same(await view.locator(':focus').getAttribute('aria-level'), '2');
      const before = await steps.count();
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowLeft');
      await until(page, 'the branch is closed', async () => (await steps.count()) < before);
      await page.keyboard.press('Enter');
      await page.locator('.monaco-editor.focused').first().waitFor();
      await view.getByRole('button', { name: /Back/ }).click();
      await view.getByRole('gridcell', { name: 'Orders' }).waitFor();
    },
  },
  {
    title: 'the rows behind a value, and why a row is not among them',
    async run({ page }) {
      const view = results(page);
      await view.getByRole('gridcell', { name: '21' }).click();
      await view.getByRole('button', { name: 'Show rows behind this value' }).click();
      await view.getByText('21 rows').first().waitFor();
      await view.getByLabel('Also rows that are not counted').check();
      await view.getByText('358 rows').first().waitFor();
      await view.getByRole('gridcell', { name: '✗ not counted' }).first().click();
      await view.getByRole('button', { name: 'Why is this row not counted?' }).click();
      await view.getByText('The row does not count for Sessions rejected').waitFor();
      await view.locator('li.no', { hasText: 'FactSession[Closurereason] is AgentClosed (192350004)' }).waitFor();
      for (let i = 0; i < 2; i++) await page.keyboard.press('Escape');
      await view.getByRole('gridcell', { name: 'Orders' }).waitFor();
    },
  },
  {
    title: 'the menu of a cell keeps its value and gives the rows back, copies it, and explains',
    async run({ page, picture }) {
      const view = results(page);
      await chooseInMenu(page, view.getByRole('gridcell', { name: 'Orders' }), 'Keep Only This Value', picture);
      await view.locator('h1', { hasText: '= 54' }).waitFor();
      await chooseInMenu(page, view.getByRole('gridcell', { name: 'Orders' }), 'Remove This Filter');
      await view.locator('h1', { hasText: '= 191' }).waitFor();
      const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
      await chooseInMenu(page, view.getByRole('gridcell', { name: '46' }), 'Copy Value');
      await until(page, 'the value is copied', async () => (await clipboard()) === '46');
      await chooseInMenu(page, view.getByRole('gridcell', { name: '46' }), 'Explain This Value');
      await view.locator('h1', { hasText: 'Explain Sessions rejected = 46' }).waitFor();
      await view.getByRole('button', { name: /Back/ }).click();
      await chooseInMenu(page, view.getByRole('gridcell', { name: '21' }), 'Show Rows Behind This Value');
      await view.getByText('21 rows').first().waitFor();
      await chooseInMenu(page, view.locator('.rows [role=gridcell]').nth(2), 'Why Is This Row Counted?');
      await view.getByText('The row counts for Sessions rejected').waitFor();
      for (let i = 0; i < 2; i++) await page.keyboard.press('Escape');
      await view.getByRole('gridcell', { name: 'Orders' }).waitFor();
    },
  },
  {
    title: 'the menu opens by a key, and its keys choose',
    async run({ page }) {
      const view = results(page);
      await view.getByRole('gridcell', { name: '54' }).click();
      await page.keyboard.press('Shift+F10');
      await menuItem(page, 'Explain This Value').waitFor();
      await page.keyboard.press('Escape');
      await menuItem(page, 'Explain This Value').waitFor({ state: 'hidden' });
    },
  },
  {
    title: 'a value is pinned from the grid, all rows too, and each is undone in one step',
    async run({ page, picture }) {
      const view = results(page);
      const editor = page.locator(parts.editor).first();
      const tag = (text) => editor.locator(parts.line, { hasText: text });
      await chooseInMenu(page, view.getByRole('gridcell', { name: '54' }), 'Pin This Value');
      await tag('@expect 54 where DimQueue[Queue] = "Orders"').waitFor();
      await picture('pinned');
      await chooseInMenu(page, view.getByRole('gridcell', { name: '21' }), 'Pin These Rows');
      // Returns is expected by the sample.
      for (const [queue, value] of queues.filter(([it]) => it !== 'Returns')) await tag(`@expect ${value} where DimQueue[Queue] = "${queue}"`).waitFor();
      await page.locator('.statusbar', { hasText: 'Pinned 3 values; 2 more already' }).waitFor();
      await picture('pinned-rows');
      await editor.click();
      await page.keyboard.press('Control+z');
      await tag('@expect 21').waitFor({ state: 'detached' });
      if ((await tag('@expect 54').count()) !== 1) throw new Error('one step undid both');
      await page.keyboard.press('Control+z');
      await tag('@expect 54').waitFor({ state: 'detached' });
    },
  },
  {
    title: 'two columns are a matrix with totals that are evaluated, sorted, filtered, copied and explained',
    async run({ page, picture }) {
      const view = results(page);
      await toggleColumns(page, view, [{ column: 'ChannelId', table: 'FactSession' }]);
      await view.getByRole('columnheader', { name: 'ChannelId' }).waitFor();
      await view.getByRole('button', { name: 'Show as matrix' }).click();
      await view.getByRole('columnheader', { name: 'Total' }).waitFor();
      await picture('matrix');
      const rows = await rowsOf(view);
      same(rows.map((it) => it.at(-1)), queues.map(([, value]) => value));
      same((await totalsOf(view)).at(-1), '191');
      await view.getByRole('columnheader', { name: 'Total' }).click();
      await until(page, 'the greatest is first', async () => (await rowsOf(view))[0]?.[0] === 'Orders');
      const own = view.locator('.grid-body .row').filter({ hasText: 'Orders' }).locator('[role=gridcell]').first();
      const value = await own.innerText();
      const channel = (await view.getByRole('columnheader').allInnerTexts())[1];
      await own.click();
      await view.getByText(`Orders, ${channel}:`).waitFor();
      await view.getByRole('button', { name: 'Explain this value' }).click();
      await view.locator('h1', { hasText: `Explain Sessions rejected = ${value}` }).waitFor();
      await view.getByRole('button', { name: /Back/ }).click();
      await chooseInMenu(page, view.getByRole('columnheader', { name: channel }), 'Keep Only This Value');
      await view.getByRole('button', { name: `Remove the filter ChannelId: ${channel}` }).click();
      await until(page, 'all columns are there', async () => (await rowsOf(view))[0]?.length === rows[0]?.length);
      await page.keyboard.press('Control+End');
      same(await view.locator(':focus').evaluate((it) => [it.textContent, it.closest('.grid-foot') !== null]), ['191', true]);
      await view.getByRole('button', { name: 'Copy as Markdown' }).click();
      await until(page, 'the matrix is copied', async () => (await page.evaluate(() => navigator.clipboard.readText())).includes('| Total |'));
      const faults = await faultsOf(view);
      if (faults.length > 0) throw new Error(faults.join('\n'));
      await view.getByRole('button', { name: 'Show as list' }).click();
      await toggleColumns(page, view, [{ column: 'ChannelId', table: 'FactSession' }]);
      await view.getByRole('columnheader', { name: 'ChannelId' }).waitFor({ state: 'detached' });
      await until(page, 'the list is back', async () => (await rowsOf(view)).length === queues.length);
    },
  },
  {
    title: 'two columns, one of them months, are lines',
    async run({ page, picture }) {
      const view = results(page);
      await toggleColumns(page, view, [{ column: 'SessionCreatedOn by month', table: 'FactSession' }, { column: 'ChannelId', table: 'FactSession' }]);
      await view.getByRole('columnheader', { name: 'SessionCreatedOn (month)' }).waitFor();
      await view.getByRole('gridcell', { name: '2025-02' }).first().waitFor();
      const words = await view.locator('canvas').getAttribute('aria-label');
      if (!/^Line chart of Sessions rejected by SessionCreatedOn \(month\): 1\d points, \d series\./.test(words ?? '')) throw new Error(`the chart says ${words}`);
      await picture('lines');
      await toggleColumns(page, view, [{ column: 'Queue', table: 'DimQueue, ' }]);
      await view.locator('canvas[aria-label^="Stacked bar chart"]').waitFor();
      await picture('stacked');
      await toggleColumns(page, view, [{ column: 'ChannelId', table: 'FactSession' }]);
      await view.locator('canvas[aria-label^="Bar chart"]').waitFor();
    },
  },
  inTheme('Default Light Modern', 'light', 'vscode-light'),
  inTheme('Default Dark Modern', 'dark', 'vscode-dark'),
  inTheme('Default High Contrast', 'high contrast', 'vscode-high-contrast'),
  {
    title: 'an edit is followed',
    async run({ page }) {
      const view = results(page);
      await goToText(page, '= "192350001")');
      await page.keyboard.press('ArrowRight');
      for (let i = 0; i < 2; i++) await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Backspace');
      await page.keyboard.type('4');
      await view.locator('h1', { hasNotText: '= 191' }).waitFor();
      await page.keyboard.press('Control+z');
      await page.keyboard.press('Control+z');
      await view.locator('h1', { hasText: '= 191' }).waitFor();
    },
  },
  {
    title: 'the view is there again after the window crashed, with what it showed',
    async run({ page, server, anew }) {
      await results(page).getByRole('gridcell', { name: 'Returns' }).click();
      await results(page).locator('h1', { hasText: '= 32' }).waitFor();
      // A window writes what extensions keep a moment later, in batches.
      await until(page, 'the state is written', () => isStored(page, ['results.state', 'Returns']));
      const next = await anew();
      await openFile(next, server, 'historical/sessions.dax', 'Sessions rejected = CALCULATE');
      await runCommand(next, 'Focus on DAX Results View');
      const view = results(next);
      await view.locator('h1', { hasText: 'Sessions rejected = 32' }).waitFor();
      await view.getByRole('button', { name: 'Remove the filter Queue: Returns' }).click();
      await view.locator('h1', { hasText: 'Sessions rejected = 191' }).waitFor();
      await until(next, 'the rows are there', async () => (await rowsOf(view)).length > 1);
      same(await rowsOf(view), queues);
    },
  },
  {
    title: 'a query shows its own rows, from a lens',
    async run({ page, server, picture }) {
      writeFileSync(path.join(server.folder, 'historical/look.dax'), 'EVALUATE\nSUMMARIZECOLUMNS ( DimDate[Month], "Rejected", [Sessions rejected], "All", [Sessions] )\nORDER BY DimDate[Month]\n');
      await openFile(page, server, 'historical/look.dax', 'SUMMARIZECOLUMNS');
      await page.locator('.codelens-decoration a', { hasText: 'Show results' }).click();
      const view = results(page);
      await view.locator('h1', { hasText: 'Query' }).waitFor();
      await view.getByRole('gridcell', { name: '2025-02' }).waitFor();
      same(await view.getByRole('columnheader').allInnerTexts(), ['Month', 'Rejected', 'All']);
      await picture('query');
    },
  },
]);
