// The extension as a web extension: installed into the page itself, running in the browser's workers, its files read
// through the editor.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startServer } from '../../scripts/vscode/server.mjs';
import { zipMembers } from '../../scripts/zip.mjs';
import { editorSettings, extensionFile, sampleWorkspace } from './editor.mjs';
import { chooseInMenu, showResults } from './resultsView.mjs';
import { runSteps } from './steps.mjs';
import { goToText, hoverOver, openFile, parts, runCommand } from './workbench.mjs';

/** Another origin than the workbench's, as it is where extensions come from a content network. */
const origin = 'https://extension.test';
const answer = extensionFiles(await extensionFile());
const start = () => startServer({ workspace: sampleWorkspace, settings: editorSettings });

await runSteps(
  'web-ui',
  start,
  [
    {
      title: 'the extension installs into the page',
      async run({ page, server }) {
        await page.context().route(`${origin}/**`, answer);
        await openFile(page, server, 'historical/sessions.dax', 'The metrics of the page');
        await install(page);
        await page.locator(parts.status, { hasText: 'DAX' }).waitFor();
      },
    },
    {
      title: 'values and labels stand in the text',
      async run({ page, picture }) {
        const editor = page.locator(parts.editor).first();
        await goToText(page, 'Sessions rejected = CALCULATE');
        await editor.locator(parts.hint, { hasText: /^\s*=\s191$/ }).waitFor();
        await editor.locator(parts.hint, { hasText: 'AgentReject' }).first().waitFor();
        await picture('value');
      },
    },
    {
      title: 'a hover over a metric shows its value and a breakdown table',
      async run({ page }) {
        const hover = await hoverOver(page, 'Sessions rejected =', '191');
        await hover.locator('table tr').nth(2).waitFor();
      },
    },
    {
      title: 'results of a metric are shown as a grid and a chart, and a value is explained',
      async run({ page, picture }) {
        await goToText(page, 'Sessions rejected = CALCULATE');
        const view = await showResults(page, 'Sessions rejected = 191');
        await view.getByRole('gridcell', { name: '54' }).click();
        await view.locator('canvas[aria-label^="Bar chart"]').waitFor();
        await picture('results');
        await chooseInMenu(page, view.getByRole('gridcell', { name: '54' }), 'Explain This Value');
        await view.getByRole('treeitem').first().waitFor();
      },
    },
    {
      title: 'a misspelt metric of a page has a red squiggle',
      async run({ page, server, picture }) {
        await openFile(page, server, 'calculate-session-metrics.md', 'Calculate session metrics');
        await goToText(page, '[Incoming essions_FactSession]');
        await page.locator(parts.errorSquiggle).first().waitFor();
        await picture('page');
      },
    },
    {
      title: 'a window without a server keeps the sample in the browser, and shows its values',
      async run({ page, server, picture }) {
        await page.context().route((url) => url.origin === server.origin && url.pathname.endsWith('/workbench/workbench.js'), alone);
        const { href } = new URL(`?payload=${encodeURIComponent(JSON.stringify([['skipWelcome', 'true']]))}`, server.origin);
        await page.goto(href);
        await page.locator(parts.problems).waitFor();
        await install(page);
        await page.locator(parts.extensionsView, { hasText: 'DAX Metrics' }).waitFor();
        await runCommand(page, 'Open the Sample Workspace');
        await page.waitForURL(/folder=vscode-userdata/);
        // Where nothing can be searched, a file that is opened brings the extension in.
        await page.locator('.explorer-viewlet .monaco-list-row', { hasText: 'sessions.dax' }).dblclick();
        await page.locator(parts.editor).first().locator(parts.hint, { hasText: /^\s*=\s480$/ }).waitFor();
        await picture('sample');
      },
    },
  ],
  [origin],
);

async function install(page) {
  // The command is there once the extensions of the window are known.
  await page.keyboard.press('Control+Shift+x');
  await page.locator(parts.extensionsView, { hasText: 'Installed' }).waitFor();
  await runCommand(page, 'Install Extension from Location');
  const dialog = page.locator(parts.quickInput, { hasText: 'Install Extension from Location' });
  await dialog.locator('input').fill(origin);
  await page.keyboard.press('Enter');
}

/** Serves the workbench so that it asks no server for files or processes, as a host of static pages does. */
async function alone(route) {
  const response = await route.fetch();
  const served = await response.text();
  const body = served
    .replace(/(\.\.\.JSON\.parse\(\w+\)),remoteAuthority:location\.host/, '$1,remoteAuthority:undefined,userDataPath:"/"')
    .replace(/\.with\(\{scheme:(\w+)\.vscodeRemote\}\),"User"\)\}get userDataPath/, '.with({scheme:$1.vscodeUserData}),"User")}get userDataPath');
  if (!body.includes('remoteAuthority:undefined') || !/vscodeUserData\}\),"User"\)\}get userDataPath/.test(body)) throw new Error('the workbench is put together otherwise');
  return route.fulfill({ response, body });
}

/** Answers for the packed extension's files, as the address that a web host unpacks them to would. */
function extensionFiles(vsix) {
  const members = new Map(zipMembers(readFileSync(vsix)).map((it) => [it.name, it]));
  const types = { '.json': 'application/json', '.js': 'text/javascript', '.css': 'text/css' };
  return (route) => {
    const { pathname } = new URL(route.request().url());
    const member = members.get(`extension${decodeURIComponent(pathname)}`);
    const headers = { 'access-control-allow-origin': '*' };
    if (member === undefined) return route.fulfill({ status: 404, headers });
    return route.fulfill({ headers, contentType: types[path.extname(pathname)] ?? 'text/plain', body: member.read() });
  };
}
