/** Writing into the scalars of a YAML or JSON file, in the style in which they are written. */
import type { LocatedNode, LocatedScalar, ScalarStyle } from './located/node.ts';
import { parseByName } from './modelFile.ts';

const known = new WeakMap<object, readonly LocatedScalar[]>();

/**
 * How the scalar is written that an offset of a model file lies in.
 *
 * @param owner the scalars are kept as long as this is
 */
export function scalarStyleAt(owner: object, uri: string, text: string, offset: number): ScalarStyle | undefined {
  let scalars = known.get(owner);
  if (scalars === undefined) known.set(owner, (scalars = scalarsOf(parseByName(uri, text).root)));
  return scalars.find(({ span }) => span.start <= offset && offset <= span.end)?.style;
}

function scalarsOf(root: LocatedNode | undefined): readonly LocatedScalar[] {
  const found: LocatedScalar[] = [];
  const pending: LocatedNode[] = root === undefined ? [] : [root];
  for (let it = pending.pop(); it !== undefined; it = pending.pop()) {
    if (it.kind === 'scalar') found.push(it);
    else pending.push(...(it.kind === 'list' ? it.items : it.entries.map((entry) => entry.value)));
  }
  return found;
}

/** Where a character is written that a map leads to by the last sign of its escape. */
export function writtenStart(text: string, style: ScalarStyle, at: number): number {
  if (style === 'single') return text[at] === "'" ? at - 1 : at;
  if (style !== 'double') return at;
  for (const length of [2, 4, 6, 10]) {
    const start = at + 1 - length;
    if (!escape.test(text.slice(Math.max(0, start), at + 1))) continue;
    let backslashes = 0;
    while (text[start - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return start;
  }
  return at;
}

const escape = /^\\(?:[^xuU\n]|x[\da-f]{2}|u[\da-f]{4}|U[\da-f]{8})$/i;

/** A stretch of text as it stands inside a scalar of this style. Plain and block scalars have no escapes. */
export function inScalar(text: string, style: ScalarStyle): string {
  switch (style) {
    case 'double': return JSON.stringify(text).slice(1, -1);
    case 'single': return text.replaceAll("'", "''");
    case 'plain':
    case 'literal':
    case 'folded': return text;
  }
}

/** A whole key or value: as it was written where that can hold the text, else in double quotes. */
export function asScalar(text: string, style: ScalarStyle): string {
  if (style === 'single') return `'${inScalar(text, style)}'`;
  return style === 'plain' && isPlain(text) ? text : JSON.stringify(text);
}

/** Whether a text means itself without quotes, in a key, a value, braces and brackets alike. */
const isPlain = (text: string): boolean =>
  /^[\p{L}_][\p{L}\p{N}_ ().%/+-]*$/u.test(text) && !text.endsWith(' ') && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text);
