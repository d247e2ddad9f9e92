// Makes the README's picture from the real editor: the sample's metrics with a value in the line, a label after a code,
// and a hover with a breakdown.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { goToText, hoverOver, openFile, parts } from '../test/integration/workbench.mjs';
import { launchBrowser } from './vscode/browser.mjs';
import { startServer, stayInside } from './vscode/server.mjs';
import { packVsix } from './vsix.mjs';

const root = path.resolve(import.meta.dirname, '..');
const file = path.join(root, 'docs/images/editor.png');
mkdirSync(path.dirname(file), { recursive: true });

const server = await startServer({
  vsix: await packVsix(),
  workspace: path.join(root, 'samples/omnichannel'),
  settings: {
    'editor.inlayHints.enabled': 'on',
    'editor.minimap.enabled': false,
    'editor.hover.delay': 100,
    'editor.fontSize': 13,
    'workbench.activityBar.location': 'hidden',
    'window.commandCenter': false,
    'workbench.layoutControl.enabled': false,
  },
});
try {
  const { browser } = await launchBrowser();
  try {
    const context = await browser.newContext({ viewport: { width: 1180, height: 830 }, deviceScaleFactor: 2, colorScheme: 'light' });
    await stayInside(context, server);
    const page = await context.newPage();
    const editor = await openFile(page, server, 'historical/sessions.dax', 'The metrics of the page');
    await page.keyboard.press('Control+b');
    await goToText(page, 'Sessions rejected = CALCULATE');
    // What was found is selected, and has a light bulb: the cursor rests on the empty line below.
    for (const key of ['Home', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
    await editor.locator(parts.hint, { hasText: '= 191' }).waitFor();
    await editor.locator(parts.line, { hasText: '"192350001"' }).locator(parts.hint, { hasText: 'AgentReject' }).waitFor();
    const hover = await hoverOver(page, 'Sessions rejected =', 'representative rejected the offer');
    await hover.locator('table tr').nth(2).waitFor();
    await page.screenshot({ path: file, animations: 'disabled' });
    console.log(path.relative(root, file));
  } finally {
    await browser.close();
  }
} finally {
  await server.stop();
}
