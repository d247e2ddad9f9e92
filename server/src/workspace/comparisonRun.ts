/** `@compare` run: where two definitions of a metric part, by groups and by rows. */
import { actualText, crossModelName, differenceOf, type Compare, type Difference, type Grouped, type Parting } from '../expect/index.ts';
import type { ColumnRef } from '../plan/plan.ts';
import { onceForTwo } from './onceForTwo.ts';
import { measureText, metricQuery } from './queries.ts';
import { columnsOf, faultText, grouped, otherSide, readsWhole, tagResult, type ExpectationResult, type OtherSide, type TagContext } from './tagRun.ts';

/** Groups that are written out, and keys of rows on each side. */
const shownGroups = 10;
const shownRows = 5;
/** Characters of keys in one line; the first is written whatever its length. */
const keysLength = 120;

/**
 * Runs one `@compare`: over everything, by the columns of `by`, and by the key of `rows`.
 *
 * It fails when a group (a row, where no groups are asked for) is further apart than `within`, or when either side has
 * no values. BLANK and 0 are the same here.
 */
export async function runComparison(ctx: TagContext, metric: string, tag: Compare): Promise<ExpectationResult> {
  const failed = ({ text, ...how }: Fault): ExpectationResult => tagResult(ctx, 'comparison', metric, tag, { passed: false, ...how, expected: tag.other.text, actual: text });
  const { model, measures } = ctx.reading;
  if (model === undefined) return failed(unknown('no model is known for this text'));
  const [by, rows] = [columnsOf(tag.by), columnsOf(tag.rows)];
  const isRead = [...tag.where, ...tag.by, ...tag.rows].every(readsWhole) && by.length === tag.by.length && rows.length === tag.rows.length;
  if (!isRead || (crossModelName(tag.other) === undefined && !readsWhole(tag.other))) return failed(unknown('the tag has a syntax error'));
  const other = otherSide(ctx, tag.other, model);
  if (other === undefined) return failed(unknown('there is no such model'));

  const left = await breakdowns(ctx, tag, { model, expression: measureText(metric), measures }, [[], by, rows]);
  if ('text' in left) return failed(left);
  const right = await breakdowns(ctx, tag, other, [[], by, rows]);
  if ('text' in right) return failed(right);
  const difference = (at: number, most: number): Difference => {
    const [ours, theirs] = [left[at] ?? nothing, right[at] ?? nothing];
    return differed(ours, theirs, `${String(most)} ${String(tag.within)}`, () => differenceOf(ours, theirs, most, tag.within));
  };
  const [ofAll, groups, keyed] = [difference(0, 1), difference(1, shownGroups), difference(2, shownRows)];

  const names: Names = other.model === model ? [measureText(metric), tag.other.text] : [model.name, other.model.name];
  const details = [
    ...(partings(ofAll) === 0 ? [] : [ofAllText(left[0] ?? nothing, right[0] ?? nothing, names)]),
    ...(by.length === 0 ? [] : groupLines(groups, tag.by.map((it) => it.text).join(', '), names)),
    ...(rows.length === 0 ? [] : rowLines(keyed, tag.rows.map((it) => it.text).join(', '), names)),
  ];
  const [decisive, what] = by.length > 0 ? [groups, 'group'] as const : [keyed, 'row'] as const;
  return tagResult(ctx, 'comparison', metric, tag, {
    passed: decisive.beyondCount === 0,
    expected: tag.within === undefined ? tag.other.text : `${tag.other.text} within ${String(tag.within)}`,
    actual: decisive.beyondCount > 0 ? `${String(decisive.beyondCount)} of ${counted(decisive.groups, what)} further apart`
      : details.length === 0 ? 'the same' : 'not the same',
    details,
  });
}

/** Why a side has no values. */
interface Fault {
  readonly text: string;
  readonly notEvaluated?: true;
}

const unknown = (why: string): Fault => ({ text: `not evaluated: ${why}`, notEvaluated: true });

/** One side's values by each list of columns; nothing is asked for by no columns but the first time. Or why there are none. */
async function breakdowns(ctx: TagContext, tag: Compare, side: OtherSide, lists: readonly (readonly ColumnRef[])[]): Promise<readonly (Grouped | undefined)[] | Fault> {
  const asked = lists.filter((it, i) => i === 0 || it.length > 0);
  const answers = await ctx.workspace.evaluate(side.model, asked.map((by) => ({
    query: metricQuery({ expression: side.expression, name: 'value', by, where: tag.where.map((it) => it.text) }),
    measures: side.measures,
    ...(side.model === ctx.reading.model ? { defined: ctx.reading.defined } : {}),
  })), ctx.cancellation);
  const tables = new Map<readonly ColumnRef[], Grouped>();
  for (const [i, it] of answers.entries()) {
    if (it.kind !== 'table') return { text: faultText(it), ...(it.kind === 'notEvaluated' ? { notEvaluated: true } : {}) };
    const table = grouped(it);
    const fault = table.value.cells.flatMap((cell) => (typeof cell === 'object' && cell !== null && cell.cell !== 'variant' ? [cell] : []))[0];
    if (fault !== undefined) return { text: actualText(fault, table.value.type), ...(fault.cell === 'notEvaluated' ? { notEvaluated: true } : {}) };
    const list = asked[i];
    if (list !== undefined) tables.set(list, table);
  }
  return lists.map((it) => tables.get(it));
}

/** After most edits the answers are those of before. */
const differed = onceForTwo<Grouped, Difference>();

const nothing: Grouped = { keys: [], value: { name: '', type: 'blank', cells: [] } };

/** How the two sides are called: by their models, or in one model by their metrics. */
type Names = readonly [left: string, right: string];

const partings = (it: Difference): number => it.sides.left.count + it.sides.right.count + it.sides.both.count;

const counted = (count: number, what: string): string => `${String(count)} ${what}${count === 1 ? '' : 's'}`;

type Value = Parting['left'];

const cellText = (it: Value): string => actualText(it.cell, it.type);

/** Six digits tell two means or rates apart, or else all of them do. */
function valueTexts(left: Value, right: Value): readonly [string, string] {
  const short = (it: Value): string => (it.type === 'double' && typeof it.cell === 'number' && !Number.isInteger(it.cell) ? actualText(Number(it.cell.toPrecision(6)), it.type) : cellText(it));
  const texts = [short(left), short(right)] as const;
  return texts[0] === texts[1] ? [cellText(left), cellText(right)] : texts;
}

const keyText = (it: Parting): string => it.keys.map(cellText).join(', ');

const sidesText = (left: Value, right: Value, [here, there]: Names): string => {
  const [a, b] = valueTexts(left, right);
  return `${a} in ${here}, ${b} in ${there}`;
};

const ofAllText = (left: Grouped, right: Grouped, names: Names): string => {
  const value = (it: Grouped): Value => ({ cell: it.value.cells[0] ?? null, type: it.value.type });
  return sidesText(value(left), value(right), names);
};

function groupLines(it: Difference, by: string, names: Names): readonly string[] {
  const count = partings(it);
  if (count === 0) return [];
  const shown = [...it.sides.both.first, ...it.sides.left.first, ...it.sides.right.first].slice(0, shownGroups);
  return [
    `by ${by}, ${String(count)} of ${counted(it.groups, 'group')} part:`,
    ...shown.map((one) => `  ${keyText(one)}: ${sidesText(one.left, one.right, names)}`),
    ...(count > shown.length ? [`  and ${counted(count - shown.length, 'more group')}`] : []),
  ];
}

function rowLines(it: Difference, key: string, [here, there]: Names): readonly string[] {
  const count = partings(it);
  if (count === 0) return [];
  const { left, right, both } = it.sides;
  const line = (side: Difference['sides']['left'], what: string, text: (one: Parting) => string): readonly string[] => {
    if (side.count === 0) return [];
    const shown: string[] = [];
    for (const one of side.first.map(text)) {
      if (shown.length > 0 && shown.join(', ').length + one.length > keysLength) break;
      shown.push(one);
    }
    const more = side.count > shown.length ? ` and ${String(side.count - shown.length)} more` : '';
    return [`  ${String(side.count)} ${what}: ${shown.join(', ')}${more}`];
  };
  return [
    `by ${key}, ${String(count)} of ${counted(it.groups, 'row')} part:`,
    ...line(left, `only in ${here}`, keyText),
    ...line(right, `only in ${there}`, keyText),
    ...line(both, 'in both with another value', (one) => `${keyText(one)} (${valueTexts(one.left, one.right).join(' and ')})`),
  ];
}
