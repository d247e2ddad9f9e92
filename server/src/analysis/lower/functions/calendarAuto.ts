/** CALENDARAUTO: whole years around all dates of the model that are loaded, not computed. */
import type { ColumnRef, Relation, Scalar } from '../../../plan/plan.ts';
import { columnType } from '../../scope.ts';
import { addedColumn, columnsShape } from '../../shapes.ts';
import type { RelationLowering } from '../calls.ts';
import { argumentAt, at, noFeature, noRelation, openRow, shaped, typeError, type LowerEnv } from '../context.ts';
import { lowerArgument } from '../scalars.ts';

/** Date columns that are loaded; undefined where the type of one is not known. */
function loadedDates({ names }: LowerEnv): readonly ColumnRef[] | undefined {
  const found: ColumnRef[] = [];
  for (const table of names.model?.tables.values() ?? []) {
    if (table.source.kind === 'dax' || table.source.kind === 'sessionize') continue;
    for (const column of table.columns.values()) {
      if (column.expression !== undefined) continue;
      const type = columnType(names, table, column);
      if (type === 'unknown') return undefined;
      if (type === 'dateTime') found.push({ table: table.name, column: column.name });
    }
  }
  return found;
}

const calendarAuto: RelationLowering = (call, env) => {
  const place = at(env, call);
  const dates = loadedDates(env);
  if (dates === undefined) return noRelation(env, call, noFeature('CALENDARAUTO over columns whose type is not known'));
  if (dates.length === 0) return noRelation(env, call, typeError('CALENDARAUTO in a model that loads no dates'));
  const shape = columnsShape([addedColumn('Date', 'dateTime')]);
  const whole = (value: number): Scalar => ({ op: 'constant', type: 'int64', value, at: place });
  const operation = (name: string, ...args: readonly Scalar[]): Scalar => ({ op: 'call', name, args, at: place });
  const when = (condition: Scalar, then: Scalar, otherwise: Scalar): Scalar => ({ op: 'if', condition, then, otherwise, at: place });
  /** The first or last of all dates, whatever the filters. */
  const extreme = (fn: 'MIN' | 'MAX'): Scalar => {
    const rows = dates.map((column): readonly Scalar[] => [{ op: 'calculate', changes: [{ change: 'removeAll' }], transition: [], expression: { op: 'aggregate', fn, column, at: place }, at: place }]);
    const relation: Relation = { op: 'rows', rows, ...shaped(shape), at: place };
    const { id } = openRow(env, shape);
    return { op: 'fold', fn, relation, row: id, expression: { op: 'column', row: id, index: 0, at: place }, at: place };
  };
  const month = argumentAt(call, 0) === undefined ? whole(12) : lowerArgument(call.args[0], env);
  const [first, last] = [extreme('MIN'), extreme('MAX')];
  const after = (date: Scalar): Scalar => operation('>', operation('MONTH', date), month);
  const startYear = operation('-', operation('YEAR', first), when(after(first), whole(0), whole(1)));
  const endYear = operation('+', operation('YEAR', last), when(after(last), whole(1), whole(0)));
  const next = operation('+', month, whole(1));
  const start = operation('DATE', startYear, next, whole(1));
  const end = operation('DATE', endYear, next, whole(0));
  // The page: an integer from 1 to 12.
  const isMonth: Scalar = { op: 'and', left: operation('>=', month, whole(1)), right: operation('<=', month, whole(12)), at: place };
  const raise = (value: string): Scalar => operation('ERROR', { op: 'constant', type: 'string', value, at: place });
  const dated = when(operation('ISBLANK', first), raise('CALENDARAUTO finds no date in the model'), start);
  const known = when(isMonth, dated, raise('The month of CALENDARAUTO is one from 1 to 12'));
  return { relation: { op: 'calendar', start: known, end, ...shaped(shape), at: place }, shape };
};

export const calendars: readonly (readonly [string, RelationLowering])[] = [['CALENDARAUTO', calendarAuto]];
