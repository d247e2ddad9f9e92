// Faulty text: one problem a fault, at the character that opened the trouble, and the neighbours intact.
import { describe, expect, it } from 'vitest';
import { parseExpression, parseFile } from '../../grammar/src/index.ts';
import { checkProblems, dedent, outline, shape, treeOfFaulty } from './support.ts';

describe('brackets', () => {
  it('a bracket never closed is told where it opens, and the next definition stands', () => {
    const file = checkProblems(`
      Sessions = CALCULATE([a], T[x] = 1
                          ^ unclosed-bracket
      Closed = [b]
    `);
    expect(file.segments.map((it) => it.item)).toMatchObject([{ name: 'Sessions' }, { name: 'Closed', body: { kind: 'column' } }]);
  });

  it('of several never closed, the outermost is told', () => {
    checkProblems(`
      M = IF([a] > 0, DIVIDE([a], [b]
            ^ unclosed-bracket
    `);
  });

  it('a wrong pair is told at the bracket that is not closed', () => {
    checkProblems(`
      M = COUNTROWS({ 1, 2 )
                    ^ unclosed-bracket
    `);
  });

  it('a closing bracket of the wrong kind is one fault', () => {
    checkProblems(`
      M = COUNTROWS(T }
                      ^ unexpected-token
    `);
  });

  it('a closing bracket too many leaves the rest intact', () => {
    const file = checkProblems(`
      M = SUM(T[a])) + 1
                   ^ unexpected-token
    `);
    expect(file.segments[0]?.item).toMatchObject({ body: { kind: 'binary', operator: '+' } });
  });

  it('a bracket open at RETURN ends before it', () => {
    const file = checkProblems(`
      M =
      VAR total = SUM(T[a]
                     ^ unclosed-bracket
      RETURN total
    `);
    expect(file.segments.map((it) => ('body' in it.item ? shape(it.item.body) : ''))).toEqual(['(var total SUM(T[a]) return total)']);
  });

  it('a bracket open at the next VAR ends before it', () => {
    checkProblems(`
      M =
      VAR a = SUM(T[a]
                 ^ unclosed-bracket
      VAR b = 2
      RETURN a + b
    `);
  });

  it('a call never closed has no closing bracket', () => {
    expect(parseExpression('SUM(T[a]').expression).toMatchObject({ kind: 'call', close: undefined, args: [{ kind: 'column' }] });
  });
});

describe('what is missing', () => {
  it('an operand', () => {
    checkProblems(`
      M = [a] +
              ^ expected-expression
    `);
  });

  it('an operand between operators', () => {
    checkProblems(`
      M = [a] + * [b]
              ^ expected-expression
    `);
  });

  it('an operand in brackets', () => {
    checkProblems(`
      M = ([a] &&) + 1
               ^^ expected-expression
    `);
  });

  it('everything in brackets', () => {
    checkProblems(`
      M = 1 + ()
              ^ expected-expression
    `);
  });

  it('the left side', () => {
    checkProblems(`
      M = * 2
          ^ expected-expression
    `);
  });

  it('a body, before the next definition', () => {
    const file = checkProblems(`
      Sessions =
      ^^^^^^^^ missing-body
      Closed = [b]
    `);
    expect(file.segments.map((it) => it.item)).toMatchObject([{ name: 'Sessions', body: { kind: 'missing' } }, { name: 'Closed' }]);
  });

  it('a body, with a comment only', () => {
    checkProblems(`
      Sessions = // to come
      ^^^^^^^^ missing-body
    `);
  });

  it('RETURN, at the end', () => {
    checkProblems(`
      M = VAR a = 1
          ^^^ expected-token
    `);
  });

  it('RETURN, before its expression', () => {
    const file = checkProblems(`
      M =
      VAR a = 1
      a + 2
      ^^^^^ expected-token
    `);
    expect(file.segments[0]?.item).toMatchObject({ body: { kind: 'var', body: { kind: 'binary' } } });
  });

  it('what RETURN returns', () => {
    checkProblems(`
      M = VAR a = 1 RETURN
                    ^^^^^^ expected-expression
    `);
  });

  it('the = of a VAR', () => {
    checkProblems(`
      M = VAR a 1 RETURN a
              ^ expected-token
    `);
  });

  it('the value of a VAR', () => {
    checkProblems(`
      M = VAR a = RETURN a
                ^ expected-expression
    `);
  });

  it('the = of a MEASURE', () => {
    checkProblems(`
      MEASURE T[m] SUM(T[a])
               ^^^ expected-token
    `);
  });
});

describe('what is too much', () => {
  it('an operand after an argument', () => {
    const file = checkProblems(`
      M = IF([a] [b], 1, 2)
                 ^^^ unexpected-token
    `);
    expect(file.segments.map((it) => ('body' in it.item ? shape(it.item.body) : ''))).toEqual(['IF([a] 1 2)']);
  });

  it('a comma outside brackets', () => {
    checkProblems(`
      M = [a], [b]
             ^ unexpected-token
    `);
  });

  it('NOT before IN', () => {
    checkProblems(`
      M = T[a] NOT IN { 1 }
               ^^^ unexpected-token
    `);
  });

  it('AND as an operator', () => {
    const file = checkProblems(`
      M = IF(T[a] AND T[b], 1)
                  ^^^ unexpected-token
    `);
    expect(file.segments[0]?.problems[0]).toMatchObject({ params: { expected: '&&' }, repair: { edits: [{ newText: '&&' }] } });
  });

  it('!= for <>', () => {
    const file = checkProblems(`
      M = IF(T[a] != 1, 1)
                  ^^ unexpected-token
    `);
    expect(file.segments[0]?.problems[0]?.repair?.edits).toEqual([{ span: { start: 12, end: 14 }, newText: '<>' }]);
  });

  it('a character that is no DAX, with what follows it', () => {
    checkProblems(`
      M = [a] % 100
              ^ invalid-character
    `);
  });

  it('a character that is no DAX before an operand', () => {
    const file = checkProblems(`
      M = [a] + $100
                ^ invalid-character
    `);
    expect(file.segments.map((it) => ('body' in it.item ? shape(it.item.body) : ''))).toEqual(['(+ [a] 100)']);
  });

  it('a character that is no DAX before RETURN', () => {
    const file = checkProblems(`
      M = VAR a = [x] % 2 RETURN a
                      ^ invalid-character
    `);
    expect(file.segments.map((it) => ('body' in it.item ? shape(it.item.body) : ''))).toEqual(['(var a [x] return a)']);
  });

  it('EVALUATE in the middle of a line', () => {
    checkProblems(`
      M = 1 EVALUATE T
            ^^^^^^^^ unexpected-token
    `);
  });
});

describe('several consequences of one fault', () => {
  it.each<[string, string]>([
    ['text that ends too early, in brackets', `
      M = IF([a] =
            ^ unclosed-bracket
    `],
    ['text that ends too early, in a VAR block', `
      M =
      VAR a = SUM(T[x]
      ^^^ expected-token
    `],
    ['text that ends too early, in a string', `
      M = CALCULATE(
          [a],
          T[x] = "Clo
                 ^ unclosed-string
    `],
    ['an opening bracket too few', `
      M = CALCULATE AVERAGE(T[a]), T[b] = 1, T[c] = 2)
                    ^^^^^^^ unexpected-token
    `],
    ['an opening bracket too few, in a VAR', `
      M =
      VAR a = CALCULATE[m], T[b] = 1, T[c] = 2)
                          ^ unexpected-token
      RETURN a
    `],
    ['an opening bracket of a name too few', `
      M = DIVIDE(Cash Collected], [Total])
                               ^ unexpected-token
    `],
    ['an opening bracket of a name with a sign too few', `
      M = DIVIDE(# Queries], [Total])
                          ^ unexpected-token
    `],
    ['an opening quote too few', `
      M = SWITCH(T[a], 80", "True", "22", "x")
                         ^ unclosed-string
    `],
    ['an opening quote of a table too few', `
      M = COUNTROWS(Fact Session')
                                ^ unclosed-name
    `],
    ['an operator alone', `
      M = IN
          ^^ expected-expression
    `],
  ])('%s', (_, fixture) => {
    checkProblems(fixture);
  });

  it('a name whose opening bracket is missing is still read', () => {
    expect(treeOfFaulty('DIVIDE(Cash Collected], T Total] + 1)')).toBe('DIVIDE([Cash Collected] (+ [T Total] 1))');
  });

  it('but two faults are two problems', () => {
    checkProblems(`
      M = IF([a] +, [b] *)
                 ^ expected-expression
                        ^ expected-expression
    `);
    checkProblems(`
      DEFINE
        MEASURE T[a] = SUM(T[x])) + 1
                                ^ unexpected-token
        MEASURE T[b] = SUM(T[x] T[y])
                                ^ unexpected-token
      EVALUATE T U
                 ^ unexpected-token
    `);
  });
});

describe('strings and names', () => {
  it('a string never closed ends at its line, and takes no definition with it', () => {
    const file = checkProblems(`
      A = "open
          ^ unclosed-string
      B = "x" & "y"
      C = "z"
    `);
    expect(file.segments.map((it) => it.item)).toMatchObject([{ name: 'A' }, { name: 'B' }, { name: 'C' }]);
  });

  it('a string never closed takes its closing bracket with it, and is one fault', () => {
    checkProblems(`
      A = IF(T[a] = "x, 1, 2)
                    ^ unclosed-string
      B = 1
    `);
  });

  it('what follows a string never closed is part of the fault', () => {
    checkProblems(`
      A = CALCULATE([a],
          T[x] = "4,
                 ^ unclosed-string
          T[y] = 1
      )
    `);
  });

  it('a string over several lines is fine', () => {
    checkProblems(`
      A = "<svg
       width = 1>"
      B = 2
    `);
  });

  it('a quoted name never closed', () => {
    checkProblems(`
      A = COUNTROWS('Fact Session)
                    ^ unclosed-name
      B = 1
    `);
  });

  it('a bracketed name never closed', () => {
    checkProblems(`
      A = [Sessions closed + 1
          ^ unclosed-name
      B = [a]
    `);
  });

  it('a comment never closed ends at the next definition', () => {
    const file = checkProblems(`
      A = 1 /* open
            ^^ unclosed-comment

      text that is commented out

      B = 2
    `);
    expect(file.segments.map((it) => it.item)).toMatchObject([{ name: 'A' }, { name: 'B' }]);
  });

  it('a comment over definitions that is closed', () => {
    expect(outline('A = 1 /*\nB = 2\n\n/// docs\nC = 3\n*/\nD = 4')).toEqual(['measure A', 'measure D']);
  });
});

describe('a name broken by a line break', () => {
  it('is one fault, and joined', () => {
    const file = checkProblems(`
      Rate = DIVIDE([a], [Incoming
                         ^^^^^^^^^ broken-name
      sessions_FactSession], BLANK())
    `);
    expect(file.segments.map((it) => ('body' in it.item ? shape(it.item.body) : ''))).toEqual(['DIVIDE([a] [Incoming sessions_FactSession] BLANK())']);
    expect(file.segments[0]?.problems[0]?.params).toEqual({ name: 'Incoming sessions_FactSession' });
  });

  it('may have been one word', () => {
    expect(parseExpression('T[ActiveTimeInSec\nonds]').expression).toMatchObject({
      kind: 'column', broken: true, column: { text: 'ActiveTimeInSec onds' }, alternative: 'ActiveTimeInSeconds',
    });
  });

  it('may hold brackets', () => {
    expect(parseExpression('[Avg. time\r\n(sec)]').problems.map((it) => it.code)).toEqual(['broken-name']);
  });
});

describe('typographic quotes', () => {
  it('close a string that a plain quote opened', () => {
    const file = checkProblems(`
      A = IF(T[s] = "4”, 1, 2)
                      ^ smart-quote
      B = "x"
    `);
    expect(file.segments.map((it) => ('body' in it.item ? shape(it.item.body) : ''))).toEqual(['IF((= T[s] "4") 1 2)', '"x"']);
    expect(file.segments[0]?.problems[0]).toMatchObject({ params: { found: '”', replacement: '"' }, repair: { edits: [{ newText: '"' }] } });
  });

  it('with other strings on the line', () => {
    checkProblems(`
      A = IF(T[s] = "4”, "yes", "no")
                      ^ smart-quote
    `);
  });

  it('in two definitions', () => {
    const file = checkProblems(`
      A = CALCULATE([a], T[s] = "4”)
                                  ^ smart-quote
      B = CALCULATE([a], T[s] = "5”)
                                  ^ smart-quote
    `);
    expect(file.segments).toHaveLength(2);
  });

  it('and a bracket that is missing too', () => {
    checkProblems(`
      A = CALCULATE([a], T[s] <> "1“
                   ^ unclosed-bracket
                                   ^ smart-quote
    `);
  });

  it('on both sides are one fault with one fix', () => {
    const file = checkProblems(`
      A = T[s] = “4”
                 ^ smart-quote
    `);
    expect(file.segments[0]?.problems[0]?.repair?.edits).toHaveLength(2);
    expect(file.segments.map((it) => ('body' in it.item ? shape(it.item.body) : ''))).toEqual(['(= T[s] "4")']);
  });

  it('around a table', () => {
    expect(treeOfFaulty('COUNTROWS(‘Fact Session’)')).toBe("COUNTROWS('Fact Session')");
  });

  it('inside a string are text', () => {
    expect(parseExpression('"He said “hi”" & "’"').problems).toEqual([]);
  });
});

describe('semicolons and decimal commas', () => {
  it('are one fault with a fix for the whole definition', () => {
    const text = 'M = IF([a] > 1,5; DIVIDE([a]; [b]); "a;b" & T[c;d])';
    const { segments: [segment] } = parseFile(text);
    expect(segment?.problems.map((it) => it.code)).toEqual(['local-separators']);
    expect(applyRepair(text)).toBe('M = IF([a] > 1.5, DIVIDE([a], [b]), "a;b" & T[c;d])');
    expect(segment !== undefined && 'body' in segment.item ? shape(segment.item.body) : '').toBe('IF((> [a] 1.5) DIVIDE([a] [b]) (& "a;b" T[c;d]))');
  });

  it('a decimal comma alone', () => {
    expect(applyRepair('M = 1,5 * ROUND([a], 2)')).toBe('M = 1.5 * ROUND([a], 2)');
    checkProblems(`
      M = 1,5 * [a]
           ^ local-separators
    `);
  });

  it('where commas separate as well, they stay', () => {
    expect(applyRepair('M = IF([a]; ROUND([b], 2), 1,5)')).toBe('M = IF([a], ROUND([b], 2), 1,5)');
  });

  it('commas between numbers separate arguments', () => {
    expect(parseExpression('ROUND(1,5)').problems).toEqual([]);
    expect(parseExpression('{1,5}').problems).toEqual([]);
  });

  it('a semicolon at the end is only one too many', () => {
    checkProblems(`
      M = SUM(T[a]);
                   ^ unexpected-token
    `);
  });

  it('in queries, START AT lists values', () => {
    checkProblems(`
      EVALUATE T ORDER BY T[a], T[b] START AT 1,5
    `);
  });
});

describe('prose and placeholders', () => {
  it('a sentence before a definition is one fault, and the definition intact', () => {
    const file = checkProblems(`
      The following data is yet to be reviewed
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ prose

      Sessions timedout = SUMX(T, IF(T[x] == "AgentTimeout",1,0 ))
    `);
    expect(file.segments.map((it) => it.item.kind)).toEqual(['prose', 'measure']);
  });

  it('several paragraphs are one fault', () => {
    expect(outline('This page is a draft.\n\nDon\'t use it yet (see below).\n\nM = 1')).toEqual(['prose', 'measure M']);
  });

  it.each(['**Need info**', 'Need info', '**To be reviewed**', 'TBD', '...', '<expression>', 'To do.', 'N/A'])('%s is a placeholder', (text) => {
    const { segments: [segment] } = parseFile(`\n${text}\n`);
    expect(segment?.item).toMatchObject({ kind: 'prose', placeholder: true });
    expect(segment?.problems).toMatchObject([{ code: 'placeholder', params: { text } }]);
  });

  it('a placeholder before a definition', () => {
    expect(outline('**To be reviewed**\n\nM = SUM(T[a])')).toEqual(['prose', 'measure M']);
  });

  it('a placeholder for a body', () => {
    checkProblems(`
      Sessions = **Need info**
                 ^^^^^^^^^^^^^ placeholder
      Closed = 1
    `);
  });

  it('prose after a definition', () => {
    expect(outline('M = [a]\n\nNote that this is under review.\n\nN = 1')).toEqual(['measure M', 'prose', 'measure N']);
  });

  it.each(['Info', 'FactSession', '[Pending]', "'Need info'"])('%s may be a name', (text) => {
    expect(parseFile(text).segments.map((it) => [it.item.kind, it.problems])).toEqual([['bare', []]]);
  });

  it.each(['SUM T[x]', 'DIVIDE([a], [b]', '[a] +', 'SUM(T[x]) SUM(T[y])'])('%s is faulty DAX, not prose', (text) => {
    expect(parseFile(text).segments.map((it) => [it.item.kind, it.problems.length])).toEqual([['bare', 1]]);
  });
});

it('a text of faults everywhere still has a segment for each header', () => {
  const text = dedent(`
    A = CALCULATE([x], T[y] = "1
    B = [open + 1
    C = ((1 + 2)
    D = 'T
    E = 1 ; 2
  `);
  expect(outline(text)).toEqual(['measure A', 'measure B', 'measure C', 'measure D', 'measure E']);
});

/** The text after the repair of its only problem. */
function applyRepair(text: string): string {
  const { segments: [segment] } = parseFile(text);
  const edits = segment?.problems[0]?.repair?.edits ?? [];
  return edits.toReversed().reduce((acc, { span, newText }) => acc.slice(0, span.start) + newText + acc.slice(span.end), text);
}
