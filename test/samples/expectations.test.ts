// The values that the sample's metrics promise in their @expect tags, against SQL over the raw rows.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { metricFiles, openSample, readSample } from './sample.ts';

const reference = JSON.parse(readSample('dataverse/choices.json')) as {
  readonly entities: Readonly<Record<string, { readonly primaryId: string; readonly attributes: readonly { readonly attribute: string }[] }>>;
};

/** The names of the metrics of a file, and the doc comment above one of them. */
const metricsOf = (text: string): readonly string[] => [...text.matchAll(/^\/\/\/.*\n([^/\s].*?) *=/gm)].map((it) => it[1] ?? '');
const docsOf = (text: string, metric: string): string => {
  const lines = text.slice(0, text.indexOf(`\n${metric} =`)).split('\n');
  return lines.slice(lines.findLastIndex((line) => !line.startsWith('///')) + 1).join('\n');
};

interface Expectation {
  readonly metric: string;
  readonly filter: string;
  readonly written: string;
}

/** The `@expect literal [where filter]` tags of a metric file, each with the name of the definition below it. */
function expectationsOf(text: string): readonly Expectation[] {
  const found: Expectation[] = [];
  let open: Omit<Expectation, 'metric'>[] = [];
  for (const line of text.split('\n')) {
    const tag = /^\/\/\/ @expect (\S+)(?: where (.+))?$/.exec(line);
    if (tag !== null) open.push({ written: tag[1] ?? '', filter: tag[2] ?? '' });
    const name = /^([^/\s].*?) *=/.exec(line)?.[1];
    if (name === undefined) continue;
    found.push(...open.map((tagged) => ({ metric: name, ...tagged })));
    open = [];
  }
  return found;
}

/** A computed value written the way a tag writes it: BLANK, or rounded half away from zero to as many digits. */
function asWritten(value: unknown, like: string): string {
  if (value === null) return 'BLANK';
  const number = Number(value);
  const digits = /\.(\d+)$/.exec(like)?.[1]?.length ?? 0;
  if (digits === 0) return String(number);
  const scale = 10 ** digits;
  return ((Math.sign(number) * Math.round(Math.abs(number) * scale + 1e-9)) / scale).toFixed(digits);
}

describe.each(metricFiles)('the expectations of %s', (file) => {
  it('are what SQL computes from the raw rows, tag by tag', async () => {
    const tags = expectationsOf(readSample(file));
    const query = await openSample('raw.sql', 'rules.sql');
    const rows = await query(readSample(`sql/${file.replace(/dax$/, 'sql')}`));
    const computed = new Map(rows.map((row) => [`${String(row['metric'])} where ${String(row['filter'])}`, row['value']]));

    expect(tags.length).toBeGreaterThan(0);
    for (const tag of tags) {
      const key = `${tag.metric} where ${tag.filter}`;
      expect([...computed.keys()], 'the groups that SQL computes').toContain(key);
      expect([tag.metric, tag.filter, tag.written]).toEqual([tag.metric, tag.filter, asWritten(computed.get(key), tag.written)]);
    }
    // No metric of the SQL was renamed away, and none of the file is without SQL.
    const metrics = new Set(rows.map((row) => String(row['metric'])));
    expect([...metrics].sort()).toEqual([...new Set(tags.map((tag) => tag.metric))].sort());
  });

  it('say for every metric what it is over all rows, and what it is under a filter', () => {
    const text = readSample(file);
    const tags = expectationsOf(text);
    for (const metric of metricsOf(text)) {
      const filters = tags.filter((tag) => tag.metric === metric).map((tag) => tag.filter);
      expect(filters, metric).toContain('');
      expect(filters.length, metric).toBeGreaterThan(1);
    }
  });

  it('stand in docs that name the columns of Dataverse, with a format', () => {
    const text = readSample(file);
    for (const metric of metricsOf(text)) {
      const docs = docsOf(text, metric);
      expect(docs, metric).toMatch(/^\/\/\/ @format \S/m);
      const reads = docs.slice(docs.indexOf('/// Reads '));
      expect(reads, metric).toMatch(/^\/\/\/ Reads (?:what |\w+\.\w+)/);
      for (const [, entity = '', attribute = ''] of reads.matchAll(/\b(msdyn_\w+|systemuser|queue)\.(\w+)/g)) {
        const known = reference.entities[entity];
        expect([known?.primaryId, ...(known?.attributes ?? []).map((it) => it.attribute)], `${metric}: ${entity}`).toContain(attribute);
      }
    }
  });
});

it('the facts about the calculated tables are what SQL computes from the raw rows', async () => {
  const query = await openSample('raw.sql', 'rules.sql');
  const computed: Record<string, Record<string, Record<string, number>>> = {};
  for (const row of await query(readSample('sql/facts.sql'))) {
    const tables = (computed[String(row['model'])] ??= {});
    (tables[String(row['table'])] ??= {})[String(row['measured'])] = Number(row['value']);
  }
  expect(JSON.parse(readFileSync(new URL('facts.json', import.meta.url), 'utf8'))).toEqual(computed);
});
