/**
 * Calls of functions that DAX text defines, put in before lowering: a function is a macro, whose body stands at the place
 * of the call (sqlbi, DAX internals, user-defined functions). A VAL argument becomes a variable around the body, an EXPR
 * argument stands wherever the body names its parameter.
 *
 * Nothing catches a name that is not its own: variables are told apart by a number behind their name, those of the caller
 * as well as those of the body, and a parameter is put in by the node that names it.
 */
import { children, walk } from '../../../../grammar/src/index.ts';
import type {
  Argument, Call, Expression, FunctionParameter, NameReference, ParameterSubtype, Span, VarBlock,
} from '../../../../grammar/src/tree.ts';
import { wayText } from '../../base/circles.ts';
import { functionNamed } from '../../functions/index.ts';
import { nameKey } from '../../model/model.ts';
import type { Reason } from '../../plan/values.ts';
import type { DefinedFunction } from '../bound.ts';
import { findTable, unwrap, type Names } from '../scope.ts';
import { noFeature, syntaxError, typeError } from './context.ts';

/** Nodes that one expression may grow to, each counted as often as it is evaluated. */
const mostNodes = 50_000;
/** Nodes made for one expression. */
const mostWork = 100_000;
/** Levels of an expression with all functions put in; lowering follows them by recursion. */
const deepest = 600;
/** Functions that call one another. */
const longestPath = 60;

/** Why a call could not be put in; it stands in the tree as it was. */
const troubles = new WeakMap<Call, Reason>();

export const troubleOfExpansion = (call: Call): Reason | undefined => troubles.get(call);

/** The name of a variable as its author wrote it. */
export const writtenName = (name: string): string => name.split(mark, 1)[0] ?? name;
const mark = '\u0000';

/** The expression with every call of a function of `names` put in; the same object where there is none. */
export function withFunctions(expression: Expression, names: Names): Expression {
  if (names.functions.size === 0 || !callsAny(expression, names)) return expression;
  try {
    return new Expansion(names).inside(expression, { variables: new Map(), parameters: new Map(), path: [], span: undefined });
  } catch (fault) {
    if (fault !== tooMuch) throw fault;
    // All calls of the text are left as they are: what a part of them would come to is nobody's question.
    walk(expression, (it) => {
      if (it.kind === 'call' && names.functions.has(it.name.toUpperCase())) troubles.set(it, tooLarge());
    });
    return expression;
  }
}

/** Raised when an expression outgrows its limits. */
const tooMuch = new Error('too large');
/** Made when it is met: to write a number as people do takes 20 ms of a start, which loads the tables of the world's languages. */
const tooLarge = (): Reason => ({ id: 'limit', what: 'depth', limit: `${mostNodes.toLocaleString('en-US')} parts of an expression with its functions put in` });

function callsAny(expression: Expression, { functions }: Names): boolean {
  let found = false;
  walk(expression, (it) => {
    if (it.kind === 'call' && functions.has(it.name.toUpperCase())) found = true;
    return !found;
  });
  return found;
}

/** Where a part of a tree comes from. */
interface Place {
  /** Names that variables have here, by key of the name as written. */
  readonly variables: ReadonlyMap<string, string>;
  /** What stands for each parameter, by key. */
  readonly parameters: ReadonlyMap<string, Expression>;
  /** Functions whose bodies lie around this, outermost first. */
  readonly path: readonly string[];
  /** The call in the caller's text to which all of a body belongs; undefined in that text itself. */
  readonly span: Span | undefined;
}

/** One expression with its functions put in. */
class Expansion {
  readonly #names: Names;
  readonly #sizes = new Map<Argument, { readonly nodes: number; readonly depth: number }>();
  #next = 1;
  #made = 0;
  #depth = 0;

  constructor(names: Names) {
    this.#names = names;
  }

  inside(it: Expression, place: Place): Expression {
    if (++this.#made > mostWork || ++this.#depth > deepest) throw tooMuch;
    const put = this.#put(it, place);
    this.#depth--;
    return put;
  }

  #put(it: Expression, place: Place): Expression {
    const at = { span: place.span ?? it.span };
    switch (it.kind) {
      case 'number': case 'string': case 'boolean': case 'date': case 'parameter': case 'column': case 'missing':
        return place.span === undefined ? it : { ...it, ...at };
      case 'name': return this.#name(it, place);
      case 'call': return this.#call({ ...it, ...at }, place);
      case 'unary': return { ...it, ...at, operand: this.inside(it.operand, place) };
      case 'binary': return { ...it, ...at, left: this.inside(it.left, place), right: this.inside(it.right, place) };
      case 'parenthesized': return { ...it, ...at, expression: this.inside(it.expression, place) };
      case 'tuple': return { ...it, ...at, items: it.items.map((item) => this.inside(item, place)) };
      case 'constructor': return { ...it, ...at, rows: it.rows.map((row) => this.#argument(row, place)) };
      case 'var': return this.#block(it, place);
    }
  }

  #argument(it: Argument, place: Place): Argument {
    return it.kind === 'omitted' ? it : this.inside(it, place);
  }

  #name(it: NameReference, place: Place): Expression {
    const span = place.span ?? it.span;
    if (it.name.quoted) return { ...it, span };
    const key = nameKey(it.name.text);
    const variable = place.variables.get(key);
    if (variable !== undefined) return named(variable, span);
    const argument = place.parameters.get(key);
    if (argument !== undefined) return argument;
    // In a body a table is a table, whatever a query calls its variables.
    const isTable = place.path.length > 0 && findTable(this.#names, it.name.text) !== undefined;
    return { kind: 'name', name: { ...it.name, quoted: isTable }, span };
  }

  #block(it: VarBlock, place: Place): VarBlock {
    const variables = new Map(place.variables);
    const inner = { ...place, variables };
    const seen = new Set<string>();
    const own = it.variables.map((variable) => {
      const value = this.inside(variable.value, inner);
      const key = nameKey(variable.name.text);
      // A name that stands twice stays one name, so that the fault is seen.
      const name = (seen.has(key) ? variables.get(key) : undefined) ?? this.#fresh(variable.name.text);
      seen.add(key);
      variables.set(key, name);
      return { ...variable, name: { ...variable.name, text: name }, value };
    });
    return { ...it, span: place.span ?? it.span, variables: own, body: this.inside(it.body, inner) };
  }

  #fresh(name: string): string {
    return `${name}${mark}${String(this.#next++)}`;
  }

  #call(call: Call, place: Place): Expression {
    const plain = { ...call, args: call.args.map((it) => this.#argument(it, place)) };
    // A function of DAX keeps its name.
    const target = functionNamed(call.name) === undefined ? this.#names.functions.get(call.name.toUpperCase()) : undefined;
    if (target === undefined) return plain;
    const refused = (reason: Reason): Call => {
      troubles.set(plain, reason);
      return plain;
    };
    const { path } = place;
    const again = path.findIndex((it) => it.toUpperCase() === target.name.toUpperCase());
    if (again >= 0) return refused({ id: 'circular-dependency', path: wayText([...path.slice(again), target.name], (it) => it) });
    if (target.segment.problems.length > 0 || call.close === undefined) return refused(syntaxError);
    if (path.length >= longestPath) throw tooMuch;
    const bound = this.#arguments(plain, target);
    if ('id' in bound) return refused(bound);
    const span = place.span ?? call.span;
    const inner: Place = { variables: new Map(), parameters: bound.parameters, path: [...path, target.name], span };
    const body = this.inside(target.definition.body, inner);
    const result: Expression = bound.values.length === 0
      ? { kind: 'parenthesized', expression: body, span }
      : { kind: 'var', variables: bound.values, body, span };
    const size = this.#sizeOf(result);
    if (size.nodes > mostNodes || size.depth > deepest) throw tooMuch;
    return result;
  }

  /** What stands for each parameter, and the variables that hold arguments that are evaluated once. */
  #arguments(call: Call, { name, definition }: DefinedFunction): { readonly parameters: ReadonlyMap<string, Expression>; readonly values: VarBlock['variables'] } | Reason {
    const given = new Map<string, Expression>();
    const values: VarBlock['variables'][number][] = [];
    if (call.args.length > definition.parameters.length) return typeError(`${name} does not take ${String(call.args.length)} arguments`);
    for (const [i, parameter] of definition.parameters.entries()) {
      const key = nameKey(parameter.name);
      if (given.has(key)) return typeError(`the parameter ${parameter.name} of ${name} is defined twice`);
      const argument = this.#given(call, call.args[i], parameter);
      if (argument === undefined) return typeError(`${name} needs a value for ${parameter.name}`);
      const fault = faultOf(argument, parameter, name, this.#names);
      if (fault !== undefined) return fault;
      const value = converted(argument, parameter);
      if (isExpression(parameter)) given.set(key, value);
      else {
        const variable = this.#fresh(parameter.name);
        values.push({ name: { text: variable, quoted: false, span: argument.span }, value, span: argument.span });
        given.set(key, named(variable, call.span));
      }
    }
    return { parameters: given, values };
  }

  /** The argument, or what stands in for one that is left out: the default belongs to no place of the caller's. */
  #given(call: Call, argument: Argument | undefined, { defaultValue }: FunctionParameter): Expression | undefined {
    if (argument !== undefined && argument.kind !== 'omitted') return argument;
    if (defaultValue === undefined) return undefined;
    return this.inside(defaultValue, { variables: new Map(), parameters: new Map(), path: [call.name], span: call.span });
  }

  #sizeOf(it: Argument): { readonly nodes: number; readonly depth: number } {
    const known = this.#sizes.get(it);
    if (known !== undefined) return known;
    let nodes = 1;
    let depth = 0;
    for (const child of children(it)) {
      const its = this.#sizeOf(child);
      nodes += its.nodes;
      depth = Math.max(depth, its.depth);
    }
    const size = { nodes, depth: depth + 1 };
    this.#sizes.set(it, size);
    return size;
  }
}

const named = (text: string, span: Span): NameReference => ({ kind: 'name', name: { text, quoted: false, span }, span });

/** Whether an argument is put in as it stands: references are, and what says EXPR. */
const isExpression = ({ type, passing }: FunctionParameter): boolean =>
  passing?.value === 'EXPR' || (type !== undefined && type.value.endsWith('REF'));

/** Why an argument is not what its parameter takes, as far as its form tells. */
function faultOf(argument: Expression, { type, name: parameter }: FunctionParameter, name: string, names: Names): Reason | undefined {
  const it = unwrap(argument);
  const wanted = (what: string): Reason => typeError(`${name} wants ${what} for ${parameter}`);
  switch (type?.value) {
    case 'COLUMNREF': return it.kind === 'column' ? undefined : wanted('a column');
    case 'MEASUREREF': return it.kind === 'column' && names.measures.has(nameKey(it.column.text)) ? undefined : wanted('a metric');
    case 'TABLEREF': return it.kind === 'name' && findTable(names, it.name.text) !== undefined ? undefined : wanted('a table of the model');
    case 'CALENDARREF': return noFeature('calendars', 'are');
    default: return undefined;
  }
}

const words: Readonly<Record<ParameterSubtype, string | undefined>> = {
  INT64: 'INTEGER', DECIMAL: 'CURRENCY', DOUBLE: 'DOUBLE', STRING: 'STRING', DATETIME: 'DATETIME', BOOLEAN: 'BOOLEAN',
  // A variant is any value, and what text becomes as NUMERIC is not documented: the value stays what it is.
  VARIANT: undefined, NUMERIC: undefined,
};

/** The argument in the type that the parameter's subtype asks for. */
function converted(argument: Expression, { subtype }: FunctionParameter): Expression {
  const word = subtype === undefined ? undefined : words[subtype.value];
  if (word === undefined) return argument;
  const { span } = argument;
  return { kind: 'call', name: 'CONVERT', nameSpan: span, args: [argument, named(word, span)], open: span, commas: [span], close: span, span };
}
