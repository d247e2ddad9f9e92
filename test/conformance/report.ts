// What came of the cases of a file, in words.
import type { Unread } from './cases.ts';
import type { Outcome, Verdict } from './run.ts';

/** The counts of a file, then every entry that is not passed: wrong ones with what was expected and what was found. */
export function report(file: string, outcomes: readonly Outcome[], unread: readonly Unread[]): string {
  const of = (verdict: Verdict): readonly Outcome[] => outcomes.filter((it) => it.verdict === verdict);
  const wrong = of('wrong').flatMap((it) => [
    `  wrong: ${it.id}: ${oneLine(it.query)}`, `    expected ${it.expected}`, `    actual   ${it.actual}`,
  ]);
  const alarms = outcomes.flatMap((it) => it.alarms.map((alarm) => `  false alarm: ${it.id}: ${alarm}: ${oneLine(it.query)}`));
  const missing = of('not evaluated').map((it) => `  not evaluated: ${it.id}: ${it.reason ?? ''}: ${oneLine(it.query)}`);
  const doubts = of('doubtful').map((it) => `  doubtful: ${it.id}: ${it.reason ?? ''} (expected ${it.expected}, actual ${it.actual})`);
  return [
    `${file}: ${counts(outcomes, unread)}`, ...wrong, ...alarms, ...missing, ...unread.map((it) => `  not read: ${it.id}: ${it.reason}`), ...doubts,
  ].join('\n');
}

export function counts(outcomes: readonly Outcome[], unread: readonly Unread[]): string {
  const count = (verdict: Verdict): number => outcomes.filter((it) => it.verdict === verdict).length;
  const doubts = count('doubtful');
  const alarms = outcomes.filter((it) => it.alarms.length > 0).length;
  return [
    `${String(count('passed'))} passed`, `${String(count('wrong'))} wrong`, `${String(count('not evaluated'))} not evaluated`,
    ...(alarms === 0 ? [] : [`${String(alarms)} with false alarms`]), ...(doubts === 0 ? [] : [`${String(doubts)} doubtful`]), ...(unread.length === 0 ? [] : [`${String(unread.length)} not read`]),
  ].join(', ');
}

const oneLine = (text: string): string => {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
};
