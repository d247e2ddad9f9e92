/** Codes and labels in the conditions of a page, each with the choice that it meets. */
import { nameKey, type Choice, type ChoiceOption } from '../../model/model.ts';
import type { Clause, ElementItem, Literal } from '../../documents/index.ts';
import { judge, meaningElsewhere, type Verdict } from '../codes/judge.ts';
import { attributeOf, leaves, literalsOf, type AttributeName, type BlockContext, type Leaf } from './blocks.ts';

export interface PageCode {
  readonly leaf: Leaf;
  readonly clause: Clause;
  readonly item: ElementItem;
  readonly negated: boolean;
  readonly name: AttributeName;
  readonly choice: Choice;
  readonly literal: Literal;
  readonly verdict: Verdict;
}

/** Every literal that meets an attribute with a choice. */
export function* pageCodes(it: BlockContext): Generator<PageCode> {
  for (const { leaf, negated, clause, item } of leaves(it)) {
    const name = attributeOf(it, leaf.subject);
    const choice = name === undefined ? undefined : it.schema.choice(name.entity, name.attribute);
    if (name === undefined || choice === undefined) continue;
    for (const literal of literalsOf(leaf)) {
      const code = /^\d+$/.test(literal.text) ? String(BigInt(literal.text)) : literal.text;
      const [whole] = it.schema.wholes;
      const verdict = judge(choice, code, (digits) => (whole === undefined ? undefined : meaningElsewhere(whole.model, choice, undefined, digits)));
      yield { leaf, clause, item, negated, name, choice, literal, verdict };
    }
  }
}

/** Words of a label or a text, folded and cut to their stems: AgentReject and "Agent Rejected" have the same. */
export function stems(text: string): readonly string[] {
  return text.split(/(?<=[a-z0-9])(?=[A-Z])|[^\p{L}\p{N}]+/u).filter((it) => it !== '').map((it) => stem(nameKey(it)));
}

const endings = ['ing', 'ed', 'es', 's', 'e'];

function stem(word: string): string {
  for (const ending of endings) if (word.length > ending.length + 2 && word.endsWith(ending)) return undoubled(word.slice(0, -ending.length));
  return word;
}

/** "transferr" of "transferred" is "transfer". */
const undoubled = (word: string): string => (word.length > 3 && word.at(-1) === word.at(-2) && word.at(-1) !== 's' ? word.slice(0, -1) : word);

/** The option whose label a text speaks of: all words of the label stand in it; the longest label wins. */
export function spokenOption(choice: Choice, text: string): ChoiceOption | undefined {
  const spoken = new Set(stems(text));
  let best: ChoiceOption | undefined;
  for (const option of choice.options.values()) {
    const label = stems(option.label);
    if (label.length < 2 || !label.every((it) => spoken.has(it))) continue;
    if (best === undefined || label.length > stems(best.label).length) best = option;
  }
  return best;
}
