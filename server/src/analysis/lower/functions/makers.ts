/** Tables from values: GENERATESERIES and DATATABLE. */
import type { Argument } from '../../../../../grammar/src/tree.ts';
import type { Scalar } from '../../../plan/plan.ts';
import { unwrap } from '../../scope.ts';
import { addedColumn, columnsShape, type ShapeColumn } from '../../shapes.ts';
import type { RelationLowering } from '../calls.ts';
import { argumentAt, at, blank, noRelation, shaped, syntaxError, typeError, type LowerEnv } from '../context.ts';
import { lowerArgument } from '../scalars.ts';

const series: RelationLowering = (call, env) => {
  const shape = columnsShape([addedColumn('Value', 'unknown')]);
  const [start, end] = call.args;
  const step = argumentAt(call, 2);
  return {
    relation: {
      op: 'series', start: lowerArgument(start, env), end: lowerArgument(end, env), step: step === undefined ? null : lowerArgument(step, env),
      ...shaped(shape), at: at(env, call),
    },
    shape,
  };
};

/** DATATABLE(name, type, .., { { constant, .. }, .. }): every constant in the type of its column, an empty one BLANK. */
const dataTable: RelationLowering = (call, env) => {
  const columns: ShapeColumn[] = [];
  const types: string[] = [];
  const declared = call.args.slice(0, -1);
  for (let i = 0; i < declared.length; i += 2) {
    const name = declared[i];
    const type = declared[i + 1];
    if (name?.kind !== 'string' || type?.kind !== 'name') return noRelation(env, call, typeError('DATATABLE wants pairs of a name and a data type'));
    columns.push(addedColumn(name.value, 'unknown', name.span));
    types.push(type.name.text.toUpperCase());
  }
  const data = call.args.at(-1);
  if (data?.kind !== 'constructor') return noRelation(env, call, syntaxError);
  const rows: (readonly Scalar[])[] = [];
  for (const row of data.rows) {
    const items = row.kind === 'constructor' ? row.rows : undefined;
    if (items?.length !== columns.length) return noRelation(env, call, typeError('a row of DATATABLE has not one value for each column'));
    rows.push(items.map((it, i) => constantOf(it, types[i] ?? '', env)));
  }
  const shape = columnsShape(columns);
  return { relation: { op: 'rows', rows, ...shaped(shape), at: at(env, call) }, shape };
};

function constantOf(argument: Argument, type: string, env: LowerEnv): Scalar {
  if (argument.kind === 'omitted') return blank;
  const it = unwrap(argument);
  const word: Scalar = { op: 'constant', type: 'string', value: type };
  return { op: 'call', name: 'CONVERT', args: [lowerArgument(it, env), word], at: at(env, it) };
}

export const makers: readonly (readonly [string, RelationLowering])[] = [
  ['GENERATESERIES', series],
  ['DATATABLE', dataTable],
];
