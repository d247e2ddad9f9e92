/** Which parameter of a function an argument is for, also while the call is being typed. */
import type { Argument } from '../../../grammar/src/tree.ts';
import { functionNamed } from '../functions/index.ts';
import type { FunctionSpec, ParameterSpec } from '../functions/spec.ts';
import { groupsOf, type ParameterGroup } from './signature.ts';

/** An argument as far as it is known: undefined where nothing is written yet. */
type Written = Argument | undefined;

export interface ParameterAt {
  /** The form of the function that fits the call. */
  readonly form: readonly ParameterSpec[];
  /** Index in `signatureOf(spec, form).parameters`; undefined where the function takes no such argument. */
  readonly index: number | undefined;
  readonly parameter: ParameterSpec | undefined;
}

/**
 * @param args the arguments of the call, those behind the cursor included
 * @param argument 0-based index of the one in question
 */
export function parameterOf(spec: FunctionSpec, args: readonly Written[], argument: number): ParameterAt {
  const form = formFor(spec, Math.max(args.length, argument + 1));
  const index = indexIn(spec, form, args, argument);
  const parameter = index === undefined ? undefined : index < form.length ? form[index] : spec.last;
  return { form, index, parameter };
}

/** The parameter's place in one form of the function, whether the form fits the call or not. */
export const indexIn = (spec: FunctionSpec, form: readonly ParameterSpec[], args: readonly Written[], argument: number): number | undefined =>
  spec.byForm === true ? byForm(groupsOf(form), args, argument) : byPlace(spec, form, args, argument);

/** The form that fits a number of arguments: MAX(column), or MAX(left, right). */
export function formFor(spec: FunctionSpec, argumentCount: number): readonly ParameterSpec[] {
  if (spec.otherForm === undefined) return spec.parameters;
  const fits = (form: readonly ParameterSpec[]): boolean => form.some((it) => it.repeating) || argumentCount <= form.length;
  return fits(spec.parameters) || !fits(spec.otherForm) ? spec.parameters : spec.otherForm;
}

function byPlace(spec: FunctionSpec, form: readonly ParameterSpec[], args: readonly Written[], argument: number): number | undefined {
  const start = form.findIndex((it) => it.repeating);
  if (start < 0) return argument < form.length ? argument : undefined;
  if (argument < start) return argument;
  const group = form.length - start;
  const at = (argument - start) % group;
  // What is left over behind the last whole group is SWITCH's else; while nothing is written yet it may begin a group.
  const isLeftOver = spec.last !== undefined && at === 0 && argument > start && argument === args.length - 1 && isWritten(args[argument]);
  return isLeftOver ? form.length : start + at;
}

/** A place in the groups of a form. */
interface Place {
  readonly group: number;
  /** Index in the group. */
  readonly within: number;
}

/** Goes from argument to argument as the function itself does: a text is a name, a table a filter. */
function byForm(groups: readonly ParameterGroup[], args: readonly Written[], argument: number): number | undefined {
  let next: Place = { group: 0, within: 0 };
  /** The group of `next` was gone through before, so that it may be left. */
  let begun = false;
  for (let i = 0; ; i++) {
    const places = placesFrom(groups, next, begun);
    const written = args[i];
    const taking = isWritten(written) ? places.find((it) => takes(groups[it.group]?.parameters[it.within], written)) : undefined;
    const found = taking ?? places[0];
    const group = found === undefined ? undefined : groups[found.group];
    if (found === undefined || group === undefined) return undefined;
    if (i === argument) return group.start + found.within;
    const isEnd = found.within + 1 === group.parameters.length;
    begun = isEnd ? group.repeating : begun && found.group === next.group;
    next = isEnd ? { group: group.repeating ? found.group : found.group + 1, within: 0 } : { group: found.group, within: found.within + 1 };
  }
}

/** Where the next argument may belong, the likeliest first: up to the first parameter that cannot be left out. */
function placesFrom(groups: readonly ParameterGroup[], from: Place, wasBegun: boolean): readonly Place[] {
  const places: Place[] = [];
  let { group: g, within } = from;
  let begun = wasBegun;
  let inMiddle = within > 0;
  for (let group = groups[g]; group !== undefined; group = groups[g]) {
    const parameter = group.parameters[within];
    if (parameter === undefined && group.repeating && inMiddle) {
      [within, begun, inMiddle] = [0, true, false];
    } else if (parameter === undefined || (within === 0 && begun && !parameter.optional)) {
      if (parameter !== undefined) places.push({ group: g, within });
      [g, within, begun] = [g + 1, 0, false];
    } else {
      places.push({ group: g, within });
      if (!parameter.optional) break;
      within++;
    }
  }
  return places;
}

const isWritten = (it: Written): it is Argument => it !== undefined && it.kind !== 'omitted' && it.kind !== 'missing';

/** Names of parameters that take but the modifier of that name. */
const modifiers: ReadonlyMap<string, string> = new Map([['orderBy', 'ORDERBY'], ['partitionBy', 'PARTITIONBY'], ['matchBy', 'MATCHBY']]);

function takes(parameter: ParameterSpec | undefined, argument: Argument): boolean {
  const call = argument.kind === 'call' ? functionNamed(argument.name) : undefined;
  switch (parameter?.kind) {
    case undefined: return false;
    case 'name': return argument.kind === 'string';
    case 'word': return argument.kind === 'name' ? parameter.words?.includes(argument.name.text.toUpperCase()) === true : parameter.orValue === true && argument.kind === 'number';
    case 'column': return argument.kind === 'column' || call?.returns === 'modifier';
    case 'table': case 'filter':
      return call?.returns === 'table' || (argument.kind === 'call' && call === undefined) || ['name', 'constructor', 'parenthesized', 'var'].includes(argument.kind);
    case 'table-or-column': return argument.kind === 'column' || argument.kind === 'name' || argument.kind === 'call';
    case 'scalar': return true;
    case 'any': {
      const modifier = modifiers.get(parameter.name);
      return modifier === undefined ? argument.kind !== 'string' : call?.name === modifier;
    }
  }
}
