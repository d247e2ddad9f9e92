/** Choice codes: literals that meet a column whose values are the codes of a choice. What is wrong with them, rules tell. */
import type { Argument, Expression, NumberLiteral, StringLiteral, TableConstructor } from '../../../../grammar/src/tree.ts';
import { quoteColumn, quoteTable } from '../../../../grammar/src/index.ts';
import { functionNamed } from '../../functions/index.ts';
import { nameKey, type Choice } from '../../model/model.ts';
import type { CodeUse } from '../bound.ts';
import { columnType, unwrap } from '../scope.ts';
import { familyOf, typeWord } from '../types.ts';
import { report, type BindContext, type Env, type ModelColumn } from './context.ts';

/** A column that holds codes, and the choice they are of. */
interface ChoiceColumn extends ModelColumn {
  readonly choice: Choice;
}

export type Literal = StringLiteral | NumberLiteral;

/** The choice column whose values an expression gives, where that is certain. */
export function choiceOf(ctx: BindContext, env: Env, expression: Expression): ChoiceColumn | undefined {
  const column = ctx.lineage.get(expression);
  const name = column?.column.choice;
  const choice = name === undefined ? undefined : env.names.model?.choices.get(nameKey(name));
  return choice === undefined || column === undefined ? undefined : { ...column, choice };
}

/** The literal that an expression is, through brackets and variables. */
export function literalOf(env: Env, expression: Expression): Literal | undefined {
  const it = heldBy(env, expression);
  return it.kind === 'string' || it.kind === 'number' ? it : negative(it);
}

/** Branches, variables and operands are followed no further than this. */
const mostSteps = 200;

/** The literals that an expression may give: its own, or those of the branches of IF, SWITCH and COALESCE. */
export function literalsOf(env: Env, expression: Expression): readonly Literal[] {
  const found: Literal[] = [];
  const pending: Argument[] = [expression];
  for (let steps = 0; steps < mostSteps; steps++) {
    const next = pending.pop();
    if (next === undefined) break;
    if (next.kind === 'omitted') continue;
    const it = heldBy(env, next);
    const literal = it.kind === 'string' || it.kind === 'number' ? it : negative(it);
    if (literal !== undefined) found.push(literal);
    else if (it.kind === 'call') pending.push(...[...branches(it.name, it.args)].reverse());
  }
  return found;
}

/** The table constructors whose rows a table may have: itself, what a variable holds, the inputs of UNION and its kin. */
export function constructorsOf(env: Env, table: Expression): readonly TableConstructor[] {
  const found: TableConstructor[] = [];
  const pending: Argument[] = [table];
  for (let steps = 0; steps < mostSteps; steps++) {
    const next = pending.pop();
    if (next === undefined) break;
    if (next.kind === 'omitted') continue;
    const it = heldBy(env, next);
    if (it.kind === 'constructor') found.push(it);
    else if (it.kind === 'call') {
      const spec = functionNamed(it.name)?.name ?? '';
      if (joining.has(spec)) pending.push(...[...it.args].reverse());
      else if (passing.has(spec)) pending.push(...it.args.slice(0, 1));
    }
  }
  return found;
}

const joining: ReadonlySet<string> = new Set(['UNION', 'INTERSECT', 'EXCEPT']);
const passing: ReadonlySet<string> = new Set(['DISTINCT', 'FILTER', 'KEEPFILTERS']);

/** What an expression is, brackets and variables apart. */
function heldBy(env: Env, expression: Expression): Expression {
  let it = unwrap(expression);
  for (let hops = 0; it.kind === 'name' && !it.name.quoted && hops < 20; hops++) {
    const value = env.variables.get(nameKey(it.name.text))?.value;
    if (value === undefined) return it;
    it = unwrap(value);
  }
  return it.kind === 'var' ? unwrap(it.body) : it;
}

/** `-1` is a code, too. */
function negative(it: Expression): NumberLiteral | undefined {
  if (it.kind !== 'unary' || it.operator !== '-' || it.operand.kind !== 'number') return undefined;
  const { value, text, integer } = it.operand;
  return { kind: 'number', span: it.span, value: -value, text: `-${text}`, integer };
}

function branches(name: string, args: readonly Argument[]): readonly Argument[] {
  switch (functionNamed(name)?.name) {
    case 'IF': case 'IF.EAGER': return args.slice(1);
    case 'SWITCH': return args.filter((_, i) => i > 0 && (i % 2 === 0 || (i === args.length - 1 && args.length % 2 === 0)));
    case 'COALESCE': return args;
    default: return [];
  }
}

/**
 * Records that a literal meets a choice column.
 *
 * @param how `order` comparisons may use bounds that are no codes; `search` looks for a code inside a text
 * @returns whether the literal is examined as a code, so that nothing more is said about its type
 */
export function useCode(ctx: BindContext, env: Env, it: ChoiceColumn, literal: Literal, how: CodeUse['how']): boolean {
  const text = literal.kind === 'string' ? literal.value.trim() : literal.text;
  // Empty text and 0 test for BLANK.
  if (text === '' || (text === '0' && !it.choice.options.has('0'))) return false;
  const code = codeOf(text);
  const option = it.choice.options.get(code);
  // The whole cell of a column with several codes is a code only where it holds one.
  const isList = it.column.multiSelect && how !== 'search';
  if (isList && option === undefined) return false;
  const seen = `${String(literal.span.start)} ${quoteTable(it.table.name)}${quoteColumn(it.column.name)}`;
  if (ctx.codesSeen.has(seen)) return !isList;
  ctx.codesSeen.add(seen);
  if (env.quiet) return !isList;
  ctx.codes.push({ span: literal.span, table: it.table, column: it.column, choice: it.choice, code, option, literal, how });
  if (!isList) checkBoolean(ctx, env, it, literal, how);
  return !isList;
}

/** The digits of a code as a choice has them: without leading zeros. */
export const codeOf = (text: string): string => (/^-?\d+$/.test(text) ? text.replace(/^(-?)0+(?=\d)/, '$1') : text);

function checkBoolean(ctx: BindContext, env: Env, it: ChoiceColumn, literal: Literal, how: CodeUse['how']): void {
  const type = columnType(env.names, it.table, it.column);
  if (how === 'search' || familyOf(type) !== 'boolean') return;
  const found = literal.kind === 'string' ? 'string' : 'int64';
  report(ctx, env, 'comparison-types', { left: typeWord(type), right: typeWord(found) }, literal.span);
}
