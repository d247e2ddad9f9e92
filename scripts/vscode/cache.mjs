// A cache outside the repository, filled by one process at a time: what is in it is whole, or not there.
import { randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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
  const mine = `${lock}-${randomUUID()}`;
  writeFileSync(mine, String(process.pid));
  try {
    for (;;) {
      try {
        // Unlike writing, linking makes the lock appear with its content.
        linkSync(mine, lock);
        return () => rmSync(lock, { force: true });
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
      const holder = holderOf(lock);
      if (holder !== undefined && !lives(holder)) bury(lock, holder, `${mine}-old`);
      else await new Promise((resolve) => setTimeout(resolve, 250));
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

function holderOf(lock) {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Removes the lock of a process that has ended; one that another process took meanwhile is put back. */
function bury(lock, holder, grave) {
  try {
    renameSync(lock, grave);
    if (holderOf(grave) !== holder) linkSync(grave, lock);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(grave, { force: true });
  }
}

function lives(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
