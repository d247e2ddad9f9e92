// Packs the extension as it would be published, into out/dax-metrics.vsix.
import { createVSIX } from '@vscode/vsce';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(import.meta.dirname, '..');

/** @returns {Promise<string>} the path of the .vsix */
export async function packVsix() {
  const file = path.join(root, 'out/dax-metrics.vsix');
  mkdirSync(path.dirname(file), { recursive: true });
  await createVSIX({ cwd: root, packagePath: file, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false });
  return file;
}

/**
 * Packs the extension that opens the walkthrough, for windows in which nobody installs DAX Metrics by hand.
 * @returns {Promise<string>} the path of the .vsix
 */
export async function packWelcome() {
  const file = path.join(root, 'out/welcome.vsix');
  mkdirSync(path.dirname(file), { recursive: true });
  await createVSIX({ cwd: path.join(root, 'scripts/vscode/welcome'), packagePath: file, dependencies: false, allowMissingRepository: true, skipLicense: true });
  return file;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await packVsix());
