// Rename: `$0` is the cursor; expected are the texts after it, or the sentence with which it is refused.
import { describe, expect, it } from 'vitest';
import { prepareRename, rename } from '../../server/src/ide/rename/rename.ts';
import { openFixture } from '../support/workspace.ts';
import { contact } from './contact.ts';
import { unindented } from './places.ts';

/** The files that change, as they are then; or why nothing does. */
async function renamed(source: string, name: string): Promise<string> {
  const { workspace, uri, offset } = await openFixture(unindented(source));
  const result = await rename(workspace, uri, offset, name);
  if (result === undefined) return 'nothing';
  if ('refused' in result) return result.refused;
  const out: string[] = [];
  for (const { uri: file, edits } of result.files) {
    const text = (await workspace.document(file))?.text ?? '';
    out.push(`//- ${file.slice('file://'.length)}`);
    out.push([...edits].reverse().reduce((so, it) => so.slice(0, it.span.start) + it.newText + so.slice(it.span.end), text));
  }
  return out.join('\n').trimEnd();
}

const texts = (source: string): string => unindented(source).trimEnd();
const dax = (text: string): string => `${contact}//- /metrics.dax\n${text}`;
const inFile = async (text: string, name: string): Promise<string> => (await renamed(dax(text), name)).replace('//- /metrics.dax\n', '');

describe('rename changes', () => {
  it('a column that hints for generated rows name', async () => {
    expect(await renamed(`
      //- /m.daxmodel.yaml
      name: m
      tables:
        T:
          columns:
            Opened: { type: dateTime }
            Closed: { type: dateTime, generate: { after: opened } }
            Hour: { type: int64, generate: { part: hour, of: "Opened" } }
      //- /m.dax
      First = MIN(T[Ope$0ned])
    `, 'Began at')).toBe(texts(`
      //- /m.dax
      First = MIN(T[Began at])
      //- /m.daxmodel.yaml
      name: m
      tables:
        T:
          columns:
            Began at: { type: dateTime }
            Closed: { type: dateTime, generate: { after: Began at } }
            Hour: { type: int64, generate: { part: hour, of: "Began at" } }
    `));
  });

  it('a metric in metric files, pages and tags, not in prose', async () => {
    expect(await renamed(`${contact}
      //- /a.dax
      Sessions = COUNTROWS(FactSession)
      /// [Sessions] in words.
      /// @expect = [Sessions]
      /// @compare [contact::Sessions] by 'Dim Agent'[Team]
      Twice = [ses$0sions] + [Sessions] // [Sessions]
      //- /b.dax
      EVALUATE ROW("Sessions", FactSession[SESSIONS])
      //- /page.md
      # Sessions
      - \`\`\`dax
        Sessions = COUNTROWS(FactSession)
        Half = [Sessions] / 2
        \`\`\`
    `, 'All [own] sessions, % of total')).toBe(texts(`
      //- /a.dax
      All [own] sessions, % of total = COUNTROWS(FactSession)
      /// [Sessions] in words.
      /// @expect = [All [own]] sessions, % of total]
      /// @compare [contact::All [own]] sessions, % of total] by 'Dim Agent'[Team]
      Twice = [All [own]] sessions, % of total] + [All [own]] sessions, % of total] // [Sessions]
      //- /b.dax
      EVALUATE ROW("Sessions", FactSession[All [own]] sessions, % of total])
      //- /page.md
      # Sessions
      - \`\`\`dax
        All [own] sessions, % of total = COUNTROWS(FactSession)
        Half = [All [own]] sessions, % of total] / 2
        \`\`\`
    `));
  });

  it('what needs quotes as a header is written in quotes', async () => {
    expect(await inFile('Sess$0ions = 1\nTwice = [Sessions]', '(All) sessions')).toBe("'(All) sessions' = 1\nTwice = [(All) sessions]");
    expect(await inFile("MEASURE FactSession[Sess$0ions] = 1\nTwice = [Sessions]", '(All) sessions')).toBe('MEASURE FactSession[(All) sessions] = 1\nTwice = [(All) sessions]');
  });

  it('the case of a name', async () => {
    expect(await inFile('sessions = 1\nTwice = [Ses$0sions]', 'SESSIONS')).toBe('SESSIONS = 1\nTwice = [SESSIONS]');
  });

  it('a metric that a page of two models documents, in both models', async () => {
    expect(await renamed(`
      //- /dax-metrics.json
      { "markdown": { "models": { "A": "a" } } }
      //- /a/a.daxmodel.yaml
      name: a
      public: [Total, Other]
      //- /a/m.dax
      Total = 1
      //- /b/b.daxmodel.yaml
      name: b
      //- /b/m.dax
      Total = 1
      //- /page.md
      ---
      dax-model: [a, b]
      ---
      \`\`\`dax
      To$0tal = 1
      \`\`\`
    `, 'Sum')).toBe(texts(`
      //- /a/a.daxmodel.yaml
      name: a
      public: [Sum, Other]
      //- /a/m.dax
      Sum = 1
      //- /b/m.dax
      Sum = 1
      //- /page.md
      ---
      dax-model: [a, b]
      ---
      \`\`\`dax
      Sum = 1
      \`\`\`
    `));
  });

  it('a variable, and not its namesake in a block inside', async () => {
    expect(await inFile('M = VAR n = 1 VAR m = (VAR n = 2 RETURN n) + n RETURN $0n + m\nO = VAR n = 3 RETURN n', 'total'))
      .toBe('M = VAR total = 1 VAR m = (VAR n = 2 RETURN n) + total RETURN total + m\nO = VAR n = 3 RETURN n');
  });

  it('an added column: the text that names it and all uses', async () => {
    expect(await inFile('M = SUMX(FILTER(ADDCOLUMNS(FactSession, "Half", [Duration] / 2), [Half] > 1), [H$0alf])', 'the "half"]'))
      .toBe('M = SUMX(FILTER(ADDCOLUMNS(FactSession, "the ""half""]", [Duration] / 2), [the "half"]]] > 1), [the "half"]]])');
    expect(await inFile(`EVALUATE SELECTCOLUMNS(FactSession, "T[Ha$0lf]", 1) ORDER BY T[Half]`, 'x')).toBe('EVALUATE SELECTCOLUMNS(FactSession, "T[x]", 1) ORDER BY T[x]');
  });

  it('a function, in every file, and its parameters', async () => {
    expect(await renamed(`${contact}
      //- /a.dax
      FUNCTION Ratio = (part, whole) => DIVIDE(part, whole) + RATIO(part, 1)
      //- /b.dax
      M = ra$0tio(1, 2)
    `, 'My.Ratio')).toBe(texts(`
      //- /a.dax
      FUNCTION My.Ratio = (part, whole) => DIVIDE(part, whole) + My.Ratio(part, 1)
      //- /b.dax
      M = My.Ratio(1, 2)
    `));
    expect(await inFile('FUNCTION Ratio = (part, whole) => DIVIDE(pa$0rt, whole) + [part]\npart = 1', 'piece'))
      .toBe('FUNCTION Ratio = (piece, whole) => DIVIDE(piece, whole) + [part]\npart = 1');
  });

  it('what a query defines in the query alone', async () => {
    expect(await inFile('m = 1\nDEFINE MEASURE FactSession[m] = 1 VAR v = [m] TABLE t = ROW("a", v) EVALUATE ROW("a", [$0m] + COUNTROWS(t))', 'n'))
      .toBe('m = 1\nDEFINE MEASURE FactSession[n] = 1 VAR v = [n] TABLE t = ROW("a", v) EVALUATE ROW("a", [n] + COUNTROWS(t))');
  });

  it('a metric of a DEFINE without EVALUATE, and a column that a function adds', async () => {
    expect(await inFile('DEFINE MEASURE FactSession[m] = 1\nOther = [$0m]', 'n [x]')).toBe('DEFINE MEASURE FactSession[n [x]]] = 1\nOther = [n [x]]]');
    expect(await inFile('FUNCTION F = () => ADDCOLUMNS(FactSession, "Half", 1)\nM = SUMX(F(), [H$0alf])', 'x')).toBe('FUNCTION F = () => ADDCOLUMNS(FactSession, "x", 1)\nM = SUMX(F(), [x])');
  });

  it('a table and a column that text defines', async () => {
    const text = 'TABLE Big = ADDCOLUMNS(FactSession, "Half", 1)\nCOLUMN Big[More] = [Half]\nM = SUMX(Big, Big[Half] + [More])';
    expect(await inFile(text.replace('Big,', 'B$0ig,'), 'Very big')).toBe("TABLE 'Very big' = ADDCOLUMNS(FactSession, \"Half\", 1)\nCOLUMN 'Very big'[More] = [Half]\nM = SUMX('Very big', 'Very big'[Half] + [More])");
    expect(await inFile(text.replace('[More])', '[Mo$0re])'), 'Less')).toBe(text.replaceAll('More', 'Less'));
    expect(await inFile(text.replace('Big[Half]', 'Big[H$0alf]'), 'Part')).toBe(text.replaceAll('Half', 'Part'));
  });

  it('a table of a model: key, relationships, home and all the DAX', async () => {
    expect(await renamed(`
      //- /raw/raw.daxmodel.yaml
      name: raw
      tables:
        Fact:
          columns: { Id: { type: string, dax: "Fact[Key] & 1" }, Key: { type: string } }
        Dim: { columns: { Key: { type: string, key: true } } }
      relationships:
        - { from: "Fact[Key]", to: "Dim[Key]" }
      home: Fact
      //- /a/a.daxmodel.json
      { "name": "a", "extends": "../raw/raw.daxmodel.yaml", "tables": { "Fact": { "columns": { "Own": { "dax": "\\"x\\" & Fact[Id]" } } } } }
      //- /a/m.dax
      M = COUNTROWS(Fa$0ct) + COUNT('Fact'[Id])
    `, "Agent's facts")).toBe(texts(`
      //- /a/a.daxmodel.json
      { "name": "a", "extends": "../raw/raw.daxmodel.yaml", "tables": { "Agent's facts": { "columns": { "Own": { "dax": "\\"x\\" & 'Agent''s facts'[Id]" } } } } }
      //- /a/m.dax
      M = COUNTROWS('Agent''s facts') + COUNT('Agent''s facts'[Id])
      //- /raw/raw.daxmodel.yaml
      name: raw
      tables:
        "Agent's facts":
          columns: { Id: { type: string, dax: "'Agent''s facts'[Key] & 1" }, Key: { type: string } }
        Dim: { columns: { Key: { type: string, key: true } } }
      relationships:
        - { from: "'Agent''s facts'[Key]", to: "Dim[Key]" }
      home: "Agent's facts"
    `));
  });

  it('a column of a table whose name has a bracket, in quotes and without', async () => {
    const model = (column: string, inner: string): string => `
      //- /m.daxmodel.yaml
      name: m
      tables:
        "a [b c":
          columns:
            ${column}: { type: string }
        Dim: { columns: { Key: { type: string, key: true }, "in [ner": { type: string } } }
      relationships:
        - { from: "'a [b c'[${column}]", to: "Dim[Key]" }
        - { from: "'a [b c'[${column}]", to: "Dim[${inner}]", active: false }
    `;
    expect(await renamed(`${model('Key', 'in [ner')}
      //- /m.dax
      M = COUNT('a [b c'[K$0ey])
    `, 'Id')).toBe(texts(`
      //- /m.dax
      M = COUNT('a [b c'[Id])
      ${unindented(model('Id', 'in [ner')).trimEnd().replaceAll('\n', '\n      ')}
    `));
  });

  it('a column with inline rows, and one that an expression names', async () => {
    expect(await renamed(`
      //- /m.daxmodel.yaml
      name: m
      tables:
        Fact:
          rows: [{ Id: a, Mi$0n: 1 }, { Id: b, Min: 2 }]
          columns: { Min: { type: int64, sortBy: Min } }
        Made:
          dax: |
            SELECTCOLUMNS(Fact, "Id", Fact[Id],
              "Twice", 2 * Fact[Min])
          columns: { Twice: { type: int64 } }
      //- /m.dax
      M = SUM(Fact[Min]) + SUMX(Made, [Twice])
    `, 'Minutes]')).toBe(texts(`
      //- /m.dax
      M = SUM(Fact[Minutes]]]) + SUMX(Made, [Twice])
      //- /m.daxmodel.yaml
      name: m
      tables:
        Fact:
          rows: [{ Id: a, "Minutes]": 1 }, { Id: b, "Minutes]": 2 }]
          columns: { "Minutes]": { type: int64, sortBy: "Minutes]" } }
        Made:
          dax: |
            SELECTCOLUMNS(Fact, "Id", Fact[Id],
              "Twice", 2 * Fact[Minutes]]])
          columns: { Twice: { type: int64 } }
          `));
    expect(await renamed(`
      //- /m.daxmodel.yaml
      name: m
      tables:
        Made:
          dax: 'SELECTCOLUMNS({1}, "Twice", 2 * [Value])'
          columns: { Twice: { type: int64 } }
        More:
          dax: "SELECTCOLUMNS(Made, \\"T\\", Made[Twice])"
      //- /m.dax
      M = SUMX(Made, [Twi$0ce])
    `, "two's")).toBe(texts(`
      //- /m.dax
      M = SUMX(Made, [two's])
      //- /m.daxmodel.yaml
      name: m
      tables:
        Made:
          dax: 'SELECTCOLUMNS({1}, "two''s", 2 * [Value])'
          columns: { "two's": { type: int64 } }
        More:
          dax: "SELECTCOLUMNS(Made, \\"T\\", Made[two's])"
    `));
  });
});

describe('in a model file', () => {
  it.each([
    ['a text in double quotes', `dax: "ROW(\\"Tw$0ice\\", 1)"`, 'a "b"', `dax: "ROW(\\"a \\"\\"b\\"\\"\\", 1)"`],
    ['a text in escapes of any kind', `dax: "ROW(\\u0022Tw$0ice\\x22, 1)"`, 'a', `dax: "ROW(\\"a\\", 1)"`],
    ['a text in single quotes', `dax: 'ROW("Tw$0ice", 1)'`, "it's", `dax: 'ROW("it''s", 1)'`],
    ['a table in single quotes', `dax: 'COUNTROWS(''Dim$0 x'')'`, 'Dim y', `dax: 'COUNTROWS(''Dim y'')'`],
    ['a table in folded text', `dax: >\n          COUNTROWS(\n          'Dim$0 x')`, 'Dim y', `dax: >\n          COUNTROWS(\n          'Dim y')`],
  ])('%s is written as the file wants it', async (_, written, name, expected) => {
    const model = (text: string): string => `//- /m.daxmodel.yaml\nname: m\ntables:\n  Dim x: { columns: { a: { type: string } } }\n  T:\n    columns:\n      c:\n        ${text}\n`;
    expect(await renamed(model(written), name)).toBe(model(expected).replace('Dim x:', name === 'Dim y' ? 'Dim y:' : 'Dim x:').trimEnd());
  });
});

describe('rename is refused', () => {
  it.each([
    ['M = 1', 'M$0 = 1', '  ', 'A name is needed.'],
    ['a name with a line break', 'M$0 = 1', 'a\nb', 'A name has no line breaks and no control characters.'],
    ['a metric that another has the name of', 'Sess$0ions = 1\nTwice = 2', 'TWICE', 'There is a metric [Twice] already.'],
    ['a metric whose new name is read as a column', 'Sess$0ions = 1\nM = SUMX(FactSession, [Sessions] + [Duration])', 'Duration', '[Duration] in metrics.dax, line 2, would then mean something else.'],
    ['a metric that would meet a column of the row', 'Sess$0ions = 1\nM = SUMX(FactSession, [Sessions])', 'Duration', '[Sessions] in metrics.dax, line 2, would then mean something else.'],
    ['a metric whose new name is no header', 'Sess$0ions = 1', 'a // b', 'a // b would not be read as the name of a definition.'],
    ['a variable with a blank', 'M = VAR a = 1 RETURN $0a', 'a b', 'a b cannot name a variable or a parameter: letters, digits and underscores, no digit first, and no word of DAX.'],
    ['a variable named by a word', 'M = VAR a = 1 RETURN $0a', 'Return', 'Return cannot name a variable or a parameter: letters, digits and underscores, no digit first, and no word of DAX.'],
    ['a variable named like a table', 'M = VAR a = 1 RETURN $0a', 'factsession', 'FactSession is the name of a table, which a variable cannot have.'],
    ['a variable named like another', 'M = VAR a = 1 VAR b = 2 RETURN $0a + b', 'B', 'There is a variable b already.'],
    ['a variable that an inner one would hide', 'M = VAR a = 1 VAR c = (VAR b = 2 RETURN $0a + b) RETURN c', 'b', 'There is a variable b already.'],
    ['a parameter named like another', 'FUNCTION F = (a, b) => $0a + b', 'b', 'There is a parameter b already.'],
    ['a function named like one of DAX', 'FUNCTION F = (a) => a\nM = $0F(1)', 'Sum', 'Sum is a function of DAX.'],
    ['a function named like another', 'FUNCTION F = (a) => a\nFUNCTION G = (a) => a\nM = $0F(1)', 'g', 'There is a function g already.'],
    ['an added column named like another', 'M = SUMX(ADDCOLUMNS(FactSession, "a", 1, "b", 2), [$0a] + [b])', 'B', 'There is a column [b] already.'],
    ['an added column named like one of the table', 'M = SUMX(ADDCOLUMNS(FactSession, "a", 1), [$0a] + [Duration])', 'Duration', '[a] in metrics.dax, line 1, would then mean something else.'],
    ['an added column by which tables are joined', 'EVALUATE NATURALINNERJOIN(ROW("k", 1, "a", 2), ROW("$0k", 1, "b", 2))', 'x', 'NATURALINNERJOIN(ROW("k", 1, "a", 2), ROW("k", 1, "b", 2)) in metrics.dax, line 1, would then mean something else.'],
    ['a table named like another', 'M = COUNTROWS(Fact$0Session)', 'dim agent', "There is a table 'Dim Agent' already."],
    ['a column named like another', 'M = SUM(FactSession[Dura$0tion])', 'reason', 'There is a column FactSession[Reason] already.'],
    ['a function of the language', 'M = COUN$0TROWS(FactSession)', 'x', 'COUNTROWS is a name of the language.'],
    ['a name that is not known', 'M = [No $0such]', 'x', 'No such is not known, so there is no definition to rename.'],
    ['a column that no text names', 'M = SUMX({ 1, 2 }, [Val$0ue])', 'x', '[value] is named by an expression that writes no name for it.'],
    ['a code', 'M = CALCULATE(1, FactSession[Reason] = "19235$00001")', 'x', 'A code is what the data hold; its label is written in the model file.'],
    ['an operator', 'M = 1 +$0 2', 'x', 'There is no name here that could be changed.'],
  ])('of %s', async (_, text, name, why) => {
    expect(await inFile(text, name)).toBe(why);
  });

  it('of a column that a data file names', async () => {
    expect(await renamed(`
      //- /m.daxmodel.yaml
      name: m
      tables: { T: { source: t.csv, columns: { a: { type: string }, b: { dax: "1" } } } }
      //- /t.csv
      a
      //- /m.dax
      M = COUNT(T[$0a]) + SUM(T[b])
    `, 'x')).toBe('T[a] is named by the data file that its table is read from.');
  });

  it('of a column that a table in another file has under the same name', async () => {
    expect(await renamed(`
      //- /m.daxmodel.yaml
      name: m
      tables:
        Fact: { columns: { Min: { type: int64 } } }
        Made: { dax: "FILTER(Fact, TRUE)" }
      //- /a.dax
      M = SUM(Fact[M$0in])
      //- /b.dax
      N = SUM(Made[Min])
    `, 'x')).toBe('[Min] in b.dax, line 1, would then mean something else.');
  });

  it('of a table of a model file that cannot be read to its end', async () => {
    expect(await renamed(`
      //- /m.daxmodel.yaml
      name: m
      tables: { T: { columns: { a: { type: string } } } }
      relationships: [
      //- /m.dax
      M = COUNTROWS($0T)
    `, 'x')).toBe('m.daxmodel.yaml has a syntax error, so what it names is not certain.');
  });

  it('silently outside DAX', async () => {
    expect(await renamed(`${contact}//- /page.md\nSee [Ses$0sions]\n\n\`\`\`dax\nSessions = 1\n\`\`\`\n`, 'x')).toBe('nothing');
  });
});

describe('prepareRename', () => {
  it.each([
    ['Agent [s] rate = 1\nM = [Agent [s]] r$0ate]', '[Agent [s]] rate]', 'Agent [s] rate'],
    ["'(a)'$0 = 1", "'(a)'", '(a)'],
    ['M = VAR total = 1 RETURN $0total', 'total', 'total'],
    ['M = SUMX(ADDCOLUMNS(FactSession, "H$0alf", 1), [Half])', '"Half"', 'Half'],
    ["M = COUNTROWS('Dim A$0gent')", "'Dim Agent'", 'Dim Agent'],
    ['Sessions = 1\n/// @expect = [contact::Ses$0sions]\nM = 1', '[contact::Sessions]', 'Sessions'],
  ])('of %j', async (text, written, placeholder) => {
    const { workspace, uri, offset } = await openFixture(dax(text));
    const prepared = await prepareRename(workspace, uri, offset);
    if (prepared === undefined || 'refused' in prepared) throw new Error(JSON.stringify(prepared));
    const whole = (await workspace.document(uri))?.text ?? '';
    expect([whole.slice(prepared.span.start, prepared.span.end), prepared.placeholder]).toEqual([written, placeholder]);
  });

  it('says why not', async () => {
    const { workspace, uri, offset } = await openFixture(dax('M = SU$0M(FactSession[Duration])'));
    expect(await prepareRename(workspace, uri, offset)).toEqual({ refused: 'SUM is a name of the language.' });
  });
});
