/**
 * The conditions of DAX as a metric page writes them: `entity.attribute = code (Label)`.
 *
 * Conditions are the filters of CALCULATE and FILTER, the questions of IF and of SWITCH(TRUE(), ..), and what is compared
 * elsewhere. A filter that Dataverse has no words for is said in DAX; of a question only what concerns attributes is said.
 */
import { codeOf } from '../../analysis/bind/codes.ts';
import type { Bound } from '../../analysis/index.ts';
import { keepsAll, keptBy, operandsOf } from '../../lint/codes/kept.ts';
import type { SegmentContext } from '../../lint/index.ts';
import { argumentAt, textOf, unwrap, valueOf, visit } from '../../lint/tree.ts';
import { nameKey, type Choice, type Column, type Model, type RowValue } from '../../model/model.ts';
import type { Argument, Binary, Call, Expression } from '../../../../grammar/src/tree.ts';
import { inMarkdown, literalText } from './markdown.ts';

/** A condition in the words of a page. */
export interface Said {
  readonly text: string;
  /** `entity.attribute` that it asks, by `nameKey`. */
  readonly attributes: readonly string[];
  /** Codes and values that it names. */
  readonly values: readonly string[];
  /** It asks whether one attribute is one of some values: such conditions can be joined. */
  readonly isAnyOf?: true;
}

export interface ConditionScope {
  readonly bound: Bound;
  readonly model: Model;
  /** Whether an attribute of Dataverse is known to hold yes or no. */
  isBoolean(attribute: string): boolean;
  /** Whether a column holds the values of its attribute, and is not only made from them. */
  holds(column: Column): boolean;
}

/** The conditions of a definition, in order of place. */
export function conditionsOf(scope: ConditionScope): readonly Said[] {
  const found: Said[] = [];
  const told = new Set<Expression>();
  const ask = (it: Expression, isFilter: boolean): void => {
    if (isNoFilter(scope, it)) return;
    for (const part of operandsOf(it, 'and')) {
      if (told.has(part)) continue;
      const said = condition(scope, part, false) ?? (isFilter ? inDax(scope, part) : undefined);
      if (said === undefined) continue;
      told.add(part);
      found.push(said);
    }
  };
  visit(scope.bound, (it) => {
    if (told.has(it)) return false;
    if (it.kind === 'call') askCall(scope, it, ask);
    else if (it.kind === 'binary' && (comparisons.has(it.operator) || it.operator === 'IN')) ask(it, false);
    return !told.has(it);
  });
  return joined(found);
}

/** One filter, and the conditions that it consists of. */
export function filterSaid(scope: ConditionScope, filter: Expression): readonly Said[] {
  return isNoFilter(scope, filter) ? [] : operandsOf(filter, 'and').map((it) => condition(scope, it, false) ?? inDax(scope, it));
}

/** Whether a condition lets every code through: a page need not tell it. */
function isNoFilter({ bound, model }: ConditionScope, it: Expression): boolean {
  const ctx: SegmentContext = { segment: bound.segment, bound, model, measures: new Map(), place: 'model', defines: undefined, isSound: true };
  const kept = keptBy(ctx, it);
  return kept !== undefined && keepsAll(kept);
}

/** Conditions on one attribute from different places let through what any of them does. */
export function joined(all: readonly Said[]): readonly Said[] {
  const kept = new Map<string, Said>();
  for (const it of all) {
    const key = it.isAnyOf === true ? `any ${it.attributes[0] ?? ''}` : it.text;
    const before = kept.get(key);
    if (before === undefined) kept.set(key, it);
    else if (it.isAnyOf === true) {
      const texts = new Set([...before.text.split(' or '), ...it.text.split(' or ')]);
      kept.set(key, { ...before, text: [...texts].join(' or '), values: [...new Set([...before.values, ...it.values])] });
    }
  }
  return [...kept.values()];
}

type Ask = (it: Expression, isFilter: boolean) => void;

/** Arguments of CALCULATE that take filters away or choose a way between tables. */
const modifiers: ReadonlySet<string> = new Set([
  'ALL', 'ALLEXCEPT', 'ALLSELECTED', 'ALLNOBLANKROW', 'ALLCROSSFILTERED', 'REMOVEFILTERS', 'USERELATIONSHIP', 'CROSSFILTER', 'VALUES', 'DISTINCT',
]);

function askCall(scope: ConditionScope, it: Call, ask: Ask): void {
  const first = argumentAt(it, 0);
  switch (it.name.toUpperCase()) {
    case 'CALCULATE': case 'CALCULATETABLE':
      for (const filter of it.args.slice(1)) askFilter(scope, filter, ask);
      break;
    case 'FILTER': {
      const test = argumentAt(it, 1);
      if (test !== undefined) ask(test, true);
      break;
    }
    case 'IF':
      if (first !== undefined) ask(first, false);
      break;
    case 'SWITCH':
      if (first !== undefined && isTrue(unwrap(first))) {
        it.args.forEach((test, i) => {
          if (i % 2 === 1 && i < it.args.length - 1 && test.kind !== 'omitted') ask(test, false);
        });
      }
      break;
    default:
      break;
  }
}

function askFilter(scope: ConditionScope, filter: Argument, ask: Ask): void {
  if (filter.kind === 'omitted') return;
  const it = valueOf(scope, filter);
  const name = it.kind === 'call' ? it.name.toUpperCase() : '';
  if (it.kind === 'call' && name === 'KEEPFILTERS') {
    if (it.args[0] !== undefined) askFilter(scope, it.args[0], ask);
  } else if (it.kind === 'missing' || name === 'FILTER' || modifiers.has(name)) return;
  else ask(it, true);
}

const comparisons: ReadonlySet<string> = new Set(['=', '==', '<>', '<', '>', '<=', '>=']);
const mirrored: Readonly<Record<string, string>> = { '=': '=', '==': '=', '<>': '<>', '<': '>', '>': '<', '<=': '>=', '>=': '<=' };
const opposite: Readonly<Record<string, string>> = { '=': '<>', '==': '<>', '<>': '=', '<': '>=', '>': '<=', '<=': '>', '>=': '<' };

/** @returns undefined where it does not ask attributes alone */
function condition(scope: ConditionScope, expression: Expression, negated: boolean): Said | undefined {
  const it = valueOf(scope, expression);
  if (it.kind === 'unary' && it.operator === 'NOT') return condition(scope, it.operand, !negated);
  if (it.kind === 'call') return byCall(scope, it, negated);
  if (it.kind === 'column') return flag(scope, it, true, negated);
  if (it.kind !== 'binary') return undefined;
  if (it.operator === '||' || it.operator === '&&') return several(scope, operandsOf(it, it.operator === '||' ? 'or' : 'and'), it.operator === '||', negated);
  if (it.operator === 'IN') return list(scope, it.left, it.right, negated);
  return comparisons.has(it.operator) ? comparison(scope, it, negated) : undefined;
}

function byCall(scope: ConditionScope, it: Call, negated: boolean): Said | undefined {
  const [first, second] = [argumentAt(it, 0), argumentAt(it, 1)];
  if (first === undefined) return undefined;
  switch (it.name.toUpperCase()) {
    case 'NOT': return condition(scope, first, !negated);
    case 'OR': return several(scope, operandsOf(it, 'or'), true, negated);
    case 'AND': return several(scope, operandsOf(it, 'and'), false, negated);
    case 'ISBLANK': return nullTest(scope, first, negated);
    case 'TREATAS': return second === undefined || it.args.length !== 2 ? undefined : list(scope, second, first, negated);
    case 'CONTAINSROW': return second === undefined || it.args.length !== 2 ? undefined : list(scope, second, first, negated);
    case 'CONTAINSSTRING': {
      const subject = subjectOf(scope, first);
      const value = second === undefined || subject === undefined ? undefined : written(scope, subject, second);
      return subject === undefined || value === undefined ? undefined : one(subject, negated ? 'does not contain' : 'contains', value);
    }
    default: return undefined;
  }
}

/** NOT turns OR into AND and back. */
function several(scope: ConditionScope, parts: readonly Expression[], isOr: boolean, negated: boolean): Said | undefined {
  const said = parts.flatMap((it) => condition(scope, it, negated) ?? []);
  if (said.length !== parts.length || said.length === 0) return undefined;
  const asOr = isOr !== negated;
  const attributes = [...new Set(said.flatMap((it) => it.attributes))];
  const isAnyOf = asOr && attributes.length === 1 && said.every((it) => it.isAnyOf === true);
  const text = said.map((it) => (!asOr && it.text.includes(' or ') ? `(${it.text})` : it.text)).join(asOr ? ' or ' : ' and ');
  return { text, attributes, values: said.flatMap((it) => it.values), ...(isAnyOf ? { isAnyOf: true as const } : {}) };
}

interface Subject {
  readonly column: Column;
  /** `entity.attribute`. */
  readonly attribute: string;
  readonly choice: Choice | undefined;
  /** The column is made from the attribute and holds something else. */
  readonly isMade: boolean;
}

/** The attribute whose values an expression gives. */
function subjectOf({ bound, model, holds }: ConditionScope, expression: Expression): Subject | undefined {
  const it = unwrap(expression);
  const inner = it.kind === 'call' && it.name.toUpperCase() === 'RELATED' ? argumentAt(it, 0) : undefined;
  const column = bound.columnOf(inner ?? it)?.column;
  if (column?.dataverse === undefined) return undefined;
  return { column, attribute: column.dataverse, choice: column.choice === undefined ? undefined : model.choices.get(nameKey(column.choice)), isMade: !holds(column) };
}

interface Written {
  readonly text: string;
  readonly value: string;
  /** A word for yes or no in a text: attributes of Dataverse hold none. */
  readonly isFlag: boolean;
}

function one({ attribute, column, isMade }: Subject, how: string, { text, value, isFlag }: Written): Said {
  const attributes = [nameKey(attribute)];
  // What is asked of a column that is made from the attribute is not asked of the attribute.
  if (isMade || isFlag) return { text: `${inMarkdown(column.name)} ${how} ${text}, obtained from ${inMarkdown(attribute)}`, attributes, values: [] };
  return { text: `${inMarkdown(attribute)} ${how} ${text}`, attributes, values: [value], ...(how === '=' ? { isAnyOf: true as const } : {}) };
}

function comparison(scope: ConditionScope, it: Binary, negated: boolean): Said | undefined {
  const swapped = subjectOf(scope, it.left) === undefined;
  const [left, right] = swapped ? [it.right, it.left] : [it.left, it.right];
  const turned = swapped ? mirrored[it.operator] : it.operator;
  const operator = negated ? opposite[turned ?? ''] : turned;
  const subject = subjectOf(scope, left);
  if (subject === undefined || operator === undefined) return undefined;
  const isEqual = operator === '=' || operator === '==';
  const value = valueOf(scope, right);
  if (value.kind === 'call' && value.name.toUpperCase() === 'BLANK') return isEqual || operator === '<>' ? nullTest(scope, left, !isEqual) : undefined;
  const constant = constantOf(value);
  if ((isEqual || operator === '<>') && constant !== undefined && (typeof constant === 'boolean' || subject.column.nulls !== undefined)) {
    return flag(scope, left, constant, !isEqual);
  }
  const text = written(scope, subject, right);
  if (text?.isFlag === true && scope.isBoolean(subject.attribute) && (isEqual || operator === '<>')) {
    const isYes = ['1', 'true', 'yes', 'y'].includes(nameKey(text.value));
    return { text: `${inMarkdown(subject.attribute)} ${isEqual ? '=' : '!='} ${String(isYes)}`, attributes: [nameKey(subject.attribute)], values: [] };
  }
  return text === undefined ? undefined : one(subject, isEqual ? '=' : operator === '<>' ? '!=' : operator, text);
}

/** Longer lists are no sentence. */
const mostValues = 50;

function list(scope: ConditionScope, value: Expression, table: Expression, negated: boolean): Said | undefined {
  const subject = subjectOf(scope, value);
  const rows = valueOf(scope, table);
  if (subject === undefined || rows.kind !== 'constructor' || rows.rows.length > mostValues) return undefined;
  const said = rows.rows.map((row) => (row.kind === 'omitted' ? undefined : written(scope, subject, row))).filter((it) => it !== undefined);
  if (said.length !== rows.rows.length || said.length === 0) return undefined;
  const parts = said.map((it) => one(subject, negated ? '!=' : '=', it));
  return {
    text: parts.map((it) => it.text).join(negated ? ' and ' : ' or '), attributes: [nameKey(subject.attribute)], values: said.map((it) => it.value),
    ...(negated ? {} : { isAnyOf: true as const }),
  };
}

function nullTest(scope: ConditionScope, expression: Expression, negated: boolean): Said | undefined {
  const subject = subjectOf(scope, expression);
  // A column that is made from a null test is never blank itself.
  if (subject === undefined || subject.column.nulls !== undefined || subject.isMade) return undefined;
  return { text: `${inMarkdown(subject.attribute)} is ${negated ? 'not ' : ''}null`, attributes: [nameKey(subject.attribute)], values: [] };
}

/** A column that is true or false, or has a value that stands for it: an attribute of that kind, or made from a null test. */
function flag(scope: ConditionScope, expression: Expression, value: RowValue, negated: boolean): Said | undefined {
  const subject = subjectOf(scope, expression);
  if (subject === undefined) return undefined;
  const { column, attribute } = subject;
  const attributes = [nameKey(attribute)];
  const name = inMarkdown(attribute);
  const { nulls } = column;
  if (nulls !== undefined) {
    const [whereNull, whereNot] = [nulls.null === value, nulls.notNull === value];
    if (whereNull === whereNot) return undefined;
    const test = `${name} is ${whereNull === negated ? 'not ' : ''}null`;
    return { text: value === true && !negated ? `${inMarkdown(column.name)} is obtained from ${test}` : test, attributes, values: [] };
  }
  if (typeof value !== 'boolean') return undefined;
  if (scope.isBoolean(attribute)) return { text: `${name} ${negated ? '!=' : '='} ${String(value)}`, attributes, values: [String(value)] };
  const isMeant = value !== negated;
  return { text: isMeant ? `${inMarkdown(column.name)} is obtained from ${name}` : `Not ${inMarkdown(column.name)}, which is obtained from ${name}`, attributes, values: [] };
}

const isTrue = (it: Expression): boolean => it.kind === 'boolean' ? it.value : it.kind === 'call' && it.name.toUpperCase() === 'TRUE';

function constantOf(it: Expression): RowValue | undefined {
  if (it.kind === 'boolean' || it.kind === 'string' || it.kind === 'number') return it.value;
  if (it.kind !== 'call' || it.args.length > 0) return undefined;
  const name = it.name.toUpperCase();
  return name === 'TRUE' ? true : name === 'FALSE' ? false : undefined;
}

/** A literal as a page writes it, a code with its label. */
function written(scope: ConditionScope, { choice }: Subject, expression: Expression): Written | undefined {
  const it = valueOf(scope, expression);
  const constant = it.kind === 'unary' && it.operator === '-' && it.operand.kind === 'number' ? -it.operand.value : constantOf(it);
  if (constant === undefined || constant === null) return undefined;
  const code = it.kind === 'number' ? codeOf(it.text) : typeof constant === 'string' ? codeOf(constant.trim()) : undefined;
  const option = code === undefined ? undefined : choice?.options.get(code);
  if (code !== undefined && option !== undefined) return { text: `${code} (${inMarkdown(option.label)})`, value: code, isFlag: false };
  return { text: literalText(constant), value: String(constant), isFlag: choice === undefined && typeof constant === 'string' && flagWords.has(nameKey(constant)) };
}

const flagWords: ReadonlySet<string> = new Set(['0', '1', 'true', 'false', 'yes', 'no', 'y', 'n']);

/** A filter that only DAX has words for. */
function inDax(scope: ConditionScope, it: Expression): Said {
  const attributes = new Set<string>();
  for (const { span, target } of scope.bound.references) {
    if (target.kind === 'column' && target.column.dataverse !== undefined && span.start >= it.span.start && span.end <= it.span.end) attributes.add(nameKey(target.column.dataverse));
  }
  return { text: daxCode(textOf(scope.bound, it)), attributes: [...attributes], values: [] };
}

/** Longest condition that is shown, in UTF-16 units. */
const longestDax = 200;

function daxCode(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const shown = line.length > longestDax ? `${line.slice(0, longestDax)}…` : line;
  return shown.includes('`') ? inMarkdown(shown) : `\`${shown}\``;
}
