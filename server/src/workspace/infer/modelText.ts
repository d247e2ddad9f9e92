/** The text of an inferred model file: YAML with what speaks for each thing beside it, for a person to review. */
import { nameKey } from '../../model/model.ts';
import { columnText } from '../queries.ts';
import type { DateTable } from './dates.ts';
import type { ProbedColumn, ProbedTable } from './probe.ts';
import type { InferredRelationship, Refused } from './relationships.ts';

export interface Inferred {
  readonly name: string;
  readonly tables: readonly ProbedTable[];
  /** By table. */
  readonly keys: ReadonlyMap<ProbedTable, ProbedColumn>;
  readonly dates: readonly DateTable[];
  /** By table: patterns of its columns that are dates in texts. */
  readonly patterns: ReadonlyMap<ProbedTable, ReadonlyMap<ProbedColumn, string>>;
  /** Remarks on columns. */
  readonly remarks: ReadonlyMap<ProbedColumn, string>;
  readonly relationships: readonly InferredRelationship[];
  readonly refused: readonly Refused[];
  readonly notRead: readonly { readonly path: string; readonly problem: string }[];
}

const words: ReadonlySet<string> = new Set(['true', 'false', 'null', 'yes', 'no', 'on', 'off', 'y', 'n', '~']);

/** A scalar of YAML: plain where nothing could be taken for something else, else in quotes. */
export const yamlText = (text: string): string =>
  (/^[A-Za-z_][\w]*(?:[ ./-][\w]+)*$/.test(text) && !words.has(text.toLowerCase()) ? text : inQuotes(text));

/** In double quotes, with everything escaped that a file should not hold as it is. */
const inQuotes = (text: string): string =>
  JSON.stringify(text).replace(/[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g, (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A comment holds one line, and nothing that would break it. */
const comment = (text: string): string => `# ${text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').slice(0, 200)}`;

const whole = (it: number): string => it.toLocaleString('en-US');

export function modelText(it: Inferred): string {
  const lines = [
    comment('Made from the data files of this folder. Types, keys and relationships are what the rows say: review them.'),
    `name: ${yamlText(it.name)}`,
    ...it.notRead.map(({ path, problem }) => comment(`not read: ${path}: ${problem}`)),
    it.tables.length === 0 ? 'tables: {}' : 'tables:',
  ];
  for (const table of it.tables) lines.push(...tableLines(it, table));
  if (it.relationships.length > 0) lines.push('relationships:');
  for (const { from, to, active, evidence } of it.relationships) {
    lines.push(`  ${comment(evidence)}`, `  - { from: ${inQuotes(reference(from))}, to: ${inQuotes(reference(to))}${active ? '' : ', active: false'} }`);
  }
  for (const { from, to, evidence } of it.refused) lines.push(comment(`no relationship ${reference(from)} to ${reference(to)}: ${evidence}`));
  return `${lines.join('\n')}\n`;
}

const reference = ({ table, column }: { readonly table: ProbedTable; readonly column: ProbedColumn }): string => columnText({ table: table.name, column: column.name });

function tableLines(it: Inferred, table: ProbedTable): readonly string[] {
  const date = it.dates.find((other) => other.table === table);
  const patterns = new Set(it.patterns.get(table)?.values());
  return [
    `  ${yamlText(table.name)}: ${comment(`${whole(table.rowCount)} ${table.rowCount === 1 ? 'row' : 'rows'}`)}`,
    `    source: ${yamlText(table.path)}`,
    ...(table.delimiter === undefined ? [] : [`    delimiter: ${JSON.stringify(table.delimiter)}`]),
    ...(patterns.size === 0 ? [] : [`    dateFormats: [${[...patterns].map((pattern) => JSON.stringify(pattern)).join(', ')}]`]),
    ...(date === undefined ? [] : [`    dateTable: ${yamlText(date.column.name)} ${comment(date.evidence)}`]),
    ...(table.columns.length === 0 ? [] : ['    columns:']),
    ...table.columns.map((column) => columnLine(it, table, column)),
  ];
}

function columnLine(it: Inferred, table: ProbedTable, column: ProbedColumn): string {
  const type = it.patterns.get(table)?.has(column) === true ? 'dateTime' : column.type;
  const isKey = it.keys.get(table) === column || it.dates.some((other) => other.column === column);
  const parts = [...(type === undefined ? [] : [`type: ${type}`]), ...(isKey ? ['key: true'] : [])];
  return `      ${yamlText(column.name)}: { ${parts.join(', ')} } ${comment([...remarksOn(it, table, column)].join('; '))}`.replace('{  }', '{}');
}

function* remarksOn(it: Inferred, table: ProbedTable, column: ProbedColumn): Iterable<string> {
  const values = column.distinct - (column.blanks > 0 ? 1 : 0);
  if (column.type === undefined || values === 0) yield 'no row has a value';
  else if (values === table.rowCount && table.rowCount > 1) yield `${whole(values)} values, no two the same`;
  else yield `${whole(values)} different ${values === 1 ? 'value' : 'values'}`;
  if (column.blanks > 0 && values > 0) yield `${whole(column.blanks)} blank`;
  const remark = it.remarks.get(column);
  if (remark !== undefined) yield remark;
}

/** Names of tables from paths of files, no two the same in any case. */
export function tableNames(paths: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(paths.map((path) => {
    const parts = path.replace(/\.[^./]+$/, '').split('/');
    let name = parts.at(-1)?.trim() ?? '';
    if (name === '') name = 'Table';
    // A folder tells two files of one name apart, and else a number does.
    if (taken.has(nameKey(name)) && parts.length > 1) name = parts.slice(-2).join(' ').trim();
    const base = name;
    for (let i = 2; taken.has(nameKey(name)); i++) name = `${base} ${String(i)}`;
    taken.add(nameKey(name));
    return [path, name] as const;
  }));
}
