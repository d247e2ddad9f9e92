// What stands before a cursor while someone is typing: `|` marks the cursor.
import { describe, expect, it } from 'vitest';
import { cursorAt } from '../../server/src/ide/cursor.ts';

const at = (text: string) => cursorAt(text.replace('|', ''), 0, text.indexOf('|'));

describe('the token under the cursor', () => {
  it.each([
    ['SUM(Fact|', 'code', 'Fact'],
    ['SUM(|', 'code', ''],
    ["SUM('Fact Ses|", 'table', "'Fact Ses"],
    ['SUM(T[Ses|', 'column', '[Ses'],
    ['T[c] = "Ag|', 'string', '"Ag'],
    ['T[c] = "say ""x|', 'string', '"say ""x'],
    ['T[a]]b|', 'column', '[a]]b'],
    ['1 // what|', 'comment', '// what'],
    ['1 -- what|', 'comment', '-- what'],
    ['1 /* what|', 'comment', '/* what'],
    ['1 // what\n + S|', 'code', 'S'],
    ['1 /* ( */ + S|', 'code', 'S'],
    ['"an unclosed text\n + S|', 'code', 'S'],
    ['STDEV.S|', 'code', 'STDEV.S'],
    ['Größe|', 'code', 'Größe'],
  ])('%j is in %s, begun with %j', (text, inside, begun) => {
    const cursor = at(text);
    expect(cursor.inside).toBe(inside);
    expect(text.slice(cursor.start, cursor.offset)).toBe(begun);
  });
});

describe('the brackets around the cursor', () => {
  it.each([
    ['CALCULATE(SUM(T[c]), |', ['CALCULATE 1']],
    ['CALCULATE(SUM(|', ['CALCULATE 0', 'SUM 0']],
    ['IF(a IN {1, 2|', ['IF 0', '{ 1']],
    ['f("(", \'(\'[(], |', ['f 2']],
    ['f(a) + |', []],
    ['CALCULATE((a + |', ['CALCULATE 0', '( 0']],
  ])('%j: %j', (text, open) => {
    expect(at(text).open.map((it) => `${it.name ?? it.sign} ${it.commas}`)).toEqual(open);
  });
});

describe('the variables in scope', () => {
  it.each([
    ['VAR a = 1 RETURN |', ['a']],
    ['VAR a = |', []],
    ['VAR a = 1 VAR b = |', ['a']],
    ['VAR a = 1 VAR b = 2 RETURN |', ['a', 'b']],
    ['SUMX(T, VAR r = 1 RETURN r) + |', []],
    ['VAR a = 1 RETURN SUMX(T, VAR r = 1 RETURN |', ['a', 'r']],
  ])('%j: %j', (text, names) => {
    expect(at(text).variables).toEqual(names);
  });
});
