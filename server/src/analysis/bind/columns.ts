/** `T[c]` and `[c]`: what they mean, as a value and as the name of a column. */
import { quoteColumn, quoteTable } from '../../../../grammar/src/index.ts';
import type { ColumnReference, Name } from '../../../../grammar/src/tree.ts';
import type { Fix } from '../../findings/finding.ts';
import { nameKey, type Table } from '../../model/model.ts';
import { columnType, findModelColumn, findTable, naming, resolveColumn, type Resolution, type RowScope } from '../scope.ts';
import type { Target } from '../bound.ts';
import type { ShapeColumn } from '../shapes.ts';
import { searchedFor } from '../lookups.ts';
import { candidatesOf, prepare, suggest, type Candidate } from '../suggest.ts';
import { scalar, unknownType, type Type } from '../types.ts';
import { readColumn, refer, report, textAt, variableTarget, type BindContext, type Env, type ModelColumn } from './context.ts';
import { measureType } from './measures.ts';
import { columnNode, measureNode, reportCircle, tableNode } from './circles.ts';
import { columnTarget, extensionTarget, tableTarget } from './defined.ts';

/** Binds a reference whose value is wanted: a column needs a row context, a metric does not. */
export function bindColumnValue(ctx: BindContext, reference: ColumnReference, env: Env): Type {
  const found = resolveAndRefer(ctx, reference, env);
  if (found.kind === 'model') {
    const isOpaque = env.rows.some((it) => it.shape.columns === undefined && it.grow === undefined);
    if (!env.lenient && !isOpaque) {
      report(ctx, env, 'no-row-context', { column: textAt(ctx, reference.span) }, reference.span);
    }
  }
  return typeOfResolution(env, found);
}

/** What an argument that has to be a column refers to. */
export type ColumnArgument =
  /** `as`: the column of the row context, which may have another name and holds the same values. */
  | { readonly kind: 'column'; readonly column: ModelColumn; readonly as: ShapeColumn | undefined }
  /** A column that an expression added. */
  | { readonly kind: 'added'; readonly column: ShapeColumn }
  | { readonly kind: 'measure'; readonly name: string }
  | { readonly kind: 'unknown' };

/** Binds a reference that names a column, with or without a row context. */
export function bindColumnArgument(ctx: BindContext, reference: ColumnReference, env: Env): ColumnArgument {
  return argumentOf(ctx, reference, { ...env, rows: naming(env.rows) }, 0);
}

/** Binds the column of an outer row context: EARLIER. */
export const bindOuterColumn = (ctx: BindContext, reference: ColumnReference, env: Env, skip: number): ColumnArgument =>
  argumentOf(ctx, reference, env, skip);

function argumentOf(ctx: BindContext, reference: ColumnReference, env: Env, skip: number): ColumnArgument {
  const found = resolveAndRefer(ctx, reference, env, skip);
  ctx.types.set(reference, typeOfResolution(env, found));
  if (found.kind === 'model') return { kind: 'column', column: found, as: undefined };
  if (found.kind === 'row') {
    const column = found.column.lineage === undefined ? undefined : findModelColumn(env.names, found.column.lineage);
    return column === undefined ? { kind: 'added', column: found.column } : { kind: 'column', column, as: found.column };
  }
  if (found.kind === 'measure') return { kind: 'measure', name: found.measure.name };
  return { kind: 'unknown' };
}

function resolveAndRefer(ctx: BindContext, reference: ColumnReference, env: Env, skip = 0): Resolution<RowScope> {
  const { reference: read, found } = resolveBroken(ctx, reference, env, skip);
  referToTable(ctx, read, env, found);
  const at = reference.column.span;
  switch (found.kind) {
    case 'row': {
      ctx.rowColumns.set(reference, found.column);
      const lineage = found.column.lineage;
      const column = lineage === undefined ? undefined : findModelColumn(env.names, lineage);
      refer(ctx, at, rowTarget(found.column, column));
      if (column !== undefined) reportOwnColumn(ctx, env, column, reference);
      if (column !== undefined) {
        readColumn(ctx, column.table.name, column.column.name);
        ctx.lineage.set(reference, column);
      }
      break;
    }
    case 'model':
      refer(ctx, at, columnTarget(found.table, found.column));
      reportOwnColumn(ctx, env, found, reference);
      readColumn(ctx, found.table.name, found.column.name);
      ctx.lineage.set(reference, found);
      if (found.isGuess) reportGuess(ctx, env, reference, found);
      break;
    case 'measure':
      refer(ctx, at, { kind: 'measure', measure: found.measure });
      ctx.measures.add(nameKey(found.measure.name));
      if (env.predicate) report(ctx, env, 'measure-in-filter', { name: `[${found.measure.name}]` }, reference.span);
      reportCircle(ctx, env, measureNode(found.measure.name), reference.span);
      if (read.table !== undefined && found.homeMismatch) reportHome(ctx, env, reference, read.table.text, found.measure.name);
      break;
    case 'either':
      refer(ctx, at, found.column.lineage === undefined || found.column.definition !== undefined
        ? rowTarget(found.column, undefined)
        : { kind: 'measure', measure: found.measure });
      ctx.measures.add(nameKey(found.measure.name));
      break;
    case 'ambiguous':
      refer(ctx, at, { kind: 'unresolved', name: read.column.text });
      report(ctx, env, 'ambiguous-column', { column: textAt(ctx, at), tables: found.tables.join(', ') }, reference.span);
      break;
    case 'homeless':
      refer(ctx, at, { kind: 'unresolved', name: read.column.text });
      report(ctx, env, 'unqualified-column', { column: textAt(ctx, at), suggestion: `Table${textAt(ctx, at)}` }, reference.span);
      break;
    case 'opaque':
      refer(ctx, at, { kind: 'unresolved', name: read.column.text });
      break;
    case 'no-table': case 'no-column': case 'nothing':
      refer(ctx, at, { kind: 'unresolved', name: read.column.text });
      if (reference.broken !== true) reportUnresolved(ctx, env, reference, found);
      break;
  }
  return found;
}

/** A column that text defines and that reads itself. */
function reportOwnColumn(ctx: BindContext, env: Env, { table, column }: ModelColumn, reference: ColumnReference): void {
  reportCircle(ctx, env, columnNode(table.name, column.name), reference.column.span);
}

/** What a column of a row context is: one of the model, or one that an expression named. */
function rowTarget(it: ShapeColumn, column: ModelColumn | undefined): Target {
  if (column !== undefined && it.definition === undefined) return columnTarget(column.table, column.column);
  return extensionTarget(it.column, it.definition, it.owner, column);
}

/** A name with a line break inside is tried in the ways in which a line can have been wrapped. */
function resolveBroken(
  ctx: BindContext, reference: ColumnReference, env: Env, skip: number,
): { readonly reference: ColumnReference; readonly found: Resolution<RowScope> } {
  const resolve = (it: ColumnReference) => ({ reference: it, found: resolveColumn(it, env.names, env.rows, skip) });
  const plain = resolve(reference);
  if (reference.broken !== true) return plain;
  const written = textAt(ctx, reference.column.span).replace(/^\[/, '').replace(/\]$/, '').replaceAll(']]', ']');
  const readings = [written.replace(/\s*[\r\n]\s*/g, ''), written.replace(/\s*[\r\n]\s*/g, ' ')];
  for (const text of readings) {
    if (isResolved(plain.found)) break;
    const other = resolve({ ...reference, column: { ...reference.column, text } });
    if (!isResolved(other.found)) continue;
    ctx.brokenNames.set(reference.column.span.start, text);
    return other;
  }
  const meant = isResolved(plain.found) ? reference.column.text : nearest(env, reference, plain.found)?.column;
  if (meant !== undefined) ctx.brokenNames.set(reference.column.span.start, meant);
  return plain;
}

const isResolved = (it: Resolution<RowScope>): boolean =>
  it.kind === 'row' || it.kind === 'model' || it.kind === 'measure' || it.kind === 'either';

function referToTable(ctx: BindContext, reference: ColumnReference, env: Env, found: Resolution<RowScope>): void {
  const name = reference.table;
  if (name === undefined) return;
  const table = findTable(env.names, name.text);
  if (table !== undefined) {
    refer(ctx, name.span, tableTarget(table));
    if (found.kind === 'row' || found.kind === 'model') ctx.tables.add(nameKey(table.name));
    reportCircle(ctx, env, tableNode(table.name), name.span);
    return;
  }
  const variable = env.variables.get(nameKey(name.text));
  refer(ctx, name.span, variable === undefined ? { kind: 'unresolved', name: name.text } : variableTarget(variable));
}

function typeOfResolution(env: Env, found: Resolution<RowScope>): Type {
  switch (found.kind) {
    case 'row': return scalar(found.column.type);
    case 'model': return scalar(columnType(env.names, found.table, found.column));
    case 'measure': return scalar(measureType(env, found.measure));
    case 'either': return scalar('unknown');
    default: return unknownType;
  }
}

function reportGuess(ctx: BindContext, env: Env, reference: ColumnReference, found: ModelColumn): void {
  const suggestion = `${quoteTable(found.table.name)}${quoteColumn(found.column.name)}`;
  report(ctx, env, 'unqualified-column', { column: textAt(ctx, reference.column.span), suggestion }, reference.span, {
    fixes: [{ title: `Change to ${suggestion}`, preferred: true, edits: [{ span: reference.span, newText: suggestion }] }],
  });
}

function reportHome(ctx: BindContext, env: Env, reference: ColumnReference, table: string, measure: string): void {
  report(ctx, env, 'measure-home-table', { table, measure: `[${measure}]` }, reference.span, {
    fixes: [{
      title: `Write [${measure}] alone`,
      preferred: true,
      edits: [{ span: { start: reference.span.start, end: reference.column.span.start }, newText: '' }],
    }],
  });
}

function reportUnresolved(ctx: BindContext, env: Env, reference: ColumnReference, found: Resolution<RowScope>): void {
  if (ctx.quiet || env.quiet) return;
  const near = nearest(env, reference, found);
  const fixes = near === undefined ? [] : [fixOf(near)];
  const written = textAt(ctx, reference.column.span);
  const tableName = reference.table;
  if (found.kind === 'no-table' && tableName !== undefined) {
    const variable = env.variables.get(nameKey(tableName.text));
    if (variable !== undefined) {
      // Parameters of a function may be tables whose columns nobody knows.
      if (variable.value === undefined || variable.type.kind === 'unknown') return;
      reportVariableColumn(ctx, env, reference, variable.name);
      return;
    }
    report(ctx, env, 'unknown-table', {
      table: tableName.text, model: env.names.model?.name ?? '', ...(near === undefined ? {} : { suggestion: near.text }),
    }, tableName.span, { fixes });
    return;
  }
  if (found.kind === 'no-column') {
    report(ctx, env, 'unknown-column', {
      table: found.table.name, column: written, ...(near === undefined ? {} : { suggestion: near.text }),
    }, reference.column.span, { fixes });
    return;
  }
  report(ctx, env, 'unknown-measure', {
    name: written, ...(near === undefined ? {} : { suggestion: near.text }),
  }, reference.column.span, { fixes });
}

function reportVariableColumn(ctx: BindContext, env: Env, reference: ColumnReference, variable: string): void {
  const column = textAt(ctx, reference.column.span);
  report(ctx, env, 'variable-column', { variable, column }, reference.span, {
    fixes: [{
      title: `Write ${column} alone`,
      edits: [{ span: { start: reference.span.start, end: reference.column.span.start }, newText: '' }],
    }],
  });
}

interface Near {
  /** As it is written in DAX. */
  readonly text: string;
  /** Name of the column or metric, where it is that which was misspelt. */
  readonly column: string | undefined;
  readonly certain: boolean;
  readonly span: { readonly start: number; readonly end: number };
}

const fixOf = (it: Near): Fix => ({
  title: `Change to ${it.text}`,
  edits: [{ span: it.span, newText: it.text }],
  ...(it.certain ? { preferred: true } : {}),
});

/** What was probably meant. */
function nearest(env: Env, reference: ColumnReference, found: Resolution<RowScope>): Near | undefined {
  const written = reference.column.text;
  if (found.kind === 'no-table' && reference.table !== undefined) return nearestTable(env, reference.table, written);
  if (found.kind === 'no-column') {
    const near = suggest(written, columnCandidates(found.table), measureCandidates(env, written));
    if (near === undefined) return undefined;
    return { text: quoteColumn(near.name), column: near.name, certain: near.certain, span: reference.column.span };
  }
  if (found.kind !== 'nothing') return undefined;
  const near = suggest(written, measureCandidates(env, written), ...env.rows.map((it) => rowCandidates(it)));
  if (near !== undefined && near.distance < 1) return bare(reference, near.name, near.certain);
  const owners = [...(env.names.model?.tables.values() ?? [])].filter((it) => it.columns.has(nameKey(written)));
  const [owner] = owners;
  if (owner !== undefined) {
    const column = owner.columns.get(nameKey(written))?.name ?? written;
    return { text: `${quoteTable(owner.name)}${quoteColumn(column)}`, column, certain: owners.length === 1, span: reference.span };
  }
  return near === undefined ? undefined : bare(reference, near.name, near.certain);
}

/** The table that was probably meant; one that has the column is the better guess. */
function nearestTable(env: Env, name: Name, column: string): Near | undefined {
  const tables = [...(env.names.model?.tables.values() ?? [])].filter((it) => it.columns.has(nameKey(column)));
  const near = suggest(name.text, prepare(tables.map((it) => it.name))) ?? suggest(name.text, tableCandidates(env));
  return near === undefined ? undefined : { text: quoteTable(near.name), column: undefined, certain: near.certain, span: name.span };
}

const bare = (reference: ColumnReference, name: string, certain: boolean): Near =>
  ({ text: quoteColumn(name), column: name, certain, span: reference.column.span });

const columnCandidates = (table: Table) => candidatesOf(table.columns, () => [...table.columns.values()].map((it) => it.name));
function measureCandidates(env: Env, written: string): readonly Candidate[] {
  const measures = searchedFor(env.names.measures, written);
  return candidatesOf(measures, () => [...measures.values()].map((it) => it.name));
}

function rowCandidates({ shape }: RowScope): readonly Candidate[] {
  const { columns } = shape;
  return columns === undefined ? [] : candidatesOf(columns, () => columns.map((it) => it.column));
}

/** Names of the model's tables, to find the one that was meant. */
export function tableCandidates(env: Env): readonly Candidate[] {
  const tables = env.names.model?.tables;
  return tables === undefined ? [] : candidatesOf(tables, () => [...tables.values()].map((it) => it.name));
}
