import { it } from 'vitest';
import { openProject, megabytes } from './project.ts';
import { symlinkSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execFileSync } from 'node:child_process';

const model = (rest = '') => `name: m
tables:
  Good: { source: good.csv, columns: { A: { type: int64 } } }
${rest}`;
const good = { 'good.csv': 'A\n1\n2\n' };
const run = async (name: string, files: Record<string, string | Uint8Array>, values: string[] = [], prepare?: (r: string) => void, mod='m', more: string[] = []) => {
  const t = performance.now();
  const p = await openProject({ ...good, 'm.daxmodel.yaml': model(), ...files }, prepare);
  const shown = JSON.stringify(await p.allFindings(), null, 1);
  const t1 = performance.now();
  console.log(name, shown.slice(0, 3000), Math.round(t1 - t));
  for (const it of [...(mod==='m'?['COUNTROWS(Good)']:more), ...values]) console.log('   ', it.slice(0,80), '=>', (await p.value(it, mod).catch((e) => 'THROWS ' + e.stack)).slice(0, 300));
  console.log('   ', Math.round(performance.now() - t1));
};


it('names', async () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype'];
  await run('proto', { 'm.daxmodel.yaml': 'name: n', 'dax-metrics.json': '{}',  'p/p.daxmodel.yaml': `name: __proto__
tables:
${names.map((n) => `  ${n}: { source: ${n}.csv, columns: { constructor: { type: int64, choice: ${n} } } }`).join('\n')}
choices:
${names.map((n) => `  ${n}: { 1: { label: ${n} }, 2: constructor }`).join('\n')}
`, ...Object.fromEntries(names.map((n) => [`p/${n}.csv`, '__proto__,constructor,toString\n1,2,3\n__proto__,1,y\n'])),
   'p/p.dax': names.map((n) => `${n} = COUNTROWS('${n}') + SUM('${n}'[constructor])`).join('\n\n') + '\n\nall = ' + names.map((n) => `[${n}]`).join(' + '), 'dax-metrics.json': '{"rules": {"__proto__": "off", "constructor": "off"}, "__proto__": 1 }' }, [], undefined, '__proto__', ['[all]', '[__proto__]', 'COUNTROWS(__proto__)', 'SUM(constructor[constructor])']);
});
it('engine', async () => {
  const vals = async (name: string, exprs: string[]) => { const t = performance.now(); const p = await openProject({ ...good, 'm.daxmodel.yaml': model() + '  Big: { dax: "CALENDAR(DATE(1900,1,1), DATE(9999,12,31))" }\n' }); for (const e of exprs) { const t0 = performance.now(); console.log(name, e.slice(0, 100), '=>', (await p.value(e).catch((x) => 'THROWS ' + x.stack)).slice(0, 300), Math.round(performance.now() - t0)); } console.log(JSON.stringify(await p.allFindings())) };
  await vals('v', ['COUNTROWS(Big)', 'COUNTROWS(CALENDAR(DATE(1,1,1), DATE(9999,12,31)))', 'COUNTROWS(CALENDAR(-1e300, 1e300))', 'COUNTROWS(CALENDAR(DATE(2020,1,1), 1/0))', 'COUNTROWS(CROSSJOIN(Big, Big))', 'COUNTROWS(CROSSJOIN(Big, Good))', 'SUMX(Big, COUNTROWS(FILTER(Big, [Date] > EARLIER([Date]))))', 'COUNTROWS(GENERATE(Big, Big))', 'COUNTROWS(UNION(Big, Big, Big))', 'LEN(REPT("x", 1e12))', 'LEN(REPT("x", 999999))', 'COUNTROWS(GENERATESERIES(1, 1e15))', 'SUMX(Big, SUMX(Big, 1))', 'COUNTROWS(ADDCOLUMNS(Big, "x", COUNTROWS(Big)))', 'COUNTROWS(SUMMARIZECOLUMNS(Big[Date], "x", COUNTROWS(Big)))', 'CONCATENATEX(Big, REPT("x", 1000))', '9223372036854775807 + 1', '99999999999999999999', '1e308 * 10', '-1e308 * 10', 'FORMAT(1, "' + '0'.repeat(100000) + '")', 'COUNTROWS(DISTINCT(SELECTCOLUMNS(Big, "x", FORMAT([Date], "yyyy"))))', 'COUNTROWS({' + Array.from({ length: 50000 }, (_, i) => i).join(',') + '})', Array.from({ length: 20000 }, (_, i) => `${i}`).join('+'), '1 IN {' + Array.from({ length: 50000 }, (_, i) => i).join(',') + '}', 'CALCULATE(COUNTROWS(Good), Good[A] IN {' + Array.from({ length: 50000 }, (_, i) => i).join(',') + '})', 'SWITCH(5, ' + Array.from({ length: 20000 }, (_, i) => `${i}, ${i}`).join(',') + ')']);
}, 600000);
it('chains', async () => {
  const n = 10000;
  const chain = Array.from({ length: n }, (_, i) => `m${i} = ${i === 0 ? 'COUNTROWS(Good)' : `[m${i - 1}] + 1`}`).join('\n\n');
  await run('chain up', { 'm.dax': chain }, ['[m100]', '[m390]', '[m9999]']);
  const down = Array.from({ length: n }, (_, i) => `m${i} = ${i === n - 1 ? 'COUNTROWS(Good)' : `[m${i + 1}] + 1`}`).join('\n\n');
  await run('chain down', { 'm.dax': down }, ['[m0]']);
  const circle = Array.from({ length: n }, (_, i) => `m${i} = [m${(i + 1) % n}] + 1`).join('\n\n');
  await run('circle', { 'm.dax': circle }, ['[m0]']);
  const expo = Array.from({ length: 60 }, (_, i) => `m${i} = ${i === 0 ? 'COUNTROWS(Good)' : `[m${i - 1}] + [m${i - 1}]`}`).join('\n\n');
  await run('expo', { 'm.dax': expo }, ['[m20]', '[m30]', '[m52]', '[m59]']);
  const expo2 = Array.from({ length: 60 }, (_, i) => `m${i} = ${i === 0 ? 'COUNTROWS(Good)' : `CALCULATE([m${i - 1}], Good[A] = 1) + CALCULATE([m${i - 1}], Good[A] = 2)`}`).join('\n\n');
  await run('expo2', { 'm.dax': expo2 }, ['[m10]', '[m20]', '[m59]']);
  const expo3 = Array.from({ length: 60 }, (_, i) => `m${i} = ${i === 0 ? 'COUNTROWS(Good)' : `SUMX(Good, [m${i - 1}])`}`).join('\n\n');
  await run('expo3', { 'm.dax': expo3 }, ['[m10]', '[m20]', '[m59]']);
}, 600000);
