/** The codes of a segment, each with what it is in its column. */
import { quoteString } from '../../../../grammar/src/index.ts';
import type { CodeUse } from '../../analysis/bound.ts';
import { familyOf } from '../../analysis/types.ts';
import type { Fix } from '../../findings/finding.ts';
import type { ChoiceOption } from '../../model/model.ts';
import type { SegmentContext } from '../context.ts';
import { columnText, judge, meaningElsewhere, type Verdict } from './judge.ts';

export interface JudgedUse {
  readonly use: CodeUse;
  readonly verdict: Verdict;
  /** `T[c]`. */
  readonly column: string;
  /** The literal as a message shows it. */
  readonly shown: string;
}

const judged = new WeakMap<CodeUse, Verdict>();

/** Codes that are compared for equality, or sought in a text where they are as long as a code. */
export function judgedUses(ctx: SegmentContext): readonly JudgedUse[] {
  return ctx.bound.codes.filter(isMeant).map((use): JudgedUse => {
    let verdict = judged.get(use);
    if (verdict === undefined) {
      verdict = judge(use.choice, use.code, (code) => meaningElsewhere(ctx.model, use.choice, use.table, code));
      judged.set(use, verdict);
    }
    const { literal } = use;
    const shown = literal.kind === 'string' ? quoteString(literal.value) : literal.text;
    return { use, verdict, column: columnText(use.table, use.column), shown };
  });
}

/** A bound of a range need be no code, nor need a part of a code that is sought. */
function isMeant({ how, code, choice, option }: CodeUse): boolean {
  // A choice of which only some codes are known may have any other number.
  if (choice.partial === true && option === undefined && /^-?\d+$/.test(code)) return false;
  if (option !== undefined || how === 'equal') return true;
  if (how === 'order' || code.length < 4 || !/^\d+$/.test(code)) return false;
  for (const known of choice.options.keys()) if (known.length === code.length) return true;
  return false;
}

/** A code as DAX in the type of its column; in the type of the literal where that of the column is not known. */
export function writtenCode({ use }: JudgedUse, option: ChoiceOption): string {
  const family = familyOf(use.column.type ?? 'unknown');
  const isNumber = family === 'number' || (family === undefined && use.literal.kind === 'number');
  return isNumber ? String(option.value) : quoteString(String(option.value));
}

/** Fixes that put another code in the place of the literal. */
export const replacements = (it: JudgedUse, options: readonly ChoiceOption[], isCertain: boolean): readonly Fix[] =>
  options.map((option, i): Fix => {
    const newText = writtenCode(it, option);
    const title = `Change to ${newText} (${option.label})`;
    const edits = [{ span: it.use.span, newText }];
    return isCertain && i === 0 ? { title, preferred: true, edits } : { title, edits };
  });
