/** What a proposal is about, told when it is looked at. */
import { assertNever } from '../../base/assertNever.ts';
import { functionNamed } from '../../functions/index.ts';
import { nameKey } from '../../model/model.ts';
import type { Workspace } from '../../workspace/types.ts';
import { definedFunctionHover } from '../hover/defined.ts';
import { functionHover } from '../hover/function.ts';
import { attributesOf } from '../lineage.ts';
import { asText, renderDocs } from '../markdown.ts';
import type { CompletionKey } from './item.ts';

/** @returns Markdown, or undefined when there is nothing more to say */
export async function completionDocs(workspace: Workspace, key: CompletionKey): Promise<string | undefined> {
  switch (key.kind) {
    case 'function': {
      const spec = functionNamed(key.name);
      return spec === undefined ? undefined : functionHover(spec);
    }
    case 'definedFunction':
      return functionDocs(workspace, key.uri, key.name);
    case 'measure':
      return measureDocs(workspace, key.uri, key.name);
    case 'column':
    case 'table': {
      const model = (await workspace.models()).find((it) => it.model.uri === key.modelUri)?.model;
      const table = model?.tables.get(nameKey(key.table));
      if (model === undefined || table === undefined) return undefined;
      if (key.kind === 'table') return table.description === undefined ? undefined : asText(table.description);
      const column = table.columns.get(nameKey(key.column));
      if (column === undefined) return undefined;
      const parts = [
        column.description === undefined ? '' : asText(column.description),
        column.choice === undefined ? '' : `Choice ${asText(column.choice)}`,
        ...attributesOf(model, table, column).map((it) => `Dataverse ${asText(it)}`),
      ].filter((it) => it !== '');
      return parts.length === 0 ? undefined : parts.join('\n\n');
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

async function measureDocs(workspace: Workspace, uri: string, name: string): Promise<string | undefined> {
  const document = await workspace.document(uri);
  const symbols = document?.regions.flatMap((region) => region.segments.flatMap((it) => it.readings.map((reading) => reading.symbol)));
  const found = symbols?.find((it) => it !== undefined && nameKey(it.name) === nameKey(name));
  const docs = renderDocs(found?.docs);
  return docs === '' ? undefined : docs;
}
