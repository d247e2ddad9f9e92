// What a person sees: the extension installed in a real VS Code, looked at in the page's DOM, with pictures kept.
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startServer } from '../../scripts/vscode/server.mjs';
import { editorSettings, extensionFile, sampleWorkspace } from './editor.mjs';
import { runSteps } from './steps.mjs';
import { testingSteps } from './testing.mjs';
import { goToText, hoverOver, openFile, parts, proposed, saveWith, takeProposal, typeUntilProposed } from './workbench.mjs';

const start = async () => startServer({ vsix: await extensionFile(), workspace: sampleWorkspace, settings: editorSettings });

await runSteps('ui', start, [
  {
    title: 'the value of a metric stands at the end of its line',
    async run({ page, server, picture }) {
      const editor = await openFile(page, server, 'historical/sessions.dax', 'The metrics of the page');
      await goToText(page, 'Sessions rejected = CALCULATE');
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
    title: 'a filter that is chosen in the status bar changes the values in the text, and a key clears it',
    async run({ page, picture }) {
      const editor = page.locator(parts.editor).first();
      await page.keyboard.press('Escape');
      await page.locator(parts.previewStatus, { hasText: 'All rows' }).click();
      await page.locator(parts.quickPick, { hasText: 'Channel' }).first().waitFor();
      await page.locator(parts.quickInput).locator('input').first().fill('Channel');
      await page.locator(parts.quickPick, { hasText: 'DimChannel' }).first().click();
      await page.locator(parts.quickPick, { hasText: 'Voice call' }).first().click();
      await picture('preview-values');
      await page.keyboard.press('Enter');
      await page.locator(parts.previewStatus, { hasText: 'Voice call' }).waitFor();
      await editor.locator(parts.hint, { hasText: /^\s*=\s37$/ }).first().waitFor();
      await picture('preview');
      await editor.click();
      await page.keyboard.press('Shift+Alt+X');
      await page.locator(parts.previewStatus, { hasText: 'All rows' }).waitFor();
      await editor.locator(parts.hint, { hasText: /^\s*=\s191$/ }).waitFor();
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
  {
    title: 'codes are proposed by their digits, those of most rows first, and a choice of one writes its code',
    async run({ page, server, picture }) {
      const file = 'historical/typed.dax';
      writeFileSync(path.join(server.folder, file), 'Typed = CALCULATE([Sessions], FactSession[Closurereason] = )\n');
      const editor = await openFile(page, server, file, 'Typed');
      await editor.locator(parts.line, { hasText: 'Typed' }).locator(parts.hint).first().waitFor();
      await goToText(page, 'FactSession[Closurereason] = ');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.type('"192350', { delay: 60 });
      await page.locator(parts.proposal).first().waitFor();
      await proposed(page, page.locator(parts.proposal).first().filter({ hasText: 'BotTransferToAgent' }).filter({ hasText: '877 rows' }));
      await picture('completion');
      await page.keyboard.press('Enter');
      await saveWith(page, server, file, '[Closurereason] = "192350026")');
      rmSync(path.join(server.folder, file));
    },
  },
  {
    title: 'a metric is written key by key: its name is left alone, codes come behind the equals sign, a function shows its parameters',
    async run({ page, server, picture }) {
      const file = 'historical/written.dax';
      writeFileSync(path.join(server.folder, file), '\n');
      const editor = await openFile(page, server, file, '');
      const list = page.locator(parts.proposal);
      await editor.click();
      await page.keyboard.press('Control+Space');
      await proposed(page, list.filter({ hasText: 'New metric' }));
      await page.keyboard.press('Escape');
      await page.keyboard.type('Sessions refu', { delay: 150 });
      if (await list.count() > 0) throw new Error(`for a name ${await list.first().innerText()} is proposed`);
      await page.keyboard.type('sed = ', { delay: 40 });
      await takeProposal(page, 'CALCUL', 'CALCULATE');
      await page.locator('.parameter-hints-widget.visible', { hasText: 'CALCULATE' }).waitFor();
      await page.keyboard.type('[Sessions], ', { delay: 40 });
      await takeProposal(page, 'FactSession[Closurer', 'Closurereason');
      await takeProposal(page, ' = ', 'BotTransferToAgent');
      await page.keyboard.type(')');
      await saveWith(page, server, file, 'Sessions refused = CALCULATE([Sessions], FactSession[Closurereason] = "192350026")');
      await page.keyboard.press('Control+Home');
      await page.keyboard.press('Enter');
      await page.keyboard.press('ArrowUp');
      await typeUntilProposed(page, '/// @expect ', list.filter({ hasText: 'BLANK' }));
      await picture('written');
      rmSync(path.join(server.folder, file));
    },
  },
  ...testingSteps,
]);
