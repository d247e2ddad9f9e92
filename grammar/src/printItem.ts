/** Definitions and queries back to text. */
import { printExpression } from './print.ts';
import { quoteColumn, quoteName, writtenName } from './quote.ts';
import type { Definition, DocComment, Evaluate, FunctionParameter, Item, OrderKey, Span, VisualShape } from './tree.ts';

/**
 * A definition, query or expression in the tokens it was read from, its doc comments included; prose has none.
 *
 * Keywords come in capitals, and each statement on a line of its own; a part that is missing prints as nothing.
 */
export function printItem(item: Item): string {
  switch (item.kind) {
    case 'prose':
      return '';
    case 'bare':
      return docs(item.docs) + printExpression(item.expression);
    case 'query':
      return [
        docs(item.docs) + (item.define === undefined ? '' : 'DEFINE'), ...item.definitions.map(definition), ...item.evaluates.map(evaluate),
      ].filter((it) => it !== '').join('\n');
    case 'measure':
    case 'columnDefinition':
    case 'tableDefinition':
    case 'functionDefinition':
      return definition(item);
  }
}

function definition(it: Definition): string {
  return docs(it.docs) + [...head(it), printExpression(it.body), ...(it.kind === 'tableDefinition' ? shape(it.shape) : [])].join(' ');
}

function head(it: Definition): readonly string[] {
  const assign = it.assign === undefined ? '' : it.assign.end - it.assign.start > 1 ? ':=' : '=';
  const name = isQuoted(it.name, it.nameSpan) ? quoteName(it.name) : it.name;
  switch (it.kind) {
    case 'measure':
      return it.table === undefined ? [name, assign] : [`MEASURE ${writtenName(it.table)}${quoteColumn(it.name)}`, assign];
    case 'columnDefinition':
      return [`COLUMN ${writtenName(it.table)}${quoteColumn(it.name)}`, assign];
    case 'tableDefinition':
      return ['TABLE', name, assign];
    case 'variableDefinition':
      return [it.keyword, name, assign];
    case 'functionDefinition': {
      const parameters = it.parameters.map((each, i) => parameter(each) + (it.commas[i] === undefined ? '' : ', '));
      return ['FUNCTION', name, assign, `(${parameters.join('')})`, '=>'];
    }
  }
}

function parameter({ name, colon, type, subtype, passing, defaultValue }: FunctionParameter): string {
  const hints = [type, subtype, passing].flatMap((it) => it?.value ?? []);
  const hint = colon === undefined ? '' : ` : ${hints.join(' ')}`;
  return name + hint + (defaultValue === undefined ? '' : ` = ${printExpression(defaultValue)}`);
}

function shape(it: VisualShape | undefined): readonly string[] {
  if (it === undefined) return [];
  const axes = it.axes.flatMap(({ name, groups, orderBy }) => [
    `AXIS ${name?.text ?? ''}`,
    ...groups.flatMap(({ columns, total }) => [`GROUP ${columns.map(printExpression).join(', ')}`, ...(total === undefined ? [] : [`TOTAL ${printExpression(total)}`])]),
    ...order(orderBy),
  ]);
  return ['WITH VISUAL SHAPE', ...axes, ...(it.densify === undefined ? [] : [`DENSIFY ${printExpression(it.densify)}`])];
}

function evaluate({ expression, orderBy, startAt }: Evaluate): string {
  const start = startAt.length === 0 ? [] : [`START AT ${startAt.map(printExpression).join(', ')}`];
  return ['EVALUATE', printExpression(expression), ...order(orderBy), ...start].join(' ');
}

function order(keys: readonly OrderKey[]): readonly string[] {
  if (keys.length === 0) return [];
  const written = keys.map((it) => printExpression(it.expression) + (it.direction === undefined ? '' : it.descending ? ' DESC' : ' ASC'));
  return [`ORDER BY ${written.join(', ')}`];
}

function docs(it: DocComment | undefined): string {
  return it === undefined ? '' : it.lines.map(({ text }) => `/// ${text}\n`).join('');
}

/** Whether a name stood in quotes: it is shorter than its place. */
function isQuoted(name: string, { start, end }: Span): boolean {
  return end - start > name.length;
}
