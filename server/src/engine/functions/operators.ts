/** The operators. */
import { arithmetic, negate } from '../values/arithmetic.ts';
import { toBoolean, toText } from '../values/coerce.ts';
import { compareVectors } from '../values/compare.ts';
import { map1, map2 } from '../values/vector.ts';
import { argument, asText, type Evaluator } from './evaluator.ts';

const compare = (operator: '=' | '==' | '<>' | '<' | '<=' | '>' | '>='): Evaluator =>
  (args, call) => compareVectors(operator, argument(args, 0, call), argument(args, 1, call), call.at);

const compute = (operator: '+' | '-' | '*' | '/' | '^'): Evaluator =>
  (args, call) => arithmetic(operator, argument(args, 0, call), argument(args, 1, call), call.at);

export const operators = {
  '+': (args, call) => (args.length === 1 ? argument(args, 0, call) : compute('+')(args, call)),
  '-': (args, call) => (args.length === 1 ? negate(argument(args, 0, call), call.at) : compute('-')(args, call)),
  '*': compute('*'),
  '/': compute('/'),
  '^': compute('^'),
  '&': (args, call) => {
    const a = asText(argument(args, 0, call), call);
    const b = asText(argument(args, 1, call), call);
    return map2(a, b, 'string', (x, y) => {
      const left = toText(x, a.type);
      const right = toText(y, b.type);
      call.budget.reserveText(left.length + right.length);
      return left + right;
    });
  },
  '=': compare('='),
  '==': compare('=='),
  '<>': compare('<>'),
  '<': compare('<'),
  '<=': compare('<='),
  '>': compare('>'),
  '>=': compare('>='),
  NOT: (args, call) => map1(argument(args, 0, call), 'boolean', (cell) => {
    const value = toBoolean(cell, call.at);
    return typeof value === 'boolean' ? !value : value;
  }),
} satisfies Record<string, Evaluator>;
