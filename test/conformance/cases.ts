/**
 * Files of measured results, in either of two forms: cases that each state a query or an expression and what is
 * expected of it, or probes over tables that they share. Both become the same plain cases.
 */

/** A value as the files write it; a date or a time of day without the other, and numbers beyond a double as text. */
export type ExpectedValue = string | number | boolean | null | { readonly [name: string]: unknown };

export interface ConformanceCase {
  readonly id: string;
  readonly query: string;
  /** Tables by name; equal objects are equal models. */
  readonly model: ConformanceModel;
  readonly expected: Expected;
  /** What the file remarks about the case. */
  readonly note: string | undefined;
  /** Greatest difference of a number, as a part of it; undefined: by the digits that are printed. */
  readonly tolerance: number | undefined;
}

export type Expected =
  | { readonly kind: 'table'; readonly columns: readonly string[] | undefined; readonly rows: readonly (readonly ExpectedValue[])[] }
  | { readonly kind: 'scalar'; readonly value: ExpectedValue; readonly digits: number | undefined }
  | { readonly kind: 'error' };

export interface ConformanceModel {
  readonly tables: ReadonlyMap<string, InputTable>;
  /** `Many[key]` to `One[key]`. */
  readonly relationships: readonly { readonly from: string; readonly to: string }[];
  readonly metrics: string;
}

export interface InputTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly ExpectedValue[])[];
}

/** An entry that is no case, and why. */
export interface Unread {
  readonly id: string;
  readonly reason: string;
}

export interface ConformanceFile {
  readonly cases: readonly ConformanceCase[];
  readonly unread: readonly Unread[];
}

type Fields = Readonly<Record<string, unknown>>;

/** The cases of a file's text, or in words why it holds none. */
export function readConformance(text: string): ConformanceFile | string {
  let data: unknown;
  try {
    data = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    return `no JSON: ${(error as Error).message}`;
  }
  if (Array.isArray(data)) return read(data, undefined, noTables);
  if (!isFields(data)) return 'a list of cases or an object with probes is wanted';
  const list = [data['probes'], data['cases'], data['entries']].find(Array.isArray);
  if (list === undefined) return 'an object without a list of probes';
  return read(list, numberOf(data['toleranceRel']), modelOf(data['tables'] ?? data['inputs'], data));
}

function read(list: readonly unknown[], tolerance: number | undefined, shared: ConformanceModel): ConformanceFile {
  const cases: ConformanceCase[] = [];
  const unread: Unread[] = [];
  list.forEach((entry, index) => {
    const it = isFields(entry) ? entry : {};
    const id = textOf(it['id']) ?? textOf(it['name']) ?? `entry ${String(index + 1)}`;
    const code = textOf(it['code']) ?? textOf(it['dax']) ?? textOf(it['query']) ?? textOf(it['expression']);
    const expected = expectedOf(it);
    if (code === undefined) unread.push({ id, reason: 'the entry holds no DAX' });
    else if (typeof expected === 'string') unread.push({ id, reason: expected });
    else {
      cases.push({
        id, query: queryOf(code, textOf(it['kind']), expected.kind), expected, note: textOf(it['note']), tolerance: numberOf(it['toleranceRel']) ?? tolerance,
        model: isFields(it['inputs']) || isFields(it['tables']) ? modelOf(it['inputs'] ?? it['tables'], it) : shared,
      });
    }
  });
  return { cases, unread };
}

function expectedOf(it: Fields): Expected | string {
  const expected = it['expected'];
  if (!isFields(expected)) {
    const value = 'want' in it ? it['want'] : expected;
    if (value === undefined || Array.isArray(value)) return 'the entry does not tell what is expected';
    return { kind: 'scalar', value: value as ExpectedValue, digits: undefined };
  }
  const kind = textOf(expected['kind']) ?? ('rows' in expected ? 'table' : 'value' in expected ? 'scalar' : 'error' in expected ? 'error' : '');
  if (kind === 'error') return { kind };
  if (kind === 'blank') return { kind: 'scalar', value: null, digits: undefined };
  if (kind === 'table') {
    const rows = expected['rows'];
    const columns = expected['columns'];
    if (!Array.isArray(rows)) return 'the expected table has no rows';
    const names = Array.isArray(columns) ? columns.map(String) : undefined;
    return { kind, columns: names, rows: rows.map((row: unknown) => cellsOf(row, names ?? [])) };
  }
  if (kind !== 'scalar' && kind !== 'value') return `it is not known how to expect ${kind === '' ? 'what the entry tells' : `a result of kind ${kind}`}`;
  if (!('value' in expected)) return 'the entry does not tell the expected value';
  return { kind: 'scalar', value: expected['value'] as ExpectedValue, digits: numberOf(expected['digits']) };
}

const cellsOf = (row: unknown, columns: readonly string[]): readonly ExpectedValue[] =>
  Array.isArray(row) ? (row as ExpectedValue[]) : isFields(row) ? (columns.length > 0 ? columns.map((it) => (row[it] ?? null) as ExpectedValue) : (Object.values(row) as ExpectedValue[])) : [row as ExpectedValue];

/** A query as it stands; an expression or a table as the query that shows it. */
function queryOf(code: string, kind: string | undefined, expected: Expected['kind']): string {
  const isQuery = kind === 'query' || (kind === undefined && /\bEVALUATE\b/i.test(code));
  if (isQuery && /\bEVALUATE\b/i.test(code)) return code;
  // `Name = expression`, as pages show a metric, is the expression.
  const expression = code.trim().replace(/^=(?![=>])/, '').replace(/^[A-Za-z_][\w ]*:?=(?![=>])\s*/, '');
  const isTable = kind === 'table expression' || (kind !== 'expression' && expected === 'table');
  return isTable ? `EVALUATE ${expression}` : `EVALUATE { ${expression} }`;
}

const noTables: ConformanceModel = { tables: new Map(), relationships: [], metrics: '' };

function modelOf(tables: unknown, around: Fields): ConformanceModel {
  const read = new Map<string, InputTable>();
  for (const [name, it] of Object.entries(isFields(tables) ? tables : {})) {
    const table = tableOf(it);
    if (table !== undefined) read.set(name, table);
  }
  const told = Array.isArray(around['relationships']) ? around['relationships'].flatMap(relationshipOf) : undefined;
  const measures = isFields(around['measures']) ? Object.entries(around['measures']) : [];
  return { tables: read, relationships: told ?? sharedKeys(read), metrics: measures.map(([name, it]) => `${name} = ${String(it)}`).join('\n\n') };
}

function tableOf(it: unknown): InputTable | undefined {
  if (Array.isArray(it)) {
    const rows = it.filter(isFields);
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    return { columns, rows: rows.map((row) => columns.map((column) => (row[column] ?? null) as ExpectedValue)) };
  }
  if (!isFields(it) || !Array.isArray(it['columns']) || !Array.isArray(it['rows'])) return undefined;
  const columns = it['columns'].map((column: unknown) => (isFields(column) ? String(column['name']) : String(column)));
  return { columns, rows: it['rows'].map((row: unknown) => cellsOf(row, columns)) };
}

function relationshipOf(it: unknown): readonly { readonly from: string; readonly to: string }[] {
  const [, left, right] = typeof it === 'string' ? (/^(.+?\])\s*(?:-|=)*>?\s*(.+\])$/.exec(it) ?? []) : isFields(it) ? [null, textOf(it['from']), textOf(it['to'])] : [];
  return left === undefined || right === undefined ? [] : [{ from: left, to: right }];
}

/** Tables of one file are a star: a column that names the rows of exactly one of the tables that have it leads there. */
function sharedKeys(tables: ReadonlyMap<string, InputTable>): ConformanceModel['relationships'] {
  const isKey = ({ columns, rows }: InputTable, column: string): boolean => {
    const values = rows.map((row) => row[columns.indexOf(column)] ?? null);
    return columns[0] === column && values.length > 0 && !values.includes(null) && new Set(values).size === values.length;
  };
  return [...tables].flatMap(([one, table]) => table.columns.flatMap((column) => {
    const others = [...tables].filter(([name, it]) => name !== one && it.columns.includes(column));
    if (!isKey(table, column) || others.some(([, it]) => isKey(it, column))) return [];
    return others.map(([many]) => ({ from: `${quoted(many)}[${column}]`, to: `${quoted(one)}[${column}]` }));
  }));
}

const quoted = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : `'${name.replaceAll("'", "''")}'`);

const isFields = (it: unknown): it is Fields => typeof it === 'object' && it !== null && !Array.isArray(it);
const textOf = (it: unknown): string | undefined => (typeof it === 'string' && it.trim() !== '' ? it : undefined);
const numberOf = (it: unknown): number | undefined => (typeof it === 'number' && Number.isFinite(it) ? it : undefined);
