// Names in other capitals than where they are declared.
import { expect, it } from 'vitest';
import { check, fixed } from '../support/lint.ts';
import { contact } from './model.ts';

it('of tables, columns, metrics and variables', () => {
  check(`
    Waits = VAR Limit = 60 RETURN COUNTROWS(FILTER(factsession, 'FACTSESSION'[waittime] > LIMIT))
                                                   ^^^^^^^^^^^ hint[name-casing]: factsession is declared as FactSession.
                                                                ^^^^^^^^^^^^^ hint[name-casing]: 'FACTSESSION' is declared as 'FactSession'.
                                                                             ^^^^^^^^^^ hint[name-casing]: [waittime] is declared as [WaitTime].
                                                                                          ^^^^^ hint[name-casing]: LIMIT is declared as Limit.

    Share = DIVIDE([waits], COUNTROWS(FactSession))
                   ^^^^^^^ hint[name-casing]: [waits] is declared as [Waits].
  `, contact);
});

it('delimiters are free, and so is what a definition is called', () => {
  check(`
    MEASURE FactSession[Long [waits]]] = COUNTROWS('FactSession')

    Twice = [Long [waits]]] * 2
  `, contact);
});

it('the fix keeps the delimiters', () => {
  expect(fixed("M = COUNTROWS('factsession')", contact)).toBe("M = COUNTROWS('FactSession')");
});
