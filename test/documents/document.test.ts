// Documents that are no pages: .dax files and model files.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { spanToDocument } from '../../server/src/base/offsetMap.ts';
import { readDocument } from '../../server/src/documents/index.ts';

describe('a .dax file', () => {
  it('is one region', () => {
    const [region] = readDocument('file:///a.dax', 'dax', 'A = 1\r\n').regions;
    expect(region).toMatchObject({ kind: 'dax-file', text: 'A = 1\r\n', span: { start: 0, end: 7 }, map: [{ region: 0, document: 0, length: 7 }] });
  });

  it('may begin with a byte order mark', () => {
    const [region] = readDocument('file:///a.dax', 'dax', '\uFEFFA = 1').regions;
    expect(region).toMatchObject({ text: 'A = 1', span: { start: 1, end: 6 } });
  });
});

describe('a model file', () => {
  const text = `name: m
tables:
  Fact:
    columns:
      Late: { type: boolean, dax: "[Wait] > 60" }
    dax: |
      FILTER (
        raw, TRUE )
  Raw: { source: a.csv }
`;

  it('has a region for each expression, in order of place', () => {
    const { regions } = readDocument('file:///m.daxmodel.yaml', 'yaml', text);
    expect(regions.map((it) => [it.kind, it.text, it.defines])).toEqual([
      ['yaml', '[Wait] > 60', { kind: 'calculated-column', table: 'Fact', column: 'Late' }],
      ['yaml', 'FILTER (\n  raw, TRUE )\n', { kind: 'calculated-table', table: 'Fact' }],
    ]);
    for (const it of regions) {
      const at = it.text.search(/Wait|raw/);
      const place = spanToDocument(it.map, { start: at, end: at + 3 });
      expect(text.slice(place.start, place.end)).toBe(it.text.slice(at, at + 3));
    }
  });

  it('is told by its name', () => {
    expect(readDocument('file:///m.yaml', 'yaml', text).regions).toEqual([]);
    expect(readDocument('file:///m.DAXMODEL.YML', 'yaml', text).regions).toHaveLength(2);
    expect(readDocument('file:///m.daxmodel.json', 'json', '{"name":"m","tables":{"T":{"dax":"Raw"}}}').regions.map((it) => it.text)).toEqual(['Raw']);
  });
});

describe('other files', () => {
  it('hold no DAX', () => {
    expect(readDocument('file:///a.txt', 'plaintext', '```dax\nA\n```').regions).toEqual([]);
  });
});

describe('the sample page', () => {
  it('has each fence in its tab', () => {
    const text = readFileSync(new URL('../../samples/omnichannel/calculate-session-metrics.md', import.meta.url), 'utf8');
    const { regions, tabs } = readDocument('file:///page.md', 'markdown', text);
    expect(regions.length).toBeGreaterThan(0);
    expect(new Set(regions.map((it) => it.tabId))).toEqual(new Set(['historicalpage', 'realtimepage']));
    expect(new Set(tabs.map((it) => it.id))).toEqual(new Set(['historicalpage', 'realtimepage']));
    for (const it of regions) expect(text.slice(it.span.start, it.span.end)).toBe(it.text);
  });
});
