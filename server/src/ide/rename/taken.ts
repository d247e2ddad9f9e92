/** Whether the new name is another thing's already. */
import { quoteColumn, quoteTable } from '../../../../grammar/src/index.ts';
import { nameKey } from '../../model/model.ts';
import { modelKey, type Symbol, type Symbols } from '../../workspace/symbols.ts';
import type { Workspace } from '../../workspace/types.ts';
import { usesIn, type Use } from '../references/find.ts';
import { renamedKey } from './keys.ts';
import type { Kind } from './names.ts';
import type { Refusal } from './refusals.ts';

/** Another thing of the new name where the old one is known. */
export async function takenBy(
  workspace: Workspace, all: Symbols, symbols: readonly Symbol[], uses: readonly Use[], kind: Kind, name: string, uris: readonly string[],
): Promise<Refusal | undefined> {
  const key = nameKey(name);
  for (const { at } of uses) {
    if (at.kind !== 'dax') continue;
    const { measures, model } = at.place.reading;
    const table = kind === 'variable' ? model?.model.tables.get(key) : undefined;
    if (table !== undefined) return { why: 'table-name', name: table.name };
    const metric = kind === 'metric' ? measures.get(key) : undefined;
    const isItself = symbols.some((it) => renamedKey(it.key, name) === it.key);
    if (metric !== undefined && !isItself) return { why: 'taken', what: 'a metric', name: quoteColumn(metric.name) };
  }
  for (const it of symbols) {
    const own = renamedKey(it.key, name);
    if (own === it.key || it.scope.kind === 'segment') continue;
    if (it.scope.kind === 'models') {
      const inModel = takenInModels(all, it, it.scope.models, name);
      if (inModel !== undefined) return inModel;
    } else if ((await usesIn(workspace, all, [otherNamed(it, name)], uris)).some((use) => use.isDefinition)) {
      return { why: 'taken', what: kind === 'added column' ? 'a column' : `a ${kind}`, name };
    }
  }
  return undefined;
}

/** What would have the new name in the same reach. */
function otherNamed(it: Symbol, name: string): Symbol {
  const key = renamedKey(it.key, name);
  return { id: key, key, scope: it.scope.kind === 'owner' ? { ...it.scope, name: nameKey(name) } : it.scope };
}

function takenInModels(all: Symbols, symbol: Symbol, models: ReadonlySet<string>, name: string): Refusal | undefined {
  const [kind, tableKey = ''] = symbol.key.split('\u0000');
  for (const view of all.models) {
    if (!models.has(modelKey(view))) continue;
    const table = view.model.tables.get(kind === 't' ? nameKey(name) : tableKey);
    if (table === undefined) continue;
    if (kind === 't') return { why: 'taken', what: 'a table', name: quoteTable(table.name) };
    const column = table.columns.get(nameKey(name));
    if (column !== undefined) return { why: 'taken', what: 'a column', name: `${quoteTable(table.name)}${quoteColumn(column.name)}` };
  }
  return undefined;
}

/** A variable, parameter or added column of the new name in the same definition: why something would mean something else. */
export function besides(uses: readonly Use[], kind: Kind, name: string): Refusal | undefined {
  for (const { at } of uses) {
    if (at.kind !== 'dax') continue;
    for (const { target, isDefinition } of at.place.reading.bound.references) {
      if (isDefinition !== true || !('name' in target) || nameKey(target.name) !== nameKey(name)) continue;
      if (kind === 'variable' && (target.kind === 'variable' || target.kind === 'parameter')) {
        return { why: 'taken', what: target.kind === 'variable' ? 'a variable' : 'a parameter', name: target.name };
      }
      if (kind === 'added column' && target.kind === 'extension') return { why: 'taken', what: 'a column', name: quoteColumn(target.name) };
    }
  }
  return undefined;
}
