/**
 * The rows that a role lets be seen.
 *
 * What a filter of a role hides in its table hides rows elsewhere: the many side of a relationship loses the rows that
 * point to a hidden row, and so on from table to table. Against that direction it passes only where the relationship says
 * so, whichever way it filters otherwise.
 * Source: learn.microsoft.com/power-bi/enterprise/service-admin-rls.
 */
import type { RelationshipSpec } from '../../plan/database.ts';
import { stopped } from '../budget.ts';
import { BLANK_CODE } from '../columns/column.ts';
import { equalIn } from '../values/convert.ts';
import type { Relationships } from './relationships.ts';
import type { SnapshotTables } from './snapshot.ts';

/** Steps looked at, over all tables. */
const MAX_STEPS = 20_000;

/** A relationship as hidden rows pass it, from the table `from`. */
interface Step {
  readonly relationship: number;
  readonly from: string;
  readonly to: string;
  readonly kind: 'one-to-many' | 'many-to-one' | 'one-to-one' | 'many-to-many';
  /** A one-to-one relationship has no one side, so what its single direction is from the first table on no page says. */
  readonly isUnclear?: boolean;
}

function stepsOf(spec: RelationshipSpec, relationship: number): readonly Step[] {
  if (!spec.active) return [];
  const [a, b] = [spec.from.table, spec.to.table];
  const isBoth = spec.securityFilter === 'both';
  const step = (from: string, to: string, kind: Step['kind']): Step => ({ relationship, from, to, kind });
  switch (spec.cardinality) {
    case 'many-to-one': return [step(b, a, 'one-to-many'), ...(isBoth ? [step(a, b, 'many-to-one')] : [])];
    case 'one-to-many': return [step(a, b, 'one-to-many'), ...(isBoth ? [step(b, a, 'many-to-one')] : [])];
    case 'one-to-one': return [{ ...step(a, b, 'one-to-one'), isUnclear: !isBoth }, step(b, a, 'one-to-one')];
    case 'many-to-many': return [step(b, a, 'many-to-many'), ...(isBoth ? [step(a, b, 'many-to-many')] : [])];
  }
}

/**
 * By table, for each row and the blank row whether it can be seen; undefined: all of them can.
 *
 * @param allowed the same for the filters of the role themselves
 */
export function visibleRows(
  tables: SnapshotTables, relationships: Relationships, specs: readonly RelationshipSpec[], allowed: ReadonlyMap<string, Uint8Array>,
): (table: string) => Uint8Array | undefined {
  const steps = specs.flatMap(stepsOf);

  let looked = 0;
  /** The filters of the role that come to a table without passing some relationships. */
  const filtersOn = (table: string, crossed: readonly number[]): readonly string[] => {
    if (++looked > MAX_STEPS) throw stopped({ id: 'feature-not-supported', what: 'a role in a model with so many ways between its tables' });
    return [
      ...(allowed.has(table) ? [table] : []),
      ...steps.filter((it) => it.to === table && !crossed.includes(it.relationship)).flatMap((it) => filtersOn(it.from, [...crossed, it.relationship])),
    ];
  };

  const visible = (table: string, crossed: readonly number[]): Uint8Array | undefined => {
    const filters = filtersOn(table, crossed);
    const twice = filters.find((it, i) => filters.indexOf(it) !== i);
    if (twice !== undefined) throw stopped({ id: 'feature-not-supported', what: `a role's filter on ${twice} that comes to ${table} by several ways` });
    if (filters.length === 0) return undefined;
    const rows = Uint8Array.from(allowed.get(table) ?? new Uint8Array(tables.table(table).rowCount + 1).fill(1));
    for (const step of steps) {
      if (step.to !== table || crossed.includes(step.relationship)) continue;
      const there = visible(step.from, [...crossed, step.relationship]);
      if (there === undefined) continue;
      if (step.isUnclear === true) throw stopped({ id: 'feature-not-supported', what: `a role's filter that comes from ${step.from} to ${table} over a one-to-one relationship without securityFilter: both` });
      narrow(rows, step, there);
    }
    return rows;
  };

  /** Hides the rows that meet no visible row over a step. */
  const narrow = (rows: Uint8Array, step: Step, there: Uint8Array): void => {
    if (step.kind === 'many-to-many') return narrowByValues(rows, step, there);
    const map = (from: string): Int32Array => tables.link(relationships.links.findIndex((it) => it.relationship === step.relationship && it.many.table === from)).rows;
    if (step.kind !== 'many-to-one') {
      map(step.to).forEach((to, row) => {
        if (row < rows.length - 1 || step.kind === 'one-to-many') rows[row] = (rows[row] as number) & (there[to] as number);
      });
    }
    if (step.kind === 'one-to-many') return;
    const met = new Uint8Array(rows.length);
    map(step.from).forEach((to, row) => {
      if (there[row] === 1) met[to] = 1;
    });
    const from = step.kind === 'one-to-one' ? rows.length - 1 : 0;
    for (let row = from; row < rows.length; row++) rows[row] = (rows[row] as number) & (met[row] as number);
  };

  const narrowByValues = (rows: Uint8Array, { relationship, from, to }: Step, there: Uint8Array): void => {
    const spec = specs[relationship];
    if (spec === undefined) return;
    const [here, other] = spec.to.table === to && spec.from.table === from ? [spec.to, spec.from] : [spec.from, spec.to];
    const own = tables.column(here.table, here.column);
    const theirs = tables.column(other.table, other.column);
    const met = new Uint8Array(own.size);
    for (let row = 0; row < there.length - 1; row++) {
      if (there[row] !== 1) continue;
      const value = equalIn(theirs.dictionary[theirs.codes[row] as number] ?? null, theirs.type, own.type);
      const code = value === undefined ? -1 : own.codeOf(value);
      if (code !== -1) met[code] = 1;
    }
    if (met[BLANK_CODE] === 1 && own.codes.subarray(0, -1).includes(BLANK_CODE)) throw stopped({ id: 'feature-not-supported', what: 'a many-to-many relationship with BLANK on both sides' });
    met[BLANK_CODE] = 0;
    for (let row = 0; row < rows.length; row++) rows[row] = (rows[row] as number) & (met[own.codes[row] as number] as number);
  };

  const made = new Map<string, { readonly rows: Uint8Array | undefined }>();
  return (table) => {
    const known = made.get(table) ?? { rows: visible(table, []) };
    made.set(table, known);
    return known.rows;
  };
}
