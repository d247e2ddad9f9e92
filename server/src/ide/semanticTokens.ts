/**
 * Semantic tokens: what each name is, told by what it leads to.
 *
 * A grammar of colours cannot know whether `[x]` is a metric or a column, or whether a word is a table, a variable or
 * an enumeration word. What leads nowhere gets no token and keeps the colours it has.
 */
import { tokenize, tokenizeExpression, type Token } from '../../../grammar/src/index.ts';
import type { FunctionParameter, Item, Segment } from '../../../grammar/src/tree.ts';
import type { Bound, CodeUse, Reference } from '../analysis/bound.ts';
import { assertNever } from '../base/assertNever.ts';
import type { Span } from '../base/spans.ts';
import { functionNamed } from '../functions/index.ts';
import { tagNames } from '../workspace/tagReadings.ts';
import type { SegmentView } from '../workspace/types.ts';
import type { TokenModifier, TokenType } from './tokenLegend.ts';

export interface SemanticToken {
  /** Relative to the segment; it may run over several lines. */
  readonly span: Span;
  readonly type: TokenType;
  readonly modifiers: readonly TokenModifier[];
}

/**
 * The tokens of a segment in order of place, none overlapping another. As long as the segment is not bound anew, the
 * very same list.
 *
 * @param whole every token of the text, for an editor that has no colours from elsewhere; else only what takes knowledge
 */
export function tokensOf(view: SegmentView, whole: boolean): readonly SemanticToken[] {
  const { segment } = view;
  const bounds = view.readings.map((it) => it.bound);
  const [first] = bounds;
  if (first === undefined) return [];
  // What was bound once keeps its dependencies, also where it only moved.
  const kept = (whole ? wholeTokens : nameTokens).get(first.dependencies);
  if (kept !== undefined && kept.item === segment.item && kept.bounds.every((it, i) => it === bounds[i]?.dependencies)) return kept.tokens;
  const names = merged(headersOf(segment.item), namesOf(view));
  const tokens = whole ? merged(names, restOf(segment)) : names;
  (whole ? wholeTokens : nameTokens).set(first.dependencies, { item: segment.item, bounds: bounds.map((it) => it.dependencies), tokens });
  return tokens;
}

interface Kept {
  readonly item: Item;
  readonly bounds: readonly Bound['dependencies'][];
  readonly tokens: readonly SemanticToken[];
}

const nameTokens = new WeakMap<Bound['dependencies'], Kept>();
const wholeTokens = new WeakMap<Bound['dependencies'], Kept>();

/** The names in the headers of definitions; a metric without a model is a metric too. */
function headersOf(item: Item): readonly SemanticToken[] {
  switch (item.kind) {
    case 'measure': return [header(item.nameSpan, 'method')];
    case 'columnDefinition': return [header(item.nameSpan, 'property')];
    case 'tableDefinition': return [header(item.nameSpan, 'class')];
    case 'functionDefinition': return [header(item.nameSpan, 'function'), ...item.parameters.flatMap(parameterTokens)];
    case 'query': return inOrder(item.definitions.flatMap((it) => (it.kind === 'variableDefinition' ? [] : headersOf(it))));
    case 'bare':
    case 'prose': return [];
    default: return assertNever(item);
  }
}

const header = (span: Span, type: TokenType): SemanticToken => ({ span, type, modifiers: ['declaration'] });

function parameterTokens({ nameSpan, type, subtype, passing }: FunctionParameter): readonly SemanticToken[] {
  const hints = [type, subtype, passing].flatMap((it): readonly SemanticToken[] => (it === undefined ? [] : [{ span: it.span, type: 'type', modifiers: [] }]));
  return [header(nameSpan, 'parameter'), ...hints];
}

/** Codes and names, those in doc tags too. Where several models read the text, the first that knows a name tells what it is. */
function namesOf({ segment, readings }: SegmentView): readonly SemanticToken[] {
  let tokens: readonly SemanticToken[] = [];
  for (const reading of readings) {
    const tags = tagNames(segment.item, reading);
    const { bound } = reading;
    const codes = [...tags.codes.flatMap(codeToken).map(inDocs), ...bound.codes.flatMap(codeToken)];
    const names = [...tags.references.flatMap(nameToken).map(inDocs), ...bound.references.flatMap(nameToken)];
    tokens = merged(tokens, merged(inOrder(codes), inOrder(names)));
  }
  return tokens;
}

/** Live names in a comment, which whoever likes quiet comments can dim. */
const inDocs = (it: SemanticToken): SemanticToken => ({ ...it, modifiers: [...it.modifiers, 'documentation'] });

function codeToken({ span, option, column }: CodeUse): readonly SemanticToken[] {
  if (option === undefined) return [];
  return [{ span, type: 'enumMember', modifiers: option.deprecated || column.deprecated ? ['deprecated'] : [] }];
}

function nameToken({ span, target, isDefinition }: Reference): readonly SemanticToken[] {
  const declared: readonly TokenModifier[] = isDefinition === true ? ['declaration'] : [];
  switch (target.kind) {
    case 'table':
    case 'definedTable':
      return [{ span, type: 'class', modifiers: declared }];
    case 'column':
      return [{ span, type: 'property', modifiers: target.column.deprecated ? [...declared, 'deprecated'] : declared }];
    case 'definedColumn':
      return [{ span, type: 'property', modifiers: declared }];
    case 'extension':
      // The text that names the column stays a text.
      return isDefinition === true ? [] : [{ span, type: 'property', modifiers: [] }];
    case 'measure':
      return [{ span, type: 'method', modifiers: declared }];
    case 'variable':
      return [{ span, type: 'variable', modifiers: [...declared, 'readonly'] }];
    case 'parameter':
      return [{ span, type: 'parameter', modifiers: declared }];
    case 'function':
      return [{ span, type: 'function', modifiers: target.spec.deprecated === true ? ['deprecated', 'defaultLibrary'] : ['defaultLibrary'] }];
    case 'definedFunction':
      return [{ span, type: 'function', modifiers: declared }];
    case 'word':
      return [{ span, type: 'enumMember', modifiers: [] }];
    case 'unresolved':
      return [];
    default:
      return assertNever(target);
  }
}

/** What is no name: keywords, literals, operators, comments. */
function restOf(segment: Segment): readonly SemanticToken[] {
  const { item, text, comments } = segment;
  if (segment.problems.some((it) => it.code === 'segment-too-long')) return [];
  // Prose is none of DAX's tokens, but for the comments in it.
  if (item.kind === 'prose') return comments.map((span) => ({ span, type: 'comment', modifiers: [] }));
  return lexed(item, text).flatMap(({ kind, span }): readonly SemanticToken[] => {
    switch (kind) {
      case 'keyword': case 'boolean': return [{ span, type: 'keyword', modifiers: [] }];
      case 'string': return [{ span, type: 'string', modifiers: [] }];
      case 'number': case 'date': return [{ span, type: 'number', modifiers: [] }];
      case 'operator': return [{ span, type: 'operator', modifiers: [] }];
      case 'comment': return [{ span, type: 'comment', modifiers: [] }];
      case 'doc': return [{ span, type: 'comment', modifiers: ['documentation'] }];
      case 'parameter': return [{ span, type: 'parameter', modifiers: [] }];
      case 'definition': case 'function': case 'name': case 'quotedName': case 'bracketedName': case 'punctuation': case 'invalid': return [];
      default: return assertNever(kind);
    }
  });
}

/** The header of a plain definition is no DAX: `Load % of 24/7 =` holds no operator. */
function lexed(item: Item, text: string): readonly Token[] {
  if (item.kind === 'bare') return tokenizeExpression(text);
  if (item.kind !== 'measure' || item.form !== 'plain') return tokenize(text, { isFunction: (name) => functionNamed(name) !== undefined });
  const body = item.assign?.end ?? item.nameSpan.end;
  const assign: readonly Token[] = item.assign === undefined ? [] : [{ kind: 'operator', span: item.assign, text: text.slice(item.assign.start, item.assign.end) }];
  return [
    ...tokenizeExpression(text.slice(0, item.nameSpan.start)),
    ...assign,
    ...tokenizeExpression(text.slice(body)).map((it) => ({ ...it, span: { start: it.span.start + body, end: it.span.end + body } })),
  ];
}

const inOrder = (tokens: readonly SemanticToken[]): readonly SemanticToken[] =>
  merged([...tokens].sort((a, b) => a.span.start - b.span.start), []);

/** Both lists in one. Of the second only what the first leaves free stays; of one list the earlier of two tokens that meet. */
function merged(first: readonly SemanticToken[], second: readonly SemanticToken[]): readonly SemanticToken[] {
  const all: SemanticToken[] = [];
  let end = 0;
  const add = (it: SemanticToken, from: number, to: number): void => {
    if (from >= to) return;
    all.push(from === it.span.start && to === it.span.end ? it : { ...it, span: { start: from, end: to } });
    end = to;
  };
  let next = 0;
  /** The second list up to the next token of the first. */
  const fill = (limit: number): void => {
    for (let it = second[next]; it !== undefined && it.span.start < limit; it = second[next]) {
      add(it, Math.max(it.span.start, end), Math.min(it.span.end, limit));
      if (it.span.end > limit) return;
      next++;
    }
  };
  for (const it of first) {
    if (it.span.start < end) continue;
    fill(it.span.start);
    add(it, it.span.start, it.span.end);
  }
  fill(Infinity);
  return all;
}
