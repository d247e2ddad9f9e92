// A million texts changed at random: node test/hostile/long.mjs [--cases 1000000] [--from 0] [--show 5]
import { runBundled } from '../../scripts/bundled.mjs';

await runBundled('test/hostile/long.ts');
