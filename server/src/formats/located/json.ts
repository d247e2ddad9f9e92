/** JSON text → values with their places. Strict JSON (RFC 8259); a byte order mark is passed over. */
import { span, type Span } from '../../base/spans.ts';
import { maximumDepth, type LocatedEntry, type LocatedFile, type LocatedNode, type LocatedProblem } from './node.ts';

/**
 * Parses JSON.
 *
 * @param text the file, a byte order mark included if it has one
 * @returns the tree as far as the text can be read, and at most one syntax problem, at the first sign that cannot stand; never throws
 */
export function parseJson(text: string): LocatedFile {
  const ctx: Ctx = { text, at: text.charCodeAt(0) === 0xfeff ? 1 : 0, problems: [], failed: false };
  const root = value(ctx, 0);
  if (!ctx.failed) {
    blanks(ctx);
    if (ctx.at < text.length) fail(ctx, 'nothing may follow the value');
  }
  return { root, problems: [...ctx.problems].sort((a, b) => a.span.start - b.span.start) };
}

interface Ctx {
  readonly text: string;
  at: number;
  readonly problems: LocatedProblem[];
  failed: boolean;
}

function fail(ctx: Ctx, problem: string, at: Span = span(ctx.at, Math.min(ctx.at + 1, ctx.text.length))): undefined {
  if (!ctx.failed) ctx.problems.push({ kind: 'syntax', problem, span: at, broken: true });
  ctx.failed = true;
  return undefined;
}

function blanks(ctx: Ctx): void {
  for (; ctx.at < ctx.text.length; ctx.at++) {
    const code = ctx.text.charCodeAt(ctx.at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
  }
}

function value(ctx: Ctx, depth: number): LocatedNode | undefined {
  blanks(ctx);
  if (depth > maximumDepth) return fail(ctx, `it is nested deeper than ${maximumDepth} levels`);
  const start = ctx.at;
  const char = ctx.text[start];
  if (char === undefined) return fail(ctx, 'a value is missing at the end');
  if (char === '{') return object(ctx, depth);
  if (char === '[') return array(ctx, depth);
  if (char === '"') {
    const text = string(ctx);
    return text === undefined ? undefined : { kind: 'scalar', span: span(start, ctx.at), value: text, style: 'double' };
  }
  return word(ctx);
}

function object(ctx: Ctx, depth: number): LocatedNode {
  const start = ctx.at++;
  const entries: LocatedEntry[] = [];
  const seen = new Map<string, Span>();
  blanks(ctx);
  if (ctx.text[ctx.at] === '}') ctx.at++;
  else {
    for (;;) {
      blanks(ctx);
      const keyStart = ctx.at;
      if (ctx.text[keyStart] !== '"') {
        fail(ctx, ctx.text[keyStart] === '}' ? 'a comma before } must go' : 'a key in double quotes is missing');
        break;
      }
      const key = string(ctx);
      if (key === undefined) break;
      const keySpan = span(keyStart, ctx.at);
      blanks(ctx);
      if (ctx.text[ctx.at] !== ':') {
        fail(ctx, 'a colon is missing after the key');
        break;
      }
      ctx.at++;
      const it = value(ctx, depth + 1);
      const first = seen.get(key);
      if (first !== undefined) ctx.problems.push({ kind: 'duplicate-key', key, span: keySpan, first });
      else if (it !== undefined) {
        seen.set(key, keySpan);
        entries.push({ key, keySpan, value: it });
      }
      if (!next(ctx, '}')) break;
    }
  }
  return { kind: 'map', span: span(start, ctx.at), entries };
}

function array(ctx: Ctx, depth: number): LocatedNode {
  const start = ctx.at++;
  const items: LocatedNode[] = [];
  blanks(ctx);
  if (ctx.text[ctx.at] === ']') ctx.at++;
  else {
    for (;;) {
      blanks(ctx);
      if (ctx.text[ctx.at] === ']') {
        fail(ctx, 'a comma before ] must go');
        break;
      }
      const it = value(ctx, depth + 1);
      if (it !== undefined) items.push(it);
      if (!next(ctx, ']')) break;
    }
  }
  return { kind: 'list', span: span(start, ctx.at), items };
}

/** Passes a comma and says true, or passes the closing sign (or fails) and says false. */
function next(ctx: Ctx, close: '}' | ']'): boolean {
  if (ctx.failed) return false;
  blanks(ctx);
  const char = ctx.text[ctx.at];
  if (char === ',') {
    ctx.at++;
    return true;
  }
  if (char === close) ctx.at++;
  else fail(ctx, char === undefined ? `${close} is missing at the end` : `a comma or ${close} is missing`);
  return false;
}

/** A text from its opening quote on; undefined after a failure. */
function string(ctx: Ctx): string | undefined {
  const start = ctx.at++;
  const parts: string[] = [];
  let from = ctx.at;
  for (; ctx.at < ctx.text.length; ctx.at++) {
    const code = ctx.text.charCodeAt(ctx.at);
    if (code === 34) {
      parts.push(ctx.text.slice(from, ctx.at++));
      return parts.join('');
    }
    if (code < 32) return fail(ctx, code === 10 || code === 13 ? 'the text is not closed on its line' : 'a control character stands in the text', span(start, ctx.at));
    if (code !== 92) continue;
    parts.push(ctx.text.slice(from, ctx.at));
    const escape = ctx.text[ctx.at + 1] ?? '';
    const hex = ctx.text.slice(ctx.at + 2, ctx.at + 6);
    const plain = escape === '' ? -1 : '"\\/bfnrt'.indexOf(escape);
    if (plain >= 0) parts.push('"\\/\b\f\n\r\t'.charAt(plain));
    else if (escape === 'u' && /^[0-9A-Fa-f]{4}$/.test(hex)) parts.push(String.fromCharCode(parseInt(hex, 16)));
    else return fail(ctx, 'this is no escape that JSON knows; double the backslash', span(ctx.at, Math.min(ctx.at + 2, ctx.text.length)));
    ctx.at += escape === 'u' ? 5 : 1;
    from = ctx.at + 1;
  }
  return fail(ctx, 'the text is never closed', span(start, ctx.text.length));
}

const numberPattern = /^-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

function word(ctx: Ctx): LocatedNode | undefined {
  const start = ctx.at;
  while (ctx.at < ctx.text.length && !' \t\r\n,:]}["{'.includes(ctx.text.charAt(ctx.at))) ctx.at++;
  const text = ctx.text.slice(start, ctx.at);
  const at = span(start, ctx.at);
  const scalar = (it: string | number | boolean | null): LocatedNode => ({ kind: 'scalar', span: at, value: it, style: 'plain' });
  if (text === 'true') return scalar(true);
  if (text === 'false') return scalar(false);
  if (text === 'null') return scalar(null);
  if (text.length <= 400) {
    const match = numberPattern.exec(text);
    // Whole numbers that a double cannot hold stay text, so that no digit is lost.
    if (match !== null) return scalar(match[1] === undefined && match[2] === undefined && !Number.isSafeInteger(Number(text)) ? text : Number(text));
  }
  ctx.at = Math.max(ctx.at, Math.min(start + 1, ctx.text.length));
  return fail(ctx, text.startsWith('/') ? 'comments have no place in JSON' : 'this is no value; text needs double quotes', span(start, ctx.at));
}
