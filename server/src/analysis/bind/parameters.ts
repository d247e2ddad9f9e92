/** Which parameter of a function each argument of a call is for. */
import type { Argument } from '../../../../grammar/src/tree.ts';
import type { FunctionSpec, ParameterSpec } from '../../functions/spec.ts';

/**
 * The parameter of each argument, by place; undefined for a surplus argument.
 *
 * Functions whose arguments are told apart by their form (`byForm`) have binders of their own.
 */
export function parametersByPlace(spec: FunctionSpec, args: readonly Argument[]): readonly (ParameterSpec | undefined)[] {
  const form = formOf(spec, args.length);
  const start = form.findIndex((it) => it.repeating);
  const fixed = start < 0 ? form : form.slice(0, start);
  const group = start < 0 ? [] : form.slice(start);
  const leftOver = group.length === 0 ? 0 : Math.max(0, args.length - fixed.length) % group.length;
  return args.map((_, i) => {
    if (i < fixed.length) return fixed[i];
    if (i === args.length - 1 && spec.last !== undefined && leftOver === 1) return spec.last;
    return group[(i - fixed.length) % Math.max(1, group.length)];
  });
}

function formOf(spec: FunctionSpec, count: number): readonly ParameterSpec[] {
  const other = spec.otherForm;
  if (other === undefined || fits(spec.parameters, count)) return spec.parameters;
  return fits(other, count) ? other : spec.parameters;
}

function fits(form: readonly ParameterSpec[], count: number): boolean {
  const least = form.filter((it) => !it.optional).length;
  return count >= least && (count <= form.length || form.some((it) => it.repeating));
}

/** How many arguments a function takes, in words. */
export function countWords(spec: FunctionSpec): string {
  const { minArguments: least, maxArguments: most } = spec;
  return most === undefined ? `at least ${words(least)}` : rangeWords(least, most);
}

const words = (n: number): string => (n === 0 ? 'no arguments' : n === 1 ? '1 argument' : `${String(n)} arguments`);

/** `2 to 3 arguments`. */
export const rangeWords = (least: number, most: number): string => (least === most ? words(least) : `${String(least)} to ${words(most)}`);
