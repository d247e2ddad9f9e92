// daxMetrics/makeModel
import { canonicalUri } from '../../base/uri.ts';
import type { MakeModelParams, MakeModelResult } from '../protocol/makeModel.ts';
import { ownRequest } from './feature.ts';

export const makeModelFeature = ownRequest<MakeModelParams, MakeModelResult>(
  'daxMetrics/makeModel',
  async ({ folder, name }, { hostOf }) => {
    const { makeModel } = await import('../../ide/makeModel.ts');
    const uri = `${canonicalUri(folder).replace(/\/+$/, '')}/`;
    // The folder may lie outside those of the window, and its files are forgotten with this host.
    const host = hostOf(uri);
    try {
      return await makeModel(host, uri, name);
    } finally {
      host.engine.dispose();
    }
  },
  { problem: 'The model could not be made; the output of DAX Metrics tells why.' },
);
