// The peers' files: a style sheet and a YAML document of the same number of lines, in definitions of about the same size,
// one in fifty of them with a slip.
import { randomFrom } from './random.mjs';

/** @typedef {import('./metrics.mjs').Block} Block */

const parts = ['card', 'panel', 'toolbar', 'list', 'badge', 'dialog', 'field', 'menu', 'tab', 'banner'];

/**
 * Rules that read custom properties which other rules set.
 *
 * @param {{ lines: number, seed: number }} options
 * @returns {readonly Block[]}
 */
export function styleSheet({ lines, seed }) {
  const random = randomFrom(seed);
  return blocksOf(lines, (i, names) => {
    const name = `--${random.pick(parts)}-space-${i}`;
    const reads = [0, 1].flatMap(() => (names.length === 0 ? [] : [random.pick(names)]));
    const read = (k, otherwise) => (reads[k] === undefined ? otherwise : `var(${reads[k]})`);
    const text = `/* ${name}: space around the ${random.pick(parts)}, as the style guide asks. */
.${random.pick(parts)}-${i} > .${random.pick(parts)}:hover,
#${random.pick(parts)}-${i}[data-state="open"] {
  ${name}: ${random.below(40)}px;
  margin: ${read(0, '2px')} ${random.below(9)}em 0 auto;
  padding: calc(${read(1, '4px')} + ${random.below(20)}px);
  ${random.chance(0.02) ? 'colour' : 'color'}: rgb(${random.below(256)} ${random.below(256)} ${random.below(256)} / ${random.below(100)}%);
  border: 1px solid #${(random.below(0xffffff) + 0x1000000).toString(16).slice(1)};
}

`;
    const nameAt = text.indexOf(`  ${name}:`) + 2;
    return { name, reads, text, nameAt, bodyAt: text.indexOf('\n', nameAt) };
  });
}

/**
 * Entries that name one another in text. There are no anchors: resolving a thousand of them costs the peer minutes,
 * which would say little about its speed.
 *
 * @param {{ lines: number, seed: number }} options
 * @returns {readonly Block[]}
 */
export function yamlDocument({ lines, seed }) {
  const random = randomFrom(seed);
  return blocksOf(lines, (i, names) => {
    const name = `${random.pick(parts)}_${i}`;
    const reads = names.length === 0 ? [] : [random.pick(names)];
    const comment = `# ${name}: as the monthly report counts it\n`;
    const text = `${comment}${name}:
  title: The ${random.pick(parts)} of number ${random.below(1000)}
  limits: { low: ${random.below(50)}, high: ${50 + random.below(50)} }
  codes: ["192350001", "192350002", ${random.below(9)}]
  ${random.chance(0.02) ? 'title' : 'base'}: ${reads[0] ?? 'none'}
  enabled: ${random.chance(0.5)}
  note: "counted once a session"

`;
    return { name, reads, text, nameAt: comment.length, bodyAt: text.indexOf('  title') };
  });
}

function blocksOf(lines, make) {
  /** @type {Block[]} */
  const blocks = [];
  const names = [];
  for (let length = 0; length < lines;) {
    const block = make(blocks.length, names);
    blocks.push(block);
    names.push(block.name);
    length += block.text.split('\n').length - 1;
  }
  return blocks;
}
