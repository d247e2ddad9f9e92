// Types: what is certainly wrong, and what is left alone because it is not certain.
import { describe, expect, it } from 'vitest';
import { check, bindText, fixed } from '../support/analysis.ts';
import { contact } from './models.ts';

describe('comparisons', () => {
  it('text with a number', () => {
    check(`
      M = COUNTROWS(FILTER(FactSession, FactSession[QueueId] = 1))
                                                               ^ error[comparison-types]: A text cannot be compared with a whole number...
    `, contact);
  });

  it('a number with text, the other way round', () => {
    check(`
      M = CALCULATE(COUNTROWS(FactSession), "5" < FactSession[Turns])
                                            ^^^ error[comparison-types]: A text cannot be compared with a whole number...
    `, contact);
  });

  it('TRUE/FALSE with text', () => {
    check(`
      M = CALCULATE(COUNTROWS(FactSession), FactSession[IsAgentSession] = "1")
                                                                          ^^^ error[comparison-types]: A TRUE/FALSE value cannot be compared with a text. Compare with TRUE or FALSE.
    `, contact);
  });

  it('TRUE/FALSE with a number', () => {
    check(`
      M = CALCULATE(COUNTROWS(FactSession), FactSession[IsOutbound] <> 1)
                                                                       ^ error[comparison-types]
    `, contact);
  });

  it('two columns', () => {
    check(`
      M = COUNTROWS(FILTER(FactSession, FactSession[QueueId] = FactSession[Turns]))
                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[comparison-types]: A text cannot be compared with a whole number. Convert one side with VALUE or FORMAT.
    `, contact);
  });

  it('a metric with text', () => {
    check(`
      A = COUNTROWS(FactSession)
      M = IF([A] = "many", 1)
                   ^^^^^^ error[comparison-types]
    `, contact);
  });

  it('the value of a table of one row', () => {
    check(`
      M = IF({ 1 } = "1", 1)
                     ^^^ error[comparison-types]
    `, contact);
  });

  it('IN', () => {
    check(`
      M = CALCULATE(COUNTROWS(FactSession), FactSession[Turns] IN { 1, "2" })
                                                                       ^^^ error[comparison-types]
    `, contact);
  });

  it('SWITCH', () => {
    check(`
      M = SUMX(FactSession, SWITCH(FactSession[Turns], 1, 10, "2", 20))
                                                              ^^^ error[comparison-types]
    `, contact);
  });

  it.each([
    'M = IF(COUNTROWS(FactSession) = BLANK(), 0, 1)',
    'M = SUMX(FactSession, IF(FactSession[Anything] = "1", 1) + IF(FactSession[Anything] = 1, 1))',
    'M = SUMX(FactSession, IF(FactSession[Turns] = 1.5, 1))',
    'M = SUMX(FactSession, IF(FactSession[CreatedOn] > DATE(2024, 1, 1) && FactSession[CreatedOn] < 45000, 1))',
    'M = SUMX(FactSession, IF(FactSession[CreatedOn] = dt"2024-01-01", 1))',
    'M = IF(IF(TRUE, 1, "x") = "x", 1)',
    'M = SWITCH(TRUE(), COUNTROWS(FactSession) > 1, "many", "one")',
    'M = CALCULATE(COUNTROWS(FactSession), (FactSession[QueueId], FactSession[Turns]) IN { ("a", 1) })',
    'M = IF(SELECTEDVALUE(DimAgent[Name], "all") = "all", 1)',
    'M = IF("12" + 1 = 13, 1)',
  ])('%s', (text) => {
    check(text, contact);
  });

  it.each([
    ['M = CALCULATE(COUNTROWS(FactSession), FactSession[Turns] = "5")', 'M = CALCULATE(COUNTROWS(FactSession), FactSession[Turns] = 5)'],
    ['M = CALCULATE(COUNTROWS(FactSession), FactSession[QueueId] = 5)', 'M = CALCULATE(COUNTROWS(FactSession), FactSession[QueueId] = "5")'],
    ['M = CALCULATE(COUNTROWS(FactSession), FactSession[IsOutbound] <> "1")', 'M = CALCULATE(COUNTROWS(FactSession), FactSession[IsOutbound] <> TRUE)'],
  ])('fix of %s', (source, wanted) => {
    expect(fixed(source, contact)).toBe(wanted);
  });
});

describe('CALCULATE in a condition that filters', () => {
  it('is rejected', () => {
    check(`
      M = CALCULATE(COUNTROWS(FactSession), FactSession[Turns] = CALCULATE(MAX(FactSession[Turns])))
                                                                 ^^^^^^^^^ error[calculate-in-filter]: CALCULATE cannot stand in a condition that filters. Put its value into a variable first, or use FILTER.
    `, contact);
  });

  it('is right in a variable before it, in FILTER, and around a condition', () => {
    check(`
      M = VAR most = CALCULATE(MAX(FactSession[Turns]))
          RETURN CALCULATE(CALCULATE(COUNTROWS(FactSession), FactSession[Turns] = most), FactSession[Turns] < MAX(FactSession[Turns]))
      N = CALCULATE(COUNTROWS(FactSession), FILTER(VALUES(FactSession[Turns]), FactSession[Turns] = CALCULATE(MAX(FactSession[WaitTime]))))
    `, contact);
  });
});

describe('arguments', () => {
  it('too few', () => {
    check(`
      M = DIVIDE(1)
          ^^^^^^ error[argument-count]: DIVIDE takes 2 to 3 arguments; 1 given.
    `, contact);
  });

  it('too many', () => {
    check(`
      M = SUM(FactSession[Turns], 1, 2)
                                  ^^^^ error[argument-count]: SUM takes 1 argument; 3 given.
    `, contact);
  });

  it('a table where a value is wanted', () => {
    check(`
      M = 1 + FactSession
              ^^^^^^^^^^^ error[scalar-wanted]: A single value is wanted here; FactSession is a table.
    `, contact);
  });

  it('a metric that is a table', () => {
    check(`
      M = FILTER(FactSession, TRUE)
          ^^^^^^^^^^^^^^^^^^^^^^^^^ error[scalar-wanted]
    `, contact);
  });

  it('a value where a table is wanted', () => {
    check(`
      M = COUNTROWS(FactSession[Turns])
                    ^^^^^^^^^^^^^^^^^^ error[table-wanted]: A table is wanted here; FactSession[Turns] is a single value.
    `, contact);
  });

  it('a metric where a column is wanted', () => {
    check(`
      A = COUNTROWS(FactSession)
      M = SUM([A])
              ^^^ error[column-wanted]: SUM wants a column; [A] is none.
    `, contact);
  });

  it('a computed value where a column is wanted', () => {
    check(`
      M = SUM(FactSession[Turns] * 2)
              ^^^^^^^^^^^^^^^^^^^^^^ error[column-wanted]
    `, contact);
  });

  it('a sum of text', () => {
    check(`
      M = SUM(FactSession[QueueId])
              ^^^^^^^^^^^^^^^^^^^^ error[argument-type]: SUM wants numbers for its column; this is text.
    `, contact);
  });

  it('text as a condition', () => {
    check(`
      M = SUMX(FactSession, IF(FactSession[QueueId], 1))
                               ^^^^^^^^^^^^^^^^^^^^ error[not-boolean]
    `, contact);
  });

  it('rows of different widths', () => {
    check(`
      M = COUNTROWS({ (1, 2), (1, 2, 3) })
                              ^^^^^^^^^ error[row-width]: The first row has 2 values, this one 3.
    `, contact);
  });

  it('IN with a table of another width', () => {
    check(`
      M = IF((1, 2) IN { 1 }, 1)
                       ^^^^^ error[in-width]
    `, contact);
  });

  it('a word that the function does not know', () => {
    check(`
      M = DATEDIFF(DATE(2024, 1, 1), DATE(2024, 1, 2), DAYS)
                                                       ^^^^ error[unknown-word]: DAYS has no meaning here. Write one of SECOND, MINUTE, HOUR, DAY, WEEK, MONTH, QUARTER, YEAR.
    `, contact);
  });

  it('a column added twice', () => {
    check(`
      EVALUATE ADDCOLUMNS(VALUES(DimAgent[Name]), "x", 1, "X", 2)
                                                          ^^^ error[duplicate-column]: The column X is added twice. Give each added column its own name.
      EVALUATE ADDCOLUMNS(VALUES(DimAgent[Name]), "Name", 1)
    `, contact);
  });

  it.each([
    'M = MAX(1, 2) + MIN(FactSession[Turns])',
    'M = COUNTROWS(VALUES(DimAgent[Name]))',
    'M = VALUES(DimAgent[Name]) & ""',
    'M = RANKX(ALL(DimAgent), [M2], , , Dense)\nM2 = 1',
    'M = CALCULATE([M2], ALL())\nM2 = 1',
    'M = COALESCE(SUM(FactSession[Turns]), 0)',
    'EVALUATE SUMMARIZECOLUMNS(DimAgent[Name], TREATAS({ "x" }, DimAgent[Name]), "a", 1, "b", IGNORE(2))',
    'EVALUATE SUMMARIZECOLUMNS(ROLLUPADDISSUBTOTAL(DimAgent[Name], "isTotal"), "n", COUNTROWS(FactSession))',
    'EVALUATE SELECTCOLUMNS(DimAgent, DimAgent[Name], "Key", DimAgent[AgentId])',
    'EVALUATE DATATABLE("a", INTEGER, "b", STRING, { { 1, "x" }, { 2, } })',
  ])('%s', (text) => {
    check(text, contact);
  });
});

describe('types of expressions', () => {
  const typeOf = (expression: string): string => {
    const { bounds, segments } = bindText(`M = ${expression}`, contact);
    const item = segments[0]?.item;
    const type = item?.kind === 'measure' ? bounds[0]?.typeOf(item.body) : undefined;
    return type?.kind === 'scalar' ? type.type : (type?.kind ?? 'none');
  };
  it.each([
    ['1', 'int64'], ['1.5', 'double'], ['"x"', 'string'], ['TRUE', 'boolean'], ['BLANK()', 'blank'],
    ['1 + 1', 'int64'], ['1 / 2', 'double'], ['1 + 1.5', 'double'], ['1 & 2', 'string'], ['1 = 2', 'boolean'],
    ['DATE(2024, 1, 1) + 1', 'dateTime'], ['"1" + 1', 'unknown'], ['-TRUE', 'int64'],
    ['SUM(FactSession[Turns])', 'int64'], ['AVERAGE(FactSession[Turns])', 'double'], ['MAX(FactSession[CreatedOn])', 'dateTime'],
    ['IF(TRUE, 1, 2.5)', 'double'], ['IF(TRUE, 1, "x")', 'variant'], ['IF(TRUE, 1)', 'int64'], ['DIVIDE(1, 2)', 'double'],
    ['SWITCH(1, 1, "a", 2, "b", "c")', 'string'], ['COALESCE(BLANK(), 1)', 'int64'], ['VAR x = "a" RETURN x', 'string'],
    ['SELECTEDVALUE(DimAgent[Name])', 'string'], ['COUNTROWS(FactSession)', 'int64'], ['SUMX(FactSession, FactSession[WaitTime])', 'double'],
  ])('%s', (expression, wanted) => {
    expect(typeOf(expression)).toBe(wanted);
  });
});

it('types follow through columns that text gives one table', () => {
  check(`
    COLUMN DimAgent[a] = [b] & ""
    COLUMN DimAgent[b] = [c] + 1
    COLUMN DimAgent[c] = LEN(DimAgent[Name])
    M = COUNTROWS(FILTER(DimAgent, [a] = 1 || [b] = "x" || [c] = "y" || [c] = 1))
                                         ^ error[comparison-types]
                                                    ^^^ error[comparison-types]
                                                                 ^^^ error[comparison-types]
  `, contact);
});
