/** Parts of a path as PATH writes it: keys with | between them, from the root on. */
import type { Cell, ValueType } from '../../plan/values.ts';
import { daxError, isFailure, notEvaluated } from '../values/cells.ts';
import { toText } from '../values/coerce.ts';
import { textEquals } from '../values/text.ts';
import { argument, eachRow, wholeOf, type Call, type Evaluator, type TypedValue } from './evaluator.ts';

const unsure = (what: string, call: Call): Cell => notEvaluated({ id: 'feature-not-supported', what }, call.at);

/** The keys of a path; none where it is BLANK. */
const itemsOf = ({ value, type }: TypedValue): readonly string[] => (value === null ? [] : toText(value, type).split('|'));

/** Whether the third argument asks for whole numbers: INTEGER or 1; TEXT or 0 is the rule. */
function wantsInteger(args: Parameters<Evaluator>[0]): boolean | undefined {
  const kind = args[2] ?? null;
  if (kind === null) return false;
  const value = kind.kind === 'constant' ? kind.value : undefined;
  return value === 'INTEGER' || value === 1 ? true : value === 'TEXT' || value === 0 ? false : undefined;
}

/** PATHITEM and PATHITEMREVERSE: a place outside of the path has no key. */
const item = (name: string, fromEnd: boolean): Evaluator => (args, call) => {
  const integer = wantsInteger(args);
  const type: ValueType = integer === true ? 'int64' : 'string';
  return eachRow([argument(args, 0, call), argument(args, 1, call)], call, type, (path, position): Cell => {
    if (integer === undefined) return unsure(`a computed type of ${name}`, call);
    const items = itemsOf(path);
    const place = wholeOf(position, call);
    if (isFailure(place)) return place;
    const found = items[fromEnd ? items.length - place : place - 1];
    if (found === undefined || !integer) return found ?? null;
    const number = /^\s*-?\d+\s*$/.test(found) ? Number(found) : NaN;
    return Number.isSafeInteger(number) ? number : daxError('text-to-number', { text: found }, call.at);
  });
};

export const paths = {
  PATHITEM: item('PATHITEM', false),
  PATHITEMREVERSE: item('PATHITEMREVERSE', true),
  PATHLENGTH: (args, call) => eachRow([argument(args, 0, call)], call, 'int64', (path) => (path.value === '' ? unsure('PATHLENGTH of an empty text', call) : itemsOf(path).length)),
  /** A whole number is compared as its text. */
  PATHCONTAINS: (args, call) => eachRow([argument(args, 0, call), argument(args, 1, call)], call, 'boolean', (path, key) => {
    if (key.value === null || path.value === null) return unsure('PATHCONTAINS of a BLANK', call);
    const wanted = toText(key.value, key.type);
    return itemsOf(path).some((it) => textEquals(it, wanted));
  }),
} satisfies Readonly<Record<string, Evaluator>>;
