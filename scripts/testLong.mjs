// `npm run test:long`: what takes too long for every change, part after part, whatever came of the one before; the last line
// is the sum. Parts may be named: `npm run test:long -- oracle newest`.
import { printSum, runLegs, wantedLegs } from './runLegs.mjs';
import { packVsix } from './vsix.mjs';

const legs = wantedLegs([
  { name: 'oracle', script: 'test/oracle/long.mjs' },
  { name: 'hostile', script: 'test/hostile/long.mjs' },
  { name: 'seam', script: 'test/seam/long.mjs' },
  { name: 'engine', script: 'test/engine/long.mjs', alone: true },
  { name: 'tour', script: 'test/integration/tour.mjs', args: ['--check'] },
  { name: 'newest', script: 'test/integration/newest.mjs' },
  { name: 'web-ui', script: 'test/integration/web.mjs' },
]);
printSum(await runLegs(legs, { ...process.env, DAX_METRICS_VSIX: await packVsix() }));
