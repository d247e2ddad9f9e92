/** Tables and lists of a page → elements. */
import type { PageTable, PageText, TableCell } from '../../region.ts';
import { readItem, splitAtCommas, stateOf } from './item.ts';
import { plainItems, slicePlain, type PlainText } from './plain.ts';
import type { ElementItem, ElementKind, PageElement, Piece } from './types.ts';

/** What an element's label calls it; undefined where the words call it none. */
function kindOf(label: string): Exclude<ElementKind, 'other'> | undefined {
  const words = label.toLowerCase().replace(/[^a-z]+/g, ' ').trim();
  if (/^(?:dataverse )?(?:entity|entities|tables?)$/.test(words)) return 'entities';
  if (/^(?:dataverse )?(?:attributes?|columns?)$/.test(words)) return 'attributes';
  if (/^(?:dataverse )?(?:filters?|filter conditions?)$/.test(words)) return 'filters';
  if (/^(?:dax )?(?:query|queries|measure|expression|formula)$|^dax$/.test(words)) return 'query';
  return undefined;
}

/** Longer texts are no labels. */
const maximumLabel = 200;

const plainOf = (text: string): string => plainItems(text, [{ start: 0, end: Math.min(text.length, maximumLabel) }])[0]?.text.trim() ?? '';

const missing = (row: readonly TableCell[], table: PageTable): TableCell => {
  const at = row.at(-1)?.span.end ?? table.span.end;
  return { text: '', span: { start: at, end: at } };
};

/**
 * The elements of a table: one a row where the first column names them (`Element | Value`), or one a column where the
 * header does. A table that names no entities, attributes or filters is none of a metric.
 */
export function elementsOfTable(source: string, table: PageTable): readonly PageElement[] {
  const [first, second] = table.header;
  if (first === undefined || second === undefined) return [];
  const byRow = table.rows.map((row) => ({ row, kind: kindOf(plainOf(row[0]?.text ?? '')) }));
  const isElements = /^elements?$/i.test(plainOf(first.text)) && byRow.some((it) => it.kind !== undefined);
  if (isElements || new Set(byRow.flatMap((it) => it.kind ?? [])).size > 1) {
    return byRow.flatMap(({ row, kind }) => {
      const [label] = row;
      if (label === undefined) return [];
      const value = row[1] ?? missing(row, table);
      return [element(kind ?? 'other', label, value.span, 'cell', itemsOf(source, kind ?? 'other', [value]))];
    });
  }
  return table.header.flatMap((label, i) => {
    const kind = kindOf(plainOf(label.text));
    if (kind === undefined || kind === 'query') return [];
    const cells = table.rows.map((row) => row[i] ?? missing(row, table));
    const start = cells[0]?.span.start ?? table.span.end;
    const place = { start, end: cells.at(-1)?.span.end ?? start };
    return [element(kind, label, place, 'cell', itemsOf(source, kind, cells))];
  });
}

/** A paragraph such as "**Filters**:" that names the list behind it, or begins with its label: "**Attributes**: a, b". */
export function labelOf(source: string, text: PageText): { readonly kind: ElementKind; readonly label: Piece; readonly rest: PlainText | undefined } | undefined {
  const [plain] = plainItems(source, text.lines);
  if (plain === undefined || plain.text.length > 20_000) return undefined;
  const colon = plain.text.slice(0, 80).indexOf(':');
  const end = colon < 0 ? plain.text.trimEnd().length : colon;
  if (end === 0 || end > 80) return undefined;
  const words = plain.text.slice(0, end).trim();
  const rest = colon < 0 ? '' : plain.text.slice(colon + 1).trim();
  // "Filters to be applied before you run the query:" names a list by its first word.
  const kind = kindOf(words) ?? (colon >= 0 && rest === '' && !text.inList ? kindOf(words.split(' ')[0] ?? '') : undefined);
  if (kind === undefined) return undefined;
  const bold = /^[-*_\s>]*(?:\*\*|__)/.test(source.slice(text.span.start, text.span.start + 20));
  if (colon < 0 && !bold) return undefined;
  const label = { text: words, span: { start: text.span.start, end: text.span.start + Math.min(end, text.span.end - text.span.start) } };
  return { kind, label, rest: rest === '' ? undefined : slicePlain(plain, colon + 1, plain.text.length) };
}

/** An element whose values stand behind its label or in the list items below it. */
export function elementOfList(source: string, label: ReturnType<typeof labelOf> & object, texts: readonly PageText[]): PageElement {
  const parts = [...(label.rest === undefined ? [] : split(label.kind, [label.rest])), ...texts.flatMap((it) => split(label.kind, plainItems(source, it.lines)))];
  const items = parts.flatMap((it) => readItem(it) ?? []);
  const start = items[0]?.span.start ?? label.label.span.end;
  return element(label.kind, label.label, { start, end: items.at(-1)?.span.end ?? start }, 'list', items);
}

const split = (kind: ElementKind, plains: readonly PlainText[]): readonly PlainText[] =>
  kind === 'entities' || kind === 'attributes' ? plains.flatMap(splitAtCommas) : plains;

const itemsOf = (source: string, kind: ElementKind, cells: readonly TableCell[]): readonly ElementItem[] =>
  split(kind, cells.flatMap((it) => plainItems(source, [it.span]))).flatMap((it) => readItem(it) ?? []);

function element(kind: ElementKind, label: Piece, span: PageElement['span'], form: PageElement['form'], items: readonly ElementItem[]): PageElement {
  // What one item says by its words alone, the element says; several items are content.
  const [first] = items;
  const state = first === undefined ? 'empty' : items.length === 1 ? stateOf(first.text) : 'filled';
  return { kind, label: { text: plainOf(label.text), span: label.span }, span, form, state, items };
}
