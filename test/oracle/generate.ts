/** Random measures and queries over a small model, from the grammar of what the engine evaluates. */
import { randomOf, type Random } from './random.ts';
import { resolve } from './evaluate.ts';
import type { Calculated, ColumnType, SmallModel } from './smallModel.ts';
import { quoted, scalarText, tableText, type AggregateName, type Column, type Comparison, type Filter, type Named, type Question, type Ref, type Scalar, type Table } from './tree.ts';
import { bool, dateOf, double, doubtless, int, text, type Kind, type Val } from './values.ts';

interface Known extends Column {
  readonly kind: Kind;
  readonly type: ColumnType;
}

/** What the rows of a table hold. */
interface Shape {
  /** Columns that expressions may name. */
  readonly columns: readonly { readonly ref: Ref; readonly kind: Kind }[];
  /** All columns by kind, for tables that are put beside each other. */
  readonly kinds: readonly Kind[];
  /** Whole rows of this table. */
  readonly whole: string | undefined;
}

interface Made {
  readonly node: Table;
  readonly shape: Shape;
}

type Variable = { readonly name: string; readonly kind: Kind } | { readonly name: string; readonly shape: Shape };

interface Scope {
  /** Row contexts, innermost last. */
  readonly rows: readonly Shape[];
  readonly variables: readonly Variable[];
}

const kindOf = (type: ColumnType): Kind => (type === 'string' ? 'text' : type === 'boolean' ? 'bool' : type === 'dateTime' ? 'date' : 'num');

export function randomQuestion(model: SmallModel, seed: number): Question {
  const random = randomOf(seed);
  const { measures, scalar, query } = generatorOf(model, random);
  const depth = (): number => random.weighed([[3, 1], [3, 2], [3, 3], [1, 4], [0.3, 5]]);
  const count = random.int(1, 3);
  for (let i = 0; i < count; i++) {
    const kind = random.weighed<Kind>([[8, 'num'], [1, 'text'], [1, 'bool'], [1, 'date']]);
    measures.push(scalar(kind, { rows: [], variables: [] }, depth()));
  }
  return { measures, query: query(depth()) };
}

/** Calculated columns and tables beside the tables of a model. */
export function withCalculated(model: SmallModel, seed: number): SmallModel {
  const random = randomOf(seed);
  let made = model;
  const count = random.weighed([[4, 0], [3, 1], [2, 2]]);
  for (let i = 0; i < count; i++) {
    const known = resolve(made, doubtless());
    const free = model.tables.map((it) => it.name).filter((it) => !readBy(made).has(it));
    const it = random.chance(0.65) ? (free.length === 0 ? undefined : calculatedColumn(known, random, random.pick(free), `Calc ${String(i)}`)) : calculatedTable(known, random, `Made${String(i)}`);
    if (it !== undefined) made = { ...made, calculated: [...made.calculated, it] };
  }
  return made;
}

/** Tables that calculated columns and tables read, and those that these lead to: a column of one more may close a circle. */
function readBy(model: SmallModel): ReadonlySet<string> {
  const texts = model.calculated.map((it) => (it.k === 'calculatedTable' ? tableText(it.query) : `${quoted(it.table)} ${scalarText(it.expression)}`));
  const reached = (table: string): readonly string[] => [table, ...model.relationships.filter((it) => it.from.table === table && it.inactive !== true).flatMap((it) => reached(it.to.table))];
  return new Set(model.tables.filter((it) => texts.some((each) => new RegExp(`(?:^|\\W)${it.name}(?:\\W|$)`).test(each.replaceAll("''", "'")))).flatMap((it) => reached(it.name)));
}

function calculatedColumn(model: SmallModel, random: Random, table: string, name: string): Calculated {
  const it = generatorOf(model, random);
  const kind = random.weighed<Kind>([[4, 'num'], [2, 'text'], [1, 'bool'], [1, 'date']]);
  return { k: 'calculatedColumn', table, name, expression: it.scalar(kind, { rows: [it.shapeOfTable(table)], variables: [] }, random.int(1, 2)) };
}

/** Some rows of a table, with its keys and one more column: what a fact table made from raw rows is. */
function calculatedTable(model: SmallModel, random: Random, name: string): Calculated {
  const it = generatorOf(model, random);
  const source = random.pick(model.tables.filter((each) => !each.name.startsWith('Made')));
  const shape = it.shapeOfTable(source.name);
  const inRow = { rows: [shape], variables: [] };
  const kept = source.columns.filter((column) => column.name.endsWith(' id') || random.chance(0.6));
  const kind = random.pick<Kind>(['num', 'text', 'bool']);
  const items: readonly Named[] = [
    ...kept.map((column): Named => ({ name: column.name, expression: { k: 'column', is: kindOf(column.type), ref: { table: source.name, column: column.name } } })),
    { name: 'Extra', expression: it.leafIn(kind, inRow) },
  ];
  const filtered: Table = { k: 'filter', input: { k: 'rows', table: source.name }, predicate: it.scalar('bool', inRow, 1) };
  const query: Table = { k: 'selectColumns', input: random.chance(0.5) ? filtered : { k: 'rows', table: source.name }, items };
  // What reads the blank row of a table must not be a reason for it.
  const apart = model.tables.some((each) => each.columns.some((column) => column.name.startsWith('Calc'))) || /\b(?:VALUES|SELECTEDVALUE|HASONEVALUE|ALL|ALLEXCEPT|CALCULATE)\(/.test(tableText(query));
  return {
    k: 'calculatedTable', name, query,
    columns: items.map((each) => ({ name: each.name, kind: each.expression.is })),
    to: model.relationships.filter((each) => !apart && each.inactive !== true && each.from.table === source.name).map((each) => ({ column: each.from.column, table: each.to.table })),
  };
}

/** A breakdown of aggregates, with filters that are told by the text alone: what a storage engine answers in one scan. */
export function leafQuestion(model: SmallModel, seed: number): Question {
  const random = randomOf(seed);
  const it = generatorOf(model, random);
  const leaf = (): Scalar => {
    const body = it.leaf('num');
    if (random.chance(0.3)) return body;
    return { k: 'calculate', is: 'num', body, filters: Array.from({ length: random.int(1, 2) }, () => it.plainFilter()) };
  };
  it.measures.push(leaf(), random.chance(0.5) ? { k: 'divide', is: 'num', numerator: { k: 'measure', is: 'num', index: 0 }, denominator: leaf(), alternate: null } : leaf());
  const by = random.some(it.columns, random.int(1, 3));
  return { measures: it.measures, query: { k: 'summarizeColumns', by, filters: [], items: [{ name: 'x', expression: { k: 'measure', is: 'num', index: 0 } }, { name: 'y', expression: { k: 'measure', is: 'num', index: 1 } }] } };
}

function generatorOf(model: SmallModel, random: Random) {
  const columns: readonly Known[] = model.tables.flatMap((table) => table.columns.map((it): Known => ({ table: table.name, column: it.name, type: it.type, kind: kindOf(it.type) })));
  const plain = ({ table, column }: Column): Column => ({ table, column });
  const columnsOf = (table: string): readonly Known[] => columns.filter((it) => it.table === table);
  const reached = (table: string): readonly string[] => model.relationships.filter((it) => it.from.table === table && it.inactive !== true).flatMap((it) => [it.to.table, ...reached(it.to.table)]);
  const measures: Scalar[] = [];
  let names = 0;
  const fresh = (prefix: string): string => `${prefix}${String(++names)}`;
  const anyTable = (): string => random.pick(model.tables).name;

  // ---------------------------------------------------------------- constants and leaves

  function constant(kind: Kind, blank = 0.08): Scalar {
    if (random.chance(blank)) return { k: 'const', is: kind, value: null };
    const value = ((): Val => {
      switch (kind) {
        case 'num': return random.chance(0.75) ? int(random.pick([-2, -1, 0, 0, 1, 1, 2, 3, 5])) : double(random.pick([0.5, 1.25, -0.75, 2, 0.5]));
        case 'text': return text(random.pick(['a', 'A', 'b', 'CD', 'x y', '', 'k1', 'K2', 'nothing']));
        case 'bool': return bool(random.chance(0.5));
        case 'date': return { t: 'date', v: dateOf(2024, random.int(1, 3), random.pick([1, 15, 29])) };
      }
    })();
    return { k: 'const', is: kind, value };
  }

  const inSight = (kind: Kind, scope: Scope): readonly Ref[] => scope.rows.flatMap((it) => it.columns.filter((column) => column.kind === kind).map((column) => column.ref));

  function relatedIn(kind: Kind, scope: Scope): readonly Column[] {
    const known = scope.rows.filter((it) => it.whole !== undefined);
    return known.flatMap((it) => reached(it.whole ?? '')).flatMap(columnsOf).filter((it) => it.kind === kind).map(plain);
  }

  function aggregateOf(kind: Kind): Scalar | undefined {
    const of = (fns: readonly AggregateName[], wanted: readonly Known[]): Scalar | undefined =>
      wanted.length === 0 ? undefined : { k: 'aggregate', is: kind, fn: random.pick(fns), column: plain(random.pick(wanted)) };
    const same = columns.filter((it) => it.kind === kind);
    if (kind === 'bool') return undefined;
    if (kind !== 'num') return of(['MIN', 'MAX'], same);
    return random.weighed<() => Scalar | undefined>([
      [5, () => of(['SUM', 'SUM', 'AVERAGE', 'MIN', 'MAX'], same)],
      [1, () => of(['COUNT'], columns.filter((it) => it.kind !== 'bool'))],
      [3, () => of(['COUNTA', 'COUNTBLANK', 'DISTINCTCOUNT', 'DISTINCTCOUNT', 'DISTINCTCOUNTNOBLANK'], columns)],
      [3, () => ({ k: 'countRows', is: 'num', table: { k: 'rows', table: anyTable() } })],
    ])();
  }

  function leafIn(kind: Kind, scope: Scope): Scalar {
    const refs = inSight(kind, scope);
    const related = relatedIn(kind, scope);
    const known = measures.flatMap((it, index) => (it.is === kind ? [index] : []));
    const variables = scope.variables.flatMap((it) => ('kind' in it && it.kind === kind ? [it.name] : []));
    const same = columns.filter((it) => it.kind === kind);
    const otherwise = constant(kind);
    return random.weighed<() => Scalar | undefined>([
      [1, () => otherwise],
      [refs.length === 0 ? 0 : 5, () => ({ k: 'column', is: kind, ref: random.pick(refs.slice(-4)) })],
      [related.length === 0 ? 0 : 2, () => ({ k: 'related', is: kind, column: random.pick(related) })],
      [known.length === 0 ? 0 : 4, () => ({ k: 'measure', is: kind, index: random.pick(known) })],
      [variables.length === 0 ? 0 : 6, () => ({ k: 'variable', is: kind, name: random.pick(variables) })],
      [kind === 'bool' ? 0 : 4, () => aggregateOf(kind)],
      [same.length === 0 ? 0 : 1, () => ({ k: 'selectedValue', is: kind, column: plain(random.pick(same)), alternate: random.chance(0.4) ? constant(kind) : null })],
      [same.length === 0 ? 0 : 0.4, () => ({ k: 'onlyValue', is: kind, column: plain(random.pick(same)) })],
      [kind === 'bool' ? 2 : 0, () => ({ k: 'hasOneValue', is: 'bool', column: plain(random.pick(columns)) })],
    ])() ?? otherwise;
  }

  // ---------------------------------------------------------------- scalars

  function scalar(kind: Kind, scope: Scope, depth: number): Scalar {
    if (depth <= 0 || random.chance(0.1)) return leafIn(kind, scope);
    const down = depth - 1;
    const same = (): Scalar => scalar(kind, scope, down);
    const common: readonly (readonly [number, () => Scalar])[] = [
      [2, () => leafIn(kind, scope)],
      [3, () => ({ k: 'calculate', is: kind, body: same(), filters: filters(scope, down) })],
      [1, () => ({ k: 'if', is: kind, condition: scalar('bool', scope, down), then: same(), otherwise: random.chance(0.6) ? same() : null })],
      [0.6, () => switchOf(kind, scope, down)],
      [0.6, () => ({ k: 'coalesce', is: kind, items: Array.from({ length: random.int(2, 3) }, same) })],
      [1, () => letOf(kind, scope, down)],
      [0.2, () => lookupOf(kind, scope, down) ?? leafIn(kind, scope)],
    ];
    const own = ((): readonly (readonly [number, () => Scalar])[] => {
      switch (kind) {
        case 'num': return [
          [4, () => iterateOf(random.pick(['SUMX', 'SUMX', 'AVERAGEX', 'MINX', 'MAXX', 'COUNTX']), 'num', scope, down)],
          [3, () => ({ k: 'countRows', is: 'num', table: table(scope, down).node })],
          [2, () => ({ k: 'arithmetic', is: 'num', op: random.pick(['+', '-', '*']), left: same(), right: same() })],
          [0.3, () => ({ k: 'arithmetic', is: 'num', op: '/', left: same(), right: { k: 'const', is: 'num', value: random.pick([int(2), int(-4), double(0.5)]) } })],
          [0.3, () => ({ k: 'negate', is: 'num', of: same() })],
          [1, () => ({ k: 'divide', is: 'num', numerator: same(), denominator: same(), alternate: random.chance(0.3) ? same() : null })],
          [0.2, () => ({ k: random.pick(['least', 'greatest']), is: 'num', left: same(), right: same() })],
          [0.2, () => ({ k: 'days', is: 'num', unit: random.pick(['DAY', 'MONTH', 'YEAR']), from: scalar('date', scope, down), to: scalar('date', scope, down) })],
          [0.2, () => ({ k: 'datePart', is: 'num', fn: random.pick(['YEAR', 'MONTH', 'DAY']), of: scalar('date', scope, down) })],
        ];
        case 'bool': return [
          [4, () => comparison(scope, down)],
          [1, () => ({ k: random.pick(['and', 'or']), is: 'bool', form: random.pick(['operator', 'function']), left: same(), right: same() })],
          [0.6, () => ({ k: 'not', is: 'bool', of: same() })],
          [0.8, () => ({ k: 'isBlank', is: 'bool', of: scalar(anyKind(), scope, down) })],
          [0.8, () => inOf(scope, down)],
          [0.3, () => ({ k: 'contains', is: 'bool', text: scalar('text', scope, down), part: random.pick(['a', 'B', 'k', 'x y', 'zzz']) })],
        ];
        case 'text': return [
          [1, () => ({ k: 'concat', is: 'text', left: same(), right: same() })],
          [1, () => iterateOf(random.pick(['MINX', 'MAXX']), 'text', scope, down)],
        ];
        case 'date': return [
          [0.5, () => ({ k: 'arithmetic', is: 'date', op: random.pick(['+', '-']), left: same(), right: { k: 'const', is: 'num', value: int(random.int(0, 40)) } })],
          [1, () => iterateOf(random.pick(['MINX', 'MAXX']), 'date', scope, down)],
        ];
      }
    })();
    return random.weighed([...common, ...own])();
  }

  const anyKind = (): Kind => random.weighed<Kind>([[4, 'num'], [2, 'text'], [1, 'date'], [1, 'bool']]);

  function comparison(scope: Scope, depth: number): Scalar {
    const kind = anyKind();
    const op: Comparison = kind === 'bool' ? random.pick(['=', '==', '<>']) : random.pick(['=', '=', '==', '<>', '<', '<=', '>', '>=']);
    const left = scalar(kind, scope, depth);
    return { k: 'compare', is: 'bool', op, left, right: random.chance(0.5) ? constant(kind, 0.15) : scalar(kind, scope, depth) };
  }

  function inOf(scope: Scope, depth: number): Scalar {
    const kinds = Array.from({ length: random.weighed([[4, 1], [1, 2]]) }, () => random.pick<Kind>(['num', 'text', 'date']));
    const list = (): Table => ({ k: 'list', rows: Array.from({ length: random.int(1, 3) }, () => ({ k: 'listRow', cells: kinds.map((kind) => constant(kind, 0.15)) })) });
    const [first] = kinds as [Kind];
    const same = columns.filter((it) => it.kind === first);
    const from = (): Table => {
      const [left, right] = [random.pick(same), random.pick(same)].map((it): Table => ({ k: 'values', fn: random.pick(['VALUES', 'DISTINCT']), column: plain(it) })) as [Table, Table];
      return random.chance(0.6) ? left : { k: 'union', left, right };
    };
    const values = kinds.map((kind) => scalar(kind, scope, depth));
    return { k: 'in', is: 'bool', values, table: kinds.length === 1 && same.length > 0 && random.chance(0.3) ? from() : list() };
  }

  function switchOf(kind: Kind, scope: Scope, depth: number): Scalar {
    const byTruth = random.chance(0.5);
    const of = random.pick<Kind>(['num', 'text']);
    const subject: Scalar = byTruth ? { k: 'const', is: 'bool', value: bool(true) } : scalar(of, scope, depth);
    const arms = Array.from({ length: random.int(1, 3) }, () => ({ match: byTruth ? scalar('bool', scope, depth) : constant(of, 0.2), then: scalar(kind, scope, depth - 1) }));
    return { k: 'switch', is: kind, subject, arms, otherwise: random.chance(0.5) ? scalar(kind, scope, depth - 1) : null };
  }

  function letOf(kind: Kind, scope: Scope, depth: number): Scalar {
    const name = fresh('v');
    if (random.chance(0.3)) {
      const made = table(scope, depth);
      return { k: 'let', is: kind, name, value: made.node, body: scalar(kind, { ...scope, variables: [...scope.variables, { name, shape: made.shape }] }, depth) };
    }
    const of = random.chance(0.7) ? kind : anyKind();
    return { k: 'let', is: kind, name, value: scalar(of, scope, depth), body: scalar(kind, { ...scope, variables: [...scope.variables, { name, kind: of }] }, depth) };
  }

  function lookupOf(kind: Kind, scope: Scope, depth: number): Scalar | undefined {
    const results = columns.filter((it) => it.kind === kind);
    if (results.length === 0) return undefined;
    const result = random.pick(results);
    const [key] = columnsOf(result.table) as [Known];
    const byKey = key.column === 'Id' && random.chance(0.6);
    const search = byKey ? [key] : random.some([result.table, ...reached(result.table)].flatMap(columnsOf), random.int(1, 2));
    return {
      k: 'lookup', is: kind, result: plain(result),
      search: search.map((it) => ({ column: plain(it), value: scalar(it.kind, scope, depth) })),
      alternate: byKey && random.chance(0.5) ? null : constant(kind, 0),
    };
  }

  function iterateOf(fn: Extract<Scalar, { k: 'iterate' }>['fn'], kind: Kind, scope: Scope, depth: number): Scalar {
    const over = table(scope, depth);
    const of = fn === 'COUNTX' ? random.pick<Kind>(['num', 'num', 'text', 'date']) : kind;
    return { k: 'iterate', is: kind, fn, table: over.node, body: scalar(of, { ...scope, rows: [...scope.rows, over.shape] }, depth) };
  }

  // ---------------------------------------------------------------- filters

  function filters(scope: Scope, depth: number): readonly Filter[] {
    return Array.from({ length: random.weighed([[1, 0], [6, 1], [3, 2], [1, 3]]) }, () => filter(scope, depth));
  }

  function filter(scope: Scope, depth: number): Filter {
    return random.weighed<() => Filter>([
      [5, () => predicate(scope)],
      [1, () => removal()],
      [1, () => removal()],
      [3, () => ({ k: 'tableFilter', table: filterTable(scope, depth), keep: random.chance(0.3) })],
      [inactive.length === 0 ? 0 : 2, () => useRelationship()],
    ])();
  }

  const inactive = model.relationships.filter((it) => it.inactive === true);
  const useRelationship = (): Filter => {
    const { from, to } = random.pick(inactive);
    return { k: 'useRelationship', from: plain(from), to: plain(to) };
  };

  /** A filter that depends on nothing around it. */
  const plainFilter = (): Filter => (inactive.length > 0 && random.chance(0.2) ? useRelationship() : random.chance(0.7) ? predicate({ rows: [], variables: [] }) : removal());

  function removal(): Filter {
    const fn = random.pick(['ALL', 'REMOVEFILTERS'] as const);
    const of = anyTable();
    return random.weighed<() => Filter>([
      [3, () => ({ k: 'removeColumns', fn, columns: random.some(columnsOf(of), random.int(1, 2)).map(plain) })],
      [3, () => ({ k: 'removeTable', fn, table: of })],
      [0.5, () => ({ k: 'removeAll', fn })],
      [2, () => ({ k: 'removeExcept', table: of, columns: random.some([of, ...reached(of)].flatMap(columnsOf), random.int(1, 2)).map(plain) })],
    ])();
  }

  /** A boolean filter over one or two columns of a table: constants, variables and aggregates beside them. */
  function predicate(scope: Scope): Filter {
    const own = random.some(columnsOf(anyTable()), random.weighed([[4, 1], [1, 2]]));
    const parts = own.map((it) => condition(it, scope));
    const [first, second] = parts as [Scalar, Scalar | undefined];
    const both: Scalar = second === undefined ? first : { k: random.pick(['and', 'or']), is: 'bool', form: 'operator', left: first, right: second };
    return { k: 'predicate', columns: own.map(plain), condition: both, keep: random.chance(0.25) };
  }

  function condition(column: Known, scope: Scope): Scalar {
    const { kind } = column;
    const ref: Scalar = { k: 'column', is: kind, ref: plain(column) };
    const variables = scope.variables.flatMap((it) => ('kind' in it && it.kind === kind ? [it.name] : []));
    const beside = (): Scalar => {
      if (variables.length > 0 && random.chance(0.5)) return { k: 'variable', is: kind, name: random.pick(variables) };
      return (random.chance(0.12) ? aggregateOf(kind) : undefined) ?? constant(kind, 0.12);
    };
    return random.weighed<() => Scalar>([
      [5, () => ({ k: 'compare', is: 'bool', op: kind === 'bool' ? random.pick(['=', '==', '<>']) : random.pick(['=', '=', '==', '<>', '<', '<=', '>', '>=']), left: ref, right: beside() })],
      [kind === 'bool' ? 0 : 2, () => ({ k: 'in', is: 'bool', values: [ref], table: { k: 'list', rows: Array.from({ length: random.int(1, 3) }, () => ({ k: 'listRow', cells: [constant(kind, 0.15)] })) } })],
      [1, () => ({ k: 'isBlank', is: 'bool', of: ref })],
      [kind === 'bool' ? 3 : 0, () => ref],
      [0.7, () => ({ k: 'not', is: 'bool', of: condition(column, scope) })],
      [0.4, () => ({ k: 'or', is: 'bool', form: 'operator', left: condition(column, scope), right: condition(column, scope) })],
    ])();
  }

  /** Tables that make sense as filters: those whose columns have a lineage. */
  function filterTable(scope: Scope, depth: number): Table {
    const known = scope.variables.flatMap((it) => ('shape' in it ? [it.name] : []));
    return random.weighed<() => Table>([
      [4, () => filterOf(columnsTable(), scope, depth).node],
      [2, () => filterOf(wholeTable(), scope, depth).node],
      [1, () => wholeTable().node],
      [1, () => columnsTable().node],
      [known.length === 0 ? 0 : 3, () => ({ k: 'tableVariable', name: random.pick(known) })],
      [1, () => table(scope, depth).node],
      [1, () => unionOf(scope, Math.min(depth, 1)).node],
      [1.5, () => treatAs().node],
      [1, () => indexed().node],
      [1, () => topN(columnsTable(), scope, Math.min(depth, 1)).node],
      [1, () => summarizeTable().node],
      [0.7, () => setOperation(scope, 0).node],
      [0.7, () => crossJoin().node],
    ])();
  }

  // ---------------------------------------------------------------- tables

  const shapeOf = (own: readonly Known[], whole?: string): Shape => ({ columns: own.map((it) => ({ ref: plain(it), kind: it.kind })), kinds: own.map((it) => it.kind), whole });

  function wholeTable(): Made {
    const of = anyTable();
    const node = random.weighed<Table>([[5, { k: 'rows', table: of }], [1, { k: 'valuesOfTable', fn: 'VALUES', table: of }], [1, { k: 'valuesOfTable', fn: 'DISTINCT', table: of }], [2, { k: 'all', table: of }]]);
    return { node, shape: shapeOf(columnsOf(of), of) };
  }

  function columnsTable(): Made {
    if (random.chance(0.35)) {
      const own = random.some(columnsOf(anyTable()), random.weighed([[2, 1], [1, 2]]));
      return { node: { k: 'allColumns', columns: own.map(plain) }, shape: shapeOf(own) };
    }
    if (random.chance(0.12)) {
      const of = anyTable();
      const except = random.some(columnsOf(of), random.int(1, columnsOf(of).length - 1));
      const left = columnsOf(of).filter((it) => !except.includes(it));
      if (left.length > 0) return { node: { k: 'allExcept', table: of, columns: except.map(plain) }, shape: shapeOf(left) };
    }
    const column = random.pick(columns);
    return { node: { k: 'values', fn: random.chance(0.7) ? 'VALUES' : 'DISTINCT', column: plain(column) }, shape: shapeOf([column]) };
  }

  const filterOf = (input: Made, scope: Scope, depth: number): Made => ({
    node: { k: 'filter', input: input.node, predicate: scalar('bool', { ...scope, rows: [...scope.rows, input.shape] }, Math.max(1, depth)) },
    shape: input.shape,
  });

  function table(scope: Scope, depth: number): Made {
    const known = scope.variables.flatMap((it) => ('shape' in it ? [it] : []));
    const inner = scope.rows.at(-1)?.whole;
    const leading = inner === undefined ? [] : model.tables.filter((it) => reached(it.name).includes(inner)).map((it) => it.name);
    const shallow: readonly (readonly [number, () => Made])[] = [
      [4, wholeTable],
      [4, columnsTable],
      [known.length === 0 ? 0 : 3, () => {
        const it = random.pick(known);
        return { node: { k: 'tableVariable', name: it.name }, shape: it.shape };
      }],
      [leading.length === 0 ? 0 : 4, () => {
        const of = random.pick(leading);
        return { node: { k: 'relatedTable', table: of }, shape: shapeOf(columnsOf(of), of) };
      }],
    ];
    if (depth <= 0) return random.weighed(shallow)();
    const down = depth - 1;
    return random.weighed<() => Made>([
      ...shallow,
      [4, () => filterOf(table(scope, down), scope, down)],
      [2, () => {
        const input = table(scope, down);
        return { node: { k: 'calculateTable', input: input.node, filters: filters(scope, down) }, shape: input.shape };
      }],
      [1, () => extended(table(scope, down), scope, down)],
      [1, () => projected(table(scope, down), scope, down)],
      [0.7, () => {
        const input = table(scope, down);
        return { node: { k: 'distinct', input: input.node }, shape: input.shape };
      }],
      [2.5, () => unionOf(scope, down)],
      [1.5, () => topN(table(scope, down), scope, down)],
      [1, () => summarizeTable()],
      [0.7, () => setOperation(scope, down)],
      [0.7, () => crossJoin()],
      [0.7, () => generated(scope, down)],
      [0.7, () => indexed()],
      [0.5, () => treatAs()],
      [0.4, () => {
        const kind = anyKind();
        const rows = Array.from({ length: random.int(1, 3) }, () => ({ k: 'listRow' as const, cells: [random.chance(0.7) ? constant(kind) : scalar(kind, scope, down)] }));
        return { node: { k: 'list', rows }, shape: { columns: [{ ref: { added: 'Value' }, kind }], kinds: [kind], whole: undefined } };
      }],
    ])();
  }

  const topN = (input: Made, scope: Scope, depth: number): Made => ({
    node: {
      k: 'topN', count: random.weighed([[1, 0], [4, 1], [3, 2], [2, 3]]), input: input.node, descending: random.chance(0.5),
      by: scalar(random.pick<Kind>(['num', 'num', 'text', 'date']), { ...scope, rows: [...scope.rows, input.shape] }, depth),
    },
    shape: input.shape,
  });

  function summarizeTable(): Made {
    const of = anyTable();
    const own = random.some([of, ...reached(of)].flatMap(columnsOf), random.int(1, 3));
    return { node: { k: 'summarize', table: of, by: own.map(plain) }, shape: shapeOf(own) };
  }

  function indexed(): Made {
    const column = random.pick(columns);
    return { node: { k: 'index', place: random.pick([1, 1, 2, -1, -2, 4]), column: plain(column), descending: random.chance(0.5) }, shape: shapeOf([column]) };
  }

  /** Values of one column as those of another of its type. */
  function treatAs(): Made {
    const column = random.pick(columns);
    const same = columns.filter((it) => it.type === column.type);
    const rows = Array.from({ length: random.int(1, 3) }, () => ({ k: 'listRow' as const, cells: [constant(column.kind, 0)] }));
    const input: Table = random.chance(0.6) ? { k: 'values', fn: 'DISTINCT', column: plain(random.pick(same)) } : { k: 'distinct', input: { k: 'list', rows } };
    return { node: { k: 'treatAs', input, columns: [plain(column)] }, shape: shapeOf([column]) };
  }

  function setOperation(scope: Scope, depth: number): Made {
    const column = random.pick(columns);
    const values = (): Table => ({ k: 'values', fn: random.pick(['VALUES', 'DISTINCT']), column: plain(column) });
    const part = (): Table => (random.chance(0.5) ? values() : filterOf({ node: values(), shape: shapeOf([column]) }, scope, depth).node);
    return { node: { k: 'setOperation', fn: random.pick(['INTERSECT', 'EXCEPT']), left: part(), right: part() }, shape: shapeOf([column]) };
  }

  function crossJoin(): Made {
    const [a, b] = random.some(columns, 2) as [Known, Known | undefined];
    const values = (it: Known): Table => ({ k: 'values', fn: random.pick(['VALUES', 'DISTINCT']), column: plain(it) });
    if (b === undefined) return { node: values(a), shape: shapeOf([a]) };
    return { node: { k: 'crossJoin', left: values(a), right: values(b) }, shape: shapeOf([a, b]) };
  }

  function generated(scope: Scope, depth: number): Made {
    const [a, b] = random.some(columns, 2) as [Known, Known | undefined];
    const left: Made = { node: { k: 'values', fn: 'VALUES', column: plain(a) }, shape: shapeOf([a]) };
    if (b === undefined) return left;
    const inner: Scope = { ...scope, rows: [...scope.rows, left.shape] };
    const values: Made = { node: { k: 'values', fn: random.pick(['VALUES', 'DISTINCT']), column: plain(b) }, shape: shapeOf([b]) };
    const right: Table = random.chance(0.5) ? { k: 'calculateTable', input: values.node, filters: filters(inner, 0) } : filterOf(values, inner, Math.min(depth, 1)).node;
    return { node: { k: 'generate', fn: random.pick(['GENERATE', 'GENERATEALL']), left: left.node, right }, shape: shapeOf([a, b]) };
  }

  function extended(input: Made, scope: Scope, depth: number): Made {
    const items = named(input.shape, scope, depth, random.int(1, 2));
    return {
      node: { k: 'addColumns', input: input.node, items },
      shape: { ...input.shape, columns: [...input.shape.columns, ...refs(items)], kinds: [...input.shape.kinds, ...items.map((it) => it.expression.is)] },
    };
  }

  function projected(input: Made, scope: Scope, depth: number): Made {
    const items = named(input.shape, scope, depth, random.int(1, 2));
    return { node: { k: 'selectColumns', input: input.node, items }, shape: { columns: refs(items), kinds: items.map((it) => it.expression.is), whole: undefined } };
  }

  const refs = (items: readonly Named[]): Shape['columns'] => items.map((it) => ({ ref: { added: it.name }, kind: it.expression.is }));

  /** Named expressions over rows of a shape. */
  const named = (shape: Shape, scope: Scope, depth: number, count: number): readonly Named[] => Array.from({ length: count }, () => {
    const [own] = random.some(shape.columns, 1);
    const expression: Scalar = own !== undefined && random.chance(0.35)
      ? { k: 'column', is: own.kind, ref: own.ref }
      : scalar(anyKind(), { ...scope, rows: [...scope.rows, shape] }, depth);
    return { name: fresh('e'), expression };
  });

  /** Two tables of the same kinds of columns: one column of each, or one table in two contexts. */
  function unionOf(scope: Scope, depth: number): Made {
    const column = random.pick(columns);
    const values = (it: Column): Table => ({ k: 'values', fn: random.pick(['VALUES', 'DISTINCT']), column: plain(it) });
    const part = (it: Known): Table => random.weighed<() => Table>([
      [2, () => values(it)],
      [2, () => ({ k: 'calculateTable', input: values(it), filters: filters(scope, depth) })],
      [2, () => filterOf({ node: values(it), shape: shapeOf([it]) }, scope, depth).node],
    ])();
    if (random.chance(0.6)) return { node: { k: 'union', left: part(column), right: part(column) }, shape: shapeOf([column]) };
    const other = random.pick(columns.filter((it) => it.kind === column.kind));
    const shape = other.table === column.table && other.column === column.column ? shapeOf([column]) : { columns: [], kinds: [column.kind], whole: undefined };
    return { node: { k: 'union', left: part(column), right: part(other) }, shape };
  }

  // ---------------------------------------------------------------- queries

  const top: Scope = { rows: [], variables: [] };

  function summarize(depth: number, scope: Scope = top): Made {
    const by = random.some(columns, random.weighed([[0.5, 0], [4, 1], [4, 2], [2, 3]]));
    const filterTables = Array.from({ length: random.weighed([[4, 0], [3, 1], [1, 2]]) }, () => filterTable(scope, Math.min(depth, 1)));
    const count = by.length === 0 ? random.int(1, 2) : random.weighed([[0.5, 0], [3, 1], [3, 2], [1, 3]]);
    const items = Array.from({ length: count }, (): Named => {
      const known = measures.flatMap((it, index) => [{ index, is: it.is }]);
      if (known.length > 0 && random.chance(0.6)) {
        const it = random.pick(known);
        return { name: fresh('e'), expression: { k: 'measure', is: it.is, index: it.index } };
      }
      return { name: fresh('e'), expression: scalar(anyKind(), scope, depth) };
    });
    return {
      node: { k: 'summarizeColumns', by: by.map(plain), filters: filterTables, items },
      shape: { columns: [...shapeOf(by).columns, ...refs(items)], kinds: [...by.map((it) => it.kind), ...items.map((it) => it.expression.is)], whole: undefined },
    };
  }

  function query(depth: number): Table {
    return random.weighed<() => Table>([
      [8, () => summarize(depth).node],
      [4, () => ({ k: 'row', items: Array.from({ length: random.int(1, 3) }, (): Named => ({ name: fresh('e'), expression: scalar(anyKind(), top, depth) })) })],
      [3, () => extended(table(top, depth - 1), top, depth).node],
      [1, () => projected(table(top, depth - 1), top, depth).node],
      [2, () => table(top, depth).node],
      [1, () => ({ k: 'calculateTable', input: summarize(depth).node, filters: filters(top, 1) })],
      [0.5, () => filterOf(summarize(depth), top, 1).node],
      [0.5, () => extended(summarize(depth), top, 1).node],
      [1, () => {
        const name = fresh('v');
        const made = random.chance(0.5) ? table(top, depth) : undefined;
        const kind = anyKind();
        const variable: Variable = made === undefined ? { name, kind } : { name, shape: made.shape };
        return { k: 'tableLet', name, value: made?.node ?? scalar(kind, top, depth), body: (random.chance(0.5) ? summarize(depth, { rows: [], variables: [variable] }) : table({ rows: [], variables: [variable] }, depth)).node };
      }],
    ])();
  }

  const leaf = (kind: Kind): Scalar => aggregateOf(kind) ?? { k: 'countRows', is: 'num', table: { k: 'rows', table: anyTable() } };

  const shapeOfTable = (it: string): Shape => shapeOf(columnsOf(it), it);

  return { measures, columns: columns.map(plain), scalar, leafIn, query, leaf, plainFilter, shapeOfTable };
}
