/** A test for BLANK that says the opposite of what the model says a missing value means. */
import type { Call, Expression } from '../../../../grammar/src/tree.ts';
import { nameKey, type Column, type RowValue, type Table } from '../../model/model.ts';
import { columnText } from '../codes/judge.ts';
import type { SegmentContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { argumentAt, parentOf, unwrap, valueOf, visit } from '../tree.ts';
import { operandsOf } from '../codes/kept.ts';

export const nullMeaning = defineRule({
  id: 'null-meaning',
  category: 'code',
  severity: 'error',
  help: 'The model says what a missing and a present value of a column mean (nulls). This expression takes the one for the other: the test for BLANK is the wrong way round.',
  bad: 'M = COUNTROWS(FILTER(FactSession, IF(ISBLANK(FactSession[BotId]), "a bot", "a person") = "a bot"))',
  good: 'M = COUNTROWS(FILTER(FactSession, IF(ISBLANK(FactSession[BotId]), "a person", "a bot") = "a bot"))',
  messages: {
    default: (p: { column: string; state: string; meaning: string; found: string }) =>
      `${p.state} in ${p.column} means ${p.meaning}, yet this gives ${p.found}.`,
    together: (p: { column: string; state: string; meaning: string; other: string; wanted: string }) =>
      `${p.state} in ${p.column} means ${p.meaning} for ${p.other}; here it is kept together with ${p.wanted}.`,
  },
  segment(ctx, report) {
    visit(ctx, (node) => {
      if (node.kind === 'call' && node.name.toUpperCase() === 'IF') {
        for (const it of branchesOf(ctx, node)) {
          const { column } = it.test;
          if (!isOpposite(column, it.isBlank, it.value)) continue;
          report('default', { ...told(it.test, column, it.isBlank), found: shown(it.value) }, it.branch.span);
        }
      } else if (node.kind === 'binary' && node.operator === '&&' && parentOf(ctx, node)?.kind !== 'binary') {
        for (const { operand, other, test, known } of pairsOf(ctx, operandsOf(node, 'and'))) {
          if (!isOpposite(known.column, test.isBlank, known.value)) continue;
          report('together', {
            ...told(test, known.column, test.isBlank), other: columnText(known.table, known.column), wanted: shown(known.value),
          }, operand.span, { related: [{ span: other.span, message: 'The other condition.' }] });
        }
      }
    });
    for (const made of calculated(ctx)) {
      const test = nullTest(ctx, made.expression);
      // TRUE where the test holds: for a missing value, or for one that is there.
      if (test === undefined || !isOpposite(made.column, test.isBlank, true)) continue;
      report('default', { ...told(made, made.column, test.isBlank), found: 'TRUE' }, made.expression.span);
    }
  },
});

/** What the model says a missing or a present value of a column means. */
const meant = ({ nulls }: Column, isBlank: boolean): RowValue | undefined => (isBlank ? nulls?.null : nulls?.notNull);

/** Whether a value is what the model says of the other state, and not of this one. */
const isOpposite = (column: Column, isBlank: boolean, value: RowValue): boolean =>
  same(value, meant(column, !isBlank)) && !same(value, meant(column, isBlank));

const told = (tested: { readonly table: Table; readonly column: Column }, meaningOf: Column, isBlank: boolean) => ({
  column: columnText(tested.table, tested.column), state: isBlank ? 'BLANK' : 'A value', meaning: shown(meant(meaningOf, isBlank)),
});

/** The constant results of IF(ISBLANK(c), a, b), each with the state of c for which it is given. */
function branchesOf(ctx: SegmentContext, call: Call) {
  const test = nullTest(ctx, argumentAt(call, 0));
  if (test === undefined) return [];
  return [true, false].flatMap((isBlank) => {
    const branch = argumentAt(call, isBlank === test.isBlank ? 1 : 2);
    const value = branch === undefined ? undefined : constantOf(ctx, branch);
    return branch === undefined || value === undefined ? [] : [{ test, isBlank, branch, value }];
  });
}

/** A = TRUE && NOT ISBLANK(b), where both columns stand for the same attribute. */
function pairsOf(ctx: SegmentContext, operands: readonly Expression[]) {
  return operands.flatMap((operand) => {
    const test = nullTest(ctx, operand);
    if (test === undefined) return [];
    return operands.flatMap((other) => {
      const known = knownValue(ctx, other);
      const isPair = known !== undefined && known.column !== test.column && sameAttribute(known.column, test.column);
      return isPair ? [{ operand, other, test, known }] : [];
    });
  });
}

interface NullTest {
  readonly table: Table;
  readonly column: Column;
  /** Whether the test holds for BLANK, not for a value. */
  readonly isBlank: boolean;
}

/** ISBLANK(c), c = BLANK(), and their negations. */
function nullTest(ctx: SegmentContext, expression: Expression | undefined): NullTest | undefined {
  if (expression === undefined) return undefined;
  const it = unwrap(expression);
  const of = (column: Expression | undefined, isBlank: boolean): NullTest | undefined => {
    const found = column === undefined ? undefined : ctx.bound.columnOf(unwrap(column));
    return found === undefined ? undefined : { ...found, isBlank };
  };
  const opposite = (test: NullTest | undefined): NullTest | undefined => (test === undefined ? undefined : { ...test, isBlank: !test.isBlank });
  if (it.kind === 'unary' && it.operator === 'NOT') return opposite(nullTest(ctx, it.operand));
  if (it.kind === 'call') {
    const name = it.name.toUpperCase();
    if (name === 'ISBLANK') return of(argumentAt(it, 0), true);
    return name === 'NOT' ? opposite(nullTest(ctx, argumentAt(it, 0))) : undefined;
  }
  if (it.kind !== 'binary' || !['=', '==', '<>'].includes(it.operator)) return undefined;
  const column = isBlankCall(it.right) ? it.left : isBlankCall(it.left) ? it.right : undefined;
  return of(column, it.operator !== '<>');
}

const isBlankCall = (expression: Expression): boolean => {
  const it = unwrap(expression);
  return it.kind === 'call' && it.name.toUpperCase() === 'BLANK';
};

function constantOf(ctx: SegmentContext, expression: Expression): RowValue | undefined {
  const it = valueOf(ctx, expression);
  switch (it.kind) {
    case 'string': case 'number': case 'boolean': return it.value;
    case 'call': {
      const name = it.name.toUpperCase();
      return name === 'TRUE' ? true : name === 'FALSE' ? false : undefined;
    }
    default: return undefined;
  }
}

/** A column that a condition holds to one value: `c = value`, or `c` alone where it is TRUE or FALSE. */
function knownValue(ctx: SegmentContext, condition: Expression): { readonly table: Table; readonly column: Column; readonly value: RowValue } | undefined {
  const it = unwrap(condition);
  const of = (column: Expression, value: RowValue | undefined) => {
    const found = ctx.bound.columnOf(unwrap(column));
    return found === undefined || value === undefined ? undefined : { ...found, value };
  };
  if (it.kind === 'column') return of(it, true);
  if (it.kind === 'unary' && it.operator === 'NOT') return unwrap(it.operand).kind === 'column' ? of(it.operand, false) : undefined;
  if (it.kind !== 'binary' || (it.operator !== '=' && it.operator !== '==')) return undefined;
  return of(it.left, constantOf(ctx, it.right)) ?? of(it.right, constantOf(ctx, it.left));
}

/** The column of the model that the segment itself makes. */
function calculated({ segment, model, defines }: SegmentContext): readonly { readonly table: Table; readonly column: Column; readonly expression: Expression }[] {
  const { item } = segment;
  const made = (tableName: string, name: string, expression: Expression) => {
    const table = model.tables.get(nameKey(tableName));
    const column = table?.columns.get(nameKey(name));
    return table === undefined || column === undefined ? [] : [{ table, column, expression }];
  };
  if (item.kind === 'columnDefinition') return made(item.table.text, item.name, item.body);
  return item.kind === 'bare' && defines?.kind === 'calculated-column' ? made(defines.table, defines.column, item.expression) : [];
}

const sameAttribute = (a: Column, b: Column): boolean =>
  a.dataverse !== undefined && b.dataverse !== undefined && nameKey(a.dataverse) === nameKey(b.dataverse);

const same = (a: RowValue, b: RowValue | undefined): boolean =>
  typeof a === 'string' && typeof b === 'string' ? a.toLowerCase() === b.toLowerCase() : a === b;

const shown = (it: RowValue | undefined): string =>
  it === undefined ? 'something else' : it === null ? 'BLANK' : typeof it === 'boolean' ? String(it).toUpperCase() : String(it);
