// Random models whose tables are tied by relationships of every kind, and what filters leave visible in them, row by row.
//
// The tables are a tree, so that there is one way from each to each. A row is visible when it has its own table's
// filters and, for each relationship over which filters come, a partner that is visible beyond it. Nothing here knows
// scans, batches or expanded tables.
import { randomOf, type Random } from './random.ts';

export type Kind = 'many-to-one' | 'one-to-one' | 'many-to-many';

export interface Tie {
  /** The side that came first; of a many-to-one relationship either may be the many side. */
  readonly from: string;
  readonly to: string;
  readonly kind: Kind;
  readonly both: boolean;
  /** Closed by CROSSFILTER: it extends no table and lets no filter through; its blank row stays. */
  readonly isClosed?: boolean;
}

export interface Row {
  readonly id: number | null;
  readonly v: number | null;
  /** Key by number of the relationship. */
  readonly keys: ReadonlyMap<number, number | null>;
}

export interface Tied {
  readonly tables: ReadonlyMap<string, readonly Row[]>;
  readonly ties: readonly Tie[];
}

/** On a table: rows with this v, or without it. */
export interface Condition {
  readonly table: string;
  readonly v: number | null;
  readonly isNot: boolean;
}

const below = (random: Random, count: number): number => random.int(0, count - 1);

const blankRow: Row = { id: null, v: null, keys: new Map() };

export function tiedModel(seed: number): Tied {
  const random = randomOf(seed);
  const names = ['A', 'B', 'C', 'D', 'E'].slice(0, 2 + below(random, 4));
  const ties = names.slice(1).map((name, i): Tie => {
    const other = names[below(random, i + 1)] as string;
    const [from, to] = below(random, 2) === 0 ? [name, other] : [other, name];
    const kind = (['many-to-one', 'many-to-one', 'many-to-one', 'one-to-one', 'many-to-many'] as const)[below(random, 5)] ?? 'many-to-one';
    return { from, to, kind, both: below(random, 2) === 0 };
  });
  const tables = new Map(names.map((name) => [name, rowsOf(name, ties, random)]));
  return { tables, ties };
}

function rowsOf(name: string, ties: readonly Tie[], random: Random): readonly Row[] {
  const own = ties.flatMap((tie, i) => (tie.from === name || tie.to === name ? [i] : []));
  const isUnique = (i: number): boolean => {
    const tie = ties[i];
    return tie?.kind === 'one-to-one' || (tie?.kind === 'many-to-one' && tie.to === name);
  };
  return Array.from({ length: 1 + below(random, 6) }, (_, id): Row => ({
    id,
    v: below(random, 5) === 0 ? null : below(random, 3),
    keys: new Map(own.map((i) => [i, isUnique(i) ? id + below(random, 2) * 10 : ties[i]?.kind === 'many-to-one' && below(random, 6) === 0 ? null : below(random, 5)])),
  }));
}

/** A row of its own where `id` says so; rows reached from one row by a transition. */
export type RowFilter = ReadonlyMap<string, Row>;

/** The rows of every table that filters leave visible. */
export function visibility(model: Tied, conditions: readonly Condition[], rows: RowFilter = new Map()) {
  const rowsOfTable = (table: string): readonly Row[] => model.tables.get(table) ?? [];
  const keyOf = (row: Row, tie: number): number | null => row.keys.get(tie) ?? null;
  const other = (tie: Tie, table: string): string => (tie.from === table ? tie.to : tie.from);
  /** The row that a row points to, towards a side whose keys are unique. */
  const partner = (row: Row, tie: number, table: string): Row =>
    (row === blankRow ? undefined : rowsOfTable(table).find((it) => keyOf(it, tie) !== null && keyOf(it, tie) === keyOf(row, tie))) ?? blankRow;
  const isOneSide = (tie: Tie, table: string): boolean => tie.kind === 'one-to-one' || (tie.kind === 'many-to-one' && tie.to === table);
  const hasBlankRow = (table: string, from?: number): boolean => model.ties.some((tie, i) => {
    if (i === from || !isOneSide(tie, table) || (tie.from !== table && tie.to !== table)) return false;
    const many = other(tie, table);
    return rowsOfTable(many).some((it) => partner(it, i, table) === blankRow) || hasBlankRow(many, i);
  });
  /** Whether filters pass from a table to its neighbour. */
  const passes = (tie: Tie, from: string): boolean => {
    if (tie.isClosed === true) return false;
    if (tie.kind === 'one-to-one' || tie.both) return true;
    return from === tie.to;
  };
  const isFiltered = (table: string): boolean => rows.has(table) || conditions.some((it) => it.table === table);
  const bringsFilters = (table: string, via: number): boolean =>
    isFiltered(table) || model.ties.some((tie, i) => i !== via && (tie.from === table || tie.to === table) && passes(tie, other(tie, table)) && bringsFilters(other(tie, table), i));
  const own = (table: string, row: Row): boolean =>
    (rows.get(table) ?? row) === row && conditions.every((it) => it.table !== table || (row.v === it.v) !== it.isNot);
  let unclear = false;
  const known = new Map<string, readonly Row[]>();
  const visible = (table: string, via: number): readonly Row[] => {
    const key = `${table} ${String(via)}`;
    const found = known.get(key) ?? looked(table, via);
    known.set(key, found);
    return found;
  };
  const looked = (table: string, via: number): readonly Row[] => {
    const all = [...rowsOfTable(table), ...(hasBlankRow(table) ? [blankRow] : [])].filter((it) => own(table, it));
    return model.ties.reduce((left, tie, i) => {
      if (i === via || (tie.from !== table && tie.to !== table)) return left;
      const there = other(tie, table);
      if (!passes(tie, there) || !bringsFilters(there, i)) return left;
      return left.filter((row) => hasVisiblePartner(row, table, there, i));
    }, all);
  };
  const isVisible = (row: Row, table: string, via: number): boolean => {
    if (row !== blankRow) return visible(table, via).includes(row);
    // A blank row that nothing makes necessary may still be met by an orphan of another table.
    return own(table, row) && model.ties.every((tie, i) => {
      if (i === via || (tie.from !== table && tie.to !== table)) return true;
      const there = other(tie, table);
      return !passes(tie, there) || !bringsFilters(there, i) || hasVisiblePartner(row, table, there, i);
    });
  };
  const hasVisiblePartner = (row: Row, table: string, there: string, i: number): boolean => {
    const tie = model.ties[i] as Tie;
    if (tie.kind === 'many-to-many') return row !== blankRow && visible(there, i).some((it) => it !== blankRow && keyOf(it, i) === keyOf(row, i));
    if (tie.kind === 'one-to-one') {
      // The blank row stands for every row there that has no partner here.
      if (row === blankRow && rowsOfTable(there).some((it) => partner(it, i, table) === blankRow)) unclear = true;
      return isVisible(partner(row, i, there), there, i);
    }
    if (isOneSide(tie, there)) return isVisible(partner(row, i, there), there, i);
    return visible(there, i).some((it) => partner(it, i, table) === row);
  };
  return {
    /** Without the blank row, and with it. */
    count(table: string): { readonly rows: number; readonly withBlank: number | undefined } {
      const seen = visible(table, -1);
      return { rows: seen.filter((it) => it !== blankRow).length, withBlank: unclear ? undefined : seen.length };
    },
    values(table: string): readonly (number | null)[] | undefined {
      const seen = [...new Set(visible(table, -1).map((it) => it.v))];
      return unclear ? undefined : seen;
    },
    plainRows: (table: string): readonly Row[] => visible(table, -1).filter((it) => it !== blankRow),
    /** The rows of the expanded table of one row. */
    expanded(table: string, row: Row): RowFilter {
      const found = new Map([[table, row]]);
      for (const [at, its] of found) {
        model.ties.forEach((tie, i) => {
          if (tie.isClosed === true || (tie.from !== at && tie.to !== at)) return;
          const there = other(tie, at);
          if (isOneSide(tie, there) && !found.has(there)) found.set(there, partner(its, i, there));
        });
      }
      return found;
    },
  };
}
