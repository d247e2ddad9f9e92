// The function table: complete against the facts of the DAX reference, and in good order.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { allFunctions, functionNamed } from '../../server/src/functions/index.ts';
import type { FunctionSpec, ParameterSpec } from '../../server/src/functions/spec.ts';

interface Fact {
  readonly name: string;
  readonly file: string;
  readonly overloads: readonly { readonly minArgs: number; readonly maxArgs: number | null }[];
  readonly returns: string;
  readonly deprecated: boolean;
}

/** A few facts that need no folder beside the checkout. */
const ownFacts: readonly Fact[] = [
  { name: 'SUMX', file: 'sumx-function-dax.md', overloads: [{ minArgs: 2, maxArgs: 2 }], returns: 'scalar', deprecated: false },
  { name: 'MAX', file: 'max-function-dax.md', overloads: [{ minArgs: 1, maxArgs: 1 }, { minArgs: 2, maxArgs: 2 }], returns: 'scalar', deprecated: false },
  { name: 'CALCULATE', file: 'calculate-function-dax.md', overloads: [{ minArgs: 1, maxArgs: null }], returns: 'scalar', deprecated: false },
  { name: 'SWITCH', file: 'switch-function-dax.md', overloads: [{ minArgs: 3, maxArgs: null }], returns: 'scalar', deprecated: false },
  { name: 'STDEV.S', file: 'stdev-s-function-dax.md', overloads: [{ minArgs: 1, maxArgs: 1 }], returns: 'scalar', deprecated: false },
  { name: 'REMOVEFILTERS', file: 'removefilters-function-dax.md', overloads: [{ minArgs: 0, maxArgs: null }], returns: 'modifier', deprecated: false },
  { name: 'INFO.STORAGETABLES', file: 'info-storagetables-function-dax.md', overloads: [{ minArgs: 0, maxArgs: null }], returns: 'table', deprecated: true },
];

const referenceFile = path.join(process.env['DAX_METRICS_REFERENCE'] ?? '', 'reference/functions.json');
const hasReference = process.env['DAX_METRICS_REFERENCE'] !== undefined && existsSync(referenceFile);
const facts = hasReference ? (JSON.parse(readFileSync(referenceFile, 'utf8')) as readonly Fact[]) : ownFacts;
const factsByName = new Map(facts.map((it) => [it.name, facts.filter((other) => other.name === it.name)]));

/** Where the table says something else than the printed syntax, and why. */
const countExceptions = new Map([
  ['GROUPCROSSAPPLY', 'told apart by form: groups may be missing as in SUMMARIZECOLUMNS'],
  ['GROUPCROSSAPPLYTABLE', 'told apart by form: groups may be missing as in SUMMARIZECOLUMNS'],
  ['STARTOFYEAR', 'takes the end of the fiscal year like ENDOFYEAR'],
]);
const resultExceptions = new Map([
  ['EVALUATEANDLOG', 'gives back what it is given, a table too'],
  ['INDEX', 'gives a row of a table'],
]);

describe(hasReference ? 'against the reference' : 'against a few facts of the reference', () => {
  it('every function is in the table', () => {
    expect([...factsByName.keys()].filter((it) => functionNamed(it) === undefined)).toEqual([]);
  });

  it('argument counts agree', () => {
    const wrong: string[] = [];
    for (const [name, all] of factsByName) {
      const overloads = all.flatMap((it) => it.overloads);
      const least = Math.min(...overloads.map((it) => it.minArgs));
      const most = overloads.some((it) => it.maxArgs === null) ? undefined : Math.max(...overloads.map((it) => it.maxArgs ?? 0));
      const spec = functionNamed(name);
      if ((spec?.minArguments !== least || spec.maxArguments !== most) && !countExceptions.has(name)) wrong.push(name);
    }
    expect(wrong).toEqual([]);
  });

  it('results, pages and deprecations agree', () => {
    for (const [name, all] of factsByName) {
      const spec = functionNamed(name);
      if (!resultExceptions.has(name)) expect(all.map((it) => it.returns), name).toContain(spec?.returns);
      expect(all.map((it) => path.basename(it.file, '.md')), name).toContain(spec?.page);
      expect(spec?.deprecated ?? false, name).toBe(all[0]?.deprecated);
    }
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

  it('has parameters that can be told apart', () => {
    const wrong = allFunctions.flatMap((it) => [it.parameters, ...(it.otherForm === undefined ? [] : [it.otherForm])].flatMap((form) => faults(it, form)));
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
