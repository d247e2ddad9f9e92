/** Findings that only the whole workspace can tell: which model a text belongs to, doubles, drift, severities. */
import { describe, it } from 'vitest';
import { expectFindings } from '../support/fixtures.ts';
import { openFixture, uriOf } from '../support/workspace.ts';

/** Every file of the fixture has exactly the findings that its carets say. */
async function check(source: string, options: { readonly defaultModel?: string } = {}): Promise<void> {
  const { workspace, files } = await openFixture(source, options);
  for (const file of files) expectFindings(file, await workspace.findings(uriOf(file.path)));
}

const historical = `
//- /historical/historical.daxmodel.yaml
name: historical
tables:
  FactSession:
    rows: []
    columns: { SessionId: { type: string }, Reason: { type: string, choice: reason } }
choices:
  reason: { 192350001: { label: AgentReject } }`;

const realtime = `
//- /realtime/realtime.daxmodel.yaml
name: realtime
tables:
  FactSession:
    rows: []
    columns: { SessionId: { type: string }, Code: { type: int64 } }`;

describe('[model::metric] in a tag', () => {
  const both = `${historical}${realtime}
//- /realtime/metrics.dax
Rejected = 1
Sessions = DISTINCTCOUNT(FactSession[Code])`;

  it('names a metric of that model', () =>
    check(`${both}
//- /historical/metrics.dax
/// @compare [realtime::Sessions] by FactSession[SessionId]
/// @expect = [RealTime::sessions]
Sessions = DISTINCTCOUNT(FactSession[Reason])`));

  it('is told where that model has no such metric, with the one that was meant', () =>
    check(`${both}
//- /historical/metrics.dax
/// @compare [realtime::Sesions] by FactSession[SessionId]
             ^^^^^^^^^^^^^^^^^^^ error[unknown-measure]
/// @expect = [realtime::Nowhere]
              ^^^^^^^^^^^^^^^^^^^ error[unknown-measure]
Sessions = DISTINCTCOUNT(FactSession[Reason])`));

  it('is told where there is no such model', () =>
    check(`${both}
//- /historical/metrics.dax
/// @compare [archive::Sessions] by FactSession[SessionId]
             ^^^^^^^^^^^^^^^^^^^ warning[model-not-found]
Sessions = DISTINCTCOUNT(FactSession[Reason])`));
});

describe('the model of a text', () => {
  it('is that of the nearest folder', () =>
    check(`${historical}${realtime}
//- /historical/metrics.dax
Sessions = DISTINCTCOUNT(FactSession[Reason])
//- /realtime/metrics.dax
Sessions = DISTINCTCOUNT(FactSession[Code])`));

  it('is not known between two models', () =>
    check(`${historical}${realtime}
//- /metrics.dax
Sessions = DISTINCTCOUNT(FactSession[Nowhere])
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information[model-unknown]`));

  it('is named by -m where nothing else tells', () =>
    check(
      `${historical}${realtime}
//- /metrics.dax
Sessions = DISTINCTCOUNT(FactSession[Reason])`,
      { defaultModel: 'historical' },
    ));

  it('is named after the fence', () =>
    check(`${historical}${realtime}
//- /page.md
\`\`\`dax model=realtime
Codes = DISTINCTCOUNT(FactSession[Code])
\`\`\`
\`\`\`dax model=nowhere
             ^^^^^^^ warning[model-not-found]: There is no model nowhere here. Known: historical, realtime.
Codes = DISTINCTCOUNT(FactSession[Code])
\`\`\``));

  it('comes from the tab', () =>
    check(`${historical}${realtime}
//- /dax-metrics.json
{ "markdown": { "models": { "historicalpage": "historical", "realtimepage": "realtime" } } }
//- /page.md
## Sessions

### [Historical](#tab/historicalpage)

\`\`\`dax
Reasons = DISTINCTCOUNT(FactSession[Reason])
\`\`\`

### [Real-time](#tab/realtimepage)

\`\`\`dax
Reasons = DISTINCTCOUNT(FactSession[Reason])
                                   ^^^^^^^^ error[unknown-column]
\`\`\`
---`));
});

it('a name in every model is fine, in one of two is information, in none is wrong', () =>
  check(`${historical}${realtime}
//- /dax-metrics.json
{ "markdown": { "models": { "historicalpage": "historical", "realtimepage": "realtime" } } }
//- /page.md
### [Historical](#tab/historicalpage)
### [Real-time](#tab/realtimepage)
---
\`\`\`dax
Both = DISTINCTCOUNT(FactSession[SessionId])

One = DISTINCTCOUNT(FactSession[Reason])
                               ^^^^^^^^ information[only-in-model]: [Reason] is known only in historical.

None = DISTINCTCOUNT(FactSession[Colour])
                                ^^^^^^^^ error[unknown-column]
\`\`\``));

it('the second definition of a name is the double', () =>
  check(`${historical}
//- /historical/a.dax
Sessions = DISTINCTCOUNT(FactSession[SessionId])
//- /historical/b.dax
sessions = 1
^^^^^^^^ error[duplicate-definition]: sessions is defined more than once in the model historical.`));

it('a page that reads differently from the model has drifted', () =>
  check(`${historical}
//- /historical/a.dax
Sessions = DISTINCTCOUNT(FactSession[SessionId])
//- /historical/page.md
\`\`\`dax
Sessions = distinctcount ( 'FactSession'[SessionId] ) // the same
\`\`\`
\`\`\`dax
Sessions = COUNTROWS(FactSession)
^^^^^^^^ warning[doc-drift]: Sessions reads differently in the model historical.
\`\`\``));

it('a project changes severities and switches rules off', () =>
  check(`${historical}
//- /dax-metrics.json
{ "rules": { "unknown-column": "warning", "unknown-name": "off" } }
//- /historical/a.dax
A = DISTINCTCOUNT(FactSession[Colour])
                             ^^^^^^^^ warning[unknown-column]

B = COUNTROWS(Nowhere)`));

it('a metric of the page is seen before that of the model', () =>
  check(`${historical}
//- /historical/a.dax
Rate = [Sessions] / 2

Sessions = DISTINCTCOUNT(FactSession[SessionId])
//- /historical/page.md
\`\`\`dax
Share = DIVIDE([Rate], [Own])
\`\`\`
\`\`\`dax
Own = 1
\`\`\``));

it('DAX in doc tags is checked where it stands', () =>
  check(`${historical}
//- /historical/a.dax
/// @expect 12 where FactSession[Reason] = "192350001"
/// @expect 3 where FactSession[Reson] = "192350001"
                               ^^^^^^^ error[unknown-column]: The table FactSession has no column or measure [Reson]. Did you mean [Reason]?
/// @expect 3 where FactSession[Reason] = "192350009"
                                          ^^^^^^^^^^^ error[unknown-code]
/// @expect = [Nobody] by FactSession[Reason]
              ^^^^^^^^ error[unknown-measure]
Sessions = DISTINCTCOUNT(FactSession[SessionId])`));

it('an expectation that reads the clock of the machine cannot hold', () =>
  check(`${historical}
//- /dax-metrics.json
{ "clock": "now" }
//- /historical/a.dax
/// @expect 2025
    ^^^^^^^^^^^^ warning[expectation-unstable]: The expectation cannot hold: This year reads the clock of the machine through NOW; give the project a fixed clock.
This year = YEAR(NOW())`));

it('functions, tables and columns that another text defines are no slip of the pen', () =>
  check(`${historical}
//- /historical/a.dax
A = Sumx2(FactSession[Reason])

B = COUNTROWS(Recent)

C = DISTINCTCOUNT(FactSession[Flag])
//- /historical/b.dax
FUNCTION Sumx2 = (x : ANYREF) => DISTINCTCOUNT(x)

TABLE Recent = FILTER(FactSession, TRUE)

COLUMN FactSession[Flag] = 1`));

it('RELATED reaches from the rows of ALL, whatever rows are around', () =>
  check(`
//- /m.daxmodel.yaml
name: m
tables:
  E: { rows: [], columns: { Id: { type: string } } }
  D: { rows: [], columns: { Id: { type: string, key: true } } }
  F: { rows: [], columns: { DId: { type: string } } }
relationships:
  - { from: "F[DId]", to: "D[Id]" }
//- /m.dax
A = COUNTROWS(ADDCOLUMNS(E, "x", MINX(ALL(F), RELATED(D[Id]))))`));

it('what is right in one of several models is no error', () =>
  check(`
//- /historical/historical.daxmodel.yaml
name: historical
tables:
  FactSession: { rows: [], columns: { Reason: { type: string, choice: reason }, Own: { type: string, choice: reason } } }
choices:
  reason: { 192350001: { label: AgentReject } }
//- /realtime/realtime.daxmodel.yaml
name: realtime
tables:
  FactSession: { rows: [], columns: { Reason: { type: int64, choice: reason } } }
choices:
  reason: { 192350001: { label: AgentReject } }
//- /dax-metrics.json
{ "markdown": { "models": { "historicalpage": "historical", "realtimepage": "realtime" } } }
//- /page.md
### [Historical](#tab/historicalpage)
### [Real-time](#tab/realtimepage)
---
\`\`\`dax
One = CALCULATE(COUNTROWS(FactSession), FactSession[Reason] = "192350001")
                                                              ^^^^^^^^^^^ information[code-type]: FactSession[Reason] holds numbers. Write 192350001.

None = CALCULATE(COUNTROWS(FactSession), FactSession[Reason] = "192350009")
                                                               ^^^^^^^^^^^ error[unknown-code]

Third = CALCULATE(COUNTROWS(FactSession), FactSession[Own] = "192350009")
                                                     ^^^^^ information[only-in-model]
                                                             ^^^^^^^^^^^ error[unknown-code]
\`\`\``));
