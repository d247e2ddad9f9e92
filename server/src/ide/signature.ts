/** The signature of a function as text, with the places of its parameters in it. */
import type { DefinedFunction } from '../analysis/bound.ts';
import type { Span } from '../base/spans.ts';
import type { FunctionSpec, ParameterSpec } from '../functions/spec.ts';
import { asPlain } from './markdown.ts';

export interface Signature {
  /** `DIVIDE(numerator, denominator [, alternateResult])` */
  readonly label: string;
  /** Where each parameter's name stands in the label, and what it takes, in a phrase. */
  readonly parameters: readonly (Span & { readonly docs: string })[];
}

/** Parameters that repeat together, or one that does not repeat. */
export interface ParameterGroup {
  /** Index of its first parameter in the form. */
  readonly start: number;
  readonly parameters: readonly ParameterSpec[];
  readonly repeating: boolean;
  /** The whole group may be left out. */
  readonly optional: boolean;
}

/**
 * The form of a function in groups: SUMMARIZECOLUMNS takes columns, then filter tables, then pairs of a name and an
 * expression, each as often as wanted.
 */
export function groupsOf(form: readonly ParameterSpec[]): readonly ParameterGroup[] {
  const groups: { start: number; parameters: ParameterSpec[] }[] = [];
  form.forEach((it, i) => {
    const before = form[i - 1];
    const isApart = !it.repeating || before?.repeating !== true
      || it.kind === 'table' || before.kind === 'table' || (it.kind === 'name' && before.optional);
    if (isApart) groups.push({ start: i, parameters: [it] });
    else groups.at(-1)?.parameters.push(it);
  });
  return groups.map((it) => ({
    ...it,
    repeating: it.parameters[0]?.repeating === true,
    // In SELECTCOLUMNS the name may be left out, its expression may not.
    optional: it.parameters.every((parameter) => parameter.optional),
  }));
}

/** @param form the form to show; a function may have two */
export function signatureOf(spec: FunctionSpec, form: readonly ParameterSpec[] = spec.parameters): Signature {
  const groups = groupsOf(form);
  const last: readonly ParameterGroup[] = spec.last === undefined ? [] : [{ start: form.length, parameters: [spec.last], repeating: false, optional: true }];
  const places: { start: number; end: number; docs: string }[] = [];
  let label = `${spec.name}(`;
  const comma = (): string => (places.length === 0 ? '' : ', ');
  for (const group of [...groups, ...last]) {
    if (group.optional) label += `${places.length === 0 ? '' : ' '}[`;
    group.parameters.forEach((it, i) => {
      // Within a group only a word may be left out, or a name before its expression.
      const isOptional = it.optional && (group.optional ? i > 0 && it.kind === 'word' : true);
      label += isOptional ? `${label.endsWith('(') ? '' : ' '}[${comma()}` : comma();
      places.push({ start: label.length, end: label.length + it.name.length, docs: phraseOf(it) });
      label += isOptional ? `${it.name}]` : it.name;
    });
    if (group.repeating) label += ', …';
    if (group.optional) label += ']';
  }
  return { label: `${label})`, parameters: places };
}

/** What a parameter takes, in a phrase. */
function phraseOf(it: ParameterSpec): string {
  const optional = it.optional ? ', optional' : '';
  switch (it.kind) {
    case 'scalar': return `${it.type === undefined ? 'a value' : valueWords[it.type]}${it.rowContextOf === undefined ? '' : ', evaluated for each row'}${optional}`;
    case 'table': return `a table${optional}`;
    case 'column': return `a column${optional}`;
    case 'table-or-column': return `a table or a column${optional}`;
    case 'filter': return `a condition, a table, or a modifier${optional}`;
    case 'name': return `the name of a column that is added, as text${optional}`;
    case 'word': return `${(it.words ?? []).join(', ')}${it.orValue === true ? ', or a value' : ''}${optional}`;
    case 'any': return `an expression${optional}`;
  }
}

const valueWords = { number: 'a number', text: 'a text', boolean: 'TRUE or FALSE', date: 'a date' } as const;

/** Characters of a parameter with its type and default that are shown. */
const longestParameter = 60;

/** The signature of a function that text defines, its parameters as they are written there. */
export function definedSignature({ name, segment, definition }: DefinedFunction): Signature {
  const said = parameterDocs(definition.docs?.lines.map((it) => it.text) ?? []);
  const places: { start: number; end: number; docs: string }[] = [];
  let label = `${name}(`;
  definition.parameters.forEach((it, i) => {
    const isOptional = it.defaultValue !== undefined;
    const comma = i === 0 ? '' : ', ';
    label += isOptional ? `${i === 0 ? '' : ' '}[${comma}` : comma;
    const text = asPlain(segment.text.slice(it.span.start, it.span.end).replace(/\s+/g, ' '), longestParameter);
    places.push({ start: label.length, end: label.length + text.length, docs: said.get(it.name.toUpperCase()) ?? '' });
    label += isOptional ? `${text}]` : text;
  });
  return { label: `${label})`, parameters: places };
}

/** `@param name what it is`, by upper-case name. */
function parameterDocs(lines: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of lines) {
    const it = /^\s*@param\s+(?:\{[^}]*\}\s*)?([\p{L}\p{N}_]+)\s+(?:-\s+)?(.+)$/u.exec(line.slice(0, 1000));
    if (it?.[1] !== undefined && it[2] !== undefined) found.set(it[1].toUpperCase(), asPlain(it[2].trim(), 200));
  }
  return found;
}

/** The page of the function in the DAX reference. */
export const pageOf = (spec: FunctionSpec): string => `https://learn.microsoft.com/dax/${spec.page}`;
