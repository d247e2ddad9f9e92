/**
 * A contact centre of any size: sessions with two unique keys, four codes, two dates and two numbers, and the agents,
 * teams and dates that they point to. The same rows as text for loading, and as the numbers that stand for each value.
 */
import { closeSync, existsSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';

export const reasons = ['192350001', '192350002', '192350003', '192350006', '192350010'];
export const channels = ['192340000', '192350000', '192360000', '192370000', '192390000', '192400000'];
export const agents = 250;
const teams = 20;
const regions = ['North', 'South', 'East', 'West'];
/** Two years. */
const days = 730;
const firstDay = Date.UTC(2024, 0, 1);

export interface Files {
  /** What a user has: keys as GUIDs, dates as text. */
  readonly sessions: string;
  /** The same as Parquet; written by DuckDB. */
  readonly parquet: string;
  /** The same with a whole number for each key and each date. */
  readonly coded: string;
  readonly agents: string;
  readonly teams: string;
  readonly dates: string;
}

/** Writes the files of so many sessions into a folder, once. */
export function writeRows(folder: string, count: number): Files {
  const files: Files = {
    sessions: path.join(folder, `sessions${String(count)}.csv`), parquet: path.join(folder, `sessions${String(count)}.parquet`), coded: path.join(folder, `coded${String(count)}.csv`),
    agents: path.join(folder, 'agents.csv'), teams: path.join(folder, 'teams.csv'), dates: path.join(folder, 'dates.csv'),
  };
  if (Object.values(files).every((it: string) => it === files.parquet || existsSync(it))) return files;
  write(files.teams, 'TeamId,Region', teams, (i) => `${String(i)},${regions[i % regions.length] ?? ''}`);
  write(files.agents, 'AgentId,TeamId', agents, (i) => `${String(i)},${String(i % teams)}`);
  write(files.dates, 'Day,Date,Month', days, (i) => {
    const date = new Date(firstDay + i * 86_400_000);
    return `${String(i)},${date.toISOString().slice(0, 10)},${String(date.getUTCFullYear() * 100 + date.getUTCMonth() + 1)}`;
  });
  const random = randomFrom(count);
  // Together, since ten million rows of one are too many to be kept for the other.
  const header = 'SessionId,ConversationId,Reason,Channel,Status,AgentId,StartedOn,EndedOn,WaitSeconds,HandleSeconds';
  writeTogether([files.sessions, files.coded], header, count, (i) => {
    const reason = random(100) < 12 ? random(4) + 1 : 0;
    const channel = random(channels.length);
    const [status, agent, started] = [random(5) + 1, random(agents), random(days)];
    const ended = Math.min(days - 1, started + random(2));
    const wait = random(10) === 0 ? '' : String(random(600));
    const handle = (random(36_000) / 10).toFixed(1);
    const codes = `${reasons[reason] ?? ''},${channels[channel] ?? ''},${String(status)},${String(agent)}`;
    return [
      `${guid(random)},${guid(random)},${codes},${day(started)},${day(ended)},${wait},${handle}`,
      `${String(i)},${String(count - i)},${codes},${String(started)},${String(ended)},${wait},${handle}`,
    ];
  });
  return files;
}

const day = (index: number): string => new Date(firstDay + index * 86_400_000).toISOString().slice(0, 10);

function guid(random: (below: number) => number): string {
  const part = (): string => random(0x1_0000).toString(16).padStart(4, '0');
  return `${part()}${part()}-${part()}-4${part().slice(1)}-a${part().slice(1)}-${part()}${part()}${part()}`;
}

export const write = (file: string, header: string, count: number, row: (index: number) => string): void => writeTogether([file], header, count, (i) => [row(i)]);

function writeTogether(files: readonly string[], header: string, count: number, row: (index: number) => readonly string[]): void {
  // Under another name until they are whole: a run that was ended leaves no half file.
  const outs = files.map((it) => openSync(`${it}.part`, 'w'));
  for (const out of outs) writeSync(out, `${header}\n`);
  for (let from = 0; from < count; from += 10_000) {
    const lines = files.map((): string[] => []);
    for (let i = from; i < Math.min(count, from + 10_000); i++) row(i).forEach((it, at) => lines[at]?.push(it));
    outs.forEach((out, at) => writeSync(out, `${lines[at]?.join('\n') ?? ''}\n`));
  }
  outs.forEach(closeSync);
  for (const it of files) renameSync(`${it}.part`, it);
}

/** Whole numbers below a bound, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let it = Math.imul(state ^ (state >>> 15), 1 | state);
    it = (it + Math.imul(it ^ (it >>> 7), 61 | it)) ^ it;
    return Math.floor((((it ^ (it >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}
