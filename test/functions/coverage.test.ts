// The list of functions: it is up to date, and each function without a value says why.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { functionsPage, page } from '../../scripts/functions.mjs';
import { functionCoverage } from '../../server/src/workspace/functionCoverage.ts';

describe('the list of functions', () => {
  it('is up to date; `npm run functions` writes it', () => {
    expect(readFileSync(page, 'utf8')).toBe(functionsPage(functionCoverage()));
  });

  it('says of each function without a value why it has none, and of no other', () => {
    expect(functionCoverage().filter((it) => !it.evaluates && it.why === undefined).map((it) => it.spec.name)).toEqual([]);
    expect(functionCoverage().filter((it) => it.evaluates && (it.why ?? it.leftOutWith) !== undefined)).toEqual([]);
  });

  it('holds functions that are known to have values, and functions that have none', () => {
    const of = new Map(functionCoverage().map((it) => [it.spec.name, it.evaluates]));
    expect(['SUM', 'FORMAT', 'CALCULATE', 'KEEPFILTERS', 'XIRR', 'DATEADD', 'ACCRINT'].map((it) => of.get(it))).toEqual(Array.from({ length: 7 }, () => true));
    expect(['EXTERNALMEASURE', 'INFO.TABLES', 'EXPAND', 'MOVINGAVERAGE'].map((it) => of.get(it))).toEqual([false, false, false, false]);
  });
});
