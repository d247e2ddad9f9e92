/** What functions of time intelligence read: a date column, a table of dates, or a calendar. */
import type { Call, Expression } from '../../../../grammar/src/tree.ts';
import { nameKey } from '../../model/model.ts';
import { findTable, unwrap } from '../scope.ts';
import { unknownShape } from '../shapes.ts';
import { tableOf, typeWord, type Type } from '../types.ts';
import { bindTableOrColumn } from './calls.ts';
import { refer, report, type BindContext, type Env } from './context.ts';
import { bindFilter } from './filters.ts';

export function bindDates(ctx: BindContext, call: Call, argument: Expression, env: Env): Type {
  const it = unwrap(argument);
  if (it.kind === 'name' && !env.variables.has(nameKey(it.name.text)) && findTable(env.names, it.name.text) === undefined) {
    refer(ctx, it.span, { kind: 'unresolved', name: it.name.text });
    report(ctx, env, 'unknown-calendar', { name: it.name.text }, it.span);
    return tableOf(unknownShape);
  }
  // A condition stands for the dates of its column that meet it, as among the filters of CALCULATE.
  if (it.kind === 'binary' || it.kind === 'unary') {
    bindFilter(ctx, argument, env);
    return tableOf(unknownShape);
  }
  const type = bindTableOrColumn(ctx, argument, env);
  const [column] = it.kind === 'column' && type.kind === 'table' ? (type.shape.columns ?? []) : [];
  const found = column?.type;
  if (found === 'string' || found === 'boolean' || found === 'int64' || found === 'double' || found === 'decimal') {
    report(ctx, env, 'argument-type', { function: call.name.toUpperCase(), parameter: 'its column', expected: 'dates', found: found === 'string' ? typeWord(found) : `a ${typeWord(found)}` }, argument.span);
  }
  return type;
}
