/** The words for results that are no value: errors as DAX raises them, and why something was not evaluated. */
import { assertNever } from '../base/assertNever.ts';
import { functionNamed } from '../functions/index.ts';
import { whyLeftOut } from '../functions/unevaluated.ts';
import type { ErrorCell, Reason } from '../plan/values.ts';

/** One sentence without a final stop: `not evaluated: ALLSELECTED is not supported yet` reads well with it. */
export function reasonText(reason: Reason): string {
  switch (reason.id) {
    case 'function-not-supported': {
      const spec = functionNamed(reason.name);
      const why = spec === undefined ? undefined : whyLeftOut(spec);
      return why === undefined ? `${reason.name} is not supported yet` : `${reason.name} is not supported: ${why}`;
    }
    case 'feature-not-supported':
      return `${reason.what} ${reason.verb ?? 'is'} not supported yet`;
    case 'unresolved-name':
      return `${reason.name} is not known`;
    case 'syntax-error':
      return 'the definition has a syntax error';
    case 'type-error':
      return reason.detail;
    case 'data-fault':
      return `the rows of ${reason.table} cannot be had: ${reason.detail}`;
    case 'limit':
      return limitText(reason);
    case 'overflow':
      return `the number is too large to be exact: ${reason.detail}`;
    case 'circular-dependency':
      return `it depends on itself: ${reason.path}`;
    case 'no-model':
      return 'no model is known for this text';
    case 'no-clock':
      return `the clock follows the dates of the data, and ${reason.detail}; give dax-metrics.json a clock, or the model a date table`;
    case 'cancelled':
      return 'the evaluation was stopped';
    case 'engine-ended':
      return `the evaluation ended before it was done: ${reason.detail}`;
    case 'internal':
      return `a fault of ours, please report it: ${reason.detail}`;
    default:
      return assertNever(reason);
  }
}

/** What DAX would say, in one sentence without a final stop. */
export function errorText(error: ErrorCell): string {
  const p = (name: string): string => error.params[name] ?? '';
  switch (error.id) {
    case 'text-to-number':
      return `the text "${p('text')}" is no number`;
    case 'comparison-types':
      return `a ${p('left')} cannot be compared with a ${p('right')}`;
    case 'multiple-values':
      return `a table of several rows stands where a single value is wanted${p('what') === '' ? '' : `: ${p('what')}`}`;
    case 'argument-out-of-range':
      return `an argument of ${p('function')} is out of range${p('detail') === '' ? '' : `: ${p('detail')}`}`;
    case 'division-by-zero':
      return 'a division by zero';
    case 'not-boolean':
      return `a ${p('found')} stands where TRUE or FALSE is wanted`;
    case 'lookup-ambiguous':
      return `LOOKUPVALUE found several values of ${p('column')}`;
    case 'invalid-date':
      return `there is no such date${p('detail') === '' ? '' : `: ${p('detail')}`}`;
    case 'circular-dependency':
      return `it depends on itself: ${p('path')}`;
    case 'raised':
      return `ERROR says "${p('text')}"`;
    case 'overflow':
      return `the result of ${p('function')} is too large`;
    default:
      return assertNever(error.id);
  }
}

function limitText(reason: Extract<Reason, { readonly id: 'limit' }>): string {
  switch (reason.what) {
    case 'time':
      return `it takes longer than ${reason.limit}`;
    case 'memory':
      return `it needs more memory than ${reason.limit}`;
    case 'rows':
      return `it makes more than ${reason.limit}`;
    case 'depth':
      return `it is nested deeper than ${reason.limit}`;
    case 'text':
      return `a text grows longer than ${reason.limit}`;
    default:
      return assertNever(reason.what);
  }
}
