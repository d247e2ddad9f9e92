// The function table against the facts of the DAX reference: each function, its parameters, result, category, page and flags.
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { allFunctions, functionNamed } from '../../server/src/functions/index.ts';
import type { FunctionCategory, FunctionSpec, ParameterSpec } from '../../server/src/functions/spec.ts';
import { readReference } from './reference.ts';

/** One page of the reference; a function with two pages has two. */
interface Fact {
  readonly name: string;
  readonly file: string;
  readonly category: string;
  readonly overloads: readonly {
    readonly params: readonly { readonly optional: boolean; readonly repeating: boolean }[];
    readonly minArgs: number;
    readonly maxArgs: number | null;
  }[];
  readonly returns: string;
  readonly deprecated: boolean;
  readonly discouraged: boolean;
  readonly appliesTo: Readonly<Record<string, 'yes' | 'no' | 'discouraged'>>;
}

const facts = readReference('reference/functions.json') as readonly Fact[];
const factsByName = new Map(facts.map((it) => [it.name, facts.filter((other) => other.name === it.name)]));

/** Bounds that differ from the printed syntax, and why. */
const otherBounds: ReadonlyMap<string, string> = new Map([
  ['GROUPCROSSAPPLY', 'told apart by form: groups may be missing as in SUMMARIZECOLUMNS'],
  ['GROUPCROSSAPPLYTABLE', 'told apart by form: groups may be missing as in SUMMARIZECOLUMNS'],
  ['STARTOFYEAR', 'takes the end of the fiscal year like ENDOFYEAR'],
]);

/** Parameter lists that are written in another way than the printed syntax, and why. */
const otherForms: ReadonlyMap<string, string> = new Map([
  ...['ALL', 'ALLNOBLANKROW', 'ALLSELECTED', 'REMOVEFILTERS'].map((it) => [it, 'one repeating parameter instead of a first one and more of its kind'] as const),
  ...['COALESCE', 'COMBINEVALUES', 'CROSSJOIN', 'UNION'].map((it) => [it, 'two at least: the first one stands by itself'] as const),
  ...['COLLAPSE', 'COLLAPSEALL', 'EXPAND', 'EXPANDALL'].map((it) => [it, 'four printed forms in one: an expression, an axis or columns'] as const),
  ...['ISAFTER', 'ISONORAFTER'].map((it) => [it, 'left and right side stand as two parameters'] as const),
  ...['LOOKUP', 'LOOKUPWITHTOTALS'].map((it) => [it, 'the expression stands before the pairs'] as const),
  ...['LOOKUPVALUE', 'SWITCH'].map((it) => [it, 'what follows the last pair is kept as `last`'] as const),
  ...['GROUPCROSSAPPLY', 'GROUPCROSSAPPLYTABLE', 'STARTOFYEAR'].map((it) => [it, 'as their bounds'] as const),
]);

/** Results that differ from the reference, and why. */
const otherResults: ReadonlyMap<string, string> = new Map([
  ['EVALUATEANDLOG', 'gives back what it is given, a table too'],
  ['INDEX', 'gives a row of a table'],
]);

const categories: Readonly<Record<string, FunctionCategory>> = {
  'Aggregation functions': 'aggregation',
  'Date and time functions': 'date-time',
  'Filter functions': 'filter',
  'Financial functions': 'financial',
  'INFO functions': 'info',
  'Information functions': 'information',
  'Logical functions': 'logical',
  'Math and trig functions': 'math',
  'Other functions': 'other',
  'Parent and child functions': 'parent-child',
  'Relationship functions': 'relationship',
  'Statistical functions': 'statistical',
  'Table manipulation functions': 'table',
  'Text functions': 'text',
  'Time intelligence functions': 'time-intelligence',
  'Visual calculation': 'visual',
  '(not in the table of contents)': 'other',
};

const specOf = (name: string): FunctionSpec => {
  const spec = functionNamed(name);
  if (spec === undefined) throw new Error(`no function ${name}`);
  return spec;
};

const formOf = (parameters: readonly Pick<ParameterSpec, 'optional' | 'repeating'>[]): string =>
  parameters.map((it) => `${it.repeating ? 'each' : 'one'}${it.optional ? '?' : ''}`).join(' ');

describe('against the reference', () => {
  it('the table has these functions and no others', () => {
    expect(allFunctions.map((it) => it.name)).toEqual([...factsByName.keys()].sort());
    expect(factsByName.size).toBe(478);
  });

  it('argument counts agree', () => {
    const wrong = [...factsByName].flatMap(([name, all]) => {
      const overloads = all.flatMap((it) => it.overloads);
      const least = Math.min(...overloads.map((it) => it.minArgs));
      const most = overloads.some((it) => it.maxArgs === null) ? undefined : Math.max(...overloads.map((it) => it.maxArgs ?? 0));
      const spec = specOf(name);
      return spec.minArguments === least && spec.maxArguments === most ? [] : [name];
    });
    expect(wrong).toEqual([...otherBounds.keys()].sort());
  });

  it('each printed form has its parameters', () => {
    const wrong = [...factsByName].flatMap(([name, all]) => {
      const spec = specOf(name);
      const own = [spec.parameters, ...(spec.otherForm === undefined ? [] : [spec.otherForm])].map(formOf);
      return all.every((it) => it.overloads.every((form) => own.includes(formOf(form.params)))) ? [] : [name];
    });
    expect(wrong).toEqual([...otherForms.keys()].sort());
  });

  it('results agree', () => {
    const wrong = facts.flatMap((it) => (specOf(it.name).returns === it.returns ? [] : [it.name]));
    expect(wrong).toEqual([...otherResults.keys()].sort());
  });

  it('categories and pages agree', () => {
    for (const [name, all] of factsByName) {
      expect(all.map((it) => categories[it.category]), name).toContain(specOf(name).category);
      expect(all.map((it) => path.basename(it.file, '.md')), name).toContain(specOf(name).page);
    }
  });

  it('flags agree', () => {
    for (const { name, deprecated, discouraged, appliesTo } of facts) {
      const spec = specOf(name);
      expect(spec.deprecated ?? false, name).toBe(deprecated);
      expect(spec.inVisualCalculations === 'discouraged', name).toBe(discouraged);
      const inModel = appliesTo['Measure'] === 'yes';
      const only = inModel ? undefined : appliesTo['DAX query'] === 'yes' ? 'query' : 'visual-calculation';
      expect(spec.only, name).toBe(only);
      const inVisuals = { yes: undefined, no: inModel ? 'error' : undefined, discouraged: 'discouraged' }[appliesTo['Visual calculation'] ?? 'yes'];
      expect(spec.inVisualCalculations, name).toBe(inVisuals);
    }
  });
});
