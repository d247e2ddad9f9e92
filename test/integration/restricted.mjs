// A folder that nobody has said to trust: nothing of it is run, so values and findings are all there.
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
]);
