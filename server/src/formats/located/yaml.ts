/** YAML text → values with their places. YAML 1.2, core schema: no merge keys, no tags of its own, aliases bounded. */
import { Composer, isAlias, isMap, isScalar, isSeq, Lexer, Parser, type CST, type Document, type Node as YamlNode, type Scalar } from 'yaml';
import { span, type Span } from '../../base/spans.ts';
import { maximumDepth, type LocatedEntry, type LocatedFile, type LocatedNode, type LocatedProblem, type ScalarStyle } from './node.ts';

/** Nodes that aliases may add to a file by repetition. */
const maximumAliasNodes = 10_000;

/** Words and signs of a file: some hundred thousand inline cells. */
const maximumLexemes = 1_000_000;

/** Signs that stand where nothing can stand, behind one value. */
const maximumStray = 100;

/**
 * Parses YAML.
 *
 * @param text the file, a byte order mark included if it has one
 * @returns the first document as a tree, and problems in the order of the file; never throws
 */
export function parseYaml(text: string): LocatedFile {
  const problems: LocatedProblem[] = [];
  const tokens = tokensOf(text);
  if ('problem' in tokens) {
    const at = Math.min(tokens.at, text.length);
    return { root: undefined, problems: [{ kind: 'syntax', problem: tokens.problem, span: span(at, Math.min(at + 1, text.length)), broken: true }] };
  }
  const document = compose(tokens, text.length, problems);
  if (document === undefined) return { root: undefined, problems };
  const ctx: Ctx = { anchors: new Map(), problems, aliasNodes: 0 };
  const contents = document.contents as YamlNode | null;
  const root = contents === null ? undefined : convert(ctx, contents, 0, []);
  return { root, problems: sorted(problems.map((it) => ({ ...it, span: span(Math.min(it.span.start, text.length), Math.min(it.span.end, text.length)) }))) };
}

/**
 * The tokens of a file, or why it is refused before anything recurses into it or keeps an error for each sign of it.
 */
function tokensOf(text: string): readonly CST.Token[] | Refusal {
  const lexer = new Lexer();
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let lexemes = 0;
  for (const lexeme of lexer.lex(text)) {
    if (++lexemes > maximumLexemes) return { problem: `it has more than ${maximumLexemes.toLocaleString('en-US')} words and signs`, at: parser.offset };
    for (const token of parser.next(lexeme)) tokens.push(token);
    // The stack holds the document, what is open in it, and at most one scalar.
    if (parser.stack.length > maximumDepth + 2) return { problem: `it is nested deeper than ${maximumDepth} levels`, at: parser.offset };
  }
  for (const token of parser.end()) tokens.push(token);
  return straySigns(tokens) ?? tokens;
}

interface Refusal {
  readonly problem: string;
  readonly at: number;
}

/** Where far more stands behind a value than can: text that is no YAML at all. */
function straySigns(tokens: readonly CST.Token[]): Refusal | undefined {
  interface Visited { readonly type: string; readonly offset?: number; readonly end?: readonly CST.SourceToken[]; readonly value?: unknown; readonly items?: readonly CST.CollectionItem[] }
  const pending: unknown[] = [...tokens];
  for (let it = pending.pop(); it !== undefined; it = pending.pop()) {
    if (typeof it !== 'object' || it === null) continue;
    const token = it as Visited;
    let stray = 0;
    for (const end of token.end ?? []) {
      if (end.type !== 'space' && end.type !== 'comment' && end.type !== 'newline' && ++stray > maximumStray) return { problem: problemOf('UNEXPECTED_TOKEN'), at: end.offset };
    }
    if (typeof token.value === 'object') pending.push(token.value);
    for (const item of token.items ?? []) pending.push(item.key, item.value);
  }
  return undefined;
}

function compose(tokens: readonly CST.Token[], length: number, problems: LocatedProblem[]): Document.Parsed | undefined {
  const composer = new Composer({
    version: '1.2', schema: 'core', merge: false, uniqueKeys: false, prettyErrors: false, intAsBigInt: true, resolveKnownTags: false, logLevel: 'silent',
  });
  let first: Document.Parsed | undefined;
  for (const document of composer.compose(tokens, true, length)) {
    if (first !== undefined) {
      problems.push({ kind: 'syntax', problem: 'a second document begins here; one file holds one', span: span(document.range[0], document.range[0] + 3), broken: false });
      break;
    }
    first = document;
    for (const it of document.errors) {
      const [start, end] = it.pos;
      problems.push({ kind: 'syntax', problem: problemOf(it.code), span: span(start, Math.max(end, start)), broken: true });
    }
    for (const it of document.warnings) {
      if (it.code === 'TAG_RESOLVE_FAILED') problems.push({ kind: 'syntax', problem: problemOf(it.code), span: span(it.pos[0], it.pos[1]), broken: false });
    }
  }
  return first;
}

/** Words for what the YAML parser objects to. */
function problemOf(code: string): string {
  switch (code) {
    case 'TAB_AS_INDENT': return 'a tab cannot indent YAML; use blanks';
    case 'BAD_INDENT': return 'the indentation does not fit the lines above';
    case 'MISSING_CHAR': return 'a closing sign or a separator is missing';
    case 'BLOCK_AS_IMPLICIT_KEY': case 'MULTILINE_IMPLICIT_KEY': return 'a key must stand on one line; put text with a colon into quotes';
    case 'BLOCK_IN_FLOW': return 'indented lines cannot stand between braces or brackets';
    case 'BAD_SCALAR_START': return 'a value cannot begin with this sign; put it into quotes';
    case 'BAD_DQ_ESCAPE': return 'this is no escape that YAML knows; double the backslash';
    case 'BAD_ALIAS': case 'UNRESOLVED_ALIAS': return 'the alias leads to no anchor before it';
    case 'MULTIPLE_ANCHORS': case 'MULTIPLE_TAGS': return 'a value has at most one anchor and one tag';
    case 'TAG_RESOLVE_FAILED': case 'BAD_COLLECTION_TYPE': return 'tags have no meaning here';
    case 'BAD_DIRECTIVE': return 'this is no directive that YAML knows';
    case 'KEY_OVER_1024_CHARS': return 'a key is longer than 1024 characters';
    case 'UNEXPECTED_TOKEN': return 'this sign stands where nothing can stand; a quote or a colon may be missing before it';
    default: return 'this is no YAML';
  }
}

interface Ctx {
  /** Anchors passed so far: an alias means the last one of its name before it. */
  readonly anchors: Map<string, YamlNode>;
  readonly problems: LocatedProblem[];
  aliasNodes: number;
}

const emptyAt = (offset: number): LocatedNode => ({ kind: 'scalar', span: span(offset, offset), value: null, style: 'plain' });

/** `open` are the aliased nodes on the way down: an alias to one of them never ends. */
function convert(ctx: Ctx, node: unknown, fallback: number, open: readonly unknown[]): LocatedNode {
  const range = (node as { range?: readonly [number, number, number] | null } | null)?.range;
  const at = range === undefined || range === null ? span(fallback, fallback) : span(range[0], range[1]);
  if (open.length > 0 && ++ctx.aliasNodes > maximumAliasNodes) {
    if (ctx.aliasNodes === maximumAliasNodes + 1) {
      ctx.problems.push({ kind: 'syntax', problem: `aliases repeat more than ${maximumAliasNodes.toLocaleString('en-US')} values`, span: at, broken: false });
    }
    return emptyAt(at.start);
  }
  if (isAlias(node)) {
    const target = ctx.anchors.get(node.source);
    if (target === undefined || open.includes(target)) {
      const problem = target === undefined ? problemOf('UNRESOLVED_ALIAS') : 'the alias stands inside its own anchor';
      ctx.problems.push({ kind: 'syntax', problem, span: at, broken: true });
      return emptyAt(at.start);
    }
    return convert(ctx, target, at.start, [...open, target]);
  }
  if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor !== undefined) ctx.anchors.set(node.anchor, node);
  if (isMap(node)) {
    const entries: LocatedEntry[] = [];
    const seen = new Map<string, Span>();
    for (const pair of node.items) {
      const key = keyOf(ctx, pair.key, at.start);
      if (key === undefined) continue;
      const value = convert(ctx, pair.value, key.keySpan.end, open);
      const first = seen.get(key.key);
      if (first === undefined) {
        seen.set(key.key, key.keySpan);
        entries.push({ ...key, value });
      } else if (open.length === 0) ctx.problems.push({ kind: 'duplicate-key', key: key.key, span: key.keySpan, first });
    }
    return { kind: 'map', span: at, entries };
  }
  if (isSeq(node)) return { kind: 'list', span: at, items: node.items.map((it) => convert(ctx, it, at.start, open)) };
  if (isScalar(node)) return { kind: 'scalar', span: at, value: plainValue(node), style: styleOf(node) };
  return emptyAt(at.start);
}

function keyOf(ctx: Ctx, key: unknown, fallback: number): { key: string; keySpan: Span } | undefined {
  const node = isAlias(key) ? ctx.anchors.get(key.source) : key;
  if (!isScalar(node)) {
    const range = (key as { range?: readonly [number, number, number] | null } | null)?.range;
    const at = range === undefined || range === null ? span(fallback, fallback) : span(range[0], range[1]);
    ctx.problems.push({ kind: 'syntax', problem: 'a key must be a plain word or text in quotes', span: at, broken: false });
    return undefined;
  }
  const range = (key as YamlNode).range ?? [fallback, fallback, fallback];
  return { key: node.type === 'PLAIN' ? (node.source ?? '') : String(node.value), keySpan: span(range[0], range[1]) };
}

/** Whole numbers that a double cannot hold stay text, so that no digit is lost. */
function plainValue(node: Scalar): string | number | boolean | null {
  const value = node.value;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value === null || value === undefined ? null : (node.source ?? null);
}

function styleOf(node: Scalar): ScalarStyle {
  switch (node.type) {
    case 'QUOTE_SINGLE': return 'single';
    case 'QUOTE_DOUBLE': return 'double';
    case 'BLOCK_LITERAL': return 'literal';
    case 'BLOCK_FOLDED': return 'folded';
    default: return 'plain';
  }
}

const sorted = (problems: readonly LocatedProblem[]): readonly LocatedProblem[] => [...problems].sort((a, b) => a.span.start - b.span.start);
