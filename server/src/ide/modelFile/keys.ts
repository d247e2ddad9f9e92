/** A phrase on each key of a model or project file. */
import type { Path } from './scan.ts';

const model: ReadonlyMap<string, string> = new Map([
  ['name', 'how metrics and pages name the model'], ['extends', 'a model whose tables, relationships and choices it takes over'],
  ['description', 'what it holds'], ['tables', 'tables with their data and columns'], ['relationships', 'how rows of tables belong together'],
  ['choices', 'codes with their labels'], ['dataverse', 'metadata files of entities and choices'], ['public', 'metrics meant for others'],
  ['home', 'the table at which DAX without a table begins'], ['roles', 'rows that some may not see'], ['user', 'who is asking, for roles'],
  ['functions', 'functions of the model'], ['calculationGroups', 'items that change the metrics that are selected'], ['generate', 'how made-up rows look'],
]);
const table: ReadonlyMap<string, string> = new Map([
  ['source', 'a data file, from this file on'], ['format', 'how the data file is read'], ['delimiter', 'what parts the columns of the file'],
  ['blankTokens', 'words of the file that mean BLANK'], ['booleans', 'words of the file that mean TRUE and FALSE'], ['dateFormats', 'patterns such as dd.MM.yyyy'],
  ['rows', 'the rows, written here'], ['dax', 'the rows as a DAX table'], ['sessionize', 'the rows as sessions of a log'], ['columns', 'types, choices, calculated columns'],
  ['description', 'what it holds'], ['hidden', 'not proposed'], ['dateTable', 'the column of days of a calendar'], ['hierarchies', 'read past'], ['generate', 'how made-up rows look'],
]);
const column: ReadonlyMap<string, string> = new Map([
  ['type', 'what its values are'], ['key', 'tells rows apart'], ['choice', 'the choice whose codes it holds'], ['multiSelect', 'several codes in one value'],
  ['dataverse', 'entity.attribute'], ['dax', 'computed for each row'], ['sessionOf', 'the session that a row belongs to'], ['sortBy', 'the column that orders its values'],
  ['hidden', 'not proposed'], ['description', 'what it holds'], ['deprecated', 'not to be used any more'], ['nulls', 'what a missing value means'], ['generate', 'how made-up values look'],
]);
const relationship: ReadonlyMap<string, string> = new Map([
  ['from', 'the column with many rows for a value'], ['to', 'the column with one row for a value'], ['cardinality', 'many-to-one where it is left out'],
  ['active', 'false: only where USERELATIONSHIP asks for it'], ['crossFilter', 'which way filters pass'], ['securityFilter', 'which way roles pass'],
]);
const project: ReadonlyMap<string, string> = new Map([
  ['rules', 'how severe each finding is'], ['markdown', 'which model a page belongs to'], ['labels', 'the language of labels'], ['clock', 'what TODAY and NOW are'],
  ['culture', 'how values are written'], ['limits', 'how much is read and computed'], ['exclude', 'files that are not looked at'],
]);

/** @returns undefined where the key says it all */
export function keySays(file: 'model' | 'project', path: Path, key: string): string | undefined {
  if (file === 'project') return path.length === 0 ? project.get(key) : undefined;
  const [first, , third] = path;
  if (path.length === 0) return model.get(key);
  if (first === 'relationships' && path.length === 2) return relationship.get(key);
  if (first === 'tables' && path.length === 2) return table.get(key);
  return first === 'tables' && third === 'columns' && path.length === 4 ? column.get(key) : undefined;
}
