/** "Extract metric": the selected expression becomes a metric of its own, where that has the same value. */
import type { Expression, MeasureDefinition } from '../../../../grammar/src/tree.ts';
import { quoteColumn, quoteTable } from '../../../../grammar/src/index.ts';
import { lineEndOf, levelOf } from './lines.ts';
import { needsOf, outerNames, stepsAlong } from './movable.ts';
import { metricName } from './names.ts';
import { bare, referenceAt, selected, textOf, within, type Edit, type Refactoring, type Site } from './site.ts';

export function extractMetric(site: Site): readonly Refactoring[] {
  const node = selected(site);
  const { item } = site.segment.segment;
  if (node === undefined || item.kind !== 'measure' || node.kind === 'name' || isMetric(site, node)) return [];
  if (site.reading.model === undefined || site.reading.bound.typeOf(bare(node)).kind !== 'scalar') return [];
  const refused = refusal(site, node);
  const newName = metricName(site);
  return [{
    id: 'extract-metric', title: 'Extract metric', kind: 'extract', newName, ...(refused === undefined ? {} : { refused }),
    edits: () => extracted(site, node, item, newName),
  }];
}

const isMetric = ({ reading }: Site, node: Expression): boolean => {
  const it = bare(node);
  return it.kind === 'column' && referenceAt(reading, it.column.span.start)?.target.kind === 'measure';
};

/**
 * A metric stands for its expression but for two things: it sees no variable of the place, and in a row context it turns
 * the row into filters.
 */
function refusal({ reading, path }: Site, node: Expression): string | undefined {
  if (outerNames(reading, node).size > 0) return 'It reads a variable of this definition.';
  const needs = needsOf(reading, node);
  if (needs.unknown) return 'It may have another value in a metric of its own.';
  const steps = stepsAlong(reading, path.slice(0, path.indexOf(node) + 1));
  if (steps.includes('condition')) return 'A condition of CALCULATE takes no metric.';
  if (steps.includes('opaque')) return 'What is around it does not take a metric for certain.';
  if (isRowOutside({ reading }, node)) return 'It reads a column of a row; a metric has no row.';
  if (steps.includes('rows') && (needs.filters || needs.rows)) return 'In a row context a metric turns the row into filters, so it would have another value.';
  return undefined;
}

/** Whether it has a column of a row that stands outside of it: a row context begins in calls with a table before. */
function isRowOutside({ reading }: Pick<Site, 'reading'>, node: Expression): boolean {
  return within(node).some((it) => {
    if (it.kind !== 'column' || referenceAt(reading, it.column.span.start)?.target.kind === 'measure') return false;
    const steps = stepsAlong(reading, pathTo(node, it));
    return steps.every((step) => step === 'same' || step === 'filters');
  });
}

function pathTo(from: Expression, to: Expression): readonly Expression[] {
  const path: Expression[] = within(from).filter((it) => it.span.start <= to.span.start && to.span.end <= it.span.end);
  return path.slice(0, path.indexOf(to) + 1);
}

function extracted(site: Site, node: Expression, item: MeasureDefinition, name: string): readonly Edit[] {
  const { text } = site.segment.segment;
  const lineEnd = lineEndOf(text);
  const head = item.table === undefined ? name : `MEASURE ${quoteTable(item.table.text)}${quoteColumn(name)}`;
  const body = textOf(site, bare(node));
  const end = text.trimEnd().length;
  const gap = /[\r\n]/.test(body) ? lineEnd + levelOf(text) : ' ';
  return [
    { span: node.span, newText: quoteColumn(name) },
    { span: { start: end, end }, newText: `${lineEnd}${lineEnd}${head} =${gap}${body}` },
  ];
}
