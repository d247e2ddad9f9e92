// Random small models and random plans over them, from a seed.
import type { TableSpec, RelationshipSpec } from '../../../server/src/plan/database.ts';
import type { ContextChange, MeasurePlan, Relation, RowId, Scalar } from '../../../server/src/plan/plan.ts';
import type { RowValue } from '../../../server/src/model/model.ts';
import * as p from '../plans.ts';
import type { Value } from './oracle.ts';

export interface RandomCase {
  readonly tables: readonly TableSpec[];
  readonly relationships: readonly RelationshipSpec[];
  readonly measures: readonly MeasurePlan[];
  readonly query: Relation;
}

type Kind = 'number' | 'text' | 'boolean';

/** Columns of the random models; `Fact` and `Other` lead to `Dim`, `Fact` to `Side`, `Dim` to `Top`. */
const shape: readonly { readonly name: string; readonly columns: readonly (readonly [string, Kind])[] }[] = [
  { name: 'Top', columns: [['Key', 'number'], ['A', 'text']] },
  { name: 'Dim', columns: [['Key', 'number'], ['B', 'text'], ['C', 'number'], ['Top', 'number']] },
  { name: 'Side', columns: [['Key', 'number'], ['D', 'text']] },
  { name: 'Fact', columns: [['Dim', 'number'], ['Side', 'number'], ['X', 'number'], ['F', 'boolean'], ['G', 'text']] },
  { name: 'Other', columns: [['Dim', 'number'], ['Y', 'number']] },
];

const types: Readonly<Record<Kind, string>> = { number: 'int64', text: 'string', boolean: 'boolean' };
const reach: Readonly<Record<string, readonly string[]>> = { Top: ['Top'], Dim: ['Dim', 'Top'], Side: ['Side'], Fact: ['Fact', 'Dim', 'Side', 'Top'], Other: ['Other', 'Dim', 'Top'] };

export function randomCase(seed: number): RandomCase {
  const random = generator(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const chance = (share: number): boolean => random() < share;
  const cellOf = (kind: Kind): Value => {
    if (chance(0.15)) return null;
    return kind === 'number' ? Math.floor(random() * 4) : kind === 'boolean' ? chance(0.5) : pick(['a', 'A', 'b', 'c', '']);
  };
  const keyed = new Set(['Top', 'Dim', 'Side']);
  const tables = shape.map(({ name, columns }) => {
    const count = keyed.has(name) ? 1 + Math.floor(random() * 4) : Math.floor(random() * 9);
    const rows = Array.from({ length: count }, (_, i) => columns.map(([column, kind]): RowValue => (keyed.has(name) && column === 'Key' ? i : cellOf(kind))));
    return p.table(name, columns.map(([column, kind]) => `${column}:${types[kind]}`).join(' '), ...rows);
  });
  const relationships = [p.link('Fact[Dim]', 'Dim[Key]'), p.link('Fact[Side]', 'Side[Key]'), p.link('Other[Dim]', 'Dim[Key]'), p.link('Dim[Top]', 'Top[Key]')];
  const specOf = (name: string): TableSpec => tables.find((it) => it.name === name) as TableSpec;
  const columnsOf = (name: string, kind?: Kind): readonly string[] =>
    (shape.find((it) => it.name === name)?.columns ?? []).filter((it) => kind === undefined || it[1] === kind).map((it) => `${name}[${it[0]}]`);
  const kindOf = (column: string): Kind => shape.flatMap((it) => it.columns.map(([name, kind]) => [`${it.name}[${name}]`, kind] as const)).find(([name]) => name === column)?.[1] ?? 'number';
  // Facts are where rows repeat and filters meet, so they come more often.
  const anyTable = (): string => (chance(0.4) ? pick(['Fact', 'Other']) : pick(shape).name);
  const anyColumn = (kind?: Kind): string => {
    const columns = shape.flatMap((it) => columnsOf(it.name, kind));
    return pick(columns);
  };

  /** What may be read at a place: open row contexts, those that are not yet filters, and measures defined so far. */
  interface Sight {
    readonly rows: readonly { readonly id: RowId; readonly columns: readonly string[]; readonly table: string | undefined }[];
    readonly open: readonly RowId[];
    readonly measures: number;
  }

  const constant = (kind: Kind): Scalar => {
    const value = cellOf(kind);
    return value === null ? p.value(null) : p.value(value);
  };

  function fromRow(kind: Kind, sight: Sight): Scalar | undefined {
    const places = sight.rows.flatMap((row) => row.columns.flatMap((column, index) => (kindOf(column) === kind ? [p.cell(row.id, index)] : [])));
    const related = sight.rows.flatMap((row) => (row.table === undefined ? [] : (reach[row.table] ?? []).filter((it) => it !== row.table).flatMap((it) => columnsOf(it, kind)).map((it) => p.related(row.id, it))));
    return places.length + related.length === 0 ? undefined : pick([...places, ...related]);
  }

  function number(depth: number, sight: Sight): Scalar {
    if (depth <= 0) {
      const own = chance(0.5) ? fromRow('number', sight) : undefined;
      return own ?? (chance(0.25) ? constant('number') : leaf());
    }
    const sub = (): Scalar => number(depth - 1, sight);
    switch (Math.floor(random() * 12)) {
      case 0: return p.call(pick(['+', '-', '*']), sub(), sub());
      case 1: return p.divide(sub(), sub(), chance(0.5) ? sub() : null);
      case 2: return p.iff(truth(depth - 1, sight), sub(), ...(chance(0.6) ? [sub()] : []));
      case 3: return { op: 'coalesce', args: [sub(), sub()] };
      case 4:
      case 5: return calculated(depth, sight);
      case 6:
      case 7: {
        const { relation, columns, table } = rows(depth - 1, sight);
        return p.fold(pick(['SUM', 'AVERAGE', 'MIN', 'MAX', 'COUNT']), relation, (row) =>
          number(depth - 1, { ...sight, rows: [...sight.rows, { id: row, columns, table }], open: [...sight.open, row] }));
      }
      case 8: return p.countRows(rows(depth - 1, sight).relation);
      case 9: {
        if (sight.measures === 0) return sub();
        return p.measure(Math.floor(random() * sight.measures), ...sight.open);
      }
      case 10: {
        const id = p.newRow();
        const value = sub();
        return { op: 'let', variables: [{ kind: 'scalar', id, name: 'v', value }], body: p.call('+', { op: 'variable', id }, p.iff(truth(depth - 1, sight), { op: 'variable', id }, number(depth - 1, sight))) };
      }
      default: return p.call('+', { op: 'selectedValue', column: p.ref(anyColumn('number')), alternate: chance(0.5) ? sub() : null }, sub());
    }
  }

  const leaf = (): Scalar => (chance(0.5)
    ? p.agg(pick(['SUM', 'AVERAGE', 'MIN', 'MAX']), chance(0.5) ? pick(['Fact[X]', 'Other[Y]']) : anyColumn('number'))
    : p.agg(pick(['COUNTA', 'COUNTBLANK', 'DISTINCTCOUNT', 'DISTINCTCOUNTNOBLANK']), anyColumn()));

  function calculated(depth: number, sight: Sight): Scalar {
    const changes = Array.from({ length: Math.floor(random() * 3) }, () => change(depth - 1, sight));
    return p.calculate(number(depth - 1, { ...sight, open: [] }), changes, ...sight.open);
  }

  function change(depth: number, sight: Sight): ContextChange {
    const keep = chance(0.3);
    switch (Math.floor(random() * 7)) {
      case 0: return p.remove(anyColumn(), anyColumn());
      case 1: return p.removeTable(anyTable());
      case 2: return chance(0.3) ? { change: 'removeAll' } : { change: 'removeExcept', table: anyTable(), columns: [p.ref(anyColumn())] };
      case 3: {
        const table = anyTable();
        const columns = [...new Set([pick(columnsOf(table)), pick(columnsOf(table))])];
        const row = p.newRow();
        return { change: 'predicate', columns: columns.map(p.ref), row, keep, predicate: condition(row, columns, { ...sight, rows: [...sight.rows, { id: row, columns, table: undefined }] }) };
      }
      case 4: return p.by(rows(Math.min(depth, 1), sight).relation, keep);
      default: {
        const column = anyColumn();
        const row = p.newRow();
        return { change: 'predicate', columns: [p.ref(column)], row, keep, predicate: condition(row, [column], sight) };
      }
    }
  }

  /** A condition on the current row of `row`, perhaps against a value from further out. */
  function condition(row: RowId, columns: readonly string[], sight: Sight): Scalar {
    const test = (index: number): Scalar => {
      const kind = kindOf(columns[index] ?? '');
      const other = chance(0.3) ? (fromRow(kind, sight) ?? constant(kind)) : constant(kind);
      return p.call(kind === 'boolean' ? pick(['=', '<>']) : pick(['=', '==', '<>', '<', '>=']), p.cell(row, index), other);
    };
    const last = columns.length - 1;
    return last === 0 ? test(0) : { op: pick(['and', 'or'] as const), left: test(0), right: test(last) };
  }

  function truth(depth: number, sight: Sight): Scalar {
    if (depth > 0 && chance(0.3)) return { op: pick(['and', 'or'] as const), left: truth(depth - 1, sight), right: truth(depth - 1, sight) };
    if (chance(0.15)) return { op: 'hasOneValue', column: p.ref(anyColumn()) };
    if (chance(0.15)) return p.call('ISBLANK', number(depth - 1, sight));
    return p.call(pick(['=', '==', '<>', '<', '>=']), number(depth - 1, sight), number(depth - 1, sight));
  }

  /** Rows with lineage, to iterate over or to filter by. */
  function rows(depth: number, sight: Sight): { readonly relation: Relation; readonly columns: readonly string[]; readonly table: string | undefined } {
    const base = (): ReturnType<typeof rows> => {
      const table = anyTable();
      const columns = columnsOf(table);
      if (chance(0.3)) return { relation: p.rows(specOf(table), chance(0.3)), columns, table };
      if (chance(0.2)) return { relation: p.allRows(specOf(table)), columns, table };
      const some = [...new Set([pick(columns), pick(columns)])];
      return { relation: pick([p.values, p.distinct, p.all])(...some), columns: some, table: undefined };
    };
    const input = base();
    if (depth <= 0 || chance(0.4)) return input;
    const relation = chance(0.5)
      ? p.filter(input.relation, (row) => condition(row, input.columns.length > 2 ? input.columns.slice(0, 2) : input.columns, sight))
      : p.filter(input.relation, (row) => truth(depth - 1, { ...sight, rows: [...sight.rows, { id: row, columns: input.columns, table: input.table }], open: [...sight.open, row] }));
    return { ...input, relation };
  }

  const measures: MeasurePlan[] = [];
  for (let i = 0; i < 2; i++) measures.push({ name: `m${i}`, expression: number(2, { rows: [], open: [], measures: i }) });
  const top: Sight = { rows: [], open: [], measures: measures.length };
  const query = ((): Relation => {
    if (chance(0.7)) {
      const by = [...new Set(Array.from({ length: Math.floor(random() * 3) }, () => anyColumn()))];
      const filters = Array.from({ length: Math.floor(random() * 2) }, () => rows(1, top).relation);
      return p.summarize(by, { v: number(3, top), w: number(2, top) }, filters);
    }
    const { relation, columns, table } = rows(1, top);
    return p.extend(relation, (row) => ({ v: number(3, { ...top, rows: [{ id: row, columns, table }], open: [row] }) }));
  })();
  return { tables, relationships, measures, query };
}

/** Numbers from 0 up to 1, the same for the same seed. */
function generator(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let it = Math.imul(state ^ (state >>> 15), state | 1);
    it = (it + Math.imul(it ^ (it >>> 7), it | 61)) ^ it;
    return ((it ^ (it >>> 14)) >>> 0) / 4_294_967_296;
  };
}
