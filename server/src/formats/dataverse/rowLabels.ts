/**
 * Labels of codes as rows of the Dataverse Web API show them: beside `column` stands
 * `column@OData.Community.Display.V1.FormattedValue`.
 *
 * Formatted values of numbers, dates and durations are no labels: a column holds codes where whole numbers have texts
 * with letters that do not begin with a digit, one text a number.
 */
import { lineIndex } from '../../base/spans.ts';
import type { Finding } from '../../findings/finding.ts';
import { finding } from '../../findings/registry.ts';
import { readJsonRows } from '../table/jsonRows.ts';
import type { Collector } from './definitions.ts';
import { noLabels } from './labels.ts';

export const formattedValue = '@OData.Community.Display.V1.FormattedValue';

/** Different values that a column of codes has at most. */
const maximumCodes = 5000;

interface Seen {
  /** Label by code. */
  readonly labels: Map<number, string>;
  /** Something in the column is no code. */
  refused: boolean;
}

/** Reads rows into a collector: a partial choice for each column of codes, named like the column. Never throws. */
export function readRowLabels(uri: string, text: string, into: Collector): readonly Finding[] {
  const columns = new Map<string, Seen>();
  let values = new Map<string, string | number>();
  let texts = new Map<string, string>();
  const problem = readJsonRows(text, false, {
    field(name, value) {
      if (name.endsWith(formattedValue)) {
        if (typeof value === 'string') texts.set(name.slice(0, -formattedValue.length), value);
      } else if (typeof value === 'string' || typeof value === 'number') values.set(name, value);
    },
    row() {
      for (const [name, label] of texts) see(columns, name, values.get(name), label);
      values = new Map();
      texts = new Map();
      return true;
    },
    more: () => undefined,
  });
  if (problem !== undefined) {
    const start = lineIndex(text).starts[problem.line - 1] ?? 0;
    return [finding('model-syntax', { problem: problem.problem }, { start, end: Math.min(start + 1, text.length) })];
  }
  const place = { uri, span: { start: 0, end: Math.min(1, text.length) } };
  for (const [name, { labels, refused }] of columns) {
    // "CHF 12.00", "12 hours": the text is the number itself.
    const isAmount = [...labels].every(([value, label]) => label.replace(/\D/g, '').startsWith(String(Math.abs(value))));
    if (refused || labels.size === 0 || isAmount) continue;
    const options = [...labels].sort(([a], [b]) => a - b).map(([value, label]) => ({ value, labels: { byLanguage: new Map<number, string>(), user: label }, place }));
    into.choice(name, noLabels, options, place, true);
  }
  return [];
}

function see(columns: Map<string, Seen>, name: string, value: string | number | undefined, label: string): void {
  let seen = columns.get(name);
  if (seen === undefined) columns.set(name, (seen = { labels: new Map(), refused: false }));
  if (seen.refused) return;
  const pairs = pairsOf(value, label);
  if (pairs === undefined) seen.refused = true;
  for (const [code, text] of pairs ?? []) {
    const before = seen.labels.get(code);
    if ((before !== undefined && before !== text) || !/^[^\d\s]*\p{L}/u.test(text) || seen.labels.size >= maximumCodes) seen.refused = true;
    else seen.labels.set(code, text);
  }
}

/** One code with its label, or the codes `1,2` of a multi-select column with the labels `a; b`. */
function pairsOf(value: string | number | undefined, label: string): readonly (readonly [number, string])[] | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? [[value, label.trim()]] : undefined;
  if (value === undefined || !/^-?\d{1,15}(?:,-?\d{1,15})*$/.test(value)) return undefined;
  const codes = value.split(',');
  const labels = label.split(';');
  return codes.length === labels.length ? codes.map((it, i) => [Number(it), (labels[i] ?? '').trim()]) : undefined;
}
