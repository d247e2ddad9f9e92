// What the legs in a real editor share.
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { packVsix } from '../../scripts/vsix.mjs';

const root = path.resolve(import.meta.dirname, '../..');

/** Screenshots and logs are kept here. */
export const out = path.join(root, 'out/integration');
mkdirSync(out, { recursive: true });

/** Opened as a copy. */
export const sampleWorkspace = path.join(root, 'samples/omnichannel');

export const editorSettings = {
  'editor.inlayHints.enabled': 'on',
  'editor.hover.delay': 100,
  'files.autoSave': 'off',
};

/** The packed extension: the one of this test run, else packed now. */
export async function extensionFile() {
  const packed = process.env.DAX_METRICS_VSIX;
  return packed !== undefined && existsSync(packed) ? packed : packVsix();
}

/** Waits for a state, but not for ever. */
export async function within(milliseconds, what, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${milliseconds / 1000} s in vain: ${what}`)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
