/** IF, COALESCE and SWITCH: the way to each of their branches. */
import type { Argument, Call, Expression } from '../../../../grammar/src/tree.ts';
import { textOf, type Place, type Wrap } from './place.ts';

/** IF: the way to a branch is its condition. */
export function branches({ args: [condition, then, otherwise] }: Call, place: Place, next: (inner: Argument, at?: Place) => void): void {
  if (condition === undefined || condition.kind === 'omitted' || then === undefined) return;
  const test = textOf(place, condition);
  const through = (text: string, wrap: Wrap, taken: string): Place =>
    ({ ...place, wrap, wrapTable: where(place, taken), steps: [...place.steps, { kind: 'branch', text, expression: condition, count: wrap }] });
  next(condition);
  next(then, through(test, (inner) => place.wrap(`IF(${test}\n, ${inner})`), test));
  if (otherwise !== undefined) next(otherwise, through(`NOT ${test}`, (inner) => place.wrap(`IF(${test}\n, BLANK(), ${inner})`), `IF(${test}\n, FALSE(), TRUE())`));
}

/** COALESCE: the way to an argument is that all before it are BLANK. */
export function firsts({ args }: Call, place: Place, next: (inner: Argument, at?: Place) => void): void {
  const before: Expression[] = [];
  for (const it of args) {
    const [first] = before;
    if (first === undefined) next(it);
    else {
      const texts = before.map((its) => textOf(place, its)).join(', ');
      const test = `ISBLANK(${before.length === 1 ? texts : `COALESCE(${texts})`})`;
      const wrap: Wrap = (inner) => place.wrap(`IF(${test}\n, ${inner})`);
      next(it, { ...place, wrap, wrapTable: where(place, test), steps: [...place.steps, { kind: 'branch', text: test, expression: first, count: wrap }] });
    }
    if (it.kind !== 'omitted') before.push(it);
  }
}

/** Rows on a way that is taken or not, whatever the row; the condition is asked where the branch stands. */
function where(place: Place, condition: string): Wrap {
  const name = `__Taken${String(place.steps.length)}`;
  return (rows) => place.wrapTable(`VAR ${name} = ${condition}\nRETURN FILTER(${rows}, ${name})`);
}

/** SWITCH: the way to an arm is that it is the first to match. */
export function arms({ args: [subject, ...rest] }: Call, place: Place, next: (inner: Argument, at?: Place) => void): void {
  if (subject === undefined || subject.kind === 'omitted') return;
  const before: string[] = [];
  for (let i = 0; i < rest.length; i += 2) {
    const [match, result] = [rest[i], rest[i + 1]];
    if (match === undefined || match.kind === 'omitted') return;
    const head = `SWITCH(${[textOf(place, subject), ...before].join(',\n')}`;
    const isLast = result === undefined;
    const arm = isLast ? '' : `,\n${textOf(place, match)}\n`;
    const wrap: Wrap = (inner) => place.wrap(`${head}${arm}, ${inner})`);
    const text = isLast ? 'no branch of SWITCH before it' : `SWITCH … ${textOf(place, match)}`;
    const wrapTable = where(place, `${head}${arm}, TRUE()${isLast ? '' : ', FALSE()'})`);
    next(isLast ? match : result, { ...place, wrap, wrapTable, steps: [...place.steps, { kind: 'branch', text, expression: isLast ? subject : match, count: wrap }] });
    before.push(textOf(place, match), 'BLANK()');
  }
}
