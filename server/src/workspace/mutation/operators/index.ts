/** All mutation operators, in the order in which reports name them. */
import type { Operator } from '../operator.ts';
import { aggregate } from './aggregate.ts';
import { arithmetic } from './arithmetic.ts';
import { branch } from './branch.ts';
import { code } from './code.ts';
import { column } from './column.ts';
import { comparison } from './comparison.ts';
import { divide } from './divide.ts';
import { filter } from './filter.ts';
import { logic } from './logic.ts';
import { number } from './number.ts';
import { text } from './text.ts';
import { truth } from './truth.ts';
import { unit } from './unit.ts';

export const operators: readonly Operator[] = [code, comparison, filter, column, logic, truth, aggregate, number, divide, arithmetic, branch, unit, text];
