// Rules over definitions and style, each with its near misses.
import { describe, expect, it } from 'vitest';
import { check, checkFiles, fixed, lintText } from '../support/lint.ts';
import { contact, contactFile } from './model.ts';

const rulesOf = (expression: string): readonly string[] => lintText(`M = ${expression}`, contact).map((it) => it.rule);

describe('blank-comparison', () => {
  it('tells = and <> with BLANK()', () => {
    check(`
      M = IF(SUM(FactSession[WaitTime]) = BLANK(), 1, 2)
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information[blank-comparison]: = BLANK() takes zero, empty text and FALSE as BLANK too. For BLANK alone write ISBLANK( ) or ==.
    `, contact);
    expect(fixed('M = IF(BLANK() <> SUM(FactSession[WaitTime]), 1, 2)', contact)).toBe('M = IF(NOT ISBLANK(SUM(FactSession[WaitTime])), 1, 2)');
  });
  it.each(['SUM(FactSession[WaitTime]) == BLANK()', 'ISBLANK(SUM(FactSession[WaitTime]))', 'IF(COUNTROWS(FactSession) > 1, BLANK())'])('%s is fine', (it) => {
    expect(rulesOf(it)).toEqual([]);
  });
});

describe('redundant-divide-default', () => {
  it('leaves the argument out', () => {
    expect(fixed('M = DIVIDE(COUNTROWS(FactSession), 2, BLANK())', contact)).toBe('M = DIVIDE(COUNTROWS(FactSession), 2)');
  });
  it('another default is one', () => {
    expect(rulesOf('DIVIDE(COUNTROWS(FactSession), 2, 0)')).toEqual([]);
  });
});

describe('unsafe-division', () => {
  it('puts DIVIDE in its place', () => {
    expect(fixed('M = SUM(FactSession[WaitTime]) / COUNTROWS(FactSession)', contact)).toBe('M = DIVIDE(SUM(FactSession[WaitTime]), COUNTROWS(FactSession))');
  });
  it('marks the denominator, and keeps comments around the operator', () => {
    check(`
      M = SUM(FactSession[WaitTime]) / COUNTROWS(FactSession)
                                     ^^^^^^^^^^^^^^^^^^^^^^^^ information[unsafe-division]
    `, contact);
    expect(fixed('M = SUM(FactSession[WaitTime]) // seconds\n  / COUNTROWS(FactSession)', contact)).toBe('M = DIVIDE(SUM(FactSession[WaitTime]) // seconds\n  , COUNTROWS(FactSession))');
    expect(fixed('M = SUM(FactSession[WaitTime]) / /* all */ COUNTROWS(FactSession)', contact)).toBe('M = DIVIDE(SUM(FactSession[WaitTime]), /* all */ COUNTROWS(FactSession))');
  });
  it.each(['SUM(FactSession[WaitTime]) / 60', 'SUM(FactSession[WaitTime]) / (24 * 60)', 'VAR minutes = 60 RETURN SUM(FactSession[WaitTime]) / minutes'])('%s is fine', (it) => {
    expect(rulesOf(it)).toEqual([]);
  });
});

describe('mixed-equality', () => {
  it('stands at the rarer sign of a condition', () => {
    check(`
      M = COUNTROWS(FILTER(FactSession, FactSession[StateCode] == 192360000 && (FactSession[StatusCode] = 2 || FactSession[WaitTime] = 3)))
                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information[mixed-equality]
    `, contact);
  });
  it('conditions of their own may differ', () => {
    expect(rulesOf('IF(COUNTROWS(FactSession) == 1, IF(COUNTROWS(FactSession) = 2, 1))')).toEqual([]);
  });
});

describe('filter-whole-table', () => {
  it('offers the condition alone', () => {
    expect(fixed('M = CALCULATE(COUNTROWS(FactSession), FILTER(FactSession, FactSession[WaitTime] > 5))', contact))
      .toBe('M = CALCULATE(COUNTROWS(FactSession), KEEPFILTERS(FactSession[WaitTime] > 5))');
  });
  it.each([
    'CALCULATE(COUNTROWS(FactSession), FILTER(VALUES(FactSession[AgentId]), FactSession[AgentId] = "a"))',
    'COUNTROWS(FILTER(FactSession, FactSession[WaitTime] > 5))',
    'CALCULATE(COUNTROWS(FactSession), FILTER(FactSession, CALCULATE(COUNTROWS(DimAgent)) > 5))',
  ])('%s is fine', (it) => {
    expect(rulesOf(it)).toEqual([]);
  });
});

describe('redundant-calculate', () => {
  it('leaves the argument alone', () => {
    expect(fixed('M = CALCULATE(AVERAGE(FactSession[WaitTime]))', contact)).toBe('M = AVERAGE(FactSession[WaitTime])');
  });
  it.each(['SUMX(DimAgent, CALCULATE(COUNTROWS(FactSession)))', 'SUMX(DimAgent, DIVIDE(CALCULATE(COUNTROWS(FactSession)), 2))', 'CALCULATE(COUNTROWS(FactSession), ALL(DimAgent))'])('%s is fine', (it) => {
    expect(rulesOf(it)).toEqual([]);
  });
});

describe('not-precedence', () => {
  it('puts the comparison into brackets', () => {
    expect(fixed('M = COUNTROWS(FILTER(FactSession, NOT(FactSession[WaitTime]) = 1))', contact)).toBe('M = COUNTROWS(FILTER(FactSession, NOT(FactSession[WaitTime] = 1)))');
  });
  it.each(['NOT FactSession[WaitTime] = 1', 'NOT (FactSession[WaitTime] = 1)', 'NOT(FactSession[IsAgentSession]) = TRUE'])('%s is fine', (it) => {
    expect(rulesOf(`COUNTROWS(FILTER(FactSession, ${it}))`)).toEqual([]);
  });
});

describe('same-branches', () => {
  it('tells results that are the same, and conditions that are decided', () => {
    check(`
      A = IF(COUNTROWS(FactSession) > 5, "x", "x")
                                              ^^^ warning[same-branches]: Both results of this IF are the same. One of them was probably meant to be another.

      B = IF(COUNTROWS(FactSession) > 5, 1, IF(COUNTROWS(FactSession) > 5, 2, 3))
                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[same-branches]: This condition is always FALSE here: it was asked before. One of the two was probably meant to be another.

      C = SWITCH(TRUE(), COUNTROWS(FactSession) > 5, 1, COUNTROWS(FactSession) > 3, 2, COUNTROWS(FactSession) > 5, 3)
                                                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[same-branches]: An arm above has this condition already; this one is never reached.
    `, contact);
  });
  it('a condition under another filter is another one', () => {
    expect(rulesOf('IF(COUNTROWS(FactSession) > 5, CALCULATE(IF(COUNTROWS(FactSession) > 5, 2, 3), ALL(DimAgent)))')).toEqual([]);
  });
});

describe('unused-variable', () => {
  it('is removed', () => {
    expect(fixed('M = VAR a = 1\nVAR b = 2\nRETURN b', contact)).toBe('M = VAR b = 2\nRETURN b');
  });
  it('variables that others read are used', () => {
    expect(rulesOf('VAR a = 1 VAR b = a RETURN b')).toEqual([]);
  });
});

describe('unit-in-name', () => {
  it('follows what the other metrics with the unit do', () => checkFiles(`//- /contact.daxmodel.yaml${contactFile}
//- /a.dax
Longest (min) = MAX(FactSession[WaitTime]) / 60

Mean (min) = AVERAGE(FactSession[WaitTime])
^^^^^^^^^^ information[unit-in-name]: The name says min, yet nothing is divided by 60, as it is in [Longest (min)].

Half (min) = [Mean (min)] / 2
`));
  it('does not ask of one column what is done with another', () => checkFiles(`//- /contact.daxmodel.yaml${contactFile}
//- /a.dax
Longest (min) = CALCULATE(MAX(FactSession[WaitTime]) / 60, FactSession[ChannelId] = "192360000", FactSession[StatusCode] = 4)

Age (min) = CALCULATE(COUNT(FactSession[AgentId]), FactSession[ChannelId] = "192360000", FactSession[StatusCode] = 4)
`));
  it('reads the unit of a column behind "in", and takes no other hour for one', () => checkFiles(`//- /units.daxmodel.yaml
name: units
tables:
  F:
    columns:
      ResponseTimeInSecondsAdjustedForOperationHour: { type: int64 }
      StartHour: { type: int64 }
      WaitHours: { type: int64 }
      LeftInMinute: { type: int64 }
    rows: []
//- /a.dax
Response (sec) = AVERAGE(F[ResponseTimeInSecondsAdjustedForOperationHour])

Slow (min) = MAX(F[ResponseTimeInSecondsAdjustedForOperationHour])
^^^^^^^^^^ information[unit-in-name]: The name says min, F[ResponseTimeInSecondsAdjustedForOperationHour] holds seconds, and nothing converts by 60.

Start (min) = AVERAGE(F[StartHour])

Waited (min) = AVERAGE(F[WaitHours])
^^^^^^^^^^^^ information[unit-in-name]: The name says min, F[WaitHours] holds hours, and nothing converts by 60.

Left (sec) = AVERAGE(F[LeftInMinute])
^^^^^^^^^^ information[unit-in-name]: The name says sec, F[LeftInMinute] holds minute, and nothing converts by 60.
`));
});

describe('function-casing and space-before-bracket', () => {
  it('are put right', () => {
    expect(fixed('M = IF(ISBLANk(SUM(FactSession[WaitTime])), 0)', contact)).toBe('M = IF(ISBLANK(SUM(FactSession[WaitTime])), 0)');
    expect(fixed('M = SUM(FactSession [WaitTime])', contact)).toBe('M = SUM(FactSession[WaitTime])');
  });
  it.each(['countrows(FactSession)', 'CountRows(FactSession)', 'Countrows(FactSession)'])('%s is regular', (it) => {
    expect(rulesOf(it)).toEqual([]);
  });
});

describe('metrics among others', () => {
  it('same expression, alias', () => checkFiles(`//- /contact.daxmodel.yaml${contactFile}
//- /a.dax
A = CALCULATE(COUNTROWS(FactSession), FactSession[WaitTime] > 3)

B = [A]
    ^^^ hint[metric-alias]: This is [A] under another name.

C = CALCULATE ( COUNTROWS ( FactSession ), FactSession[WaitTime] > 3 )
^ information[same-expression]: [A] has the same expression. Let one read the other.
`));

  it('unused where the model lists what is public', () => checkFiles(`//- /contact.daxmodel.yaml${contactFile}public: [A]
//- /a.dax
A = COUNTROWS(FactSession) + [Read]

Read = SUM(FactSession[WaitTime])

Unread = MAX(FactSession[WaitTime])
^^^^^^ information[unused-metric]: Nothing uses Unread, and contact does not list it as public.
`));
});
