// Proof that the oracle sees: the engine is bundled with one fault at a time, and random cases must part from the definitions.
// Part of the long run, or by itself: node test/oracle/faults.mjs [--limit 5000] [--only number]
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { values } = parseArgs({ options: { limit: { type: 'string', default: '5000' }, only: { type: 'string' } }, strict: false });
const root = path.resolve(import.meta.dirname, '../..');

/** @type {readonly { what: string, file: string, find: string, put: string }[]} */
const faults = [
  { what: 'nested row contexts become filters innermost first', file: 'engine/context/changes.ts', find: 'for (const row of transition) {', put: 'for (const row of [...transition].reverse()) {' },
  { what: 'KEEPFILTERS replaces', file: 'engine/context/changes.ts', find: 'if (keep) continue;', put: '' },
  { what: 'every filter keeps', file: 'engine/context/changes.ts', find: 'if (keep) continue;', put: 'continue;' },
  { what: 'modifiers are forgotten', file: 'engine/context/changes.ts', find: 'else items = removed(job, items, change, context.batch);', put: '' },
  { what: 'ALLEXCEPT keeps nothing', file: 'engine/context/changes.ts', find: '.filter((column) => !hasColumn(kept, table, column))', put: '' },
  { what: 'ALL of a table leaves the filters of the tables it reaches', file: 'engine/context/changes.ts', find: 'columnSet([], catalog.expanded(change.table))', put: 'columnSet([], [change.table])' },
  { what: 'a table as a filter does not reach the tables it leads to', file: 'engine/context/items.ts', find: '[] : catalog.expanded(table, set.relationships).map((it) => rowFacet', put: '[] : [table].map((it) => rowFacet' },
  { what: 'a filter of which one column is replaced goes as a whole', file: 'engine/context/items.ts', find: 'return facets.length === 0 ? undefined : itemOf(facets, item.count, item.spread);', put: 'return undefined;' },
  { what: 'the blank row leads to the first row of the next table', file: 'engine/storage/rowMaps.ts', find: 'rows[last] = oneRows;', put: 'rows[last] = 0;' },
  { what: 'the parts of a union stand one after the other, whatever their contexts', file: 'engine/formula/relations.ts', find: '.sort((a, b) => (owners[a] as number) - (owners[b] as number) || a - b)', put: '' },
  { what: 'equal rows are told apart', file: 'engine/storage/matcher.ts', find: 'first === undefined ? Number(cell) : (first[Number(cell)] as number)', put: 'Number(cell)' },
  { what: 'orphans make no blank row', file: 'engine/storage/rowMaps.ts', find: 'if (to === oneRows) orphans = true;', put: '' },
  { what: 'DISTINCTCOUNTNOBLANK counts BLANK', file: 'engine/storage/aggregate.ts', find: '|| (code === BLANK_CODE && !blank)', put: '' },
  { what: 'COUNTBLANK leaves empty text out', file: 'engine/storage/aggregate.ts', find: "it === null || it === ''", put: 'it === null' },
  { what: 'AVERAGEX divides by BLANKs, too', file: 'engine/formula/folds.ts', find: 'if (cell === null) return;', put: 'if (cell === null) { counts[group] = (counts[group] as number) + (fn === \'AVERAGE\' && (counts[group] as number) > 0 ? times : 0); return; }' },
  { what: 'groups with one BLANK expression are dropped', file: 'engine/formula/summarize.ts', find: 'if (cell === null) continue;', put: 'if (cell === null) return false;' },
  { what: 'groups leave the orphans out', file: 'engine/formula/summarize.ts', find: 'distinctValues(job, columns, true, context)', put: 'distinctValues(job, columns, false, context)' },
  { what: 'filters over several tables do not tie their columns', file: 'engine/formula/linked.ts', find: 'for (const link of links) kept = yield* keepOne(link, kept, batch);', put: '' },
  { what: '== is loose', file: 'engine/values/compare.ts', find: "if (operator === '==' && (x === null || y === null)) return x === y;", put: '' },
  { what: 'a BLANK factor counts as 0', file: 'engine/values/arithmetic.ts', find: "case '*': return x === null || y === null;", put: "case '*': return x === null && y === null;" },
  { what: 'DIVIDE by BLANK is no division by zero', file: 'engine/formula/scalars.ts', find: 'return value === null || value === 0;', put: 'return value === 0;' },
  { what: 'SWITCH compares loosely', file: 'engine/formula/scalars.ts', find: "compareVectors('==', pick(subject, rest)", put: "compareVectors('=', pick(subject, rest)" },
  { what: 'equal tuples of one context count twice', file: 'engine/storage/selection.ts', find: 'return repeats ? withoutRepeats(starts, lists, size) : { starts, owners: lists };', put: 'return { starts, owners: lists };' },
  { what: 'all values of a column leave the blank row out', file: 'engine/storage/memoryEngine.ts', find: 'const blank = blankRow || column.distinct > values;', put: 'const blank = column.distinct > values;' },
  { what: 'what reads a variable is computed once for all contexts', file: 'engine/formula/uses.ts', find: 'return !uses.filters && uses.variables.size === 0 && ', put: 'return !uses.filters && ' },
  { what: 'HASONEVALUE and aggregates depend on no filter', file: 'engine/formula/uses.ts', find: "case 'hasOneValue': return FILTERS;", put: "case 'hasOneValue': return NOTHING;" },
  { what: 'a row becomes a filter twice', file: 'analysis/lower/context.ts', find: 'env.rows.flatMap((it) => (it.consumed ? [] : [it.id]))', put: 'env.rows.map((it) => it.id)' },
  { what: 'a measure does not turn rows into filters', file: 'engine/formula/scalars.ts', find: 'changeContext(job, evaluators, [], node.transition, context)', put: 'changeContext(job, evaluators, [], [], context)' },
  { what: 'USERELATIONSHIP leaves the active relationship in use', file: 'engine/storage/relationships.ts', find: 'active = isThis;', put: '' },
  { what: 'TOPN leaves ties out', file: 'engine/formula/topN.ts', find: 'while (end < order.length && keys.compare(order[end - 1] as number, order[end] as number) === 0) end++;', put: '' },
  { what: 'INTERSECT takes what the right side lacks', file: 'engine/formula/matching.ts', find: "=== (node.op === 'intersect')) picks.push(row);", put: ") picks.push(row);" },
  { what: 'TREATAS keeps what the column does not hold', file: 'engine/formula/treatAs.ts', find: 'return keys.has(matchKey(it.value, it.type));', put: 'return matchKey(it.value, it.type) !== undefined;' },
  { what: 'GENERATE keeps rows without rows on the right', file: 'engine/formula/generate.ts', find: 'return to === from && node.keepEmpty ? 1 : to - from;', put: 'return to === from ? 1 : to - from;' },
  { what: 'text is compared with case', file: 'engine/values/text.ts', find: 'if (isPlainAscii(text)) return text.toLowerCase();', put: 'if (isPlainAscii(text)) return text;' },
];

const folder = mkdtempSync(path.join(tmpdir(), 'dax-faults-'));
let missed = 0;
try {
  for (const [number, fault] of faults.entries()) {
    if (values.only !== undefined && Number(values.only) !== number) continue;
    const file = path.join(root, 'server/src', fault.file);
    const text = readFileSync(file, 'utf8');
    if (text.split(fault.find).length !== 2) {
      console.log(`  ${number}  STALE   ${fault.what}: ${fault.file} has the text ${text.split(fault.find).length - 1} times`);
      missed++;
      continue;
    }
    const outfile = path.join(folder, `fault${number}.mjs`);
    await build({
      entryPoints: [path.join(import.meta.dirname, 'run.ts')], outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'warning',
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
      plugins: [{ name: 'fault', setup: (it) => it.onLoad({ filter: /\.ts$/ }, (args) => (args.path === file ? { contents: text.replace(fault.find, () => fault.put), loader: 'ts' } : undefined)) }],
    });
    const { seen } = await import(pathToFileURL(outfile).href);
    const found = await seen(Number(values.limit));
    if (found === undefined) missed++;
    console.log(`  ${number}  ${found === undefined ? 'MISSED' : `case ${found}`.padEnd(9)}  ${fault.what}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const tried = values.only === undefined ? faults.length : 1;
console.log(`${tried - missed} passed, ${missed} failed`);
if (missed > 0) process.exitCode = 1;
