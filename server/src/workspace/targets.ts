/** Where kept references lead once texts moved: to the same definitions, as they are now. */
import type { Segment } from '../../../grammar/src/tree.ts';
import type { Defined, MeasureSymbol, Target } from '../analysis/bound.ts';
import { nameKey } from '../model/model.ts';
import type { DefinedNames } from './definedNames.ts';
import type { Measures } from './measureSets.ts';

/**
 * @param before the segment that was bound
 * @param after the same segment, where it stands now
 * @returns the same object where nothing moved
 */
export function currentTarget(target: Target, before: Segment, after: Segment, measures: Measures, defined: DefinedNames): Target {
  const moved = <T extends { readonly uri: string; readonly segment: Segment }>(it: T, now: T | undefined): T =>
    it.uri !== '' ? (now ?? it) : before === after ? it : here(it, after);
  switch (target.kind) {
    case 'measure': {
      const measure = moved<MeasureSymbol>(target.measure, measures.get(nameKey(target.measure.name)));
      return measure === target.measure ? target : { ...target, measure };
    }
    case 'definedFunction': {
      const its = moved(target.function, defined.functions.get(target.function.name.toUpperCase()));
      return its === target.function ? target : { ...target, function: its };
    }
    case 'definedTable': {
      const table = moved(target.table, defined.tables.get(nameKey(target.table.name)));
      return table === target.table ? target : { ...target, table };
    }
    case 'definedColumn': {
      const { column } = target;
      const its = moved(column, defined.columns.get(`${nameKey(column.definition.table.text)}\u0000${nameKey(column.name)}`));
      return its === column ? target : { ...target, column: its };
    }
    case 'extension': {
      const { owner } = target;
      if (owner === undefined) return target;
      const its: typeof owner | undefined = owner.definition.kind === 'tableDefinition'
        ? defined.tables.get(nameKey(owner.name)) : defined.functions.get(owner.name.toUpperCase());
      return its === undefined || its === owner ? target : { ...target, owner: its };
    }
    default:
      return target;
  }
}

// One object for each definition of a query, so that all its references go on meeting in it.
const moves = new WeakMap<Segment, WeakMap<MeasureSymbol | Defined<never>, object>>();

function here<T extends { readonly segment: Segment }>(it: T, segment: Segment): T {
  let its = moves.get(segment);
  if (its === undefined) moves.set(segment, (its = new WeakMap()));
  let now = its.get(it as never);
  if (now === undefined) its.set(it as never, (now = { ...it, segment }));
  return now as T;
}
