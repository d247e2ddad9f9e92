/** Names for what is extracted. */
import { nameKey } from '../../model/model.ts';
import { functionNamed } from '../../functions/index.ts';
import { segmentTokens } from '../../../../grammar/src/index.ts';
import type { Expression } from '../../../../grammar/src/tree.ts';
import { bare, within, type Site } from './site.ts';

/** Words that no variable can be called. */
const reserved = new Set(['VAR', 'RETURN', 'IN', 'NOT', 'TRUE', 'FALSE', 'EVALUATE', 'DEFINE', 'ORDER', 'BY', 'ASC', 'DESC', 'MEASURE', 'COLUMN', 'TABLE', 'START', 'AT']);

/** A name for a variable that nothing in the definition and no table has. */
export function variableName({ segment, reading }: Site, expression: Expression): string {
  const words = segmentTokens(segment.segment).filter((it) => it.kind === 'name' || it.kind === 'quotedName');
  const taken = new Set(words.map((it) => it.text.toUpperCase()));
  const tables = reading.model?.model.tables;
  const isFree = (name: string): boolean =>
    !taken.has(name.toUpperCase()) && tables?.has(nameKey(name)) !== true && !reserved.has(name.toUpperCase()) && functionNamed(name) === undefined;
  return numbered(wordOf(expression), '', isFree);
}

/** A name for a metric that the definition can see no other of. */
export function metricName({ reading, segment }: Site): string {
  const columns = [...(reading.model?.model.tables.values() ?? [])].map((it) => it.columns);
  const isFree = (name: string): boolean =>
    !reading.measures.has(nameKey(name)) && !columns.some((it) => it.has(nameKey(name))) && !segment.segment.text.toLowerCase().includes(`[${name.toLowerCase()}]`);
  return numbered('New metric', ' ', isFree);
}

function numbered(name: string, gap: string, isFree: (name: string) => boolean): string {
  if (isFree(name)) return name;
  let number = 2;
  while (!isFree(`${name}${gap}${number}`)) number++;
  return `${name}${gap}${number}`;
}

/** The first column or metric that an expression names, as one word. */
function wordOf(expression: Expression): string {
  const it = bare(expression);
  if (it.kind === 'constructor') return 'List';
  const named = within(it).find((each) => each.kind === 'column');
  const words = named?.kind === 'column' ? [...named.column.text.matchAll(/[\p{L}\p{N}]+/gu)].map(([word]) => word) : [];
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('').slice(0, 40);
  return /^[\p{L}]/u.test(joined) ? joined : 'Result';
}
