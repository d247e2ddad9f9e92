/** ROLLUP and its kin: which columns make a level of subtotals, read from the text. */
import type { Argument, Call, ColumnReference, Expression } from '../../../../../grammar/src/tree.ts';
import type { Reason } from '../../../plan/values.ts';
import { unwrap } from '../../scope.ts';
import { syntaxError, typeError } from '../context.ts';

/** Columns that become a subtotal together, with what marks it. */
export interface Level {
  readonly columns: readonly ColumnReference[];
  /** The argument after the columns: a name for the mark, or the column that is one. */
  readonly mark: Expression | undefined;
}

/** Levels of subtotals multiply; nobody reads more of them than these. */
export const MOST_LEVELS = 256;

const rollups: ReadonlySet<string> = new Set(['ROLLUP', 'ROLLUPGROUP', 'ROLLUPADDISSUBTOTAL', 'ROLLUPISSUBTOTAL']);

/** The call, where an argument is one that makes subtotals. */
export function rollupCall(argument: Argument): Call | undefined {
  const it = argument.kind === 'omitted' ? undefined : unwrap(argument);
  return it?.kind === 'call' && rollups.has(it.name.toUpperCase()) ? it : undefined;
}

/** ROLLUP(column or ROLLUPGROUP, ..): no marks. */
export function plainLevels(call: Call): readonly Level[] | Reason {
  const levels: Level[] = [];
  for (const argument of call.args) {
    const columns = columnsOf(argument);
    if (columns === undefined) return typeError('ROLLUP wants columns');
    levels.push({ columns, mark: undefined });
  }
  return levels;
}

/** Levels with their marks, and the filters of some of them: of the level that has this many of the others. */
interface MarkedLevels {
  readonly levels: readonly Level[];
  readonly filters: readonly { readonly size: number; readonly table: Expression }[];
}

/** ROLLUPADDISSUBTOTAL and ROLLUPISSUBTOTAL: columns in turn with what marks their subtotal, and filters of levels. */
export function markedLevels(call: Call): MarkedLevels | Reason {
  const levels: Level[] = [];
  const filters: { readonly size: number; readonly table: Expression }[] = [];
  for (let i = 0; i < call.args.length; i++) {
    const argument = call.args[i];
    if (argument === undefined || argument.kind === 'omitted') continue;
    const columns = columnsOf(argument);
    if (columns === undefined) {
      filters.push({ size: levels.length, table: argument });
      continue;
    }
    const mark = call.args[++i];
    if (mark === undefined || mark.kind === 'omitted') return syntaxError;
    levels.push({ columns, mark: unwrap(mark) });
  }
  return { levels, filters };
}

/** A column, or those of ROLLUPGROUP. */
function columnsOf(argument: Argument): readonly ColumnReference[] | undefined {
  const it = argument.kind === 'omitted' ? undefined : unwrap(argument);
  if (it?.kind === 'column') return [it];
  if (it?.kind !== 'call' || it.name.toUpperCase() !== 'ROLLUPGROUP') return undefined;
  const columns: ColumnReference[] = [];
  for (const each of it.args) {
    const its = columnsOf(each);
    if (its === undefined) return undefined;
    columns.push(...its);
  }
  return columns;
}

/** Every choice of one item of each list, the first lists changing slowest. */
export function combinations<T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return lists.reduce<readonly (readonly T[])[]>((made, list) => made.flatMap((it) => list.map((each) => [...it, each])), [[]]);
}
