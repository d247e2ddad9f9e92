/** What the elements of a block are to list, and what of it they do not. */
import { nameKey } from '../../model/model.ts';
import type { ElementItem, PageElement } from '../../documents/index.ts';
import { attributeOf, leavesOf, listedEntities, literalsOf, type BlockContext } from '../../lint/pages/blocks.ts';
import { inMarkdown } from './markdown.ts';
import type { Said } from './conditions.ts';
import type { BlockReads } from './reads.ts';

export type Listed = 'entities' | 'attributes' | 'filters';

/** The items of an element as a page writes them. */
export function listOf({ entities, attributes, filters }: BlockReads, kind: Listed): readonly string[] {
  return kind === 'filters' ? filters.map((it) => it.text) : (kind === 'entities' ? entities : attributes).map(inMarkdown);
}

/** The items that an element does not tell, in whatever words. */
export function lacking(block: BlockContext, { kind, items }: PageElement & { readonly kind: Listed }, reads: BlockReads): readonly string[] {
  if (kind === 'entities') {
    const there = listedEntities(block);
    return reads.entities.filter((it) => !there.has(nameKey(it))).map(inMarkdown);
  }
  if (kind === 'attributes') {
    const there = namedIn(block, items);
    return reads.attributes.filter((it) => !there.has(nameKey(it))).map(inMarkdown);
  }
  const told = new Set(items.flatMap((it) => toldBy(block, it)));
  const named = namedIn(block, items);
  const texts = items.map((it) => it.text.replaceAll('`', '').replace(/\s+/g, ' '));
  return reads.filters.filter((it) => !isTold(it, told, named, texts)).map((it) => it.text);
}

/** Attributes that items name, by `nameKey`. */
function namedIn(block: BlockContext, items: readonly ElementItem[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const reference of items.flatMap((it) => it.references)) {
    const name = attributeOf(block, reference);
    if (name !== undefined) found.add(nameKey(`${name.entity}.${name.attribute}`));
    else if (reference.entity !== undefined) found.add(nameKey(`${reference.entity.text}.${reference.attribute.text}`));
  }
  return found;
}

/** `entity.attribute value`, for each value that a condition of the item names. */
function toldBy(block: BlockContext, item: ElementItem): readonly string[] {
  return item.clauses.flatMap((clause) => leavesOf(clause.condition)).flatMap(({ leaf }) => {
    const name = attributeOf(block, leaf.subject);
    return name === undefined ? [] : literalsOf(leaf).map((it) => nameKey(`${name.entity}.${name.attribute} ${it.text}`));
  });
}

function isTold(it: Said, told: ReadonlySet<string>, named: ReadonlySet<string>, texts: readonly string[]): boolean {
  const plain = it.text.replaceAll('`', '');
  if (texts.some((text) => text.includes(plain))) return true;
  if (it.attributes.length === 0 || !it.attributes.every((attribute) => named.has(attribute))) return false;
  return it.values.every((value) => it.attributes.some((attribute) => told.has(nameKey(`${attribute} ${value}`))));
}
