/** Lays out the DAX of a document: a file's, or that of the fences of a page. */
import { applied, layoutEdits, type LayoutEdit } from '../../../../grammar/src/index.ts';
import type { Span } from '../../base/spans.ts';
import { readDocument, type Region } from '../../documents/index.ts';
import type { TextEdit } from '../../findings/finding.ts';
import { carried } from './carried.ts';
import { layoutOptions, type FormatSettings, type Indentation } from './style.ts';

/** A text with DAX in it. */
export interface Formattable {
  readonly uri: string;
  readonly languageId: 'dax' | 'markdown';
  readonly text: string;
}

/**
 * @param touched where it is given, only definitions and queries that it touches are laid out
 * @returns edits in order of place, each as small as can be; none for a fence whose edits cannot be carried to its page
 */
export function formatEdits(document: Formattable, settings: FormatSettings, indentation: Indentation, touched?: Span): readonly TextEdit[] {
  const options = layoutOptions(settings, indentation);
  const { text, languageId, uri } = document;
  const regions = readDocument(uri, languageId, text).regions;
  const laid = regions.map((region): Laid => {
    const own = touched === undefined ? undefined : inRegion(region, touched);
    const edits = own === 'elsewhere' ? [] : layoutEdits(region.text, options, own);
    return { text: applied(region.text, edits), edits: edits.map((it) => carried(text, region, it)) };
  });
  if (languageId === 'dax') return laid.flatMap((it) => it.edits).map((it) => trimmed(text, it));
  return mended(document, regions, laid);
}

/** The text laid out. */
export function formatted(document: Formattable, settings: FormatSettings, indentation: Indentation): string {
  return applied(document.text, formatEdits(document, settings, indentation));
}

interface Laid {
  /** The region's text as it is to be. */
  readonly text: string;
  /** In the document. */
  readonly edits: readonly LayoutEdit[];
}

/** The edits of those regions that read as they are to be once their edits are made. */
function mended({ text, uri }: Formattable, regions: readonly Region[], laid: readonly Laid[]): readonly TextEdit[] {
  const read = (wanted: readonly boolean[]): readonly (string | undefined)[] => {
    const edits = laid.flatMap((it, i) => (wanted[i] === true ? it.edits : []));
    const after = readDocument(uri, 'markdown', applied(text, edits)).regions;
    return after.length === regions.length ? after.map((it) => it.text) : [];
  };
  const first = read(laid.map(() => true));
  const good = laid.map((it, i) => first[i] === it.text);
  if (!good.every((it) => it)) {
    const second = read(good);
    if (!laid.every((it, i) => second[i] === (good[i] === true ? it.text : regions[i]?.text))) return [];
  }
  return laid.flatMap((it, i) => (good[i] === true ? it.edits : []));
}

/** The part of a document's span that lies in a region, in its offsets. */
function inRegion({ map, text }: Region, touched: Span): Span | 'elsewhere' {
  const last = map.at(-1);
  const [start, end] = [map[0]?.document ?? 0, last === undefined ? 0 : last.document + last.length];
  if (touched.end < start || end < touched.start) return 'elsewhere';
  const at = (offset: number): number => {
    for (const it of map) {
      if (offset < it.document) return it.region;
      if (offset <= it.document + it.length) return it.region + offset - it.document;
    }
    return text.length;
  };
  return { start: at(touched.start), end: at(touched.end) };
}

/** An edit without what it would not change. */
function trimmed(text: string, { span, newText }: LayoutEdit): LayoutEdit {
  const old = text.slice(span.start, span.end);
  const most = Math.min(old.length, newText.length);
  let head = 0;
  while (head < most && old.charCodeAt(head) === newText.charCodeAt(head)) head++;
  let tail = 0;
  while (tail < most - head && old.charCodeAt(old.length - tail - 1) === newText.charCodeAt(newText.length - tail - 1)) tail++;
  // A line break of two characters is not to be cut in two.
  if (old.charAt(head - 1) === '\r' && (old.charAt(head) === '\n' || newText.charAt(head) === '\n')) head--;
  if (tail > 0 && old.charAt(old.length - tail) === '\n' && (old.charAt(old.length - tail - 1) === '\r' || newText.charAt(newText.length - tail - 1) === '\r')) tail--;
  return { span: { start: span.start + head, end: span.end - tail }, newText: newText.slice(head, newText.length - tail) };
}
