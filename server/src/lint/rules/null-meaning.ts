/** A test for BLANK that says the opposite of what the model says a missing value means. */
import type { Expression } from '../../../../grammar/src/tree.ts';
import { nameKey, type Column, type RowValue, type Table } from '../../model/model.ts';
import { columnText } from '../codes/judge.ts';
import type { SegmentContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { argumentAt, unwrap, valueOf, visit } from '../tree.ts';
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
    const meant = (column: Column, isBlank: boolean): RowValue | undefined => (isBlank ? column.nulls?.null : column.nulls?.notNull);
    const state = (isBlank: boolean): string => (isBlank ? 'BLANK' : 'A value');

    visit(ctx, (node) => {
      // IF(ISBLANK(c), a, b): a and b are what the model says of the other one.
      const test = node.kind === 'call' && node.name.toUpperCase() === 'IF' ? nullTest(ctx, argumentAt(node, 0)) : undefined;
      if (test !== undefined && node.kind === 'call') {
        for (const isBlank of [true, false]) {
          const branch = argumentAt(node, isBlank === test.isBlank ? 1 : 2);
          const value = branch === undefined ? undefined : constantOf(ctx, branch);
          const meaning = meant(test.column, isBlank);
          if (branch === undefined || value === undefined || !same(value, meant(test.column, !isBlank)) || same(value, meaning)) continue;
          report('default', { column: columnText(test.table, test.column), state: state(isBlank), meaning: shown(meaning), found: shown(value) }, branch.span);
        }
      }
      // A = TRUE && NOT ISBLANK(b), where both stand for the same attribute and A says that a value means FALSE.
      if (node.kind === 'binary' && node.operator === '&&') together(node);
    });

    const together = (node: Expression): void => {
      const operands = operandsOf(node, 'and');
      for (const operand of operands) {
        const tested = nullTest(ctx, operand);
        if (tested?.column.dataverse === undefined) continue;
        for (const other of operands) {
          const known = knownValue(ctx, other);
          if (known === undefined || known.column === tested.column || !sameAttribute(known.column, tested.column)) continue;
          const meaning = meant(known.column, tested.isBlank);
          if (!same(known.value, meant(known.column, !tested.isBlank)) || same(known.value, meaning)) continue;
          report('together', {
            column: columnText(tested.table, tested.column), state: state(tested.isBlank), meaning: shown(meaning),
            other: columnText(known.table, known.column), wanted: shown(known.value),
          }, operand.span, { related: [{ span: other.span, message: 'The other condition.' }] });
        }
      }
    };

    for (const made of calculated(ctx)) {
      const test = nullTest(ctx, made.expression);
      if (test === undefined || made.column.nulls === undefined) continue;
      // TRUE where the test holds: for a missing value, or for one that is there.
      const meaning = meant(made.column, test.isBlank);
      if (!same(true, meant(made.column, !test.isBlank)) || same(true, meaning)) continue;
      report('default', { column: columnText(made.table, made.column), state: state(test.isBlank), meaning: shown(meaning), found: 'TRUE' }, made.expression.span);
    }
  },
});

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
