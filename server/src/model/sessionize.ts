/** How a log of messages is cut into sessions, as a model file says it. */
import type { DataType, DaxText, Place } from './model.ts';

/** A name with its place in the file. */
export interface PlacedName {
  readonly name: string;
  readonly place: Place;
}

/**
 * The rules by which the rows of a log become sessions. Expressions are read on a row of the log.
 *
 * What a faulty file leaves out is undefined or empty: the table's columns are known then, its rows are not.
 */
export interface Sessionize {
  /** A part of the rules was refused: no session is cut by the rest. */
  readonly isFaulty: boolean;
  /** The log: the table whose rows are cut. */
  readonly from: PlacedName | undefined;
  /** Columns of the log: rows that differ in one never share a session. None: the log is one whole. */
  readonly partition: readonly PlacedName[];
  /** Columns of the log: the time of a row, then what tells rows of one time apart; else the log's own order does. */
  readonly order: readonly PlacedName[];
  /** Whether a row opens a session where none is open; undefined: every row does. */
  readonly startWhen: DaxText | undefined;
  /** Whether a row ends the session that it belongs to. */
  readonly endWhen: DaxText | undefined;
  /** Whether a row is a message of the user: it begins a turn. */
  readonly user: DaxText | undefined;
  /** What becomes of rows before the one that opens a session: they belong to none, or to that one. */
  readonly preamble: 'ignore' | 'attach';
  /** Milliseconds; a longer silence ends a session. */
  readonly idle: number | undefined;
  /** From where silence is measured: the last row, or the last message of the user. */
  readonly idleFrom: 'any' | 'user';
  /** Milliseconds from the row that opened the session; a later row is not in it. */
  readonly maxLength: number | undefined;
  readonly maxTurns: number | undefined;
  /** What opens the next session after one that was cut by its length or its turns: the next row, or one for which `startWhen` holds. */
  readonly afterCut: 'message' | 'trigger';
  /** What ended a session when the next row comes after both bounds: the silence, or the bound that passed first. */
  readonly whenBoth: 'idle' | 'first';
  /** The columns of the sessions, in order; no two of one name. */
  readonly columns: readonly SessionColumn[];
}

export type SessionColumn =
  | { readonly kind: 'partition'; readonly name: string; readonly place: Place; readonly column: PlacedName }
  /** `isNamed`: the file gives the fact another name. */
  | { readonly kind: 'fact'; readonly name: string; readonly place: Place; readonly fact: SessionFact; readonly isNamed: boolean }
  | { readonly kind: 'fold'; readonly name: string; readonly place: Place; readonly fold: SessionFold; readonly expression: DaxText };

/** What every session tells, with the name of its column where the file gives it no other. */
export const sessionFacts = {
  number: 'Session', key: 'SessionKey', start: 'Start', end: 'End', turns: 'Turns', messages: 'Messages',
  startReason: 'StartReason', endReason: 'EndReason',
} as const;
export type SessionFact = keyof typeof sessionFacts;

/** What is made of the values that an expression has in the rows of a session. */
export const sessionFolds = ['first', 'last', 'any', 'min', 'max', 'sum', 'count'] as const;
export type SessionFold = (typeof sessionFolds)[number];

const factTypes: Readonly<Record<SessionFact, DataType>> = {
  number: 'int64', key: 'string', start: 'dateTime', end: 'dateTime', turns: 'int64', messages: 'int64', startReason: 'string', endReason: 'string',
};

/** The type of a column that the rules alone tell, whatever the log holds. */
export function certainType(it: SessionColumn): DataType | undefined {
  if (it.kind === 'fact') return factTypes[it.fact];
  if (it.kind === 'fold') return it.fold === 'any' ? 'boolean' : it.fold === 'count' ? 'int64' : undefined;
  return undefined;
}
