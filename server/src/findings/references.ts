/** Findings of category reference: names that lead nowhere, twice or in a circle. */
import { didYouMean, kind } from './define.ts';

const reference = kind('reference');

export const referenceFindings = {
  'unknown-table': reference<{ table: string; model: string; suggestion?: string }>(
    'error', (p) => `There is no table ${p.table} in the model ${p.model}.${didYouMean(p.suggestion)}`,
    'The table is not declared in the model that this text belongs to.',
  ),
  'unknown-column': reference<{ table: string; column: string; suggestion?: string }>(
    'error', (p) => `The table ${p.table} has no column or measure ${p.column}.${didYouMean(p.suggestion)}`,
    'The column is not declared in the model, and no metric of that name exists.',
  ),
  'unknown-measure': reference<{ name: string; suggestion?: string }>(
    'error', (p) => `Nothing named ${p.name} is known here.${didYouMean(p.suggestion)}`,
    'A name in brackets without a table is a metric, a column of the row context, or a column that an expression added. None of these has this name.',
  ),
  'unknown-name': reference<{ name: string; suggestion?: string }>(
    'error', (p) => `${p.name} is neither a variable in scope nor a table.${didYouMean(p.suggestion)}`,
    'A bare name is a variable that was defined before, a table, or a word that a function asks for.',
  ),
  'unknown-function': reference<{ name: string; suggestion?: string }>(
    'information', (p) => `The function ${p.name} is not known here, so its use is not checked.${didYouMean(p.suggestion)}`,
    'The function may be new, or defined in the model; nothing is said about its arguments.',
  ),
  'misspelt-function': reference<{ name: string; suggestion: string }>(
    'error', (p) => `There is no function ${p.name}. Did you mean ${p.suggestion}?`,
    'The name is one slip away from a DAX function and no function of the model has it.',
  ),
  'ambiguous-column': reference<{ column: string; tables: string }>(
    'error', (p) => `${p.column} stands in several tables here: ${p.tables}. Write the table before it.`,
    'A column without a table must be unique among the row contexts in scope.',
  ),
  'no-row-context': reference<{ column: string }>(
    'error', (p) => `A single value for ${p.column} cannot be determined: there is no row context here. Aggregate it, or use it inside an iterator.`,
    'A column has a value only for a current row: inside FILTER, SUMX and their kind, or in a calculated column.',
  ),
  'no-outer-row': reference<{ function: string; column: string }>(
    'error', (p) => `${p.function} reads ${p.column} of an outer row, and there is none here.`,
    'EARLIER needs as many row contexts around it as it goes out: an iterator inside another one, or inside a calculated column. A variable before the inner iterator says the same more clearly.',
  ),
  'unknown-calendar': reference<{ name: string }>(
    'information', (p) => `${p.name} is no table of the model. Whether the model has a calendar of this name is not known here.`,
    'Functions of time intelligence take a date column, or a calendar that Power BI keeps with a table.',
  ),
  'measure-home-table': reference<{ table: string; measure: string }>(
    'warning', (p) => `${p.measure} has no home table ${p.table} here. Write ${p.measure} alone.`,
    'A metric is best referred to without a table; this one is not declared in the table that is written.',
  ),
  'metric-named-column': reference<{ table: string; name: string }>(
    'error', (p) => `The table ${p.table} has a column ${p.name}. Give the metric another name, or another home.`,
    'A metric cannot have the name of a column of its home table.',
  ),
  'duplicate-definition': reference<{ name: string; model: string }>(
    'error', (p) => `${p.name} is defined more than once in the model ${p.model}.`,
    'A metric has one definition in a model. Rename one of them, or remove it.',
  ),
  'duplicate-in-query': reference<{ name: string }>(
    'error', (p) => `${p.name} is defined twice in this query.`,
    'What a query defines for itself needs different names; upper and lower case do not tell them apart.',
  ),
  'function-name-taken': reference<{ name: string }>(
    'error', (p) => `${p.name} is a function of DAX. Give this one another name.`,
    'A function that text defines cannot have the name of one that DAX has.',
  ),
  'duplicate-variable': reference<{ name: string }>(
    'error', (p) => `The variable ${p.name} is defined twice in this block.`, 'Give each variable its own name.',
  ),
  'duplicate-parameter': reference<{ name: string }>(
    'error', (p) => `The parameter ${p.name} stands twice in this list.`, 'Give each parameter its own name.',
  ),
  'variable-named-table': reference<{ name: string }>(
    'error', (p) => `${p.name} is a table of the model. Give the variable another name.`,
    'Power BI takes no variable that has the name of a table.',
  ),
  'circular-dependency': reference<{ path: string }>(
    'error', (p) => `The definition depends on itself: ${p.path}.`,
    'A metric or a calculated table or column cannot read itself, directly or through others.',
  ),
  'variable-column': reference<{ variable: string; column: string }>(
    'error', (p) => `${p.variable} is a variable, and no variable stands before a column. Write ${p.column} alone, or the table that the column comes from.`,
    'Columns of a table that a variable holds are read as [Column] or under the table they come from.',
  ),
  'unqualified-column': reference<{ column: string; suggestion: string }>(
    'information', (p) => `${p.column} stands without its table and is right only where the metric has that table as its home. Write ${p.suggestion}.`,
    'Power BI looks for a column without a table in the home table of the metric. Which table that is cannot be told here.',
  ),
  'no-relationship': reference<{ column: string; tables: string; function?: string }>(
    'error', (p) => p.function === undefined ? `No active relationship leads from ${p.tables} to ${p.column}.`
      : `The model has no relationship between ${p.tables} and ${p.column}. ${p.function} takes the two columns of one.`,
    'RELATED follows active relationships from the many side to the one side, starting at the table of the current row. USERELATIONSHIP and CROSSFILTER take the two columns of a relationship that the model declares, active or not.',
  ),
};
