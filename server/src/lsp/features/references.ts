// textDocument/references
import type { Location, ReferenceParams } from '../library.ts';
import { toOffset, uriOf } from '../convert.ts';
import { toLocations } from '../locations.ts';
import { request } from './feature.ts';

export const referencesFeature = request<ReferenceParams, Location[] | null>({
  method: 'textDocument/references',
  declare: () => ({ referencesProvider: true }),
  neutral: null,
  async run({ textDocument, position, context }, ctx) {
    const uri = uriOf(textDocument);
    const document = await ctx.service.document(uri);
    if (document === undefined) return null;
    const found = await ctx.service.references(uri, toOffset(document, position), context.includeDeclaration);
    return found.length === 0 ? null : toLocations(ctx, found);
  },
});
