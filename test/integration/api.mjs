// The suite inside the extension host of a real VS Code, against the packed and installed extension.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { launchBrowser } from '../../scripts/vscode/browser.mjs';
import { remoteUri, startServer, stayInside, workbenchUrl } from '../../scripts/vscode/server.mjs';
import { bundleSuite, driver } from '../../scripts/vscode/suite.mjs';
import { freshResult, report } from '../../scripts/legs.mjs';
import { editorSettings, extensionFile, out, sampleWorkspace, within } from './editor.mjs';

freshResult('api');
const results = path.join(out, 'api-suite.json');
writeFileSync(results, '');
const suite = await bundleSuite();
const server = await startServer({
  vsix: await extensionFile(),
  workspace: sampleWorkspace,
  settings: editorSettings,
  env: { DAX_METRICS_TEST_RESULTS: results },
});
try {
  const { browser, from } = await launchBrowser();
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const refused = await stayInside(context, server);
    const page = await context.newPage();
    await page.exposeFunction('codeAutomationLog', () => undefined);
    const ended = new Promise((resolve) => void page.exposeFunction('codeAutomationExit', resolve));
    await page.goto(
      workbenchUrl(server, [
        ['extensionDevelopmentPath', remoteUri(server, driver)],
        ['extensionTestsPath', remoteUri(server, suite)],
      ]),
    );
    await within(600_000, 'the suite ends', ended).catch(async (error) => {
      await page.screenshot({ path: path.join(out, 'api-failure.png') });
      throw error;
    });
    const text = existsSync(results) ? readFileSync(results, 'utf8') : '';
    if (text === '') throw new Error('the suite wrote no results');
    const { host, passed, failed } = JSON.parse(text);
    for (const it of passed) console.log(`  ok    ${it.title} (${it.milliseconds} ms)`);
    for (const it of failed) console.log(`  FAIL  ${it.title}\n${it.error}`);
    console.log(`  in ${host}, browser ${from}`);
    if (refused.size > 0) console.log(`  refused to reach ${[...refused].join(', ')}`);
    report('api', { passed: passed.length, failed: failed.length });
  } finally {
    await browser.close();
  }
} finally {
  writeFileSync(path.join(out, 'api-server.log'), server.log());
  await server.stop();
}
