// workspace/symbol
import { SymbolKind, type SymbolInformation, type WorkspaceSymbolParams } from '../library.ts';
import type { WorkspaceSymbol } from '../../ide/workspaceSymbols.ts';
import { toRange } from '../convert.ts';
import { clientUri, linesOnce } from '../locations.ts';
import { request } from './feature.ts';

const kinds: Readonly<Record<WorkspaceSymbol['kind'], SymbolKind>> = {
  metric: SymbolKind.Property,
  function: SymbolKind.Function,
  table: SymbolKind.Class,
  column: SymbolKind.Field,
};

export const workspaceSymbolFeature = request<WorkspaceSymbolParams, SymbolInformation[] | null>({
  method: 'workspace/symbol',
  declare: () => ({ workspaceSymbolProvider: true }),
  neutral: null,
  async run({ query }, ctx) {
    const linesOf = linesOnce(ctx);
    const symbols: SymbolInformation[] = [];
    for (const it of await ctx.service.workspaceSymbols(query)) {
      const lines = await linesOf(it.uri);
      if (lines === undefined) continue;
      symbols.push({ name: it.name, kind: kinds[it.kind], containerName: it.container, location: { uri: clientUri(ctx, it.uri), range: toRange({ lines }, it.span) } });
    }
    return symbols.length === 0 ? null : symbols;
  },
});
