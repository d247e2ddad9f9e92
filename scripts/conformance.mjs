// `npm run conformance -- DIR`: measured results, by file: passed, wrong, and not evaluated with the reason.
import { runBundled } from './bundled.mjs';

await runBundled('test/conformance/main.ts');
