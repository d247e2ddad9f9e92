// `npm run bench:engine`: the engine beside DuckDB.
import { runBundled } from './bundled.mjs';

await runBundled('test/benchmarks/engine/main.ts', ['@duckdb/node-api']);
