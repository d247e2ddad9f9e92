// The same suite in a desktop VS Code, where one can be had: VSCODE_TEST_EXECUTABLE, or a download.
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath, runTests } from '@vscode/test-electron';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freshResult, report } from '../../scripts/legs.mjs';
import { cacheRoot } from '../../scripts/vscode/cache.mjs';
import { bundleSuite, driver } from '../../scripts/vscode/suite.mjs';
import { editorSettings, extensionFile, out, sampleWorkspace } from './editor.mjs';

freshResult('desktop');
const found = await findDesktop();
if ('why' in found) report('desktop', { passed: 0, failed: 0, notRun: found.why });
else await runSuite(found.executable);

/** @returns {Promise<{ executable: string } | { why: string }>} */
async function findDesktop() {
  const wish = process.env.VSCODE_TEST_EXECUTABLE;
  if (wish) {
    if (!existsSync(wish)) throw new Error(`VSCODE_TEST_EXECUTABLE names ${wish}, which does not exist`);
    return { executable: wish };
  }
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return { why: 'there is no display; set VSCODE_TEST_EXECUTABLE, or run under xvfb-run' };
  }
  try {
    const executable = await downloadAndUnzipVSCode({ version: '1.100.3', cachePath: path.join(cacheRoot(), 'desktop') });
    return { executable };
  } catch (error) {
    return { why: `a desktop VS Code cannot be downloaded (${error.message}); set VSCODE_TEST_EXECUTABLE` };
  }
}

async function runSuite(executable) {
  const results = path.join(out, 'desktop-suite.json');
  writeFileSync(results, '');
  const home = mkdtempSync(path.join(tmpdir(), 'dax-metrics-'));
  try {
    const workspace = path.join(home, path.basename(sampleWorkspace));
    cpSync(sampleWorkspace, workspace, { recursive: true });
    const user = path.join(home, 'data/User');
    mkdirSync(user, { recursive: true });
    writeFileSync(path.join(user, 'settings.json'), JSON.stringify({ ...editorSettings, 'telemetry.telemetryLevel': 'off', 'update.mode': 'none' }));
    const profile = ['--user-data-dir', path.join(home, 'data'), '--extensions-dir', path.join(home, 'extensions')];
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const [cli, ...cliArgs] = resolveCliArgsFromVSCodeExecutablePath(executable);
    const install = spawnSync(cli, [...cliArgs, ...profile, ...asRoot, '--install-extension', await extensionFile(), '--force'], { encoding: 'utf8' });
    if (install.status !== 0) throw new Error(`the extension did not install: ${install.stdout}${install.stderr}`);
    await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: driver,
      extensionTestsPath: await bundleSuite(),
      extensionTestsEnv: { DAX_METRICS_TEST_RESULTS: results },
      launchArgs: [workspace, ...profile, ...asRoot, '--disable-workspace-trust', '--disable-gpu', '--skip-welcome', '--skip-release-notes'],
    }).catch((error) => {
      // A failed test ends the run with an error too; the results tell which.
      if (readFileSync(results, 'utf8') === '') throw error;
    });
    const { host, passed, failed } = JSON.parse(readFileSync(results, 'utf8'));
    for (const it of failed) console.log(`  FAIL  ${it.title}\n${it.error}`);
    console.log(`  in ${host}`);
    report('desktop', { passed: passed.length, failed: failed.length });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
