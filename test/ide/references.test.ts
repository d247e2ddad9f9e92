// Find all references: `$0` is the cursor; `^^^` lines below the text mark the places found, `^^^ definition` those that define.
import { describe, expect, it } from 'vitest';
import { references } from '../../server/src/ide/references/references.ts';
import { openFixture } from '../support/workspace.ts';
import { contact } from './contact.ts';
import { expectPlaces } from './places.ts';

const dax = (text: string): string => `${contact}//- /metrics.dax\n${text}`;

/** Compares the references at `$0` with the marks of the fixture. */
async function check(source: string): Promise<void> {
  const { workspace, places, uri, offset } = await expectPlaces(source);
  const all = await references(workspace, uri, offset, true);
  const uses = await references(workspace, uri, offset, false);
  const isUse = (it: { readonly uri: string; readonly span: { readonly start: number } }): boolean =>
    uses.some((use) => use.uri === it.uri && use.span.start === it.span.start);
  places(all.map((it) => ({ ...it, word: isUse(it) ? '' : 'definition' })));
}

describe('references', () => {
  it('of a metric: its header, other metrics, pages and tags', () => check(dax(`
    Sessions = COUNTROWS(FactSession)
    ^^^^^^^^ definition
    /// @expect = [Sessions]
                  ^^^^^^^^^^
    /// @compare [sessions] by 'Dim Agent'[Team]
                 ^^^^^^^^^^
    Twice = [SESSIONS] + SUMX(FactSession, FactSession[ses$0sions])
            ^^^^^^^^^^
                                                      ^^^^^^^^^^
    EVALUATE ROW("x", [Sessions])
                      ^^^^^^^^^^
    //- /page.md
    Sessions and [Sessions] in prose.

    > \`\`\`dax
    > Half = [Sessions] / 2
             ^^^^^^^^^^
    > \`\`\`
  `)));

  it('of a metric that a page documents are those of the model', () => check(`${contact}
    //- /metrics.dax
    Sessions = 1
    ^^^^^^^^ definition
    Twice = [Sessions]
            ^^^^^^^^^^
    //- /page.md
    \`\`\`dax
    Sessi$0ons = 1
    ^^^^^^^^ definition
    Third = [Sessions]
            ^^^^^^^^^^
    \`\`\`
  `));

  it('of a metric that a page alone defines are those of the page', () => check(`${contact}
    //- /one.md
    \`\`\`dax
    Own = 1
    ^^^ definition
    Twice = [O$0wn]
            ^^^^^
    \`\`\`
    //- /two.md
    \`\`\`dax
    Own = 2
    Twice = [Own]
    \`\`\`
  `));

  it('of a metric in tags of another model', () => check(`
    //- /a/a.daxmodel.yaml
    name: a
    public: [Sessions]
             ^^^^^^^^
    //- /a/m.dax
    Sessions = 1
    ^^^^^^^^ definition
    /// @expect = [a::Sessions]
                  ^^^^^^^^^^^^^
    Two = 2 * [Sess$0ions]
              ^^^^^^^^^^
    //- /b/b.daxmodel.yaml
    name: b
    //- /b/m.dax
    /// @expect = [A::sessions]
                  ^^^^^^^^^^^^^
    Sessions = 1
  `));

  it('of a column: all the DAX, the model file, its relationships', () => check(`
    //- /contact.daxmodel.yaml
    name: contact
    tables:
      FactSession:
        rows: [{ AgentId: a1 }]
                 ^^^^^^^
        columns:
          AgentId: { type: string }
          ^^^^^^^ definition
          Twice: { type: string, dax: "[AgentId] & FactSession[AgentId]" }
                                       ^^^^^^^^^
                                                              ^^^^^^^^^
      'Dim Agent':
        columns:
          AgentId: { type: string, key: true }
    relationships:
      - { from: "FactSession[AgentId]", to: "'Dim Agent'[AgentId]" }
                            ^^^^^^^^^
    //- /m.dax
    M = COUNT(FactSession[AgentId]) + COUNTROWS(FILTER(FactSession, [Age$0ntId] = "a1"))
                         ^^^^^^^^^
                                                                    ^^^^^^^^^
    N = COUNT('Dim Agent'[AgentId])
  `));

  it('of a table that two models share', () => check(`
    //- /raw/raw.daxmodel.yaml
    name: raw
    tables:
      Fact:
      ^^^^ definition
        columns: { Id: { type: string } }
    //- /a/a.daxmodel.yaml
    name: a
    extends: ../raw/raw.daxmodel.yaml
    tables:
      Fact:
      ^^^^ definition
        columns: { Own: { type: string } }
    //- /a/m.dax
    M = COUNTROWS(Fact)
                  ^^^^
    //- /b/b.daxmodel.yaml
    name: b
    extends: ../raw/raw.daxmodel.yaml
    //- /b/m.dax
    M = COUNT(Fact[Id]) + COUNTROWS('Fa$0ct')
              ^^^^
                                    ^^^^^^
    //- /c/c.daxmodel.yaml
    name: c
    tables: { Fact: { columns: { Id: { type: string } } } }
  `));

  it('of a variable end with its block', () => check(dax(`
    M =
      VAR n = 1
          ^ definition
      VAR inner = (VAR n = 2 RETURN n) + n
                                         ^
      RETURN $0n + inner
             ^
    Other = VAR n = 3 RETURN n
  `)));

  it('of a column that an expression adds', () => check(dax(`
    M =
      VAR t = ADDCOLUMNS(FactSession, "Half", [Duration] / 2)
                                      ^^^^^^ definition
      RETURN SUMX(FILTER(t, [half] > 1), [Ha$0lf])
                            ^^^^^^
                                         ^^^^^^
  `)));

  it('of a parameter of a function', () => check(dax(`
    FUNCTION Rate = (part : SCALAR, whole = 1) => VAR p = $0part RETURN DIVIDE(p, whole) + PART
                     ^^^^ definition
                                                          ^^^^
                                                                                         ^^^^
    Part = 1
  `)));

  it('of a function, a table and a column that text defines', async () => {
    const text = (cursor: string): string => dax(`
      FUNCTION Twice = (x) => 2 * x
      TABLE Big = FILTER(FactSession, [Duration] > 60)
      COLUMN Big[Half] = [Duration] / 2
      M = Twice(COUNTROWS(Big)) + SUMX(Big, [Half])
    `).replace(cursor, `$0${cursor}`);
    await check(text('Twice(').replace(/( *)FUNCTION.*/, '$&\n$1         ^^^^^ definition').replace(/( *)M = .*/, '$&\n$1    ^^^^^'));
    await check(text('Big))').replace(/( *)TABLE.*/, '$&\n$1      ^^^ definition').replace(/( *)COLUMN.*/, '$&\n$1       ^^^')
      .replace(/( *)M = .*/, '$&\n$1                    ^^^\n$1                                 ^^^'));
    await check(text('[Half])').replace(/( *)COLUMN.*/, '$&\n$1          ^^^^^^ definition').replace(/( *)M = .*/, '$&\n$1                                      ^^^^^^'));
  });

  it('of a column that a table of another definition adds', () => check(dax(`
    TABLE More = ADDCOLUMNS(FactSession, "Half", [Duration] / 2)
                                         ^^^^^^ definition
    M = SUMX(More, More[Half] + [Ha$0lf])
                       ^^^^^^
                                ^^^^^^
    N = SUMX(ADDCOLUMNS(FactSession, "Half", 1), [Half])
  `)));

  it('of a column that a function adds, also in a table of another definition', () => check(dax(`
    FUNCTION Halves = () => ADDCOLUMNS(FactSession, "Half", [Duration] / 2)
                                                    ^^^^^^ definition
    TABLE More = ADDCOLUMNS(Halves(), "Third", [Half] / 3)
                                               ^^^^^^
    M = SUMX(Halves(), [Ha$0lf]) + SUMX(More, More[Third] + More[Half])
                       ^^^^^^
                                                              ^^^^^^
  `)));

  it('of a metric of a DEFINE without EVALUATE', () => check(dax(`
    DEFINE MEASURE FactSession[Total] = 1
                              ^^^^^^^ definition
    M = [To$0tal] + FactSession[total]
        ^^^^^^^
                             ^^^^^^^
  `)));

  it('of a function in a tag', () => check(dax(`
    FUNCTION Half = (x) => x / 2
             ^^^^ definition
    /// @expect = Ha$0lf(2)
                  ^^^^
    M = half(2)
        ^^^^
  `)));

  it('of what a query defines are those of the query', () => check(dax(`
    m = 1
    DEFINE MEASURE FactSession[m] = 2 VAR v = [m]
                              ^^^ definition
                                              ^^^
    EVALUATE ROW("a", [$0m] + v)
                      ^^^
    n = [m]
  `)));

  it('of a choice code', () => check(`${contact.replace('192350001: { label: AgentReject }', '192350001: { label: AgentReject }\n    ^^^^^^^^^ definition')}
    //- /m.dax
    M = CALCULATE(1, FactSession[Reason] = "19235$00001", 'Dim Agent'[Mode] = 192350001)
                                           ^^^^^^^^^^^
    /// @expect 1 where FactSession[Reason] IN { "192350001" }
                                                 ^^^^^^^^^^^
    N = 1
  `));

  it('from a name in the model file', () => check(`
    //- /contact.daxmodel.yaml
    name: contact
    tables:
      Fact$0Session:
      ^^^^^^^^^^^ definition
        columns: { Id: { type: string } }
    home: FactSession
          ^^^^^^^^^^^
    //- /m.dax
    M = COUNTROWS(FactSession)
                  ^^^^^^^^^^^
  `));

  it('are none in prose, of keywords and of what is not known', async () => {
    for (const text of ['M = [No $0such]', 'M = SU$0M(FactSession[Duration])', 'M = VAR x = 1 RETU$0RN x', 'M = 1 $0+ 2']) {
      const { workspace, uri, offset } = await openFixture(dax(text));
      expect(await references(workspace, uri, offset, true)).toEqual([]);
    }
    const { workspace, uri, offset } = await openFixture(`${contact}//- /page.md\nSee [Ses$0sions]\n\n\`\`\`dax\nSessions = 1\n\`\`\`\n`);
    expect(await references(workspace, uri, offset, true)).toEqual([]);
  });
});
