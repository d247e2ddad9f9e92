// `npm run corpus -- FILE`: how many expressions of a corpus file parse and bind, and every error with its place.
import { runBundled } from './bundled.mjs';

await runBundled('test/corpusRun/main.ts');
