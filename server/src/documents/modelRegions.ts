/** The DAX of a model file: calculated tables and calculated columns, each a region of its own. */
import { spanToDocument } from '../base/offsetMap.ts';
import { isModelFile, readModelFile } from '../formats/modelFile.ts';
import type { RawModel } from '../formats/rawModel.ts';
import type { DaxText } from '../model/model.ts';
import type { Sessionize } from '../model/sessionize.ts';
import type { Defines, Region } from './region.ts';

/** Regions of a file by its text; none where the file is no model file. */
export function readModelRegions(uri: string, text: string): readonly Region[] {
  const raw = isModelFile(uri) ? readModelFile(uri, text).raw : undefined;
  return raw === undefined ? [] : regionsOfModel(raw);
}

/** Regions of a model file that is already read, in order of place. */
export function regionsOfModel(raw: RawModel): readonly Region[] {
  const regions = raw.tables.flatMap((table) => [
    ...(table.source?.kind === 'dax' ? [regionOf(table.source.expression, { kind: 'calculated-table', table: table.name })] : []),
    ...(table.source?.kind === 'sessionize' ? rulesOf(table.name, table.source.sessions) : []),
    ...table.columns.flatMap((column) =>
      column.said.expression === undefined ? [] : [regionOf(column.said.expression, { kind: 'calculated-column', table: table.name, column: column.name })]),
  ]);
  for (const { name, definition } of raw.functions) regions.push(regionOf(definition, { kind: 'function', name }));
  for (const { group } of raw.calculationGroups) {
    const texts = [...group.items.map((it) => it.expression), ...[group.none, group.multipleOrEmpty].filter((it) => it !== undefined)];
    for (const it of texts) regions.push(regionOf(it, { kind: 'calculation-item', group: group.name }));
  }
  for (const { name, filters } of raw.roles) for (const it of filters) regions.push(regionOf(it.expression, { kind: 'role-filter', role: name, table: it.table }));
  return regions.sort((a, b) => a.span.start - b.span.start);
}

const regionOf = (dax: DaxText, defines: Defines): Region => ({
  kind: 'yaml', text: dax.text, map: dax.map, span: spanToDocument(dax.map, { start: 0, end: dax.text.length }),
  info: {}, headingPath: [], tabId: undefined, closed: true, defines,
});

function rulesOf(table: string, it: Sessionize): readonly Region[] {
  const texts = [it.startWhen, it.user, it.endWhen, ...it.columns.map((column) => (column.kind === 'fold' ? column.expression : undefined))];
  return texts.flatMap((dax) => (dax === undefined ? [] : [regionOf(dax, { kind: 'session-rule', table, log: it.from?.name ?? '' })]));
}
