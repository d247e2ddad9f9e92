// Driving the workbench: finding text in the editor, hovering, and waiting for what is drawn.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { remoteUri, workbenchUrl } from '../../scripts/vscode/server.mjs';

/** Where the workbench's parts are in the page. */
export const parts = {
  editor: '.editor-instance .monaco-editor',
  line: '.view-line',
  errorSquiggle: '.cdr.squiggly-error',
  /** Injected text: an inlay hint. */
  hint: 'span[class*="dyn-rule"]',
  hover: '.monaco-hover:visible',
  problems: '#status\\.problems',
  findWidget: '.find-widget.visible',
  findInput: '.find-widget.visible .find-part textarea',
  quickInput: '.quick-input-widget:visible',
  extensionsView: '.extensions-viewlet',
  quickPick: '.quick-input-list .monaco-list-row',
  /** The language of the active editor in the status bar. */
  status: '#status\\.editor\\.mode',
  /** Which rows values are computed for. */
  previewStatus: '#dax-metrics\\.dax-metrics\\.daxMetrics\\.preview',
  /** What a hover over the braces beside the language says. */
  languageStatus: '.hover-language-status',
  /** A line of completion's list. */
  proposal: '.suggest-widget.visible .monaco-list-row',
  /** The open list of the light bulb. */
  lightBulbMenu: '.action-widget .monaco-list-row',
  findMatches: '.find-widget.visible .matchesCount',
  /** A line of a tree in the side bar. */
  treeRow: '.pane-body .monaco-list-row',
};

/** Waits for a locator; where it does not come within a few seconds, `again` is done and it is waited for anew. */
async function insist(wanted, again) {
  for (let tries = 0; ; tries++) {
    const isLast = tries === 20;
    if (await wanted.waitFor(isLast ? {} : { timeout: 3000 }).then(() => true, (error) => { if (isLast) throw error; })) return;
    await again();
  }
}

/** Opens a file of the workspace and resolves to its editor when a line with `text` is drawn. */
export async function openFile(page, server, file, text) {
  await page.goto(workbenchUrl(server, [['openFile', remoteUri(server, `${server.folder}/${file}`)]]));
  const editor = page.locator(parts.editor).first();
  await editor.locator(parts.line, { hasText: text }).first().waitFor();
  return editor;
}

/** The middle of the first drawn occurrence of `needle` in the editor's text. */
export async function pointAt(page, needle) {
  const point = await page.evaluate((wanted) => {
    // The editor draws blanks as no-break spaces.
    const plain = (it) => it.replace(/\u00a0/g, ' ');
    for (const line of document.querySelectorAll('.editor-instance .view-line')) {
      const at = plain(line.textContent ?? '').indexOf(wanted);
      if (at < 0) continue;
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      let before = 0;
      const middle = at + Math.floor(wanted.length / 2);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const length = node.textContent?.length ?? 0;
        if (middle < before + length) {
          const range = document.createRange();
          range.setStart(node, middle - before);
          range.setEnd(node, middle - before + 1);
          const box = range.getBoundingClientRect();
          return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
        }
        before += length;
      }
    }
    return undefined;
  }, needle);
  if (point === undefined) throw new Error(`${needle} is not drawn`);
  return point;
}

/** Where a text is once hints that arrive late no longer move it. */
async function restingPoint(page, needle) {
  let point = await pointAt(page, needle);
  for (let still = 0; still < 4; ) {
    await page.waitForTimeout(250);
    const next = await pointAt(page, needle);
    still = next.x === point.x && next.y === point.y ? still + 1 : 0;
    point = next;
  }
  return point;
}

/**
 * Moves the mouse onto `needle` and resolves to the hover that shows `text`. An editor does not ask again while a hover
 * stands: one that says that values are being computed is left, and asked for anew.
 */
export async function hoverOver(page, needle, text) {
  const { x, y } = await restingPoint(page, needle);
  for (let asked = 0; asked < 20; asked++) {
    await page.mouse.move(x - 60, y + 80);
    await page.mouse.move(x, y, { steps: 6 });
    const hover = page.locator(parts.hover).filter({ hasNotText: /^\s*Loading/ }).first();
    await hover.waitFor();
    if (!(await hover.innerText()).includes('computing…')) break;
    await page.keyboard.press('Escape');
    await page.mouse.move(x - 60, y + 80);
    await page.waitForTimeout(1000);
  }
  const hover = page.locator(parts.hover, { hasText: text }).first();
  await hover.waitFor();
  return hover;
}

/**
 * Waits for a proposal, asking for the list as often as needed: one that came before rows were counted is closed.
 *
 * @param wanted a line of the list as it must stand there
 */
export const proposed = (page, wanted) => insist(wanted.first(), async () => {
  await page.keyboard.press('Escape');
  await page.waitForTimeout(500);
  await page.keyboard.press('Control+Space');
});

/**
 * Types, and waits for a proposal that comes by itself. Where all was typed before an answer came, editors show none, or
 * one that was made for less: the last letter is typed anew.
 */
export async function typeUntilProposed(page, typed, wanted) {
  await page.keyboard.type(typed, { delay: 40 });
  await insist(wanted.first(), async () => {
    await page.keyboard.press('Backspace');
    await page.waitForTimeout(500);
    await page.keyboard.type(typed.slice(-1));
  });
}

/** Types, and takes the proposal of that label once it is the first. */
export async function takeProposal(page, typed, label) {
  await typeUntilProposed(page, typed, page.locator(parts.proposal).first().filter({ hasText: label }));
  await page.keyboard.press('Tab');
}

/** Saves the file in the editor until it has the text: what is drawn of it is broken into lines, with hints between. */
export async function saveWith(page, server, file, text) {
  const read = () => readFileSync(path.join(server.folder, file), 'utf8');
  for (let tries = 0; !read().includes(text); tries++) {
    if (tries === 120) throw new Error(`${file} holds ${JSON.stringify(read())}, and not ${text}`);
    await page.keyboard.press('Control+s');
    await page.waitForTimeout(250);
  }
}

/** Brings a text into view with the editor's own search. */
export async function goToText(page, text) {
  const find = async () => {
    await page.locator(parts.editor).first().click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Control+f');
    await page.locator(parts.findInput).fill(text);
  };
  await find();
  // The click may have come before the editor that is meant stood there.
  await insist(page.locator(parts.findMatches, { hasText: /^1 of/ }), async () => {
    await page.keyboard.press('Escape');
    await find();
  });
  await page.keyboard.press('Escape');
  await page.locator(parts.findWidget).waitFor({ state: 'hidden' });
}

/**
 * Runs a command of the palette by its title. A palette lists the commands that are known when it is opened: one without
 * the command is closed and opened anew.
 */
export async function runCommand(page, title) {
  const open = async () => {
    await page.keyboard.press('F1');
    await page.locator(parts.quickInput).locator('input').first().fill(`>${title}`);
  };
  await open();
  await insist(page.locator(parts.quickPick, { hasText: title }).first(), async () => {
    await page.keyboard.press('Escape');
    await page.locator(parts.quickInput).waitFor({ state: 'hidden' });
    await open();
  });
  await page.keyboard.press('Enter');
}

/** Whether the window has written a value with all of the texts to its storage. */
export async function isStored(page, texts) {
  return page.evaluate(async (wanted) => {
    const answer = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    for (const { name } of await indexedDB.databases()) {
      if (!name?.startsWith('vscode-web-state-db')) continue;
      const database = await answer(indexedDB.open(name));
      try {
        for (const store of database.objectStoreNames) {
          const values = await answer(database.transaction(store).objectStore(store).getAll());
          if (values.some((it) => wanted.every((text) => String(it).includes(text)))) return true;
        }
      } finally {
        database.close();
      }
    }
    return false;
  }, texts);
}
