// Completion in model and project files, in YAML and JSON, while they are being written.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scan } from '../../server/src/ide/modelFile/scan.ts';
import { completion } from '../../server/src/ide/completion/completion.ts';
import { openFixture } from '../support/workspace.ts';
import { impatient, labelsAt } from './open.ts';

/** The file after the proposal of a label was taken at `$0`. */
async function taken(path: string, text: string, label: string, more = ''): Promise<string> {
  const { workspace, uri, offset } = await openFixture(`//- /${path}\n${text}\n${more}`);
  const items = await completion({ workspace, patience: impatient }, uri, offset, undefined);
  const item = items.find((it) => it.label === label);
  if (item === undefined) throw new Error(`${label} is not proposed; there are ${items.slice(0, 20).map((it) => it.label).join(', ')}`);
  const document = (await workspace.document(uri))?.text ?? '';
  const typed = document.slice(item.span.start, offset);
  if (!item.filterText.toLowerCase().startsWith(typed.toLowerCase())) throw new Error(`an editor does not offer ${item.filterText} for ${typed}`);
  return document.slice(0, item.span.start) + item.newText + document.slice(item.span.end);
}

const labels = (path: string, text: string): Promise<readonly string[]> => labelsAt(`//- /${path}\n${text}`);

const model = `name: m
tables:
  Fact:
    rows:
      - { Id: 1, Reason: "1", Day: 2025-01-01 }
    columns:
      Id: { type: int64 }
      Reason: { type: string, choice: reason }
      Day: { type: dateTime }
  Dim Agent:
    columns:
      AgentId: { type: string }
choices:
  reason: { 1: Rejected }
  mode: { 1: Primary }
`;

describe('in a model file', () => {
  it.each([
    // Keys.
    ['$0', 'name', 'name: '],
    ['name: m\nta$0', 'tables', 'name: m\ntables:'],
    ['name: m\ntables:\n  T:\n    $0', 'columns', 'name: m\ntables:\n  T:\n    columns:'],
    ['name: m\ntables:\n  T:\n    columns:\n      a: { $0 }', 'type', 'name: m\ntables:\n  T:\n    columns:\n      a: { type:  }'],
    ['name: m\ntables:\n  T:\n    columns:\n      a: { type: string, de$0 }', 'description', 'name: m\ntables:\n  T:\n    columns:\n      a: { type: string, description:  }'],
    ['name: m\ntables:\n  T:\n    so$0: data.csv', 'source', 'name: m\ntables:\n  T:\n    source: data.csv'],
    ['name: m\nrelationships:\n  - fr$0', 'from', 'name: m\nrelationships:\n  - from: '],
    ['name: m\nrelationships:\n  - from: a\n    $0', 'to', 'name: m\nrelationships:\n  - from: a\n    to: '],
    ['name: m\nrelationships:\n- $0', 'from', 'name: m\nrelationships:\n- from: '],
    // Words of a key.
    ['name: m\ntables:\n  T:\n    columns:\n      a: { type: $0 }', 'dateTime', 'name: m\ntables:\n  T:\n    columns:\n      a: { type: dateTime }'],
    ['name: m\ntables:\n  T:\n    columns:\n      a: { type: st$0ri }', 'string', 'name: m\ntables:\n  T:\n    columns:\n      a: { type: string }'],
    ['name: m\ntables:\n  T:\n    columns:\n      a:\n        key: $0', 'true', 'name: m\ntables:\n  T:\n    columns:\n      a:\n        key: true'],
    ['name: m\ntables:\n  T:\n    columns:\n      a:\n        type:$0', 'int64', 'name: m\ntables:\n  T:\n    columns:\n      a:\n        type: int64'],
    ['name: m\nrelationships:\n  - { from: a, to: b, cardinality: $0 }', 'many-to-one', 'name: m\nrelationships:\n  - { from: a, to: b, cardinality: many-to-one }'],
    // Names.
    [`${model}relationships:\n  - { from: $0 }`, 'Fact[Id]', `${model}relationships:\n  - { from: "Fact[Id]" }`],
    [`${model}relationships:\n  - from: "'Dim$0"`, "'Dim Agent'[AgentId]", `${model}relationships:\n  - from: "'Dim Agent'[AgentId]"`],
    [`${model}relationships:\n  - to: F$0`, 'Fact[Id]', `${model}relationships:\n  - to: "Fact[Id]"`],
    [`${model}home: $0`, 'Dim Agent', `${model}home: Dim Agent`],
    [model.replace('choice: reason', 'choice: $0'), 'mode', model.replace('choice: reason', 'choice: mode')],
    [model.replace('    columns:\n      Id', '    dateTable: $0\n    columns:\n      Id'), 'Day', model.replace('    columns:\n      Id', '    dateTable: Day\n    columns:\n      Id')],
    [model.replace('Day: 2025-01-01', '$0'), 'Day', model.replace('Day: 2025-01-01', 'Day: ')],
    [`${model}roles:\n  boss:\n    filters:\n      $0`, 'Dim Agent', `${model}roles:\n  boss:\n    filters:\n      Dim Agent: `],
  ])('%j: %s', async (text, label, after) => {
    expect((await taken('m.daxmodel.yaml', text, label)).trim()).toBe(after.trim());
  });

  it('columns of a data file that are not declared are keys', async () => {
    expect(await taken('m.daxmodel.yaml', 'name: m\ntables:\n  T:\n    source: t.csv\n    columns:\n      Amount: { type: int64 }\n      $0', 'Region',
      '//- /t.csv\nRegion,Amount\nn,1\n')).toContain('      Amount: { type: int64 }\n      Region: ');
  });

  it('metrics are public', async () => {
    expect(await taken('m.daxmodel.yaml', `${model}public: [$0]`, 'Rows', '//- /m.dax\nRows = COUNTROWS(Fact)\n')).toContain('public: [Rows]');
  });

  it('keys that are there are not proposed again, wherever they stand', async () => {
    const found = await labels('m.daxmodel.yaml', 'name: m\n$0\ntables:\n  T: {}\n');
    expect(found).toContain('relationships');
    expect(found).not.toContain('name');
    expect(found).not.toContain('tables');
  });

  it('DAX in it is completed as DAX', async () => {
    expect(await labels('m.daxmodel.yaml', `${model}  Calc:\n    dax: COUNTROWS($0)\n`.replace('choices:', 'other:'))).not.toContain('name');
    expect(await taken('m.daxmodel.yaml', 'name: m\ntables:\n  Fact: { rows: [{ Id: 1 }] }\n  Calc:\n    dax: |\n      FILTER(Fa$0, TRUE)\n', 'Fact')).toContain('FILTER(Fact, TRUE)');
  });

  it.each(['# na$0', 'name: m # $0', 'name: "m" $0', 'description: |\n  text $0', 'choices:\n  c: { 1: $0 }'])('there is nothing to propose in %j', async (text) => {
    expect(await labels('m.daxmodel.yaml', text)).toEqual([]);
  });

  it('in JSON has its quotes', async () => {
    const text = '{\n  "name": "m",\n  "tables": {\n    "T": { "columns": { "a": { "type": $0 } } }\n  }\n}';
    expect(await taken('m.daxmodel.json', text, 'string')).toContain('"type": "string" }');
    expect(await taken('m.daxmodel.json', text.replace('"type": $0', '"$0"'), 'type')).toContain('{ "type":  }');
    expect(await taken('m.daxmodel.json', text.replace('"type": $0', '"key": $0'), 'true')).toContain('{ "key": true }');
    expect(await taken('m.daxmodel.json', text.replace('"type": $0', '"type": "in$0"'), 'int64')).toContain('{ "type": "int64" }');
  });
});

describe('paths in a model file', () => {
  const files = '//- /sales/data/orders.csv\na\n1\n//- /sales/data/old/orders.parquet\nx\n//- /sales/people,all.csv\na\n//- /shared/days.csv\na\n//- /shared/base.daxmodel.yaml\nname: base\n//- /shared/choices.json\n{}\n//- /sales/notes.md\n# n\n//- /dax-metrics.json\n{}\n';
  const at = async (text: string, path = 'sales/m.daxmodel.yaml'): Promise<readonly string[]> => labelsAt(`//- /${path}\n${text}\n${files}`);
  const table = (source: string): string => `name: m\ntables:\n  T:\n    source: ${source}`;

  it('are those of the kind, from the file on, the nearest first', async () => {
    expect(await at(table('$0'))).toEqual(['people,all.csv', 'data/orders.csv', 'data/old/orders.parquet', '../shared/choices.json', '../shared/days.csv']);
    expect(await at('name: m\nextends: $0')).toEqual(['../shared/base.daxmodel.yaml']);
    for (const text of ['dataverse: $0', 'dataverse: [$0]', 'dataverse:\n  - $0', 'choices:\n  import: $0', 'choices:\n  import: [a.json, $0]', 'choices:\n  c:\n    import: $0']) {
      expect(await at(`name: m\n${text}`), text).toEqual(['../shared/choices.json']);
    }
  });

  it('go on in the folder that is typed, and nowhere outside the workspace folder', async () => {
    expect(await at(table('data/$0'))).toEqual(['data/orders.csv', 'data/old/orders.parquet']);
    expect(await at(table('./data/ol$0'))).toEqual(['./data/orders.csv', './data/old/orders.parquet']);
    expect(await at(table('../sh$0'))).toEqual(['../sales/people,all.csv', '../shared/choices.json', '../shared/days.csv', '../sales/data/orders.csv', '../sales/data/old/orders.parquet']);
    for (const path of ['../../$0', '/$0', 'https://x.test/$0', 'nowhere/$0']) expect(await at(table(path)), path).toEqual([]);
  });

  it.each([
    ['$0', 'data/orders.csv', 'data/orders.csv'],
    ['da$0', 'data/orders.csv', 'data/orders.csv'],
    ['"da$0"', 'data/orders.csv', '"data/orders.csv"'],
    ['data/$0orders.tsv', 'data/orders.csv', 'data/orders.csv'],
    ['../shared/$0', '../shared/days.csv', '../shared/days.csv'],
    // What YAML would read otherwise has quotes.
    ['$0', 'people,all.csv', '"people,all.csv"'],
  ])('%j: %s gives %s', async (typed, label, after) => {
    expect((await taken('sales/m.daxmodel.yaml', table(typed), label, files)).trim()).toBe(table(after));
  });

  it('in JSON have quotes, and stay apart from names and words', async () => {
    const json = (source: string): string => `{ "name": "m", "tables": { "T": { "source": ${source} } } }`;
    expect((await taken('sales/m.daxmodel.json', json('$0'), 'data/orders.csv', files)).trim()).toBe(json('"data/orders.csv"'));
    expect((await taken('sales/m.daxmodel.json', json('"data/$0"'), 'data/orders.csv', files)).trim()).toBe(json('"data/orders.csv"'));
  });

  it('that a table is read from come last, and say so', async () => {
    const { workspace, uri, offset } = await openFixture(`//- /sales/m.daxmodel.yaml\nname: m\ntables:\n  Orders: { source: data/orders.csv }\n  T:\n    source: $0x.csv\n${files}`);
    const found = await completion({ workspace, patience: impatient }, uri, offset, undefined);
    expect(found.map((it) => it.detail ?? '')).toEqual(['', '', '', '', 'read by Orders']);
  });

  it('of more files than a list holds go folder by folder', async () => {
    const many = Array.from({ length: 301 }, (_, i) => `//- /d/big/${String(i).padStart(3, '0')}.csv\na\n`).join('');
    expect(await labelsAt(`//- /d/m.daxmodel.yaml\n${table('$0')}\n//- /d/a.csv\na\n//- /e/b/c.csv\na\n${many}`)).toEqual(['a.csv', 'big/', '../e/']);
    expect(await labelsAt(`//- /d/m.daxmodel.yaml\n${table('big/$0')}\n//- /d/a.csv\na\n${many}`)).toHaveLength(300);
  });
});

describe('in a project file', () => {
  it.each([
    ['{ $0 }', 'rules', '{ "rules":  }'],
    ['{ "ru$0": {} }', 'rules', '{ "rules": {} }'],
    ['{ "rules": { "blank-$0" } }', 'blank-comparison', '{ "rules": { "blank-comparison":  } }'],
    ['{ "rules": { "blank-comparison": "$0" } }', 'off', '{ "rules": { "blank-comparison": "off" } }'],
    ['{ "markdown": { "models": { "a.md": $0 } } }', 'other', '{ "markdown": { "models": { "a.md": "other" } } }'],
  ])('%j: %s', async (text, label, after) => {
    expect((await taken('dax-metrics.json', text, label, '//- /other.daxmodel.yaml\nname: other\ntables: {}\n')).trim()).toBe(after);
  });
});

describe('reading a file that is being written', () => {
  it('never fails, and stays inside the text', () => {
    const piece = fc.constantFrom('a', 'key: ', '\n', '\n  ', '\n    - ', '{', '}', '[', ']', ',', ':', '"', "'", '|', '#', ' ', '\r\n', '- ', '\\', '\t');
    fc.assert(fc.property(fc.array(piece, { maxLength: 60 }).map((it) => it.join('')), fc.nat(), (text, at) => {
      const offset = text.length === 0 ? 0 : at % (text.length + 1);
      const found = scan(text, offset);
      expect(found === undefined || (found.start >= 0 && found.start <= offset)).toBe(true);
    }), { numRuns: 3_000 });
  });

  it.each(['\n', '\r\n', '\r'])('ends lines at %j', (lineBreak) => {
    const text = `name: m${lineBreak}tables:${lineBreak}  Fact: `;
    expect(scan(text, text.length)?.path).toEqual(['tables', 'Fact']);
  });

  it('takes a time that grows with the text', () => {
    const deep = (levels: number): string => `a: ${'{ b: '.repeat(levels)}`;
    expect(scan(deep(100), deep(100).length)?.path).toHaveLength(101);
    expect(scan(deep(200_000), deep(200_000).length)).toBeUndefined();
    const stairs = Array.from({ length: 2_000 }, (_, i) => `${' '.repeat(i)}a:\n`).join('');
    expect(scan(stairs, stairs.length)).toBeUndefined();
    const lines = 'k:\n  - { x: 1 }\n'.repeat(20_000);
    expect(scan(`${lines}z: `, lines.length + 3)?.path).toEqual(['z']);
  });
});
