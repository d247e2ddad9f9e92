// The parser starts without the library's checks and finds its choices itself: here the library checks, and both agree.
import { Lexer } from 'chevrotain';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { prepare } from '../../grammar/src/expression.ts';
import { DaxParser } from '../../grammar/src/parser.ts';
import type { Report } from '../../grammar/src/problems.ts';
import { carefulTokens, plainTokens } from '../../grammar/src/tokens.ts';
import { definitions, expressions, queries } from './generate.ts';

it.each([['plain', plainTokens], ['careful', carefulTokens]] as const)('the %s token types are sound', (_, types) => {
  expect(new Lexer(types, { positionTracking: 'onlyOffset', ensureOptimizations: true }).lexerDefinitionErrors).toEqual([]);
});

it('the grammar is sound, and its choices are those of the library', () => {
  const [checked, own] = [new DaxParser(true), new DaxParser()];
  /** What a parser makes of a text, problems included. */
  const read = (parser: DaxParser, rule: 'body' | 'statements', text: string): unknown => {
    const told: unknown[] = [];
    const report: Report = (...all) => told.push(all);
    const prepared = prepare(text, 0, rule === 'body' ? 'expression' : 'statements', () => {}, []);
    parser.start(prepared?.tokens ?? [], 0, report, () => undefined);
    return [parser[rule](), told, parser.errors.map((error) => error.message)];
  };
  const broken = fc.tuple(fc.oneof(expressions, definitions, queries), fc.nat(), fc.nat(4), fc.constantFrom('', ',', '(', ')', ' VAR ', ' RETURN ', '=', ' GROUP ', ':', '=>', ' IN '));
  fc.assert(fc.property(broken, fc.constantFrom('body', 'statements'), ([text, place, cut, put], rule) => {
    const at = place % (text.length + 1);
    const changed = text.slice(0, at) + put + text.slice(at + cut);
    expect(read(own, rule, changed)).toEqual(read(checked, rule, changed));
  }), { numRuns: 2000, seed: 9 });
});
