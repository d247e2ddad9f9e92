/**
 * Whether an expression has the same value in another place: what it depends on, and what changes on the way there.
 *
 * A variable is evaluated once, in the context of its VAR. An expression may become one, or take its place, only if no
 * row context and no filter that it depends on is another one there. What is not known to be the same is taken to differ.
 */
import type { Argument, Call, Expression } from '../../../../grammar/src/tree.ts';
import { functionNamed } from '../../functions/index.ts';
import type { FunctionSpec, ParameterSpec } from '../../functions/spec.ts';
import type { Reading } from '../../workspace/types.ts';
import { bare, referenceAt, within } from './site.ts';

/** What an expression is evaluated in. */
export interface Needs {
  /** The current row of an iteration, be it by context transition. */
  readonly rows: boolean;
  /** The filters. */
  readonly filters: boolean;
  /** It may have another value each time, or nobody knows what it does. */
  readonly unknown: boolean;
}

/** What differs in a part of an expression from what is around it; a condition is asked of rows, and takes no metric. */
export type Step = 'same' | 'rows' | 'condition' | 'filters' | 'opaque';

const nothing: Needs = { rows: false, filters: false, unknown: false };
const everything: Needs = { rows: true, filters: true, unknown: false };
const unknown: Needs = { rows: true, filters: true, unknown: true };

/** Functions without arguments whose value is the same wherever they stand in an evaluation. */
const constants = new Set([
  'BLANK', 'TRUE', 'FALSE', 'PI', 'NOW', 'TODAY', 'UTCNOW', 'UTCTODAY', 'USERNAME', 'USERPRINCIPALNAME', 'USEROBJECTID', 'USERCULTURE', 'CUSTOMDATA',
]);
/** Functions that read columns of the current row, though their parameters are columns. */
const ofRow = new Set(['RELATED', 'EARLIER', 'EARLIEST', 'PATH', 'CURRENTGROUP']);

export function needsOf(reading: Reading, expression: Expression): Needs {
  const it = bare(expression);
  switch (it.kind) {
    case 'number': case 'string': case 'boolean': case 'date': case 'parameter': case 'missing':
      return nothing;
    case 'name':
      return needsOfName(reading, it.span.start);
    case 'column':
      return needsOfColumn(reading, it.column.span.start);
    case 'unary':
      return needsOf(reading, it.operand);
    case 'binary':
      return union(needsOf(reading, it.left), needsOf(reading, it.right));
    case 'tuple':
      return needsOfAll(reading, it.items);
    case 'constructor':
      return needsOfAll(reading, it.rows);
    case 'var':
      return needsOfAll(reading, [...it.variables.map((variable) => variable.value), it.body]);
    case 'call':
      return needsOfCall(reading, it);
    case 'parenthesized':
      return needsOf(reading, it.expression);
  }
}

const union = (a: Needs, b: Needs): Needs => ({ rows: a.rows || b.rows, filters: a.filters || b.filters, unknown: a.unknown || b.unknown });

const needsOfAll = (reading: Reading, all: readonly Argument[]): Needs =>
  all.reduce<Needs>((sum, it) => (it.kind === 'omitted' ? sum : union(sum, needsOf(reading, it))), nothing);

function needsOfName(reading: Reading, start: number): Needs {
  const target = referenceAt(reading, start)?.target;
  switch (target?.kind) {
    case 'variable': return nothing;
    case 'table': case 'definedTable': return { ...nothing, filters: true };
    case 'word': return nothing;
    case 'parameter': return target.parameter.passing?.value === 'VAL' ? nothing : unknown;
    default: return unknown;
  }
}

function needsOfColumn(reading: Reading, start: number): Needs {
  const target = referenceAt(reading, start)?.target;
  switch (target?.kind) {
    case 'column': case 'extension': case 'definedColumn': return { ...nothing, rows: true };
    // A metric turns the current row into filters.
    case 'measure': return everything;
    default: return unknown;
  }
}

function needsOfCall(reading: Reading, call: Call): Needs {
  const spec = functionNamed(call.name);
  if (spec === undefined || spec.volatile === 'random' || spec.returns === 'modifier') return unknown;
  if (spec.contextTransition === true) return union(everything, needsOfAll(reading, call.args));
  if (call.args.length === 0) return constants.has(spec.name) ? nothing : unknown;
  if (spec.byForm === true || ofRow.has(spec.name)) return union(everything, needsOfAll(reading, call.args));
  return call.args.reduce<Needs>((sum, it, index) => {
    if (it.kind === 'omitted') return sum;
    const kind = parameterAt(spec, call, index)?.kind;
    if (kind === 'word' || kind === 'name') return sum;
    const isReference = (kind === 'column' || kind === 'table-or-column') && (it.kind === 'column' || it.kind === 'name');
    if (isReference) return { ...sum, filters: true };
    return union(sum, kind === undefined || kind === 'any' || kind === 'filter' ? union(everything, needsOf(reading, it)) : needsOf(reading, it));
  }, nothing);
}

/** The parameter that an argument is given for; undefined where its place does not tell. */
function parameterAt(spec: FunctionSpec, call: Call, index: number): ParameterSpec | undefined {
  const { otherForm } = spec;
  // MAX(a, b) has values where MAX(column) has a column.
  const parameters = otherForm !== undefined && call.args.length === otherForm.length && call.args.length !== spec.parameters.length ? otherForm : spec.parameters;
  if (index < parameters.length) return parameters[index];
  const repeated = parameters.filter((it) => it.repeating).length;
  return repeated === 0 ? undefined : parameters[parameters.length - repeated + ((index - parameters.length) % repeated)];
}

/** What changes from an expression to one of the parts directly below it. */
export function stepInto(reading: Reading, parent: Expression, part: Expression): Step {
  if (parent.kind !== 'call') return 'same';
  const spec = functionNamed(parent.name);
  const index = parent.args.indexOf(part);
  if (spec === undefined || index < 0) return 'opaque';
  if (spec.byForm === true) {
    if (!spec.parameters.some((it) => it.rowContextOf !== undefined)) return 'opaque';
    return index === 0 ? 'same' : part.kind === 'string' ? 'opaque' : 'rows';
  }
  const parameter = parameterAt(spec, parent, index);
  if (parameter === undefined) return 'opaque';
  if (parameter.rowContextOf !== undefined) return 'rows';
  switch (parameter.kind) {
    case 'scalar':
    case 'table':
      return spec.contextTransition === true && index === 0 ? 'filters' : 'same';
    // A condition is asked of each row; a table is evaluated before the filters change.
    case 'filter':
      if (isFilterModifier(part)) return 'opaque';
      return reading.bound.typeOf(part).kind === 'table' ? (spec.contextTransition === true ? 'same' : 'opaque') : 'condition';
    case 'column': case 'table-or-column': case 'name': case 'word': case 'any':
      return 'opaque';
  }
}

/** Tables that remove filters where they stand as a filter argument, and nowhere else. */
const modifiers = new Set(['ALL', 'ALLCROSSFILTERED', 'ALLEXCEPT', 'ALLNOBLANKROW', 'ALLSELECTED', 'REMOVEFILTERS']);

function isFilterModifier(expression: Expression): boolean {
  const it = bare(expression);
  return it.kind === 'call' && modifiers.has(it.name.toUpperCase());
}

/** Whether an expression means another thing in an argument than the variable that holds it. */
export function isOtherAsArgument(parent: Expression | undefined, part: Expression, value: Expression): boolean {
  if (parent?.kind !== 'call' || !isFilterModifier(value)) return false;
  const spec = functionNamed(parent.name);
  return spec !== undefined && parameterAt(spec, parent, parent.args.indexOf(part))?.kind === 'filter';
}

/** Whether a part of a call is evaluated for a value or a table, so that a VAR may begin it. */
export function isValueArgument(parent: Expression, part: Expression): boolean {
  const spec = parent.kind === 'call' ? functionNamed(parent.name) : undefined;
  if (parent.kind !== 'call' || spec === undefined || spec.byForm === true) return false;
  const kind = parameterAt(spec, parent, parent.args.indexOf(part))?.kind;
  return kind === 'scalar' || kind === 'table';
}

/** Whether an expression has the same value above steps as below them. */
export function isSameAcross(needs: Needs, steps: readonly Step[]): boolean {
  if (needs.unknown) return false;
  return steps.every((it) => it === 'same' || ((it === 'rows' || it === 'condition') && !needs.rows) || (it === 'filters' && !needs.filters && !needs.rows));
}

/** The steps from an expression down a path to its end. */
export function stepsAlong(reading: Reading, path: readonly Expression[]): readonly Step[] {
  return path.slice(1).map((part, i) => stepInto(reading, path[i] ?? part, part));
}

/** The names of variables and parameters that an expression reads and does not define itself, by the place of their definition. */
export function outerNames(reading: Reading, expression: Expression): ReadonlySet<number> {
  const found = new Set<number>();
  for (const it of within(expression)) {
    if (it.kind !== 'name') continue;
    const target = referenceAt(reading, it.span.start)?.target;
    if (target?.kind !== 'variable' && target?.kind !== 'parameter') continue;
    const { start } = target.definition;
    if (start < expression.span.start || start >= expression.span.end) found.add(start);
  }
  return found;
}
