// A folder that nobody has said to trust: nothing of it is run, so values and findings are all there.
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startServer } from '../../scripts/vscode/server.mjs';
import { editorSettings, extensionFile, sampleWorkspace } from './editor.mjs';
import { runSteps } from './steps.mjs';
import { goToText, openFile, parts } from './workbench.mjs';

const settings = { ...editorSettings, 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'always' };

await runSteps('restricted', async () => startServer({ vsix: await extensionFile(), workspace: sampleWorkspace, settings }), [
  {
    title: 'the window is in restricted mode, and a metric has its value and a code its label',
    async run({ page, server, picture }) {
      const editor = await openFile(page, server, 'historical/sessions.dax', 'The metrics of the page');
      await page.locator('#status\\.workspaceTrust, .statusbar-item', { hasText: 'Restricted Mode' }).first().waitFor();
      await goToText(page, 'Sessions rejected = CALCULATE');
      await editor.locator(parts.hint, { hasText: /^\s*=\s191$/ }).waitFor();
      await editor.locator(parts.line, { hasText: '"192350001"' }).locator(parts.hint, { hasText: 'AgentReject' }).waitFor();
      await picture('value');
    },
  },
  {
    title: 'the language status names the model, and the light bulb repairs a name',
    async run({ page, server, picture }) {
      const file = 'historical/restricted.dax';
      writeFileSync(path.join(server.folder, file), 'Strange = CALCULATE([Sessions], FactSession[IsAgentSesion])\n');
      const editor = await openFile(page, server, file, 'Strange');
      await page.locator(parts.errorSquiggle).first().waitFor();
      const { x, y } = await page.locator('#status\\.languageStatus').boundingBox() ?? { x: 0, y: 0 };
      await page.mouse.move(x + 5, y + 8);
      await page.locator(parts.languageStatus, { hasText: 'Model historical' }).waitFor();
      await picture('status');
      await goToText(page, 'IsAgentSesion');
      await page.keyboard.press('Control+.');
      await page.locator(parts.lightBulbMenu, { hasText: 'Change to [IsAgentSession]' }).waitFor();
      await picture('fix');
      await page.keyboard.press('Enter');
      await editor.locator(parts.line, { hasText: '[IsAgentSession]' }).locator(parts.hint, { hasText: /^\s*=\s[\d,]+$/ }).waitFor();
      rmSync(path.join(server.folder, file));
    },
  },
]);
