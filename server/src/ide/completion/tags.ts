/** Completion in doc comments: tags, formats, the values of `@expect`, and the words between the DAX of a tag. */
import { assertNever } from '../../base/assertNever.ts';
import { lineEnd, type Span } from '../../base/spans.ts';
import { errorIds } from '../../expect/literal.ts';
import { formatCell } from '../../formats/values.ts';
import { quoteColumn } from '../../../../grammar/src/index.ts';
import type { Workspace } from '../../workspace/types.ts';
import { asPlain } from '../markdown.ts';
import { tags } from '../tags.ts';
import type { CursorToken } from '../cursor.ts';
import type { CompletionContext } from './context.ts';
import { endsOperand } from './keywords.ts';
import type { Proposal } from './item.ts';
import type { TagCursor, TagPlace } from '../tagCursor.ts';

/** Formats that metrics often have. */
const formats = ['#,0', '#,0.0', '#,0.00', '0', '0.0', '0.00', '0%', '0.0%', '0.00%', '$#,0.00', 'General Number', 'Percent', 'Scientific', 'yyyy-mm-dd', 'Short Date'];

/** What may be written at the cursor that is no DAX, with the span of the region's text that it replaces. */
export interface TagProposals {
  readonly proposals: readonly Proposal[];
  readonly span: Span;
}

/** @returns undefined where the text at the cursor is DAX */
export function tagProposals(tag: TagCursor, place: TagPlace, offset: number, culture: string): TagProposals | undefined {
  const word = wordAround(tag.text, offset);
  if (tag.isInName) {
    return {
      proposals: tags.map(({ name, says }, i): Proposal => ({ label: `@${name}`, kind: 'keyword', newText: `@${name}`, detail: says, rank: i / 10 })),
      span: { start: tag.start, end: Math.max(word.end, offset) },
    };
  }
  switch (tag.name) {
    case 'format': return { proposals: formats.map((it, i) => formatProposal(it, i, culture)), span: { start: tag.body, end: lineEnd(tag.text, offset) } };
    case 'expect': return place.clause === 'head' && !place.head.trimStart().startsWith('=') ? { proposals: values(place.head, word.text), span: word } : undefined;
    case 'compare': return undefined;
    default: return { proposals: [], span: word };
  }
}

function formatProposal(format: string, index: number, culture: string): Proposal {
  const isDate = /[ym]{2}|date/i.test(format);
  const sample = isDate ? formatCell(45_992, 'dateTime', format, culture) : formatCell(format.includes('%') || format === 'Percent' ? 0.0681 : 1234.567, 'double', format, culture);
  return { label: format, kind: 'value', newText: format, detail: sample, rank: index / 100 };
}

/** What `@expect` may begin with: literals that are words; numbers and texts are the writer's. */
function values(head: string, begun: string): readonly Proposal[] {
  const before = head.slice(0, head.length - begun.length).trim();
  if (/^error$/i.test(before)) return [...errorIds].map((it) => ({ label: it, kind: 'word', newText: it, rank: 0 }));
  if ((before.match(/"/g) ?? []).length % 2 === 1) return [];
  if (before !== '') return clauseWords(['where', '±'], []);
  return [
    ...['BLANK', 'TRUE', 'FALSE'].map((it): Proposal => ({ label: it, kind: 'word', newText: it, rank: 0 })),
    { label: 'error', kind: 'word', newText: 'error', detail: 'an error as DAX raises it', rank: 0.1 },
    { label: '=', kind: 'word', newText: '= ', detail: 'the value of an expression', rank: 0.2 },
  ];
}

/** Which clauses may still follow in a tag. */
export function nextClauses(tag: TagCursor, place: TagPlace, { cursor }: CompletionContext): readonly Proposal[] {
  // A clause begins behind something that is whole, and outside brackets.
  if (cursor.open.length > 0 || !endsOperandOrName(cursor.tokens.at(-1))) return [];
  const all = tag.name === 'compare' ? ['by', 'rows', 'within', 'where'] : place.head.trimStart().startsWith('=') ? ['by', 'where', '±'] : ['where', '±'];
  return clauseWords(all, place.used);
}

const endsOperandOrName = (last: CursorToken | undefined): boolean => last?.kind === 'word' || endsOperand(last);

const clauseWords = (all: readonly string[], used: readonly string[]): readonly Proposal[] =>
  all.filter((it) => !used.includes(it)).map((it, i) => ({ label: it, kind: 'keyword', newText: it, detail: clauseSays(it), rank: 0.5 + i / 100 }));

function clauseSays(word: string): string {
  switch (word) {
    case 'by': return 'columns, each group of which is compared';
    case 'rows': return 'the key of the rows that part, listed one by one';
    case 'where': return 'filters';
    case 'within': return 'the largest difference that is no failure';
    default: return 'the largest difference';
  }
}

/**
 * What of the DAX proposals fits a clause.
 *
 * @param isBeforeColumn a bracketed name stands behind the cursor already, so that the name of its table is wanted
 */
export function fitsPlace(place: TagPlace, tag: TagCursor, it: Proposal, isBeforeColumn: boolean): boolean {
  switch (place.clause) {
    case 'by':
    case 'rows': return it.kind === 'column' || (it.kind === 'table' && isBeforeColumn);
    case 'where': return true;
    case '±':
    case 'within': return false;
    case 'head': return tag.name !== 'compare' || it.kind === 'measure';
    default: return assertNever(place.clause);
  }
}

/** `[model::metric]`: the metrics of the other models of the project. */
export async function otherModels(workspace: Workspace, { reading }: CompletionContext, rank: number): Promise<readonly Proposal[]> {
  const here = reading.model;
  if (here === undefined) return [];
  const others = (await workspace.models()).filter((it) => it.name !== here.name && it.project.folder === here.project.folder);
  return others.flatMap((model) => [...model.measures.values()].map((it): Proposal => {
    const newText = quoteColumn(`${model.name}::${it.name}`);
    return { label: asPlain(`${model.name}::${it.name}`, 120), kind: 'measure', newText, filterText: newText, rank, key: { kind: 'measure', uri: it.uri, name: it.name } };
  }));
}

function wordAround(text: string, offset: number): Span & { readonly text: string } {
  const before = /[\p{L}\p{N}_-]*$/u.exec(text.slice(Math.max(0, offset - 200), offset))?.[0] ?? '';
  const after = /^[\p{L}\p{N}_-]*/u.exec(text.slice(offset, offset + 200))?.[0] ?? '';
  return { start: offset - before.length, end: offset + after.length, text: before };
}
