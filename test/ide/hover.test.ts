// Hovers, as the editor shows them: `$0` is the pointer.
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../server/src/ide/settings.ts';
import { contact, modelOfOneRow } from './contact.ts';
import { hoverAt, impatient } from './open.ts';

const dax = (text: string): string => `${contact}//- /metrics.dax\n${text}`;

describe('the name of a definition', () => {
  it('shows documentation, value, breakdown, what it reads and who uses it', async () => {
    expect(await hoverAt(dax(`/// All sessions.
/// @format #,0
Ses$0sions = DISTINCTCOUNT(FactSession[SessionId])
Rejected = CALCULATE([Sessions], FactSession[Reason] = "192350001")
`))).toBe(`Metric \`Sessions\`

All sessions.

= **\`4\`**

| \`'Dim Agent'[Team]\` | Value |
| --- | ---: |
| \`Berlin\` | \`3\` |
| \`Paris\` | \`1\` |

Reads
- [\`FactSession[SessionId]\`](file:///contact.daxmodel.yaml#10,7) ← \`msdyn_ocsession.msdyn_sessionid\`

Used by [\`[Rejected]\`](file:///metrics.dax#4,1)`);
  });

  it('is told in the tags of other metrics, of other models too', async () => {
    const sessions = '/// All sessions.\nSessions = 4\n';
    expect(await hoverAt(dax(`${sessions}/// @expect = [Ses$0sions]\nM = 1\n`))).toContain('All sessions.');
    expect(await hoverAt(dax(`/// @expect 1 where FactSession[Reason] = "19235$00001"\nM = 1\n`))).toContain('AgentReject');
    expect(await hoverAt(`//- /a/a.daxmodel.yaml\nname: a\n//- /a/m.dax\n${sessions}//- /b/b.daxmodel.yaml\nname: b\n//- /b/m.dax\n/// @expect = [a::Ses$0sions]\nM = 1\n`))
      .toBe('Metric `Sessions` of the model `a`\n\nAll sessions.\n\n= **`4`**');
  });

  it('follows what it reads through other metrics', async () => {
    const text = await hoverAt(dax(`Sessions = DISTINCTCOUNT(FactSession[SessionId])
Rejected = CALCULATE([Sessions], FactSession[Reason] = "192350001")
Rejection ra$0te = DIVIDE([Rejected], [Sessions])
`));
    expect(text).toContain('= **`0.5`**');
    expect(text).toContain(`Reads
- [\`[Rejected]\`](file:///metrics.dax#2,1), [\`[Sessions]\`](file:///metrics.dax#1,1)
- [\`FactSession[Reason]\`](file:///contact.daxmodel.yaml#11,7) ← \`msdyn_ocsession.msdyn_closurereason\`
- [\`FactSession[SessionId]\`](file:///contact.daxmodel.yaml#10,7) ← \`msdyn_ocsession.msdyn_sessionid\``);
  });

  it('breaks down by the column that the settings name', async () => {
    const settings = { ...defaultSettings, hover: { breakdownColumn: "'Dim Agent'[Name]" } };
    expect(await hoverAt(dax('Ses$0sions = DISTINCTCOUNT(FactSession[SessionId])'), settings)).toContain(
      "| `'Dim Agent'[Name]` | Value |\n| --- | ---: |\n| `Ann` | `2` |\n| `Bo` | `1` |\n| `Cy` | `1` |",
    );
  });

  it('says why there is no value', async () => {
    expect(await hoverAt(dax('Ran$0k = EXTERNALMEASURE("x", INTEGER, "y")'))).toContain('Not evaluated: `EXTERNALMEASURE is not supported: it asks another model for a value`');
    expect(await hoverAt(dax('Ran$0k = [No such metric]'))).toContain('Not evaluated: `[No such metric] is not known`');
  });

  it('does not wait for values', async () => {
    const text = await hoverAt(dax('/// All sessions.\nSes$0sions = DISTINCTCOUNT(FactSession[SessionId])'), defaultSettings, impatient);
    expect(text).toContain('All sessions.\n\n*computing…*');
  });

  it('shows documentation where no model is known', async () => {
    expect(await hoverAt('//- /lonely.dax\n/// One and one.\nT$0wo = 1 + 1')).toBe(
      'Metric `Two`\n\nOne and one.\n\nNo model is known for this text, so no value is computed.',
    );
  });
});

describe('a reference', () => {
  it('to a metric shows its documentation and value', async () => {
    const text = await hoverAt(dax(`/// All sessions.
Sessions = DISTINCTCOUNT(FactSession[SessionId])
Twice = 2 * [Ses$0sions]`));
    expect(text).toContain('Metric `Sessions` of the model `contact`\n\nAll sessions.\n\n= **`4`**');
  });

  it('to a column shows type, choice, Dataverse attribute, and values by frequency', async () => {
    expect(await hoverAt(dax('M = COUNTROWS(VALUES(FactSession[Rea$0son]))'))).toBe(`Column \`FactSession[Reason]\` string

Why it ended

Choice \`closure_reason\`

Dataverse \`msdyn_ocsession.msdyn_closurereason\`

3 different values in 4 rows, 25.0% of the rows blank

| Value | Label | Rows |
| --- | --- | ---: |
| \`192350001\` | \`AgentReject\` | \`2\` |
| \`192350002\` | \`AgentTimeout\` | \`1\` |
| \`BLANK\` |  | \`1\` |`);
  });

  it('to a column that tells rows apart counts its values only', async () => {
    const text = await hoverAt(dax('M = DISTINCTCOUNT(FactSession[Sess$0ionId])'));
    expect(text).toContain('4 different values in 4 rows');
    expect(text).not.toContain('|');
  });

  it('to a table shows rows and columns', async () => {
    const text = await hoverAt(dax("M = COUNTROWS('Dim A$0gent')"));
    expect(text).toContain('Table `Dim Agent`');
    expect(text).toContain('3 rows\n\n- `AgentId` string\n- `Name` string\n- `Team` string\n- `Mode` int64');
  });

  it('to a variable shows its value and its expression', async () => {
    expect(await hoverAt(dax('M = VAR total = SUM(FactSession[Duration]) RETURN to$0tal / 2'))).toBe(
      '= **`300`**\n\nVariable `total`, int64\n\n```dax\nSUM(FactSession[Duration])\n```',
    );
  });

  it('to nothing shows nothing', async () => {
    expect(await hoverAt(dax('M = [No $0such metric]'))).toBeUndefined();
  });
});

describe('a choice code', () => {
  it('shows its label in this column, the choice with its rows, and what the same digits mean in others', async () => {
    expect(await hoverAt(dax('M = CALCULATE(COUNTROWS(FactSession), FactSession[Reason] = "1923$050001")'))).toBe(
      `\`192350001\` is **\`AgentReject\`** in \`FactSession[Reason]\`

Choice \`closure_reason\`

| Code | Label | Rows |
| --- | --- | ---: |
| **\`192350001\`** | **\`AgentReject\`** | \`2\` |
| \`192350002\` | \`AgentTimeout\` | \`1\` |

| The same code is | in |
| --- | --- |
| \`Consult\` | \`'Dim Agent'[Mode]\` |`,
    );
  });

  it('that the choice does not have says so', async () => {
    expect(await hoverAt(dax('M = CALCULATE(COUNTROWS(FactSession), FactSession[Reason] = "1923$050009")'))).toContain(
      '`192350009` is no code of `FactSession[Reason]`',
    );
  });
});

describe('a function', () => {
  it('shows its signature, a sentence and its page', async () => {
    const text = await hoverAt(dax('M = DIV$0IDE(1, 2)'));
    expect(text).toContain('`DIVIDE(numerator, denominator [, alternate])`');
    expect(text).toContain('[DIVIDE in the DAX reference](https://learn.microsoft.com/dax/divide-function-dax)');
  });

  it('shows the parameter that begins at a comma in bold', async () => {
    expect(await hoverAt(dax('M = DIVIDE(1$0, 2)'))).toContain('`DIVIDE(numerator, `**`denominator`**` [, alternate])`');
  });
});

describe('hostile text', () => {
  const hostile = `//- /h.daxmodel.yaml
name: h
tables:
  T:
    rows: [{ c: "<img src=x onerror=y> | [a](command:b)\\n# head" }, { c: x }, { c: x }]
//- /m.dax
M = COUNTROWS(VALUES(T[$0c]))
`;

  it('of a cell is shown as text, in its own cell', async () => {
    const text = await hoverAt(hostile);
    expect(text).toContain('| `<img src=x onerror=y> \\| [a](command:b)␊# head` | `1` |');
    expect(text?.split('\n').every((it) => !it.startsWith('#'))).toBe(true);
  });
});

describe('a page', () => {
  const page = (text: string): string => `${contact}//- /page.md\n${text}`;

  it('has hovers in its fences, indented ones too', async () => {
    expect(await hoverAt(page('# Metrics\n\n- In words\n\n  ```dax\n  Sess$0ions = COUNTROWS(FactSession)\n  ```\n'))).toContain('= **`4`**');
  });

  it('has none in its prose', async () => {
    expect(await hoverAt(page('# SU$0M(\n\n```dax\nSessions = COUNTROWS(FactSession)\n```\n'))).toBeUndefined();
  });

  it('shows a metric in the format and with the documentation of the model that defines it', async () => {
    const text = await hoverAt(`${contact}//- /m.dax\n/// All sessions.\n/// @format 0.0\nSessions = COUNTROWS(FactSession)
//- /page.md\n\`\`\`dax\nSess$0ions = COUNTROWS(FactSession)\n\`\`\`\n`);
    expect(text).toContain('Metric `Sessions`\n\nAll sessions.\n\n= **`4.0`**');
  });

  it('that belongs to two models shows a value for each', async () => {
    const text = await hoverAt(`${modelOfOneRow('one', 1)}${modelOfOneRow('two', 2)}//- /page.md
---
dax-model: [one, two]
---

\`\`\`dax
To$0tal = SUM(T[Amount])
\`\`\``);
    expect(text).toContain('**In the model `one`**\n\n= **`1`**');
    expect(text).toContain('**In the model `two`**\n\n= **`2`**');
  });

  it('has its own metrics before those of the model', async () => {
    const text = await hoverAt(`${contact}//- /m.dax\nBase = 1\n//- /page.md\n\`\`\`dax\nBase = 10\n\`\`\`\n\n\`\`\`dax\nTw$0ice = 2 * [Base]\n\`\`\`\n`);
    expect(text).toContain('= **`20`**');
  });
});

describe('what text defines besides metrics', () => {
  const functions = '/// Doubles.\n/// @param x a number\nFUNCTION Twice = (x : SCALAR NUMERIC = 1) => 2 * x\n';

  it.each([
    ['its use', `${functions}M = Twi$0ce(3)`],
    ['its header', functions.replace('Twice', 'Tw$0ice')],
  ])('a function, at %s', async (_, text) => {
    expect(await hoverAt(`${contact}//- /m.dax\n${text}`)).toBe(
      'Function `Twice`\n\nDoubles.\n\n- `x` `a number`\n\n```dax\nFUNCTION Twice = (x : SCALAR NUMERIC = 1) => 2 * x\n```',
    );
  });

  it('a function of another file', async () => {
    expect(await hoverAt(`${contact}//- /functions.dax\n${functions}\n//- /m.dax\nM = Twi$0ce(3)`)).toContain('Doubles.');
  });

  it('a parameter', async () => {
    expect(await hoverAt(`${contact}//- /m.dax\n${functions.replace('2 * x', '2 * x$0')}`)).toBe('Parameter `x`\n\n```dax\nx : SCALAR NUMERIC = 1\n```');
  });

  it('a table and a column', async () => {
    expect(await hoverAt(`${contact}//- /m.dax\nTABLE Days = {1, 2}\nM = COUNTROWS(Da$0ys)`)).toBe('Table `Days`, calculated\n\n```dax\nTABLE Days = {1, 2}\n```');
    expect(await hoverAt(`${contact}//- /m.dax\n/// Half of it.\nCOLUMN FactSession[Half] = [Duration] / 2\nM = SUM(FactSession[Ha$0lf])`)).toBe(
      'Column `FactSession[Half]`, calculated\n\nHalf of it.\n\n```dax\nCOLUMN FactSession[Half] = [Duration] / 2\n```',
    );
  });
});

describe('in a doc comment', () => {
  const below = '\nM = 1';

  it('a tag says what it is for', async () => {
    expect(await hoverAt(`${contact}//- /m.dax\n/// @exp$0ect 1${below}`)).toContain('A value that the metric must have');
    expect(await hoverAt(`${contact}//- /m.dax\n/// @comp$0are [N] by FactSession[Reason]${below}`)).toContain('the groups in which the two metrics part');
    expect(await hoverAt(`${contact}//- /m.dax\n/// @no$0thing${below}`)).toBeUndefined();
  });

  it('a format shows what it makes of numbers, or of a date', async () => {
    expect(await hoverAt(`${contact}//- /m.dax\n/// @format #,0$0.0${below}`)).toBe(
      '| Value | Written as |\n| ---: | ---: |\n| `1234.567` | `1,234.6` |\n| `-1234.567` | `-1,234.6` |\n| `0.0681` | `0.1` |\n| `0` | `0.0` |',
    );
    expect(await hoverAt(`${contact}//- /m.dax\n/// @format yyyy-mm$0-dd${below}`)).toContain('| `2025-12-31` |');
  });

  it('names lead to what they are', async () => {
    expect(await hoverAt(`${contact}//- /m.dax\n/// @expect 1 where FactSession[Rea$0son] = "192350001"${below}`)).toContain('Column `FactSession[Reason]`');
    expect(await hoverAt(`${contact}//- /m.dax\n/// @expect 1 where FactSession[Reason] = "1923$050001"${below}`)).toContain('AgentReject');
    expect(await hoverAt(`${contact}//- /m.dax\n/// @compare [N$0] by FactSession[Reason]${below}\n/// The other.\nN = 1`)).toContain('The other.');
  });

  it('of a query the tags are told too', async () => {
    expect(await hoverAt(`${contact}//- /m.dax\nDEFINE\n  /// @for$0mat 0%\n  MEASURE FactSession[m] = 1\nEVALUATE {1}`)).toContain('How the value of the metric is written');
  });
});
