// A model of a few sessions, and the results service over it.
import type { Results, ResultsParams } from '../../server/src/ide/results/records.ts';
import { createResultsService, type ResultsService } from '../../server/src/ide/results/service.ts';
import { defaultSettings } from '../../server/src/ide/settings.ts';
import { openFixture, type OpenFixture } from '../support/workspace.ts';

/** Eight sessions of two channels over three months; one has no channel, one no date, one no duration. */
const model = `//- /m.daxmodel.yaml
name: m
tables:
  Session:
    rows:
      - { Id: s1, Channel: "1", On: 2025-01-31T08:00:00, Seconds: 10, Rejected: true }
      - { Id: s2, Channel: "1", On: 2025-01-31T23:59:59, Seconds: 20, Rejected: false }
      - { Id: s3, Channel: "2", On: 2025-02-01, Seconds: 30, Rejected: true }
      - { Id: s4, Channel: "2", On: 2025-02-28T12:00:00, Seconds: 40, Rejected: false }
      - { Id: s5, Channel: "2", On: 2025-03-01, Seconds: null, Rejected: true }
      - { Id: s6, Channel: null, On: 2025-03-02, Seconds: 60, Rejected: true }
      - { Id: s7, Channel: "1", On: null, Seconds: 70, Rejected: true }
      - { Id: "=s8", Channel: "1", On: 2026-03-01, Seconds: 80, Rejected: false }
    columns:
      Id: { type: string, key: true }
      Channel: { type: string, choice: channel }
      On: { type: dateTime }
      Seconds: { type: int64 }
      Rejected: { type: boolean }
  Size:
    rows:
      - { Seconds: 10, Size: small, Place: 2 }
      - { Seconds: 20, Size: small, Place: 2 }
      - { Seconds: 30, Size: tiny, Place: 1 }
      - { Seconds: 40, Size: large, Place: 3 }
    columns:
      Seconds: { type: int64, key: true }
      Size: { type: string, sortBy: Place }
      Place: { type: int64 }
relationships:
  - { from: "Session[Seconds]", to: "Size[Seconds]" }
choices:
  channel:
    1: { label: Chat }
    2: { label: Voice | call }
`;

export interface OpenResults {
  readonly fixture: OpenFixture;
  readonly service: ResultsService;
  readonly params: ResultsParams;
}

/** @param text one file of metrics and queries with a `$0` in what results are wanted of */
export async function openResults(text: string, preview: readonly string[] = []): Promise<OpenResults> {
  const fixture = await openFixture(text.startsWith('//-') ? `${model}${text}` : `${model}//- /a.dax\n${text}`);
  const { workspace, uri, offset } = fixture;
  const service = createResultsService({ workspace: () => workspace, settings: () => Promise.resolve(defaultSettings), preview: () => preview, conditions: () => preview });
  const [subject] = await service.subjects(uri, offset);
  if (subject === undefined) throw new Error('there is nothing to show results of');
  return { fixture, service, params: { subject, filters: [] } };
}

/** `heading` and rows, as the grid shows them. */
export function shown(it: Results | undefined): string {
  if (it === undefined) return 'gone';
  if (!('columns' in it.table)) return `${it.table.kind}: ${it.table.text}`;
  const { columns, rows } = it.table;
  return [columns.map((column) => column.title).join(' | '), ...Array.from({ length: rows }, (_, i) => columns.map((column) => column.texts[i]).join(' | '))].join('\n');
}

export const by = (column: string, grain?: 'day' | 'month' | 'year') => ({ table: 'Session', column, ...(grain === undefined ? {} : { grain }) });
