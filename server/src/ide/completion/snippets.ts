/** Snippets made from the model: what metrics are often made of, with its metrics, codes and dates filled in. */
import { quoteString, quoteTable } from '../../../../grammar/src/index.ts';
import { nameKey, type Choice, type Column, type Model, type Table } from '../../model/model.ts';
import type { ColumnRef } from '../../plan/plan.ts';
import { columnText, measureText } from '../../workspace/queries.ts';
import { asPlain } from '../markdown.ts';
import type { CompletionContext } from './context.ts';
import type { Proposal } from './item.ts';

/** Names or codes that a place offers, and snippets of a kind. */
const mostOffered = 30;
const mostOfKind = 12;

/** Where an expression of a metric begins; none where the model has nothing to fill in. */
export function snippets({ reading, cursor, statement }: CompletionContext, rank: number): readonly Proposal[] {
  const model = reading.model?.model;
  const last = cursor.tokens.at(-1);
  const begins = last === undefined || (last.kind === 'word' ? /^return$/i.test(last.text) : last.kind === 'sign' && ['=', ':=', '(', ','].includes(last.text));
  if (model === undefined || !begins || statement.kind === 'tag' || cursor.open.length > 1) return [];
  const metrics = [...reading.measures.values()].filter((it) => it !== reading.symbol).map((it) => measureText(it.name));
  return [...ofMetrics(metrics), ...overTime(metrics, model), ...underCodes(model)].map((it, i) => ({ ...it, kind: 'snippet' as const, rank: rank + i / 1000 }));
}

/** A whole definition, where one may begin. */
export function newMetric(rank: number): readonly Proposal[] {
  const newText = `/// \${1:What it counts.}\n/// @format ${choice(2, ['#,0', '#,0.0', '0.0%'])}\n\${3:New metric} = $0`;
  return [{ label: 'New metric', detail: 'documentation, format, name', filterText: 'New metric', kind: 'snippet', newText, rank }];
}

type Snippet = Pick<Proposal, 'label' | 'newText' | 'detail' | 'filterText'>;

function ofMetrics(metrics: readonly string[]): readonly Snippet[] {
  if (metrics.length === 0) return [];
  return [
    { label: 'Rate of two metrics', detail: 'DIVIDE', filterText: 'Rate of two metrics DIVIDE', newText: `DIVIDE(${choice(1, metrics)}, ${choice(2, metrics)})` },
    { label: 'Share of all', detail: 'DIVIDE, ALLSELECTED', filterText: 'Share of all DIVIDE percent', newText: `VAR part = ${choice(1, metrics)}\nVAR whole = CALCULATE($1, ALLSELECTED())\nRETURN DIVIDE(part, whole)` },
  ];
}

function overTime(metrics: readonly string[], model: Model): readonly Snippet[] {
  const dates = calendarOf(model);
  if (metrics.length === 0 || dates === undefined) return [];
  const column = fixed(columnText(dates));
  const metric = choice(1, metrics);
  return [
    { label: 'Year to date', detail: 'TOTALYTD', filterText: 'Year to date TOTALYTD', newText: `TOTALYTD(${metric}, ${column})` },
    { label: 'Same period of the year before', detail: 'SAMEPERIODLASTYEAR', filterText: 'Same period of the year before SAMEPERIODLASTYEAR', newText: `CALCULATE(${metric}, SAMEPERIODLASTYEAR(${column}))` },
    {
      label: 'Change to the year before', detail: 'SAMEPERIODLASTYEAR', filterText: 'Change to the year before growth SAMEPERIODLASTYEAR',
      newText: `VAR now = ${metric}\nVAR before = CALCULATE($1, SAMEPERIODLASTYEAR(${column}))\nRETURN DIVIDE(now - before, before)`,
    },
  ];
}

/** One for each choice column of a table that others do not refer to: those are counted. */
function underCodes(model: Model): readonly Snippet[] {
  const found: Snippet[] = [];
  for (const table of model.tables.values()) {
    if (table.hidden || isReferredTo(model, table)) continue;
    for (const column of table.columns.values()) {
      const codes = column.choice === undefined ? undefined : model.choices.get(nameKey(column.choice));
      if (codes === undefined || codes.options.size === 0 || column.hidden || column.deprecated) continue;
      if (found.length === mostOfKind) return found;
      found.push(countUnder(table, column, codes));
    }
  }
  return found;
}

function countUnder(table: Table, column: Column, codes: Choice): Snippet {
  const asText = column.type === 'string';
  const options = [...codes.options].filter(([, it]) => !it.deprecated).map(([code]) => (asText ? quoteString(code) : code));
  const where = columnText({ table: table.name, column: column.name });
  return {
    label: asPlain(`Count of ${table.name} under a code of ${column.name}`, 80), detail: 'CALCULATE, COUNTROWS', filterText: `Count of ${table.name} under a code of ${column.name} CALCULATE COUNTROWS`,
    newText: `CALCULATE(COUNTROWS(${fixed(quoteTable(table.name))}), ${fixed(where)} = ${choice(1, options)})`,
  };
}

const isReferredTo = ({ relationships }: Model, table: Table): boolean =>
  relationships.some((it) => nameKey((it.cardinality === 'one-to-many' ? it.from : it.to).table) === nameKey(table.name));

/** The dates of the table that is marked as a date table, else of one to whose dates others refer. */
export function calendarOf({ tables, relationships }: Model): ColumnRef | undefined {
  for (const it of tables.values()) if (it.dateColumn !== undefined) return { table: it.name, column: it.dateColumn };
  for (const it of relationships) {
    const one = it.cardinality === 'one-to-many' ? it.from : it.to;
    const table = tables.get(nameKey(one.table));
    const column = table?.columns.get(nameKey(one.column));
    if (table !== undefined && column?.type === 'dateTime') return { table: table.name, column: column.name };
  }
  return undefined;
}

/** A place of a snippet with what may stand there; the first is taken where nobody chooses. */
function choice(place: number, texts: readonly string[]): string {
  return `\${${String(place)}|${texts.slice(0, mostOffered).map((it) => it.replace(/[\\,|$}]/g, '\\$&')).join(',')}|}`;
}

/** Text of a snippet that stands as it is. */
const fixed = (text: string): string => text.replace(/[\\$}]/g, '\\$&');
