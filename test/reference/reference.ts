// The folder of reference material: public expressions, documented values, published metrics. It is no part of the repository.
import { readFileSync } from 'node:fs';

/** @throws when the folder is not named; `vitest.config.ts` leaves these tests out then */
export function readReference(path: string): unknown {
  const folder = process.env['DAX_METRICS_REFERENCE'];
  if (folder === undefined) throw new Error('DAX_METRICS_REFERENCE names no folder');
  return JSON.parse(readFileSync(`${folder}/${path}`, 'utf8'));
}
