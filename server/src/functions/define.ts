/** Constructors for rows of the function table: one line a function. */
import type { DataType } from '../model/model.ts';
import type { FunctionCategory, FunctionSpec, ParameterSpec } from './spec.ts';

/** A row whose name the compiler knows. */
export type Named<N extends string> = FunctionSpec & { readonly name: N };

/** What a function gives: a table, a modifier, a scalar of unknown type, or a scalar of a known type. */
type Result = 'table' | 'modifier' | 'any' | 'scalar' | DataType | 'argument' | 'variant';

/** What is said of a function only where it differs from most. */
type Flags = Pick<FunctionSpec, 'byForm' | 'deprecated' | 'only' | 'inVisualCalculations' | 'volatile' | 'contextTransition'>;

interface More extends Flags {
  readonly otherForm?: readonly ParameterSpec[];
  readonly last?: ParameterSpec;
  readonly page?: string;
}

/**
 * Makes the constructor of a family's rows.
 *
 * The bounds of the argument count follow from the parameters; the page follows from the name unless it is said.
 *
 * @param common what holds for each function of the family
 */
export const family =
  (category: FunctionCategory, common: Flags = {}) =>
  <const N extends string>(
    name: N, result: Result, parameters: readonly ParameterSpec[], docs: string, { page, otherForm, last, ...flags }: More = {},
  ): Named<N> => {
    const forms = otherForm === undefined ? [parameters] : [parameters, otherForm];
    const open = forms.some((form) => form.some((it) => it.repeating));
    const isScalar = result !== 'table' && result !== 'modifier' && result !== 'any';
    return {
      name,
      category,
      docs,
      page: page ?? `${name.toLowerCase().replaceAll('.', '-')}-function-dax`,
      parameters,
      minArguments: Math.min(...forms.map((form) => form.filter((it) => !it.optional).length)),
      maxArguments: open ? undefined : Math.max(...forms.map((form) => form.length)),
      returns: isScalar ? 'scalar' : result,
      ...(isScalar && result !== 'scalar' ? { resultType: result } : {}),
      ...(otherForm === undefined ? {} : { otherForm }),
      ...(last === undefined ? {} : { last }),
      ...common,
      ...flags,
    };
  };

const parameter = (name: string, kind: ParameterSpec['kind']): ParameterSpec => ({ name, kind, optional: false, repeating: false });

/** A single value of any type. */
export const value = (name: string): ParameterSpec => parameter(name, 'scalar');
export const number = (name = 'number'): ParameterSpec => ({ ...value(name), type: 'number' });
export const text = (name = 'text'): ParameterSpec => ({ ...value(name), type: 'text' });
export const date = (name = 'date'): ParameterSpec => ({ ...value(name), type: 'date' });
export const condition = (name = 'condition'): ParameterSpec => ({ ...value(name), type: 'boolean' });

export const table = (name = 'table'): ParameterSpec => parameter(name, 'table');
export const column = (name = 'column'): ParameterSpec => parameter(name, 'column');
export const tableOrColumn = (name = 'tableOrColumn'): ParameterSpec => parameter(name, 'table-or-column');
export const filter = (name = 'filter'): ParameterSpec => parameter(name, 'filter');
/** A constant text that names an added column. */
export const columnName = (name = 'name'): ParameterSpec => parameter(name, 'name');
export const any = (name: string): ParameterSpec => parameter(name, 'any');

/** A bare word out of a list. */
export const word = (name: string, ...words: readonly string[]): ParameterSpec => ({ ...parameter(name, 'word'), words });
/** A bare word, or a value in its place. */
export const wordOrValue = (name: string, ...words: readonly string[]): ParameterSpec => ({ ...word(name, ...words), orValue: true });

/** The parameter with the rows of `of` as its row context. */
export const per = (of: string, it: ParameterSpec): ParameterSpec => ({ ...it, rowContextOf: of });
/** An expression evaluated for each row of the parameter `of`. */
export const each = (name = 'expression', of = 'table'): ParameterSpec => per(of, value(name));

export const optional = (it: ParameterSpec): ParameterSpec => ({ ...it, optional: true });
/** A group that stands once at least and may repeat. */
export const repeated = (...group: readonly ParameterSpec[]): readonly ParameterSpec[] =>
  group.map((it) => ({ ...it, repeating: true }));
/** A group that may stand any number of times, also not at all. */
export const anyNumber = (...group: readonly ParameterSpec[]): readonly ParameterSpec[] =>
  group.map((it) => ({ ...it, repeating: true, optional: true }));

export const sortOrder = (name = 'order'): ParameterSpec => wordOrValue(name, 'ASC', 'DESC');
