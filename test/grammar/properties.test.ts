// What holds for any text.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExpression, parseFile, printExpression, sameExpression, tokenize, type Segment } from '../../grammar/src/index.ts';
import { prepare } from '../../grammar/src/expression.ts';
import { DaxParser } from '../../grammar/src/parser.ts';
import { spansOf } from './support.ts';

/** Pieces of DAX and of trouble, so that random texts meet every state. */
const pieces = [
  'M = ', 'Sessions rejected = ', 'A := ', '\n', '\n\n', '\r\n', ' ', '  ', '(', ')', '{', '}', '[', ']', '[a]', 'T[b]', "'", "'T x'", '"', '"s"', '""', ',', ';',
  '1', '1,5', '.5', '+', '-', '*', '/', '^', '&', '&&', '||', '=', '==', '<>', '<=', '=>', ':=', ':', '!', '#', '%', '@p', 'VAR ', 'VAR x = ', 'RETURN ', 'NOT ', ' IN ',
  'TRUE', 'SUM(', 'IF(', 'x', 'DEFINE\n', 'EVALUATE ', 'MEASURE T[m] = ', 'COLUMN T[c] = ', 'TABLE n = ', 'FUNCTION f = ', '(x : NUMERIC) => ', 'ORDER BY ',
  'START AT ', 'DESC', 'WITH VISUAL SHAPE ', '/// doc\n', '// c\n', '-- c\n', '/*', '*/', '“', '”', '‘', 'dt"2024-01-01"', 'dt"x"', 'Need info', '**', 'The text is\n', '\u00a0', '\ud83d', 'é',
];
const text = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((it) => it.join(''));
const anyText = fc.oneof({ weight: 4, arbitrary: text }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) });

const plain = (segment: Segment): unknown => JSON.parse(JSON.stringify(segment));

describe('any text', () => {
  it('is read without an error, into segments that tile it, with spans inside them', () => {
    fc.assert(fc.property(anyText, (source) => {
      const { segments } = parseFile(source);
      if (source.trim() !== '') {
        expect(segments.map((it) => it.text).join('')).toBe(source);
      }
      let at = 0;
      for (const segment of segments) {
        expect(segment.start).toBe(at);
        expect(source.slice(segment.start, segment.end)).toBe(segment.text);
        at = segment.end;
        for (const { start, end } of spansOf(segment)) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(segment.text.length);
        }
      }
    }), { numRuns: 3000 });
  });

  it('after an edit is read as if it were new', () => {
    fc.assert(fc.property(anyText, anyText, fc.nat(), fc.nat(8), (source, inserted, place, removed) => {
      const at = place % (source.length + 1);
      const edited = source.slice(0, at) + inserted + source.slice(at + removed);
      const again = parseFile(edited, { previous: parseFile(source) });
      expect(again.segments.map(plain)).toEqual(parseFile(edited).segments.map(plain));
    }), { numRuns: 2000 });
  });

  it('has tokens in order that say its text', () => {
    fc.assert(fc.property(anyText, (source) => {
      let at = 0;
      for (const token of tokenize(source)) {
        expect(token.span.start).toBeGreaterThanOrEqual(at);
        expect(source.slice(token.span.start, token.span.end)).toBe(token.text);
        at = token.span.end;
      }
    }), { numRuns: 1000 });
  });

  it('as an expression without problems prints to the same expression', () => {
    fc.assert(fc.property(text, (source) => {
      const { expression, problems } = parseExpression(source);
      if (problems.length > 0) return;
      const printed = printExpression(expression);
      const again = parseExpression(printed);
      expect(again.problems).toEqual([]);
      expect(sameExpression(again.expression, expression)).toBe(true);
    }), { numRuns: 3000 });
  });

  it.each(['body', 'statements'] as const)('is taken by the rule %s, whatever its tokens', (rule) => {
    const parser = new DaxParser();
    fc.assert(fc.property(text, (source) => {
      const prepared = prepare(source, 0, rule === 'body' ? 'expression' : 'statements', () => {}, []);
      parser.start(prepared?.tokens ?? [], 0, () => {}, () => undefined);
      parser[rule]();
      expect(parser.errors).toEqual([]);
    }), { numRuns: 3000 });
  });

  it('nothing missing goes untold', () => {
    fc.assert(fc.property(text, (source) => {
      const { expression, problems } = parseExpression(source);
      if (problems.length === 0) expect(JSON.stringify(expression)).not.toContain('"missing"');
    }), { numRuns: 2000 });
  });
});

describe('random expressions', () => {
  const leaf = fc.constantFrom('1', '2.5', '"s"', 'x', '[a]', 'T[b]', "'T x'[c]", 'TRUE', 'BLANK()', 'dt"2024-01-01"', '@p', '{ 1, 2 }');
  const { expression: expressions } = fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.tuple(tie('expression'), fc.constantFrom('+', '-', '*', '/', '^', '&', '=', '==', '<>', '<', '>=', 'IN', '&&', '||'), tie('expression')).map((it) => it.join(' ')),
      fc.tuple(fc.constantFrom('-', '+', 'NOT'), tie('expression')).map((it) => it.join(' ')),
      tie('expression').map((it) => `(${it})`),
      fc.array(tie('expression'), { maxLength: 3 }).map((it) => `IF(${it.join(', ')})`),
      fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `VAR v = ${a} RETURN ${b}`),
    ),
  }));

  it('have no problems, alone and as definitions', () => {
    fc.assert(fc.property(expressions, (source) => {
      expect(parseExpression(source).problems).toEqual([]);
      const { segments } = parseFile(`M = ${source}\n\nN = ${source}`);
      expect(segments.map((it) => it.problems)).toEqual([[], []]);
      const [first] = segments;
      expect(first?.item.kind === 'measure' && sameExpression(first.item.body, parseExpression(source).expression)).toBe(true);
    }), { numRuns: 1000 });
  });

  it('survive the loss of a character with few problems', () => {
    fc.assert(fc.property(expressions, fc.nat(), (source, place) => {
      const at = place % source.length;
      const { segments } = parseFile(`M = ${source.slice(0, at)}${source.slice(at + 1)}\n\n/// docs\nN = 1`);
      expect(segments.at(-1)?.item).toMatchObject({ name: 'N', docs: { lines: [{ text: 'docs' }] } });
      expect(segments.at(-1)?.problems).toEqual([]);
    }), { numRuns: 1000 });
  });
});
