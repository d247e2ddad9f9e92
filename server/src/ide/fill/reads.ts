/** What the definitions of a metric block read in Dataverse: entities, attributes and conditions, as a page says them. */
import { bind, bindExpression, type Bound, type MeasureSymbol, type Scope } from '../../analysis/index.ts';
import { parseExpression } from '../../../../grammar/src/index.ts';
import type { Expression, Segment } from '../../../../grammar/src/tree.ts';
import type { Schema } from '../../lint/pages/schema.ts';
import { argumentAt, valueOf } from '../../lint/tree.ts';
import { nameKey, type Column, type DaxText, type Model, type Table } from '../../model/model.ts';
import { holdsAttribute, isBooleanAttribute } from './attributes.ts';
import { conditionsOf, filterSaid, joined, type ConditionScope, type Said } from './conditions.ts';
import { isReadable } from './roots.ts';

/** A definition or an expression with the names that it sees. */
export interface Root {
  readonly segment: Segment;
  readonly model: Model;
  readonly measures: ReadonlyMap<string, MeasureSymbol>;
}

export interface BlockReads {
  /** In order of first use. */
  readonly entities: readonly string[];
  /** `entity.attribute`. */
  readonly attributes: readonly string[];
  readonly filters: readonly Said[];
}

/** Definitions that are followed at most; more are nobody's page. */
const mostDefinitions = 2_000;

/**
 * Follows metrics and calculated columns; a column that says where it comes from (`dataverse:`) is an attribute, however
 * the model makes it. Of a calculated table only the filters count that choose its rows.
 *
 * @returns undefined where a definition has errors
 */
export function blockReads(roots: readonly Root[], schema: Schema): BlockReads | undefined {
  const attributes = new Map<string, string>();
  const entities = new Map<string, string>();
  const filters: Said[] = [];
  const seen = new Set<object>();
  const known: Pick<ConditionScope, 'isBoolean' | 'holds'> = {
    isBoolean: (attribute) => isBooleanAttribute(schema, attribute),
    holds: (column) => holdsAttribute(schema, column),
  };
  const addAttribute = (attribute: string): void => {
    const dot = attribute.indexOf('.');
    if (dot <= 0) return;
    addEntity(attribute.slice(0, dot));
    attributes.set(nameKey(attribute), attributes.get(nameKey(attribute)) ?? attribute);
  };
  const addEntity = (entity: string): void => void entities.set(nameKey(entity), entities.get(nameKey(entity)) ?? entity);

  for (const { segment, model, measures } of roots) {
    const scope: Scope = { model, measures };
    // Filters of a table are told after those of the metric itself.
    const tables: Table[] = [];
    const queue: (() => Bound)[] = [];
    const follow = (it: object, boundOf: () => Bound): void => {
      if (seen.has(it) || seen.size > mostDefinitions) return;
      seen.add(it);
      queue.push(boundOf);
    };
    const followTable = (it: Table): void => {
      if (seen.has(it)) return;
      seen.add(it);
      tables.push(it);
      const entity = entityOf(it, schema);
      if (entity !== undefined) addEntity(entity);
    };
    const followColumn = (table: Table, column: Column): void => {
      if (column.dataverse !== undefined) addAttribute(column.dataverse);
      else if (column.expression !== undefined) follow(column, boundText(column.expression, scope, table.name));
      followTable(table);
    };
    follow(segment, () => bind(segment, scope));
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const bound = next();
      if (!isReadable(bound)) return undefined;
      for (const { target, isDefinition } of bound.references) {
        if (isDefinition === true) continue;
        if (target.kind === 'measure') follow(target.measure.segment, () => bind(target.measure.segment, scope));
        else if (target.kind === 'column') followColumn(target.table, target.column);
        else if (target.kind === 'table') followTable(target.table);
        else if (target.kind === 'definedFunction') follow(target.function.segment, () => bind(target.function.segment, scope));
      }
      filters.push(...conditionsOf({ ...known, bound, model }));
    }
    for (const table of tables) {
      for (const it of rowFilters(table, scope, model, known)) {
        filters.push(it.said);
        for (const { target } of it.references) if (target.kind === 'column' && target.column.dataverse !== undefined) addAttribute(target.column.dataverse);
      }
    }
  }
  return { entities: [...entities.values()], attributes: [...attributes.values()], filters: joined(filters) };
}

function boundText({ text }: DaxText, scope: Scope, rowTable: string | undefined): () => Bound {
  const { expression, problems } = parseExpression(text);
  return () => bindExpression(expression, text, scope, rowTable, problems);
}

/** The filters that choose the rows of a calculated table, down to the tables that hold rows of their own. */
function rowFilters(
  table: Table, scope: Scope, model: Model, known: Pick<ConditionScope, 'isBoolean' | 'holds'>,
): readonly { readonly said: Said; readonly references: Bound['references'] }[] {
  const found: { readonly said: Said; readonly references: Bound['references'] }[] = [];
  const seen = new Set<Table>();
  for (let at: Table | undefined = table; at?.source.kind === 'dax' && !seen.has(at); ) {
    seen.add(at);
    const { text } = at.source.expression;
    const { expression } = parseExpression(text);
    const bound = bindExpression(expression, text, scope);
    const tests: Expression[] = [];
    const rows = rowsOf(bound, expression, tests);
    for (const test of tests) {
      const inside = bound.references.filter(({ span }) => span.start >= test.span.start && span.end <= test.span.end);
      for (const said of filterSaid({ ...known, bound, model }, test)) found.push({ said, references: inside });
    }
    const target = rows === undefined ? undefined : bound.references.find(({ span }) => span.start === rows.span.start)?.target;
    at = target?.kind === 'table' ? target.table : undefined;
  }
  return found;
}

/** Functions whose rows are those of their first argument. */
const passing: ReadonlySet<string> = new Set(['SELECTCOLUMNS', 'ADDCOLUMNS', 'DISTINCT', 'KEEPFILTERS', 'ALL', 'VALUES', 'CALCULATETABLE', 'FILTER']);

/** The table from which an expression takes its rows; the conditions on the way are put into `tests`. */
function rowsOf(bound: Bound, expression: Expression, tests: Expression[]): Expression | undefined {
  for (let it = valueOf({ bound }, expression); ; ) {
    if (it.kind === 'var') it = valueOf({ bound }, it.body);
    else if (it.kind === 'name') return it;
    else if (it.kind === 'call' && passing.has(it.name.toUpperCase())) {
      const name = it.name.toUpperCase();
      if (name === 'FILTER' || name === 'CALCULATETABLE') {
        for (const test of it.args.slice(1)) {
          if (test.kind !== 'omitted' && bound.typeOf(test).kind === 'scalar') tests.push(test);
        }
      }
      const first = argumentAt(it, 0);
      if (first === undefined) return undefined;
      it = valueOf({ bound }, first);
    } else return undefined;
  }
}

/** The entity whose rows a table holds: that of its key, else the one of its name. */
function entityOf(table: Table, schema: Schema): string | undefined {
  const key = [...table.columns.values()].find((it) => it.key)?.dataverse;
  return key === undefined ? schema.entity(table.name)?.name : key.slice(0, Math.max(key.indexOf('.'), 0)) || undefined;
}
