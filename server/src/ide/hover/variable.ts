/** Hovers of names that an expression itself introduces: variables and added columns. */
import type { Segment } from '../../../../grammar/src/tree.ts';
import { assertNever } from '../../base/assertNever.ts';
import type { StaticType, Target } from '../../analysis/bound.ts';
import type { Reading } from '../../workspace/types.ts';
import { asText, daxBlock } from '../markdown.ts';

/** Characters of a variable's expression that are shown. */
const longestExpression = 1_000;

export function variableHover(target: Extract<Target, { kind: 'variable' }>, reading: Reading, segment: Segment): string {
  const { start, end } = target.value.span;
  const whole = segment.text.slice(start, end);
  const text = whole.length > longestExpression ? `${whole.slice(0, longestExpression)} …` : whole;
  const type = typeWords(reading.bound.typeOf(target.value));
  return `Variable ${asText(target.name)}${type === undefined ? '' : `, ${type}`}\n\n${daxBlock(text)}`;
}

export const extensionHover = (target: Extract<Target, { kind: 'extension' }>): string =>
  `Column ${asText(target.name)}, added by an expression`;

function typeWords(type: StaticType): string | undefined {
  switch (type.kind) {
    case 'table': return 'a table';
    case 'scalar': return type.type === 'unknown' || type.type === 'variant' || type.type === 'blank' ? undefined : type.type;
    case 'unknown': return undefined;
    default: return assertNever(type);
  }
}
