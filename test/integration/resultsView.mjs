// Reaching into the results view: its page lies two frames deep in the workbench.
import axe from 'axe-core';
import { runCommand } from './workbench.mjs';

/** The page of the view that is in sight. */
export const results = (page) => page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');

/** Opens the view for what the cursor is in, and waits for its heading. */
export async function showResults(page, heading) {
  await runCommand(page, 'DAX Metrics: Show Results');
  const view = results(page);
  await view.locator('h1', { hasText: heading }).waitFor();
  return view;
}

/**
 * Checks columns of a metric in the quick pick, or unchecks them, by their labels and the table behind them. The one that
 * was checked first gives way to a third.
 */
export async function toggleColumns(page, view, columns) {
  await view.locator('button.choose').click();
  const list = page.locator('.quick-input-widget:visible');
  await list.locator('.monaco-list-row').first().waitFor();
  const input = list.locator('.quick-input-filter input');
  for (const { column, table } of columns) {
    await input.fill(column);
    const row = list.locator('.monaco-list-row', { hasText: column }).filter({ hasText: table }).first();
    await row.waitFor();
    await row.click();
  }
  await input.fill('');
  await page.keyboard.press('Enter');
  await list.waitFor({ state: 'hidden' });
}

/** The texts of the rows that are drawn, cell by cell. */
export const rowsOf = (view) =>
  view.locator('.screen .grid-body .row').evaluateAll((rows) => [...rows].sort((a, b) => Number(a.ariaRowIndex) - Number(b.ariaRowIndex))
    .map((row) => [...row.querySelectorAll('[role=gridcell], [role=rowheader]')].map((it) => it.textContent)));

/** The texts of the row of totals. */
export const totalsOf = (view) => view.locator('.screen .grid-foot .cell').allInnerTexts();

/** An entry of the menu that is open. */
export const menuItem = (page, title) => page.locator('.monaco-menu .action-menu-item', { hasText: title }).first();

/**
 * Opens the menu of a cell by the mouse and chooses something of it; `picture` keeps a screenshot of the menu. A menu that
 * has just opened takes no click: that is done until it closes.
 */
export async function chooseInMenu(page, cell, title, picture) {
  await cell.click({ button: 'right' });
  const item = menuItem(page, title);
  await item.waitFor();
  await picture?.('menu');
  await until(page, `${title} closes the menu`, async () => {
    if (await item.isHidden()) return true;
    await item.click();
    return item.isHidden();
  });
}

/** What axe-core holds to be serious or critical in the page of the view. */
export async function faultsOf(view) {
  const root = await view.locator('html').elementHandle();
  const frame = await root.ownerFrame();
  await frame.evaluate(axe.source);
  const { violations } = await frame.evaluate(() => globalThis['axe'].run(document, { resultTypes: ['violations'] }));
  return violations.filter((it) => it.impact === 'serious' || it.impact === 'critical')
    .map((it) => `${it.id} (${it.impact}): ${it.nodes.map((node) => `${node.html} ${node.failureSummary ?? ''}`).slice(0, 4).join('; ')}`);
}

/** Waits until a question about the page has the answer that is wanted. */
export async function until(page, what, ask) {
  for (let tries = 0; tries < 480; tries++) {
    if (await ask()) return;
    await page.waitForTimeout(250);
  }
  throw new Error(`waited in vain: ${what}`);
}
