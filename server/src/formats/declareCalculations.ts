/** Functions and calculation groups of a model file, with their places. */
import type { Finding } from '../findings/finding.ts';
import { finding } from '../findings/registry.ts';
import type { CalculationItem, DaxText, ModelFunction, ModelUser } from '../model/model.ts';
import type { ModelFileData } from '../model/schema.ts';
import { daxTextOf } from './located/daxText.ts';
import { entryOf, firstSpan, type LocatedEntry, type LocatedNode } from './located/node.ts';
import type { RawCalculationGroup, RawColumn, RawTable } from './rawModel.ts';

const keyword = 'FUNCTION ';
const sign = ' = ';
const functionName = /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}\p{N}_]+)*$/u;

/** `name: (x) => ..` as the definition that it stands for: the name maps to the key, what follows to the value. */
export function modelFunction({ key, keySpan, value }: LocatedEntry, text: string, uri: string, report: (it: Finding) => void): readonly ModelFunction[] {
  if (key.length > 512 || !functionName.test(key)) {
    report(finding('model-invalid-value', { at: `the name of function ${key.slice(0, 60)}`, expected: 'letters, digits and _, its parts joined by dots', found: key.slice(0, 60) }, keySpan));
    return [];
  }
  const body = value.kind === 'scalar' ? daxTextOf(value, text, uri) : undefined;
  if (body === undefined) return [];
  // A key in quotes is longer than the name in it.
  const inQuotes = keySpan.end - keySpan.start > key.length ? 1 : 0;
  const shift = keyword.length + key.length + sign.length;
  const map = [
    { region: 0, document: keySpan.start, length: 0 },
    { region: keyword.length, document: keySpan.start + inQuotes, length: key.length },
    ...body.map.map((it) => ({ ...it, region: it.region + shift })),
  ];
  return [{
    name: key, place: { uri, span: keySpan }, definition: { text: `${keyword}${key}${sign}${body.text}`, uri, map },
  }];
}

/** A calculation group, and the table that it is: a row for each item, sorted by their ordinals. */
export function calculationGroup({ key: name, keySpan, value: node }: LocatedEntry, text: string, uri: string): RawCalculationGroup {
  const place = { uri, span: keySpan };
  const at = (from: LocatedNode, key: string): LocatedNode | undefined => entryOf(from, key)?.value;
  const dax = (from: LocatedNode | undefined): DaxText | undefined => (from?.kind === 'scalar' ? daxTextOf(from, text, uri) : undefined);
  const written = at(node, 'column');
  const column = written?.kind === 'scalar' ? String(written.value) : 'Name';
  const list = at(node, 'items');
  const items = (list?.kind === 'map' ? list.entries : []).flatMap((it, i): readonly CalculationItem[] => {
    const expression = dax(it.value.kind === 'map' ? at(it.value, 'dax') : it.value);
    const ordinal = it.value.kind === 'map' ? at(it.value, 'ordinal') : undefined;
    const format = it.value.kind === 'map' ? at(it.value, 'format') : undefined;
    if (expression === undefined) return [];
    return [{
      name: it.key, place: { uri, span: it.keySpan }, expression,
      ordinal: ordinal?.kind === 'scalar' ? Number(ordinal.value) : i,
      format: format?.kind === 'scalar' ? String(format.value) : undefined,
    }];
  });
  const precedence = at(node, 'precedence');
  const hidden = at(node, 'hidden');
  const description = at(node, 'description');
  const columnOf = (columnName: string, said: RawColumn['said']): RawColumn => ({ name: columnName, place, said, sortByPlace: undefined });
  const table: RawTable = {
    name, place,
    description: description?.kind === 'scalar' ? String(description.value) : undefined,
    source: { kind: 'rows', rows: items.map((it) => [[column, it.name], [ordinalColumn, it.ordinal]]), place: { uri, span: firstSpan(node) } },
    format: undefined, options: {},
    columns: [columnOf(column, { type: 'string', sortBy: ordinalColumn }), columnOf(ordinalColumn, { type: 'int64', hidden: true })],
    hidden: hidden?.kind === 'scalar' && hidden.value === true, dateTable: undefined,
  };
  return {
    table,
    group: {
      name, place, column, precedence: precedence?.kind === 'scalar' ? Number(precedence.value) : 0, items,
      none: dax(at(node, 'noSelection')), multipleOrEmpty: dax(at(node, 'multipleOrEmptySelection')),
    },
  };
}

/** The second column of every calculation group, by which the first is sorted. */
const ordinalColumn = 'Ordinal';

/** Who is asking, without what the file does not say. */
export const modelUser = ({ name, principalName, objectId, customData }: NonNullable<ModelFileData['user']>): ModelUser => ({
  ...(name === undefined ? {} : { name }),
  ...(principalName === undefined ? {} : { principalName }),
  ...(objectId === undefined ? {} : { objectId }),
  ...(customData === undefined ? {} : { customData }),
});
