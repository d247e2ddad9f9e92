/**
 * How many made-up rows each table has.
 *
 * A table to which no relationship points is a fact table; it has the rows that it, or the model, asks for, else 1,000;
 * so has one whose rows a fact table shares by its own key.
 * A table that others point to has the rows that it asks for; else one a day where it is a date table, and one a code
 * where its key is a choice. Else it has, of the largest fact table's rows, where it points to others itself a third for
 * each step away from facts, and where it does not the square root one step away, and the cube root further away; at
 * least five.
 */
import { serialOf } from '../../../formats/table/dates.ts';
import { nameKey, type Column, type Model, type Table } from '../../../model/model.ts';

export interface RowCounts {
  /** @param own how many rows the table's values themselves ask for, if they do */
  of(table: Table, own: number | undefined): number;
  /** Whether no relationship points to the table. */
  isFact(table: Table): boolean;
}

const defaultRows = 1000;
const fewestRows = 5;

/** @param facts rows of the largest fact table, in place of what the model asks for; the others keep their proportion */
export function rowCountsOf(model: Model, facts: number | undefined): RowCounts {
  const steps = stepsFromFacts(model);
  const pointsOn = new Set(model.relationships.map((it) => nameKey((it.cardinality === 'one-to-many' ? it.to : it.from).table)));
  const asked = (it: Table): number => it.generate?.rows ?? model.generate?.rows ?? defaultRows;
  const largest = [...model.tables.values()].filter((it) => isMadeUp(it) && steps.get(nameKey(it.name)) === 0).reduce((most, it) => Math.max(most, asked(it)), 0);
  const scale = facts === undefined || largest === 0 ? 1 : facts / largest;
  const whole = facts ?? (largest === 0 ? defaultRows : largest);
  return {
    isFact: (table) => (steps.get(nameKey(table.name)) ?? 0) === 0,
    of(table, own) {
      const away = steps.get(nameKey(table.name)) ?? 0;
      if (away === 0) return own ?? Math.round(asked(table) * scale);
      return own ?? table.generate?.rows ?? Math.max(fewestRows, Math.round(pointsOn.has(nameKey(table.name)) ? whole / 3 ** away : whole ** (1 / Math.min(away + 1, 3))));
    },
  };
}

/** Whether rows of the table can be made up at all: a calculated table has its own. */
export const isMadeUp = (it: Table): boolean =>
  (it.source.kind === 'none' || it.source.kind === 'file' || it.source.kind === 'rows') && it.unsupported === undefined && [...it.columns.values()].some(isDrawn);

/** Whether the column's values are neither calculated nor told by a table of sessions. */
export const isDrawn = (it: Column): boolean => it.expression === undefined && it.sessionOf === undefined;

/** By table: the most relationships between it and a fact table below it. */
function stepsFromFacts(model: Model): ReadonlyMap<string, number> {
  // Rows that have a key in common are as many: that is no step.
  const below = new Map<string, { readonly table: string; readonly step: number }[]>();
  for (const it of model.relationships) {
    const [many, one] = it.cardinality === 'one-to-many' ? [it.to, it.from] : [it.from, it.to];
    const isKey = it.cardinality === 'one-to-one' || model.tables.get(nameKey(many.table))?.columns.get(nameKey(many.column))?.key === true;
    const end = { table: nameKey(many.table), step: isKey ? 0 : 1 };
    const list = below.get(nameKey(one.table));
    if (list === undefined) below.set(nameKey(one.table), [end]);
    else list.push(end);
  }
  const steps = new Map<string, number>();
  // Depth first with a list of its own; a circle counts up to where it closes.
  for (const start of model.tables.keys()) {
    const path = [{ table: start, next: 0 }];
    const open = new Set([start]);
    for (let at = path.at(-1); at !== undefined && !steps.has(start); at = path.at(-1)) {
      const its = below.get(at.table) ?? [];
      const child = its[at.next++];
      if (child === undefined) {
        steps.set(at.table, its.reduce((most, it) => (open.has(it.table) ? most : Math.max(most, (steps.get(it.table) ?? 0) + it.step)), 0));
        open.delete(at.table);
        path.pop();
      } else if (!steps.has(child.table) && !open.has(child.table)) {
        open.add(child.table);
        path.push({ table: child.table, next: 0 });
      }
    }
  }
  return steps;
}

/** The serial of `YYYY-MM-DD` or `YYYY-MM-DDThh:mm:ss`. */
export function serialOfHint(text: string | undefined): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2}))?$/.exec(text ?? '');
  if (match === null) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0'] = match;
  return serialOf(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second));
}
