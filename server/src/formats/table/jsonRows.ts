/**
 * JSON → rows of scalars: an array of objects, the `value` array of a Dataverse Web API page, or one object a line.
 *
 * Reads straight from the text, so that a fault has its line and whole numbers keep all their digits. Nested values are
 * passed over and reported as such; annotations (`x@OData...`) are the business of the caller.
 */
import { positionAt, lineIndex } from '../../base/spans.ts';
import { nested, type SourceCell } from './cells.ts';

export interface JsonEvents {
  readonly field: (name: string, value: SourceCell | typeof nested) => void;
  /** The end of a row that began at an offset. False stops. */
  readonly row: (offset: number) => boolean;
  /** A page of the Dataverse Web API names the page that follows it. */
  readonly more: () => void;
}

export interface JsonProblem {
  readonly line: number;
  readonly problem: string;
}

/** Deeper nesting inside a cell is refused; it is passed over without recursion anyway. */
const maximumNesting = 1000;

export function readJsonRows(text: string, lines: boolean, events: JsonEvents): JsonProblem | undefined {
  const ctx: Ctx = { text, at: text.charCodeAt(0) === 0xfeff ? 1 : 0, events, problem: undefined, stopped: false };
  if (lines) linesOfObjects(ctx);
  else wholeText(ctx);
  if (ctx.problem === undefined) return undefined;
  return { line: positionAt(lineIndex(text), ctx.problem.offset).line + 1, problem: ctx.problem.words };
}

/** Where an offset lies, for messages about rows. */
export const lineAt = (text: string, offset: number): number => positionAt(lineIndex(text.slice(0, offset)), offset).line + 1;

interface Ctx {
  readonly text: string;
  readonly events: JsonEvents;
  at: number;
  problem: { readonly words: string; readonly offset: number } | undefined;
  stopped: boolean;
}

function fail(ctx: Ctx, words: string, offset = ctx.at): false {
  ctx.problem ??= { words, offset };
  return false;
}

function blanks(ctx: Ctx): string {
  for (; ctx.at < ctx.text.length; ctx.at++) {
    const code = ctx.text.charCodeAt(ctx.at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return ctx.text.charAt(ctx.at);
  }
  return '';
}

function linesOfObjects(ctx: Ctx): void {
  while (blanks(ctx) !== '' && !ctx.stopped) {
    if (ctx.text.charAt(ctx.at) !== '{') return void fail(ctx, 'a row must be an object in braces');
    if (!row(ctx)) return;
  }
}

function wholeText(ctx: Ctx): void {
  const first = blanks(ctx);
  if (first === '[') {
    if (!rows(ctx)) return;
  } else if (first === '{') {
    if (!page(ctx)) return;
  } else return void fail(ctx, first === '' ? 'the file is empty' : 'a list of rows must begin here');
  if (!ctx.stopped && blanks(ctx) !== '') fail(ctx, 'nothing may follow the rows');
}

/** An object whose `value` is the list of rows; every other key is passed over. */
function page(ctx: Ctx): boolean {
  const start = ctx.at++;
  let found = false;
  if (blanks(ctx) !== '}') {
    for (;;) {
      if (blanks(ctx) !== '"') return fail(ctx, 'a key in double quotes is missing');
      const key = string(ctx);
      if (key === undefined || !colon(ctx)) return false;
      if (key === 'value' && blanks(ctx) === '[') {
        found = true;
        if (!rows(ctx)) return false;
        if (ctx.stopped) return true;
      } else {
        const other = value(ctx);
        if (other === undefined) return false;
        if (key === '@odata.nextLink' && typeof other === 'string') ctx.events.more();
      }
      const next = blanks(ctx);
      if (next === '}') break;
      if (next !== ',') return fail(ctx, 'a comma or } is missing');
      ctx.at++;
    }
  }
  ctx.at++;
  return found || fail(ctx, 'this object has no list named value; rows are a list of objects', start);
}

function rows(ctx: Ctx): boolean {
  ctx.at++;
  if (blanks(ctx) === ']') {
    ctx.at++;
    return true;
  }
  for (;;) {
    if (blanks(ctx) !== '{') return fail(ctx, 'a row must be an object in braces');
    if (!row(ctx)) return false;
    if (ctx.stopped) return true;
    const next = blanks(ctx);
    ctx.at++;
    if (next === ']') return true;
    if (next !== ',') return fail(ctx, next === '' ? '] is missing at the end' : 'a comma or ] is missing', ctx.at - 1);
  }
}

function row(ctx: Ctx): boolean {
  const start = ctx.at++;
  if (blanks(ctx) === '}') ctx.at++;
  else {
    for (;;) {
      if (blanks(ctx) !== '"') return fail(ctx, 'a key in double quotes is missing');
      const key = string(ctx);
      if (key === undefined || !colon(ctx)) return false;
      const cell = value(ctx);
      if (cell === undefined) return false;
      ctx.events.field(key, cell);
      const next = blanks(ctx);
      if (next === '}') {
        ctx.at++;
        break;
      }
      if (next !== ',') return fail(ctx, next === '' ? '} is missing at the end' : 'a comma or } is missing');
      ctx.at++;
    }
  }
  if (!ctx.events.row(start)) ctx.stopped = true;
  return true;
}

function colon(ctx: Ctx): boolean {
  if (blanks(ctx) !== ':') return fail(ctx, 'a colon is missing after the key');
  ctx.at++;
  return true;
}

/** One value; undefined after a failure. */
function value(ctx: Ctx): SourceCell | typeof nested | undefined {
  const char = blanks(ctx);
  if (char === '"') return string(ctx);
  if (char === '{' || char === '[') return skipNested(ctx) ? nested : undefined;
  return word(ctx);
}

/** Passes a nested value: its brackets must match, what stands between is not looked at. */
function skipNested(ctx: Ctx): boolean {
  const start = ctx.at;
  const open: string[] = [];
  for (; ctx.at < ctx.text.length; ctx.at++) {
    const char = ctx.text.charAt(ctx.at);
    if (char === '"') {
      if (string(ctx) === undefined) return false;
      ctx.at--;
    } else if (char === '{' || char === '[') {
      open.push(char === '{' ? '}' : ']');
      if (open.length > maximumNesting) return fail(ctx, `nested deeper than ${maximumNesting} levels`);
    } else if (char === '}' || char === ']') {
      if (open.pop() !== char) return fail(ctx, 'the brackets do not match');
      if (open.length === 0) {
        ctx.at++;
        return true;
      }
    }
  }
  return fail(ctx, 'this value is never closed', start);
}

function string(ctx: Ctx): string | undefined {
  const { text } = ctx;
  const start = ctx.at++;
  let escaped = false;
  for (; ctx.at < text.length; ctx.at++) {
    const code = text.charCodeAt(ctx.at);
    if (code === 34) {
      ctx.at++;
      if (!escaped) return text.slice(start + 1, ctx.at - 1);
      try {
        return JSON.parse(text.slice(start, ctx.at)) as string;
      } catch {
        return void fail(ctx, 'an escape in this text is unknown', start);
      }
    }
    if (code === 92) {
      escaped = true;
      ctx.at++;
    } else if (code < 32) return void fail(ctx, 'the text is not closed on its line', start);
  }
  return void fail(ctx, 'the text is never closed', start);
}

const numberPattern = /^-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

function word(ctx: Ctx): SourceCell | undefined {
  const { text } = ctx;
  const start = ctx.at;
  for (; ctx.at < text.length; ctx.at++) {
    const code = text.charCodeAt(ctx.at);
    if (code === 44 || code === 125 || code === 93 || code <= 32) break;
  }
  const written = text.slice(start, ctx.at);
  if (written === 'null') return null;
  if (written === 'true') return true;
  if (written === 'false') return false;
  const match = written.length <= 400 ? numberPattern.exec(written) : null;
  if (match === null) return void fail(ctx, written === '' ? 'a value is missing' : 'this is no value; text needs double quotes', start);
  const number = Number(written);
  if (match[1] === undefined && match[2] === undefined && !Number.isSafeInteger(number)) return BigInt(written);
  return Number.isFinite(number) ? number : void fail(ctx, 'the number is too large', start);
}
