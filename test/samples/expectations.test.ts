// The values that the sample's metrics promise in their @expect tags, against SQL over the raw rows.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openSample, readSample } from './sample.ts';

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

describe.each(['historical', 'realtime'])('the expectations of the %s metrics', (model) => {
  it('are what SQL computes from the raw rows, tag by tag', async () => {
    const tags = expectationsOf(readSample(`${model}/metrics.dax`));
    const query = await openSample('raw.sql', 'rules.sql');
    const computed = new Map((await query(readSample(`sql/${model}.sql`))).map((row) => [`${String(row['metric'])} where ${String(row['filter'])}`, row['value']]));

    expect(tags.length).toBeGreaterThan(15);
    expect(tags.map((tag) => `${tag.metric} where ${tag.filter}`).sort()).toEqual([...computed.keys()].sort());
    for (const tag of tags) {
      expect([tag.metric, tag.filter, tag.written]).toEqual([tag.metric, tag.filter, asWritten(computed.get(`${tag.metric} where ${tag.filter}`), tag.written)]);
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
