// Edits of a file of definitions, at random places: half of them within one definition, half of what others see.
import { randomFrom } from './random.mjs';

/** @typedef {{ readonly offset: number, readonly removed: string, readonly inserted: string }} Edit */

/**
 * A file that is edited. What one edit breaks for others a later one mends, so that a long run stays realistic.
 *
 * @param {readonly import('./metrics.mjs').Block[]} blocks
 * @param {number} seed
 */
export function editedFile(blocks, seed) {
  const random = randomFrom(seed);
  const parts = blocks.map((it) => it.text);
  const read = new Set(blocks.flatMap((it) => it.reads));
  const shared = blocks.flatMap((it, i) => (read.has(it.name) ? [i] : []));
  const numbered = blocks.flatMap((it, i) => (number.test(it.text.slice(it.bodyAt)) ? [i] : []));
  /** What mends the last edit that others see. */
  let broken = { index: -1, at: 0, removed: '', inserted: '' };
  let turn = 0;

  /** @returns {Edit} */
  const replace = ({ index, at, removed, inserted }) => {
    const offset = parts.slice(0, index).reduce((sum, it) => sum + it.length, 0) + at;
    const text = parts[index];
    parts[index] = text.slice(0, at) + inserted + text.slice(at + removed.length);
    return { offset, removed, inserted };
  };
  const within = () => {
    let index;
    do index = random.pick(numbered); while (index === broken.index);
    const { bodyAt } = blocks[index];
    const match = number.exec(parts[index].slice(bodyAt));
    if (match === null) throw new Error('an edit took the number away');
    const [removed] = match;
    return replace({ index, at: bodyAt + match.index, removed, inserted: `${removed.slice(0, -1)}${1 + random.below(9)}` });
  };
  const seen = () => {
    const { index, at, removed, inserted } = broken;
    if (index >= 0) {
      broken = { ...broken, index: -1 };
      return replace({ index, at, removed: inserted, inserted: removed });
    }
    const next = random.pick(shared);
    const { name, nameAt } = blocks[next];
    broken = random.chance(0.5)
      ? { index: next, at: 0, removed: parts[next], inserted: '' }
      : { index: next, at: nameAt, removed: name, inserted: `${name}x` };
    return replace(broken);
  };
  return {
    text: () => parts.join(''),
    /** Edits within a definition and edits that others see take turns. */
    next: () => (turn++ % 2 === 0 ? within() : seen()),
  };
}

/** A number of which the last digit may change: no name holds it, and the text stays as long as it is. */
const number = /(?<![\w-])(?:[1-9]\d?|19\d{7})(?![\w%])/;
