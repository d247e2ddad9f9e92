// What people write: every function that is common in DAX out there has values here, and a case of its own that says which.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allFunctions } from '../../server/src/functions/index.ts';
import { functionCoverage } from '../../server/src/workspace/functionCoverage.ts';
import { readCaseFile } from '../semantics/caseFile.ts';
import { callsIn, callsInModel, isValue } from './caseCalls.ts';
import { readReference } from './reference.ts';

interface Frequency {
  /** Name, texts and calls; the most frequent first. */
  readonly top: readonly (readonly [name: string, texts: number, calls: number])[];
}

const counted = 200;

/** INFO functions about a server and visual calculations are left out as classes. */
const leftOut = new Set(functionCoverage().flatMap((it) => (it.leftOutWith === undefined ? [] : [it.spec.name])));

const common = (readReference('corpus/function-frequency.json') as Frequency).top
  .map(([name]) => name)
  .slice(0, counted)
  .filter((it) => !leftOut.has(it));

const folder = new URL('../semantics/', import.meta.url);
const cased = new Set(readdirSync(folder).filter((it) => it.endsWith('.case')).flatMap((name) => {
  const file = readCaseFile(readFileSync(new URL(name, folder), 'utf8'));
  const model = file.model.kind === 'inline' ? callsInModel(file.model.yaml) : [];
  return [...model, ...callsIn(file.metrics), ...file.cases.flatMap((each) => callsOfCase(each.check))];
}));

function callsOfCase(check: ReturnType<typeof readCaseFile>['cases'][number]['check']): readonly string[] {
  if (check.kind === 'expressions') return check.lines.flatMap((it) => (isValue(it.expected) ? callsIn(`EVALUATE ROW("x", ${it.expression})`) : []));
  return check.expected.kind === 'table' && check.expected.rows.flat().every(isValue) ? callsIn(check.query) : [];
}

describe(`the ${String(counted)} functions that are most frequent`, () => {
  it('are functions that are known', () => {
    const known = new Set(allFunctions.map((it) => it.name));
    expect(common.filter((it) => !known.has(it as never))).toEqual([]);
    expect(common.length).toBeGreaterThan(150);
  });

  it('have values', () => {
    const evaluated = new Set<string>(functionCoverage().flatMap((it) => (it.evaluates ? [it.spec.name] : [])));
    expect(common.filter((it) => !evaluated.has(it))).toEqual([]);
  });

  it('stand in a case that says which value', () => {
    expect(common.filter((it) => !cased.has(it))).toEqual([]);
  });
});

it('every function with values stands in a case', () => {
  const missing = functionCoverage().flatMap((it) => (it.evaluates && !cased.has(it.spec.name) ? [it.spec.name] : []));
  expect(missing).toEqual([]);
});
