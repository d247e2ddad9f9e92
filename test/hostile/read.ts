// What holds of any text: it is read without an error, nothing is lost, and the work is bounded by its length.
import { expressionsOf, parseExpression, parseFile, readingWork, tokenize, walk, type Segment, type Span } from '../../grammar/src/index.ts';
import { createLowering } from '../../server/src/analysis/index.ts';
import { pageElements, readDocument } from '../../server/src/documents/index.ts';
import { contact } from '../analysis/models.ts';
import { partedSegment } from '../corpusRun/roundTrip.ts';
import { bindText, measuresOf } from '../support/analysis.ts';
import type { Mutated } from './mutate.ts';

/** So many characters are looked at for each one of a text, however it is made; see `segments.ts` on reading again. */
export const mostCharacters = 120;

/** Reads a text as a file, and says in words what does not hold, or nothing. */
export function faultsOfReading({ text }: Mutated): string | undefined {
  const before = readingWork();
  const file = parseFile(text);
  const read = readingWork();
  if (read.characters - before.characters > mostCharacters * (text.length + 10)) return `${String(read.characters - before.characters)} characters looked at`;
  if (read.tokens - before.tokens > 4 * (text.length + 10)) return `${String(read.tokens - before.tokens)} tokens made`;
  let at = 0;
  for (const segment of file.segments) {
    if (segment.start !== at || text.slice(segment.start, segment.end) !== segment.text) return `a segment at ${String(segment.start)} does not tile`;
    at = segment.end;
    const fault = faultOfSegment(segment);
    if (fault !== undefined) return fault;
  }
  if (at !== text.length && text.trim() !== '') return 'the segments end too early';
  return undefined;
}

/** Reads a text as plain tokens, as an expression, and as what became of another text, and says what does not hold. */
export function faultsOfOtherReadings({ source, text }: Mutated): string | undefined {
  let last = 0;
  for (const { span, text: said } of tokenize(text)) {
    if (span.start < last || text.slice(span.start, span.end) !== said) return `a token at ${String(span.start)} is out of place`;
    last = span.end;
  }
  parseExpression(text);
  const edited = parseFile(text, { previous: parseFile(source) });
  return JSON.stringify(edited) === JSON.stringify(parseFile(text)) ? undefined : 'read after an edit it is not what it is when read anew';
}

function faultOfSegment(segment: Segment): string | undefined {
  const { text, item, problems, comments } = segment;
  const spans: Span[] = [item.span, ...comments, ...problems.map((it) => it.span), ...problems.flatMap((it) => it.repair?.edits.map((edit) => edit.span) ?? [])];
  let missing = 0;
  for (const expression of expressionsOf(item)) {
    walk(expression, (it) => {
      spans.push(it.span);
      if (it.kind === 'missing') missing++;
    });
  }
  const wrong = spans.find(({ start, end }) => !(start >= 0 && start <= end && end <= text.length));
  if (wrong !== undefined) return `a span from ${String(wrong.start)} to ${String(wrong.end)} in a segment of ${String(text.length)}`;
  if (problems.length > 0) return undefined;
  if (missing > 0) return 'something is missing and nothing is told';
  const parted = partedSegment(segment);
  return parted === undefined ? undefined : `${parted.written ?? 'nothing'} at ${String(parted.at)} is printed as ${parted.printed ?? 'nothing'}`;
}

/** Binds and lowers all that a text says, as a file and as a fence of a page; any throw is a fault. */
export function analyse(text: string): void {
  const { segments } = bindText(text, contact);
  const lowering = createLowering(contact, measuresOf(segments, 'contact'));
  lowering.job(segments.flatMap((it) => (it.item.kind === 'query' ? lowering.query(it.item, it.text) : [])));
}

/** Reads a page, its elements and its fences; any throw is a fault. */
export function readPage(text: string): void {
  const document = readDocument('file:///page.md', 'markdown', text);
  pageElements(document, text);
  for (const region of document.regions) parseFile(region.text);
}
