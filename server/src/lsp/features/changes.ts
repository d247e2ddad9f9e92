// daxMetrics/changed: tells a client that keeps results of its own when they may be out of date
import type { ChangedParams } from '../protocol.ts';
import type { Feature } from './feature.ts';
import { coalesced } from './refresh.ts';

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
    ctx.service.onDidChange((now) => {
      // Files say more than an edit.
      cause = cause === 'files' ? cause : now;
      tell();
    });
  },
};
