// `npm test`: every leg, each in a process of its own; the last line is the sum over all of them.
// Legs may be named: `npm test -- unit ui`.
import { printSum, runLegs, wantedLegs } from './runLegs.mjs';
import { packVsix } from './vsix.mjs';

/** Those of vitest are its projects. */
const legs = wantedLegs([
  { name: 'check', script: 'scripts/check.mjs' },
  { name: 'web', project: 'web' },
  { name: 'unit', project: 'unit', alone: true },
  { name: 'package', project: 'package' },
  { name: 'api', script: 'test/integration/api.mjs' },
  { name: 'ui', script: 'test/integration/ui.mjs' },
  { name: 'results', script: 'test/integration/results.mjs' },
  { name: 'first-minutes', script: 'test/integration/firstMinutes.mjs' },
  { name: 'folders', script: 'test/integration/folders.mjs' },
  { name: 'restricted', script: 'test/integration/restricted.mjs' },
  { name: 'web-ui', script: 'test/integration/web.mjs' },
  { name: 'desktop', script: 'test/integration/desktop.mjs' },
]);

try {
  const outcomes = await runLegs(legs, { ...process.env, DAX_METRICS_VSIX: await packVsix() });
  printSum(outcomes);
} catch (error) {
  console.log(error);
  printSum([{ name: 'build', passed: 0, failed: 1 }]);
}
