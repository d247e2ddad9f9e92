// The tour: from the address that `npm start` prints to a repaired metric with a pinned test that holds, by nothing but
// clicks on what the screen shows. Keeps a picture of each screen with what is clicked next: `npm run tour` into docs/,
// with `--check` into out/, where docs/tour.md has to say the same.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freshResult, report } from '../../scripts/legs.mjs';
import { smaller } from '../../scripts/png.mjs';
import { launchBrowser } from '../../scripts/vscode/browser.mjs';
import { stayInside } from '../../scripts/vscode/server.mjs';
import { out, within } from './editor.mjs';
import { parts } from './workbench.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const check = process.argv.includes('--check');
const pictures = check ? path.join(out, 'tour') : path.join(root, 'docs/tour');
const pageFile = path.join(root, 'docs/tour.md');

/** More clicks lose whom they should win. */
const mostActions = 15;

const text = (label) => (page) => page.getByText(label, { exact: true }).filter({ visible: true });
/** A step of the walkthrough by its title, which the text of another may name. */
const step = (title) => (page) => page.locator('.getting-started-step h3', { hasText: title }).filter({ visible: true });
const bulb = (page) => page.locator('.lightBulbWidget, [class*="codicon-gutter-lightbulb"]').filter({ visible: true });
const lens = (title) => (page) => page.locator('.codelens-decoration a', { hasText: title });
const line = (page, wanted) => page.locator(parts.editor).first().locator(parts.line, { hasText: wanted });

/**
 * What is seen before the click, what is clicked, and what is there afterwards.
 * @type {readonly { sees: string, click: string, on: (page: import('playwright-core').Page) => import('playwright-core').Locator, then: (page: import('playwright-core').Page) => Promise<unknown> }[]}
 */
const actions = [
  {
    sees: 'The walkthrough opens with the editor.',
    click: '**Open the Sample Workspace**',
    on: text('Open the Sample Workspace'),
    then: (page) => text('Show the Metrics')(page).waitFor(),
  },
  {
    sees: 'The sample is open, and the walkthrough goes on.',
    click: '**Show the Metrics**',
    on: text('Show the Metrics'),
    then: (page) => line(page, 'Sessions offered =').locator(parts.hint, { hasText: '= 480' }).waitFor(),
  },
  {
    sees: 'Each metric has its value at the end of its line; *Sessions rejected* is BLANK.',
    click: '**Fix a code**, the next step',
    on: step('Fix a code'),
    then: (page) => text('Go to the Wrong Code')(page).waitFor(),
  },
  {
    sees: 'The step says what is wrong.',
    click: '**Go to the Wrong Code**',
    on: text('Go to the Wrong Code'),
    then: (page) => bulb(page).waitFor(),
  },
  {
    sees: 'The cursor is in the underlined code, and a light bulb stands at the line.',
    click: 'the light bulb',
    on: bulb,
    then: (page) => text('Change to "192350001" (AgentReject)')(page).waitFor(),
  },
  {
    sees: 'The light bulb offers the code that is meant.',
    click: '**Change to "192350001" (AgentReject)**',
    on: text('Change to "192350001" (AgentReject)'),
    then: (page) => line(page, 'Sessions rejected =').locator(parts.hint, { hasText: '= 91' }).waitFor(),
  },
  {
    sees: 'The code has its label, the metric its value.',
    click: '**Pin a value**, the last step',
    on: step('Pin a value'),
    then: (page) => text('Go to the Repaired Metric')(page).waitFor(),
  },
  {
    sees: 'The step says what pinning is.',
    click: '**Go to the Repaired Metric**',
    on: text('Go to the Repaired Metric'),
    then: (page) => page.locator('.line-numbers.active-line-number', { hasText: '11' }).waitFor(),
  },
  {
    sees: 'The cursor is on the metric.',
    click: '**Pin this value** above *Sessions rejected*',
    on: lens('Pin this value'),
    then: async (page) => {
      await line(page, '@expect 91').waitFor();
      await page.locator('.codelens-decoration', { hasText: '1 expectation holds' }).nth(1).waitFor();
    },
  },
];
const end = 'The metric is repaired; its value is pinned by `@expect 91`, and the expectation holds.';

freshResult('tour');
rmSync(pictures, { recursive: true, force: true });
mkdirSync(pictures, { recursive: true });
const started = startEditor();
let failed = 0;
try {
  const address = await started.address;
  const { browser, from } = await launchBrowser();
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' });
    context.setDefaultTimeout(60_000);
    await stayInside(context, { origin: new URL(address).origin });
    const page = await context.newPage();
    try {
      await walk(page, address);
      console.log(`  ${actions.length} clicks, nothing typed; browser ${from}; pictures in ${path.relative(root, pictures)}`);
    } catch (error) {
      failed++;
      console.log(error instanceof Error ? error.stack : error);
      await page.screenshot({ path: path.join(out, 'tour-failure.png') });
    }
  } finally {
    await browser.close();
  }
} finally {
  await started.stop();
}
if (actions.length > mostActions) {
  failed++;
  console.log(`  ${actions.length} actions are more than ${mostActions}`);
}
if (!check) writeFileSync(pageFile, tourPage());
else if (readFileSync(pageFile, 'utf8') !== tourPage()) {
  failed++;
  console.log('  docs/tour.md tells of another tour: run npm run tour');
}
report('tour', { passed: actions.length + 1 - failed, failed });

async function walk(page, address) {
  await page.goto(address);
  for (const [i, { click, on, then }] of actions.entries()) {
    const target = on(page);
    await target.first().waitFor();
    await picture(page, i + 1);
    if ((await target.count()) !== 1 && i !== actions.length - 1) throw new Error(`${click} is on the screen ${await target.count()} times`);
    // A page may hold its parts in another order than the screen shows them.
    const boxes = (await Promise.all((await target.all()).map((it) => it.boundingBox()))).filter((it) => it !== null);
    const [box] = boxes.sort((a, b) => a.y - b.y);
    if (box === undefined) throw new Error(`${click} cannot be seen`);
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await then(page);
    console.log(`  ok    ${click}`);
  }
  await page.locator(parts.problems, { hasText: /^\s*0\s*0\s*$/ }).waitFor();
  await picture(page, actions.length + 1);
}

/** Once nothing moves any more. */
async function picture(page, number) {
  let before = Buffer.alloc(0);
  for (;;) {
    await page.waitForTimeout(700);
    const shot = await page.screenshot({ animations: 'disabled', caret: 'hide' });
    if (shot.equals(before)) break;
    before = shot;
  }
  writeFileSync(path.join(pictures, fileOf(number)), smaller(before));
}

function fileOf(number) {
  return `${String(number).padStart(2, '0')}.png`;
}

function tourPage() {
  const steps = actions.map(({ sees, click }, i) => `## ${i + 1}\n\n![Screen ${i + 1}](tour/${fileOf(i + 1)})\n\n${sees} Click ${click}.\n`);
  return [
    `# From the first screen to a pinned metric\n\nThis is \`npm start\` and ${actions.length} clicks. \`npm run tour\` makes this page by doing them.\n`,
    ...steps,
    `## Done\n\n![Last screen](tour/${fileOf(actions.length + 1)})\n\n${end}\n`,
  ].join('\n');
}

/** `npm start` without a desktop, and the address that it prints. */
function startEditor() {
  const child = spawn(process.execPath, [path.join(root, 'scripts/start.mjs'), '--serve'], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const printed = new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (it) => {
      said += it;
      const found = /^Open (http\S+)$/m.exec(said);
      if (found !== null) resolve(found[1]);
    });
    void ended.then(() => reject(new Error(`npm start ended:\n${said}`)));
  });
  return {
    address: within(120_000, 'npm start prints an address', printed),
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
