// Starts the VS Code server with a fresh profile on 127.0.0.1, and the addresses under which its workbench opens.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fetchVscode } from './fetch.mjs';

const quiet = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.enableExperiments': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'git.enabled': false,
  'chat.disableAIFeatures': true,
};

/**
 * @param {object} options
 * @param {string} [options.vsix] the extension to install
 * @param {string} [options.beside] another extension to install
 * @param {string} options.workspace the folder whose copy is opened
 * @param {Record<string, unknown>} [options.settings] user settings beside the quiet ones
 * @param {string} [options.token] a connection token; without one, any local process may connect
 * @param {Record<string, string>} [options.env] for the server, and through it for the extension host
 * @param {boolean} [options.endOnSignal] whether a signal ends this process and the server; else the caller sees to it
 */
export async function startServer({ vsix, beside, workspace, settings = {}, token, env = {}, endOnSignal = true }) {
  const { main, node } = await fetchVscode();
  const home = mkdtempSync(path.join(tmpdir(), 'dax-metrics-'));
  const data = path.join(home, 'data');
  const extensions = path.join(home, 'extensions');
  const folder = path.join(home, path.basename(workspace));
  // The server makes its own folders one level at a time.
  mkdirSync(extensions);
  mkdirSync(path.join(data, 'data/User'), { recursive: true });
  writeFileSync(path.join(data, 'data/User/settings.json'), JSON.stringify({ ...quiet, ...settings }, undefined, 2));
  cpSync(workspace, folder, { recursive: true });

  const common = ['--extensions-dir', extensions, '--server-data-dir', data, '--accept-server-license-terms', '--telemetry-level', 'off'];
  // Its sockets go where they are cleaned up with the rest.
  const fullEnv = { ...process.env, ...env, EXTENSIONS_GALLERY: '{}', XDG_RUNTIME_DIR: home };
  const clean = () => rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  try {
    const extensionsWanted = [vsix, beside].filter((it) => it !== undefined).flatMap((it) => ['--install-extension', it]);
    if (extensionsWanted.length > 0) await install(node, [main, ...common, ...extensionsWanted, '--force'], fullEnv);
  } catch (error) {
    clean();
    throw error;
  }

  // The smoke test driver lets newer builds take a test suite from the page's address.
  const access = token === undefined ? ['--without-connection-token', '--enable-smoke-test-driver'] : ['--connection-token', token];
  const child = spawn(node, [main, ...common, '--host', '127.0.0.1', '--port', '0', ...access], {
    env: fullEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a process group of its own, so that the extension hosts end with it
  });
  const log = [];
  const signal = (name) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name);
    } catch {
      // The group has ended already.
    }
  };
  const killAtExit = () => signal('SIGKILL');
  process.once('exit', killAtExit);
  if (endOnSignal) for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, () => process.exit(1));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    signal('SIGTERM');
    const patience = setTimeout(() => signal('SIGKILL'), 3000);
    await ended;
    clearTimeout(patience);
    signal('SIGKILL');
    process.off('exit', killAtExit);
    clean();
  };

  const port = await new Promise((resolve, reject) => {
    const read = (chunk) => {
      log.push(chunk.toString());
      const listening = /Extension host agent listening on (\d+)/.exec(log.join(''));
      if (listening !== null) resolve(Number(listening[1]));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the VS Code server ended (${code}):\n${log.join('')}`)));
  }).catch(async (error) => {
    await stop();
    throw error;
  });
  const authority = `127.0.0.1:${port}`;
  return { origin: `http://${authority}`, authority, folder, home, data, log: () => log.join(''), ended, stop };
}

function install(node, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (it) => (said += it));
    child.stderr.on('data', (it) => (said += it));
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0 && said.includes('successfully installed')) resolve(undefined);
      else reject(new Error(`the extension did not install (${code}):\n${said}`));
    });
  });
}

/** A path on the server, as the workbench addresses it. */
export function remoteUri(server, file) {
  return `vscode-remote://${server.authority}${file}`;
}

/** The workbench with a folder, and what VS Code's own tests call the payload: files to open, a suite to run. */
export function workbenchUrl(server, payload = [], folder = server.folder) {
  const url = new URL(server.origin);
  url.searchParams.set('folder', folder);
  url.searchParams.set('payload', JSON.stringify([['skipWelcome', 'true'], ['skipReleaseNotes', 'true'], ...payload]));
  return url.href;
}

/**
 * Refuses everything outside the server and the `origins`; returns the origins that were asked for in vain.
 * @param {import('playwright-core').BrowserContext} context
 * @param {{ origin: string }} server
 * @param {readonly string[]} [origins]
 * @returns {Promise<Set<string>>}
 */
export async function stayInside(context, server, origins = []) {
  const refused = new Set();
  await context.route(
    (url) => url.origin !== server.origin && !origins.includes(url.origin) && !['data:', 'blob:'].includes(url.protocol),
    (route) => {
      refused.add(new URL(route.request().url()).origin);
      return route.abort();
    },
  );
  return refused;
}
