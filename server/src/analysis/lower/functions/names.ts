/** NAMEOF: the name of a table, a column or a metric as text. */
import { nameKey } from '../../../model/model.ts';
import type { Call } from '../../../../../grammar/src/tree.ts';
import type { Reason } from '../../../plan/values.ts';
import { findTable, resolveColumn, unwrap } from '../../scope.ts';
import type { ScalarLowering } from '../calls.ts';
import { argumentAt, at, noFeature, notEvaluated, syntaxError, typeError, type LowerEnv } from '../context.ts';
import { columnTarget } from '../relations.ts';

/** What is named: a metric is in its home table, where it has one. */
interface Named {
  readonly kind: 'TABLE' | 'COLUMN' | 'MEASURE';
  readonly table: string | undefined;
  readonly name: string;
}

/** `'T'`, `'T'[c]` or `'T'[metric]`, the table always in quotes; a part of it without delimiters where UNESCAPED asks for one. */
const nameOf: ScalarLowering = (call, env) => {
  const its = namedBy(call, env);
  if ('id' in its) return notEvaluated(env, call, its);
  const value = textOf(its, wordAt(call, 1) ?? 'FULL', wordAt(call, 2) ?? 'ESCAPED');
  if (typeof value !== 'string') return notEvaluated(env, call, value);
  return { op: 'constant', type: 'string', value, at: at(env, call) };
};

function namedBy(call: Call, env: LowerEnv): Named | Reason {
  const argument = argumentAt(call, 0);
  const it = argument === undefined ? undefined : unwrap(argument);
  if (it === undefined) return syntaxError;
  if (it.kind === 'name') {
    const table = env.variables.has(nameKey(it.name.text)) ? undefined : findTable(env.names, it.name.text);
    return table === undefined ? typeError('NAMEOF wants a table, a column or a metric') : { kind: 'TABLE', table: table.name, name: table.name };
  }
  if (it.kind !== 'column') return typeError('NAMEOF wants a table, a column or a metric');
  const found = resolveColumn(it, env.names, []);
  if (found.kind === 'measure') return { kind: 'MEASURE', table: found.measure.homeTable ?? env.names.model?.home, name: found.measure.name };
  const target = columnTarget(it, env);
  return target.kind === 'none' ? target.reason : { kind: 'COLUMN', table: target.column.table, name: target.column.column };
}

function textOf({ kind, table, name }: Named, part: string, escaped: string): string | Reason {
  const isPlain = escaped === 'UNESCAPED';
  if (part === 'FULL' && !isPlain) {
    if (table === undefined) return noFeature('NAMEOF of a metric that belongs to no table');
    return `'${table.replaceAll("'", "''")}'${kind === 'TABLE' ? '' : `[${name.replaceAll(']', ']]')}]`}`;
  }
  // How a part is delimited, and which the parent is, the page leaves open.
  if (!isPlain || part === 'FULL' || part === 'PARENT') return noFeature(`NAMEOF with ${part} and ${escaped}`);
  if (part === 'TABLE') return table ?? noFeature('NAMEOF of a metric that belongs to no table');
  return part === 'SELF' || part === kind ? name : typeError(`NAMEOF with ${part} of something else`);
}

/** The word that an argument is, in capitals. */
function wordAt(call: Call, i: number): string | undefined {
  const argument = argumentAt(call, i);
  const it = argument === undefined ? undefined : unwrap(argument);
  return it?.kind === 'name' && !it.name.quoted ? it.name.text.toUpperCase() : undefined;
}

export const names: readonly (readonly [string, ScalarLowering])[] = [['NAMEOF', nameOf]];
