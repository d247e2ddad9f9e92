// Model files are joined with what they extend and import, and checked as a whole.
import { describe, expect, it } from 'vitest';
import { filesNamedBy, readEntitySchema, readModelFile, resolveModel, type LoadFault, type ModelLoader } from '../../server/src/formats/index.ts';
import type { Model } from '../../server/src/model/model.ts';
import { fixture, shown } from './fixture.ts';

/** Resolves the first file of a fixture, and compares the findings of every file with its carets. */
function check(text: string, faults: Readonly<Record<string, LoadFault>> = {}): Model {
  const files = new Map(fixture(text).map((it) => [it.uri, it]));
  const [first] = files.values();
  if (first === undefined) throw new Error('a fixture holds a file');
  const fault = (uri: string): LoadFault => faults[uri.slice('file:///w'.length)] ?? { fault: 'not-found' };
  const loader: ModelLoader = {
    model: (uri) => (files.has(uri) ? readModelFile(uri, files.get(uri)?.text ?? '').raw : fault(uri)),
    entitySchema: (uri) => (files.has(uri) ? readEntitySchema(uri, files.get(uri)?.text ?? '') : fault(uri)),
  };
  const { raw, findings } = readModelFile(first.uri, first.text);
  expect(findings).toEqual([]);
  if (raw === undefined) throw new Error('the first file is a model');
  const resolved = resolveModel(raw, loader);
  for (const [uri, file] of files) expect(shown(resolved.findings.get(uri) ?? [], file.text), uri).toEqual(file.expected);
  return resolved.model;
}

const table = (model: Model, name: string): string => {
  const found = model.tables.get(name);
  if (found === undefined) return 'none';
  const columns = [...found.columns.values()].map((it) => `${it.name}:${it.type ?? '?'}${it.hidden ? ' hidden' : ''}${it.choice === undefined ? '' : ` ${it.choice}`}`);
  return `${found.name} ${found.source.kind} (${columns.join(', ')})`;
};

describe('extends', () => {
  it('brings the tables, columns, relationships and choices of the file above', () => {
    const model = check(`
//- /h/h.daxmodel.yaml
name: h
extends: ../raw/raw.daxmodel.yaml
tables:
  FactSession:
    dax: ocsession
    columns:
      Id: { type: string }
  ocsession:
    columns:
      CLOSED: { hidden: true }
      reason: { choice: why }
relationships:
  - { from: "ocsession[agent]", to: "user[id]", active: false }
choices:
  why:
    2: two, renamed
//- /raw/raw.daxmodel.yaml
name: raw
tables:
  ocsession:
    source: data/s.csv
    columns:
      id: { type: string, key: true }
      Closed: { type: dateTime }
  user:
    source: data/u.csv
    columns: { id: { type: string } }
relationships:
  - { from: "ocsession[agent]", to: "user[id]", crossFilter: both }
choices:
  why: { 1: one, 2: two }
public: [Sessions]
home: user
`);
    expect([...model.tables.keys()]).toEqual(['ocsession', 'user', 'factsession']);
    expect(table(model, 'ocsession')).toBe('ocsession file (id:string, Closed:dateTime hidden, reason:? why)');
    expect(table(model, 'factsession')).toBe('FactSession dax (Id:string)');
    expect(model.tables.get('ocsession')?.source).toMatchObject({ uri: 'file:///w/raw/data/s.csv', path: 'data/s.csv', format: 'csv' });
    expect(model.relationships).toHaveLength(1);
    expect(model.relationships[0]).toMatchObject({ active: false, crossFilter: 'both', cardinality: 'many-to-one' });
    expect([...(model.choices.get('why')?.options.values() ?? [])].map((it) => it.label)).toEqual(['one', 'two, renamed']);
    expect(model.files).toEqual(['file:///w/h/h.daxmodel.yaml', 'file:///w/raw/raw.daxmodel.yaml']);
    expect(model.publicMetrics).toEqual(new Set(['sessions']));
    expect(model.home).toBe('user');
  });

  it('of a file that is not there leaves the rest working, and nothing is held to be unknown', () => {
    const model = check(`
name: h
extends: raw.daxmodel.yaml
         ^^^^^^^^^^^^^^^^^ The file raw.daxmodel.yaml does not exist.
tables:
  Fact:
    rows: [{ Id: 1 }]
    columns: { Id: { type: int64, choice: why } }
relationships:
  - { from: "Fact[Id]", to: "user[id]" }
home: user
`);
    expect(table(model, 'fact')).toBe('Fact rows (Id:int64)');
    expect(model.relationships).toEqual([]);
    expect(model.home).toBeUndefined();
  });

  it.each([
    ['/etc/passwd', '/etc/passwd lies outside the workspace folder and is not read.'],
    ['file:///etc/passwd', 'file:///etc/passwd lies outside the workspace folder and is not read.'],
    ['https://example.org/x.daxmodel.yaml', 'https://example.org/x.daxmodel.yaml lies outside the workspace folder and is not read.'],
    ['../../../../etc/x.daxmodel.yaml', '../../../../etc/x.daxmodel.yaml lies outside the workspace folder and is not read.'],
  ])('never leads out: %s', (path, message) => {
    check(`
name: h
extends: ${path}
         ${'^'.repeat(path.length)} ${message}
`);
  });

  it('meets a file that the opener refuses', () => {
    const model = check(`
name: h
extends: link.daxmodel.yaml
         ^^^^^^^^^^^^^^^^^^ link.daxmodel.yaml lies outside the workspace folder and is not read.
choices:
  import: [folder, big.json]
           ^^^^^^ folder is no regular file and is not read.
                   ^^^^^^^^ big.json has 999,999,999 bytes; the limit is lower. Raise it in dax-metrics.json under limits.
`, { '/link.daxmodel.yaml': { fault: 'outside' }, '/folder': { fault: 'not-a-file' }, '/big.json': { fault: 'too-large', size: 999_999_999 } });
    expect(model.choices.size).toBe(0);
  });

  it('runs in a circle', () => {
    const model = check(`
//- /a.daxmodel.yaml
name: a
extends: b.daxmodel.yaml
         ^^^^^^^^^^^^^^^ A circle of models: a.daxmodel.yaml → b.daxmodel.yaml → a.daxmodel.yaml.
tables: { A: { rows: [{ X: 1 }] } }
//- /b.daxmodel.yaml
name: b
extends: a.daxmodel.yaml
tables: { B: { rows: [{ X: 1 }] } }
`);
    expect([...model.tables.keys()]).toEqual(['b', 'a']);
  });

  it('extends itself', () => {
    check(`
//- /a.daxmodel.yaml
name: a
extends: ./a.daxmodel.yaml
         ^^^^^^^^^^^^^^^^^ A circle of models: a.daxmodel.yaml → a.daxmodel.yaml.
`);
  });

  it('leads to a circle that it is not part of: the files of the circle say so', () => {
    check(`
//- /a.daxmodel.yaml
name: a
extends: b.daxmodel.yaml
//- /b.daxmodel.yaml
name: b
extends: c.daxmodel.yaml
//- /c.daxmodel.yaml
name: c
extends: b.daxmodel.yaml
`);
  });

  it('tells which files to have ready', () => {
    const { raw } = readModelFile('file:///w/h/h.daxmodel.yaml', 'name: h\nextends: ../raw/raw.daxmodel.yaml\nchoices:\n  import: "my choices.json"\n  why: { import: ../why.json }\n  no: { import: /etc/x.json }\n');
    expect(raw && filesNamedBy(raw)).toEqual({ models: ['file:///w/raw/raw.daxmodel.yaml'], entitySchemas: ['file:///w/h/my%20choices.json', 'file:///w/why.json'] });
  });
});

describe('imported choices', () => {
  const schema = `
//- /choices.json
{
  "entities": { "ocsession": { "display": "Session", "attributes": [
    { "attribute": "closurereason", "type": "Picklist", "choice": "why" },
    { "attribute": "__proto__", "type": "String(100)" } ] } },
  "choices": {
    "why": { "usedBy": [], "options": [ { "value": 192350000, "label": "Default", "state": 0 }, { "value": 192350001, "label": "AgentReject" } ] },
    "old": { "deprecated": true, "options": [ { "value": 1, "label": "One", "deprecated": true } ] }
  }
}`;

  it('come all together, with the entities', () => {
    const model = check(`
//- /a.daxmodel.yaml
name: a
choices:
  import: choices.json
tables:
  S: { rows: [{ R: 192350001 }], columns: { R: { type: int64, choice: WHY } } }${schema}`);
    expect([...model.choices.values()].map((it) => [it.name, [...it.options.keys()], it.deprecated])).toEqual([['why', ['192350000', '192350001'], false], ['old', ['1'], true]]);
    expect(model.choices.get('why')?.options.get('192350001')).toMatchObject({ value: 192350001, label: 'AgentReject', place: { uri: 'file:///w/choices.json' } });
    expect(model.entities?.get('ocsession')?.attributes.get('closurereason')).toMatchObject({ type: 'Picklist', choice: 'why' });
    expect(model.entities?.get('ocsession')?.attributes.get('__proto__')?.type).toBe('String(100)');
    expect(model.files).toContain('file:///w/choices.json');
  });

  it('come one by one, and own options are laid over them', () => {
    const model = check(`
//- /a.daxmodel.yaml
name: a
choices:
  why:
    import: choices.json
    192350001: Rejected by a person
    192350099: New
  oldd:
  ^^^^ There is no choice in choices.json named oldd. Did you mean old?
    import: choices.json${schema}`);
    expect([...(model.choices.get('why')?.options.values() ?? [])].map((it) => it.label)).toEqual(['Default', 'Rejected by a person', 'New']);
  });

  it('stand in a file that is malformed', () => {
    check(`
//- /a.daxmodel.yaml
name: a
choices:
  import: choices.json
          ^^^^^^^^^^^^ choices.json, line 3: The file cannot be read: a colon is missing after the key.
tables:
  S: { rows: [{ R: 1 }], columns: { R: { type: int64, choice: unknown } } }
//- /choices.json
{
  "choices": {
    "why" { "options": [] }
  }
}
`);
  });
});

describe('references of a model', () => {
  it('lead nowhere', () => {
    const model = check(`
name: m
tables:
  Fact:
    rows: [{ Id: 1, Month: Jan, MonthNumber: 1, Day: 2025-01-01 }]
    columns:
      Id: { choice: resaon }
                    ^^^^^^ There is no choice resaon. Did you mean reason?
      Month: { sortBy: MonthNo }
                       ^^^^^^^ There is no column in Fact named MonthNo.
    dateTable: Date
               ^^^^ There is no column in Fact named Date.
  Dim: { rows: [{ Id: 1 }] }
  File: { source: f.csv }
  Calculated: { dax: Fact }
relationships:
  - { from: "Fact[Id]", to: "Dimm[Id]" }
                            ^^^^^^^^^^ There is no table Dimm. Did you mean Dim?
  - { from: "Fact[Idd]", to: "Dim[Id]" }
            ^^^^^^^^^^^ There is no column in Fact named Idd. Did you mean Id?
  - { from: "File[Anything]", to: "Dim[Id]" }
  - { from: "Calculated[Anything]", to: "Dim[Id]" }
choices:
  reason: { 1: one }
home: Fcat
      ^^^^ There is no table Fcat. Did you mean Fact?
`);
    expect(model.relationships.map((it) => it.from.table)).toEqual(['File', 'Calculated']);
    expect(model.tables.get('fact')?.columns.get('id')?.choice).toBeUndefined();
    expect(model.tables.get('fact')?.dateColumn).toBeUndefined();
  });

  it('name tables in another case, and are shown as declared', () => {
    const model = check(`
name: m
tables:
  Fact: { rows: [{ AgentId: 1 }], columns: { AgentId: { type: int64 } } }
  Dim: { rows: [{ Id: 1 }], columns: { Id: { type: int64 } } }
relationships:
  - { from: "FACT[agentid]", to: "dim[ID]" }
`);
    expect(model.relationships[0]).toMatchObject({ from: { table: 'Fact', column: 'AgentId' }, to: { table: 'Dim', column: 'Id' } });
  });

  it('make relationships that cannot be', () => {
    const model = check(`
name: m
tables:
  Fact: { rows: [{ A: 1, B: 1, C: 2 }] }
  Dim: { rows: [{ A: 1 }] }
relationships:
  - { from: "Fact[A]", to: "Dim[A]" }
  - { from: "Fact[B]", to: "Dim[A]" }
      ^^^^ Fact and Dim have an active relationship already. Write active: false here.
  - { from: "Fact[C]", to: "Dim[A]", active: false }
  - { from: "fact[a]", to: "dim[a]" }
      ^^^^ The relationship Fact[A] to Dim[A] exists more than once.
  - { from: "Fact[A]", to: "Fact[B]" }
                           ^^^^^^^^^ To of the relationship must be a column of another table; found a column of Fact itself.
`);
    expect(model.relationships.map((it) => `${it.from.column} ${it.active}`)).toEqual(['A true', 'B false', 'C false']);
  });

  it('name a date column that is no date', () => {
    check(`
name: m
tables:
  DimDate:
    rows: [{ Date: 1 }]
    columns: { Date: { type: int64 } }
    dateTable: Date
               ^^^^ DateTable of table DimDate must be a dateTime column; found Date, which is int64.
`);
  });
});

describe('sources of tables', () => {
  it('are told by their ending', () => {
    const model = check(`
name: m
tables:
  A: { source: a.csv }
  B: { source: b.TSV }
  C: { source: c.json }
  D: { source: d.ndjson }
  E: { source: e.dat, format: csv, delimiter: "|" }
  F: { source: f.dat }
               ^^^^^ Source of table F must be a file that ends with .csv, .tsv, .json, .ndjson or .parquet, unless format says what it is; found f.dat.
  G: { source: g.parquet }
  H: { source: /etc/passwd }
               ^^^^^^^^^^^ /etc/passwd lies outside the workspace folder and is not read.
  I: { sessionize: { from: J, order: X } }
  J: { columns: { X: { type: int64 } } }
  K: { source: 'my data\\k.csv' }
`);
    const tables = [...model.tables.values()];
    expect(tables.map((it) => (it.source.kind === 'file' ? it.source.format : it.source.kind))).toEqual(['csv', 'tsv', 'json', 'ndjson', 'csv', 'none', 'parquet', 'none', 'sessionize', 'none', 'csv']);
    expect(tables.filter((it) => it.unsupported !== undefined).map((it) => it.name)).toEqual(['F', 'H']);
    expect(tables.at(-1)?.source).toMatchObject({ uri: 'file:///w/my%20data/k.csv' });
  });
});
