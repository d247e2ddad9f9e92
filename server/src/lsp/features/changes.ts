// daxMetrics/changed: tells a client that keeps results of its own when they may be out of date
import type { ChangedParams } from '../protocol.ts';
import type { Feature } from './feature.ts';
import { coalesced } from './refresh.ts';

const extent: readonly ChangedParams['cause'][] = ['preview', 'text', 'files'];

export const changesFeature: Feature = {
  methods: ['daxMetrics/changed'],
  declare: () => ({}),
  listen(connection, ctx) {
    if (!ctx.followsChanges) return;
    let cause: ChangedParams['cause'] | undefined;
    const tell = coalesced(async () => {
      const params: ChangedParams = { cause: cause ?? 'files' };
      cause = undefined;
      await connection.sendNotification('daxMetrics/changed', params);
    }, ctx);
    const changed = (now: ChangedParams['cause']): void => {
      // Files say more than an edit, and an edit more than filters.
      if (cause === undefined || extent.indexOf(now) > extent.indexOf(cause)) cause = now;
      tell();
    };
    ctx.service.onDidChange(changed);
    ctx.service.onDidChangePreview(() => changed('preview'));
  },
};
