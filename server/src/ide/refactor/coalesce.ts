/** "Use COALESCE": IF(ISBLANK(x), y, x) says the same in fewer words. */
import type { Call, Expression } from '../../../../grammar/src/tree.ts';
import { needsOf } from './movable.ts';
import { bare, hasComment, innermost, same, textOf, type Refactoring, type Site } from './site.ts';

export function coalesce(site: Site): readonly Refactoring[] {
  const node = innermost(site, isIf);
  if (node === undefined || hasComment(site, node.span)) return [];
  const [test, yes, no] = node.args;
  if (test === undefined || yes === undefined || no === undefined || test.kind === 'omitted' || yes.kind === 'omitted' || no.kind === 'omitted') return [];
  const asked = askedForBlank(test);
  if (asked === undefined) return [];
  const [value, instead] = asked.negated ? [yes, no] : [no, yes];
  // What is random is another value the second time.
  if (!same(value, asked.value) || needsOf(site.reading, value).unknown) return [];
  if (asked.loose && !isZeroFor(site, value, instead)) return [];
  return [{
    id: 'coalesce', title: 'Use COALESCE', kind: 'rewrite',
    edits: () => [{ span: node.span, newText: `COALESCE(${textOf(site, bare(value))}, ${textOf(site, bare(instead))})` }],
  }];
}

const isIf = (it: Expression): it is Call => it.kind === 'call' && it.name.toUpperCase() === 'IF' && it.args.length === 3;

interface Asked {
  readonly value: Expression;
  readonly negated: boolean;
  /** By `=`, which takes zero, empty text and FALSE for BLANK too. */
  readonly loose: boolean;
}

/** ISBLANK(x), x = BLANK(), x == BLANK(), and what denies them. */
function askedForBlank(test: Expression): Asked | undefined {
  const it = bare(test);
  if (it.kind === 'unary' && it.operator === 'NOT') {
    const asked = askedForBlank(it.operand);
    return asked === undefined ? undefined : { ...asked, negated: !asked.negated };
  }
  if (it.kind === 'call' && it.name.toUpperCase() === 'ISBLANK' && it.args.length === 1) {
    const [value] = it.args;
    return value === undefined || value.kind === 'omitted' ? undefined : { value, negated: false, loose: false };
  }
  if (it.kind !== 'binary' || (it.operator !== '=' && it.operator !== '==' && it.operator !== '<>')) return undefined;
  const value = isBlank(it.right) ? it.left : isBlank(it.left) ? it.right : undefined;
  return value === undefined || isBlank(value) ? undefined : { value, negated: it.operator === '<>', loose: it.operator !== '==' };
}

function isBlank(expression: Expression): boolean {
  const it = bare(expression);
  return it.kind === 'call' && it.name.toUpperCase() === 'BLANK' && it.args.length === 0;
}

/** Whether zero in place of zero is no change: the value is a number, and 0 is what is put in its place. */
function isZeroFor({ reading }: Site, value: Expression, instead: Expression): boolean {
  const type = reading.bound.typeOf(bare(value));
  const it = bare(instead);
  const isNumber = type.kind === 'scalar' && (type.type === 'int64' || type.type === 'double' || type.type === 'decimal');
  return isNumber && it.kind === 'number' && it.value === 0;
}
