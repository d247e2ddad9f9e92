// Choice codes: each is checked against the choice of the column that it meets.
import { describe, expect, it } from 'vitest';
import { contact } from '../analysis/models.ts';
import { bindText } from '../support/analysis.ts';
import { check, fixed } from '../support/lint.ts';

const labelsIn = (text: string): readonly string[] =>
  bindText(text, contact).bounds.flatMap((bound) => bound.codes.map((it) => `${bound.segment.text.slice(it.span.start, it.span.end)} ${it.column.name}=${it.option?.label ?? '?'}`));

describe('labels of codes', () => {
  it.each([
    ['M = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = "192350001")', ['"192350001" Closurereason=AgentReject']],
    ['M = CALCULATE(COUNTROWS(FactSession), "192350001" == (FactSession[Closurereason]))', ['"192350001" Closurereason=AgentReject']],
    ['M = CALCULATE(COUNTROWS(FactSession), FactSession[StateCode] <> 192360002)', ['192360002 StateCode=Closed']],
    ['M = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] IN { "192350001", "192350002" })', ['"192350001" Closurereason=AgentReject', '"192350002" Closurereason=AgentTimeout']],
    ['M = SUMX(FactSession, SWITCH(FactSession[StateCode], 192360000, 1, 192360001, 2, 0))', ['192360000 StateCode=Open', '192360001 StateCode=Waiting']],
    ['M = VAR code = "192350001" RETURN CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = code)', ['"192350001" Closurereason=AgentReject']],
    ['M = VAR codes = { "192350001" } RETURN CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] IN codes)', ['"192350001" Closurereason=AgentReject']],
    ['M = CALCULATE(COUNTROWS(FactSession), TREATAS({ "192350002" }, FactSession[Closurereason]))', ['"192350002" Closurereason=AgentTimeout']],
    ['M = LOOKUPVALUE(FactSession[SessionId], FactSession[StateCode], 192360001)', ['192360001 StateCode=Waiting']],
    ['M = IF(SELECTEDVALUE(FactSession[Closurereason]) = "192350010", 1)', ['"192350010" Closurereason=AgentTransferred']],
    ['M = COUNTROWS(FILTER(FactSession, NOT CONTAINSSTRING(FactSession[Channels], "192350000")))', ['"192350000" Channels=Entity Records']],
    ['M = IF(CONTAINSROW(VALUES(FactSession[StateCode]), 192360002), 1)', ['192360002 StateCode=Closed']],
    ['M = COUNTROWS(FILTER(FactSession, FactSession[StateCode] >= 192360001))', ['192360001 StateCode=Waiting']],
    ['M = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = "" || FactSession[StateCode] = 0)', []],
    ['M = COUNTROWS(FILTER(FactSession, FactSession[Channels] = "192350000,192340000"))', []],
    ['M = MAXX(SELECTCOLUMNS(FactSession, "why", FactSession[Closurereason]), IF([why] = "192350001", 1))', ['"192350001" Closurereason=AgentReject']],
  ])('%s', (text, wanted) => {
    expect(labelsIn(text)).toEqual(wanted);
    check(text, contact);
  });
});

describe('codes that are wrong', () => {
  it('unknown: the nearest by its digits', () => {
    check(`
      M = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = "192350011")
                                                                         ^^^^^^^^^^^ error[unknown-code]: "192350011" is no code of FactSession[Closurereason] (closurereason). Did you mean "192350010" (AgentTransferred)?
    `, contact);
  });

  it('a label in place of the code', () => {
    check(`
      M = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = "Agent reject")
                                                                         ^^^^^^^^^^^^^^ error[label-for-code]: FactSession[Closurereason] holds codes, not labels. "Agent reject" may be "192350001" (AgentReject).
    `, contact);
  });

  it('a code of another column', () => {
    check(`
      M = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = "192360002")
                                                                         ^^^^^^^^^^^ error[code-of-another-choice]: "192360002" is Closed in FactSession[StateCode]; this column is FactSession[Closurereason], whose choice closurereason has no such code.
    `, contact);
  });

  it('a number for a column of text', () => {
    check(`
      M = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = 192350001)
                                                                         ^^^^^^^^^ error[code-type]: FactSession[Closurereason] holds text. Write "192350001".
    `, contact);
  });

  it('text for a column of numbers', () => {
    check(`
      M = COUNTROWS(FILTER(FactSession, "192360002" = FactSession[StateCode]))
                                        ^^^^^^^^^^^ error[code-type]: FactSession[StateCode] holds numbers. Write 192360002.
    `, contact);
  });

  it('each of several', () => {
    check(`
      M = CALCULATE(COUNTROWS(FactSession), FactSession[StateCode] IN { 192360000, 192360009, "192360002" })
                                                                                   ^^^^^^^^^ error[unknown-code]
                                                                                              ^^^^^^^^^^^ error[code-type]
    `, contact);
  });

  it('a code that is sought in a text of several', () => {
    check(`
      M = COUNTROWS(FILTER(FactSession, CONTAINSSTRING(FactSession[Channels], "192350009")))
                                                                              ^^^^^^^^^^^ error[unknown-code]
    `, contact);
  });

  it('a part of a code that is sought is left alone', () => {
    check('M = COUNTROWS(FILTER(FactSession, CONTAINSSTRING(FactSession[Channels], "19235")))', contact);
  });
});

describe('fixes of codes', () => {
  it.each([
    ['M = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = 192350001)', 'M = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = "192350001")'],
    ['M = CALCULATE(COUNTROWS(FactSession), FactSession[StateCode] = "192360002")', 'M = CALCULATE(COUNTROWS(FactSession), FactSession[StateCode] = 192360002)'],
    ['M = CALCULATE(COUNTROWS(FactSession), FactSession[StateCode] = "closed")', 'M = CALCULATE(COUNTROWS(FactSession), FactSession[StateCode] = 192360002)'],
    ['M = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = 192350012)', 'M = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = "192350010")'],
  ])('%s', (source, wanted) => {
    expect(fixed(source, contact)).toBe(wanted);
  });
});
