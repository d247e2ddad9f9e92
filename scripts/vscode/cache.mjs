// A cache outside the repository, filled by one process at a time: what is in it is whole, or not there.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';

/** The cache folder: $DAX_METRICS_CACHE, else the user's cache, else (without a home) the temporary folder. */
export function cacheRoot() {
  const base = process.env.XDG_CACHE_HOME || path.join(homedir() || tmpdir(), '.cache');
  return process.env.DAX_METRICS_CACHE || path.join(base, 'dax-metrics');
}

/**
 * The folder `name` of the cache. Where it is missing, `fill(folder)` makes it in a temporary place, and it appears at
 * once when it is complete; meanwhile other processes wait for it.
 * @param {string} name unique to the content: carries the version, and the revision of what is done to it
 * @param {(folder: string) => void | Promise<void>} fill
 * @returns {Promise<string>} the folder
 */
export async function cached(name, fill) {
  const root = cacheRoot();
  const target = path.join(root, name);
  if (existsSync(target)) return target;
  mkdirSync(root, { recursive: true });
  const release = await acquire(`${target}.lock`);
  try {
    if (existsSync(target)) return target;
    const folder = mkdtempSync(`${target}.tmp-`);
    try {
      await fill(folder);
      renameSync(folder, target);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
    return target;
  } finally {
    release();
  }
}

/** Takes the lock file; a lock whose process has ended is taken over. */
async function acquire(lock) {
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return () => rmSync(lock, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!holderLives(lock)) rmSync(lock, { force: true });
    else await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

function holderLives(lock) {
  let pid;
  try {
    pid = Number(readFileSync(lock, 'utf8'));
  } catch {
    return false;
  }
  // Between creation and writing the file is empty: the holder is alive.
  if (pid === 0) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
