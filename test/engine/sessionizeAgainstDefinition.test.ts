// Thousands of random logs, cut by the engine and by a second reading of the rules that goes row by row.
import { describe, expect, it } from 'vitest';
import { openLog, type LogRow } from './sessions.ts';

interface Rules {
  readonly starts: boolean;
  readonly ends: boolean;
  readonly attach: boolean;
  readonly idle: number | undefined;
  readonly fromUser: boolean;
  readonly length: number | undefined;
  readonly turns: number | undefined;
  readonly waitsAfterCut: boolean;
  readonly firstBound: boolean;
}

interface Row extends LogRow {
  readonly who: string;
  readonly at: number;
  readonly index: number;
}

/** One session by the text of the rules: who it is of, its rows, and what is told of it. */
interface Expected {
  readonly key: string;
  readonly rows: readonly Row[];
  readonly turns: number;
  readonly begun: string;
  readonly ended: string;
}

/**
 * The sessions of one partition. Each is grown on its own from the row that opens it: a row belongs to it as long as none
 * of the bounds lies before the row, judged by all the rows that it has so far.
 */
function sessionsOfOne(who: string, rows: readonly Row[], rules: Rules, logEnd: number): readonly Expected[] {
  const found: Expected[] = [];
  let cut: string | undefined;
  let before: Row[] = [];
  for (let i = 0; i < rows.length; ) {
    const opening = rows[i] as Row;
    const begun = cut ?? (!rules.starts ? 'message' : opening.starts === true ? 'trigger' : undefined);
    const lastBefore = before.at(-1);
    if (lastBefore !== undefined && rules.idle !== undefined && opening.at - lastBefore.at > rules.idle) before = [];
    if (begun === undefined) {
      before = rules.ends && opening.ends === true ? [] : [...before, opening];
      i++;
      continue;
    }
    const own = [opening];
    let ended = rules.ends && opening.ends === true ? 'ended' : undefined;
    i++;
    for (; ended === undefined && i < rows.length; i++) {
      const row = rows[i] as Row;
      ended = bound(own, rules, row.at) ?? (row.user === true && rules.turns !== undefined && own.filter((it) => it.user).length === rules.turns ? 'turns' : undefined);
      if (ended !== undefined) break;
      own.push(row);
      if (rules.ends && row.ends === true) ended = 'ended';
    }
    const reason = ended ?? bound(own, rules, logEnd) ?? 'open';
    found.push({ key: `${who}#${String(found.length + 1)}`, rows: [...(rules.attach ? before : []), ...own], turns: own.filter((it) => it.user).length, begun, ended: reason });
    before = [];
    cut = (ended === 'length' || ended === 'turns') && !rules.waitsAfterCut ? ended : undefined;
  }
  return found;
}

/** The bound of time that a moment lies behind. */
function bound(own: readonly Row[], rules: Rules, now: number): string | undefined {
  const opened = (own[0] as Row).at;
  const heard = Math.max(...own.filter((it, i) => i === 0 || !rules.fromUser || it.user).map((it) => it.at));
  const idleAt = rules.idle === undefined ? Infinity : heard + rules.idle;
  const fullAt = rules.length === undefined ? Infinity : opened + rules.length;
  if (now <= idleAt && now <= fullAt) return undefined;
  if (rules.firstBound) return idleAt <= fullAt ? 'idle' : 'length';
  return now > idleAt ? 'idle' : 'length';
}

function expectedSessions(log: readonly Row[], rules: Rules): readonly Expected[] {
  const logEnd = Math.max(...log.map((it) => it.at));
  return [...new Set(log.map((it) => it.who))].flatMap((who) => {
    const rows = log.filter((it) => it.who === who).sort((a, b) => a.at - b.at || (a.seq ?? -1) - (b.seq ?? -1) || a.index - b.index);
    return sessionsOfOne(who, rows, rules, logEnd);
  });
}

function chance(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

const yaml = (it: Rules): string => `{ ${[
  'from: Log, partition: Who, order: [At, Seq], user: "Log[User]"',
  it.starts ? 'startWhen: "Log[Starts]"' : '', it.ends ? 'endWhen: "Log[Ends]"' : '', it.starts && it.attach ? 'preamble: attach' : '',
  it.idle === undefined ? '' : `idle: ${String(it.idle)}ms, idleFrom: ${it.fromUser ? 'user' : 'any'}`,
  it.length === undefined ? '' : `maxLength: ${String(it.length)}ms`, it.turns === undefined ? '' : `maxTurns: ${String(it.turns)}`,
  (it.length !== undefined || it.turns !== undefined) && it.waitsAfterCut ? 'afterCut: trigger' : '',
  it.idle !== undefined && it.length !== undefined && it.firstBound ? 'whenBoth: first' : '',
  'columns: { First: { first: "Log[Text]" }, Last: { last: "Log[Text]" }, Least: { min: "Log[Text]" }, Most: { max: "Log[Text]" }, Sum: { sum: "Log[Text]" }, Any: { any: "Log[Ends]" }, Count: { count: "Log[Text]" } }',
].filter((part) => part !== '').join(', ')} }`;

describe('random logs', () => {
  it.each(Array.from({ length: 200 }, (_, i) => i))('log %i', async (seed) => {
    const below = chance(seed * 7919 + 1);
    const yes = (): boolean => below(2) === 0;
    const starts = below(3) > 0;
    const idle = below(4) === 0 ? undefined : 1000 * (1 + below(4));
    const length = below(3) === 0 ? undefined : 1000 * (1 + below(8));
    const turns = below(3) === 0 ? undefined : 1 + below(3);
    const rules: Rules = {
      starts, ends: yes(), attach: starts && yes(), idle, fromUser: idle !== undefined && yes(), length, turns,
      waitsAfterCut: (length !== undefined || turns !== undefined) && yes(), firstBound: idle !== undefined && length !== undefined && yes(),
    };
    // Gaps are whole and half seconds, and a millisecond more or less, so that bounds are met and missed by the least.
    let at = 0;
    const log: readonly Row[] = Array.from({ length: 1 + below(60) }, (_, index): Row => {
      at += [0, 0, 500, 1000, 1000, 2000, 999, 1001, 3000, 5000][below(10)] as number;
      return {
        index, who: 'abc'.charAt(below(3)), at: below(8) === 0 ? Math.max(0, at - 2000) : at, user: yes(), starts: below(4) === 0, ends: below(6) === 0,
        ...(yes() ? { seq: below(3) } : {}), ...(below(3) > 0 ? { text: below(20) - 10 } : {}),
      };
    });
    const expected = expectedSessions(log, rules).map((it) => {
      const texts = it.rows.flatMap((row) => (typeof row.text === 'number' ? [row.text] : []));
      const own = it.rows.filter((row) => row.index >= 0);
      return {
        SessionKey: it.key, Turns: it.turns, Messages: own.length, StartReason: it.begun, EndReason: it.ended, End: own.at(-1)?.at,
        First: texts[0] ?? null, Last: texts.at(-1) ?? null, Least: texts.length === 0 ? null : Math.min(...texts), Most: texts.length === 0 ? null : Math.max(...texts),
        Sum: texts.length === 0 ? null : texts.reduce((sum, n) => sum + n, 0), Any: own.some((row) => row.ends), Count: texts.length,
      };
    });
    const opened = await openLog(yaml(rules), log);
    const actual = opened.sessions();
    expect(actual.map((it) => Object.fromEntries(Object.keys(expected[0] ?? it).map((name) => [name, it[name]])))).toEqual(expected);
    const sessionOf = new Map(expectedSessions(log, rules).flatMap((it) => it.rows.map((row) => [row.index, it.key] as const)));
    expect(opened.sessionOfRows()).toEqual(log.map((row) => sessionOf.get(row.index) ?? null));
  });
});
