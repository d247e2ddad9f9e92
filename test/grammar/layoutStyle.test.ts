// The layout of definitions and queries: what goes on a line of its own, and what stays where it was.
import { describe, expect, it } from 'vitest';
import { applied, layoutEdits } from '../../grammar/src/index.ts';
import { defaultFormat, defaultIndentation, layoutOptions, type FormatSettings, type Indentation } from '../../server/src/ide/formatting/style.ts';

const layout = (source: string, settings: Partial<FormatSettings> = {}, indentation: Partial<Indentation> = {}): string =>
  applied(source, layoutEdits(source, layoutOptions({ ...defaultFormat, maxWidth: 60, ...settings }, { ...defaultIndentation, ...indentation })));

/** A text without the indentation that its lines share and without its first line break. */
const text = (source: string): string => {
  const lines = source.split('\n').slice(1);
  const width = Math.min(...lines.filter((it) => it.trim() !== '').map((it) => it.length - it.trimStart().length));
  return lines.map((it) => it.slice(width)).join('\n');
};

describe('a definition', () => {
  it('that fits stays on its line', () => {
    expect(layout('Sessions=sum( T[a] )\n')).toBe('Sessions = SUM ( T[a] )\n');
    expect(layout('Rate :=\n   [a]/[b]')).toBe('Rate := [a] / [b]');
  });

  it('that does not fit has its body below, one argument a line', () => {
    expect(layout('Sessions rejected = CALCULATE(DISTINCTCOUNT(FactSession[SessionId]), FactSession[IsAgentSession], FactSession[Closurereason]\n= "192350001")\n')).toBe(text(`
      Sessions rejected =
          CALCULATE (
              DISTINCTCOUNT ( FactSession[SessionId] ),
              FactSession[IsAgentSession],
              FactSession[Closurereason] = "192350001"
          )
      `));
  });

  it('with variables has each on a line, and the result below RETURN', () => {
    expect(layout('M = var x = sum(T[a])\n\n\n var y=2 return x+y')).toBe(text(`
      M =
          VAR x = SUM ( T[a] )

          VAR y = 2
          RETURN
              x + y`));
  });

  it('keeps its head, and each kind its own', () => {
    expect(layout('MEASURE  T [ m ]=1\n\nCOLUMN T[c]= 1\n\nTABLE n= ROW("a",1)\n\nFUNCTION f=(a:INT64  VAL,b = 2)=>a+b\n')).toBe(text(`
      MEASURE T[ m ] = 1

      COLUMN T[c] = 1

      TABLE n = ROW ( "a", 1 )

      FUNCTION f = ( a : INT64 VAL, b = 2 ) => a + b
      `));
  });

  it('does not lose the blank lines around it, but for those beyond two', () => {
    expect(layout('\n\nA = 1\nB = 2\n\nC = 3\n\n\n\n\nD = 4\n\n\n')).toBe('A = 1\nB = 2\n\nC = 3\n\n\nD = 4\n');
  });
});

describe('an expression', () => {
  it.each([
    ['-  1', '-1'], ['- -1', '- -1'], ['a - -1', 'a - -1'], ['not  x', 'NOT x'], ['NOT(x)', 'NOT ( x )'], ['2^-1', '2 ^ -1'], ['T [c]', 'T[c]'],
    ["'T x' [c]", "'T x'[c]"], ['{1,2}', '{ 1, 2 }'], ['x in{1}', 'x IN { 1 }'], ['f( )', 'f ()'], ['f(a,,b)', 'f ( a, , b )'], ['f(a,)', 'f ( a, )'], ['(a,b) IN T', '( a, b ) IN T'], ['true', 'TRUE'],
    ['orderby([a],desc  blanks  last)', 'ORDERBY ( [a], desc blanks last )'], ['dt"2024-01-31"', 'dt"2024-01-31"'], ['= 1 +1', '= 1 + 1'],
  ])('%s is %s', (source, expected) => {
    expect(layout(source)).toBe(expected);
  });

  it('breaks before its operators, the loosest first', () => {
    expect(layout('M = FILTER(T, T[aaaaaaaaaaaaa] = 1 && T[bbbbbbbbbbbbb] = 2 && T[ccccccccc] > 3 + T[ddddddd])')).toBe(text(`
      M =
          FILTER (
              T,
              T[aaaaaaaaaaaaa] = 1
                  && T[bbbbbbbbbbbbb] = 2
                  && T[ccccccccc] > 3 + T[ddddddd]
          )`));
  });

  it('keeps names with their values, conditions with their results, keys with their order', () => {
    expect(layout('EVALUATE ADDCOLUMNS(VALUES(T[a]), "short", [x], "a longer name", CALCULATE([m], T[aaaaaaaaa] = 1, T[b] = 2))')).toBe(text(`
      EVALUATE
      ADDCOLUMNS (
          VALUES ( T[a] ),
          "short", [x],
          "a longer name",
              CALCULATE ( [m], T[aaaaaaaaa] = 1, T[b] = 2 )
      )`));
    expect(layout('M = SWITCH(T[codecodecode], 192350001, "rejected", 192350002, "timed out", "other")')).toBe(text(`
      M =
          SWITCH (
              T[codecodecode],
              192350001, "rejected",
              192350002, "timed out",
              "other"
          )`));
    expect(layout('T1 = TOPN(10, VALUES(T[aaaaaaaaaaaaaaaaaaaaaa]), [bbbbbbbbbbbbbbbbb], DESC)')).toBe(text(`
      T1 =
          TOPN (
              10,
              VALUES ( T[aaaaaaaaaaaaaaaaaaaaaa] ),
              [bbbbbbbbbbbbbbbbb], DESC
          )`));
  });

  it('leaves a text that goes on over lines as it is', () => {
    expect(layout('A = "two\n   lines"&x')).toBe('A =\n    "two\n   lines"\n        & x');
  });

  it('opens a list of codes on the line of its IN, as many a line as fit', () => {
    expect(layout('M = CALCULATE([m], T[c] IN {192350001, 192350002, 192350003, 192350004, 192350005, 192350006})')).toBe(text(`
      M =
          CALCULATE (
              [m],
              T[c] IN {
                  192350001, 192350002, 192350003, 192350004,
                  192350005, 192350006
              }
          )`));
  });
});

describe('a query', () => {
  it('has its statements at the margin and its definitions below DEFINE', () => {
    expect(layout('define measure T[m]=1\nvar x=2\n\n/// docs\nmeasure T[n] = 3 evaluate T order by T[a] desc,T[b] start at 1,2\n\nevaluate {1}')).toBe(text(`
      DEFINE
          MEASURE T[m] = 1
          VAR x = 2

          /// docs
          MEASURE T[n] = 3
      EVALUATE
      T
      ORDER BY T[a] DESC, T[b]
      START AT 1, 2

      EVALUATE
      { 1 }`));
  });
});

describe('comments', () => {
  it('keep their place: above, behind, before and between', () => {
    expect(layout(text(`
      // above
      /// docs
      /// @format #,0
      M = CALCULATE( // behind the call
      [m], -- behind the argument
            // above an argument
        /* before */ T[a] = 1 /* behind */,
        T[bbbbbbbbbbbbbbbb] = "a long long long text"
      // , an argument that was
      ) // at the end
        // below
      // at the margin
      `))).toBe(text(`
      // above
      /// docs
      /// @format #,0
      M =
          CALCULATE ( // behind the call
              [m], -- behind the argument
              // above an argument
              /* before */ T[a] = 1 /* behind */,
              T[bbbbbbbbbbbbbbbb] = "a long long long text"
              // , an argument that was
          ) // at the end
          // below
      // at the margin
      `));
  });

  it('that suppress a finding go on speaking of the same code, or the definition stays', () => {
    const next = '// dax-metrics-disable-next-line unsafe-division -- known\nM = [aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa] / [bbbbbbbbbbbbbbbbbbbbbbbbbbbbb]\n';
    expect(layout(next)).toBe(next);
    expect(layout('// dax-metrics-disable-next-line unsafe-division -- known\nM =  [a]/[b]\n')).toBe('// dax-metrics-disable-next-line unsafe-division -- known\nM = [a] / [b]\n');
    const line = 'M = f([aaaaaaaaaaaaaaaaaaa], [bbbbbbbbbbbb] / [cccccccccccccccccccc]) // dax-metrics-disable-line unsafe-division\n';
    expect(layout(line)).toBe(line);
    expect(layout('// dax-metrics-disable unsafe-division\nM =  [a]/[b]\n')).toBe('// dax-metrics-disable unsafe-division\nM = [a] / [b]\n');
    const judged = '// dax-metrics-mutant-ok-next-line filter -- known\nM = [aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa] / [bbbbbbbbbbbbbbbbbbbbbbbbbbbbb]\n';
    expect(layout(judged)).toBe(judged);
    const apart = '// dax-metrics-disable-next-line unsafe-division\n\nM =\n  [a]/[b]\n';
    expect(layout(apart)).toBe(apart);
  });

  it('stand at the margin behind a line break of two characters as well', () => {
    expect(layout('A = 1\r\n// margin\r\n\r\nB =  2\r\n')).toBe('A = 1\r\n// margin\r\n\r\nB = 2\r\n');
  });
});

describe('what stays as it is', () => {
  it.each([
    ['a definition with a fault', 'A =   SUM(T[a]\n\nB = 1\n'], ['prose', 'Need   info on   that\n'], ['nothing', '\n\n'],
    ['a body that would be a header on a line of its own', `M = Total = 1 && IF([a] = 2, "${'x'.repeat(40)}", "y")\n`],
  ])('%s', (_, source) => {
    expect(layout(source)).toBe(source);
  });

  it('a definition beside one with a fault is laid out', () => {
    expect(layout('A =   SUM(T[a]\n\nB =1\n')).toBe('A =   SUM(T[a]\n\nB = 1\n');
  });
});

describe('settings', () => {
  it('blanks around brackets', () => {
    expect(layout('M = SUM(T[a])*(1+2)', { parentheses: 'spaced' })).toBe('M = SUM ( T[a] ) * ( 1 + 2 )');
    expect(layout('M = SUM(T[a])*(1+2)', { parentheses: 'padded' })).toBe('M = SUM( T[a] ) * ( 1 + 2 )');
    expect(layout('M = SUM ( T[a] )*(1+2)', { parentheses: 'compact' })).toBe('M = SUM(T[a]) * (1 + 2)');
  });

  it('capitals', () => {
    expect(layout('M = var x = sum(T[a]) return x', { upperCase: false })).toBe('M =\n    var x = sum ( T[a] )\n    return\n        x');
    expect(layout('M = my.f(sum(T[a]))')).toBe('M = my.f ( SUM ( T[a] ) )');
  });

  it('short lines break what holds another call', () => {
    expect(layout('M = DIVIDE([a], SUM(T[b]))', { lineStyle: 'short' })).toBe('M =\n    DIVIDE (\n        [a],\n        SUM ( T[b] )\n    )');
    expect(layout('M = DIVIDE([a], [b])', { lineStyle: 'short' })).toBe('M = DIVIDE ( [a], [b] )');
  });

  it('tabs, which count as wide as the editor shows them', () => {
    expect(layout('M = f([aaaaaaaaaa], [bbbbbbbbbb])', { maxWidth: 30 }, { insertSpaces: false, tabSize: 8 })).toBe('M =\n\tf (\n\t\t[aaaaaaaaaa],\n\t\t[bbbbbbbbbb]\n\t)');
  });
});
