/**
 * Which codes of a choice a condition keeps.
 *
 * A condition is understood where it compares one expression, whose values are those of a choice column, with literals:
 * `=`, `==`, `<>`, `<`, `IN`, ISBLANK, joined by AND, OR and NOT. Of anything else nothing is said. BLANK is one more
 * value besides the codes: `= ""` and `= 0` meet it, `==` does not.
 */
import { canonicalExpression } from '../../../../grammar/src/index.ts';
import type { Argument, Binary, Call, Expression } from '../../../../grammar/src/tree.ts';
import { codeOf } from '../../analysis/bind/codes.ts';
import { nameKey, type Choice, type Column, type Table } from '../../model/model.ts';
import type { SegmentContext } from '../context.ts';
import { argumentAt, unwrap, valueOf } from '../tree.ts';

/** What is compared: the same text in the same place gives the same value. */
export interface Subject {
  readonly key: string;
  readonly expression: Expression;
  readonly table: Table;
  readonly column: Column;
  readonly choice: Choice;
}

export interface Kept {
  readonly subject: Subject;
  readonly codes: ReadonlySet<string>;
  readonly blank: boolean;
  /** Whether a code or a bound is named; a mere test for BLANK names none. */
  readonly namesCode: boolean;
}

/** The choice column whose values an expression gives, where a cell holds one code and all codes are known. */
export function subjectOf(ctx: SegmentContext, expression: Expression): Subject | undefined {
  const it = unwrap(expression);
  const found = ctx.bound.columnOf(it);
  const choice = found?.column.choice === undefined ? undefined : ctx.model.choices.get(nameKey(found.column.choice));
  if (found === undefined || choice === undefined || choice.partial === true || found.column.multiSelect) return undefined;
  return { key: canonicalExpression(it), expression: it, ...found, choice };
}

/** @returns undefined where the condition is not understood */
export function keptBy(ctx: SegmentContext, condition: Expression): Kept | undefined {
  const it = unwrap(condition);
  if (it.kind === 'unary' && it.operator === 'NOT') return complement(keptBy(ctx, it.operand));
  if (it.kind === 'binary') {
    switch (it.operator) {
      case '&&': case '||': return combined(ctx, it);
      case 'IN': return list(ctx, it.left, it.right);
      case '=': case '==': case '<>': case '<': case '>': case '<=': case '>=':
        return comparison(ctx, it.left, it.right, it.operator) ?? comparison(ctx, it.right, it.left, mirrored[it.operator]);
      default: return undefined;
    }
  }
  return it.kind === 'call' ? byCall(ctx, it) : undefined;
}

/** Operands of a chain of `&&` and AND, or of `||` and OR, in order. */
export function operandsOf(condition: Expression, joint: 'and' | 'or'): readonly Expression[] {
  const found: Expression[] = [];
  const pending: Argument[] = [condition];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.kind === 'omitted') continue;
    const it = unwrap(next);
    if (it.kind === 'binary' && it.operator === (joint === 'and' ? '&&' : '||')) pending.push(it.right, it.left);
    else if (it.kind === 'call' && it.name.toUpperCase() === joint.toUpperCase()) pending.push(...[...it.args].reverse());
    else found.push(it);
  }
  return found;
}

/** What is kept by all conditions on one subject, or by any of them. */
export function join(parts: readonly Kept[], joint: 'and' | 'or'): Kept | undefined {
  const [first, ...rest] = parts;
  if (first === undefined) return undefined;
  return rest.reduce((all, it): Kept => ({
    subject: all.subject,
    codes: new Set(joint === 'and' ? [...all.codes].filter((code) => it.codes.has(code)) : [...all.codes, ...it.codes]),
    blank: joint === 'and' ? all.blank && it.blank : all.blank || it.blank,
    namesCode: all.namesCode || it.namesCode,
  }), first);
}

export const keepsNothing = (it: Kept): boolean => it.codes.size === 0 && !it.blank;
export const keepsAll = (it: Kept): boolean => it.codes.size === it.subject.choice.options.size;

const mirrored = { '=': '=', '==': '==', '<>': '<>', '<': '>', '>': '<', '<=': '>=', '>=': '<=' } as const;
type Comparison = keyof typeof mirrored;

function combined(ctx: SegmentContext, it: Binary): Kept | undefined {
  const joint = it.operator === '&&' ? 'and' : 'or';
  return joined(operandsOf(it, joint).map((part) => keptBy(ctx, part)), joint);
}

function joined(parts: readonly (Kept | undefined)[], joint: 'and' | 'or'): Kept | undefined {
  const known = parts.filter((it) => it !== undefined);
  const key = known[0]?.subject.key;
  return known.length === parts.length && known.every((it) => it.subject.key === key) ? join(known, joint) : undefined;
}

function byCall(ctx: SegmentContext, it: Call): Kept | undefined {
  const first = argumentAt(it, 0);
  switch (it.name.toUpperCase()) {
    case 'NOT':
      return first === undefined ? undefined : complement(keptBy(ctx, first));
    case 'AND': case 'OR': {
      const joint = it.name.toUpperCase() === 'AND' ? 'and' : 'or';
      return joined(operandsOf(it, joint).map((part) => keptBy(ctx, part)), joint);
    }
    case 'ISBLANK': {
      const subject = first === undefined ? undefined : subjectOf(ctx, first);
      return subject === undefined ? undefined : { subject, codes: new Set(), blank: true, namesCode: false };
    }
    case 'CONTAINSROW': {
      const value = argumentAt(it, 1);
      return first === undefined || value === undefined || it.args.length !== 2 ? undefined : list(ctx, value, first);
    }
    default:
      return undefined;
  }
}

function complement(it: Kept | undefined): Kept | undefined {
  if (it === undefined) return undefined;
  const codes = new Set([...it.subject.choice.options.keys()].filter((code) => !it.codes.has(code)));
  return { ...it, codes, blank: !it.blank };
}

function list(ctx: SegmentContext, value: Expression, table: Expression): Kept | undefined {
  const subject = subjectOf(ctx, value);
  const rows = valueOf(ctx, table);
  if (subject === undefined || rows.kind !== 'constructor') return undefined;
  return joined(rows.rows.map((row) => (row.kind === 'omitted' ? undefined : equal(ctx, subject, row, true))), 'or');
}

function comparison(ctx: SegmentContext, left: Expression, right: Expression, operator: Comparison): Kept | undefined {
  const subject = subjectOf(ctx, left);
  if (subject === undefined) return undefined;
  switch (operator) {
    case '=': return equal(ctx, subject, right, false);
    case '==': return equal(ctx, subject, right, true);
    case '<>': return complement(equal(ctx, subject, right, false));
    case '<': case '>': case '<=': case '>=': return ordered(ctx, subject, right, operator);
  }
}

/** @param isStrict whether BLANK is met by BLANK() only */
function equal(ctx: SegmentContext, subject: Subject, value: Expression, isStrict: boolean): Kept | undefined {
  const it = valueOf(ctx, value);
  const none: Kept = { subject, codes: new Set(), blank: false, namesCode: false };
  if (it.kind === 'call' && it.name.toUpperCase() === 'BLANK') return { ...none, blank: true };
  const text = it.kind === 'string' ? it.value.trim() : it.kind === 'number' ? it.text : undefined;
  if (text === undefined) return undefined;
  const code = codeOf(text);
  if (subject.choice.options.has(code)) {
    return { ...none, codes: new Set([code]), blank: !isStrict && code === '0' && it.kind === 'number', namesCode: true };
  }
  const meetsBlank = it.kind === 'string' ? it.value === '' : it.kind === 'number' && it.value === 0;
  return meetsBlank ? { ...none, blank: !isStrict } : undefined;
}

/** Whole numbers only: codes that are text are ordered as text, which nobody means. */
function ordered(ctx: SegmentContext, subject: Subject, bound: Expression, operator: '<' | '>' | '<=' | '>='): Kept | undefined {
  const it = valueOf(ctx, bound);
  if (it.kind !== 'number' || subject.column.type === 'string') return undefined;
  const holds = (value: number): boolean => {
    switch (operator) {
      case '<': return value < it.value;
      case '>': return value > it.value;
      case '<=': return value <= it.value;
      case '>=': return value >= it.value;
    }
  };
  const codes = new Set([...subject.choice.options].flatMap(([code, option]) => (holds(option.value) ? [code] : [])));
  return { subject, codes, blank: holds(0), namesCode: it.value !== 0 };
}
