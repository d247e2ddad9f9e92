// `npm run demo`: what the command line says of the samples: the checks, the values, the tests.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { buildAll } from './build.mjs';

const root = path.resolve(import.meta.dirname, '..');
const cli = path.join(root, 'dist/cli.js');
if (!existsSync(cli)) await buildAll();

const commands = [
  { says: 'What is wrong in the samples', args: ['check', 'samples'] },
  { says: 'What the metrics compute', args: ['eval', 'samples'] },
  {
    says: 'Rejected sessions and their rate by channel',
    args: [
      'eval', '--root', 'samples/omnichannel', '-m', 'historical',
      '-q', 'EVALUATE SUMMARIZECOLUMNS(DimChannel[Channel], "Rejected", [Sessions rejected], "Incoming", [Incoming sessions_FactSession], "Rate", [Session rejected rate])',
    ],
  },
  { says: 'Whether they compute what is expected', args: ['test', 'samples'] },
];

let failed = false;
for (const { says, args } of commands) {
  console.log(`\n${says}\n$ npx dax-metrics ${args.map((it) => (/[\s"(]/.test(it) ? `'${it}'` : it)).join(' ')}\n`);
  const { status } = spawnSync(process.execPath, [cli, ...args], { cwd: root, stdio: 'inherit' });
  // Findings in the sample page are what the first command is there to show.
  failed ||= status === null || status > 1;
}
process.exitCode = failed ? 1 : 0;
