/** How a page writes its lists in cells: what stands between items and before each. */
import type { ElementKind, PageElement } from '../../documents/index.ts';

export interface CellStyle {
  /** Between two items. */
  readonly separator: string;
  /** Before each item. */
  readonly bullet: string;
}

type Listed = Extract<ElementKind, 'entities' | 'attributes' | 'filters'>;

/** As most pages of this kind are written. */
const usual: Readonly<Record<Listed, CellStyle>> = {
  entities: { separator: ', ', bullet: '' },
  attributes: { separator: ' <br> ', bullet: '- ' },
  filters: { separator: ' <br> ', bullet: '- ' },
};

/** The style of the first cell of the kind that holds several items; attributes and filters are written alike. */
export function styleOf(kind: Listed, elements: readonly PageElement[], text: string): CellStyle {
  const alike = elements.filter((it) => it.form === 'cell' && it.state === 'filled' && (it.kind === kind || (it.kind !== 'entities' && kind !== 'entities')));
  const models = [...alike].sort((a, b) => Number(b.kind === kind) - Number(a.kind === kind));
  const cells = models.map((it) => text.slice(it.span.start, it.span.end));
  for (const cell of cells) {
    const found = cellStyle(kind, cell);
    if (found !== undefined) return found;
  }
  return usual[kind];
}

/** The style of one cell; undefined where it holds one item, which tells none. */
export function cellStyle(kind: Listed, cell: string): CellStyle | undefined {
  const at = cell.search(/<br\b/i);
  if (at < 0) return kind !== 'filters' && cell.includes(',') ? { separator: ', ', bullet: '' } : undefined;
  const tag = /^<br\s{0,5}\/?>/i.exec(cell.slice(at, at + 16))?.[0] ?? '<br>';
  const before = cell[at - 1] === ' ' ? ' ' : '';
  const after = cell[at + tag.length] === ' ' ? ' ' : '';
  const bullet = /^[-*\u2022]\s?/.exec(cell.trimStart().slice(0, 2))?.[0] ?? '';
  return { separator: `${before}${tag}${after}`, bullet };
}
