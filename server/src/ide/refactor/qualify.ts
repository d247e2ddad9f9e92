/** "Qualify the column" and "Unqualify the metric": columns with their table, metrics without one, as DAX is read best. */
import { quoteTable } from '../../../../grammar/src/index.ts';
import type { ColumnReference, Expression } from '../../../../grammar/src/tree.ts';
import { touches } from '../../base/spans.ts';
import { nameKey } from '../../model/model.ts';
import { referenceAt, type Refactoring, type Site } from './site.ts';

export function qualifyColumn(site: Site): readonly Refactoring[] {
  const node = columnAt(site);
  if (node === undefined || node.table !== undefined || node.broken === true) return [];
  const target = referenceAt(site.reading, node.column.span.start)?.target;
  if (target?.kind !== 'column') return [];
  const table = quoteTable(target.table.name);
  const { start } = node.span;
  return [{
    id: 'qualify-column', title: `Qualify the column: ${table}[${target.column.name}]`, kind: 'rewrite',
    edits: () => [{ span: { start, end: start }, newText: table }],
  }];
}

export function unqualifyMetric(site: Site): readonly Refactoring[] {
  const node = columnAt(site);
  if (node?.table === undefined || node.broken === true) return [];
  const { reading } = site;
  const target = referenceAt(reading, node.column.span.start)?.target;
  if (target?.kind !== 'measure') return [];
  const key = nameKey(target.measure.name);
  // Without its table it might be a column of the row.
  const columns = [...(reading.model?.model.tables.values() ?? [])].some((it) => it.columns.has(key));
  const added = reading.bound.references.some((it) => it.target.kind === 'extension' && nameKey(it.target.name) === key);
  const isOther = reading.measures.get(key) !== target.measure && target.measure.uri !== '';
  if (columns || added || isOther) return [];
  return [{
    id: 'unqualify-metric', title: `Leave out the table of the metric: [${target.measure.name}]`, kind: 'rewrite',
    edits: () => [{ span: { start: node.span.start, end: node.column.span.start }, newText: '' }],
  }];
}

function columnAt({ path, selection }: Site): ColumnReference | undefined {
  const node: Expression | undefined = path.at(-1);
  return node?.kind === 'column' && touches(node.span, selection.start) && touches(node.span, selection.end) ? node : undefined;
}
