/**
 * Cutting an ordered log into sessions: one pass over its rows.
 *
 * For each row, in this order: what ended the open session before the row (silence, length, then turns), whether the row
 * opens a session or belongs to the open one, and whether it ends the one that it belongs to.
 */
import type { SessionRules } from '../../../plan/database.ts';
import { pulse } from '../../pulse.ts';
import type { LogOrder } from './order.ts';

/** Why a session began: a row for which `startWhen` holds; a row, where none needs to; the cut of the session before. */
export const startReasons = ['trigger', 'message', 'length', 'turns'] as const;
/** Why a session ended; `open`: a row after the last one of the log could still belong to it. */
export const endReasons = ['idle', 'ended', 'length', 'turns', 'open'] as const;
type StartReason = (typeof startReasons)[number];
type EndReason = (typeof endReasons)[number];

export type CutRules = Pick<SessionRules, 'preamble' | 'idle' | 'idleFrom' | 'maxLength' | 'maxTurns' | 'afterCut' | 'whenBoth'>;

/** What rows are, by row: 1 where it holds. */
export interface RowMarks {
  /** Undefined: every row may open a session. */
  readonly starts: Uint8Array | undefined;
  readonly ends: Uint8Array | undefined;
  readonly user: Uint8Array | undefined;
}

/** Sessions in order of their partitions, those of one in time; each list has one entry a session. */
export interface CutSessions {
  readonly count: number;
  /** The session's rows are those of the order from here ... */
  readonly from: Int32Array;
  /** ... up to here, without it. */
  readonly to: Int32Array;
  /** The row that opened it: the first, or the first after those that were attached. */
  readonly opening: Int32Array;
  /** 1 for the first of its partition. */
  readonly number: Int32Array;
  /** Messages of the user from the opening row on. */
  readonly turns: Int32Array;
  /** Places in `startReasons` and `endReasons`. */
  readonly startReason: Uint8Array;
  readonly endReason: Uint8Array;
}

export function cutSessions({ rows, partition, time }: LogOrder, { starts, ends, user }: RowMarks, rules: CutRules): CutSessions {
  const { idle = Number.POSITIVE_INFINITY, maxLength = Number.POSITIVE_INFINITY, maxTurns = Number.POSITIVE_INFINITY } = rules;
  const cut = listsOf(rows.length);
  let count = 0;
  /** Of the open session: when it was opened, since when it is silent, its turns; of the partition: how many it has had. */
  let isOpen = false;
  let openedAt = 0;
  let heardAt = 0;
  let turns = 0;
  let number = 0;
  /** Where rows begin that the next session would take in, and the time of the last of them; -1: there are none. */
  let waitingFrom = -1;
  let waitingAt = 0;
  let logEnd = Number.NEGATIVE_INFINITY;
  for (const row of rows) logEnd = Math.max(logEnd, time[row] as number);

  /** What ended the open session before this moment. */
  const overdue = (now: number): EndReason | undefined => {
    const isSilent = now - heardAt > idle;
    const isLong = now - openedAt > maxLength;
    if (isSilent && isLong && rules.whenBoth === 'first') return heardAt + idle <= openedAt + maxLength ? 'idle' : 'length';
    return isSilent ? 'idle' : isLong ? 'length' : undefined;
  };
  const open = (at: number, row: number, reason: StartReason): void => {
    cut.from[count] = rules.preamble === 'attach' && waitingFrom >= 0 ? waitingFrom : at;
    cut.opening[count] = row;
    cut.number[count] = ++number;
    cut.startReason[count] = startReasons.indexOf(reason);
    isOpen = true;
    turns = 0;
    waitingFrom = -1;
    openedAt = heardAt = time[row] as number;
  };
  const close = (before: number, reason: EndReason): void => {
    cut.to[count] = before;
    cut.turns[count] = turns;
    cut.endReason[count] = endReasons.indexOf(reason);
    isOpen = false;
    count++;
  };

  for (let at = 0; at < rows.length; at++) {
    pulse();
    const row = rows[at] as number;
    const now = time[row] as number;
    const isUser = user !== undefined && user[row] === 1;
    if (at === 0 || partition[row] !== partition[rows[at - 1] as number]) {
      if (isOpen) close(at, overdue(logEnd) ?? 'open');
      number = 0;
      waitingFrom = -1;
    }
    let cutBy: 'length' | 'turns' | undefined;
    if (isOpen) {
      const reason = overdue(now) ?? (isUser && turns >= maxTurns ? 'turns' : undefined);
      if (reason !== undefined) close(at, reason);
      if ((reason === 'length' || reason === 'turns') && rules.afterCut === 'message') cutBy = reason;
    }
    if (!isOpen) {
      if (waitingFrom >= 0 && now - waitingAt > idle) waitingFrom = -1;
      if (cutBy !== undefined) open(at, row, cutBy);
      else if (starts === undefined) open(at, row, 'message');
      else if (starts[row] === 1) open(at, row, 'trigger');
      else {
        if (waitingFrom < 0) waitingFrom = at;
        waitingAt = now;
      }
    }
    if (isOpen) {
      if (isUser) turns++;
      if (isUser || rules.idleFrom === 'any') heardAt = now;
    }
    if (ends !== undefined && ends[row] === 1) {
      if (isOpen) close(at + 1, 'ended');
      waitingFrom = -1;
    }
  }
  if (isOpen) close(rows.length, overdue(logEnd) ?? 'open');
  return { count, ...cut };
}

/** Room for as many sessions as there are rows. */
const listsOf = (length: number): Omit<CutSessions, 'count'> => ({
  from: new Int32Array(length), to: new Int32Array(length), opening: new Int32Array(length), number: new Int32Array(length),
  turns: new Int32Array(length), startReason: new Uint8Array(length), endReason: new Uint8Array(length),
});

/** The session of each row of the log; -1 for a row that belongs to none. */
export function sessionOfRows(rowCount: number, rows: Int32Array, cut: CutSessions): Int32Array {
  const sessions = new Int32Array(rowCount).fill(-1);
  for (let session = 0; session < cut.count; session++) {
    pulse();
    for (let at = cut.from[session] as number; at < (cut.to[session] as number); at++) sessions[rows[at] as number] = session;
  }
  return sessions;
}
