// What a person sees of tests: lenses, marks beside the lines, the light bulb, the test view, coverage.
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { goToText, openFile, parts, runCommand } from './workbench.mjs';

const file = 'historical/pinned.dax';
const text = `/// @expect 191
/// @expect 1 where DimChannel[Channel] = "Voice call"
Rejected here = CALCULATE(DISTINCTCOUNT(FactSession[SessionId]), FactSession[IsAgentSession], FactSession[Closurereason] = "192350001")

Share here = IF([Rejected here] > 1000, 1, [Rejected here] / 1000)
`;

const lens = (page, title) => page.locator('.codelens-decoration a', { hasText: title }).first();
const mark = (page, state) => page.locator(`.glyph-margin-widgets .testing-run-glyph.codicon-testing-${state}-icon`);
const rows = (page) => page.locator('.pane-body .monaco-list-row');

/** Steps of a leg, in order; they end with the workspace as it was. */
export const testingSteps = [
  {
    title: 'a lens says how many expectations hold, and a click marks each of them',
    async run({ page, server, picture }) {
      writeFileSync(path.join(server.folder, file), text);
      await openFile(page, server, file, 'Rejected here');
      await lens(page, '1 of 2 expectations fails').waitFor();
      await lens(page, '1 of 2 expectations fails').click();
      await mark(page, 'passed').first().waitFor();
      await mark(page, 'failed').first().waitFor();
      await picture('tests-run');
    },
  },
  {
    title: 'the light bulb expects what came, and the lens follows',
    async run({ page, picture }) {
      await goToText(page, '@expect 1 where');
      await page.keyboard.press('ArrowLeft');
      for (let i = 0; i < '@expect '.length; i++) await page.keyboard.press('ArrowRight');
      const action = page.locator('.action-widget .monaco-list-row', { hasText: 'Expect 37 instead of 1' });
      await page.keyboard.press('Control+.');
      await action.waitFor();
      await picture('tests-fix');
      await page.keyboard.press('Enter');
      await lens(page, '2 expectations hold').waitFor();
      await mark(page, 'failed').first().waitFor({ state: 'detached' });
    },
  },
  {
    title: 'a click pins a value, which holds',
    async run({ page, picture }) {
      await lens(page, 'Pin this value').click();
      await page.locator(parts.editor).first().locator(parts.line, { hasText: '@expect 0.1910' }).waitFor();
      await lens(page, '1 expectation holds').waitFor();
      // The definition and its tag.
      await mark(page, 'passed').nth(4).waitFor();
      await picture('tests-pinned');
    },
  },
  {
    title: 'the test view has the file, its metrics and their tags',
    async run({ page, picture }) {
      await runCommand(page, 'Testing: Focus on Test Explorer View');
      const own = rows(page).filter({ hasText: 'pinned.dax' }).filter({ hasText: 'historical' }).first();
      await own.click();
      await page.keyboard.press('ArrowRight');
      const metric = rows(page).filter({ hasText: 'Rejected here' }).first();
      await metric.click();
      await page.keyboard.press('ArrowRight');
      await rows(page).filter({ hasText: '@expect 37 where DimChannel[Channel]' }).first().waitFor();
      await picture('tests-view');
    },
  },
  {
    title: 'coverage marks the branch that no test takes',
    async run({ page, server, picture }) {
      await page.locator(parts.editor).first().click();
      await runCommand(page, 'Test: Run Tests with Coverage in Current File');
      await page.locator('.coverage-deco-gutter.coverage-deco-miss').first().waitFor();
      await picture('tests-coverage');
      rmSync(path.join(server.folder, file));
    },
  },
];
