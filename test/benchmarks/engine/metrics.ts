/** What is asked of both engines: DAX, and the fastest SQL that was found for it, with a new literal each round. */
import { channels, reasons } from './rows.ts';

export interface Metric {
  readonly id: string;
  readonly title: string;
  /** A query; the same number of rounds gives as many different ones. */
  readonly dax: (round: number) => string;
  readonly sql: string;
  readonly parameters: (round: number) => readonly number[];
}

const reason = (round: number): number => Number(reasons[1 + (round % 4)]);
const channel = (round: number): number => Number(channels[Math.floor(round / 4) % channels.length]);

const rejected = (round: number): string => `CALCULATE(DISTINCTCOUNT(S[ConversationId]), S[Reason] = ${String(reason(round))}, S[Channel] = ${String(channel(round))})`;
const rate = (round: number): string => `DIVIDE(CALCULATE(COUNTROWS(S), S[Reason] = ${String(reason(round))}, S[WaitSeconds] <> ${String(1000 + round)}), COUNTROWS(S))`;

export const metrics: readonly Metric[] = [
  {
    id: 'a', title: 'distinct count under two filters',
    dax: (round) => `EVALUATE ROW("v", ${rejected(round)})`,
    sql: 'SELECT count(DISTINCT ConversationId)::DOUBLE v FROM s WHERE Reason = $1 AND Channel = $2',
    parameters: (round) => [reason(round), channel(round)],
  },
  {
    id: 'b', title: 'rejected rate',
    dax: (round) => `EVALUATE ROW("v", ${rate(round)})`,
    sql: 'SELECT count(*) FILTER (Reason = $1 AND (WaitSeconds IS NULL OR WaitSeconds <> $2)) / count(*) v FROM s',
    parameters: (round) => [reason(round), 1000 + round],
  },
  {
    id: 'c', title: 'average with blanks',
    dax: (round) => `EVALUATE ROW("v", AVERAGE(S[WaitSeconds]) + ${String(round)})`,
    sql: 'SELECT avg(WaitSeconds) + $1 v FROM s',
    parameters: (round) => [round],
  },
  {
    id: 'd', title: 'both by agent and month',
    dax: (round) => `EVALUATE SUMMARIZECOLUMNS(S[AgentId], 'Date'[Month], "a", ${rejected(round)}, "b", ${rate(round)})`,
    sql: `SELECT AgentId, Month, nullif(count(DISTINCT CASE WHEN Reason = $1 AND Channel = $2 THEN ConversationId END), 0)::DOUBLE a,
      nullif(count(*) FILTER (Reason = $1 AND (WaitSeconds IS NULL OR WaitSeconds <> $3)), 0) / count(*) b FROM s JOIN dates ON StartedOn = Day GROUP BY AgentId, Month HAVING a IS NOT NULL OR b IS NOT NULL`,
    parameters: (round) => [reason(round), channel(round), 1000 + round],
  },
  {
    id: 'e', title: '28-day moving window of (a), each of 365 days',
    dax: (round) => `EVALUATE ADDCOLUMNS(FILTER(VALUES('Date'[Date]), 'Date'[Date] >= DATE(2025, 1, 1)), "v", CALCULATE(${rejected(round)}, DATESINPERIOD('Date'[Date], 'Date'[Date], -28, DAY)))`,
    sql: `SELECT d.Day, nullif(count(DISTINCT ConversationId), 0)::DOUBLE v FROM (SELECT Day FROM dates WHERE Day >= 366) d
      LEFT JOIN (SELECT ConversationId, StartedOn FROM s WHERE Reason = $1 AND Channel = $2) f ON f.StartedOn BETWEEN d.Day - 27 AND d.Day GROUP BY d.Day`,
    parameters: (round) => [reason(round), channel(round)],
  },
  {
    id: 'f', title: 'SUMX with IF over rows',
    dax: (round) => `EVALUATE ROW("v", SUMX(S, IF(S[HandleSeconds] > ${String(1200 + round)}, S[HandleSeconds], 0)))`,
    sql: 'SELECT sum(CASE WHEN HandleSeconds > $1 THEN HandleSeconds ELSE 0 END) v FROM s',
    parameters: (round) => [1200 + round],
  },
  {
    id: 'g', title: 'filter over two relationships',
    dax: (round) => `EVALUATE ROW("v", CALCULATE(SUM(S[WaitSeconds]), Team[Region] = "East", S[Reason] = ${String(reason(round))}, S[Channel] = ${String(channel(round))}))`,
    sql: `SELECT sum(WaitSeconds)::DOUBLE v FROM s WHERE Reason = $1 AND Channel = $2
      AND AgentId IN (SELECT AgentId FROM agents WHERE TeamId IN (SELECT TeamId FROM teams WHERE Region = 'East'))`,
    parameters: (round) => [reason(round), channel(round)],
  },
];
