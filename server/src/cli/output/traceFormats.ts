/** How a value came about, as a tree for people and as records for programs. */
import { jsonCell } from '../../formats/cells.ts';
import { errorText, reasonText } from '../../formats/outcomes.ts';
import { formatCell } from '../../formats/values.ts';
import type { TraceFilter, TraceStep } from '../../plan/trace.ts';
import type { Cell, ValueType } from '../../plan/values.ts';
import type { Evaluated } from '../../workspace/index.ts';
import { plain } from './terminal.ts';

type TraceNode = NonNullable<Evaluated['trace']>[number];

/** Deeper steps are left out for people: nobody reads so far, and nothing must recurse without end. */
const MAX_LEVELS = 100;
/** Values and tuples that people are shown of a step. */
const FEW = 5;

/** One line a sub-expression: its text, its value or rows, its time, and below it the filter context where that is another. */
export function traceText(results: readonly Evaluated[]): string {
  return results.flatMap((it) => (it.trace === undefined ? [] : [plain(it.name), ...it.trace.flatMap((node) => lines(node, 1, ''))])).join('\n');
}

function lines(node: TraceNode, level: number, outer: string): readonly string[] {
  const { step } = node;
  const indent = '  '.repeat(level);
  const filters = step.filters.map(filterText).join('; ');
  const context = filters === outer ? [] : [`${indent}  filters: ${filters === '' ? 'none' : filters}`];
  const contexts = step.contexts === 1 ? '' : ` in ${step.contexts.toLocaleString('en-US')} contexts`;
  const own = `${indent}${short(node.text)} → ${resultText(step)}${contexts} (${step.milliseconds.toFixed(1)} ms)`;
  const below = level >= MAX_LEVELS ? (node.children.length === 0 ? [] : [`${indent}  …`]) : node.children.flatMap((it) => lines(it, level + 1, filters));
  return [own, ...context, ...below];
}

function resultText({ result }: TraceStep): string {
  switch (result.kind) {
    case 'rows': return `${result.rows.toLocaleString('en-US')} ${result.rows === 1 ? 'row' : 'rows'}`;
    case 'failed': return cellText(result.failure, 'blank');
    case 'values': {
      const shown = result.cells.slice(0, FEW).map((it) => cellText(it, result.type)).join(', ');
      return result.cells.length > FEW ? `${shown}, …` : shown === '' ? 'nothing' : shown;
    }
  }
}

function filterText(it: TraceFilter): string {
  const [only] = it.columns;
  if (it.tuples.length === 0) return `${it.columns.map(plain).join(', ')}: ${it.count.toLocaleString('en-US')} ${it.count === 1 ? 'row' : 'rows'}`;
  const tuples = it.tuples.slice(0, FEW).map((tuple) => tuple.map(({ value, type }) => cellText(value, type)));
  const texts = tuples.map((tuple) => (tuple.length === 1 ? tuple.join('') : `(${tuple.join(', ')})`));
  const left = it.columns.length === 1 && only !== undefined ? plain(only) : `(${it.columns.map(plain).join(', ')})`;
  if (it.perContext) return `${left} = ${texts.join(' | ')}${it.count > FEW ? ' | …' : ''}, each in its contexts`;
  return it.count === 1 ? `${left} = ${texts.join('')}` : `${left} in { ${texts.join(', ')}${it.count > FEW ? `, … ${it.count.toLocaleString('en-US')} in all` : ''} }`;
}

function cellText(cell: Cell, type: ValueType): string {
  if (cell === null) return 'BLANK';
  if (typeof cell === 'object' && cell.cell === 'error') return `error: ${plain(errorText(cell))}`;
  if (typeof cell === 'object' && cell.cell === 'notEvaluated') return `not evaluated: ${plain(reasonText(cell.reason))}`;
  const text = plain(formatCell(cell, type, undefined, 'en-US'));
  return type === 'string' ? `"${text}"` : text;
}

const short = (text: string): string => {
  const line = plain(text.replace(/\s+/g, ' ')).trim();
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
};

function resultEntry(it: TraceStep['result']): object {
  switch (it.kind) {
    case 'values': return { type: it.type, values: it.cells.map((cell) => jsonCell(cell, it.type)) };
    case 'rows': return { rows: it.rows, columns: it.columns };
    case 'failed': return { failure: jsonCell(it.failure, 'blank') };
  }
}

/** The steps as records, children within their parents. */
export function traceEntries(nodes: readonly TraceNode[], level = 0): readonly object[] {
  return nodes.map(({ text, step, children }) => ({
    text,
    contexts: step.contexts,
    filters: step.filters.map((it) => ({ columns: it.columns, count: it.count, perContext: it.perContext, tuples: it.tuples.map((tuple) => tuple.map(({ value, type }) => jsonCell(value, type))) })),
    ...resultEntry(step.result),
    milliseconds: Math.round(step.milliseconds * 1000) / 1000,
    children: level >= MAX_LEVELS ? [] : traceEntries(children, level + 1),
  }));
}
