/** Trees of expressions to layouts. */
import { binaryLevel } from '../precedence.ts';
import type { Argument, Binary, Call, Expression, TableConstructor, Unary, VarBlock } from '../tree.ts';
import { blank, fillLine, hardLine, line, looseLine, softLine, type Doc, type Docs, type Gap } from './doc.ts';
import type { Cursor } from './cursor.ts';
import type { LayoutOptions } from './options.ts';

/** What makes layouts of the parts of one segment. */
export interface Layouter {
  readonly docs: Docs;
  readonly cursor: Cursor;
  readonly options: LayoutOptions;
}

/** The layout of an expression, whose tokens are the next ones. */
export function expressionDoc(on: Layouter, node: Expression): Doc {
  const { cursor, docs } = on;
  if (node.kind !== 'missing') cursor.expect(node.span.start);
  switch (node.kind) {
    case 'number':
    case 'string':
    case 'boolean':
    case 'date':
    case 'parameter':
    case 'column':
      return docs.series(cursor.upTo(node.span.end));
    case 'name':
      return joined(on, cursor.upTo(node.span.end));
    case 'call':
      return callDoc(on, node);
    case 'unary':
      return unaryDoc(on, node);
    case 'binary':
      return node.operator === 'IN' ? inDoc(on, node) : chainDoc(on, node);
    case 'parenthesized':
      return listDoc(on, [node.expression], { padded: on.options.brackets !== 'compact' });
    case 'tuple':
      return listDoc(on, node.items, { padded: on.options.brackets !== 'compact' });
    case 'constructor':
      return constructorDoc(on, node);
    case 'var':
      return varDoc(on, node);
    case 'missing':
      return docs.series([]);
  }
}

/** Tokens with a blank between any two: `DESC BLANKS LAST`. */
export function joined({ docs }: Layouter, tokens: readonly Doc[]): Doc {
  return docs.series(tokens.flatMap((it, i) => (i === 0 ? [it] : [blank, it])));
}

interface ListStyle {
  readonly padded: boolean;
  /** Whether the item at an index stays on a line with the next. */
  readonly pairs?: (index: number) => boolean;
  readonly breaks?: boolean;
  /** Items share lines, as many as fit. */
  readonly fills?: boolean;
}

/** Brackets with items separated by commas, one a line where they do not fit. */
function listDoc(on: Layouter, items: readonly Argument[], { padded, pairs, breaks, fills }: ListStyle): Doc {
  const { cursor, docs } = on;
  const open = cursor.token();
  const rows: Doc[][] = [];
  let above: Doc | undefined;
  items.forEach((it, index) => {
    const doc = it.kind === 'omitted' ? [] : [expressionDoc(on, it)];
    const comma = cursor.is(',') ? [cursor.token()] : [];
    const item = docs.series([...doc, ...comma]);
    if (above !== undefined) {
      rows.push([docs.group([above, docs.indent([line, item])])]);
      above = undefined;
    } else if (pairs?.(index) === true && comma.length > 0 && index + 1 < items.length) above = item;
    else rows.push([item]);
  });
  const close = cursor.token();
  const edge: Gap = padded ? line : softLine;
  if (rows.length === 0) return docs.group([open, close]);
  const between = (row: readonly Doc[]): Gap => (fills === true ? fillLine(row.reduce((sum, it) => sum + it.width, 0)) : line);
  const inside = rows.flatMap((row, i) => (i === 0 ? row : [between(row), ...row]));
  const whole = [open, docs.indent([edge, ...inside]), edge, close];
  return breaks === true ? docs.broken(whole) : docs.group(whole);
}

function callDoc(on: Layouter, node: Call): Doc {
  const { cursor, docs, options } = on;
  const name = cursor.token();
  const how = options.pairs(node.name);
  const list = listDoc(on, node.args, {
    padded: options.brackets !== 'compact',
    ...(how === undefined ? {} : { pairs: (index: number) => (how === 'names' ? node.args[index]?.kind === 'string' : index >= how) }),
    breaks: options.lineStyle === 'short' && node.args.length > 1 && node.args.some(holdsCall),
  });
  return docs.series([name, ...(options.brackets === 'spaced' ? [blank] : []), list]);
}

/** A call with arguments, `TRUE()` is none. */
function holdsCall(node: Argument): boolean {
  switch (node.kind) {
    case 'call': return node.args.length > 0;
    case 'unary': return holdsCall(node.operand);
    case 'binary': return holdsCall(node.left) || holdsCall(node.right);
    case 'parenthesized': return holdsCall(node.expression);
    default: return false;
  }
}

/** A sign stands before its operand without a blank, unless two would make a comment or look like one operator. */
function unaryDoc(on: Layouter, { operator, operand }: Unary): Doc {
  const { cursor, docs } = on;
  const sign = cursor.token();
  const apart = operator === 'NOT' || cursor.is(operator);
  return docs.series([sign, ...(apart ? [blank] : []), expressionDoc(on, operand)]);
}

/** Operators of one level in a row; where they do not fit, each begins a line. */
function chainDoc(on: Layouter, node: Binary): Doc {
  const { cursor, docs } = on;
  const level = binaryLevel(node.operator);
  const links: Binary[] = [];
  let left: Expression = node;
  while (left.kind === 'binary' && left.operator !== 'IN' && binaryLevel(left.operator) === level) {
    links.push(left);
    left = left.left;
  }
  const first = expressionDoc(on, left);
  const rest = links.reverse().flatMap((it) => [line, cursor.token(), blank, expressionDoc(on, it.right)]);
  return docs.group([first, docs.indent(rest)]);
}

/** A list of values opens on the line of its IN. */
function inDoc(on: Layouter, { left, right }: Binary): Doc {
  const { cursor, docs } = on;
  const first = expressionDoc(on, left);
  const word = cursor.token();
  const second = expressionDoc(on, right);
  if (right.kind === 'constructor') return docs.group([first, blank, word, blank, second]);
  return docs.group([first, docs.indent([line, word, blank, second])]);
}

function constructorDoc(on: Layouter, node: TableConstructor): Doc {
  const fills = node.rows.length > 1 && node.rows.every((it) => it.kind === 'string' || it.kind === 'number' || it.kind === 'date');
  return listDoc(on, node.rows, { padded: true, fills });
}

function varDoc(on: Layouter, node: VarBlock): Doc {
  const { cursor, docs } = on;
  const variables = node.variables.flatMap((it, i): readonly Doc[] => {
    const head = joined(on, [cursor.token(), cursor.token(), cursor.token()]);
    return [...(i === 0 ? [] : [looseLine]), docs.group([head, docs.indent([line, expressionDoc(on, it.value)])])];
  });
  return docs.broken([...variables, looseLine, cursor.token(), docs.indent([hardLine, expressionDoc(on, node.body)])]);
}
