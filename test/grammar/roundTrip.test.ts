// A tree says all of its text: printed, it gives back every token.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { globSync } from 'tinyglobby';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { parseExpression, parseFile } from '../../grammar/src/index.ts';
import { partedExpression, partedSegment } from '../corpusRun/roundTrip.ts';
import { definitions, expressions, queries, scattered } from './generate.ts';

const root = path.resolve(import.meta.dirname, '../..');

describe('what is generated', () => {
  it('expressions, with white space and comments of every form', () => {
    fc.assert(fc.property(scattered(expressions), (source) => {
      const { expression, problems } = parseExpression(source);
      expect(problems).toEqual([]);
      expect(partedExpression(source, expression)).toBeUndefined();
    }), { numRuns: 3000, seed: 3 });
  });

  it.each([['definitions', definitions], ['queries', queries]] as const)('%s', (_, sources) => {
    fc.assert(fc.property(sources, (source) => {
      const { segments } = parseFile(source);
      expect(segments.flatMap((it) => it.problems)).toEqual([]);
      for (const segment of segments) expect(partedSegment(segment)).toBeUndefined();
    }), { numRuns: 1500, seed: 5 });
  });
});

describe('what stands in the tests and samples', () => {
  /** Texts of files, and every string of the tests' code: most are DAX, the others are read as what they are not. */
  function textsOf(file: string): readonly string[] {
    const text = readFileSync(path.join(root, file), 'utf8');
    if (!file.endsWith('.ts')) return [text];
    const texts: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isStringLiteralLike(node)) texts.push(node.text);
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2023));
    return texts;
  }

  const files = globSync(['samples/**/*.{dax,md}', 'test/**/*.{ts,dax,md,case}'], { cwd: root });
  const texts = new Set(files.flatMap(textsOf));

  it('has every token of each segment without a problem', () => {
    let read = 0;
    for (const text of texts) {
      for (const segment of parseFile(text).segments) {
        if (segment.problems.length > 0) continue;
        read++;
        const parted = partedSegment(segment);
        if (parted !== undefined) expect({ text: segment.text, parted }).toEqual({});
      }
    }
    expect(read).toBeGreaterThan(2_500);
  });
});

describe('what parts is found', () => {
  const parted = (text: string, other: string) => partedExpression(text, parseExpression(other).expression);

  it.each<[string, string, ReturnType<typeof parted>]>([
    ['1 + 2', '1 + 3', { at: 4, written: '2', printed: '3' }],
    ['a + b', 'a', { at: 2, written: '+', printed: undefined }],
    ['a', '(a)', { at: 0, written: 'a', printed: '(' }],
    ['SUM(T[a])', 'SUM(T[A])', { at: 5, written: '[a]', printed: '[A]' }],
    ["'T'[a]", 'T[a]', { at: 0, written: "'T'", printed: 'T' }],
    ['1.0', '1.', { at: 0, written: '1.0', printed: '1.' }],
    ['f(a, )', 'f(a)', { at: 3, written: ',', printed: ')' }],
  ])('%s is not %s', (text, other, expected) => {
    expect(parted(text, other)).toEqual(expected);
  });

  it('a comment that the tree does not keep', () => {
    const [segment] = parseFile('/// docs\nM = 1 // note').segments;
    if (segment === undefined) throw new Error('no segment');
    expect(partedSegment(segment)).toBeUndefined();
    expect(partedSegment({ ...segment, comments: [] })).toEqual({ at: 15, written: '// note', printed: undefined });
  });
});
