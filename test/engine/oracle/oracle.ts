// A deliberately naive evaluator of plans: one context at a time, row by row, straight from the definitions. It shares
// no code with the engine. A filter is a list of tuples over columns; a row of a table passes when some tuple agrees
// with it on the columns that the tuple and the row's expanded table have in common.
import type { RelationshipSpec } from '../../../server/src/plan/database.ts';
import type { ColumnRef, ContextChange, MeasurePlan, Relation, RelationColumn, Scalar, VariablePlan } from '../../../server/src/plan/plan.ts';

export type Value = null | boolean | number | string;

export interface OracleTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Value[])[];
}

export interface OracleModel {
  readonly tables: readonly OracleTable[];
  readonly relationships: readonly RelationshipSpec[];
  readonly measures: readonly MeasurePlan[];
}

/** Values of the columns of an expanded table's row, by `table[column]`. */
type Expanded = ReadonlyMap<string, Value>;

interface Row {
  readonly cells: readonly Value[];
  /** Set when the row is a whole row of a table. */
  readonly expanded: Expanded | undefined;
}

interface Rows {
  readonly columns: readonly RelationColumn[];
  readonly rows: readonly Row[];
}

interface Filter {
  readonly columns: readonly string[];
  readonly tuples: readonly Expanded[];
}

interface Env {
  readonly filters: readonly Filter[];
  readonly rows: ReadonlyMap<number, { readonly row: Row; readonly columns: readonly RelationColumn[] }>;
  readonly variables: ReadonlyMap<number, Value | Rows>;
}

const key = (it: ColumnRef): string => `${it.table}[${it.column}]`;
const same = (a: Value | undefined, b: Value | undefined): boolean =>
  typeof a === 'string' && typeof b === 'string' ? a.toLowerCase() === b.toLowerCase() : a === b;

export interface Oracle {
  relation(relation: Relation): readonly (readonly Value[])[];
}

export function oracleOf(model: OracleModel): Oracle {
  const tableOf = (name: string): OracleTable => {
    const found = model.tables.find((it) => it.name === name);
    if (found === undefined) throw new Error(name);
    return found;
  };

  /** Tables of the expanded table, by the relationships that lead there. */
  function expandedTables(name: string): readonly string[] {
    const next = model.relationships.filter((it) => it.active && it.from.table === name).flatMap((it) => expandedTables(it.to.table));
    return [name, ...next];
  }
  const expandedColumns = (name: string): readonly string[] =>
    expandedTables(name).flatMap((table) => tableOf(table).columns.map((column) => key({ table, column })));

  function expand(name: string, row: readonly Value[] | undefined): Expanded {
    const table = tableOf(name);
    const values = new Map<string, Value>(table.columns.map((column, i) => [key({ table: name, column }), row?.[i] ?? null]));
    for (const it of model.relationships) {
      if (!it.active || it.from.table !== name) continue;
      const foreign = values.get(key(it.from)) ?? null;
      const target = tableOf(it.to.table);
      const at = target.columns.indexOf(it.to.column);
      const found = row === undefined ? undefined : target.rows.find((other) => same(other[at] ?? null, foreign));
      for (const [column, value] of expand(it.to.table, found)) values.set(column, value);
    }
    return values;
  }

  const hasBlankRow = (name: string): boolean => model.relationships.some((it) => {
    if (it.to.table !== name) return false;
    const from = tableOf(it.from.table);
    const to = tableOf(name);
    return hasBlankRow(it.from.table) || from.rows.some((row) => !to.rows.some((other) => same(other[to.columns.indexOf(it.to.column)] ?? null, row[from.columns.indexOf(it.from.column)] ?? null)));
  });

  function wholeRows(name: string, blankRow: boolean): readonly Row[] {
    const table = tableOf(name);
    const rows = table.rows.map((cells): Row => ({ cells, expanded: expand(name, cells) }));
    return blankRow && hasBlankRow(name) ? [...rows, { cells: table.columns.map(() => null), expanded: expand(name, undefined) }] : rows;
  }

  const passes = (row: Expanded, filter: Filter): boolean => {
    const common = filter.columns.filter((it) => row.has(it));
    return common.length === 0 || filter.tuples.some((tuple) => common.every((it) => same(tuple.get(it), row.get(it))));
  };
  const visible = (name: string, env: Env, blankRow: boolean): readonly Row[] =>
    wholeRows(name, blankRow).filter((row) => env.filters.every((it) => passes(row.expanded as Expanded, it)));

  function distinct(rows: readonly Row[]): readonly Row[] {
    return rows.filter((row, i) => rows.findIndex((other) => row.cells.every((it, c) => same(it, other.cells[c]))) === i);
  }

  const columnsOf = (refs: readonly ColumnRef[]): readonly RelationColumn[] => refs.map((it) => ({ name: key(it), lineage: it }));
  const valuesOf = (rows: readonly Row[], refs: readonly ColumnRef[]): readonly Row[] =>
    distinct(rows.map((row) => ({ cells: refs.map((it) => row.expanded?.get(key(it)) ?? null), expanded: undefined })));

  /** Rows as a filter. */
  function filterOf({ columns, rows }: Rows): Filter {
    const tuples = rows.map((row) => {
      const tuple = new Map<string, Value>(row.expanded ?? []);
      columns.forEach((column, i) => {
        if (column.lineage !== undefined) tuple.set(key(column.lineage), row.cells[i] ?? null);
      });
      return tuple;
    });
    const own = columns.flatMap((it) => (it.lineage === undefined ? [] : [key(it.lineage)]));
    return { columns: [...new Set([...own, ...tuples.flatMap((it) => [...it.keys()])])], tuples };
  }

  function without(filters: readonly Filter[], columns: readonly string[]): readonly Filter[] {
    return filters.flatMap((it) => {
      const left = it.columns.filter((column) => !columns.includes(column));
      return left.length === 0 ? [] : [{ columns: left, tuples: it.tuples }];
    });
  }

  function changed(changes: readonly ContextChange[], transition: readonly number[], env: Env): readonly Filter[] {
    const added = changes.flatMap((it): readonly { readonly filter: Filter; readonly keep: boolean }[] => {
      if (it.change === 'filter') return [{ filter: withColumns(filterOf(relation(it.relation, env)), it.relation), keep: it.keep }];
      if (it.change !== 'predicate') return [];
      const all = valuesOf(wholeRows(it.columns[0]?.table ?? '', true), it.columns);
      const columns = columnsOf(it.columns);
      const kept = all.filter((row) => truth(scalar(it.predicate, withRow(env, it.row, row, columns))));
      return [{ filter: { columns: it.columns.map(key), tuples: filterOf({ columns, rows: kept }).tuples }, keep: it.keep }];
    });
    let filters = env.filters;
    for (const id of transition) {
      const bound = env.rows.get(id);
      if (bound === undefined) throw new Error(`row ${id}`);
      const filter = filterOf({ columns: bound.columns, rows: [bound.row] });
      filters = [...without(filters, filter.columns), filter];
    }
    for (const it of changes) {
      if (it.change === 'removeAll') filters = [];
      else if (it.change === 'removeColumns') filters = without(filters, it.columns.map(key));
      else if (it.change === 'removeTable') filters = without(filters, expandedColumns(it.table));
      else if (it.change === 'removeExcept') filters = without(filters, expandedColumns(it.table).filter((column) => !it.columns.map(key).includes(column)));
    }
    for (const { filter, keep } of added) if (!keep) filters = without(filters, filter.columns);
    return [...filters, ...added.map((it) => it.filter)];
  }

  /** A filter without rows still is one over its columns. */
  const withColumns = (filter: Filter, from: Relation): Filter => {
    const whole = from.table === undefined ? [] : expandedColumns(from.table);
    return { columns: [...new Set([...filter.columns, ...whole])], tuples: filter.tuples };
  };

  const withRow = (env: Env, id: number, row: Row, columns: readonly RelationColumn[]): Env => ({ ...env, rows: new Map(env.rows).set(id, { row, columns }) });
  const withVariables = (env: Env, plans: readonly VariablePlan[]): Env =>
    plans.reduce<Env>((acc, it) => ({ ...acc, variables: new Map(acc.variables).set(it.id, it.kind === 'scalar' ? scalar(it.value, acc) : relation(it.value, acc)) }), env);

  const truth = (it: Value): boolean => it === true || (typeof it === 'number' && it !== 0);

  function scalar(node: Scalar, env: Env): Value {
    switch (node.op) {
      case 'constant': return node.value as Value;
      case 'column': return env.rows.get(node.row)?.row.cells[node.index] ?? null;
      case 'related': return env.rows.get(node.row)?.row.expanded?.get(key(node.column)) ?? null;
      case 'variable': return env.variables.get(node.id) as Value;
      case 'let': return scalar(node.body, withVariables(env, node.variables));
      case 'if': return truth(scalar(node.condition, env)) ? scalar(node.then, env) : node.otherwise === null ? null : scalar(node.otherwise, env);
      case 'coalesce': return node.args.map((it) => scalar(it, env)).find((it) => it !== null) ?? null;
      case 'and': return truth(scalar(node.left, env)) && truth(scalar(node.right, env));
      case 'or': return truth(scalar(node.left, env)) || truth(scalar(node.right, env));
      case 'divide': {
        const [a, b] = [scalar(node.numerator, env), scalar(node.denominator, env)];
        if (b === null || b === 0) return node.alternate === null ? null : scalar(node.alternate, env);
        return a === null ? null : Number(a) / Number(b);
      }
      case 'call': return called(node.name, node.args.map((it) => (it === null ? null : scalar(it, env))));
      case 'aggregate': return aggregated(node.fn, visible(node.column.table, env, false).map((it) => it.expanded?.get(key(node.column)) ?? null));
      case 'countRows': return relation(node.relation, env).rows.length || null;
      case 'fold': {
        const input = relation(node.relation, env);
        return aggregated(node.fn, input.rows.map((row) => scalar(node.expression, withRow(env, node.row, row, input.columns))));
      }
      case 'measure': {
        const plan = model.measures[node.index];
        if (plan === undefined) throw new Error('measure');
        return scalar(plan.expression, { filters: changed([], node.transition, env), rows: new Map(), variables: new Map() });
      }
      case 'calculate': return scalar(node.expression, { ...env, filters: changed(node.changes, node.transition, env) });
      case 'hasOneValue': return valuesOf(visible(node.column.table, env, true), [node.column]).length === 1;
      case 'selectedValue': {
        const values = valuesOf(visible(node.column.table, env, true), [node.column]);
        return values.length === 1 ? (values[0]?.cells[0] ?? null) : node.alternate === null ? null : scalar(node.alternate, env);
      }
      case 'in': {
        const wanted = node.values.map((it) => scalar(it, env));
        return relation(node.relation, env).rows.some((row) => wanted.every((it, i) => same(it, row.cells[i])));
      }
      case 'lookup': {
        const wanted = node.search.map((it) => scalar(it.value, env));
        const rows = wholeRows(node.result.table, false).filter((row) => node.search.every((it, i) => same(row.expanded?.get(key(it.column)), wanted[i])));
        const found = valuesOf(rows, [node.result]);
        if (found.length === 1) return found[0]?.cells[0] ?? null;
        return node.alternate === null ? null : scalar(node.alternate, env);
      }
      default: throw new Error(`the oracle knows no ${node.op}`);
    }
  }

  function relation(node: Relation, env: Env): Rows {
    const { columns } = node;
    const refs = columns.flatMap((it) => (it.lineage === undefined ? [] : [it.lineage]));
    switch (node.op) {
      case 'scan': return { columns, rows: visible(node.source, env, node.blankRow) };
      case 'values': return { columns, rows: valuesOf(visible(refs[0]?.table ?? '', env, node.blankRow), refs) };
      case 'all': return { columns, rows: node.whole ? wholeRows(node.source, node.blankRow) : valuesOf(wholeRows(node.source, node.blankRow), refs) };
      case 'filter': {
        const input = relation(node.input, env);
        return { columns, rows: input.rows.filter((row) => truth(scalar(node.predicate, withRow(env, node.row, row, input.columns)))) };
      }
      case 'extend': {
        const input = relation(node.input, env);
        return { columns, rows: input.rows.map((row) => ({ ...row, cells: [...row.cells, ...node.extensions.map((it) => scalar(it.expression, withRow(env, node.row, row, input.columns)))] })) };
      }
      case 'project': {
        const input = relation(node.input, env);
        return { columns, rows: input.rows.map((row) => ({ expanded: undefined, cells: node.expressions.map((it) => scalar(it, withRow(env, node.row, row, input.columns))) })) };
      }
      case 'union': return { columns, rows: node.inputs.flatMap((it) => relation(it, env).rows.map((row) => ({ cells: row.cells, expanded: undefined }))) };
      case 'distinct': return { columns, rows: distinct(relation(node.input, env).rows) };
      case 'rows': return { columns, rows: node.rows.map((row) => ({ expanded: undefined, cells: row.map((it) => scalar(it, env)) })) };
      case 'calculate': return relation(node.input, { ...env, filters: changed(node.changes, node.transition, env) });
      case 'let': return relation(node.body, withVariables(env, node.variables));
      case 'tableVariable': return env.variables.get(node.id) as Rows;
      case 'summarizeColumns': return summarized(node, env);
      default: throw new Error(`the oracle knows no ${node.op}`);
    }
  }

  function summarized(node: Extract<Relation, { op: 'summarizeColumns' }>, env: Env): Rows {
    const filters = changed(node.filters.map((it) => ({ change: 'filter', relation: it, keep: false })), [], env);
    const inside = { ...env, filters };
    const tables = [...new Set(node.by.map((it) => it.table))];
    let groups: readonly Expanded[] = [new Map()];
    for (const table of tables) {
      const refs = node.by.filter((it) => it.table === table);
      const values = valuesOf(visible(table, inside, true), refs);
      groups = groups.flatMap((group) => values.map((row) => new Map([...group, ...refs.map((it, i) => [key(it), row.cells[i] ?? null] as const)])));
    }
    const by = node.by.map(key);
    const tying = filters.filter((it) => tables.filter((table) => it.columns.some((column) => column.startsWith(`${table}[`))).length > 1);
    const existing = groups.filter((group) => tying.every((it) => it.tuples.some((tuple) => by.every((column) => !it.columns.includes(column) || same(tuple.get(column), group.get(column))))));
    const rows = existing.flatMap((group): readonly Row[] => {
      const own = node.by.length === 0 ? filters : [...filters, { columns: by, tuples: [group] }];
      const added = node.extensions.map((it) => scalar(it.expression, { ...inside, filters: own }));
      if (added.length > 0 && added.every((it) => it === null)) return [];
      return [{ expanded: undefined, cells: [...by.map((column) => group.get(column) ?? null), ...added] }];
    });
    return { columns: node.columns, rows };
  }

  return { relation: (it) => relation(it, { filters: [], rows: new Map(), variables: new Map() }).rows.map((row) => row.cells) };
}

function called(name: string, args: readonly Value[]): Value {
  const [a = null, b = null] = args;
  const [x, y] = [Number(a ?? 0), Number(b ?? 0)];
  const order = (): number => {
    if (typeof a === 'string' || typeof b === 'string') {
      const [s, t] = [String(a ?? '').toLowerCase(), String(b ?? '').toLowerCase()];
      return s < t ? -1 : s > t ? 1 : 0;
    }
    return x - y;
  };
  switch (name) {
    case '+': return a === null && b === null ? null : x + y;
    case '-': return a === null && b === null ? null : x - y;
    case '*': return a === null || b === null ? null : x * y;
    case '=': return order() === 0;
    case '==': return a === null || b === null ? a === b : order() === 0;
    case '<>': return order() !== 0;
    case '<': return order() < 0;
    case '>=': return order() >= 0;
    case 'NOT': return !(a === true || (typeof a === 'number' && a !== 0));
    case 'ISBLANK': return a === null;
    default: throw new Error(`the oracle knows no ${name}`);
  }
}

function aggregated(fn: string, values: readonly Value[]): Value {
  const some = values.filter((it) => it !== null);
  const numbers = some.map(Number);
  const distinct = (list: readonly Value[]): number => new Set(list.map((it) => (typeof it === 'string' ? it.toLowerCase() : it))).size;
  switch (fn) {
    case 'SUM': return some.length === 0 ? null : numbers.reduce((acc, it) => acc + it, 0);
    case 'AVERAGE': return some.length === 0 ? null : numbers.reduce((acc, it) => acc + it, 0) / some.length;
    case 'MIN': return some.length === 0 ? null : Math.min(...numbers);
    case 'MAX': return some.length === 0 ? null : Math.max(...numbers);
    case 'COUNT':
    case 'COUNTA': return some.length || null;
    case 'COUNTBLANK': return values.filter((it) => it === null || it === '').length || null;
    case 'DISTINCTCOUNT': return distinct(values) || null;
    case 'DISTINCTCOUNTNOBLANK': return distinct(some) || null;
    default: throw new Error(`the oracle knows no ${fn}`);
  }
}
