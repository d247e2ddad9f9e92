// `npm run functions`: writes docs/functions.md, the list of all functions and of those without a value.
import { build } from 'esbuild';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.resolve(import.meta.dirname, '..');
export const page = path.join(root, 'docs/functions.md');

/**
 * @typedef {object} Covered
 * @property {{ readonly name: string, readonly category: string, readonly docs: string, readonly page: string }} spec
 * @property {boolean} evaluates
 * @property {string | undefined} why
 * @property {string | undefined} leftOutWith
 */

/** Categories in the order of the page. */
const titles = new Map([
  ['aggregation', 'Aggregation'], ['date-time', 'Date and time'], ['filter', 'Filter'], ['financial', 'Financial'],
  ['information', 'Information'], ['info', 'INFO'], ['logical', 'Logical'], ['math', 'Math and trigonometry'], ['other', 'Other'],
  ['parent-child', 'Parent and child'], ['relationship', 'Relationship'], ['statistical', 'Statistical'],
  ['table', 'Table manipulation'], ['text', 'Text'], ['time-intelligence', 'Time intelligence'], ['visual', 'Visual calculations'],
]);

/**
 * The page's text.
 * @param {readonly Covered[]} functions
 */
export function functionsPage(functions) {
  const left = functions.filter((it) => !it.evaluates);
  const single = left.filter((it) => it.leftOutWith === undefined);
  const classes = [...new Set(left.flatMap((it) => (it.leftOutWith === undefined ? [] : [it.leftOutWith])))].sort();
  const parts = [
    '<!-- Written by `npm run functions`; change the function table or its evaluation, not this page. -->',
    '# Functions',
    `DAX Metrics knows ${functions.length} functions: it checks calls of all of them, and gives values for ${functions.length - left.length}.`,
    'A metric that calls another one is shown as *not evaluated*, with the reason; everything else about it works.',
    '## Without a value',
    table(['Function', 'Why'], single.map((it) => [link(it), it.why ?? ''])),
    ...classes.flatMap((title) => {
      const own = left.filter((it) => it.leftOutWith === title);
      return [`### ${title}`, `${own.length} functions: ${own[0]?.why}.`, `${own.map(link).join(', ')}.`];
    }),
    '## All functions',
    ...[...titles].flatMap(([category, title]) => {
      const own = functions.filter((it) => it.spec.category === category);
      return own.length === 0 ? [] : [`### ${title}`, table(['Function', 'Value', ''], own.map((it) => [link(it), it.evaluates ? 'yes' : 'no', cell(it.spec.docs)]))];
    }),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** @param {readonly string[]} head @param {readonly (readonly string[])[]} rows */
const table = (head, rows) => [head, head.map(() => '---'), ...rows].map((it) => `| ${it.join(' | ')} |`).join('\n');

/** @param {Covered} covered */
const link = ({ spec }) => `[${spec.name}](https://learn.microsoft.com/dax/${spec.page})`;
/** @param {string} text */
const cell = (text) => text.replaceAll('|', '\\|');

async function write() {
  const bundle = path.join(tmpdir(), `dax-metrics-functions-${process.pid}.cjs`);
  await build({ entryPoints: [path.join(root, 'server/src/workspace/functionCoverage.ts')], bundle: true, format: 'cjs', platform: 'node', outfile: bundle, logLevel: 'error' });
  try {
    const { default: { functionCoverage } } = await import(pathToFileURL(bundle).href);
    const all = functionCoverage();
    writeFileSync(page, functionsPage(all));
    console.log(`${all.length} functions in ${path.relative(root, page)}`);
  } finally {
    rmSync(bundle, { force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await write();
