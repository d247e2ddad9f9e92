/** `generate:` of a model file: hints for rows that are made up, of the model, of a table and of a column. */
import type { Finding } from '../findings/finding.ts';
import { finding } from '../findings/registry.ts';
import type { ColumnHints, ModelHints, TableHints } from '../model/generate.ts';
import type { Place } from '../model/model.ts';
import type { ModelFileData } from '../model/schema.ts';
import { isBackward } from './checkGenerate.ts';
import { entryOf, firstSpan, type LocatedEntry, type LocatedNode } from './located/node.ts';

type TableData = NonNullable<NonNullable<ModelFileData['tables']> extends Map<string, infer T> ? T : never>;
type ColumnData = NonNullable<NonNullable<TableData['columns']> extends Map<string, infer C> ? C : never>;

/** Without what the file does not say. */
const said = <T extends object>(it: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(it).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };

type Report = (it: Finding) => void;

export const modelHints = (data: ModelFileData['generate'], model: LocatedNode, report: Report): ModelHints | undefined =>
  (data === undefined ? undefined : inRange(said(data), model, 'to in generate', report));

export const tableHints = (data: TableData['generate'], table: LocatedEntry, report: Report): TableHints | undefined =>
  (data === undefined ? undefined : inRange(said(data), table.value, `to in generate of table ${table.key}`, report));

/** The hints without an end of time that lies before its beginning. */
function inRange<T extends TableHints>(hints: T, owner: LocatedNode, at: string, report: Report): T {
  if (!isBackward(hints)) return hints;
  const node = entryOf(entryOf(owner, 'generate')?.value, 'to')?.value;
  if (node !== undefined) report(finding('model-invalid-value', { at, expected: 'no earlier than from', found: hints.to ?? '' }, firstSpan(node)));
  const { to: _, ...rest } = hints;
  return rest as T;
}

/** Hints of a column, and where each of them stands. */
export function columnHints(data: ColumnData['generate'], column: LocatedNode, uri: string): { readonly hints: ColumnHints; readonly places: ReadonlyMap<string, Place> } | undefined {
  const node = entryOf(column, 'generate')?.value;
  if (data === undefined || node?.kind !== 'map') return undefined;
  const { values, hours, ...rest } = data;
  const [first, last] = hours ?? [];
  const listed = values instanceof Map ? [...values].map(([value, weight]) => ({ value, weight })) : values?.map((value) => ({ value, weight: 1 }));
  return {
    hints: {
      ...said(rest),
      ...(listed === undefined ? {} : { values: listed }),
      ...(first === undefined || last === undefined ? {} : { hours: [first, last] as const }),
    },
    places: new Map(node.entries.map((it) => [it.key, { uri, span: firstSpan(it.value) }])),
  };
}
