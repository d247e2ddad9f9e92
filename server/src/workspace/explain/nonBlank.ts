/** FIRSTNONBLANKVALUE and LASTNONBLANKVALUE: an expression under the one value of a column for which it is the first that is not BLANK. */
import { nameKey } from '../../model/model.ts';
import { walk } from '../../../../grammar/src/index.ts';
import type { Call, ColumnReference, Expression } from '../../../../grammar/src/tree.ts';

export interface NonBlank {
  readonly value: Expression;
  /** The column's one value as a filter argument, as a person says it and as it is asked for: BLANK may be the value. */
  readonly filter: { readonly text: string; readonly dax: string; readonly expression: Expression };
}

/**
 * @param textOf the text of an argument
 * @returns undefined for a call of any other function; `none` where no filter says what the value goes through
 */
export function nonBlankOf({ name, args: [column, value] }: Call, textOf: (it: Expression) => string): NonBlank | 'none' | undefined {
  const [, which] = /^(FIRST|LAST)NONBLANKVALUE$/.exec(name.toUpperCase()) ?? [];
  if (which === undefined) return undefined;
  // The expression may read the row of the column's value, and CALCULATE has none.
  if (column?.kind !== 'column' || column.table === undefined || value === undefined || value.kind === 'omitted' || names(value, column)) return 'none';
  const [of, its] = [textOf(column), textOf(value)];
  const order = which === 'FIRST' ? 'ASC' : 'DESC';
  return {
    value,
    filter: {
      text: `${which}NONBLANK(${of}, ${its})`,
      dax: `TOPN(1, FILTER(VALUES(${of}), NOT ISBLANK(CALCULATE(${its}\n))), ${of}, ${order})`,
      expression: column,
    },
  };
}

function names(value: Expression, { column }: ColumnReference): boolean {
  let found = false;
  walk(value, (it) => {
    if (it.kind === 'column' && nameKey(it.column.text) === nameKey(column.text)) found = true;
    return !found;
  });
  return found;
}
