// `npm start`: opens a copy of the sample workspace with the extension on, in desktop VS Code where there is one to
// open, else in the VS Code build of the tests, served to a browser on this machine only; `--serve` serves it in any case.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startServer } from './vscode/server.mjs';
import { packVsix, packWelcome } from './vsix.mjs';

const root = path.resolve(import.meta.dirname, '..');
const workspace = path.join(root, 'samples/omnichannel');
const settings = { 'editor.inlayHints.enabled': 'on' };

const vsix = await packVsix();
const welcome = await packWelcome();
const desktop = process.argv.includes('--serve') ? undefined : findDesktop();
if (desktop === undefined) await serve();
else await openDesktop(desktop);

/** `code` on the PATH, where a window can be opened: not without a display, and not as root, which VS Code refuses. */
function findDesktop() {
  const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!display || process.getuid?.() === 0) return undefined;
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders.map((it) => path.join(it, name)).find((it) => existsSync(it));
}

async function openDesktop(code) {
  const home = mkdtempSync(path.join(tmpdir(), 'dax-metrics-'));
  const clean = () => rmSync(home, { recursive: true, force: true });
  process.once('exit', clean);
  const folder = path.join(home, path.basename(workspace));
  const user = path.join(home, 'data/User');
  cpSync(workspace, folder, { recursive: true });
  mkdirSync(user, { recursive: true });
  writeFileSync(path.join(user, 'settings.json'), JSON.stringify({ ...settings, 'workbench.startupEditor': 'none', 'security.workspace.trust.enabled': false }));
  const profile = ['--user-data-dir', path.join(home, 'data'), '--extensions-dir', path.join(home, 'extensions')];
  const shell = process.platform === 'win32';
  const installed = spawnSync(code, [...profile, '--install-extension', vsix, '--install-extension', welcome, '--force'], { stdio: 'inherit', shell });
  if (installed.status !== 0) throw new Error('the extension did not install');
  const child = spawn(code, [...profile, '--new-window', '--wait', folder], { stdio: 'inherit', shell });
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, () => child.kill());
  console.log(`Opened ${folder} in VS Code`);
  await new Promise((resolve) => child.once('exit', resolve));
}

async function serve() {
  const token = randomBytes(16).toString('hex');
  const signalled = new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, () => resolve('signal'));
    // A shell between npm and this process may die of the signal without passing it on.
    const parent = process.ppid;
    const watch = setInterval(() => process.ppid !== parent && resolve('signal'), 250);
    watch.unref();
  });
  const server = await startServer({ vsix, beside: welcome, workspace, settings, token, endOnSignal: false });
  console.log('The sample workspace is served to this machine until this process is ended (Ctrl+C).');
  console.log(`Open ${server.origin}/?tkn=${token}&folder=${encodeURI(server.folder)}`);
  const why = await Promise.race([signalled, server.ended.then(() => 'ended')]);
  await server.stop();
  if (why === 'ended') throw new Error(`the VS Code server ended by itself:\n${server.log()}`);
}
