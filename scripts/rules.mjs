// `npm run rules`: writes docs/rules, one page a rule, from the rules themselves.
import { build } from 'esbuild';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.resolve(import.meta.dirname, '..');
export const folder = path.join(root, 'docs/rules');

/**
 * @typedef {object} Documented
 * @property {string} category
 * @property {string} severity
 * @property {string} help
 * @property {string} [bad]
 * @property {string} [good]
 */

/** Categories in the order of the index, each with what it is about. */
const categories = new Map([
  ['syntax', 'Text that is no DAX.'],
  ['reference', 'Names that lead nowhere, twice or in a circle.'],
  ['type', 'Values and tables where others are wanted.'],
  ['code', 'Literals that meet a choice column.'],
  ['filter', 'Conditions that do not do what they seem to.'],
  ['metric', 'Definitions as a whole.'],
  ['documentation', 'Pages that document metrics.'],
  ['style', 'What works, and reads badly.'],
  ['expectation', 'Expectations in doc comments.'],
  ['model', 'Model files, project files and the data they name.'],
]);

/**
 * The pages by file name.
 * @param {ReadonlyMap<string, Documented>} rules
 * @returns {ReadonlyMap<string, string>}
 */
export function rulePages(rules) {
  const sorted = [...rules].sort(([a], [b]) => (a < b ? -1 : 1));
  const pages = new Map(sorted.map(([id, rule]) => [`${id}.md`, page(id, rule)]));
  return pages.set('README.md', index(sorted));
}

/** @param {string} id @param {Documented} rule */
function page(id, rule) {
  const { category, severity, help, bad, good } = rule;
  const isFixed = category === 'syntax' && severity === 'error';
  const parts = [
    '<!-- Written by `npm run rules`; change the rule, not this page. -->',
    `# ${id}`,
    `Category ${category}, ${severity} by default.`,
    help,
    ...(bad === undefined || bad === '' ? [] : ['Wrong:', fenced(bad)]),
    ...(good === undefined || good === '' ? [] : ['Right:', fenced(good)]),
    '## Switching it off',
    `In \`dax-metrics.json\`, for a project: \`"rules": { "${id}": "off" }\`; \`hint\`, \`information\`, \`warning\` and \`error\` change its severity.`,
    isFixed
      ? 'A comment cannot switch off an error of syntax.'
      : category === 'model'
        ? 'Model and project files have no comments that switch rules off.'
        : `In a comment above the line: \`// dax-metrics-disable-next-line ${id} -- reason\`.`,
    '[All rules](README.md)',
  ];
  return `${parts.join('\n\n')}\n`;
}

/** An example; Markdown gets a fence longer than its own. @param {string} text */
function fenced(text) {
  return text.includes('```') || text.includes('| ') || text.startsWith('#') ? `\`\`\`\`markdown\n${text}\n\`\`\`\`` : `\`\`\`dax\n${text}\n\`\`\``;
}

/** @param {readonly [string, Documented][]} rules */
function index(rules) {
  const sections = [...categories].flatMap(([category, what]) => {
    const own = rules.filter(([, rule]) => rule.category === category);
    if (own.length === 0) return [];
    const rows = own.map(([id, { severity, help }]) => `| [${id}](${id}.md) | ${severity} | ${cell(firstSentence(help))} |`);
    return [`## ${category}`, what, ['| Rule | Severity | |', '|---|---|---|', ...rows].join('\n')];
  });
  const head = [
    '<!-- Written by `npm run rules`; change the rules, not this page. -->',
    '# Rules',
    'Everything that the editor and `dax-metrics check` report. Examples are over a model of sessions of a contact centre.',
    'A project changes severities in `dax-metrics.json`: `"rules": { "unknown-code": "warning" }`, or `off`.',
    'Comments switch a rule off where it is wrong for once: `// dax-metrics-disable-next-line rule, rule -- reason` for the next line of DAX, `// dax-metrics-disable-line rule` for its own line, `// dax-metrics-disable rule` for the whole file. `--` and `/* */` comments do the same; on a page, outside of fences, an HTML comment does. Errors of syntax stay. A comment that does nothing is reported.',
  ];
  return `${[...head, ...sections].join('\n\n')}\n`;
}

/** @param {string} text */
const firstSentence = (text) => /^.*?[.?!](?=\s|$)/s.exec(text)?.[0] ?? text;
/** @param {string} text */
const cell = (text) => text.replaceAll('|', '\\|');

async function write() {
  const bundle = path.join(tmpdir(), `dax-metrics-rules-${process.pid}.cjs`);
  await build({ entryPoints: [path.join(root, 'server/src/lint/index.ts')], bundle: true, format: 'cjs', platform: 'node', outfile: bundle, logLevel: 'error' });
  try {
    const { default: { allRules } } = await import(pathToFileURL(bundle).href);
    const pages = rulePages(allRules);
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) if (!pages.has(name)) rmSync(path.join(folder, name));
    for (const [name, text] of pages) writeFileSync(path.join(folder, name), text);
    console.log(`${pages.size} pages in ${path.relative(root, folder)}`);
  } finally {
    rmSync(bundle, { force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await write();
