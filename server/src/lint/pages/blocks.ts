/** The metric blocks of a page with the schema that their names belong to, and the conditions in them. */
import { pageElements, type Clause, type Condition, type ElementItem, type ElementKind, type MetricBlock, type PageElement, type Reference } from '../../documents/index.ts';
import { nameKey } from '../../model/model.ts';
import type { PageContext, PageReading, PageSegment } from '../context.ts';
import { schemaOf, type Schema } from './schema.ts';

/** A block where some model is known, and what it says. */
export interface BlockContext {
  readonly block: MetricBlock;
  readonly schema: Schema;
}

const blocksOfPage = new WeakMap<PageContext, readonly BlockContext[]>();

/** Blocks in order of place; those that belong to no known model are left out. */
export function blocksOf(ctx: PageContext): readonly BlockContext[] {
  let found = blocksOfPage.get(ctx);
  if (found === undefined) {
    const schemas = new Map<string, Schema>();
    found = pageElements(ctx.page, ctx.text).blocks.flatMap((block): readonly BlockContext[] => {
      const fence = ctx.fences.find((it) => it.region === block.fences[0]?.region);
      const named = fence?.segments.flatMap((it) => it.readings.map((reading) => reading.whole)) ?? [];
      const wholes = named.length > 0 ? [...new Set(named)] : ctx.modelsAt({ headingPath: block.headingPath, tabId: block.tabId });
      const key = wholes.map((it) => it.model.uri + it.model.name).join('\u0000');
      let schema = schemas.get(key);
      if (schema === undefined) schemas.set(key, (schema = schemaOf(wholes)));
      return wholes.length === 0 ? [] : [{ block, schema }];
    });
    blocksOfPage.set(ctx, found);
  }
  return found;
}

export const elementsOf = ({ block }: BlockContext, kind: ElementKind): readonly PageElement[] => block.elements.filter((it) => it.kind === kind);

export const itemsOf = (it: BlockContext, ...kinds: readonly ElementKind[]): readonly ElementItem[] =>
  it.block.elements.filter((element) => kinds.includes(element.kind)).flatMap((element) => element.items);

/** Entities that the block lists, by `nameKey`. */
export const listedEntities = (it: BlockContext): ReadonlySet<string> =>
  new Set(itemsOf(it, 'entities').flatMap(({ head }) => (head === undefined ? [] : [nameKey(head.entity?.text ?? head.attribute.text)])));

/** An attribute that a name stands for. */
export interface AttributeName {
  readonly entity: string;
  readonly attribute: string;
}

/**
 * The attribute that a name leads to: as it is qualified; alone, that of the one listed entity that has it.
 *
 * @returns undefined where no entity, or more than one, has an attribute of this name
 */
export function attributeOf(it: BlockContext, reference: Reference): AttributeName | undefined {
  if (reference.form === 'column') return undefined;
  const name = reference.attribute.text;
  if (reference.entity !== undefined) return it.schema.entity(reference.entity.text) === undefined ? undefined : { entity: reference.entity.text, attribute: name };
  const having = it.schema.entitiesWith(name);
  const listed = listedEntities(it);
  const near = having.filter((entity) => listed.has(nameKey(entity.name)));
  const [only] = near.length > 0 ? near : having;
  return only !== undefined && (near.length === 1 || (near.length === 0 && having.length === 1)) ? { entity: only.name, attribute: name } : undefined;
}

/** A part of a condition that asks one thing of one name. */
export type Leaf = Extract<Condition, { readonly subject: Reference }>;

/** The parts of a condition, with whether a NOT around them turns their answer. */
export function leavesOf(condition: Condition): readonly { readonly leaf: Leaf; readonly negated: boolean }[] {
  switch (condition.kind) {
    case 'and':
    case 'or': return condition.parts.flatMap(leavesOf);
    case 'not': return leavesOf(condition.part).map(({ leaf, negated }) => ({ leaf, negated: !negated }));
    case 'prose': return [];
    default: return [{ leaf: condition, negated: false }];
  }
}

/** Every part of every condition of the block's elements. */
export function* leaves(it: BlockContext): Generator<{ readonly leaf: Leaf; readonly negated: boolean; readonly clause: Clause; readonly item: ElementItem }> {
  for (const item of it.block.elements.flatMap((element) => element.items)) {
    for (const clause of item.clauses) for (const part of leavesOf(clause.condition)) yield { ...part, clause, item };
  }
}

/** The literals that a part compares its subject with. */
export const literalsOf = (leaf: Leaf) =>
  leaf.kind === 'in' ? leaf.values : leaf.kind === 'between' ? [leaf.low, leaf.high] : leaf.kind === 'null' ? [] : [leaf.value];

/** The readings of the definitions in the block's fences. */
export const definitionsOf = (ctx: PageContext, { block }: BlockContext): readonly { readonly segment: PageSegment; readonly readings: readonly PageReading[] }[] =>
  ctx.fences.filter((fence) => block.fences.some((it) => it.region === fence.region))
    .flatMap((fence) => fence.segments.map((segment) => ({ segment, readings: segment.readings })));
