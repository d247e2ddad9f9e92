/** What a row of the function table says: one source for checking, completion, signature help, hover and evaluation. */

export type FunctionCategory =
  | 'aggregation' | 'date-time' | 'filter' | 'financial' | 'information' | 'info' | 'logical' | 'math' | 'other'
  | 'parent-child' | 'relationship' | 'statistical' | 'table' | 'text' | 'time-intelligence' | 'visual';

/** What may stand in an argument's place. */
export type ParameterKind =
  /** A single value. */
  | 'scalar'
  /** A table expression. */
  | 'table'
  /** A reference to a column, `T[c]` (a measure is not enough). */
  | 'column'
  /** A table or a column reference: ALL, VALUES, REMOVEFILTERS, the dates of a time-intelligence function. */
  | 'table-or-column'
  /** A filter argument of CALCULATE: a condition, a table, or a modifier. */
  | 'filter'
  /** A constant text that names an added column. */
  | 'name'
  /** A bare word out of `words`: ASC, DAY, BOTH. With `orValue` a value may stand in its place. */
  | 'word'
  /** A measure or another expression that is kept unevaluated: table or scalar. Columns in it need no row context. */
  | 'any';

export interface ParameterSpec {
  readonly name: string;
  readonly kind: ParameterKind;
  readonly optional: boolean;
  /** Belongs to the group that may repeat; the group is the trailing run of parameters with `repeating`. */
  readonly repeating: boolean;
  /** Upper-case words, for kind `word`. */
  readonly words?: readonly string[];
  /** With kind `word`: a value is as good as a word; RANKX takes 1 for ASC. */
  readonly orValue?: true;
  /** Type of a scalar, or of the column, where the function takes only one kind of value. */
  readonly type?: 'number' | 'text' | 'boolean' | 'date';
  /** Name of the table (or column) parameter whose rows are the row context of this argument: SUMX's expression. */
  readonly rowContextOf?: string;
}

export interface FunctionSpec {
  /** Upper case, dots included. */
  readonly name: string;
  readonly category: FunctionCategory;
  /** One sentence, in our own words. */
  readonly docs: string;
  /** Path of its page below https://learn.microsoft.com/dax/. */
  readonly page: string;
  readonly parameters: readonly ParameterSpec[];
  /** Another form for another number of arguments, beside `parameters`: MAX(column) and MAX(left, right). */
  readonly otherForm?: readonly ParameterSpec[];
  /** What one argument left over after the last whole group is: SWITCH's else. It counts in `maxArguments`. */
  readonly last?: ParameterSpec;
  /** Optional and repeating parameters are told apart by the form of the argument, not by its place. */
  readonly byForm?: true;
  readonly minArguments: number;
  /** undefined: as many as wanted. */
  readonly maxArguments: number | undefined;
  readonly returns: 'scalar' | 'table' | 'modifier' | 'any';
  /** Type of a scalar result where it is always the same; `argument`: that of the first argument. */
  readonly resultType?: 'int64' | 'double' | 'decimal' | 'string' | 'boolean' | 'dateTime' | 'argument' | 'variant';
  readonly deprecated?: true;
  /** The one kind of place where it works; without it, in every calculation of a model and in queries. */
  readonly only?: 'query' | 'visual-calculation';
  /** In visual calculations it raises an error, or works on groups of rows that are hard to foresee. */
  readonly inVisualCalculations?: 'error' | 'discouraged';
  /** What makes two evaluations over the same data differ. */
  readonly volatile?: 'clock' | 'random';
  /** The row contexts around the call become filters before its arguments are evaluated. */
  readonly contextTransition?: true;
}
