// Hints for made-up rows as a model file writes them: each fault at its place, and what is left of them.
import { describe, expect, it } from 'vitest';
import { readModelFile, resolveModel } from '../../server/src/formats/index.ts';
import type { Model } from '../../server/src/model/model.ts';
import { fixture, shown } from './fixture.ts';

/** A model file that has the findings that the carets say, and no others. */
function check(text: string): Model {
  const [file] = fixture(text);
  if (file === undefined) throw new Error('a fixture holds a file');
  const { raw, findings } = readModelFile(file.uri, file.text);
  if (raw === undefined) throw new Error('the file is a model');
  const resolved = resolveModel(raw, { model: () => undefined, entitySchema: () => ({ fault: 'not-found' }) });
  expect(shown([...findings, ...(resolved.findings.get(file.uri) ?? [])], file.text)).toEqual(file.expected);
  return resolved.model;
}

describe('hints', () => {
  it('of every kind are taken', () => {
    const model = check(`
name: m
generate: { rows: 10, from: 2025-01-01, to: 2025-02-01T12:00:00, seed: 3 }
tables:
  T:
    generate: { rows: 5, from: 2025-01-01 }
    columns:
      A: { type: dateTime, generate: { from: 2025-01-01, to: 2025-01-01, hours: [22, 6], blanks: 0.5 } }
      B: { type: dateTime, generate: { after: A, min: 1, max: 10, mean: 3, deviation: 2, distribution: normal } }
      C: { type: string, generate: { part: monthName, of: A } }
      D: { type: int64, generate: { values: { 1: 3, 2: 0.5 } } }
      E: { type: string, generate: { values: [a, 1, true] } }
      F: { type: boolean, generate: { share: 1 } }
      G: { type: string, generate: { words: city } }
      H: { type: string, generate: { prefix: "h " } }
`);
    const columns = model.tables.get('t')?.columns;
    expect(model.generate).toEqual({ rows: 10, from: '2025-01-01', to: '2025-02-01T12:00:00', seed: 3 });
    expect(model.tables.get('t')?.generate).toEqual({ rows: 5, from: '2025-01-01' });
    expect(columns?.get('a')?.generate).toEqual({ from: '2025-01-01', to: '2025-01-01', hours: [22, 6], blanks: 0.5 });
    expect(columns?.get('d')?.generate?.values).toEqual([{ value: '1', weight: 3 }, { value: '2', weight: 0.5 }]);
    expect(columns?.get('e')?.generate?.values).toEqual([{ value: 'a', weight: 1 }, { value: 1, weight: 1 }, { value: true, weight: 1 }]);
  });

  it('that the schema refuses', () => {
    check(`
name: m
tables:
  T:
    generate: { from: 2025-13-01 }
                      ^^^^^^^^^^ From of generate of table T must be a date as YYYY-MM-DD or YYYY-MM-DDThh:mm:ss; found the text 2025-13-01.
    columns:
      A: { generate: { blank: 0.5 } }
                       ^^^^^ blank is no key of generate of column T[A]. Did you mean blanks?
      B: { generate: { blanks: 2 } }
                               ^ Blanks of generate of column T[B] must be a number from 0 to 1; found 2.
      C: { generate: { distribution: normally } }
                                     ^^^^^^^^ Distribution of generate of column T[C] must be uniform, normal, exponential or zipf; found the text normally. Did you mean normal?
      D: { generate: { hours: [8] } }
                               ^ Hours of generate of column T[D] must be two hours: the first, and that before which the day ends; found a list.
  U:
    generate: { rows: 5000000000 }
                      ^^^^^^^^^^ Rows of generate of table U must be a whole number from 0 to 1,000,000,000; found 5000000000.
`);
  });

  it('that mean nothing for their column', () => {
    const model = check(`
name: m
tables:
  T:
    generate: { from: 2025-02-01, to: 2025-01-31 }
                                      ^^^^^^^^^^ To in generate of table T must be no earlier than from; found 2025-01-31.
    columns:
      A: { type: string, generate: { share: 0.5 } }
                                            ^^^ Share in generate of column T[A] must be given for a boolean column only; found a column of type string.
      B: { type: int64, generate: { min: 5, max: 1, decimals: 2 } }
                                                 ^ Max in generate of column T[B] must be at least min; found 1, below 5.
                                                              ^ Decimals in generate of column T[B] must be given for a double or decimal column only; found a column of type int64.
      J: { type: int64, generate: { min: 5, mean: 3 } }
                                                  ^ Mean in generate of column T[J] must be at least min; found 3, below 5.
      K: { type: int64, generate: { max: 5, mean: 7 } }
                                                  ^ Mean in generate of column T[K] must be at most max; found 7, above 5.
      C: { type: int64, generate: { values: [1, two] } }
                                             ^ Values in generate of column T[C] must be values of the type int64; found two.
      D: { type: string, key: true, generate: { blanks: 0.5 } }
                                                        ^^^ Blanks in generate of column T[D] must be 0 for a key; found 0.5.
      E: { type: dateTime, generate: { after: Z } }
                                              ^ There is no column in T named Z.
      F: { type: dateTime, generate: { after: B } }
                                              ^ After in generate of column T[F] must be a dateTime column; found B, which is int64.
      G: { type: dateTime, generate: { after: H } }
                                              ^ After in generate of column T[G] must be a column that is not made from this one; found H.
      H: { type: dateTime, generate: { after: G } }
                                              ^ After in generate of column T[H] must be a column that is not made from this one; found G.
      I: { type: int64, generate: { part: year } }
                                          ^^^^ Part in generate of column T[I] must be given together with of, the column of dates; found no of.
`);
    expect(model.tables.get('t')?.generate).toEqual({ from: '2025-02-01' });
    expect(model.tables.get('t')?.columns.get('b')?.generate).toEqual({ min: 5 });
    // Nobody knows what rows were meant: none are made up.
    expect(model.tables.get('t')?.unsupported).toBe('generate has a fault');
  });
});
