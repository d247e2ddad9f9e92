// The requests of the results view: daxMetrics/results and those beside it
import type { ResultsService } from '../../ide/results/service.ts';
import { canonicalUri } from '../../base/uri.ts';
import { toOffset, uriOf } from '../convert.ts';
import type {
  Copied, CopyParams, Explained, ExplainParams, Fate, FateParams, PinResult, PinResultsParams, ResultChoice, Results, ResultsParams, ResultSubject, ResultSubjectsParams,
  RowsBehind, RowsParams,
} from '../protocol/results.ts';
import type { CancellationToken } from '../library.ts';
import { ownRequest, type Feature } from './feature.ts';
import { toPinResult } from './tests.ts';

/** A request about a subject; null where the text has no such metric or query any more. */
function about<P extends { readonly subject: ResultSubject }, R>(
  method: `daxMetrics/${string}`, ask: (service: ResultsService, params: P, token: CancellationToken) => Promise<R | undefined>,
): Feature {
  return ownRequest<P, R | null>(method, async (params, { service }, token) => {
    const subject = { ...params.subject, uri: canonicalUri(params.subject.uri) };
    return (await ask(service.results, { ...params, subject }, token)) ?? null;
  }, null);
}

export const resultsFeatures: readonly Feature[] = [
  ownRequest<ResultSubjectsParams, readonly ResultSubject[]>('daxMetrics/resultSubjects', async ({ uri, ...position }, { service }) => {
    const document = await service.document(uriOf({ uri }));
    return document === undefined ? [] : service.results.subjects(document.uri, toOffset(document, position));
  }, []),
  about<{ readonly subject: ResultSubject }, readonly ResultChoice[]>('daxMetrics/resultChoices', (it, { subject }) => it.choices(subject)),
  about<ResultsParams, Results>('daxMetrics/results', (it, params, token) => it.show(params, token)),
  about<ExplainParams, Explained>('daxMetrics/explainResult', (it, params, token) => it.explain(params, token)),
  about<RowsParams, RowsBehind>('daxMetrics/rowsBehindResult', (it, params, token) => it.rows(params, token)),
  about<FateParams, Fate>('daxMetrics/rowFate', (it, params, token) => it.fate(params, token)),
  ownRequest<PinResultsParams, PinResult>('daxMetrics/pinResults', async ({ groups, ...params }, { service }) => {
    const subject = { ...params.subject, uri: canonicalUri(params.subject.uri) };
    const pin = await service.results.pin({ subject, groups });
    const document = await service.document(subject.uri);
    return document === undefined || pin === undefined ? null : toPinResult(document, pin);
  }, null),
  about<CopyParams, Copied>('daxMetrics/copyResults', (it, params, token) => it.copy(params, token)),
];
