/** Names as people read them, and as the places want them written in which they stand. */
import { parseFile, quoteColumn, quoteString, quoteTable } from '../../../../grammar/src/index.ts';
import { decodeName, decodeString } from '../../../../grammar/src/literals.ts';
import { functionNamed } from '../../functions/index.ts';
import type { Use } from '../references/find.ts';
import type { Refusal } from './refusals.ts';

export type Kind = 'metric' | 'table' | 'column' | 'added column' | 'function' | 'variable';

/** What a symbol's key is the key of; undefined for what keeps its name. */
export function kindOf(key: string): Kind | undefined {
  const [first = '', second = '', third = ''] = key.split('\u0000');
  switch (first) {
    case 'm': case 'M': return 'metric';
    case 't': case 'T': return 'table';
    case 'c': case 'C': return 'column';
    case 'F': return 'function';
    case 'x': case 'X': return 'added column';
    case 'l': return /^\d+$/.test(second) ? 'variable' : third === '' ? undefined : kindOf(`${second}\u0000${third}`);
    default: return undefined;
  }
}

const longest = 512;

/** Why a name is none for a thing of this kind, wherever it stands. */
export function faultOf(name: string, kind: Kind): Refusal | undefined {
  if (name === '') return { why: 'empty' };
  if (/[\p{Cc}\u2028\u2029]/u.test(name)) return { why: 'line-break' };
  if (name.length > longest) return { why: 'too-long', limit: longest };
  switch (kind) {
    case 'variable':
      return isWord(name) ? undefined : { why: 'no-word', name, what: 'variable' };
    case 'function':
      if (!name.split('.').every(isWord)) return { why: 'no-word', name, what: 'function' };
      return functionNamed(name) === undefined ? undefined : { why: 'own-function', name };
    default:
      return undefined;
  }
}

/** What needs no quotes as a table's name: letters, digits and underscores, and no word of the language. */
const isWord = (name: string): boolean => quoteTable(name) === name;

/** `Name` of `Name = ..`: as it is where that reads back as a header, else in quotes; undefined where neither does. */
export function headerName(name: string, wasQuoted: boolean): string | undefined {
  const quoted = `'${name.replaceAll("'", "''")}'`;
  return (wasQuoted ? [quoted] : [name, quoted]).find((written) => {
    const [segment, more] = parseFile(`${written} = 1\n`, { isFunction: (it) => functionNamed(it) !== undefined }).segments;
    return more === undefined && segment?.item.kind === 'measure' && segment.item.name === name
      && segment.item.body.kind === 'number' && segment.problems.length === 0;
  });
}

/** `"T[c]"`: the name of an added column that says its table as well. */
const qualified = /^(\s*(?:'(?:[^']|'')+'|[^'[\]]*))\[((?:[^\]]|\]\])+)\]\s*$/;

/** The name that stands at a place, as people read it. */
export function readName(use: Use): string {
  if (use.at.kind === 'model') return use.at.name.name;
  const { place, occurrence } = use.at;
  const text = place.segment.segment.text.slice(occurrence.span.start, occurrence.span.end);
  if (occurrence.key.startsWith('M\u0000')) return decodeName(text).replace(/^[^]*?::/, '').trim();
  if (isText(use)) {
    const value = decodeString(text);
    return qualified.exec(value)?.[2]?.replaceAll(']]', ']') ?? value;
  }
  return decodeName(text);
}

/** A definition that is a text: `"Half"`. */
const isText = (use: Use): boolean =>
  use.at.kind === 'dax' && use.isDefinition && use.at.occurrence.key.startsWith('x\u0000');

/** The DAX that names a thing at a place; undefined where it cannot be named so. */
export function writeName(use: Use, name: string): string | undefined {
  if (use.at.kind === 'model') return undefined;
  const { place, occurrence } = use.at;
  const { item, text: source } = place.segment.segment;
  const text = source.slice(occurrence.span.start, occurrence.span.end);
  if (occurrence.key.startsWith('M\u0000')) return quoteColumn(`${/^[^]*?::\s*/.exec(decodeName(text))?.[0] ?? ''}${name}`);
  if (isText(use)) {
    const table = qualified.exec(decodeString(text))?.[1];
    return quoteString(table === undefined ? name : `${table}${quoteColumn(name)}`);
  }
  switch (kindOf(occurrence.key)) {
    case 'metric':
      return use.isDefinition && item.kind === 'measure' && item.form === 'plain' ? headerName(name, text.startsWith("'")) : quoteColumn(name);
    case 'column':
    case 'added column':
      return quoteColumn(name);
    case 'table':
      return text.startsWith("'") ? `'${name.replaceAll("'", "''")}'` : quoteTable(name);
    case 'function':
    case 'variable':
      return name;
    case undefined:
      return undefined;
  }
}
