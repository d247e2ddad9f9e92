/** What a metric is made of: the metrics it reads, down to columns and the codes that they are compared with. */
import { bind, type MeasureSymbol } from '../../analysis/index.ts';
import { nameKey } from '../../model/model.ts';
import type { ModelView } from '../types.ts';

export type DependencyNode =
  /** `repeated`: its parts are told where it is first met. */
  | { readonly kind: 'metric'; readonly name: string; readonly repeated: boolean; readonly parts: readonly DependencyNode[] }
  | { readonly kind: 'table'; readonly name: string }
  | { readonly kind: 'column'; readonly table: string; readonly name: string; readonly codes: readonly { readonly code: string; readonly label: string | undefined }[] };

/** A chain of metrics is told so far; nothing must nest without end. */
const MAX_LEVELS = 100;

export function dependencyTree(view: ModelView, metric: MeasureSymbol): Extract<DependencyNode, { kind: 'metric' }> {
  const { model, measures, defined: { functions, tables, columns } } = view;
  const met = new Set<string>();
  const visit = (symbol: MeasureSymbol, level: number): Extract<DependencyNode, { kind: 'metric' }> => {
    const key = nameKey(symbol.name);
    if (met.has(key) || level >= MAX_LEVELS) return { kind: 'metric', name: symbol.name, repeated: true, parts: [] };
    met.add(key);
    const { dependencies, codes } = bind(symbol.segment, { model, measures, functions, tables, columns });
    const metrics = [...dependencies.measures].flatMap((it) => measures.get(it) ?? []).map((it) => visit(it, level + 1));
    const ofTables = new Set<string>();
    const ofColumns = [...dependencies.columns].flatMap((it): DependencyNode[] => {
      const [tableKey = '', columnKey = ''] = it.split('\u0000');
      const table = model.tables.get(tableKey);
      if (table === undefined) return [];
      ofTables.add(tableKey);
      const name = table.columns.get(columnKey)?.name ?? columnKey;
      const used = codes.filter((code) => nameKey(code.table.name) === tableKey && nameKey(code.column.name) === columnKey);
      const distinct = new Map(used.map((code) => [code.code, code.option?.label]));
      return [{ kind: 'column', table: table.name, name, codes: [...distinct].map(([code, label]) => ({ code, label })) }];
    });
    const onlyTables = [...dependencies.tables].flatMap((it): DependencyNode[] => {
      const table = model.tables.get(it);
      return table === undefined || ofTables.has(it) ? [] : [{ kind: 'table', name: table.name }];
    });
    return { kind: 'metric', name: symbol.name, repeated: false, parts: [...metrics, ...onlyTables, ...ofColumns] };
  };
  return visit(metric, 0);
}
