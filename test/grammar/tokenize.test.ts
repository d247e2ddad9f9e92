// Plain tokens, for colours, completion and formatting.
import { expect, it } from 'vitest';
import { tokenize, tokenizeExpression } from '../../grammar/src/index.ts';

const kinds = (text: string): readonly string[] => tokenize(text).map((it) => `${it.kind} ${it.text}`);

it('a definition with docs', () => {
  expect(kinds('/// docs\nLoad % = DIVIDE([a], \'T x\'[b], T[c]) // end')).toEqual([
    'doc /// docs', 'definition Load %', 'operator =', 'function DIVIDE', 'punctuation (', 'bracketedName [a]', 'punctuation ,',
    "quotedName 'T x'", 'bracketedName [b]', 'punctuation ,', 'name T', 'bracketedName [c]', 'punctuation )', 'comment // end',
  ]);
});

it('a query', () => {
  expect(kinds('DEFINE MEASURE T[a] = 1 EVALUATE T ORDER BY T[a] DESC START AT @p')).toEqual([
    'keyword DEFINE', 'keyword MEASURE', 'name T', 'bracketedName [a]', 'operator =', 'number 1', 'keyword EVALUATE', 'name T',
    'keyword ORDER', 'keyword BY', 'name T', 'bracketedName [a]', 'keyword DESC', 'keyword START', 'keyword AT', 'parameter @p',
  ]);
});

it('an expression', () => {
  expect(tokenizeExpression('NOT x IN { "a", dt"2024-01-01", TRUE } && 2 <> .5 #').map((it) => it.kind)).toEqual([
    'keyword', 'name', 'keyword', 'punctuation', 'string', 'punctuation', 'date', 'punctuation', 'boolean', 'punctuation',
    'operator', 'number', 'operator', 'number', 'invalid',
  ]);
});

it('places are those of the whole text', () => {
  const text = 'A = 1\n\nSessions, all = [a] /* c */ + 2\nEVALUATE T';
  for (const token of tokenize(text)) expect(text.slice(token.span.start, token.span.end)).toBe(token.text);
  expect(tokenize(text).map((it) => it.kind)).toContain('definition');
});
