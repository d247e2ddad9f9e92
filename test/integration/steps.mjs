// Runs the steps of a leg that looks at the page: counts them, keeps pictures, reports.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { freshResult, report } from '../../scripts/legs.mjs';
import { launchBrowser } from '../../scripts/vscode/browser.mjs';
import { stayInside } from '../../scripts/vscode/server.mjs';
import { out } from './editor.mjs';

/**
 * @typedef {object} Stage
 * @property {import('playwright-core').Page} page
 * @property {Awaited<ReturnType<typeof import('../../scripts/vscode/server.mjs').startServer>>} server
 * @property {(name: string) => Promise<unknown>} picture keeps a screenshot
 * @property {() => Promise<import('playwright-core').Page>} anew ends the window as a crash does, so that it saves nothing
 *   more, and resolves to an empty one in its place
 * @typedef {{ title: string, run(stage: Stage): Promise<void> }} Step
 */

/**
 * @param {string} leg
 * @param {() => Promise<Stage['server']>} start
 * @param {readonly Step[]} steps in order; each waits for what it says
 * @param {readonly string[]} [origins] that may be reached besides the server
 */
export async function runSteps(leg, start, steps, origins = []) {
  freshResult(leg);
  const server = await start();
  try {
    const { browser, from } = await launchBrowser();
    try {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' });
      context.setDefaultTimeout(120_000);
      await stayInside(context, server, origins);
      const errors = [];
      const newPage = async () => {
        const made = await context.newPage();
        made.on('pageerror', (error) => errors.push(String(error)));
        return made;
      };
      let page = await newPage();
      const anew = async () => {
        const ended = page;
        const crashed = new Promise((resolve) => ended.once('crash', resolve));
        // A page that has crashed answers nothing, this neither.
        (await context.newCDPSession(ended)).send('Page.crash').catch(() => undefined);
        await crashed;
        page = await newPage();
        await ended.close();
        return page;
      };
      const picture = (name) => page.screenshot({ path: path.join(out, `${leg}-${name}.png`), animations: 'disabled' });
      let passed = 0;
      let failed = 0;
      for (const { title, run } of steps) {
        const started = performance.now();
        try {
          await run({ page, server, picture, anew });
          if (errors.length > 0) throw new Error(`the page failed: ${errors.splice(0).join('\n')}`);
          passed++;
          console.log(`  ok    ${title} (${(performance.now() - started).toFixed(0)} ms)`);
        } catch (error) {
          failed++;
          console.log(`  FAIL  ${title}\n${error instanceof Error ? error.stack : error}`);
          await picture(`failure-${failed}`);
        }
      }
      console.log(`  browser ${from}; pictures in ${path.relative(process.cwd(), out)}`);
      report(leg, { passed, failed });
    } finally {
      await browser.close();
    }
  } finally {
    writeFileSync(path.join(out, `${leg}-server.log`), server.log());
    await server.stop();
  }
}
