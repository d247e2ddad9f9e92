/** Findings of category model: model files, project files and the data they name. */
import { didYouMean, kind } from './define.ts';

const model = kind('model');

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const modelFindings = {
  'model-syntax': model<{ problem: string }>(
    'error', (p) => `The file cannot be read: ${p.problem}.`, 'The YAML or JSON of the file is malformed.',
  ),
  'model-unknown-key': model<{ key: string; at: string; suggestion?: string }>(
    'error', (p) => `${p.key} is no key of ${p.at}.${didYouMean(p.suggestion)}`, 'The key has no meaning here; it may be misspelt.',
  ),
  'model-missing-key': model<{ key: string; at: string }>(
    'error', (p) => `${sentence(p.at)} needs ${p.key}.`, 'A key that must be given is missing.',
  ),
  'model-invalid-value': model<{ at: string; expected: string; found: string; suggestion?: string }>(
    'error', (p) => `${sentence(p.at)} must be ${p.expected}; found ${p.found}.${didYouMean(p.suggestion)}`, 'The value is of a kind that has no meaning here.',
  ),
  'model-duplicate-name': model<{ what: string; name: string }>(
    'error', (p) => `${sentence(p.what)} ${p.name} exists more than once.`, 'Names are unique; upper and lower case do not tell them apart.',
  ),
  'model-unknown-reference': model<{ what: string; name: string; suggestion?: string }>(
    'error', (p) => `There is no ${p.what} ${p.name}.${didYouMean(p.suggestion)}`, 'The file names something that is declared nowhere.',
  ),
  'model-cycle': model<{ what: string; path: string }>(
    'error', (p) => `A circle of ${p.what}: ${p.path}.`, 'Nothing can be computed or inherited from itself.',
  ),
  'model-type-mismatch': model<{ column: string; declared: string; found: string }>(
    'warning', (p) => `${p.column} is declared ${p.declared}, its values are ${p.found}.`, 'The declared type differs from the one that the data or the expression has.',
  ),
  'model-not-supported': model<{ what: string; verb: 'is' | 'are' }>(
    'warning', (p) => `Not evaluated: ${p.what} ${p.verb} not supported yet.`, 'The file is right, but what it asks for is not done yet; metrics that read it are not evaluated.',
  ),
  'model-two-sources': model<{ table: string; first: string; second: string }>(
    'error', (p) => `Table ${p.table} has ${p.first} and ${p.second}. Keep one of them.`, 'The rows of a table come from one place.',
  ),
  'relationship-ambiguous': model<{ first: string; second: string }>(
    'error', (p) => `${p.first} and ${p.second} have an active relationship already. Write active: false here.`,
    'Between two tables one relationship is active; others are switched on by USERELATIONSHIP.',
  ),
  'relationship-not-unique': model<{ column: string; value: string }>(
    'error', (p) => `${p.column} is the "one" side of a relationship, yet ${p.value} stands in it more than once.`,
    'The column at the one side of a relationship must be unique.',
  ),
  'relationship-not-supported': model<{ what: string }>(
    'warning', (p) => `Not evaluated: ${p.what} are not supported yet.`, 'Metrics that read over this relationship are not evaluated.',
  ),
  'data-missing': model<{ path: string }>(
    'error', (p) => `The file ${p.path} does not exist.`, 'The source of a table is missing.',
  ),
  'data-outside': model<{ path: string }>(
    'error', (p) => `${p.path} lies outside the workspace folder and is not read.`, 'Only files inside the folder are read; symbolic links are followed first.',
  ),
  'data-not-regular': model<{ path: string }>(
    'error', (p) => `${p.path} is no regular file and is not read.`, 'Folders, devices and pipes are not read.',
  ),
  'data-too-large': model<{ path: string; size: string; limit: string }>(
    'error', (p) => `${p.path} has ${p.size}; the limit is ${p.limit}. Raise it in dax-metrics.json under limits.`, 'Sizes are bounded before anything is read.',
  ),
  'data-malformed': model<{ path: string; place: string; problem: string }>(
    'error', (p) => `${p.path}, ${p.place}: ${p.problem}.`, 'The data file cannot be read to its end.',
  ),
  'data-cell-type': model<{ path: string; place: string; column: string; type: string; value: string; more: number }>(
    'error', (p) => `${p.path}, ${p.place}: ${p.value} in ${p.column} is no ${p.type}.${p.more > 0 ? ` ${p.more} more cells are not either.` : ''}`,
    'A cell does not fit the declared type of its column. The column is not evaluated.',
  ),
  'data-column-missing': model<{ path: string; column: string; suggestion?: string }>(
    'error', (p) => `${p.path} has no column ${p.column}.${didYouMean(p.suggestion)}`, 'A declared column is not in the data.',
  ),
  'data-incomplete': model<{ path: string }>(
    'warning', (p) => `${p.path} is one page of several: it names a next page, whose rows are not here.`,
    'Values are computed from the rows of this page alone. Put the rows of all pages into one file.',
  ),
  'data-changed': model<{ path: string }>(
    'warning', (p) => `${p.path} changed while it was read. It is read again when it rests.`, 'The file was written to while it was read.',
  ),
  'data-cancelled': model<{ path: string }>(
    'information', (p) => `Reading ${p.path} was cancelled. It is read again when it or the model changes, or the language server is restarted.`,
    'You cancelled while the rows of the file were being read, so there are none.',
  ),
  'session-rows-left-out': model<{ log: string; rows: number; columns: string }>(
    'warning', (p) => `${p.rows.toLocaleString('en-US')} ${p.rows === 1 ? 'row' : 'rows'} of ${p.log} without ${p.columns} ${p.rows === 1 ? 'belongs' : 'belong'} to no session.`,
    'A row that has no time, or no value in a column of the partition, has no place in any session, so it is in none. Leave such rows out of the log, or give them values, where they should count.',
  ),
  'project-invalid': model<{ problem: string }>(
    'error', (p) => `The project file cannot be used: ${p.problem}.`, 'dax-metrics.json is malformed.',
  ),
};
