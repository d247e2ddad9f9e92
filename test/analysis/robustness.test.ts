// Analysis never throws on user text, whatever it is, and its time is bounded.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteColumn } from '../../grammar/src/index.ts';
import { createLowering } from '../../server/src/analysis/index.ts';
import { allFunctions } from '../../server/src/functions/index.ts';
import { bindText, measuresOf, segmentsOf } from '../support/analysis.ts';
import { contact } from './models.ts';

const words = [
  ...allFunctions.map((it) => `${it.name}(`), 'VAR x = ', 'RETURN ', 'EVALUATE ', 'DEFINE MEASURE FactSession[m] = ', '\nORDER BY ',
  '\nFUNCTION f = (x) => ', '\nFUNCTION g = (x : COLUMNREF, y : TABLE EXPR = ', ') => ', '\nTABLE t = ', '\nCOLUMN FactSession[c] = ', '\nCOLUMN t[d] = ', ' WITH VISUAL SHAPE AXIS ROWS GROUP ',
  'f(', 'g(', 't', 't[d]', '[c]', 'y',
  'FactSession', "'Dim Date'", '[Turns]', 'FactSession[Turns]', 'DimAgent[Name]', '[m]', 'x', '1', '"192350001"', '192350001', 'TRUE', 'BLANK()',
  '(', ')', '{', '}', ',', '=', '==', '<>', '&&', '||', ' IN ', ' NOT ', '+', '-', '*', '/', '&', '^', '\nm = ', '\nconstructor = ', '[constructor]', '[__proto__]',
];

/** Everything that analysis does with a text. */
function analyse(text: string): number {
  const { bounds } = bindText(text, contact);
  const segments = segmentsOf(text);
  const lowering = createLowering(contact, measuresOf(segments, 'contact'));
  const plans = segments.flatMap((it) => (it.item.kind === 'query' ? lowering.query(it.item, it.text) : []));
  const measures = segments.flatMap((it) => (it.item.kind === 'measure' ? [it.item.name] : []));
  for (const name of measures.slice(0, 50)) {
    const [row] = segmentsOf(`EVALUATE ROW("v", ${quoteColumn(name)})`);
    if (row?.item.kind === 'query') plans.push(...lowering.query(row.item, row.text));
  }
  const job = lowering.job(plans);
  return bounds.length + job.measures.length;
}

describe('never throws', () => {
  it('on words of DAX in any order', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...words), { maxLength: 60 }), (parts) => {
      expect(analyse(`m = ${parts.join('')}`)).toBeGreaterThan(0);
    }), { numRuns: 1500, seed: 7 });
  });

  it('on calls of every function with arguments of every kind', () => {
    const argument = fc.constantFrom('1', '"a"', 'FactSession', 'FactSession[Turns]', '[Turns]', '{ 1, 2 }', '{ (1, 2) }', 'VALUES(DimAgent[Name])', '', 'DAY', 'BLANK()', '(1, 2)');
    fc.assert(fc.property(fc.constantFrom(...allFunctions.map((it) => it.name)), fc.array(argument, { maxLength: 6 }), (name, args) => {
      expect(analyse(`m = SUMX(FactSession, ${name}(${args.join(', ')}))\nEVALUATE ${name}(${args.join(', ')})`)).toBeGreaterThan(0);
    }), { numRuns: 3000, seed: 11 });
  });

  it.each([
    ['10,000 nested brackets', `m = ${'('.repeat(10_000)}1${')'.repeat(10_000)}`],
    ['10,000 nested calls', `m = ${'IF('.repeat(10_000)}1${')'.repeat(10_000)}`],
    ['400 nested calls', `m = ${'IF(TRUE, '.repeat(400)}1${')'.repeat(400)}`],
    ['a chain of 5,000 operators', `m = 1${' + 1'.repeat(5_000)}`],
    ['5,000 variables', `m = ${Array.from({ length: 5_000 }, (_, i) => `VAR v${String(i)} = ${i === 0 ? '1' : `v${String(i - 1)}`}`).join('\n')}\nRETURN v4999`],
    ['a chain of 5,000 functions', Array.from({ length: 5_000 }, (_, i) => `FUNCTION f${String(i)} = (x) => f${String(i + 1)}(f${String(i + 1)}(x))`).reverse().join('\n') + '\nm = f0(1)'],
    ['a chain of 5,000 tables', Array.from({ length: 5_000 }, (_, i) => `TABLE t${String(i)} = ADDCOLUMNS(t${String(i + 1)}, "c${String(i)}", 1)`).join('\n') + '\nm = SUMX(t0, [c0])'],
    ['a chain of 3,000 functions, columns and metrics by turns', Array.from({ length: 1_000 }, (_, i) => `FUNCTION f${String(i)} = (x) => [m${String(i)}] + x\nm${String(i)} = SUM(FactSession[c${String(i)}])\nCOLUMN FactSession[c${String(i)}] = f${String(i + 1)}(${'('.repeat(20)}1${')'.repeat(20)})`).join('\n') + '\nm = f0(1)'],
    ['a constructor of 20,000 codes', `m = CALCULATE(1, FactSession[Closurereason] IN { ${Array.from({ length: 20_000 }, (_, i) => `"${String(192_350_000 + i)}"`).join(', ')} })`],
    ['2,000 metrics, each with a misspelt reference', Array.from({ length: 2_000 }, (_, i) => `Metric number ${String(i * 7919)} = [Metrics number ${String(i * 7919)}]`).join('\n')],
    ['a name of 100,000 letters', `m = SUM(FactSession[${'x'.repeat(100_000)}])`],
  ])('on %s, within five seconds', (_, text) => {
    // Time of the processor, so that other work on the machine does not count.
    const before = process.cpuUsage();
    expect(analyse(text)).toBeGreaterThan(0);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(5_000);
  });
});
