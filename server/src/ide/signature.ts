/** The signature of a function as text, with the places of its parameters in it. */
import type { FunctionSpec, ParameterSpec } from '../functions/spec.ts';

export interface Signature {
  /** `DIVIDE(numerator, denominator [, alternateResult])` */
  readonly label: string;
  readonly parameters: readonly { readonly spec: ParameterSpec; readonly start: number; readonly end: number }[];
}

/**
 * @param parameters the form to show; a function may have two
 */
export function signatureOf(spec: FunctionSpec, parameters: readonly ParameterSpec[] = spec.parameters): Signature {
  const all = spec.last === undefined ? parameters : [...parameters, spec.last];
  const placed: { spec: ParameterSpec; start: number; end: number }[] = [];
  let label = `${spec.name}(`;
  all.forEach((it, i) => {
    const comma = i === 0 ? '' : ', ';
    label += it.optional ? `${i === 0 ? '' : ' '}[${comma}` : comma;
    placed.push({ spec: it, start: label.length, end: label.length + it.name.length });
    label += it.name;
    // The group that may repeat stands at the end of the form; only `last` follows it.
    if (it.repeating && all[i + 1]?.repeating !== true) label += ', …';
    if (it.optional) label += ']';
  });
  return { label: `${label})`, parameters: placed };
}

/**
 * Index in `signatureOf(...).parameters` of the parameter that an argument belongs to, or undefined when the function
 * takes no such argument.
 *
 * @param argument 0-based index of the argument
 */
export function parameterIndex(parameters: readonly ParameterSpec[], argument: number): number | undefined {
  if (argument < parameters.length) return argument;
  const firstRepeating = parameters.findIndex((it) => it.repeating);
  if (firstRepeating < 0) return undefined;
  const group = parameters.length - firstRepeating;
  return firstRepeating + ((argument - firstRepeating) % group);
}

/** The form that fits a number of arguments: MAX(column), or MAX(left, right). */
export function formFor(spec: FunctionSpec, argumentCount: number): readonly ParameterSpec[] {
  if (spec.otherForm === undefined) return spec.parameters;
  const fits = (form: readonly ParameterSpec[]): boolean => form.some((it) => it.repeating) || argumentCount <= form.length;
  return fits(spec.parameters) || !fits(spec.otherForm) ? spec.parameters : spec.otherForm;
}

/** The page of the function in the DAX reference. */
export const pageOf = (spec: FunctionSpec): string => `https://learn.microsoft.com/dax/${spec.page}`;
