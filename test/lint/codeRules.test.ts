// Rules over codes, each with its near misses.
import { describe, expect, it } from 'vitest';
import { check, fixed, lintText } from '../support/lint.ts';
import { contact } from './model.ts';

describe('code-length', () => {
  it('a digit too many, a digit too few', () => {
    check(`
      M = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = "1923500010")
                                                                         ^^^^^^^^^^^^ error[code-length]: "1923500010" has 10 digits; the codes of FactSession[Closurereason] have 9. Did you mean "192350010" (AgentTransferred)?

      N = CALCULATE(COUNTROWS(FactSession), FactSession[StateCode] = 19236001)
                                                                     ^^^^^^^^ error[code-length]: 19236001 has 8 digits; the codes of FactSession[StateCode] have 9. Did you mean 192360001 (Waiting)?
    `, contact);
  });

  it('is not asked of ordinal numbers', () => {
    check(`
      M = CALCULATE(COUNTROWS(FactSession), FactSession[StatusCode] = 12)
                                                                      ^^ error[unknown-code]: 12 is no code of FactSession[StatusCode] (status). Did you mean 2 (Active)?
    `, contact);
  });
});

describe('code-of-another-choice', () => {
  it('names what the code is, and where', () => {
    check(`
      M = CALCULATE(COUNTROWS(FactSession), FactSession[EventType] = "192350002")
                                                                     ^^^^^^^^^^^ error[code-of-another-choice]: "192350002" is AgentTimeout in FactSession[Closurereason]; this column is FactSession[EventType], whose choice eventtype has no such code.
    `, contact);
  });

  it('a code that both choices have is that of the column it meets', () => {
    check('M = CALCULATE(COUNTROWS(FactSession), FactSession[EventType] = "192350001", FactSession[Closurereason] = "192350001")', contact);
  });

  it.each([
    ['FactSession[EventType] = "192350002"', 'Compare FactSession[Closurereason]', 'FactSession[Closurereason] = "192350002"'],
    ['("192350002") == (FactSession[EventType])', 'Compare FactSession[Closurereason]', '("192350002") == (FactSession[Closurereason])'],
    ['FactSession[EventType] IN { "192350002" }', 'Change to "192350003" (Mute)', 'FactSession[EventType] IN { "192350003" }'],
  ])('%s: %s', (filter, title, wanted) => {
    expect(fixed(`M = CALCULATE(COUNTROWS(FactSession), ${filter})`, contact, title)).toBe(`M = CALCULATE(COUNTROWS(FactSession), ${wanted})`);
  });
});

describe('label-for-code', () => {
  it.each([
    ['FactSession[Closurereason] = "AgentReject"', 'FactSession[Closurereason] = "192350001"'],
    ['"agent reject" == FactSession[Closurereason]', '"192350001" == FactSession[Closurereason]'],
    ['FactSession[StateCode] IN { "Closed" }', 'FactSession[StateCode] IN { 192360002 }'],
  ])('%s', (filter, wanted) => {
    expect(fixed(`M = COUNTROWS(FILTER(FactSession, ${filter}))`, contact)).toBe(`M = COUNTROWS(FILTER(FactSession, ${wanted}))`);
  });

  it('says which code it is', () => {
    check(`
      M = COUNTROWS(FILTER(FactSession, FactSession[Closurereason] = "AgentReject"))
                                                                     ^^^^^^^^^^^^^ error[label-for-code]: FactSession[Closurereason] holds codes, not labels: "AgentReject" is "192350001".
    `, contact);
  });
});

describe('wherever a code meets its column', () => {
  it.each([
    'CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = ~)',
    'CALCULATE(COUNTROWS(FactSession), ~ <> FactSession[Closurereason])',
    'CALCULATE(COUNTROWS(FactSession), KEEPFILTERS(FactSession[Closurereason] == ~))',
    'CALCULATE(COUNTROWS(FactSession), NOT FactSession[Closurereason] IN { "192350001", ~ })',
    'COUNTROWS(FILTER(FactSession, (FactSession[StateCode], FactSession[Closurereason]) IN { (192360002, ~) }))',
    'COUNTROWS(FILTER(ALL(FactSession[Closurereason]), FactSession[Closurereason] = ~))',
    'SUMX(FactSession, SWITCH(FactSession[Closurereason], ~, 1, 0))',
    'SUMX(FactSession, SWITCH(TRUE(), FactSession[Closurereason] = ~, 1, 0))',
    'SUMX(FactSession, IF(FactSession[IsAgentSession] && (FactSession[Closurereason] = ~ || FactSession[WaitTime] > 1), 1))',
    'CALCULATE(COUNTROWS(FactSession), TREATAS({ ~ }, FactSession[Closurereason]))',
    'CALCULATE(COUNTROWS(FactSession), TREATAS({ (192360002, ~) }, FactSession[StateCode], FactSession[Closurereason]))',
    'IF(CONTAINSROW(VALUES(FactSession[Closurereason]), ~), 1)',
    'COUNTROWS(FILTER(FactSession, CONTAINSROW({ ~ }, FactSession[Closurereason])))',
    'IF(CONTAINS(FactSession, FactSession[Closurereason], ~), 1)',
    'LOOKUPVALUE(FactSession[SessionId], FactSession[Closurereason], ~)',
    'IF(SELECTEDVALUE(FactSession[Closurereason]) = ~, 1)',
    'VAR code = ~ RETURN CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = code)',
    'VAR a = ~ VAR b = (a) RETURN CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = b)',
    'VAR codes = { "192350001", ~ } RETURN CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] IN codes)',
    'VAR codes = UNION({ "192350001" }, { ~ }) RETURN CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] IN codes)',
    'VAR codes = { ~ } RETURN CALCULATE(COUNTROWS(FactSession), TREATAS(codes, FactSession[Closurereason]))',
    'VAR code = IF(HASONEVALUE(DimDate[Year]), "192350001", ~) RETURN CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = code)',
    'VAR code = SWITCH(SELECTEDVALUE(DimDate[Year]), 2024, "192350001", ~) RETURN CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = code)',
    'VAR reason = SELECTEDVALUE(FactSession[Closurereason]) RETURN IF(reason = ~, 1)',
    'MAXX(SELECTCOLUMNS(FactSession, "why", FactSession[Closurereason]), IF([why] = ~, 1))',
    'COUNTROWS(FILTER(FactSession, CONTAINSSTRING(FactSession[Channels], ~)))',
  ])('%s', (text) => {
    const code = text.includes('[Channels]') ? '"192340001"' : '"192350099"';
    const written = `M = ${text}`;
    const at = written.indexOf('~');
    const found = lintText(written.replace('~', code), contact);
    expect(found.map((it) => [it.rule, it.span])).toEqual([['unknown-code', { start: at, end: at + code.length }]]);
    const good = text.includes('[Channels]') ? '"192350000"' : '"192350002"';
    expect(lintText(written.replace('~', good), contact)).toEqual([]);
  });
});

describe('code-type', () => {
  it('a bound of a range, a variable, a list', () => {
    check(`
      A = COUNTROWS(FILTER(FactSession, FactSession[StatusCode] >= "3"))
                                                                   ^^^ error[code-type]: FactSession[StatusCode] holds numbers. Write 3.

      B = VAR code = 192350001 RETURN CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = code)
                     ^^^^^^^^^ error[code-type]: FactSession[Closurereason] holds text. Write "192350001".

      C = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] IN { 192350001, "192350002" })
                                                                            ^^^^^^^^^ error[code-type]
    `, contact);
  });

  it('a test for BLANK is of no type', () => {
    check('M = COUNTROWS(FILTER(FactSession, FactSession[StatusCode] = 0 || FactSession[StatusCode] == BLANK()))', contact);
  });
});

describe('TRUE and FALSE', () => {
  it('a boolean column is not compared with "1"', () => {
    check(`
      M = CALCULATE(COUNTROWS(FactSession), FactSession[IsAgentSession] = "1")
                                                                          ^^^ error[comparison-types]: A TRUE/FALSE value cannot be compared with a text. Compare with TRUE or FALSE.
    `, contact);
    expect(fixed('M = CALCULATE(COUNTROWS(FactSession), FactSession[IsAgentSession] = "1")', contact))
      .toBe('M = CALCULATE(COUNTROWS(FactSession), FactSession[IsAgentSession] = TRUE)');
  });

  it('a text column is no condition', () => {
    check(`
      A = CALCULATE(COUNTROWS(FactSession), FactSession[IsOutbound])
                                            ^^^^^^^^^^^^^^^^^^^^^^^ error[not-boolean]

      B = COUNTROWS(FILTER(FactSession, NOT FactSession[IsOutbound]))
                                            ^^^^^^^^^^^^^^^^^^^^^^^ error[not-boolean]
    `, contact);
  });
});

describe('deprecated', () => {
  it('columns and codes', () => {
    check(`
      A = CALCULATE(COUNTROWS(FactSession), FactSession[OldState] = 3)
                                                       ^^^^^^^^^^ warning[deprecated-column]: FactSession[OldState] is deprecated.

      B = CALCULATE(COUNTROWS(FactSession), FactSession[StateCode] = 192360009)
                                                                     ^^^^^^^^^ warning[deprecated-code]: 192360009 (Wrap-up of old) of FactSession[StateCode] is deprecated.
    `, contact);
  });
});

describe('multi-select-comparison', () => {
  it('one code against the whole cell', () => {
    check(`
      A = COUNTROWS(FILTER(FactSession, FactSession[Channels] <> "192350000"))
                                                                 ^^^^^^^^^^^ warning[multi-select-comparison]: FactSession[Channels] holds several codes in one cell; "192350000" (Entity Records) is compared with the whole cell. Use CONTAINSSTRING.

      B = COUNTROWS(FILTER(FactSession, FactSession[Channels] IN { "192350000", "192340000,192350000" }))
                                                                   ^^^^^^^^^^^ warning[multi-select-comparison]
    `, contact);
  });

  it('a search, an empty cell and a column with one code are fine', () => {
    check('M = COUNTROWS(FILTER(FactSession, CONTAINSSTRING(FactSession[Channels], "192350000") && FactSession[Channels] <> "" && FactSession[ChannelId] = "192350000"))', contact);
  });

  it.each([
    ['FactSession[Channels] <> "192350000"', 'NOT CONTAINSSTRING(FactSession[Channels], "192350000")'],
    ['"192350000" = FactSession[Channels]', 'CONTAINSSTRING(FactSession[Channels], "192350000")'],
  ])('%s', (before, after) => {
    expect(fixed(`M = COUNTROWS(FILTER(FactSession, ${before}))`, contact)).toBe(`M = COUNTROWS(FILTER(FactSession, ${after}))`);
  });
});

describe('repeated-value', () => {
  it('in a SWITCH and in a list', () => {
    check(`
      A = SUMX(FactSession, SWITCH(FactSession[StatusCode], 1, 10, 2, 20, 1, 30, 0))
                                                                          ^ warning[repeated-value]: 1 has an arm already; this one is never reached.

      B = CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] IN { "192350001", "192350002", "192350001" })
                                                                                                      ^^^^^^^^^^^ warning[repeated-value]: "192350001" stands in the list already.
    `, contact);
  });

  it('results may repeat, and so may tuples in part', () => {
    check(`
      A = SUMX(FactSession, SWITCH(FactSession[StatusCode], 1, 10, 2, 10, 0))

      B = COUNTROWS(FILTER(FactSession, (FactSession[StatusCode], FactSession[StateCode]) IN { (1, 192360000), (1, 192360001) }))
    `, contact);
  });
});
