// A model file is read with its places; each fault stands where it is, and the rest of the file works.
import { describe, expect, it } from 'vitest';
import { readModelFile } from '../../server/src/formats/index.ts';
import { fixture, shown } from './fixture.ts';

function check(text: string, name?: string): ReturnType<typeof readModelFile>['raw'] {
  const [file] = fixture(text, name);
  if (file === undefined) throw new Error('a fixture holds a file');
  const result = readModelFile(file.uri, file.text);
  expect(shown(result.findings, file.text)).toEqual(file.expected);
  return result.raw;
}

describe('a model file', () => {
  it('with everything a model can say has no finding', () => {
    const raw = check(`
name: historical
extends: ../dataverse/dataverse.daxmodel.yaml
description: Historical analytics.
tables:
  FactSession:
    source: data/FactSession.csv
    format: csv
    delimiter: ";"
    blankTokens: [NULL, n/a]
    booleans: { true: [ja], false: [nein] }
    dateFormats: [dd.MM.yyyy]
    description: Sessions.
    hidden: false
    columns:
      SessionId: { type: string, key: true, dataverse: msdyn_ocsession.msdyn_sessionid }
      Closurereason: { type: string, choice: reason, deprecated: true, description: Why. }
      Channels: { type: string, choice: reason, multiSelect: true, hidden: true }
      Botid: { type: string, nulls: { null: a person, notNull: a bot } }
      Late: { type: boolean, dax: "[Wait] > 60" }
      Month: { type: string, sortBy: MonthNumber }
      Untyped:
    hierarchies: { Calendar: [Year, Month] }
  DimDate:
    dax: CALENDAR(DATE(2025,1,1), DATE(2025,12,31))
    dateTable: Date
  Small:
    rows:
      - { Name: a, Value: 1, Flag: true, None: null }
  Messages:
    sessionize: { from: Small, order: Value, idle: 30m }
relationships:
  - { from: "FactSession[AgentId]", to: "'Dim Agent'[AgentId]", cardinality: many-to-one, active: false, crossFilter: both }
choices:
  import: [choices.json]
  reason:
    192350000: Default
    192350001: { label: AgentReject, deprecated: true }
  other:
    import: other.json
public: [Sessions rejected]
home: FactSession
roles: { Agents: {} }
functions: { Double: "(x) => x * 2" }
calculationGroups: { Time: {} }
`);
    expect(raw?.tables.map((it) => it.name)).toEqual(['FactSession', 'DimDate', 'Small', 'Messages']);
    expect(raw?.relationships[0]?.to).toEqual({ table: 'Dim Agent', column: 'AgentId' });
    expect(raw?.choices[0]?.options.map((it) => [it.code, it.label, it.deprecated])).toEqual([['192350000', 'Default', false], ['192350001', 'AgentReject', true]]);
    expect(raw?.imports.map((it) => it.name)).toEqual(['choices.json']);
    expect(raw?.tables[0]?.options).toEqual({ delimiter: ';', blankTokens: ['NULL', 'n/a'], trueWords: ['ja'], falseWords: ['nein'], dateFormats: ['dd.MM.yyyy'] });
    expect(raw?.tables[2]?.source).toMatchObject({ kind: 'rows', rows: [[['Name', 'a'], ['Value', 1], ['Flag', true], ['None', null]]] });
  });

  it('has a key that is misspelt', () => {
    const raw = check(`
name: m
tabels: {}
^^^^^^ tabels is no key of the model file. Did you mean tables?
tables:
  Fact:
    colums: {}
    ^^^^^^ colums is no key of table Fact. Did you mean columns?
    columns:
      Id: { tpye: string, key: true }
            ^^^^ tpye is no key of column Fact[Id]. Did you mean type?
`);
    expect(raw?.tables[0]?.columns[0]?.said).toEqual({ key: true });
  });

  it('has functions and calculation groups', () => {
    const raw = check(`
name: m
user: { name: ann, mail: ann@example.com }
                   ^^^^ mail is no key of user.
functions:
  Twice: (x) => x * 2
  Not a name: (x) => x
  ^^^^^^^^^^ The name of function Not a name must be letters, digits and _, its parts joined by dots; found Not a name.
calculationGroups:
  Show:
    precedence: high
                ^^^^ Precedence of calculation group Show must be a number; found the text high.
    items:
      A: SELECTEDMEASURE()
      B: { dax: SELECTEDMEASURE() + 1, ordinal: 0, format: "0.0" }
      C: { expression: 1 }
      ^ Item C of calculation group Show needs dax.
           ^^^^^^^^^^ expression is no key of item C of calculation group Show.
`);
    expect(raw?.functions.map((it) => it.definition.text)).toEqual(['FUNCTION Twice = (x) => x * 2']);
    expect(raw?.calculationGroups.map(({ group }) => [group.name, group.column, group.precedence])).toEqual([['Show', 'Name', 0]]);
    expect(raw?.calculationGroups[0]?.group.items.map((it) => [it.name, it.expression.text, it.ordinal])).toEqual([
      ['A', 'SELECTEDMEASURE()', 0], ['B', 'SELECTEDMEASURE() + 1', 0],
    ]);
  });

  it('has a wrong value', () => {
    const raw = check(`
name: m
tables:
  Fact:
    columns:
      A: { type: strng }
                 ^^^^^ Type of column Fact[A] must be string, int64, double, decimal, dateTime or boolean; found the text strng. Did you mean string?
      B: { type: int64, key: yes }
                             ^^^ Key of column Fact[B] must be true or false; found the text yes.
      C: [int64]
          ^^^^^ Column Fact[C] must be a mapping of keys to values; found a list.
      D: { dataverse: msdyn_ocsession }
                      ^^^^^^^^^^^^^^^ Dataverse of column Fact[D] must be entity.attribute; found the text msdyn_ocsession.
      E: { type: int64 }
relationships:
  - { from: "Fact.A", to: "Fact[B]" }
            ^^^^^^^^ From of relationship 1 must be a column as Table[Column]; found the text Fact.A.
choices:
  reason:
    AgentReject: { label: 192350001 }
    ^^^^^^^^^^^ Option AgentReject of choice reason must be a whole number as its code; found AgentReject.
                          ^^^^^^^^^ Label of option AgentReject of choice reason must be text; found 192350001.
    1: { label: right }
`);
    expect(raw?.tables[0]?.columns.map((it) => it.name)).toEqual(['A', 'B', 'D', 'E']);
    expect(raw?.relationships).toEqual([]);
    expect(raw?.choices[0]?.options.map((it) => it.label)).toEqual(['right']);
  });

  it('lacks a key: it is missed where its parent is named', () => {
    const raw = check(`
tables:
^^^^^^ The model file needs name.
  Fact: { source: f.csv }
relationships:
  - from: Fact[A]
    ^^^^ Relationship 1 needs to.
choices:
  reason:
    1: { deprecated: true }
    ^ Option 1 of choice reason needs label.
`, '/historical.daxmodel.yaml');
    expect(raw?.name, 'the name of the file stands in').toBe('historical');
    expect(raw?.tables.map((it) => it.name)).toEqual(['Fact']);
  });

  it('has a pattern that makes no date, and DAX that is none', () => {
    const raw = check(`
name: m
tables:
  Fact:
    source: a.csv
    dateFormats: [dd.MM.yyyy, MM/yyyy, "dd QQ yyyy"]
                              ^^^^^^^ Entry 2 of dateFormats of table Fact must be a pattern with year, month and day such as dd.MM.yyyy; found the text MM/yyyy.
                                       ^^^^^^^^^^^^ Entry 3 of dateFormats of table Fact must be a pattern with year, month and day such as dd.MM.yyyy; found the text dd QQ yyyy.
    columns:
      A: { dax: [1] }
                 ^ Dax of column Fact[A] must be a DAX expression; found a list.
`);
    expect(raw?.tables[0]?.options.dateFormats).toEqual(['dd.MM.yyyy']);
  });

  it('is in the middle of being typed', () => {
    const raw = check(`
name: m
tables:
relationships:
choices:
`);
    expect(raw?.tables).toEqual([]);
  });

  it('names a thing twice', () => {
    const raw = check(`
name: m
tables:
  Fact: { source: a.csv }
  FACT: { source: b.csv }
  ^^^^ Table FACT exists more than once.
  Fact: { source: c.csv }
  ^^^^ Key Fact exists more than once.
  Dim:
    columns:
      Id: { type: int64 }
      ID: { type: string }
      ^^ Column Dim[ID] exists more than once.
`);
    expect(raw?.tables.map((it) => it.source?.kind === 'file' && it.source.path)).toEqual(['a.csv', false]);
    expect(raw?.tables[1]?.columns.map((it) => it.said.type)).toEqual(['int64']);
  });

  it('gives a table two sources', () => {
    check(`
name: m
tables:
  Fact:
    source: a.csv
    dax: UNION(a, b)
    ^^^ Table Fact has source and dax. Keep one of them.
`);
  });

  it('is no YAML from some line on', () => {
    const raw = check(`
name: m
tables:
  Fact:
\tsource: a.csv
^ The file cannot be read: a tab cannot indent YAML; use blanks.
`);
    expect(raw?.name).toBe('m');
  });

  it('has DAX with a colon that YAML takes for a key', () => {
    check(`
name: m
tables:
  Fact:
    dax: FILTER(a, b = "x: y"): c
         ^ The file cannot be read: a key must stand on one line; put text with a colon into quotes.
`);
  });

  it('holds a second document', () => {
    expect(check(`
name: m
---
^^^ The file cannot be read: a second document begins here; one file holds one.
name: n
`)?.name).toBe('m');
  });

  it('uses tags and merge keys, which mean nothing here', () => {
    check(`
name: !!js/function x
      ^^^^^^^^^^^^^ The file cannot be read: tags have no meaning here.
tables:
  A: &a { source: a.csv }
  B:
    <<: *a
    ^^ << is no key of table B.
`);
  });

  it('repeats itself with an alias', () => {
    const raw = check(`
name: m
tables:
  A:
    columns: &columns
      Id: { type: int64 }
  B:
    columns: *columns
`);
    expect(raw?.tables.map((it) => it.columns[0]?.said.type)).toEqual(['int64', 'int64']);
  });

  it('is empty, or a list', () => {
    expect(readModelFile('file:///a.daxmodel.yaml', '').raw).toBeUndefined();
    const list = readModelFile('file:///a.daxmodel.yaml', '- a\n- b\n');
    expect(list.raw).toBeUndefined();
    expect(list.findings.map((it) => it.message)).toEqual(['The model file must be a mapping of keys to values; found a list.']);
  });

  it('is JSON by its name', () => {
    const raw = check(`
{
  "name": "m",
  "tables": {
    "Fact": { "source": "f.csv", "columns": { "A": { "type": "int" } } }
                                                             ^^^^^ Type of column Fact[A] must be string, int64, double, decimal, dateTime or boolean; found the text int.
  }
}
`, '/m.daxmodel.json');
    expect(raw?.tables[0]?.columns.map((it) => it.name)).toEqual(['A']);
  });

  it.each([
    ['{"name": "m",}', '1:14-14 The file cannot be read: a comma before } must go.'],
    ['{"name": "m"', '1:13-12 The file cannot be read: } is missing at the end.'],
    ["{'name': 1}", '1:2-2 The file cannot be read: a key in double quotes is missing.'],
    ['{"name": "m"} // x', '1:15-15 The file cannot be read: nothing may follow the value.'],
    ['{"name": nope}', '1:10-13 The file cannot be read: this is no value; text needs double quotes.'],
    ['{"name": "a\\q"}', '1:12-13 The file cannot be read: this is no escape that JSON knows; double the backslash.'],
    ['{"name": "m", "name": "n"}', '1:15-20 Key name exists more than once.'],
  ])('is JSON, but %s', (text, expected) => {
    expect(shown(readModelFile('file:///m.daxmodel.json', text).findings, text)[0]).toBe(expected);
  });
});

describe('names in a model file', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', 'null', 'true', '1', '0x10'])('%s is a name as any other', (name) => {
    const text = `name: m\ntables:\n  ${name}:\n    columns:\n      ${name}: { type: int64 }\n    rows:\n      - { ${name}: 5 }\nchoices:\n  ${name}: { 1: one }\n`;
    const { raw, findings } = readModelFile('file:///a.daxmodel.yaml', text);
    expect(findings).toEqual([]);
    expect(raw?.tables[0]?.name).toBe(name);
    expect(raw?.tables[0]?.columns[0]).toMatchObject({ name, said: { type: 'int64' } });
    expect(raw?.tables[0]?.source).toMatchObject({ rows: [[[name, 5]]] });
    expect(raw?.choices[0]).toMatchObject({ name });
  });

  it('keep the digits of large whole numbers', () => {
    const { raw } = readModelFile('file:///a.daxmodel.yaml', 'name: m\ntables:\n  T:\n    rows:\n      - { A: 9007199254740993, B: 9007199254740991, C: 1.5 }\n');
    expect(raw?.tables[0]?.source).toMatchObject({ rows: [[['A', '9007199254740993'], ['B', 9007199254740991], ['C', 1.5]]] });
  });
});
