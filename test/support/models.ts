/** Models for tests, written in a few words. */
import { nameKey, type Choice, type Column, type DataType, type Model, type Relationship, type Source, type Table } from '../../server/src/model/model.ts';

export interface ModelWords {
  readonly name?: string;
  /** Columns as `type [key] [multi] [choice:name] [= calculated]`; `?` for a type that is not declared. */
  readonly tables: Readonly<Record<string, TableWords>>;
  /** `A[x] -> B[y]` many-to-one; `~>` inactive; `<->` filters in both directions. */
  readonly relationships?: readonly string[];
  readonly choices?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface TableWords {
  readonly columns: Readonly<Record<string, string>>;
  /** A calculated table. */
  readonly dax?: string;
  readonly rows?: readonly Readonly<Record<string, string | number | boolean | null>>[];
  readonly dateColumn?: string;
}

const place = { uri: 'file:///model.daxmodel.yaml', span: { start: 0, end: 0 } };

const daxText = (text: string) => ({ text, uri: place.uri, map: [{ region: 0, document: 0, length: text.length }] });

export function modelOf(words: ModelWords): Model {
  const tables = new Map(Object.entries(words.tables).map(([name, it]) => [nameKey(name), tableOf(name, it)]));
  return {
    name: words.name ?? 'test',
    uri: place.uri,
    place,
    tables,
    relationships: (words.relationships ?? []).map(relationshipOf),
    choices: new Map(Object.entries(words.choices ?? {}).map(([name, options]) => [nameKey(name), choiceOf(name, options)])),
    publicMetrics: new Set(),
    files: [place.uri],
  };
}

function tableOf(name: string, words: TableWords): Table {
  return {
    name,
    place,
    description: undefined,
    source: sourceOf(words),
    columns: new Map(Object.entries(words.columns).map(([column, it]) => [nameKey(column), columnOf(column, it)])),
    hidden: false,
    dateColumn: words.dateColumn,
  };
}

function sourceOf(words: TableWords): Source {
  if (words.dax !== undefined) return { kind: 'dax', expression: daxText(words.dax), place };
  return { kind: 'rows', rows: (words.rows ?? []).map((row) => Object.entries(row)), place };
}

function columnOf(name: string, words: string): Column {
  const [declared = '', expression] = words.split(/\s*=\s*(.*)/s);
  const [type = '?', ...more] = declared.trim().split(/\s+/);
  const choice = more.find((it) => it.startsWith('choice:'))?.slice('choice:'.length);
  return {
    name,
    place,
    description: undefined,
    type: type === '?' ? undefined : (type as DataType),
    typePlace: undefined,
    key: more.includes('key'),
    choice,
    choicePlace: undefined,
    multiSelect: more.includes('multi'),
    dataverse: undefined,
    expression: expression === undefined ? undefined : daxText(expression),
    sortBy: undefined,
    hidden: false,
    deprecated: false,
  };
}

function relationshipOf(words: string): Relationship {
  const match = /^(.+?)\[(.+?)\]\s*(->|~>|<->)\s*(.+?)\[(.+?)\]$/.exec(words);
  if (match === null) throw new Error(`not a relationship: ${words}`);
  const [, fromTable = '', fromColumn = '', arrow, toTable = '', toColumn = ''] = match;
  return {
    from: { table: fromTable, column: fromColumn },
    to: { table: toTable, column: toColumn },
    cardinality: 'many-to-one',
    active: arrow !== '~>',
    crossFilter: arrow === '<->' ? 'both' : 'single',
    place,
  };
}

const choiceOf = (name: string, options: Readonly<Record<string, string>>): Choice => ({
  name,
  place,
  options: new Map(Object.entries(options).map(([code, label]) => [code, { value: Number(code), label, deprecated: false, place }])),
  deprecated: false,
  source: undefined,
});
