/**
 * Case files: a model, metrics and cases in one text, `=== ` before each part.
 *
 *     === model                       YAML of a model file; or `=== model shop`: that of models/shop.daxmodel.yaml
 *     === metrics                     DAX definitions that every case can read
 *     === Title of a case
 *     # why this is the answer, in words
 *     EVALUATE ...
 *     ----
 *     Product[Color], [Total]         the columns, then a row a line, in any order unless the query says one
 *     "Red", 60
 *
 * Or, instead of a query, one check a line: `expression => value`. After `=== role Name` all is seen in that role.
 *
 * Values: 5, 2.5, "text" with "" for a quote, TRUE, FALSE, BLANK, 2024-01-31, 2024-01-31T10:00:00, Infinity, NaN,
 * `error id` and `not evaluated id [name]`; a type may follow a value or a column's name: `5 int64`, `[x]: decimal`.
 */
export interface CaseFile {
  readonly model: { readonly kind: 'inline'; readonly yaml: string } | { readonly kind: 'shared'; readonly name: string };
  readonly metrics: string;
  readonly cases: readonly Case[];
}

export interface Case {
  readonly title: string;
  /** 1-based line of the title. */
  readonly line: number;
  readonly derivation: string;
  /** The role in which it is seen; undefined: everything is. */
  readonly role: string | undefined;
  readonly check: QueryCheck | ExpressionChecks;
}

export interface QueryCheck {
  readonly kind: 'query';
  readonly query: string;
  readonly expected: ExpectedTable | Expected;
}

export interface ExpressionChecks {
  readonly kind: 'expressions';
  readonly lines: readonly { readonly expression: string; readonly expected: Expected }[];
}

export interface ExpectedTable {
  readonly kind: 'table';
  readonly columns: readonly { readonly name: string; readonly type: string | undefined }[];
  readonly rows: readonly (readonly Expected[])[];
}

export type Expected =
  | { readonly kind: 'value'; readonly value: ExpectedValue; readonly type: string | undefined }
  | { readonly kind: 'error'; readonly id: string }
  | { readonly kind: 'notEvaluated'; readonly id: string; readonly name: string | undefined };

/** Numbers and dates keep their text, so that nothing is lost before they are compared. */
export type ExpectedValue =
  | { readonly is: 'blank' }
  | { readonly is: 'boolean'; readonly value: boolean }
  | { readonly is: 'text'; readonly value: string }
  | { readonly is: 'number'; readonly text: string }
  | { readonly is: 'date'; readonly text: string };

/** @throws when the text is no case file, with the line; a file without cases is none */
export function readCaseFile(text: string): CaseFile {
  const parts = partsOf(text);
  let model: CaseFile['model'] | undefined;
  const metrics: string[] = [];
  const cases: Case[] = [];
  let role: string | undefined;
  for (const part of parts) {
    const body = part.lines.join('\n');
    const shared = /^model (\S+)$/.exec(part.title)?.[1];
    if (part.title === 'model') model = { kind: 'inline', yaml: body };
    else if (shared !== undefined) model = { kind: 'shared', name: shared };
    else if (part.title === 'metrics') metrics.push(body);
    else if (/^role \S+$/.test(part.title)) role = part.title.slice(5);
    else cases.push(readCase(part, role));
  }
  if (model === undefined) throw new Error('the file has no "=== model"');
  if (cases.length === 0) throw new Error('the file holds no case');
  const titles = new Set(cases.map((it) => it.title));
  if (titles.size !== cases.length) throw new Error('two cases have the same title');
  return { model, metrics: metrics.join('\n'), cases };
}

interface Part {
  readonly title: string;
  readonly line: number;
  readonly lines: string[];
}

function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  text.split(/\r?\n/).forEach((line, i) => {
    const title = /^=== (.*\S)\s*$/.exec(line)?.[1];
    if (title !== undefined) parts.push({ title, line: i + 1, lines: [] });
    else if (parts.length > 0) parts.at(-1)?.lines.push(line);
    else if (line.trim() !== '' && !line.startsWith('#')) throw new Error(`line ${String(i + 1)}: text before the first part`);
  });
  return parts;
}

function readCase(part: Part, role: string | undefined): Case {
  const fault = (problem: string): Error => new Error(`line ${String(part.line)}, ${part.title}: ${problem}`);
  const words = part.lines.filter((it) => it.startsWith('#')).map((it) => it.slice(1).trim());
  const rest = part.lines.filter((it) => !it.startsWith('#'));
  if (words.join('').length < 20) throw fault('no derivation in words');
  const bar = rest.findIndex((it) => /^-{4,}\s*$/.test(it));
  const at = { title: part.title, line: part.line, derivation: words.join(' '), role };
  try {
    if (bar < 0) return { ...at, check: { kind: 'expressions', lines: checksOf(rest) } };
    const query = rest.slice(0, bar).join('\n').trim();
    if (query === '') throw new Error('no query');
    return { ...at, check: { kind: 'query', query, expected: tableOf(rest.slice(bar + 1).filter((it) => it.trim() !== '')) } };
  } catch (error) {
    throw fault((error as Error).message);
  }
}

function checksOf(lines: readonly string[]): ExpressionChecks['lines'] {
  const checks = lines.filter((it) => it.trim() !== '').map((line) => {
    const arrow = line.lastIndexOf(' => ');
    if (arrow < 0) throw new Error(`neither a check nor a query: ${line}`);
    return { expression: line.slice(0, arrow).trim(), expected: readExpected(line.slice(arrow + 4)) };
  });
  if (checks.length === 0) throw new Error('nothing is checked');
  return checks;
}

function tableOf(lines: readonly string[]): ExpectedTable | Expected {
  const [head, ...rows] = lines;
  if (head === undefined) throw new Error('no expected rows');
  if (/^(?:error|not evaluated) /.test(head)) return readExpected(head);
  const columns = cellsOf(head).map((it) => {
    const typed = /^(.*\])\s*:\s*(\w+)$/.exec(it);
    return { name: typed?.[1] ?? it, type: typed?.[2] };
  });
  const expected = rows.map((line) => {
    const cells = cellsOf(line).map(readExpected);
    if (cells.length !== columns.length) throw new Error(`${String(columns.length)} columns, but ${String(cells.length)} values: ${line}`);
    return cells;
  });
  return { kind: 'table', columns, rows: expected };
}

/** Splits at commas outside of quotes and brackets. */
const cellsOf = (line: string): readonly string[] =>
  (line.match(/(?:"(?:[^"]|"")*"|\[(?:[^\]]|\]\])*\]|'(?:[^']|'')*'|[^,])+/g) ?? []).map((it) => it.trim());

const types = 'int64|double|decimal|dateTime|boolean|string|variant|blank';

/** @throws when the text is no value */
export function readExpected(text: string): Expected {
  const it = text.trim();
  const failed = /^(error|not evaluated) ([\w-]+)(?: (.+))?$/.exec(it);
  if (failed !== null) {
    const id = failed[2] ?? '';
    return failed[1] === 'error' ? { kind: 'error', id } : { kind: 'notEvaluated', id, name: failed[3] };
  }
  const typed = new RegExp(`^(.*\\S)\\s+(${types})$`).exec(it);
  return { kind: 'value', value: valueOf(typed?.[1] ?? it), type: typed?.[2] };
}

function valueOf(it: string): ExpectedValue {
  if (it === 'BLANK') return { is: 'blank' };
  if (it === 'TRUE' || it === 'FALSE') return { is: 'boolean', value: it === 'TRUE' };
  if (/^"(?:[^"]|"")*"$/.test(it)) return { is: 'text', value: it.slice(1, -1).replaceAll('""', '"') };
  if (/^-?(?:\d+(?:\.\d+)?(?:E[+-]?\d+)?|Infinity)$|^NaN$/.test(it)) return { is: 'number', text: it };
  if (/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d)?$/.test(it)) return { is: 'date', text: it };
  throw new Error(`no value: ${it}`);
}
