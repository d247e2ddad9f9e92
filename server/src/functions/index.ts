/** The function table: every function of DAX by name, whatever its capitals. */
import type { FunctionSpec } from './spec.ts';
import { aggregation } from './aggregation.ts';
import { dateTime } from './dateTime.ts';
import { filterContext } from './filterContext.ts';
import { financial } from './financial.ts';
import { info } from './info.ts';
import { information } from './information.ts';
import { internal } from './internal.ts';
import { logical } from './logical.ts';
import { math } from './math.ts';
import { other } from './other.ts';
import { parentChild } from './parentChild.ts';
import { relationship } from './relationship.ts';
import { statistical } from './statistical.ts';
import { tableManipulation } from './tableManipulation.ts';
import { textFunctions } from './text.ts';
import { timeIntelligence } from './timeIntelligence.ts';
import { visual } from './visual.ts';

const families = [
  aggregation, dateTime, filterContext, financial, info, information, internal, logical, math, other, parentChild,
  relationship, statistical, tableManipulation, textFunctions, timeIntelligence, visual,
] as const;

/** Names of all functions, upper case: the key of tables that must cover each function. */
export type FunctionName = (typeof families)[number][number]['name'];

/** In alphabetical order. */
export const allFunctions: readonly (FunctionSpec & { readonly name: FunctionName })[] =
  families.flat().sort((a, b) => (a.name < b.name ? -1 : 1));

const byName: ReadonlyMap<string, FunctionSpec & { readonly name: FunctionName }> =
  new Map(allFunctions.map((it) => [it.name, it]));

/** The function of that name, in any spelling of capitals; undefined when DAX has none. */
export const functionNamed = (name: string): (FunctionSpec & { readonly name: FunctionName }) | undefined =>
  byName.get(name.toUpperCase());
