/** Types of the values that functions give, where the function table alone does not tell. */
import { unwrap } from '../scope.ts';
import type { ScalarType } from '../shapes.ts';
import { unify } from '../types.ts';
import { typeOf, type Given } from './given.ts';

type Teller = (given: Given) => ScalarType;

/** Common type of the arguments from `first` on, every `step`-th. */
function common(given: Given, first: number, step: number): ScalarType {
  let type: ScalarType = 'blank';
  for (let i = first; i < given.bound.length; i += step) type = unify(type, typeOf(given, i));
  return type;
}

const isNumeric = (type: ScalarType): boolean => type === 'int64' || type === 'double' || type === 'decimal' || type === 'number';

/** A column is of one type, and only numbers can be added up. */
const summed = (type: ScalarType): ScalarType => (isNumeric(type) ? type : 'number');
/** The mean of whole numbers is a decimal number. */
const averaged = (type: ScalarType): ScalarType => (type === 'int64' ? 'double' : isNumeric(type) || type === 'dateTime' ? type : 'number');
/** An expression may give values of different types from row to row: nothing is said of those. */
const overRows = (of: (type: ScalarType) => ScalarType) => (type: ScalarType): ScalarType => (type === 'unknown' || type === 'variant' ? 'unknown' : of(type));

const branches: Teller = (it) => (it.bound.length > 2 ? unify(typeOf(it, 1), typeOf(it, 2)) : typeOf(it, 1));
const ofFirst: Teller = (it) => typeOf(it, 0);
const ofSecond: Teller = (it) => typeOf(it, 1);
const orAlternate: Teller = (it) => (it.bound.length > 1 ? common(it, 0, 1) : typeOf(it, 0));

/** A value, or what stands in its place: the last argument of an even number. */
const divided: Teller = (it) => {
  const real = (['int64', 'double'] as ScalarType[]).includes(typeOf(it, 0)) && (['int64', 'double'] as ScalarType[]).includes(typeOf(it, 1));
  const quotient: ScalarType = real ? 'double' : 'number';
  return it.bound.length > 2 ? unify(quotient, typeOf(it, 2)) : quotient;
};

const dataTypes: ReadonlyMap<string, ScalarType> = new Map([
  ['INTEGER', 'int64'], ['INT64', 'int64'], ['DOUBLE', 'double'], ['STRING', 'string'], ['TEXT', 'string'], ['BOOLEAN', 'boolean'], ['LOGICAL', 'boolean'],
  ['CURRENCY', 'decimal'], ['DECIMAL', 'decimal'], ['DATETIME', 'dateTime'],
]);

/** CONVERT(value, INTEGER) is of the type that is named. */
const converted: Teller = ({ call }) => {
  const word = call.args[1];
  const it = word === undefined || word.kind === 'omitted' ? undefined : unwrap(word);
  return it?.kind === 'name' ? (dataTypes.get(it.name.text.toUpperCase()) ?? 'unknown') : 'unknown';
};

/** A number, of a type that follows from the arguments in ways of which nothing hangs here. */
const numbers = [
  'ABS', 'AVERAGEA', 'CEILING', 'EVEN', 'FACT', 'FLOOR', 'GCD', 'ISO.CEILING', 'LCM', 'MAXA', 'MEDIAN', 'MEDIANX', 'MINA', 'MOD', 'MROUND', 'ODD', 'POWER',
  'PRODUCT', 'PRODUCTX', 'QUOTIENT', 'RANDBETWEEN', 'ROUND', 'ROUNDDOWN', 'ROUNDUP', 'TRUNC', 'VALUE',
];

/** Functions that evaluate their first argument elsewhere: in other periods, at other places of a visual. */
const elsewhere = [
  'CALCULATE', 'CLOSINGBALANCEMONTH', 'CLOSINGBALANCEQUARTER', 'CLOSINGBALANCEWEEK', 'CLOSINGBALANCEYEAR', 'OPENINGBALANCEMONTH', 'OPENINGBALANCEQUARTER',
  'OPENINGBALANCEWEEK', 'OPENINGBALANCEYEAR', 'TOTALMTD', 'TOTALQTD', 'TOTALWTD', 'TOTALYTD', 'COLLAPSE', 'COLLAPSEALL', 'EXPAND', 'EXPANDALL', 'FIRST', 'LAST',
  'LOOKUP', 'LOOKUPWITHTOTALS', 'NEXT', 'PREVIOUS',
];

export const scalarResults: ReadonlyMap<string, Teller> = new Map<string, Teller>([
  ...numbers.map((it): [string, Teller] => [it, () => 'number']),
  ...elsewhere.map((it): [string, Teller] => [it, ofFirst]),
  ['BLANK', () => 'blank'],
  // It gives no value at all, so the other branches tell the type.
  ['ERROR', () => 'blank'],
  ['IF', branches],
  ['IF.EAGER', branches],
  ['SWITCH', (it) => {
    const results = common({ ...it, bound: it.bound.filter((_, i) => i > 0 && i % 2 === 0) }, 0, 1);
    return it.bound.length % 2 === 0 ? unify(results, typeOf(it, it.bound.length - 1)) : results;
  }],
  ['COALESCE', (it) => common(it, 0, 1)],
  ['IFERROR', (it) => common(it, 0, 1)],
  ['CONVERT', converted],
  ['DIVIDE', divided],
  ['SUM', (it) => summed(typeOf(it, 0))],
  ['AVERAGE', (it) => averaged(typeOf(it, 0))],
  ['SUMX', (it) => overRows(summed)(typeOf(it, 1))],
  ['AVERAGEX', (it) => overRows(averaged)(typeOf(it, 1))],
  ['MINX', ofSecond],
  ['MAXX', ofSecond],
  ['FIRSTNONBLANKVALUE', ofSecond],
  ['LASTNONBLANKVALUE', ofSecond],
  ['MIN', orAlternate],
  ['MAX', orAlternate],
  ['RELATED', ofFirst],
  ['SELECTEDVALUE', orAlternate],
  ['LOOKUPVALUE', (it) => (it.bound.length % 2 === 0 ? unify(typeOf(it, 0), typeOf(it, it.bound.length - 1)) : typeOf(it, 0))],
  // A third argument names the type.
  ['PATHITEM', (it) => (it.bound.length > 2 ? 'unknown' : 'string')],
  ['PATHITEMREVERSE', (it) => (it.bound.length > 2 ? 'unknown' : 'string')],
]);
