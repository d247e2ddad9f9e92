/** What a proposal is about, told when it is looked at: its documentation, its value or its values. */
import { assertNever } from '../../base/assertNever.ts';
import { functionNamed } from '../../functions/index.ts';
import { nameKey } from '../../model/model.ts';
import type { Workspace } from '../../workspace/types.ts';
import { columnHover } from '../hover/column.ts';
import { definedFunctionHover } from '../hover/defined.ts';
import { functionHover } from '../hover/function.ts';
import type { HoverContext } from '../hover/hover.ts';
import { inTime } from '../hover/inTime.ts';
import { tableHover } from '../hover/table.ts';
import { valueOf } from '../hover/value.ts';
import { renderDocs } from '../markdown.ts';
import type { CompletionKey } from './item.ts';

/** @returns Markdown, or undefined when there is nothing more to say */
export async function completionDocs(ctx: HoverContext, key: CompletionKey): Promise<string | undefined> {
  switch (key.kind) {
    case 'function': {
      const spec = functionNamed(key.name);
      return spec === undefined ? undefined : functionHover(spec);
    }
    case 'definedFunction':
      return functionDocs(ctx.workspace, key.uri, key.name);
    case 'measure':
      return measureDocs(ctx, key.uri, key.name);
    case 'column':
    case 'table': {
      const view = (await ctx.workspace.models()).find((it) => it.model.uri === key.modelUri);
      const table = view?.model.tables.get(nameKey(key.table));
      if (table === undefined) return undefined;
      if (key.kind === 'table') return tableHover(ctx, view, table);
      const column = table.columns.get(nameKey(key.column));
      return column === undefined ? undefined : columnHover(ctx, view, table, column);
    }
    default:
      return assertNever(key);
  }
}

async function functionDocs(workspace: Workspace, uri: string, name: string): Promise<string | undefined> {
  const document = await workspace.document(uri);
  const readings = document?.regions.flatMap((region) => region.segments.flatMap((it) => it.readings)) ?? [];
  const found = readings.map((it) => it.defined.functions.get(name.toUpperCase())).find((it) => it?.uri === uri);
  return found === undefined ? undefined : definedFunctionHover(found);
}

/** The value of a metric, and what is written above it. */
async function measureDocs(ctx: HoverContext, uri: string, name: string): Promise<string | undefined> {
  const document = await ctx.workspace.document(uri);
  const readings = document?.regions.flatMap((region) => region.segments.flatMap((it) => it.readings)) ?? [];
  const found = readings.find(({ symbol }) => symbol !== undefined && nameKey(symbol.name) === nameKey(name));
  if (found?.symbol === undefined) return undefined;
  const { model, symbol } = found;
  const value = model === undefined ? '' : await inTime(ctx, valueOf(ctx, { reading: found, model, symbol }).then((it) => it.text));
  const docs = [value, renderDocs(symbol.docs)].filter((it) => it !== '').join('\n\n');
  return docs === '' ? undefined : docs;
}
