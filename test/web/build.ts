// The bundles under test are those of the sources as they are now.
import { execFileSync } from 'node:child_process';
import path from 'node:path';

export function setup(): void {
  execFileSync(process.execPath, [path.resolve(import.meta.dirname, '../../scripts/build.mjs')], { stdio: 'ignore' });
}
