// The test legs that run under vitest: `unit` (everything fast), `package` (the bin and the .vsix) and `web` (bundles in a browser).
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Public expressions and documented values are no part of the repository: their tests run where a folder holds them. */
const hasReference = process.env['DAX_METRICS_REFERENCE'] !== undefined;
if (!hasReference) process.stderr.write('test/reference is not run: DAX_METRICS_REFERENCE names no folder of reference material.\n');

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/integration/**', 'test/package/**', 'test/web/**', ...(hasReference ? [] : ['test/reference/**']), '**/fixtures/**', '**/node_modules/**'],
          testTimeout: 60_000,
          globalSetup: ['test/support/scratch.ts'],
          // Reading our modules anew for each file took twice as long as all tests; no test leaves anything behind in them.
          isolate: false,
          maxWorkers: availableParallelism(),
          sequence: { groupOrder: 1 },
        },
      },
      { test: { name: 'package', include: ['test/package/**/*.test.ts'], testTimeout: 600_000, hookTimeout: 600_000, fileParallelism: false, sequence: { groupOrder: 2 } } },
      { test: { name: 'web', globalSetup: ['test/web/build.ts'], include: ['test/web/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 240_000, fileParallelism: false, sequence: { groupOrder: 3 } } },
    ],
  },
});
