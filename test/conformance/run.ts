// Runs measured cases through the real chain, from model text to values, and tells what came of each.
import { errorText, reasonText } from '../../server/src/formats/outcomes.ts';
import type { QueryResult } from '../../server/src/plan/plan.ts';
import type { Cell, ErrorCell, Reason, ValueType } from '../../server/src/plan/values.ts';
import { open, queries, type Shop } from '../semantics/chain.ts';
import type { ConformanceCase, ConformanceModel, Expected, ExpectedValue, InputTable } from './cases.ts';
import { doubtful } from './doubtful.ts';
import { isExpected, shownCell, shownExpected, type Precision } from './values.ts';

export type Verdict = 'passed' | 'wrong' | 'not evaluated' | 'doubtful';

export interface Outcome {
  readonly id: string;
  readonly verdict: Verdict;
  /** Why it was not evaluated or is doubtful. */
  readonly reason: string | undefined;
  /** What the checks say to a text that is right. */
  readonly alarms: readonly string[];
  readonly expected: string;
  readonly actual: string;
  readonly query: string;
}

/** Runs cases; those that have one model object share a database. */
export async function runCases(cases: readonly ConformanceCase[]): Promise<readonly Outcome[]> {
  const shops = new Map<ConformanceModel, Shop | string>();
  const outcomes: Outcome[] = [];
  for (const each of cases) {
    let shop = shops.get(each.model);
    if (shop === undefined) shops.set(each.model, (shop = await shopOf(each.model)));
    outcomes.push(typeof shop === 'string' ? { ...told(each), verdict: unmet(each), reason: shop } : outcomeOf(shop, each));
  }
  return outcomes;
}

async function shopOf(model: ConformanceModel): Promise<Shop | string> {
  try {
    return await open('file:///conformance.daxmodel.yaml', modelFileOf(model), model.metrics);
  } catch (error) {
    return (error as Error).message;
  }
}

const told = ({ id, query, expected }: ConformanceCase) => ({ id, query, expected: expectedText(expected), actual: 'nothing', alarms: [] });

/** What a case is that is not met: not evaluated, unless it is known to be in doubt itself. */
const unmet = ({ id }: ConformanceCase): Verdict => (doubtful.has(id) ? 'doubtful' : 'not evaluated');

function outcomeOf(shop: Shop, each: ConformanceCase): Outcome {
  const base = told(each);
  let answers: ReturnType<typeof queries>;
  try {
    answers = queries(shop, each.query);
  } catch (error) {
    return { ...base, verdict: unmet(each), reason: `the query cannot be run: ${(error as Error).message}` };
  }
  const found = answers.results.map(foundOf);
  // Where a text holds several queries, the page shows the result of one of them.
  const met = found.some((it) => meets(each, it));
  const alarms = each.expected.kind === 'error' || !met ? [] : answers.errors.map((it) => it.message);
  const actual = found.map(foundText).join('; ');
  if (met) return { ...base, verdict: 'passed', actual, reason: undefined, alarms };
  const doubt = doubtful.get(each.id);
  if (doubt !== undefined) return { ...base, verdict: 'doubtful', actual, reason: doubt };
  const missing = found.find((it) => it.kind === 'not evaluated');
  if (missing !== undefined) return { ...base, verdict: 'not evaluated', actual, reason: missing.kind === 'not evaluated' ? reasonText(missing.reason) : undefined };
  if (/^doubtful\b/i.test(each.note ?? '')) return { ...base, verdict: 'doubtful', actual, reason: each.note };
  return { ...base, verdict: 'wrong', actual, reason: undefined };
}

type Typed = readonly [Cell, ValueType];

type Found =
  | { readonly kind: 'rows'; readonly columns: readonly string[]; readonly rows: readonly (readonly Typed[])[] }
  | { readonly kind: 'error'; readonly error: ErrorCell }
  | { readonly kind: 'not evaluated'; readonly reason: Reason };

/** A failed cell makes the whole failed. */
function foundOf(result: QueryResult): Found {
  if (result.kind === 'notEvaluated') return { kind: 'not evaluated', reason: result.reason };
  if (result.kind === 'error') return { kind: 'error', error: result.error };
  const rows = Array.from({ length: result.rowCount }, (_, i) => result.columns.map((it): Typed => [it.cells[i] ?? null, it.type]));
  let failed: Found | undefined;
  for (const [cell] of rows.flat()) {
    if (cell === null || typeof cell !== 'object') continue;
    if (cell.cell === 'notEvaluated') return { kind: 'not evaluated', reason: cell.reason };
    if (cell.cell === 'error') failed ??= { kind: 'error', error: cell };
  }
  return failed ?? { kind: 'rows', columns: result.columns.map((it) => it.name), rows };
}

/** What DAX itself refuses to run. */
const refusals: readonly Reason['id'][] = ['type-error', 'syntax-error', 'unresolved-name', 'circular-dependency'];

function meets({ expected, tolerance }: ConformanceCase, found: Found): boolean {
  if (expected.kind === 'error') return found.kind === 'error' || (found.kind === 'not evaluated' && refusals.includes(found.reason.id));
  if (found.kind !== 'rows') return false;
  const precision: Precision = { tolerance, digits: expected.kind === 'scalar' ? expected.digits : undefined };
  const wanted: readonly (readonly ExpectedValue[])[] = expected.kind === 'scalar' ? [[expected.value]] : expected.rows;
  const places = placesOf(expected, found.columns);
  if (places === undefined) return false;
  const left = [...found.rows];
  return wanted.length === left.length && wanted.every((row) => {
    const at = left.findIndex((its) => row.length <= places.length && row.every((value, i) => {
      const [cell, type] = its[places[i] ?? -1] ?? [null, 'blank'];
      return isExpected(value, cell, type, precision);
    }));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

/** Where the expected columns stand in the result: by their names when it has them all, else one by one. */
function placesOf(expected: Expected, columns: readonly string[]): readonly number[] | undefined {
  if (expected.kind !== 'table') return columns.length === 1 ? [0] : undefined;
  const plain = (name: string): string => (/\[(.+)\]$/.exec(name)?.[1] ?? name).trim().toLowerCase();
  const own = columns.map(plain);
  const named = expected.columns?.map((it) => own.indexOf(plain(it)));
  if (named !== undefined && !named.includes(-1) && new Set(named).size === named.length) return named;
  const width = expected.columns?.length ?? expected.rows[0]?.length ?? columns.length;
  return width === columns.length ? columns.map((_, i) => i) : undefined;
}

const expectedText = (it: Expected): string =>
  it.kind === 'error' ? 'an error' : it.kind === 'scalar' ? shownExpected(it.value) : rowsText(it.rows.map((row) => row.map(shownExpected)));

const foundText = (it: Found): string =>
  it.kind === 'error' ? `error: ${errorText(it.error)}` : it.kind === 'not evaluated' ? 'not evaluated'
    : it.rows.length === 1 && it.columns.length === 1 ? shownCell(...(it.rows[0]?.[0] ?? [null, 'blank'] as const)) : rowsText(it.rows.map((row) => row.map((cell) => shownCell(...cell))));

const rowsText = (rows: readonly (readonly string[])[]): string => `{ ${rows.map((row) => (row.length === 1 ? String(row[0]) : `(${row.join(', ')})`)).join(', ')} }`;

/** Input tables as a model file. */
function modelFileOf({ tables, relationships }: ConformanceModel): string {
  const written = [...tables].map(([name, it]) => [`  ${JSON.stringify(name)}:`, '    columns:', ...columnsOf(it), '    rows:', ...rowsOf(it)].join('\n'));
  const links = relationships.map(({ from, to }) => `  - { from: ${JSON.stringify(from)}, to: ${JSON.stringify(to)} }`);
  return `name: measured\ntables:${written.length === 0 ? ' {}' : `\n${written.join('\n')}`}\n${links.length === 0 ? '' : `relationships:\n${links.join('\n')}\n`}`;
}

const columnsOf = ({ columns, rows }: InputTable): readonly string[] => columns.map((name, i) => {
  const type = typeOf(rows.map((row) => row[i] ?? null));
  return `      ${JSON.stringify(name)}: {${type === undefined ? '' : ` type: ${type} `}}`;
});

const rowsOf = ({ columns, rows }: InputTable): readonly string[] =>
  rows.map((row) => `      - { ${columns.map((name, i) => `${JSON.stringify(name)}: ${cellOf(row[i] ?? null)}`).join(', ')} }`);

function typeOf(values: readonly ExpectedValue[]): string | undefined {
  const types = new Set(values.filter((it) => it !== null).map((it) => (typeof it === 'object' ? 'dateTime' : typeof it === 'number' ? (Number.isInteger(it) ? 'int64' : 'double') : typeof it)));
  if (types.size === 2 && types.has('int64') && types.has('double')) return 'double';
  return types.size === 1 ? [...types][0] : types.size === 0 ? 'string' : undefined;
}

function cellOf(it: ExpectedValue): string {
  if (it === null || typeof it !== 'object') return JSON.stringify(it);
  return JSON.stringify(it['date'] === undefined ? (it['datetime'] ?? it['time'] ?? null) : it['time'] === undefined ? it['date'] : `${String(it['date'])}T${String(it['time'])}`);
}
