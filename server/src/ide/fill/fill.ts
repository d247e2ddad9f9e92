/**
 * "Fill from definition": what a page leaves open of a metric, written from its DAX and the model's `dataverse:`.
 *
 * Prose is kept: only empty cells and placeholders are filled. What a filled cell lacks is added where that is asked for.
 */
import { touches, type Span } from '../../base/spans.ts';
import { pageElements, type PageElement } from '../../documents/index.ts';
import type { TextEdit } from '../../findings/finding.ts';
import type { PageContext } from '../../lint/index.ts';
import { blocksOf, type BlockContext } from '../../lint/pages/blocks.ts';
import type { Workspace } from '../../workspace/types.ts';
import { blockReads, type BlockReads } from './reads.ts';
import { lacking, listOf, type Listed } from './lacking.ts';
import { isOpen, rootsOf, writtenDefinition } from './roots.ts';
import { cellStyle, styleOf } from './style.ts';

export interface FillAction {
  readonly title: string;
  /** `fill`: what is empty; `add`: what filled cells lack. */
  readonly kind: 'fill' | 'add';
  /** The block. */
  readonly span: Span;
  readonly edits: readonly TextEdit[];
}

/** Actions of the metric blocks that a selection touches. */
export async function fillActions(workspace: Workspace, uri: string, selection: Span): Promise<readonly FillAction[]> {
  const page = await workspace.page(uri);
  if (page === undefined) return [];
  const touched = blocksOf(page).filter(({ block: { span } }) =>
    touches(span, selection.start) || touches(span, selection.end) || (selection.start <= span.start && span.end <= selection.end));
  return touched.flatMap((it): readonly FillAction[] => {
    const fill = fillEdits(page, it);
    const add = addEdits(page, it);
    const { span } = it.block;
    return [
      ...(fill.length === 0 ? [] : [{ title: 'Fill from definition', kind: 'fill' as const, span, edits: fill }]),
      ...(add.length === 0 ? [] : [{ title: 'Add what is missing', kind: 'add' as const, span, edits: add }]),
    ];
  });
}

const readsOf = (page: PageContext, it: BlockContext): BlockReads | undefined => {
  const roots = rootsOf(page, it);
  return roots.length === 0 ? undefined : blockReads(roots, it.schema);
};

/** Elements that list what a metric reads. */
const listed = ({ block }: BlockContext): readonly (PageElement & { readonly kind: Listed })[] =>
  block.elements.filter((it): it is PageElement & { readonly kind: Listed } => it.kind === 'entities' || it.kind === 'attributes' || it.kind === 'filters');

/** What is empty or a placeholder, the fence of a metric that the model defines included. */
function fillEdits(page: PageContext, it: BlockContext): readonly TextEdit[] {
  const open = listed(it).filter((element) => isOpen(element.state));
  const definition = writtenDefinition(page, it);
  if (open.length === 0 && definition === undefined) return [];
  const reads = readsOf(page, it);
  if (reads === undefined) return [];
  const edits = open.flatMap((element) => {
    const items = listOf(reads, element.kind);
    const isNone = element.kind === 'filters' && items.length === 0 && reads.entities.length > 0;
    return items.length === 0 && !isNone ? [] : [filled(page, element, isNone ? undefined : items)];
  });
  return definition === undefined ? edits : [definition, ...edits];
}

/** @param items undefined: there are none */
function filled(page: PageContext, element: PageElement & { readonly kind: Listed }, items: readonly string[] | undefined): TextEdit {
  const { text } = page;
  const content = items === undefined ? 'None' : inForm(page, element, items);
  const { start, end } = element.span;
  if (end > start && !text.slice(start, end).includes('|')) return { span: { start, end }, newText: content };
  if (start === element.label.span.end) {
    // A list has nothing yet, or a row ends with its label.
    return { span: { start, end: start }, newText: element.form === 'list' ? ` ${content}` : ` | ${content}` };
  }
  // The blanks of an empty cell are its two edges.
  const isBlank = (at: number): boolean => text[at] === ' ' || text[at] === '\t';
  let [from, to] = [start, start];
  while (isBlank(from - 1)) from--;
  while (isBlank(to)) to++;
  return { span: { start: from, end: to }, newText: ` ${content} ` };
}

function inForm(page: PageContext, { kind, form }: PageElement & { readonly kind: Listed }, items: readonly string[]): string {
  if (form === 'list') return items.join(', ');
  const all = pageElements(page.page, page.text).blocks.flatMap((block) => block.elements);
  const { separator, bullet } = styleOf(kind, all, page.text);
  return items.map((it) => bullet + inCell(it)).join(separator);
}

/** A pipe would end the cell, in code spans too. */
const inCell = (text: string): string => text.replace(/\\?\|/g, '\\|');

/** What filled cells and lists do not tell. */
function addEdits(page: PageContext, it: BlockContext): readonly TextEdit[] {
  const elements = listed(it).filter((element) => !isOpen(element.state));
  const reads = elements.length === 0 ? undefined : readsOf(page, it);
  if (reads === undefined) return [];
  return elements.flatMap((element) => {
    const items = lacking(it, element, reads);
    return items.length === 0 ? [] : [element.state === 'none' ? filled(page, element, items) : added(page, element, items)];
  });
}

function added(page: PageContext, element: PageElement & { readonly kind: Listed }, items: readonly string[]): TextEdit {
  const { text } = page;
  const { start, end } = element.span;
  const span = { start: end, end };
  if (element.form === 'cell') {
    const own = text.slice(start, end);
    const all = pageElements(page.page, text).blocks.flatMap((block) => block.elements);
    const { separator, bullet } = cellStyle(element.kind, own) ?? styleOf(element.kind, all, text);
    return { span, newText: items.map((it) => separator + bullet + inCell(it)).join('') };
  }
  const line = text.slice(text.lastIndexOf('\n', end - 1) + 1, end);
  const mark = /^[\s>]{0,20}(?:[-*+]|\d{1,9}[.)])\s{1,4}/.exec(line)?.[0];
  return { span, newText: mark === undefined ? items.map((it) => `, ${it}`).join('') : items.map((it) => `\n${mark}${it}`).join('') };
}
