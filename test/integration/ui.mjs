// What a person sees: the extension installed in a real VS Code, looked at in the page's DOM, with pictures kept.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { freshResult, report } from '../../scripts/legs.mjs';
import { launchBrowser } from '../../scripts/vscode/browser.mjs';
import { startServer, stayInside } from '../../scripts/vscode/server.mjs';
import { editorSettings, extensionFile, out, sampleWorkspace } from './editor.mjs';
import { steps } from './uiSteps.mjs';

freshResult('ui');
const server = await startServer({ vsix: await extensionFile(), workspace: sampleWorkspace, settings: { ...editorSettings, 'editor.hover.delay': 100 } });
try {
  const { browser, from } = await launchBrowser();
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' });
    context.setDefaultTimeout(60_000);
    await stayInside(context, server);
    const page = await context.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    const picture = (name) => page.screenshot({ path: path.join(out, `ui-${name}.png`), animations: 'disabled' });
    let passed = 0;
    let failed = 0;
    for (const { title, run } of steps) {
      const started = performance.now();
      try {
        await run({ page, server, picture });
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
    report('ui', { passed, failed });
  } finally {
    await browser.close();
  }
} finally {
  writeFileSync(path.join(out, 'ui-server.log'), server.log());
  await server.stop();
}
