/** Why a function of the table has no value: the one place that says so, for the list of functions and for messages. */
import type { FunctionSpec } from './spec.ts';

const internal = 'it belongs to the queries that composite models send each other, and what it does there is documented only by name';

const calendar = 'it works on a calendar of the model, which model files do not declare';

/** By name; functions of the classes in `classOf` need no line here. */
const reasons: ReadonlyMap<string, string> = new Map<string, string>([
  ['APPROXIMATEDISTINCTCOUNT', 'it is an estimate that a DirectQuery source makes of its own rows'],
  ['EXTERNALMEASURE', 'it asks another model for a value'],
  ['SAMPLEAXISWITHLOCALMINMAX', 'how it chooses its points is not documented'],
  ['SAMPLECARTESIANPOINTSBYCOVER', 'how it chooses its points is not documented'],
  ['TOJSON', 'where its text has blanks and line breaks is not documented'],
  ...['CLOSINGBALANCEWEEK', 'DATESWTD', 'ENDOFWEEK', 'NEXTWEEK', 'OPENINGBALANCEWEEK', 'PREVIOUSWEEK', 'STARTOFWEEK', 'TOTALWTD'].map((it): readonly [string, string] => [it, calendar]),
  ['ALLSELECTEDAPPLY', internal],
  ['ALLSELECTEDREMOVE', internal],
  ['ALWAYSAPPLY', internal],
  ['SHADOWCLUSTER', internal],
]);

/**
 * The class that a function belongs to when the whole class is left out, and why it is.
 *
 * @returns undefined for a function of a class that is evaluated
 */
export function classLeftOut({ name, category, only }: FunctionSpec): { readonly title: string; readonly why: string } | undefined {
  if (category === 'info' && !name.startsWith('INFO.VIEW.')) {
    return { title: 'INFO functions', why: 'they tell about a running server and its storage, which a model file does not have' };
  }
  if (only === 'visual-calculation') {
    return { title: 'Visual calculations', why: 'they work on the matrix of a visual, which a metric is not' };
  }
  return undefined;
}

/** Why a function is not evaluated, as the end of a sentence; undefined where nothing says so. */
export const whyLeftOut = (spec: FunctionSpec): string | undefined => classLeftOut(spec)?.why ?? reasons.get(spec.name);
