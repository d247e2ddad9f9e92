// The function table: in good order, with the facts that checking, completion, signature help and evaluation rely on.
import { describe, expect, it } from 'vitest';
import { allFunctions, functionNamed } from '../../server/src/functions/index.ts';
import type { FunctionSpec, ParameterSpec } from '../../server/src/functions/spec.ts';

describe('facts of the DAX reference', () => {
  it.each([
    ['SUMX', 2, 2, 'scalar'], ['MAX', 1, 2, 'scalar'], ['CALCULATE', 1, undefined, 'scalar'], ['SWITCH', 3, undefined, 'scalar'],
    ['STDEV.S', 1, 1, 'scalar'], ['REMOVEFILTERS', 0, undefined, 'modifier'], ['INFO.STORAGETABLES', 0, undefined, 'table'],
    ['RANKX', 2, 5, 'scalar'], ['DATEADD', 3, 5, 'table'], ['UNION', 2, undefined, 'table'], ['PI', 0, 0, 'scalar'],
  ])('%s takes %s to %s arguments and gives a %s', (name, least, most, returns) => {
    const spec = functionNamed(name);
    expect([spec?.minArguments, spec?.maxArguments, spec?.returns]).toEqual([least, most, returns]);
  });
});

/** Names of the functions for which something holds. */
const namesWhere = (holds: (it: FunctionSpec) => boolean): readonly string[] => allFunctions.filter(holds).map((it) => it.name);

describe('flags', () => {
  it('what the docs call deprecated', () => {
    expect(namesWhere((it) => it.deprecated === true)).toEqual(['INFO.STORAGETABLES', 'INFO.TABLESTORAGES']);
  });

  it('what differs from one evaluation to the next', () => {
    expect(namesWhere((it) => it.volatile === 'clock')).toEqual(['NOW', 'TODAY', 'UTCNOW', 'UTCTODAY']);
    expect(namesWhere((it) => it.volatile === 'random')).toEqual(['RAND', 'RANDBETWEEN']);
  });

  it('what works in visual calculations only, and what in queries only', () => {
    expect(namesWhere((it) => it.only === 'visual-calculation')).toEqual([
      'COLLAPSE', 'COLLAPSEALL', 'EXPAND', 'EXPANDALL', 'FIRST', 'ISATLEVEL', 'LAST', 'LOOKUP', 'LOOKUPWITHTOTALS', 'MOVINGAVERAGE',
      'NEXT', 'PREVIOUS', 'RANGE', 'RUNNINGSUM',
    ]);
    expect(namesWhere((it) => it.only === 'query')).toEqual(namesWhere((it) => /^INFO\.(?!VIEW)/.test(it.name)));
  });

  it('what turns row contexts into filters', () => {
    expect(namesWhere((it) => it.contextTransition === true)).toEqual([
      'CALCULATE', 'CALCULATETABLE', 'CLOSINGBALANCEMONTH', 'CLOSINGBALANCEQUARTER', 'CLOSINGBALANCEWEEK', 'CLOSINGBALANCEYEAR',
      'OPENINGBALANCEMONTH', 'OPENINGBALANCEQUARTER', 'OPENINGBALANCEWEEK', 'OPENINGBALANCEYEAR', 'RELATEDTABLE', 'TOTALMTD',
      'TOTALQTD', 'TOTALWTD', 'TOTALYTD',
    ]);
  });

  it('what takes filters', () => {
    const takesFilters = namesWhere((it) => it.parameters.some((parameter) => parameter.kind === 'filter') && it.contextTransition === true);
    expect(takesFilters).toEqual(namesWhere((it) => it.contextTransition === true && it.name !== 'RELATEDTABLE'));
  });
});

describe('each row', () => {
  it('is found in any spelling of capitals, and nothing else is', () => {
    expect(functionNamed('sumx')?.name).toBe('SUMX');
    expect(functionNamed('Stdev.s')?.name).toBe('STDEV.S');
    expect(functionNamed('constructor')).toBeUndefined();
    expect(functionNamed('SUMY')).toBeUndefined();
  });

  it('has a name of its own', () => {
    expect(new Set(allFunctions.map((it) => it.name)).size).toBe(allFunctions.length);
  });

  it('has one sentence of its own', () => {
    for (const it of allFunctions) expect(it.docs, it.name).toMatch(/^[A-Z].{10,200}\.$/s);
    expect(new Set(allFunctions.map((it) => it.docs)).size).toBe(allFunctions.length);
  });

  it('has the address of a page', () => {
    for (const it of allFunctions) expect(it.page, it.name).toMatch(/^[a-z0-9-]+-function-dax$/);
  });

  it('has words in capitals, each once, where it takes a word', () => {
    const lists = allFunctions.flatMap((it) => formsOf(it).flat().flatMap((parameter) => (parameter.kind === 'word' ? [[it.name, parameter.words ?? []] as const] : [])));
    expect(lists.length).toBeGreaterThan(30);
    for (const [name, words] of lists) {
      expect(words.length, name).toBeGreaterThan(1);
      expect(new Set(words).size, name).toBe(words.length);
      for (const word of words) expect(word, name).toMatch(/^[A-Z_0-9]+$/);
    }
  });

  it('has bounds that its parameters explain', () => {
    for (const it of allFunctions) {
      const forms = formsOf(it);
      const least = Math.min(...forms.map((form) => form.filter((parameter) => !parameter.optional).length));
      expect(it.minArguments, it.name).toBe(least);
      const isOpen = forms.some((form) => form.some((parameter) => parameter.repeating));
      expect(it.maxArguments, it.name).toBe(isOpen ? undefined : Math.max(...forms.map((form) => form.length)));
    }
  });

  it('has parameters that can be told apart', () => {
    const wrong = allFunctions.flatMap((it) => formsOf(it).flatMap((form) => faults(it, form)));
    expect(wrong).toEqual([]);
  });
});

describe('iterators', () => {
  it.each([
    ['SUMX', 'expression', 'table'],
    ['FILTER', 'condition', 'table'],
    ['ADDCOLUMNS', 'expression', 'table'],
    ['RANKX', 'expression', 'table'],
    ['TOPN', 'orderBy', 'table'],
    ['CONCATENATEX', 'orderBy', 'table'],
    ['GENERATE', 'right', 'left'],
    ['FIRSTNONBLANK', 'expression', 'column'],
    ['PERCENTILEX.INC', 'expression', 'table'],
  ])('%s: %s is evaluated for each row of %s', (name, parameter, table) => {
    expect(functionNamed(name)?.parameters.find((it) => it.name === parameter)?.rowContextOf).toBe(table);
  });

  it.each(['CALCULATE', 'SUMMARIZECOLUMNS', 'ROW', 'IF', 'TREATAS'])('%s has no row context of its own', (name) => {
    expect(functionNamed(name)?.parameters.some((it) => it.rowContextOf !== undefined)).toBe(false);
  });
});

const formsOf = (it: FunctionSpec): readonly (readonly ParameterSpec[])[] => [it.parameters, ...(it.otherForm === undefined ? [] : [it.otherForm])];

/** What makes a parameter list unreadable for checking and signature help. */
function faults(spec: FunctionSpec, form: readonly ParameterSpec[]): readonly string[] {
  const found: string[] = [];
  const names = form.map((it) => it.name);
  form.forEach((it, i) => {
    if ((it.kind === 'word') !== (it.words !== undefined)) found.push(`${spec.name}: words of ${it.name}`);
    if (it.rowContextOf !== undefined && !names.includes(it.rowContextOf)) found.push(`${spec.name}: no parameter ${it.rowContextOf}`);
    if (spec.byForm === true) return;
    const next = form[i + 1];
    if (it.repeating && next !== undefined && !next.repeating) found.push(`${spec.name}: the repeating group is not the last`);
    if (it.optional && next !== undefined && !next.optional && !next.repeating) found.push(`${spec.name}: ${next.name} follows an optional parameter`);
    if (names.indexOf(it.name) !== i && !it.repeating) found.push(`${spec.name}: two parameters ${it.name}`);
  });
  if (spec.last !== undefined && !spec.parameters.some((it) => it.repeating)) found.push(`${spec.name}: last without a group`);
  return found;
}
