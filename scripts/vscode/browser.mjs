// Finds a Chromium to drive, first hit: E2E_CHROMIUM (a path, or `npm`), an installed browser, the one from npm.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { cached } from './cache.mjs';

const root = path.resolve(import.meta.dirname, '../..');

const installed = {
  linux: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

const remedy = 'Install Chromium, Chrome or Edge, or set E2E_CHROMIUM to the path of one.';

/**
 * Where the browser is and what it needs.
 * @returns {Promise<{ executablePath: string, env: Record<string, string>, args: string[], from: string }>}
 */
export async function findBrowser() {
  const wish = process.env.E2E_CHROMIUM;
  if (wish === 'npm') return fromNpm();
  if (wish) {
    if (!existsSync(wish)) throw new Error(`E2E_CHROMIUM names ${wish}, which does not exist. ${remedy}`);
    return { executablePath: wish, env: {}, args: [], from: 'E2E_CHROMIUM' };
  }
  const found = onThisMachine();
  return found === undefined ? fromNpm() : { executablePath: found, env: {}, args: [], from: 'installed' };
}

/** Launches it headless, with nothing that reaches out by itself. */
export async function launchBrowser() {
  const found = await findBrowser();
  const browser = await chromium.launch({
    executablePath: found.executablePath,
    env: { ...process.env, ...found.env },
    headless: true,
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync',
      '--disable-background-networking', '--disable-component-update', '--disable-dev-shm-usage', ...found.args,
    ],
  });
  return { browser, from: `${found.from} (${browser.version()})` };
}

function onThisMachine() {
  const names = installed[process.platform] ?? [];
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const candidates = names.flatMap((it) => (path.isAbsolute(it) ? [it] : folders.map((folder) => path.join(folder, it))));
  return candidates.find((it) => existsSync(it));
}

async function fromNpm() {
  const dir = path.join(root, 'node_modules/@sparticuz/chromium');
  if (process.platform !== 'linux' || process.arch !== 'x64' || !existsSync(dir)) {
    throw new Error(`No browser found, and npm has none for ${process.platform}-${process.arch}. ${remedy}`);
  }
  const { version } = JSON.parse(readFileSync(path.join(dir, 'package.json'), 'utf8'));
  const folder = await cached(`chromium-${version}-r1`, unpack);
  const fonts = path.join(root, 'out/fonts.conf');
  mkdirSync(path.dirname(fonts), { recursive: true });
  writeFileSync(fonts, fontConfiguration(folder));
  return {
    executablePath: path.join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: path.join(folder, 'al2023/lib'), FONTCONFIG_FILE: fonts },
    args: ['--headless=shell', '--no-zygote', '--font-render-hinting=none'],
    from: 'npm',
  };
}

/**
 * Unpacks the packed browser. It does so into the temporary folder, where it takes any file named `chromium` for
 * itself, and leaves its libraries packed unless it believes to run in a Lambda: so a process of its own does it.
 */
function unpack(folder) {
  const code = `import chromium from '@sparticuz/chromium'; await chromium.executablePath();`;
  execFileSync(process.execPath, ['--input-type=module', '-e', code], {
    cwd: root,
    env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const executable = path.join(folder, 'chromium');
  if (!existsSync(executable)) throw new Error(`the npm Chromium did not unpack. ${remedy}`);
}

/** Its own fonts are proportional; an editor needs a monospace one, with block elements for sparklines. */
function fontConfiguration(folder) {
  const family = (generic, name) => `<alias binding="strong"><family>${generic}</family><prefer><family>${name}</family></prefer></alias>`;
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${path.join(folder, 'fonts')}</dir>
  <dir>${path.join(root, 'node_modules/dejavu-fonts-ttf/ttf')}</dir>
  <cachedir>${path.join(folder, 'fontcache')}</cachedir>
  ${family('monospace', 'DejaVu Sans Mono')}
  ${family('sans-serif', 'DejaVu Sans')}
  ${family('Droid Sans Mono', 'DejaVu Sans Mono')}
</fontconfig>
`;
}
