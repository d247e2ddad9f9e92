/** Reads the tags of a doc comment: `@format`, `@expect`, `@compare`, `@public`. */
import type { DocComment } from '../../../grammar/src/tree.ts';
import { closest } from '../base/closest.ts';
import type { Span } from '../base/spans.ts';
import type { Finding } from '../findings/finding.ts';
import { finding } from '../findings/registry.ts';
import { clausesOf, listOf, type Clause, type Clauses, type ClauseWord } from './clauses.ts';
import { boundOf, expectedOf } from './literal.ts';
import type { Compare, DaxPart, DocTags, Expectation } from './records.ts';
import { partOf, spanIn, tagsOf, type RawTag } from './tags.ts';

const knownTags = ['format', 'expect', 'compare', 'public'];
/** Tags of the doc comments of DAX functions: what they say is not read here. */
const foreignTags: ReadonlySet<string> = new Set(['param', 'returns']);

/** Why a tag cannot be read, and at which place of the segment. */
interface Problem {
  readonly problem: string;
  readonly at: Span;
}

/**
 * Reads a doc comment.
 *
 * @param docs spans relative to the segment, as the parser gives them
 * @returns what the tags say; a tag that cannot be read is a finding and nothing else
 */
export function expectations(docs: DocComment): DocTags {
  let known = read.get(docs);
  if (known === undefined) read.set(docs, (known = readTags(docs)));
  return known;
}

/** The metric that a comment documents wants its format, and its findings are wanted too. */
const read = new WeakMap<DocComment, DocTags>();

function readTags(docs: DocComment): DocTags {
  const { tags, description } = tagsOf(docs);
  const findings: Finding[] = [];
  const found: Expectation[] = [];
  const compares: Compare[] = [];
  let format: { readonly text: string; readonly span: Span } | undefined;
  let isPublic = false;
  const malformed = (tag: RawTag, it: Problem): void => {
    findings.push(finding('malformed-tag', { tag: tag.name, problem: it.problem }, it.at));
  };
  for (const tag of tags) {
    switch (tag.name) {
      case 'format': {
        const { text, span } = partOf(tag.body, 0, tag.body.text.length);
        if (text === '') malformed(tag, { problem: 'a format string is missing', at: tag.nameSpan });
        else if (format !== undefined) malformed(tag, { problem: 'the format is already given above', at: tag.span });
        else format = { text, span };
        break;
      }
      case 'public': {
        const { text, span } = partOf(tag.body, 0, tag.body.text.length);
        if (text !== '') malformed(tag, { problem: 'nothing may follow it', at: span });
        else isPublic = true;
        break;
      }
      case 'expect': {
        const read = readExpectation(tag);
        if ('problem' in read) malformed(tag, read);
        else found.push(read);
        break;
      }
      case 'compare': {
        const read = readCompare(tag);
        if ('problem' in read) malformed(tag, read);
        else compares.push(read);
        break;
      }
      default:
        if (!foreignTags.has(tag.name)) findings.push(unknownTag(tag));
    }
  }
  return {
    description, format: format?.text, formatSpan: format?.span, expectations: found, compares, public: isPublic, findings,
  };
}

function unknownTag(tag: RawTag): Finding {
  const suggestion = closest(tag.name, knownTags);
  if (suggestion === undefined) return finding('unknown-tag', { tag: tag.name }, tag.nameSpan);
  return finding('unknown-tag', { tag: tag.name, suggestion: `@${suggestion}` }, tag.nameSpan, {
    fixes: [{ title: `Change to @${suggestion}`, edits: [{ span: tag.nameSpan, newText: `@${suggestion}` }], preferred: true }],
  });
}

function readExpectation(tag: RawTag): Expectation | Problem {
  const cut = clausesOf(tag.body.text, tag.name);
  const head = partOf(tag.body, cut.head.start, cut.head.end);
  const isEqual = head.text.startsWith('=');
  const parts = readClauses(tag, cut, isEqual ? ['±', 'by', 'where'] : ['±', 'where']);
  if ('problem' in parts) return parts;
  if (!isEqual) {
    const expected = expectedOf(head.text);
    if ('problem' in expected) return { problem: expected.problem, at: head.text === '' ? tag.nameSpan : head.span };
    if (parts.bound !== undefined && expected.expected.kind !== 'number') {
      return { problem: '± stands only behind a number', at: head.span };
    }
    return { kind: 'value', span: tag.span, expected: expected.expected, valueSpan: head.span, tolerance: parts.bound, where: parts.where };
  }
  const expression = partOf(tag.body, tag.body.text.indexOf('=') + 1, cut.head.end);
  if (expression.text === '') return { problem: 'an expression is missing after the equals sign', at: head.span };
  return { kind: 'equal', span: tag.span, expression, by: parts.by, tolerance: parts.bound, where: parts.where };
}

function readCompare(tag: RawTag): Compare | Problem {
  const cut = clausesOf(tag.body.text, tag.name);
  const other = partOf(tag.body, cut.head.start, cut.head.end);
  const parts = readClauses(tag, cut, ['by', 'rows', 'within', 'where']);
  if ('problem' in parts) return parts;
  if (other.text.length > longestName || !/^(?:'(?:[^']|'')*'|[\p{L}\p{N}_.]*)\s*\[(?:[^\]]|\]\])+\]$/u.test(other.text)) {
    return { problem: 'the name of another metric in square brackets is missing', at: other.text === '' ? tag.nameSpan : other.span };
  }
  if (parts.by.length === 0 && parts.rows.length === 0) return { problem: 'the columns to compare by are missing, as in by Table[Column]', at: tag.span };
  return { kind: 'compare', span: tag.span, other, by: parts.by, rows: parts.rows, within: parts.bound, where: parts.where };
}

/** Characters of a name with its table; models allow 512 for each. */
const longestName = 2000;

interface Parts {
  readonly by: readonly DaxPart[];
  readonly rows: readonly DaxPart[];
  readonly where: readonly DaxPart[];
  /** Of `±` or `within`. */
  readonly bound: number | undefined;
}

/** The clauses that a tag may have, each once at most. */
function readClauses(tag: RawTag, cut: Clauses, allowed: readonly ClauseWord[]): Parts | Problem {
  const { body } = tag;
  if (cut.unbalanced !== undefined) {
    const { at, text } = cut.unbalanced;
    const opens = text !== ')' && text !== '}';
    return { problem: opens ? `this ${text} is never closed` : `this ${text} closes nothing`, at: spanIn(body, at.start, at.end) };
  }
  const seen = new Set<ClauseWord>();
  let by: readonly DaxPart[] = [];
  let rows: readonly DaxPart[] = [];
  let where: readonly DaxPart[] = [];
  let bound: number | undefined;
  for (const it of cut.clauses) {
    const at = spanIn(body, it.wordSpan.start, it.wordSpan.end);
    if (!allowed.includes(it.word)) return { problem: `${it.word} has no meaning here`, at };
    if (seen.has(it.word)) return { problem: `${it.word} stands twice`, at };
    seen.add(it.word);
    const list = partsOf(tag, it, cut.commas);
    if ('problem' in list) return list;
    if (it.word === 'by') by = list.parts;
    else if (it.word === 'rows') rows = list.parts;
    else if (it.word === 'where') where = list.parts;
    else {
      const text = list.parts.length === 1 ? list.parts[0]?.text : undefined;
      bound = text === undefined ? undefined : boundOf(text);
      if (bound === undefined) return { problem: `${it.word} wants a number that is not negative`, at: spanIn(body, it.wordSpan.start, it.body.end) };
    }
  }
  return { by, rows, where, bound };
}

function partsOf(tag: RawTag, clause: Clause, commas: readonly number[]): { readonly parts: readonly DaxPart[] } | Problem {
  const parts = listOf(clause.body, commas).map((it) => partOf(tag.body, it.start, it.end));
  const what = clause.word === 'by' || clause.word === 'rows' ? 'a column' : clause.word === 'where' ? 'a filter' : 'a number';
  const empty = parts.find((it) => it.text === '');
  if (empty === undefined) return { parts };
  const alone = parts.length === 1;
  return {
    problem: alone ? `${what} is missing after ${clause.word}` : `${what} is missing beside a comma`,
    at: alone ? spanIn(tag.body, clause.wordSpan.start, clause.wordSpan.end) : spanIn(tag.body, clause.wordSpan.start, clause.body.end),
  };
}
