// The semantic suite over an unreliable engine, every text in many rounds: node test/seam/long.mjs [rounds]
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const env = { ...process.env, DAX_METRICS_SEAM_ROUNDS: process.argv[2] ?? '5' };
const { status } = spawnSync(path.join(root, 'node_modules/.bin/vitest'), ['run', '--project', 'unit', 'test/seam', '--testTimeout', '600000'], { cwd: root, env, stdio: 'inherit' });
process.exitCode = status ?? 1;
