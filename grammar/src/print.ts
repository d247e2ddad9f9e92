/** Trees back to text. */
import { binaryLevel, prefixLevel } from './precedence.ts';
import { quoteColumn, quoteString, quoteTable, writtenName } from './quote.ts';
import type { Argument, Expression, UnaryOperator } from './tree.ts';
import { walk } from './walk.ts';

/** What stands around a node: the level that an operator in it must have, and that of the operator behind it. */
interface Place {
  readonly least: number;
  readonly behind: number;
  /** For comparison: no brackets but the needed ones, names without regard to case or to how they were quoted. */
  readonly canonical: boolean;
}

/**
 * The expression on one line, in the tokens it was read from: names and numbers as written, keywords in capitals.
 * Brackets that were written stay, those that the tree needs are added; a `missing` part prints as nothing.
 */
export function printExpression(expression: Expression): string {
  return print(expression, { least: 0, behind: 0, canonical: false });
}

/** A text that two expressions share exactly if they are the same but for blanks, comments, case and needless brackets. */
export function canonicalExpression(expression: Expression): string {
  return print(expression, { least: 0, behind: 0, canonical: true });
}

/**
 * A number that two expressions share if they have the same canonical text, and seldom otherwise: it costs far less than
 * the text, for those who look for equal ones among many.
 */
export function canonicalHash(expression: Expression): number {
  let hash = 17;
  const add = (value: number): void => {
    hash = (Math.imul(hash, 31) + value) | 0;
  };
  // Case changes the length of some names that are not ASCII: they count alike.
  const name = (text: string): void => {
    if (ascii.test(text)) add(text.length + ((text.charCodeAt(0) | 32) << 8) + ((text.charCodeAt(text.length - 1) | 32) << 16));
  };
  walk(expression, (node) => {
    switch (node.kind) {
      case 'number': add(node.value); break;
      case 'string': add(node.value.length + (node.value.charCodeAt(node.value.length - 1) << 8)); break;
      case 'boolean': add(node.value ? 3 : 4); break;
      case 'parameter': name(node.name); break;
      case 'name': name(node.blanks === undefined ? node.name.text : `${node.name.text} ${node.blanks}`); break;
      case 'column': if (node.table !== undefined) name(node.table.text); name(node.column.text); break;
      case 'call': add(node.args.length); name(node.name); break;
      case 'unary': case 'binary': add(node.operator.charCodeAt(0) + 256 * node.operator.length); break;
      case 'tuple': add(node.items.length); break;
      case 'constructor': add(node.rows.length); break;
      case 'var': add(node.variables.length); break;
      default:
    }
  });
  return hash;
}

const ascii = /^[\x20-\x7e]*$/;

export function sameExpression(a: Expression, b: Expression): boolean {
  return canonicalExpression(a) === canonicalExpression(b);
}

function print(node: Argument, place: Place): string {
  const { canonical } = place;
  const inside: Place = { least: 0, behind: 0, canonical };
  const list = (items: readonly Argument[]): string => items.map((it) => print(it, inside)).join(', ');
  const name = (text: string): string => (canonical ? text.toLowerCase() : text);
  switch (node.kind) {
    case 'number':
      return canonical ? String(node.value) + (node.integer ? '' : 'r') : node.text;
    case 'string':
      return quoteString(node.value);
    case 'boolean':
      return node.value ? 'TRUE' : 'FALSE';
    case 'date':
      return `dt"${canonical && !Number.isNaN(node.serial) ? node.serial : node.text}"`;
    case 'parameter':
      return `@${name(node.name)}`;
    case 'name':
      return (canonical ? quoteTable(name(node.name.text)) : writtenName(node.name)) + (node.blanks === undefined ? '' : ` ${canonical ? node.blanks.toUpperCase() : node.blanks}`);
    case 'column': {
      const { table } = node;
      const home = table === undefined ? '' : canonical ? quoteTable(name(table.text)) : writtenName(table);
      return home + quoteColumn(name(node.column.text));
    }
    case 'call':
      return `${canonical ? node.name.toUpperCase() : node.name}(${list(node.args)})`;
    case 'unary': {
      // What follows an operator may be a sign or NOT; it takes all that binds tighter.
      const own = prefixLevel(node.operator);
      return bracketed(own < place.behind, place, (around) => unary(node.operator, print(node.operand, { ...around, least: own + 1 })));
    }
    case 'binary': {
      const own = binaryLevel(node.operator);
      return bracketed(own < place.least, place, (around) => [
        print(node.left, { least: own, behind: own, canonical }), node.operator, print(node.right, { ...around, least: own + 1 }),
      ].join(' '));
    }
    case 'parenthesized':
      return canonical ? print(node.expression, place) : `(${print(node.expression, inside)})`;
    case 'tuple':
      return `(${list(node.items)})`;
    case 'constructor':
      return `{ ${list(node.rows)} }`;
    case 'var':
      // The result reaches as far as it can.
      return bracketed(place.behind > 0, place, () => {
        const variables = node.variables.map((it) => `VAR ${name(it.name.text)} = ${print(it.value, inside)}`);
        return `${variables.join(' ')} RETURN ${print(node.body, inside)}`;
      });
    case 'missing':
    case 'omitted':
      return '';
  }
}

function bracketed(needed: boolean, place: Place, content: (around: Place) => string): string {
  return needed ? `(${content({ ...place, least: 0, behind: 0 })})` : content(place);
}

/** A second minus must not make a comment of the first. */
function unary(operator: UnaryOperator, operand: string): string {
  return operator === 'NOT' || operand.startsWith(operator) ? `${operator} ${operand}` : `${operator}${operand}`;
}
