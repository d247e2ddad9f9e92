/**
 * "Split into filter arguments" and "Join filter arguments": `CALCULATE(x, a && b)` and `CALCULATE(x, a, b)`.
 *
 * Over one column both keep the same values. Over several the first is one filter of rows, the second a filter a column:
 * the same for what is counted, but not where the expression replaces one of the two.
 */
import type { Binary, Call, Expression } from '../../../../grammar/src/tree.ts';
import { walk } from '../../../../grammar/src/index.ts';
import { functionNamed } from '../../functions/index.ts';
import { nameKey } from '../../model/model.ts';
import type { MeasureSymbol } from '../../analysis/bound.ts';
import { bare, hasComment, innermost, operandText, referenceAt, textOf, within, type Edit, type Refactoring, type Site } from './site.ts';

export function splitFilter(site: Site): readonly Refactoring[] {
  const call = innermost(site, isCalculate);
  const argument = call?.args.slice(1).find((it): it is Expression => it.kind !== 'omitted' && holds(it, site.selection));
  if (call === undefined || argument === undefined) return [];
  const parts = conjuncts(bare(argument));
  if (parts.length < 2 || !isSplit(site, call, parts) || hasComment(site, argument.span)) return [];
  return [{
    id: 'split-filter', title: `Split && into ${parts.length} filter arguments`, kind: 'rewrite',
    edits: () => [{ span: argument.span, newText: parts.map((it) => textOf(site, it)).join(', ') }],
  }];
}

/** Joins the conditions that are selected, or the one at the cursor with the next. */
export function joinFilters(site: Site): readonly Refactoring[] {
  const { selection } = site;
  const call = innermost(site, isCalculate);
  if (call === undefined) return [];
  const filters = call.args.slice(1);
  const first = filters.findIndex((it) => it.span.start <= selection.start && selection.start <= it.span.end);
  const until = filters.findLastIndex((it) => it.span.start <= selection.end && selection.end <= it.span.end);
  const chosen = first < 0 ? [] : filters.slice(first, Math.max(until, selection.start === selection.end ? first + 1 : first) + 1);
  const parts = chosen.flatMap((it) => (it.kind === 'omitted' ? [] : [it]));
  const [head, last] = [parts[0], parts.at(-1)];
  if (parts.length < 2 || parts.length < chosen.length || head === undefined || last === undefined || !isSplit(site, call, parts)) return [];
  if (hasComment(site, { start: head.span.start, end: last.span.end })) return [];
  const edit: Edit = { span: { start: head.span.start, end: last.span.end }, newText: parts.map((it) => conjunctText(site, it)).join(' && ') };
  return [{ id: 'join-filters', title: `Join ${parts.length} filter arguments by &&`, kind: 'rewrite', edits: () => [edit] }];
}

const isCalculate = (it: Expression): it is Call => it.kind === 'call' && /^calculate(?:table)?$/i.test(it.name);

const holds = ({ span }: Expression, { start, end }: Site['selection']): boolean => span.start <= start && end <= span.end;

/** What a row of && puts together. */
function conjuncts(expression: Expression): readonly Expression[] {
  const found: Expression[] = [];
  let left = expression;
  for (; isAnd(left); left = left.left) found.push(left.right);
  return [left, ...found.reverse()];
}

const isAnd = (it: Expression): it is Binary => it.kind === 'binary' && it.operator === '&&';

const conjunctText = (site: Site, it: Expression): string =>
  it.kind === 'binary' && it.operator !== '||' ? textOf(site, it) : it.kind === 'unary' ? textOf(site, it) : operandText(site, it);

/** Whether conditions keep the same rows as one filter and as a filter each. */
function isSplit(site: Site, call: Call, parts: readonly Expression[]): boolean {
  const columns = parts.map((it) => columnsOf(site, it));
  if (columns.some((it) => it === undefined || it.length === 0)) return false;
  const all = new Set(columns.flatMap((it) => it ?? []));
  if (all.size === 1) return true;
  const tables = new Set([...all].map((it) => it.slice(0, it.indexOf('\u0000'))));
  const [expression] = call.args;
  return tables.size === 1 && expression !== undefined && expression.kind !== 'omitted' && keepsFilters(site, expression);
}

/** The columns whose values a condition asks for; undefined where it is no condition over columns alone. */
function columnsOf({ reading }: Site, condition: Expression): readonly string[] | undefined {
  const { kind } = reading.bound.typeOf(condition);
  if (kind === 'table') return undefined;
  const columns: string[] = [];
  let isPlain = true;
  walk(condition, (it) => {
    if (it.kind === 'call') {
      const spec = functionNamed(it.name);
      isPlain &&= spec?.returns === 'scalar' && spec.contextTransition !== true && spec.parameters.every((parameter) => parameter.kind === 'scalar');
    } else if (it.kind === 'column') {
      const target = referenceAt(reading, it.column.span.start)?.target;
      if (target?.kind === 'column') columns.push(`${nameKey(target.table.name)}\u0000${nameKey(target.column.name)}`);
      else isPlain = false;
    } else if (it.kind === 'var') isPlain = false;
  });
  return isPlain ? columns : undefined;
}

/** Metrics that are followed to what they are made of. */
const mostMetrics = 200;

/** Whether nothing in an expression, nor in the metrics that it reads, changes filters or asks for more than what they keep. */
function keepsFilters({ reading }: Site, expression: Expression): boolean {
  if ((reading.model?.model.calculationGroups?.length ?? 0) > 0) return false;
  const seen = new Set<MeasureSymbol>();
  const pending = [expression];
  for (let it = pending.pop(); it !== undefined; it = pending.pop()) {
    for (const part of within(it)) {
      if (part.kind === 'call' && !isPlainCall(part)) return false;
      if (part.kind !== 'column') continue;
      const measure = reading.measures.get(nameKey(part.column.text));
      if (measure === undefined || seen.has(measure)) continue;
      seen.add(measure);
      pending.push(measure.body);
      if (seen.size > mostMetrics) return false;
    }
  }
  return true;
}

/** Values of rows that filters keep, and what is made of values. */
function isPlainCall({ name }: Call): boolean {
  const spec = functionNamed(name);
  if (spec === undefined || spec.contextTransition === true) return false;
  if (spec.category === 'aggregation' || spec.category === 'math' || spec.category === 'logical' || spec.category === 'text' || spec.category === 'date-time') return true;
  return spec.name === 'BLANK' || spec.name === 'ISBLANK' || spec.name === 'FILTER' || spec.name === 'RELATED';
}
