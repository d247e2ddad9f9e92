/** COLUMNSTATISTICS: a row for each column of the model, with its least, greatest and different values and its longest text. */
import type { ColumnRef, Relation, Scalar } from '../../../plan/plan.ts';
import { columnType } from '../../scope.ts';
import { addedColumn, columnsShape, modelColumn, type ScalarType } from '../../shapes.ts';
import type { RelationLowering } from '../calls.ts';
import { at, blank, noFeature, noRelation, openRow, shaped } from '../context.ts';

const names = ['Table Name', 'Column Name', 'Min', 'Max', 'Cardinality', 'Max Length'] as const;

const columnStatistics: RelationLowering = (call, env) => {
  const place = at(env, call);
  const text = (value: string): Scalar => ({ op: 'constant', type: 'string', value, at: place });
  const whole = (value: number): Scalar => ({ op: 'constant', type: 'int64', value, at: place });
  const operation = (name: string, ...args: readonly Scalar[]): Scalar => ({ op: 'call', name, args, at: place });
  const tables = [...(env.names.model?.tables.values() ?? [])].filter((it) => it.unsupported === undefined && it.source.kind !== 'none');
  if (tables.length === 0) return noRelation(env, call, noFeature('COLUMNSTATISTICS of a model without rows'));

  const cells = (column: ColumnRef, values: Relation, type: ScalarType): readonly Scalar[] => {
    const { id: row } = openRow(env, columnsShape([]));
    const value: Scalar = { op: 'column', row, index: 0, at: place };
    // TRUE and FALSE have no MIN: FALSE comes first.
    const number: Scalar = operation('INT', value);
    const flag: Scalar = { op: 'if', condition: operation('ISBLANK', value), then: blank, otherwise: number };
    const extreme = (fn: 'MIN' | 'MAX'): Scalar => (type === 'boolean'
      ? truthOf({ op: 'fold', fn, relation: values, row, expression: flag, at: place }, operation)
      : { op: 'aggregate', fn, column, at: place });
    const longest: Scalar = type === 'string' ? { op: 'fold', fn: 'MAX', relation: values, row, expression: operation('LEN', value), at: place } : blank;
    return [extreme('MIN'), extreme('MAX'), { op: 'coalesce', args: [{ op: 'countRows', relation: values, at: place }, whole(0)], at: place }, longest];
  };
  const rows = tables.flatMap((table) => [...table.columns.values()].map((column): readonly Scalar[] => {
    const ref = { table: table.name, column: column.name };
    const type = columnType(env.names, table, column);
    const values: Relation = { op: 'values', blankRow: false, ...shaped(columnsShape([modelColumn(table, column, type)])), at: place };
    return [text(table.name), text(column.name), ...cells(ref, values, type)];
  }));
  const shape = columnsShape(names.map((it) => addedColumn(it, 'unknown')));
  const filtered = tables.map((it): Scalar => ({ op: 'probe', question: 'filtered', table: it.name, column: null, at: place })).reduce((left, right) => ({ op: 'or', left, right, at: place }));
  const { id: row } = openRow(env, shape);
  const predicate: Scalar = {
    op: 'if', condition: filtered, then: operation('ERROR', text('COLUMNSTATISTICS stands under a filter')),
    otherwise: { op: 'constant', type: 'boolean', value: true, at: place }, at: place,
  };
  const input: Relation = { op: 'rows', rows, ...shaped(shape), at: place };
  return { relation: { op: 'filter', input, row, predicate, ...shaped(shape), at: place }, shape };
};

/** A number of zero or one as FALSE or TRUE; BLANK stays. */
const truthOf = (value: Scalar, operation: (name: string, ...args: readonly Scalar[]) => Scalar): Scalar => ({
  op: 'if', condition: operation('ISBLANK', value), then: blank, otherwise: operation('=', value, { op: 'constant', type: 'int64', value: 1 }),
});

export const columnFacts: readonly (readonly [string, RelationLowering])[] = [['COLUMNSTATISTICS', columnStatistics]];
