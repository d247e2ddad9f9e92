// Conditions on codes that keep everything or nothing, and arms that are missing.
import { describe, expect, it } from 'vitest';
import { check, fixed, lintText } from '../support/lint.ts';
import { contact } from './model.ts';

const rulesOf = (filter: string): readonly string[] =>
  lintText(`M = COUNTROWS(FILTER(FactSession, ${filter}))`, contact).map((it) => it.rule);

describe('filter-keeps-all', () => {
  it('a range over the whole choice', () => {
    check(`
      M = CALCULATE(COUNTROWS(FactSession), FactSession[StatusCode] >= 1 && FactSession[StatusCode] <= 7)
                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[filter-keeps-all]: All 7 codes of FactSession[StatusCode] meet this condition, so it removes only BLANK.
    `, contact);
  });

  it('two inequalities with OR', () => {
    check(`
      M = COUNTROWS(FILTER(FactSession, FactSession[StateCode] <> 192360000 || FactSession[StateCode] <> 192360001))
                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[filter-keeps-all]: All 4 codes of FactSession[StateCode] meet this condition, so it removes nothing.
    `, contact);
  });

  it.each([
    'FactSession[EventType] IN { "192350001", "192350003" }',
    'OR(FactSession[StatusCode] < 4, 4 <= FactSession[StatusCode])',
    'FactSession[WaitTime] > 3 && (FactSession[StatusCode] < 4 || FactSession[StatusCode] > 3)',
    'FactSession[StatusCode] >= 1',
    'FactSession[StatusCode] <> 1 || FactSession[WaitTime] > 1 || FactSession[StatusCode] <> 2',
  ])('%s', (filter) => {
    expect(rulesOf(filter)).toEqual(['filter-keeps-all']);
  });

  it.each([
    'FactSession[StatusCode] > 0',
    'FactSession[StatusCode] <> 0',
    'NOT ISBLANK(FactSession[StatusCode])',
    'FactSession[Closurereason] <> ""',
    'FactSession[StatusCode] >= 2 && FactSession[StatusCode] <= 7',
    'FactSession[StatusCode] < 7',
    'FactSession[Closurereason] <> "192350001" && FactSession[Closurereason] <> "192350002"',
    'FactSession[EventType] <> "192350001" || FactSession[Closurereason] <> "192350001"',
    'FactSession[Channels] <> "192350000,192340000" || FactSession[Channels] <> "192340000,192350000"',
  ])('%s is fine', (filter) => {
    expect(rulesOf(filter)).toEqual([]);
  });
});

describe('filter-keeps-nothing', () => {
  it('two codes of one column', () => {
    check(`
      A = COUNTROWS(FILTER(FactSession, FactSession[StateCode] = 192360000 && FactSession[StateCode] = 192360001))
                                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[filter-keeps-nothing]: No value of FactSession[StateCode] meets this and the condition before it, so nothing is kept.

      B = CALCULATE(COUNTROWS(FactSession), FactSession[StateCode] = 192360000, KEEPFILTERS(FactSession[StateCode] IN { 192360001, 192360002 }))
                                                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[filter-keeps-nothing]

      C = CALCULATE(COUNTROWS(FactSession), FactSession[IsAgentSession], FILTER(FactSession, FactSession[StatusCode] < 3), FactSession[StatusCode] = 3)
                                                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information[filter-whole-table]
                                                                                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[filter-keeps-nothing]
    `, contact);
  });

  it.each([
    'FactSession[StatusCode] > 5 && FactSession[WaitTime] > 1 && FactSession[StatusCode] < 3',
    'AND(FactSession[EventType] = "192350001", NOT FactSession[EventType] IN { "192350001" })',
    'ISBLANK(FactSession[StateCode]) && FactSession[StateCode] = 192360000',
    'NOT (FactSession[StatusCode] = 1 && FactSession[StatusCode] = 2)',
    'FactSession[IsAgentSession] || (FactSession[StatusCode] = 1 && FactSession[StatusCode] = 2)',
  ])('%s', (filter) => {
    expect(rulesOf(filter)).toEqual(['filter-keeps-nothing']);
  });

  it.each([
    'FactSession[StatusCode] = 1 || FactSession[StatusCode] = 2',
    'FactSession[EventType] = "192350001" && FactSession[Closurereason] = "192350002"',
    'FactSession[StatusCode] > 1 && FactSession[StatusCode] < 3',
    'FactSession[StatusCode] = 1 && FactSession[StatusCode] <> 2',
    'FactSession[StatusCode] <= 0 && ISBLANK(FactSession[StatusCode])',
  ])('%s is fine', (filter) => {
    expect(rulesOf(filter)).toEqual([]);
  });

  it('an outer row and an inner one are two', () => {
    check(`
      A = SUMX(FactSession, VAR state = FactSession[StateCode] RETURN COUNTROWS(FILTER(FactSession, FactSession[StateCode] = 192360000 && state = 192360001)))

      B = SUMX(FactSession, COUNTROWS(FILTER(FactSession, FactSession[StateCode] = 192360000 && EARLIER(FactSession[StateCode]) = 192360001)))

      C = CALCULATE(CALCULATE(COUNTROWS(FactSession), FactSession[StateCode] = 192360000), FactSession[StateCode] = 192360001)

      D = SUMX(FactSession, CALCULATE(COUNTROWS(FactSession), FILTER(ALL(DimAgent), FactSession[StateCode] = 192360000), FactSession[StateCode] = 192360001))
    `, contact);
  });
});

describe('missing-codes', () => {
  it('of a SWITCH over a choice, in both its forms', () => {
    check(`
      A = SUMX(FactSession, SWITCH(FactSession[StateCode], 192360000, 1, 192360001, 2))
                            ^^^^^^ information[missing-codes]: This SWITCH over FactSession[StateCode] has no arm for 192360002 (Closed), and no last result.

      B = SUMX(FactSession, SWITCH(TRUE(), FactSession[StatusCode] < 3, 1, FactSession[StatusCode] = 7, 2))
                            ^^^^^^ information[missing-codes]: This SWITCH over FactSession[StatusCode] has no arm for 3 (Waiting), 4 (Closed), 5 (Wrap-up), 6 (Missed), and no last result.
    `, contact);
  });

  it('a last result, all codes, one arm or another column are fine', () => {
    check(`
      A = SUMX(FactSession, SWITCH(FactSession[StateCode], 192360000, 1, 192360001, 2, 0))

      B = SUMX(FactSession, SWITCH(FactSession[StateCode], 192360000, 1, 192360001, 2, 192360002, 3))

      C = SUMX(FactSession, SWITCH(FactSession[StateCode], 192360000, 1))

      D = SUMX(FactSession, SWITCH(FactSession[OldState] + 0, 1, 1, 2, 2))
                                              ^^^^^^^^^^ warning[deprecated-column]

      E = SUMX(FactSession, SWITCH(TRUE(), FactSession[StatusCode] < 3, 1, FactSession[WaitTime] > 7, 2))
    `, contact);
  });

  it('are added by the fix', () => {
    expect(fixed('M = SUMX(FactSession, SWITCH(FactSession[EventType], "192350001", 1, "192350003", 2)) + SUMX(FactSession, SWITCH(FactSession[StateCode], 192360000, 1, 192360001, 2 ))', contact))
      .toBe('M = SUMX(FactSession, SWITCH(FactSession[EventType], "192350001", 1, "192350003", 2)) + SUMX(FactSession, SWITCH(FactSession[StateCode], 192360000, 1, 192360001, 2, 192360002, BLANK() ))');
  });
});

describe('null-meaning', () => {
  it('IF gives the meaning of the other state', () => {
    check(`
      A = MAXX(FactSession, IF(ISBLANK(FactSession[BotId]), "a bot", "agent"))
                                                            ^^^^^^^ error[null-meaning]: BLANK in FactSession[BotId] means a person, yet this gives a bot.

      B = MAXX(FactSession, IF(FactSession[BotId] <> BLANK(), "A person"))
                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information[blank-comparison]
                                                              ^^^^^^^^^^ error[null-meaning]: A value in FactSession[BotId] means a bot, yet this gives A person.
    `, contact);
  });

  it('two columns of one attribute contradict each other', () => {
    check(`
      M = COUNTROWS(FILTER(FactSession, FactSession[IsAgentSession] && NOT ISBLANK(RELATED(DimAgent[BotId]))))
                                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[null-meaning]: A value in DimAgent[BotId] means FALSE for FactSession[IsAgentSession]; here it is kept together with TRUE.
    `, contact);
  });

  it('a column that is made the wrong way round', () => {
    check(`
      COLUMN FactSession[IsAgentSession] = NOT ISBLANK(RELATED(DimAgent[BotId]))
                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[null-meaning]: A value in FactSession[IsAgentSession] means FALSE, yet this gives TRUE.
    `, contact);
  });

  it('the right way round is fine', () => {
    check(`
      A = MAXX(FactSession, IF(ISBLANK(FactSession[BotId]), "a person", "a bot"))

      B = COUNTROWS(FILTER(FactSession, FactSession[IsAgentSession] && ISBLANK(RELATED(DimAgent[BotId]))))

      C = COUNTROWS(FILTER(FactSession, NOT FactSession[IsAgentSession] && NOT ISBLANK(RELATED(DimAgent[BotId]))))

      COLUMN FactSession[IsAgentSession] = ISBLANK(RELATED(DimAgent[BotId]))
    `, contact);
  });
});
