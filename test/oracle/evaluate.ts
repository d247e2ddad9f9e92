/**
 * The naive evaluator: DAX from its definitions, one row and one context at a time, and as slow as that is.
 *
 * - A filter context is a list of filters; a filter is a set of tuples over columns.
 * - The expanded table of T has the columns of T and of every table that T reaches over many-to-one relationships; a row
 *   without a partner is joined with a row of BLANKs, the blank row of the one side.
 * - A row of T is visible when each filter has a tuple that agrees with it on the columns that the filter shares with the
 *   expanded table.
 * - Context transition turns each row context into a filter of one tuple, whole rows into one over the expanded table.
 *
 * Nothing here is shared with the product but the text that both are given.
 */
import { modelFile, relationshipsOf, type ColumnType, type SmallModel, type SmallTable } from './smallModel.ts';
import { columnText, isTable, scalarText, tableText, type AggregateName, type Column, type Filter, type IteratorName, type Named, type Ref, type Scalar, type Table } from './tree.ts';
import { arithmetic, bool, compare, divide, doubtless, int, keyOf, made, negate, numberOf, same, truth, type Doubt, type Kind, type Val } from './values.ts';

export interface ResultTable {
  /** As the engine names columns; undefined where the definitions name none. */
  readonly names: readonly (string | undefined)[];
  readonly rows: readonly (readonly Val[])[];
}

export interface Verdict {
  readonly table: ResultTable;
  readonly doubt: Doubt;
}

/** The tree is no DAX: what shrinking makes of a case may refer to what is no longer there. */
export class Invalid extends Error {}
/** More steps than a case may take. */
export class TooLong extends Error {}

const columnKey = (it: Column): string => `${it.table}[${it.column}]`;

/** Values of an expanded row by column. */
type Expanded = ReadonlyMap<string, Val>;

interface TupleFilter {
  readonly columns: readonly string[];
  /** Keys of values. */
  readonly tuples: readonly (readonly string[])[];
}

interface OutColumn {
  readonly name: string | undefined;
  /** How expressions refer to it: `T[c]` or `[x]`. */
  readonly ref: string | undefined;
  readonly lineage: string | undefined;
}

interface Row {
  readonly cells: readonly Val[];
  /** The expanded row, where the table holds whole rows. */
  readonly whole: Expanded | undefined;
}

interface Rows {
  readonly columns: readonly OutColumn[];
  /** The table whose whole rows these are. */
  readonly of: string | undefined;
  readonly rows: readonly Row[];
}

interface RowContext {
  readonly table: Rows;
  readonly row: Row;
}

interface Env {
  readonly filters: readonly TupleFilter[];
  /** Row contexts that the next transition turns into filters, innermost last. */
  readonly rows: readonly RowContext[];
  /** Row contexts that became filters already: their columns can be read still, outside of those above. */
  readonly spent: readonly RowContext[];
  readonly variables: ReadonlyMap<string, () => Val | Rows>;
  /** Relationships in use beside the active ones, by place, the one that prevails last. */
  readonly using: readonly number[];
}

export function evaluate(model: SmallModel, measures: readonly Scalar[], query: Table, limit = 3_000_000): Verdict {
  const texts = [...measures.map(scalarText), tableText(query), modelFile({ ...model, tables: [] })].join(' ');
  const decimals = model.tables.some((table) => table.columns.some((it) => it.type === 'decimal' && texts.includes(columnText({ table: table.name, column: it.name }))));
  const doubt = doubtless(decimals);
  const { rows, columns } = evaluatorOf(resolve(model, doubt), measures, doubt, limit)(query, nowhere);
  return { table: { names: columns.map((it) => it.name), rows: rows.map((it) => it.cells) }, doubt };
}

const nowhere: Env = { filters: [], rows: [], spent: [], variables: new Map(), using: [] };

const typeOf: Readonly<Record<Kind, ColumnType>> = { num: 'double', text: 'string', bool: 'boolean', date: 'dateTime' };

/** The model with its calculated columns and tables as rows: each is worked out from those before it. */
export function resolve(model: SmallModel, doubt: Doubt): SmallModel {
  let known: SmallModel = { ...model, calculated: [] };
  for (const it of model.calculated) {
    const query: Table = it.k === 'calculatedTable' ? it.query : { k: 'addColumns', input: { k: 'rows', table: it.table }, items: [{ name: it.name, expression: it.expression }] };
    const { rows } = evaluatorOf(known, [], doubt, 300_000)(query, nowhere);
    if (it.k === 'calculatedTable') {
      const columns = it.columns.map(({ name, kind }) => ({ name, type: typeOf[kind] }));
      known = { ...known, tables: [...known.tables, { name: it.name, columns, rows: rows.map((row) => row.cells) }], relationships: [...known.relationships, ...relationshipsOf(it)] };
      continue;
    }
    const column = { name: it.name, type: typeOf[it.expression.is] };
    known = { ...known, tables: known.tables.map((table) => (table.name === it.table ? { ...table, columns: [...table.columns, column], rows: rows.map((row) => row.cells) } : table)) };
  }
  return known;
}

function evaluatorOf(model: SmallModel, measures: readonly Scalar[], doubt: Doubt, limit: number): (query: Table, env: Env) => Rows {
  let steps = 0;
  const step = (count = 1): void => {
    steps += count;
    if (steps > limit) throw new TooLong();
  };

  // ---------------------------------------------------------------- the model

  const tables = new Map(model.tables.map((it) => [it.name, it]));
  const tableOf = (name: string): SmallTable => {
    const it = tables.get(name);
    if (it === undefined) throw new Invalid(`no table ${name}`);
    return it;
  };
  const indexOf = (column: Column): number => {
    const at = tableOf(column.table).columns.findIndex((it) => it.name === column.column);
    if (at < 0) throw new Invalid(`no column ${columnKey(column)}`);
    return at;
  };
  type Using = Env['using'];
  /** Between two tables the relationship that is used last replaces the active one. */
  const outgoing = (table: string, using: Using): SmallModel['relationships'] => model.relationships.filter((it, i) => {
    if (it.from.table !== table) return false;
    const last = using.findLast((used) => model.relationships[used]?.from.table === table && model.relationships[used]?.to.table === it.to.table);
    return last === undefined ? it.inactive !== true : last === i;
  });
  const expandedTables = (table: string): readonly string[] => [table, ...outgoing(table, []).flatMap((it) => expandedTables(it.to.table))];
  const expandedColumns = (table: string): readonly string[] => expandedTables(table).flatMap((it) => tableOf(it).columns.map((column) => columnKey({ table: it, column: column.name })));

  /** A row, joined with the rows it leads to; without a row, the blank row. */
  function expand(table: string, row: readonly Val[] | undefined, using: Using): Map<string, Val> {
    const { columns } = tableOf(table);
    const out = new Map<string, Val>();
    columns.forEach((it, i) => out.set(columnKey({ table, column: it.name }), row?.[i] ?? null));
    for (const { from, to } of outgoing(table, using)) {
      const key = row?.[indexOf(from)] ?? null;
      const partner = key === null ? undefined : tableOf(to.table).rows.find((it) => keyOf(it[indexOf(to)] ?? null) === keyOf(key));
      for (const [name, value] of expand(to.table, partner, using)) out.set(name, value);
    }
    return out;
  }
  const expandedRows = new Map<string, readonly Expanded[]>();
  const rowsOf = (table: string, using: Using): readonly Expanded[] => {
    const key = `${table}|${using.join()}`;
    const known = expandedRows.get(key) ?? (tables.get(table)?.rows ?? []).map((row) => expand(table, row, using));
    expandedRows.set(key, known);
    return known;
  };

  /** Whether some row that leads to the table has no partner in it; the blank row of the many side leads nowhere, too. */
  const hasBlankRow = (table: string): boolean => model.relationships.some(({ from, to }) => {
    if (to.table !== table) return false;
    if (hasBlankRow(from.table)) return true;
    const keys = new Set(tableOf(table).rows.map((it) => keyOf(it[indexOf(to)] ?? null)));
    return tableOf(from.table).rows.some((it) => !keys.has(keyOf(it[indexOf(from)] ?? null)));
  });

  // ---------------------------------------------------------------- filter contexts

  function passes(row: Expanded, filters: readonly TupleFilter[]): boolean {
    return filters.every(({ columns, tuples }) => {
      const shared = columns.flatMap((it, i) => (row.has(it) ? [{ i, key: keyOf(row.get(it) ?? null) }] : []));
      step(1 + (shared.length * tuples.length) / 8);
      return shared.length === 0 || tuples.some((tuple) => shared.every(({ i, key }) => tuple[i] === key));
    });
  }

  const visible = (table: string, env: Env): readonly Expanded[] => rowsOf(table, env.using).filter((it) => passes(it, env.filters));
  const blankVisible = (table: string, env: Env): boolean => hasBlankRow(table) && passes(expand(table, undefined, env.using), env.filters);

  function withoutColumns(filters: readonly TupleFilter[], removed: ReadonlySet<string>): readonly TupleFilter[] {
    return filters.flatMap((filter) => {
      const kept = filter.columns.flatMap((it, i) => (removed.has(it) ? [] : [i]));
      if (kept.length === filter.columns.length) return [filter];
      return kept.length === 0 ? [] : [{ columns: kept.map((i) => filter.columns[i] as string), tuples: filter.tuples.map((tuple) => kept.map((i) => tuple[i] as string)) }];
    });
  }

  /** Rows as a filter: whole rows by all columns of the expanded table, other columns by their lineage. */
  function filterOf(table: Rows, rows: readonly Row[], using: Using): TupleFilter | undefined {
    const whole = table.of === undefined ? [] : expandedColumns(table.of);
    if (using.length > 0 && table.of !== undefined && expandedTables(table.of).length > 1) throw new Invalid('whole rows as a filter under a relationship in use');
    const others = table.columns.flatMap((it, i) => (it.lineage === undefined || whole.includes(it.lineage) ? [] : [{ column: it.lineage, i }]));
    const columns = [...whole, ...others.map((it) => it.column)];
    if (columns.length === 0) return undefined;
    const tuples = rows.map((row) => [...whole.map((it) => keyOf(row.whole?.get(it) ?? null)), ...others.map(({ i }) => keyOf(row.cells[i] ?? null))]);
    return { columns, tuples };
  }

  /** The context after context transition. */
  function transition(env: Env): Env {
    let { filters } = env;
    for (const { table, row } of env.rows) {
      const filter = filterOf(table, [row], env.using);
      if (filter !== undefined) filters = [...withoutColumns(filters, new Set(filter.columns)), filter];
    }
    return { ...env, filters, rows: [], spent: [...env.spent, ...env.rows] };
  }

  /** ALL and ALLEXCEPT right below CALCULATE take filters away; elsewhere they are tables. */
  function asModifier(it: Filter): Filter {
    if (it.k !== 'tableFilter' || it.keep) return it;
    switch (it.table.k) {
      case 'all': return { k: 'removeTable', fn: 'ALL', table: it.table.table };
      case 'allColumns': return { k: 'removeColumns', fn: 'ALL', columns: it.table.columns };
      case 'allExcept': return { k: 'removeExcept', table: it.table.table, columns: it.table.columns };
      default: return it;
    }
  }

  const calculated = (filters: readonly Filter[], env: Env): Env => changed(filters.map(asModifier), env);

  const relationshipOf = (from: Column, to: Column): number => {
    const at = model.relationships.findIndex((it) => columnKey(it.from) === columnKey(from) && columnKey(it.to) === columnKey(to));
    if (at < 0) throw new Invalid('no such relationship');
    return at;
  };

  /** CALCULATE's new context: arguments in the outer context, transition, modifiers, filters. */
  function changed(changes: readonly Filter[], env: Env): Env {
    const added = changes.flatMap((it): readonly { readonly filter: TupleFilter | undefined; readonly keep: boolean }[] => {
      if (it.k === 'tableFilter') {
        const rows = table(it.table, env);
        return [{ filter: filterOf(rows, rows.rows, env.using), keep: it.keep }];
      }
      if (it.k !== 'predicate') return [];
      const all = combinations(it.columns);
      // A row of the columns is the only row context in sight: columns of outer ones cannot be named in a boolean filter.
      const kept = all.rows.filter((row) => truth(scalar(it.condition, { ...env, rows: [{ table: all, row }], spent: [] })));
      return [{ filter: filterOf(all, kept, env.using), keep: it.keep }];
    });
    const inner = transition(env);
    let { filters } = inner;
    for (const it of changes) {
      switch (it.k) {
        case 'predicate': case 'tableFilter': case 'useRelationship': break;
        case 'removeAll': filters = []; break;
        case 'removeColumns': filters = withoutColumns(filters, new Set(it.columns.map(columnKey))); break;
        case 'removeTable': filters = withoutColumns(filters, new Set(expandedColumns(it.table))); break;
        case 'removeExcept': {
          const kept = new Set(it.columns.map(columnKey));
          filters = withoutColumns(filters, new Set(expandedColumns(it.table).filter((column) => !kept.has(column))));
          break;
        }
      }
    }
    for (const { filter, keep } of added) if (filter !== undefined && !keep) filters = withoutColumns(filters, new Set(filter.columns));
    const used = changes.flatMap((it) => (it.k === 'useRelationship' ? [relationshipOf(it.from, it.to)] : []));
    const using = used.length === 0 ? inner.using : [...inner.using, ...used];
    return { ...inner, using, filters: [...filters, ...added.flatMap((it) => (it.filter === undefined ? [] : [it.filter]))] };
  }

  // ---------------------------------------------------------------- tables

  const modelColumn = (it: Column): OutColumn => ({ name: columnKey(it), ref: columnKey(it), lineage: columnKey(it) });

  const wholeRows = (name: string, rows: readonly Expanded[]): Rows => {
    const columns = tableOf(name).columns.map((it) => modelColumn({ table: name, column: it.name }));
    return { columns, of: name, rows: rows.map((whole) => ({ whole, cells: columns.map((it) => whole.get(it.ref as string) ?? null) })) };
  };

  function distinct(rows: readonly Row[]): readonly Row[] {
    const seen = new Set<string>();
    return rows.filter((row) => {
      const key = row.cells.map(keyOf).join('|');
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
  }

  const columnsOf = (columns: readonly Column[], rows: readonly Expanded[]): Rows => {
    columns.forEach(indexOf);
    return {
      columns: columns.map(modelColumn),
      of: undefined,
      rows: distinct(rows.map((row) => ({ whole: undefined, cells: columns.map((it) => row.get(columnKey(it)) ?? null) }))),
    };
  };

  const everyRow = (name: string, using: Using): readonly Expanded[] => [...rowsOf(name, using), ...(hasBlankRow(name) ? [expand(name, undefined, using)] : [])];
  const visibleWithBlank = (name: string, env: Env): readonly Expanded[] => [...visible(name, env), ...(blankVisible(name, env) ? [expand(name, undefined, env.using)] : [])];

  /** ALL of columns of one table. */
  function combinations(columns: readonly Column[]): Rows {
    const [first] = columns;
    if (first === undefined || columns.some((it) => it.table !== first.table)) throw new Invalid('columns of one table are wanted');
    return columnsOf(columns, everyRow(first.table, []));
  }

  const values = (column: Column, fn: 'VALUES' | 'DISTINCT', env: Env): Rows =>
    columnsOf([column], fn === 'VALUES' ? visibleWithBlank(column.table, env) : visible(column.table, env));

  const inRow = (env: Env, of: Rows, row: Row): Env => {
    step();
    return { ...env, rows: [...env.rows, { table: of, row }] };
  };

  function table(it: Table, env: Env): Rows {
    step();
    switch (it.k) {
      case 'rows': return wholeRows(it.table, visible(it.table, env));
      case 'valuesOfTable': {
        if (it.fn === 'VALUES') return wholeRows(it.table, visibleWithBlank(it.table, env));
        const rows = wholeRows(it.table, visible(it.table, env));
        return { ...rows, rows: distinct(rows.rows) };
      }
      case 'values': return values(it.column, it.fn, env);
      case 'all': return wholeRows(it.table, everyRow(it.table, env.using));
      case 'allColumns': return combinations(it.columns);
      case 'allExcept': {
        const except = new Set(it.columns.map(columnKey));
        const columns = tableOf(it.table).columns.map((column): Column => ({ table: it.table, column: column.name })).filter((column) => !except.has(columnKey(column)));
        if (columns.length === 0) throw new Invalid('no column is left');
        return combinations(columns);
      }
      case 'filter': {
        const input = table(it.input, env);
        return { ...input, rows: input.rows.filter((row) => truth(scalar(it.predicate, inRow(env, input, row)))) };
      }
      case 'calculateTable': return table(it.input, calculated(it.filters, env));
      case 'relatedTable': return table({ k: 'rows', table: it.table }, transition(env));
      case 'addColumns': {
        const input = table(it.input, env);
        return {
          columns: [...input.columns, ...it.items.map(addedColumn)],
          of: input.of,
          rows: input.rows.map((row) => ({ whole: row.whole, cells: [...row.cells, ...it.items.map((item) => scalar(item.expression, inRow(env, input, row)))] })),
        };
      }
      case 'selectColumns': {
        const input = table(it.input, env);
        return {
          columns: it.items.map((item) => ({ ...addedColumn(item), lineage: item.expression.k === 'column' ? columnIn(input, item.expression.ref)?.lineage : undefined })),
          of: undefined,
          rows: input.rows.map((row) => ({ whole: undefined, cells: it.items.map((item) => scalar(item.expression, inRow(env, input, row))) })),
        };
      }
      case 'union': {
        const left = table(it.left, env);
        const right = table(it.right, env);
        if (left.columns.length !== right.columns.length) throw new Invalid('tables of different widths');
        const columns = left.columns.map((column, i): OutColumn => {
          const common = column.lineage !== undefined && column.lineage === right.columns[i]?.lineage;
          return common ? column : { name: undefined, ref: column.ref?.startsWith('[') === true ? column.ref : undefined, lineage: undefined };
        });
        return { columns, of: undefined, rows: [...left.rows, ...right.rows].map((row) => ({ whole: undefined, cells: row.cells })) };
      }
      case 'setOperation': {
        const left = table(it.left, env);
        const right = table(it.right, env);
        if (left.columns.length !== right.columns.length) throw new Invalid('tables of different widths');
        const keys = new Set(right.rows.map((row) => row.cells.map(keyOf).join('|')));
        // Lineage and names are those of the left side; duplicates of it stay.
        return { ...left, of: undefined, rows: left.rows.filter((row) => keys.has(row.cells.map(keyOf).join('|')) === (it.fn === 'INTERSECT')).map((row) => ({ whole: undefined, cells: row.cells })) };
      }
      case 'crossJoin': {
        const left = table(it.left, env);
        const right = table(it.right, env);
        if (left.rows.length * right.rows.length > 20_000) throw new TooLong();
        return beside(left, right, left.rows.flatMap((a) => right.rows.map((b) => [...a.cells, ...b.cells])));
      }
      case 'generate': {
        const left = table(it.left, env);
        const rights = left.rows.map((row) => table(it.right, inRow(env, left, row)));
        const shape = rights[0] ?? table(it.right, { ...env, rows: [...env.rows, { table: left, row: { cells: left.columns.map(() => null), whole: new Map() } }] });
        if (rights.reduce((sum, each) => sum + each.rows.length, 0) > 20_000) throw new TooLong();
        return beside(left, shape, left.rows.flatMap((a, i) => {
          const found = rights[i]?.rows ?? [];
          if (found.length === 0) return it.fn === 'GENERATEALL' ? [[...a.cells, ...shape.columns.map(() => null)]] : [];
          return found.map((b) => [...a.cells, ...b.cells]);
        }));
      }
      case 'topN': {
        const input = table(it.input, env);
        const keyed = input.rows.map((row) => ({ row, key: scalar(it.by, inRow(env, input, row)) }));
        const order = sorted(keyed.map(({ key }) => key), it.descending);
        const last = it.count <= 0 ? undefined : order[Math.min(it.count, order.length) - 1];
        if (last === undefined) return { ...input, rows: [] };
        // All that tie with the last of the first ones belong to them.
        return { ...input, rows: keyed.filter(({ key }) => inOrder(key, last, it.descending) <= 0).map(({ row }) => row) };
      }
      case 'summarize': {
        it.by.forEach(indexOf);
        const own = expandedColumns(it.table);
        if (it.by.some((column) => !own.includes(columnKey(column)))) throw new Invalid('a column that the table does not reach');
        return columnsOf(it.by, visible(it.table, env));
      }
      case 'treatAs': {
        const input = table(it.input, env);
        if (input.columns.length !== it.columns.length) throw new Invalid('another number of columns');
        const held = it.columns.map((column) => new Set(combinations([column]).rows.map((row) => keyOf(row.cells[0] ?? null))));
        return { columns: it.columns.map(modelColumn), of: undefined, rows: input.rows.filter((row) => row.cells.every((cell, i) => held[i]?.has(keyOf(cell)) === true)).map((row) => ({ whole: undefined, cells: row.cells })) };
      }
      case 'index': {
        const all = combinations([it.column]);
        const order = sorted(all.rows.map((row) => row.cells[0] ?? null), it.descending);
        const at = it.place > 0 ? it.place - 1 : order.length + it.place;
        const found = it.place === 0 ? undefined : order[at];
        return { ...all, rows: found === undefined ? [] : [{ whole: undefined, cells: [found] }] };
      }
      case 'distinct': {
        const input = table(it.input, env);
        return { ...input, rows: distinct(input.rows) };
      }
      case 'row': return { columns: it.items.map(addedColumn), of: undefined, rows: [{ whole: undefined, cells: it.items.map((item) => scalar(item.expression, env)) }] };
      case 'list': {
        const width = it.rows[0]?.cells.length ?? 0;
        if (it.rows.some((row) => row.cells.length !== width)) throw new Invalid('rows of different widths');
        const columns = Array.from({ length: width }, (_, i): OutColumn => {
          const name = width === 1 ? '[Value]' : `[Value${String(i + 1)}]`;
          return { name, ref: name, lineage: undefined };
        });
        return { columns, of: undefined, rows: it.rows.map((row) => ({ whole: undefined, cells: row.cells.map((cell) => scalar(cell, env)) })) };
      }
      case 'summarizeColumns': return summarize(it.by, it.filters, it.items, env);
      case 'tableVariable': return variable(it.name, env) as Rows;
      case 'tableLet': return table(it.body, bind(it.name, it.value, env));
    }
  }

  /** BLANK comes first, among numbers between those below zero and zero (the ORDERBY page); the other way round where the order descends. */
  function inOrder(a: Val, b: Val, descending: boolean): number {
    const sign = descending ? -1 : 1;
    const below = (it: Val): boolean => it !== null && it.t !== 'text' && it.t !== 'bool' && numberOf(it) < 0;
    if (a === null || b === null) return a === b ? 0 : (a === null) === below(a ?? b) ? sign : -sign;
    return compare(a, b, doubt) * sign;
  }
  const sorted = (cells: readonly Val[], descending: boolean): readonly Val[] => [...cells].sort((a, b) => inOrder(a, b, descending));

  /** The columns of two tables beside each other. */
  function beside(left: Rows, right: Rows, rows: readonly (readonly Val[])[]): Rows {
    const columns = [...left.columns, ...right.columns];
    const names = columns.flatMap((it) => (it.name === undefined ? [] : [it.name]));
    if (new Set(names).size !== names.length) throw new Invalid('two columns of one name');
    return { columns, of: undefined, rows: rows.map((cells) => ({ whole: undefined, cells })) };
  }

  const addedColumn = (it: Named): OutColumn => ({ name: `[${it.name}]`, ref: `[${it.name}]`, lineage: undefined });
  const columnIn = (rows: Rows, ref: Ref): OutColumn | undefined => rows.columns.find((it) => it.ref === ('added' in ref ? `[${ref.added}]` : columnKey(ref)));

  /**
   * SUMMARIZECOLUMNS: existing combinations of the columns of one table, crossed over tables; a filter that spans several
   * of the tables keeps only combinations it holds. Each expression in the context of the group and the filter tables,
   * which stay filters of their own (value filter behavior "Independent", that of new models since 2025).
   */
  function summarize(by: readonly Column[], filterTables: readonly Table[], items: readonly Named[], env: Env): Rows {
    const { filters } = changed(filterTables.map((it): Filter => ({ k: 'tableFilter', table: it, keep: false })), env);
    const inner: Env = { ...env, filters, rows: [], spent: [] };
    by.forEach(indexOf);
    const names = [...new Set(by.map((it) => it.table))];
    let crossed: readonly (readonly Expanded[])[] = [[]];
    for (const name of names) {
      const rows = visibleWithBlank(name, inner);
      if (crossed.length * rows.length > 200_000) throw new TooLong();
      step(crossed.length * rows.length);
      crossed = crossed.flatMap((parts) => rows.map((row) => [...parts, row]));
    }
    // Each table's rows passed on their own; what is left of a filter over several of them are the columns of these tables.
    const linking = filters.map(({ columns, tuples }) => {
      const own = columns.flatMap((column, i) => {
        const part = names.findIndex((name) => tableOf(name).columns.some((it) => columnKey({ table: name, column: it.name }) === column));
        return part < 0 ? [] : [{ column, i, part }];
      });
      return { own, tuples };
    }).filter(({ own }) => new Set(own.map((it) => it.part)).size > 1);
    const together = crossed.filter((parts) => linking.every(({ own, tuples }) => tuples.some((tuple) => {
      step();
      return own.every(({ column, i, part }) => keyOf(parts[part]?.get(column) ?? null) === tuple[i]);
    })));
    const groups = distinct(together.map((parts) => ({
      whole: undefined,
      cells: by.map((column) => parts[names.indexOf(column.table)]?.get(columnKey(column)) ?? null),
    })));
    const rows = groups.map((group): Row => {
      const context: TupleFilter = { columns: by.map(columnKey), tuples: [group.cells.map(keyOf)] };
      const inGroup: Env = { ...inner, filters: by.length === 0 ? filters : [...filters, context] };
      return { whole: undefined, cells: [...group.cells, ...items.map((it) => scalar(it.expression, inGroup))] };
    });
    const kept = items.length === 0 ? rows : rows.filter((row) => row.cells.slice(by.length).some((it) => it !== null));
    return { columns: [...by.map(modelColumn), ...items.map(addedColumn)], of: undefined, rows: kept };
  }

  // ---------------------------------------------------------------- scalars

  function bind(name: string, value: Scalar | Table, env: Env): Env {
    let known: Val | Rows | undefined;
    const read = (): Val | Rows => {
      if (known === undefined) known = isTable(value) ? table(value, env) : scalar(value, env);
      return known;
    };
    return { ...env, variables: new Map([...env.variables, [name, read]]) };
  }

  function variable(name: string, env: Env): Val | Rows {
    const it = env.variables.get(name);
    if (it === undefined) throw new Invalid(`no variable ${name}`);
    return it();
  }

  function scalar(it: Scalar, env: Env): Val {
    step();
    switch (it.k) {
      case 'const': return it.value;
      case 'column': return columnValue(it.ref, env);
      case 'related': {
        const context = [...env.spent, ...env.rows].findLast(({ row }) => row.whole?.has(columnKey(it.column)) === true);
        if (context === undefined) throw new Invalid(`no row leads to ${columnKey(it.column)}`);
        return context.row.whole?.get(columnKey(it.column)) ?? null;
      }
      case 'measure': {
        const measure = measures[it.index];
        if (measure === undefined) throw new Invalid('no measure');
        return scalar(measure, { filters: transition(env).filters, rows: [], spent: [], variables: new Map(), using: env.using });
      }
      case 'aggregate': {
        indexOf(it.column);
        return aggregate(it.fn, visible(it.column.table, env).map((row) => row.get(columnKey(it.column)) ?? null));
      }
      case 'countRows': {
        const { rows } = table(it.table, env);
        return rows.length === 0 ? null : int(rows.length);
      }
      case 'iterate': {
        const rows = table(it.table, env);
        return aggregate(it.fn, rows.rows.map((row) => scalar(it.body, inRow(env, rows, row))));
      }
      case 'calculate': return scalar(it.body, calculated(it.filters, env));
      case 'arithmetic': {
        const value = arithmetic(it.op, scalar(it.left, env), scalar(it.right, env), doubt);
        if (value !== null && it.is === 'date' && value.t !== 'date') doubt.days = true;
        return value !== null && it.is === 'date' ? { t: 'date', v: numberOf(value) } : value;
      }
      case 'negate': return negate(scalar(it.of, env), doubt);
      case 'compare': return bool(holds(it.op, scalar(it.left, env), scalar(it.right, env)));
      case 'and': return bool(truth(scalar(it.left, env)) && truth(scalar(it.right, env)));
      case 'or': return bool(truth(scalar(it.left, env)) || truth(scalar(it.right, env)));
      case 'not': return bool(!truth(scalar(it.of, env)));
      case 'isBlank': return bool(scalar(it.of, env) === null);
      case 'if': return truth(scalar(it.condition, env)) ? scalar(it.then, env) : optional(it.otherwise, env);
      case 'switch': {
        const subject = scalar(it.subject, env);
        const arm = it.arms.find(({ match }) => same(subject, scalar(match, env), doubt));
        return arm === undefined ? optional(it.otherwise, env) : scalar(arm.then, env);
      }
      case 'coalesce': {
        for (const item of it.items) {
          const value = scalar(item, env);
          if (value !== null) return value;
        }
        return null;
      }
      case 'divide': {
        const numerator = scalar(it.numerator, env);
        return divide(numerator, scalar(it.denominator, env), () => optional(it.alternate, env), doubt);
      }
      case 'in': {
        const given = it.values.map((value) => scalar(value, env));
        const { columns, rows } = table(it.table, env);
        if (columns.length !== given.length) throw new Invalid('tuples of another width');
        return bool(rows.some((row) => given.every((value, i) => same(value, row.cells[i] ?? null, doubt))));
      }
      case 'contains': {
        const value = scalar(it.text, env);
        return bool(textOf(value).toLowerCase().includes(it.part.toLowerCase()));
      }
      case 'least': case 'greatest': {
        const left = scalar(it.left, env);
        const right = scalar(it.right, env);
        // A BLANK that wins over a number is shown as BLANK or as 0: the page does not say.
        if (left === null || right === null) doubt.fragile = true;
        const order = compare(left, right, doubt);
        return (it.k === 'least' ? order <= 0 : order >= 0) ? left : right;
      }
      case 'days': {
        const from = scalar(it.from, env);
        const to = scalar(it.to, env);
        if (from === null || to === null) doubt.fragile = true;
        const parts = [from, to].map((each) => new Date(numberOf(each) * 86_400_000 + Date.UTC(1899, 11, 30)));
        const [a, b] = parts.map((at) => (it.unit === 'YEAR' ? at.getUTCFullYear() : it.unit === 'MONTH' ? at.getUTCFullYear() * 12 + at.getUTCMonth() : 0)) as [number, number];
        return int(it.unit === 'DAY' ? numberOf(to) - numberOf(from) : b - a);
      }
      case 'selectedValue': {
        const { rows } = values(it.column, 'VALUES', env);
        return rows.length === 1 ? (rows[0]?.cells[0] ?? null) : optional(it.alternate, env);
      }
      case 'hasOneValue': return bool(values(it.column, 'VALUES', env).rows.length === 1);
      case 'onlyValue': {
        const { rows } = values(it.column, 'VALUES', env);
        return rows.length === 1 ? (rows[0]?.cells[0] ?? null) : null;
      }
      case 'concat': return { t: 'text', v: textOf(scalar(it.left, env)) + textOf(scalar(it.right, env)) };
      case 'datePart': {
        const value = scalar(it.of, env);
        // No page tells the year of BLANK.
        if (value === null) doubt.fragile = true;
        const at = new Date(numberOf(value) * 86_400_000 + Date.UTC(1899, 11, 30));
        return int(it.fn === 'YEAR' ? at.getUTCFullYear() : it.fn === 'MONTH' ? at.getUTCMonth() + 1 : at.getUTCDate());
      }
      case 'lookup': {
        indexOf(it.result);
        it.search.forEach((each) => indexOf(each.column));
        const search = it.search.map((each) => ({ key: columnKey(each.column), value: scalar(each.value, env) }));
        const found = rowsOf(it.result.table, []).filter((row) => search.every(({ key, value }) => same(row.get(key) ?? null, value, doubt)));
        const results = new Map(found.map((row) => row.get(columnKey(it.result)) ?? null).map((value) => [keyOf(value), value]));
        if (results.size > 1 && it.alternate === null) throw new Invalid('several values');
        return results.size === 1 ? ([...results.values()][0] ?? null) : optional(it.alternate, env);
      }
      case 'variable': return variable(it.name, env) as Val;
      case 'let': return scalar(it.body, bind(it.name, it.value, env));
    }
  }

  const optional = (it: Scalar | null, env: Env): Val => (it === null ? null : scalar(it, env));

  function columnValue(ref: Ref, env: Env): Val {
    const wanted = 'added' in ref ? `[${ref.added}]` : columnKey(ref);
    for (const { table: of, row } of [...env.spent, ...env.rows].reverse()) {
      const at = of.columns.findIndex((it) => it.ref === wanted);
      if (at >= 0) return row.cells[at] ?? null;
    }
    throw new Invalid(`no row has ${wanted}`);
  }

  function textOf(it: Val): string {
    if (it === null) return '';
    if (it.t !== 'text') throw new Invalid('text is wanted');
    return it.v;
  }

  function holds(op: Extract<Scalar, { k: 'compare' }>['op'], a: Val, b: Val): boolean {
    if (op === '==') return same(a, b, doubt);
    const order = compare(a, b, doubt);
    switch (op) {
      case '=': return order === 0;
      case '<>': return order !== 0;
      case '<': return order < 0;
      case '<=': return order <= 0;
      case '>': return order > 0;
      case '>=': return order >= 0;
    }
  }

  function aggregate(fn: AggregateName | IteratorName, cells: readonly Val[]): Val {
    const given = cells.filter((it): it is NonNullable<Val> => it !== null);
    const count = (n: number): Val => (n === 0 ? null : int(n));
    switch (fn) {
      case 'COUNT': case 'COUNTA': case 'COUNTX': return count(given.length);
      // COUNTBLANK counts empty text, too (dax.guide).
      case 'COUNTBLANK': return count(cells.filter((it) => it === null || (it.t === 'text' && it.v === '')).length);
      case 'DISTINCTCOUNT': return count(new Set(cells.map(keyOf)).size);
      case 'DISTINCTCOUNTNOBLANK': return count(new Set(given.map(keyOf)).size);
      case 'MIN': case 'MINX': return given.reduce<Val>((best, it) => (best === null || compare(it, best, doubt) < 0 ? it : best), null);
      case 'MAX': case 'MAXX': return given.reduce<Val>((best, it) => (best === null || compare(it, best, doubt) > 0 ? it : best), null);
      case 'SUM': case 'SUMX': return given.reduce<Val>((sum, it) => arithmetic('+', sum, it, doubt), null);
      case 'AVERAGE': case 'AVERAGEX': {
        const sum = given.reduce<Val>((acc, it) => arithmetic('+', acc, it, doubt), null);
        if (sum === null) return null;
        return made(sum.t === 'decimal' ? 'decimal' : 'double', numberOf(sum) / given.length, doubt);
      }
    }
  }

  return table;
}
