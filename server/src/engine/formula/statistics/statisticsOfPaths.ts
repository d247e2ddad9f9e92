/** PATH: the keys from the root of a hierarchy down to a row. */
import type { Cell, ValueType } from '../../../plan/values.ts';
import { matchKey } from '../../values/compare.ts';
import { toText } from '../../values/coerce.ts';
import { argumentOf, outOfRange, valuesOf, type RowsEvaluator, type RowsOfContext, type TypedValue } from './statisticsRows.ts';

/** What a key leads to: its text and its parent; undefined where it is there twice with different parents. */
type Parents = ReadonlyMap<string, { readonly text: string; readonly parent: TypedValue } | undefined>;

const known = new WeakMap<Int32Array, Parents>();

const keyOf = ({ value, type }: TypedValue): string | null => matchKey(value, type);

function parentsOf(it: RowsOfContext): Parents {
  const found = known.get(it.rows);
  if (found !== undefined) return found;
  const parents = new Map<string, { readonly text: string; readonly parent: TypedValue } | undefined>();
  const above = valuesOf(it, 1);
  valuesOf(it, 0).forEach((id, i) => {
    const key = keyOf(id);
    if (key === null) return;
    const parent = above[i] ?? { type: 'blank', value: null };
    const before = parents.get(key);
    const isSame = !parents.has(key) || (before !== undefined && keyOf(before.parent) === keyOf(parent));
    parents.set(key, isSame ? { text: toText(id.value, id.type), parent } : undefined);
  });
  known.set(it.rows, parents);
  return parents;
}

const isKey = (type: ValueType): boolean => type === 'string' || type === 'int64' || type === 'blank';

function path(it: RowsOfContext): Cell {
  const parents = parentsOf(it);
  const texts: string[] = [];
  const seen = new Set<string>();
  for (let at = argumentOf(it, 0); at.value !== null;) {
    if (!isKey(at.type)) return outOfRange(it, 'keys are whole numbers or text');
    const key = keyOf(at) as string;
    if (seen.has(key)) return outOfRange(it, `${toText(at.value, at.type)} leads back to itself`);
    seen.add(key);
    const found = parents.get(key);
    if (found === undefined) return outOfRange(it, `${toText(at.value, at.type)} ${parents.has(key) ? 'has several parents' : 'is no key of the table'}`);
    if (found.text.includes('|')) return outOfRange(it, 'a key with |');
    texts.push(found.text);
    at = found.parent;
  }
  return texts.length === 0 ? null : texts.reverse().join('|');
}

export const pathsByName: readonly (readonly [string, RowsEvaluator])[] = [['PATH', { type: 'string', apply: path }]];
