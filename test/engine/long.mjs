// Cancellations of evaluations over a million rows, with the times they took: node test/engine/long.mjs
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const args = ['run', '--project', 'unit', 'test/engine/cancel.test.ts', 'test/host/cancelWorker.test.ts', '--testTimeout', '900000', '--hookTimeout', '900000'];
const { status } = spawnSync(path.join(root, 'node_modules/.bin/vitest'), args, { cwd: root, env: { ...process.env, DAX_METRICS_LONG: '1' }, stdio: 'inherit' });
process.exitCode = status ?? 1;
