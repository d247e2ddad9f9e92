/** Conditions of a page that let every code through. */
import { attributeOf, literalsOf, type BlockContext, type Leaf } from './blocks.ts';

export const keepsAll = (it: BlockContext, leaf: Leaf): boolean => keptCodes(it, leaf) !== undefined;

/** How many codes the choice has, where the condition holds for all of them. */
export function keptCodes(it: BlockContext, leaf: Leaf): number | undefined {
  if ((leaf.kind !== 'between' && leaf.kind !== 'in') || leaf.negated) return undefined;
  const name = attributeOf(it, leaf.subject);
  const choice = name === undefined ? undefined : it.schema.choice(name.entity, name.attribute);
  if (choice === undefined || choice.partial === true || choice.options.size < 2) return undefined;
  const values = literalsOf(leaf).map((literal) => Number(literal.text));
  const holds = leaf.kind === 'between'
    ? (code: number): boolean => code >= (values[0] ?? NaN) && code <= (values[1] ?? NaN)
    : (code: number): boolean => values.includes(code);
  return [...choice.options.values()].every((option) => holds(option.value)) ? choice.options.size : undefined;
}
