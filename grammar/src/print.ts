/** Trees back to text. */
import { binaryLevel, prefixLevel } from './precedence.ts';
import { quoteColumn, quoteString, quoteTable } from './quote.ts';
import type { Argument, Expression, UnaryOperator } from './tree.ts';

interface Style {
  /** For comparison: no brackets but the needed ones, names without regard to case or to how they were quoted. */
  readonly canonical: boolean;
}

/**
 * The expression on one line, names as written, function names and keywords in capitals. Brackets that were written
 * stay, and those that the tree needs are added; a `missing` part prints as nothing.
 */
export function printExpression(expression: Expression): string {
  return print(expression, 0, { canonical: false });
}

/** A text that two expressions share exactly if they are the same but for blanks, comments, case and needless brackets. */
export function canonicalExpression(expression: Expression): string {
  return print(expression, 0, { canonical: true });
}

export function sameExpression(a: Expression, b: Expression): boolean {
  return canonicalExpression(a) === canonicalExpression(b);
}

/** Prints a node where an operator of `level` stands around it; looser nodes get brackets. */
function print(node: Argument, level: number, style: Style): string {
  const list = (items: readonly Argument[]): string => items.map((it) => print(it, 0, style)).join(', ');
  const name = (text: string): string => (style.canonical ? text.toLowerCase() : text);
  switch (node.kind) {
    case 'number':
      return style.canonical ? String(node.value) + (node.integer ? '' : 'r') : node.text;
    case 'string':
      return quoteString(node.value);
    case 'boolean':
      return node.value ? 'TRUE' : 'FALSE';
    case 'date':
      return `dt"${style.canonical && !Number.isNaN(node.serial) ? node.serial : node.text}"`;
    case 'parameter':
      return `@${name(node.name)}`;
    case 'name':
      return node.name.quoted && !style.canonical ? `'${node.name.text.replaceAll("'", "''")}'` : quoteTable(name(node.name.text));
    case 'column': {
      const table = node.table === undefined ? '' : style.canonical || !node.table.quoted
        ? quoteTable(name(node.table.text)) : `'${node.table.text.replaceAll("'", "''")}'`;
      return table + quoteColumn(name(node.column.text));
    }
    case 'call':
      return `${node.name.toUpperCase()}(${list(node.args)})`;
    case 'unary':
      return bracketed(prefixLevel(node.operator) < level, unary(node.operator, print(node.operand, prefixLevel(node.operator), style)));
    case 'binary': {
      const own = binaryLevel(node.operator);
      return bracketed(own < level, `${print(node.left, own, style)} ${node.operator} ${print(node.right, own + 1, style)}`);
    }
    case 'parenthesized':
      return style.canonical ? print(node.expression, level, style) : `(${print(node.expression, 0, style)})`;
    case 'tuple':
      return `(${list(node.items)})`;
    case 'constructor':
      return `{ ${list(node.rows)} }`;
    case 'var': {
      const variables = node.variables.map((it) => `VAR ${name(it.name.text)} = ${print(it.value, 0, style)}`);
      return bracketed(level > 0, `${variables.join(' ')} RETURN ${print(node.body, 0, style)}`);
    }
    case 'missing':
    case 'omitted':
      return '';
  }
}

function bracketed(needed: boolean, text: string): string {
  return needed ? `(${text})` : text;
}

/** A second minus must not make a comment of the first. */
function unary(operator: UnaryOperator, operand: string): string {
  return operator === 'NOT' || operand.startsWith(operator) ? `${operator} ${operand}` : `${operator}${operand}`;
}
