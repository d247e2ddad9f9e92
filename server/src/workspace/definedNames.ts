/** Functions, tables and columns that DAX text defines besides metrics: names that must not count as unknown. */
import type { Definition, Segment } from '../../../grammar/src/tree.ts';
import { nameKey, type Model } from '../model/model.ts';

export interface DefinedNames {
  /** Upper case. */
  readonly functions: ReadonlySet<string>;
  /** By `nameKey`; names that the model declares are left out. */
  readonly tables: ReadonlySet<string>;
  /** `table\u0000column` of `nameKey`s; names that the model declares are left out. */
  readonly columns: ReadonlySet<string>;
  /** Equal for equal names. */
  readonly key: string;
}

export const noDefinedNames: DefinedNames = { functions: new Set(), tables: new Set(), columns: new Set(), key: '' };

/** What segments define at top level, or in a DEFINE without EVALUATE; what a query defines is its own. */
export function definedNames(segments: Iterable<Segment>, model: Model | undefined): DefinedNames {
  const functions = new Set<string>();
  const tables = new Set<string>();
  const columns = new Set<string>();
  const add = (it: Definition): void => {
    switch (it.kind) {
      case 'functionDefinition':
        functions.add(it.name.toUpperCase());
        break;
      case 'tableDefinition':
        if (model?.tables.has(nameKey(it.name)) !== true) tables.add(nameKey(it.name));
        break;
      case 'columnDefinition': {
        const table = nameKey(it.table.text);
        if (model?.tables.get(table)?.columns.has(nameKey(it.name)) !== true) columns.add(`${table}\u0000${nameKey(it.name)}`);
        break;
      }
      case 'measure':
      case 'variableDefinition':
        break;
    }
  };
  for (const { item } of segments) {
    if (item.kind === 'query') {
      if (item.evaluates.length === 0) item.definitions.forEach(add);
    } else if (item.kind !== 'bare' && item.kind !== 'prose') add(item);
  }
  return named(functions, tables, columns);
}

export const joinedNames = (a: DefinedNames, b: DefinedNames): DefinedNames =>
  b.key === '' ? a : named(new Set([...a.functions, ...b.functions]), new Set([...a.tables, ...b.tables]), new Set([...a.columns, ...b.columns]));

function named(functions: ReadonlySet<string>, tables: ReadonlySet<string>, columns: ReadonlySet<string>): DefinedNames {
  if (functions.size + tables.size + columns.size === 0) return noDefinedNames;
  const key = [functions, tables, columns].map((it) => [...it].sort().join('\u0001')).join('\u0002');
  return { functions, tables, columns, key };
}
