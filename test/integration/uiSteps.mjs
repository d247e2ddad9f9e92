// The steps of the user-interface leg, in order; each waits for what it says.
import { hoverOver, openFile, parts } from './workbench.mjs';

/**
 * @typedef {object} Stage
 * @property {import('playwright-core').Page} page
 * @property {Awaited<ReturnType<typeof import('../../scripts/vscode/server.mjs').startServer>>} server
 * @property {(name: string) => Promise<unknown>} picture keeps a screenshot
 */

/** @type {{ title: string, run(stage: Stage): Promise<void> }[]} */
export const steps = [
  {
    title: 'the value of a metric stands at the end of its line',
    async run({ page, server, picture }) {
      const editor = await openFile(page, server, 'historical/metrics.dax', 'Sessions rejected =');
      await editor.locator(parts.hint, { hasText: /^\s*=\s191$/ }).waitFor();
      await picture('value');
    },
  },
  {
    title: 'the label of a code stands after it',
    async run({ page }) {
      const line = page.locator(parts.editor).first().locator(parts.line, { hasText: '"192350001"' });
      await line.locator(parts.hint, { hasText: 'AgentReject' }).waitFor();
    },
  },
  {
    title: 'names, functions and texts of DAX are coloured differently',
    async run({ page }) {
      const colours = await page.evaluate(() => {
        const colourOf = (text) => {
          const token = [...document.querySelectorAll('.view-line span[class^="mtk"]')].find((it) => it.textContent?.includes(text));
          return token === undefined ? undefined : getComputedStyle(token).color;
        };
        return [colourOf('CALCULATE'), colourOf('192350001'), colourOf('///')];
      });
      if (new Set(colours).size !== 3 || colours.includes(undefined)) throw new Error(`the colours are ${colours.join(', ')}`);
    },
  },
  {
    title: 'a hover over a metric shows its value and a breakdown table',
    async run({ page, picture }) {
      const hover = await hoverOver(page, 'Sessions rejected =', '191');
      await hover.locator('table tr').nth(2).waitFor();
      await picture('hover');
    },
  },
  {
    title: 'good metrics have no squiggles',
    async run({ page }) {
      await page.locator(parts.problems, { hasText: /^\s*0\s*0\s*$/ }).waitFor();
    },
  },
  {
    title: 'a misspelt metric of a page has a red squiggle, and a hover that says why',
    async run({ page, server, picture }) {
      await openFile(page, server, 'calculate-session-metrics.md', 'Calculate session metrics');
      await goToText(page, '[Incoming essions_FactSession]');
      await page.locator(parts.errorSquiggle).first().waitFor();
      await hoverOver(page, '[Incoming essions_FactSession]', 'Incoming sessions_FactSession');
      await picture('page');
    },
  },
];

/** Brings a text into view with the editor's own search. */
async function goToText(page, text) {
  await page.locator(parts.editor).first().click();
  await page.keyboard.press('Control+f');
  await page.locator(parts.findInput).fill(text);
  await page.locator(parts.findMatches, { hasText: /^1 of/ }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator(parts.findWidget).waitFor({ state: 'hidden' });
}
