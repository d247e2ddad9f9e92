/** Findings of category type: values and tables where others are wanted. */
import { kind } from './define.ts';

const type = kind('type');

export const typeFindings = {
  'argument-count': type<{ function: string; expected: string; found: number }>(
    'error', (p) => `${p.function} takes ${p.expected}; ${p.found} given.`,
    'The number of arguments does not fit the function.',
  ),
  'comparison-types': type<{ left: string; right: string; hint?: string }>(
    'error', (p) => `A ${p.left} cannot be compared with a ${p.right}.${p.hint === undefined ? '' : ` ${p.hint}`}`,
    'DAX compares text with text, numbers with numbers, TRUE/FALSE with TRUE/FALSE. Power BI rejects other pairs.',
  ),
  'argument-type': type<{ function: string; parameter: string; expected: string; found: string }>(
    'error', (p) => `${p.function} wants ${p.expected} for ${p.parameter}; this is ${p.found}.`,
    'The argument is of a kind that the function cannot take.',
  ),
  'scalar-wanted': type<{ found: string }>(
    'error', (p) => `A single value is wanted here; ${p.found} is a table.`,
    'Wrap the table in an aggregation such as COUNTROWS, or use a column.',
  ),
  'table-wanted': type<{ found: string }>(
    'error', (p) => `A table is wanted here; ${p.found} is a single value.`,
    'Pass a table, or a function that returns one.',
  ),
  'column-wanted': type<{ function: string; found: string }>(
    'error', (p) => `${p.function} wants a column; ${p.found} is none.`,
    'The function reads a column of the model, written as Table[Column].',
  ),
  'not-boolean': type<{ found: string }>(
    'error', (p) => `A condition is wanted here; this is ${p.found}.`,
    'Text is never read as TRUE or FALSE. Compare it with a value.',
  ),
  'row-width': type<{ expected: number; found: number }>(
    'error', (p) => `The first row has ${p.expected} values, this one ${p.found}.`,
    'All rows of a table constructor have the same number of values.',
  ),
};
