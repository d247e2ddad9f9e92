// daxMetrics/toggleVariables
import { toOffset, uriOf } from '../convert.ts';
import type { PositionParams, VariablesShown } from '../protocol/values.ts';
import { ownRequest } from './feature.ts';

export const variablesFeature = ownRequest<PositionParams, VariablesShown>('daxMetrics/toggleVariables', async ({ uri: client, position }, { service }) => {
  const uri = uriOf({ uri: client });
  const document = await service.document(uri);
  return (document === undefined ? undefined : await service.toggleVariables(uri, toOffset(document, position))) ?? null;
}, null);
