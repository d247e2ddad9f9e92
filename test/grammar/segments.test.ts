// Where definitions, queries, bare expressions and prose begin and end.
import { describe, expect, it } from 'vitest';
import { parseFile } from '../../grammar/src/index.ts';
import { checkProblems, outline, shape } from './support.ts';

const bodies = (text: string): readonly string[] =>
  parseFile(text).segments.map((it) => ('body' in it.item ? shape(it.item.body) : 'expression' in it.item ? shape(it.item.expression) : it.item.kind));

describe('definitions', () => {
  it('one after the other, on one line or many', () => {
    expect(outline(`
      Sessions rejected = CALCULATE(
          DISTINCTCOUNT(FactSession[SessionId]),
          FactSession[IsAgentSession],
          FactSession[Closurereason]
      = "192350001")
      Load % = DIVIDE([a], [b])
      Rate := 1

      Next = 2
    `)).toEqual(['measure Sessions rejected', 'measure Load %', 'measure Rate', 'measure Next']);
  });

  it('a line break before = inside brackets', () => {
    expect(bodies('Sessions rejected = CALCULATE([a], FactSession[Closurereason]\n= "192350001")')).toEqual(['CALCULATE([a] (= FactSession[Closurereason] "192350001"))']);
  });

  it('a body on the lines below its header', () => {
    expect(bodies('Waiting conversations =\n\n    SUMX ( F, IF ( F[statuscode] == 3, 1, 0 ) )\n')).toEqual(['SUMX(F IF((== F[statuscode] 3) 1 0))']);
  });

  it('var and return in small letters, with blank lines', () => {
    expect(bodies('Abandon rate_F = \n\nvar abandoned = [a]\n\nvar rate = DIVIDE(abandoned, [b], 0)\n\nreturn\n\nIF(ISBLANK(rate), 0, rate)\n'))
      .toEqual(['(var abandoned [a] var rate DIVIDE(abandoned [b] 0) return IF(ISBLANK(rate) 0 rate))']);
  });

  it('a comparison below its left side', () => {
    expect(bodies('M = [a]\n= 1\nN = [b]\n+ 1')).toEqual(['(= [a] 1)', '(+ [b] 1)']);
  });

  it('IN below its left side', () => {
    expect(bodies('M = T[a]\nIN { 1, 2 }')).toEqual(['(IN T[a] {1 2})']);
  });

  it('a line of a VAR block that looks like a header', () => {
    expect(bodies('M =\nVAR a = 1\nRETURN\na = 2')).toEqual(['(var a 1 return (= a 2))']);
    expect(bodies('M =\nVAR rate =\nb = 2\nRETURN rate')).toEqual(['(var rate (= b 2) return rate)']);
  });

  it('a VAR block without RETURN ends at the next header', () => {
    expect(outline('M =\nVAR a = 1\nNext = 2')).toEqual(['measure M', 'measure Next']);
  });

  it('the home table of the MEASURE form', () => {
    const { segments: [segment] } = parseFile("MEASURE 'Fact Session'[Rate %] = DIVIDE([a], [b])");
    expect(segment?.item).toMatchObject({
      kind: 'measure', form: 'measure', name: 'Rate %', table: { text: 'Fact Session', quoted: true }, nameSpan: { start: 22, end: 30 }, assign: { start: 31, end: 32 },
    });
  });

  it('names and places of a plain definition', () => {
    const { segments: [, segment] } = parseFile('A = 1\n\n  Load % := 2  \n');
    expect(segment).toMatchObject({
      start: 7, end: 23, text: '  Load % := 2  \n',
      item: { kind: 'measure', form: 'plain', table: undefined, name: 'Load %', nameSpan: { start: 2, end: 8 }, assign: { start: 9, end: 11 }, span: { start: 2, end: 13 } },
    });
  });

  it('columns, tables and functions', () => {
    const { segments } = parseFile(`COLUMN FactSession[Flag] = FactSession[a] = 1
TABLE Recent = FILTER(FactSession, FactSession[Flag])
FUNCTION Text.Half = (x : NUMERIC, y : SCALAR STRING VAL = "a", z) => x / 2
FUNCTION F =
    (x) => x + 1`);
    expect(segments.flatMap((it) => it.problems)).toEqual([]);
    expect(segments.map((it) => it.item)).toMatchObject([
      { kind: 'columnDefinition', table: { text: 'FactSession' }, name: 'Flag' },
      { kind: 'tableDefinition', name: 'Recent' },
      {
        kind: 'functionDefinition', name: 'Text.Half',
        parameters: [
          { name: 'x', type: undefined, subtype: { value: 'NUMERIC' }, passing: undefined, defaultValue: undefined },
          { name: 'y', type: { value: 'SCALAR' }, subtype: { value: 'STRING' }, passing: { value: 'VAL' }, defaultValue: { kind: 'string' } },
          { name: 'z', colon: undefined, type: undefined, subtype: undefined, passing: undefined },
        ],
      },
      { kind: 'functionDefinition', name: 'F', parameters: [{ name: 'x' }] },
    ]);
  });

  it('a function with comments and a comma at the end of its parameters', () => {
    expect(parseFile('FUNCTION F = (\n  a, // first\n  b,\n) => a + b').segments.map((it) => [it.item.kind, it.problems])).toEqual([['functionDefinition', []]]);
  });
});

describe('what stands beside definitions', () => {
  it('bare expressions, apart by blank lines', () => {
    expect(bodies('[a] + 1\n\n[b] + 2\n\nM = 1\n\nSUM(T[x])')).toEqual(['(+ [a] 1)', '(+ [b] 2)', '1', 'SUM(T[x])']);
  });

  it('a bare VAR block after a definition', () => {
    expect(bodies('M = 1\n\nVAR x = 2\n\nRETURN x')).toEqual(['1', '(var x 2 return x)']);
  });

  it('a blank line inside an expression does not end it', () => {
    expect(bodies('M = [a]\n\n+ 1')).toEqual(['(+ [a] 1)']);
    expect(bodies('M = COUNTROWS\n\n(T)')).toEqual(['COUNTROWS(T)']);
    expect(bodies('M = VAR a = [x]\n\nRETURN a')).toEqual(['(var a [x] return a)']);
  });

  it('a row filter is a bare expression', () => {
    expect(bodies("'Fact Session'[StatusId] = 4 && [OfficeName] = \"Chicago\"")).toEqual(["(&& (= 'Fact Session'[StatusId] 4) (= [OfficeName] \"Chicago\"))"]);
  });

  it('an operand that goes on without an operator is at fault, not a new expression', () => {
    checkProblems(`
      M = [a]
      [b]
      ^^^ unexpected-token
    `);
  });

  it('comments directly above a definition belong to it', () => {
    const { segments } = parseFile('A = 1\n// about A\n\n// about B\nB = 2');
    expect(segments.map((it) => it.text)).toEqual(['A = 1\n// about A\n\n', '// about B\nB = 2']);
    expect(segments.map((it) => it.comments.length)).toEqual([1, 1]);
  });

  it('a file of comments has no definition and no fault', () => {
    expect(parseFile('// nothing\n\n/* yet */').segments).toMatchObject([{ item: { kind: 'prose' }, problems: [], comments: [{}, {}] }]);
  });

  it('a blank file has no segment', () => {
    expect(parseFile(' \n\t\r\n').segments).toEqual([]);
  });

  it('line breaks of any system', () => {
    expect(outline('A = 1\r\nB = 2\rC = 3\nD = 4')).toEqual(['measure A', 'measure B', 'measure C', 'measure D']);
  });

  it('a byte order mark', () => {
    expect(outline('\ufeffA = 1')).toEqual(['measure A']);
  });
});

it('a doc comment tells a header where an operator waits for its operand', () => {
  expect(outline('M = [a] +\n\n/// about N\nN = 1')).toEqual(['measure M', 'measure N']);
  expect(outline('M = [a] +\n\nN = 1')).toEqual(['measure M']);
});

describe('with a bracket open, a segment ends at', () => {
  const open = 'M = CALCULATE([a], T[x] = 1';
  it.each([
    ['a doc comment', `${open},\n/// about N\nN = 1`, ['measure M', 'measure N']],
    ['a header', `${open}\nN = 1`, ['measure M', 'measure N']],
    ['EVALUATE', `${open},\nEVALUATE T`, ['measure M', 'query']],
    ['DEFINE', `${open},\nDEFINE MEASURE T[a] = 1`, ['measure M', 'query']],
    ['MEASURE', `${open},\nMEASURE T[a] = 1`, ['measure M', 'measure a']],
  ])('%s', (_, text, expected) => {
    expect(outline(text)).toEqual(expected);
  });

  it.each([
    ['a header after a comma', `${open},\nN = 1`],
    ['a header after an opening bracket', 'M = CALCULATE(\nN = 1'],
    ['a header after an operator', `${open} &&\nN = 1`],
    ['a deeper header', `${open}\n  N = 1`],
    ['a column compared', `${open}\nT[y] = 1`],
    ['a line of slashes', `${open}\n//////// rule\n`],
  ])('but not at %s', (_, text) => {
    expect(outline(text)).toEqual(['measure M']);
  });

  it('and not where the bracket is closed after all', () => {
    expect(outline('M = IF(x,\n/// a note\n1,\n/// another\nMEASURE)\nN = 1')).toEqual(['measure M', 'measure N']);
  });
});

describe('typing leaves the neighbours alone', () => {
  const before = 'A = 1\n\n/// about M\n';
  const after = '\n\n/// about Z\nZ = [a]\n';
  const body = 'M = CALCULATE(DISTINCTCOUNT(T[a]), T[b] = "x", T[c] IN { 1, 2 }, \'T x\'[d] /* c */ = dt"2024-01-01")';
  it.each(Array.from({ length: body.length - 3 }, (_, index) => body.slice(0, index + 4)))('%s', (typed) => {
    const { segments } = parseFile(before + typed + after);
    expect(segments.map((it) => ('name' in it.item ? it.item.name : it.item.kind))).toEqual(['A', 'M', 'Z']);
    expect(segments[0]?.problems).toEqual([]);
    expect(segments[2]?.problems).toEqual([]);
  });
});

describe('an edit keeps what it does not touch', () => {
  const text = '/// one\nA = [x] + 1\n\nB = SUM(T[y])\n\nEVALUATE T\n';

  it('trees and problems of other segments stay the same objects', () => {
    const previous = parseFile(text);
    const next = parseFile(`// new\nZ = 1\n\n${text.replace('T[y]', 'T[z]')}`, { previous });
    expect(next.segments.map((it) => it.item.kind)).toEqual(['measure', 'measure', 'measure', 'query']);
    expect(next.segments[1]?.item).toBe(previous.segments[0]?.item);
    expect(next.segments[2]?.item).not.toBe(previous.segments[1]?.item);
    expect(next.segments[3]?.item).toBe(previous.segments[2]?.item);
    expect(next.segments[3]?.problems).toBe(previous.segments[2]?.problems);
  });

  it('a segment in its place stays the same object', () => {
    const previous = parseFile(text);
    const next = parseFile(text.replace('T\n', 'U\n'), { previous });
    expect(next.segments[0]).toBe(previous.segments[0]);
  });

  it('blank lines below a definition are no change', () => {
    const previous = parseFile(text);
    const next = parseFile(text.replace('1\n', '1\n\n\n'), { previous });
    expect(next.segments[0]?.item).toBe(previous.segments[0]?.item);
    expect(next.segments[0]?.text).toBe('/// one\nA = [x] + 1\n\n\n\n');
  });

  it('the same text read in another way is read anew', () => {
    const previous = parseFile('F (x) = 1', { isFunction: () => false });
    expect(previous.segments[0]?.item.kind).toBe('measure');
    expect(parseFile('F (1) = 1', { isFunction: () => true, previous }).segments[0]?.item.kind).toBe('bare');
    const call = parseFile('F (1) = 1', { isFunction: () => false });
    expect(parseFile('F (1) = 1', { isFunction: () => true, previous: call }).segments[0]?.item.kind).toBe('bare');
  });
});
