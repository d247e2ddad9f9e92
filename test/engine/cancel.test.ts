/**
 * An evaluation that is no longer wanted ends soon, wherever it is: in the formula, in a scan, or while a calculated
 * table or column is made; and its database stays usable.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, runJob } from '../../server/src/engine/index.ts';
import type { QueryResult } from '../../server/src/plan/plan.ts';
import { lowered, open, type Shop } from '../semantics/chain.ts';
import { randomOf } from '../oracle/random.ts';

const long = process.env['DAX_METRICS_LONG'] !== undefined;
const rows = long ? 1_000_000 : 20_000;

const yaml = `
name: big
tables:
  Big:
    dax: 'ADDCOLUMNS(GENERATESERIES(1, ${String(rows)}), "K", MOD([Value], 1000), "T", "text " & [Value])'
    columns:
      Twice: { type: int64, dax: "Big[Value] * 2" }
  Small:
    dax: 'SELECTCOLUMNS(GENERATESERIES(0, 999), "K", [Value], "N", "n" & [Value])'
relationships:
  - { from: "Big[K]", to: "Small[K]" }
`;

const openBig = (): Promise<Shop> => open('file:///big.daxmodel.yaml', yaml, '');

/** The same with nothing made yet. */
const afresh = async (shop: Shop): Promise<Shop> => ({ ...shop, database: await openDatabase(shop.spec, () => { throw new Error('the model reads no file'); }) });

/** Each goes at least once through as many values as the table has rows. */
const expressions: readonly string[] = [
  'DISTINCTCOUNT(Big[T])', 'SUM(Big[Twice])', 'CALCULATE(SUM(Big[Value]), Big[Value] > 10)', 'CALCULATE(SUM(Big[Value]), FILTER(Big, Big[Value] > 3))',
  'SUMX(Big, Big[Value] * 2 + 1)', 'SUMX(Big, LEN(FORMAT(Big[Value], "#,0.00")))', 'COUNTROWS(FILTER(Big, Big[Value] > 5 && Big[K] < 9))',
  'SUMX(Big, IF(Big[Value] > 5, 1, 2))', 'SUMX(Big, SWITCH(Big[Value], 1, 2, 3, 4, 5))', 'SUMX(Big, VAR a = Big[Value] RETURN a * a)',
  'SUMX(Big, LEN(LOOKUPVALUE(Small[N], Small[K], Big[K])))', 'COUNTROWS(FILTER(Big, Big[Value] IN VALUES(Small[K])))', 'SUMX(Big, SEARCH("9", Big[T], 1, 0))',
  'COUNTROWS(TOPN(10, Big, Big[T]))', 'COUNTROWS(DISTINCT(SELECTCOLUMNS(Big, "a", Big[T] & "x")))', 'COUNTROWS(SUMMARIZE(Big, Big[T], Big[K]))',
  'COUNTROWS(SUMMARIZECOLUMNS(Big[T], "v", SUM(Big[Value])))', 'SUMX(VALUES(Big[T]), CALCULATE(SUM(Big[Value])))', 'SUMX(Big, CALCULATE(SUM(Big[Value])))',
  'COUNTROWS(GROUPBY(Big, Big[T], "s", SUMX(CURRENTGROUP(), Big[Value])))', 'COUNTROWS(INTERSECT(VALUES(Big[T]), VALUES(Big[T])))',
  'COUNTROWS(NATURALINNERJOIN(SELECTCOLUMNS(Big, "k", Big[K] + 0), SELECTCOLUMNS(Small, "k", Small[K] + 0)))', `SUMX(GENERATESERIES(1, ${String(rows)}), [Value])`,
  'MEDIANX(Big, Big[Value])', 'STDEVX.P(Big, Big[Value])', 'RANKX(Big, Big[Value], 5)', `COUNTROWS(CALENDAR(1, ${String(rows)}))`,
];

const run = (shop: Shop, text: string, cancelled: () => boolean): QueryResult | undefined =>
  runJob(shop.database, lowered(shop, `EVALUATE ROW("v", ${text})`).job, { signal: { cancelled } }).results[0];

const isCancelled = (it: QueryResult | undefined): boolean => JSON.stringify(it, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)).includes('"cancelled"');

let warm: Shop;
beforeAll(async () => { warm = await openBig(); });

describe('an evaluation asks whether it is wanted', () => {
  it.each(expressions)('%s: once in every few thousand values', (text) => {
    let asked = 0;
    const result = run(warm, text, () => {
      asked++;
      return false;
    });
    expect(result?.kind).toBe('table');
    expect(asked).toBeGreaterThanOrEqual(rows / 4096);
  });
});

describe('a cancellation', () => {
  it('at 200 random moments ends the evaluation, and the next one is right', async () => {
    const random = randomOf(5);
    let worst = 0;
    let early = 0;
    const known = expressions.map((text) => {
      let all = 0;
      const result = run(warm, text, () => ++all < 0);
      return { text, all, result };
    });
    for (let moment = 0; moment < 200; moment++) {
      const { text, all, result: right } = known[moment % known.length] as (typeof known)[number];
      // Now and then nothing is made yet: it is the calculated tables and columns that are cancelled.
      const shop = moment % 20 === 0 ? await afresh(warm) : warm;
      const at = random.int(1, all);
      let asked = 0;
      let since: number | undefined;
      const result = run(shop, text, () => {
        if (++asked === at) since = performance.now();
        return asked >= at;
      });
      const words = `${text} at ${String(at)} of ${String(all)}`;
      if (since === undefined) expect(result, words).toEqual(right);
      else {
        worst = Math.max(worst, performance.now() - since);
        expect(isCancelled(result), words).toBe(true);
        early++;
      }
      // What is left of the formula asks once more each, and no loop goes on.
      expect(asked - at, words).toBeLessThan(50);
      if (moment % 4 === 0) expect(run(shop, text, () => false), words).toEqual(right);
    }
    expect(run(warm, 'SUM(Big[Twice])', () => false)).toMatchObject({ columns: [{ cells: [rows * (rows + 1)] }] });
    expect(early).toBeGreaterThan(150);
    // On a machine that does nothing else it is some milliseconds.
    expect(worst).toBeLessThan(500);
    if (long) console.log(`the slowest of 200 cancellations: ${worst.toFixed(1)} ms`);
  }, 600_000);
});

describe('what is made once', () => {
  const made = `
name: made
tables:
  Raw:
    dax: 'SELECTCOLUMNS(GENERATESERIES(1, 300), "Id", "r" & [Value], "Channel", MOD([Value], 7))'
    columns:
      Even: { type: boolean, dax: "MOD(Raw[Channel], 2) = 0" }
  Log:
    dax: 'SELECTCOLUMNS(GENERATESERIES(1, 900), "Raw", "r" & (MOD([Value], 300) + 1), "At", [Value])'
    columns:
      First: { type: boolean, dax: "Log[At] = CALCULATE(MIN(Log[At]), ALLEXCEPT(Log, Log[Raw]))" }
  Fact:
    dax: |
      SELECTCOLUMNS(FILTER(Raw, NOT Raw[Even]), "Id", Raw[Id],
        "Logs", COUNTROWS(RELATEDTABLE(Log)), "Last", CALCULATE(MAX(Log[At])), "Seen", IF(COUNTROWS(FILTER(RELATEDTABLE(Log), Log[First])) > 0, 1, 0))
    columns:
      Twice: { type: int64, dax: "Fact[Logs] * 2" }
  Sub:
    dax: 'SELECTCOLUMNS(GENERATESERIES(1, 40), "Id", "r" & (2 * [Value]), "N", [Value])'
relationships:
  - { from: "Log[Raw]", to: "Raw[Id]" }
  - { from: "Sub[Id]", to: "Fact[Id]" }
`;
  const text = 'CALCULATE(SUM(Sub[N]), Fact[Twice] > 2) & "/" & SUM(Fact[Seen]) & "/" & SUM(Fact[Last]) & "/" & DISTINCTCOUNT(Fact[Id]) & "/" & COUNTROWS(FILTER(Log, Log[First]))';

  it('is made anew after a cancellation at any moment, wherever that came', async () => {
    const whole = await open('file:///made.daxmodel.yaml', made, '');
    let all = 0;
    const right = run(await afresh(whole), text, () => ++all < 0);
    expect(right).toEqual(run(whole, text, () => false));
    expect(all).toBeGreaterThan(50);
    for (let at = 1; at <= all; at++) {
      const shop = await afresh(whole);
      let asked = 0;
      run(shop, text, () => ++asked >= at);
      expect(run(shop, text, () => false), `at ${String(at)} of ${String(all)}`).toEqual(right);
      // Nobody may have been told of faults that there are not.
      expect(shop.database.lateFaults(), `at ${String(at)} of ${String(all)}`).toEqual([]);
    }
  }, 120_000);
});
