/** Findings of category type: values and tables where others are wanted. */
import { kind } from './define.ts';

const type = kind('type');

export const typeFindings = {
  'argument-count': type<{ function: string; expected: string; found: number }>(
    'error', (p) => `${p.function} takes ${p.expected}; ${p.found} given.`,
    'The number of arguments does not fit the function.',
  ),
  'missing-argument': type<{ function: string; parameter: string }>(
    'error', (p) => `${p.function} wants a value for ${p.parameter}, which has no default.`,
    'An argument may be left empty only where the parameter has a default value.',
  ),
  'reference-wanted': type<{ function: string; parameter: string; wanted: string; found: string }>(
    'error', (p) => `${p.function} wants the name of ${p.wanted} for ${p.parameter}; ${p.found} is none.`,
    'A parameter of a reference type takes the name of a column, a metric or a table, and no other expression.',
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
  'function-misplaced': type<{ function: string; place: string }>(
    'error', (p) => `${p.function} works only ${p.place}.`,
    'Some functions give neither a value nor a table: they change how the function around them works, and mean nothing elsewhere.',
  ),
  'missing-pair': type<{ function: string; name: string }>(
    'error', (p) => `${p.name} stands alone: ${p.function} wants a name and its expression in pairs.`,
    'Names of added columns, and columns with the values that are sought, are each followed by an expression.',
  ),
  'constant-wanted': type<{ found: string }>(
    'error', (p) => `A constant is wanted here; ${p.found} is computed.`,
    'Names of added columns are texts in double quotes, and tables of constants hold literals; Power BI computes neither.',
  ),
  'column-count': type<{ function: string; expected: number; found: number }>(
    'error', (p) => `${p.function} wants ${p.expected} ${p.expected === 1 ? 'column' : 'columns'} here, as in its first table; there ${p.found === 1 ? 'is' : 'are'} ${p.found}.`,
    'Tables that are put together have the same number of columns; TREATAS names a column for each column of its table.',
  ),
  'no-common-column': type<{ function: string }>(
    'error', (p) => `${p.function} joins tables by the columns that have one name in both; these have none.`,
    'Rename a column with SELECTCOLUMNS, so that both tables have it, or use CROSSJOIN or GENERATE.',
  ),
  'join-types': type<{ column: string; left: string; right: string }>(
    'error', (p) => `${p.column} is a ${p.left} in one table and a ${p.right} in the other, so the tables cannot be joined by it.`,
    'Columns by which tables are joined hold values of one type in both. Convert one of them with SELECTCOLUMNS.',
  ),
  'row-misplaced': type<{ found: string }>(
    'error', (p) => `${p.found} is a row of several values. A single value is wanted here.`,
    'Values in brackets with commas between them form a row, which may stand before IN and in a table constructor only.',
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
  'row-width-of-constants': type<{ expected: number; found: number }>(
    'error', (p) => `This row has ${p.found} values; DATATABLE declares ${p.expected} ${p.expected === 1 ? 'column' : 'columns'}.`,
    'A row of DATATABLE has at most one value for each column that is declared before it.',
  ),
  'in-width': type<{ expected: number; found: number }>(
    'error', (p) => `The table has ${p.expected} ${p.expected === 1 ? 'column' : 'columns'}, yet ${p.found} ${p.found === 1 ? 'value is' : 'values are'} looked for.`,
    'IN compares as many values as the table has columns: (a, b) IN { (1, 2), (3, 4) }.',
  ),
  'measure-in-filter': type<{ name: string }>(
    'error', (p) => `The metric ${p.name} cannot stand in a condition that filters. Put its value into a variable first, or use FILTER.`,
    'A condition given to CALCULATE is evaluated for each value of its columns, outside of the metrics. A variable defined before holds the value of a metric.',
  ),
  'calculate-in-filter': type(
    'error', () => 'CALCULATE cannot stand in a condition that filters. Put its value into a variable first, or use FILTER.',
    'A condition given to CALCULATE is evaluated for each value of its columns, and Power BI rejects a CALCULATE in it. A variable defined before holds its value.',
  ),
  'filter-tables': type<{ tables: string }>(
    'error', (p) => `A condition that filters reads columns of one table only; these are of ${p.tables}. Use FILTER over a table that has both.`,
    'CALCULATE turns a condition into a filter on the columns in it, which must be of one table. Several conditions may stand side by side.',
  ),
  'filter-no-column': type(
    'error', () => 'A condition that filters must read a column.',
    'CALCULATE turns a condition into a filter on the columns in it; a condition without a column filters nothing.',
  ),
  'unknown-word': type<{ word: string; words: string }>(
    'error', (p) => `${p.word} has no meaning here. Write one of ${p.words}.`,
    'Some arguments are bare words that the function knows, such as DAY or DESC.',
  ),
  'duplicate-column': type<{ name: string }>(
    'error', (p) => `The column ${p.name} is added twice. Give each added column its own name.`,
    'The columns that an expression adds to a table need different names; upper and lower case do not tell them apart.',
  ),
};
