/** Tables of sessions: their rules, which are plans on the rows of a log, evaluated against the database itself. */
import { assertNever } from '../base/assertNever.ts';
import type { DataFault, RowExpression, SessionColumnRule, SessionRules, TableSpec } from '../plan/database.ts';
import type { Signal } from '../plan/scan.ts';
import { budgetOf, stopped } from './budget.ts';
import { evaluateRows } from './calculated.ts';
import type { TimedSpec } from './clock.ts';
import type { StoredColumn } from './columns/column.ts';
import { during, pulse } from './pulse.ts';
import { endReasonsOf, foldRows, keysOf, messagesOf, numbersOf, startReasonsOf, truth, turnsOf, valuesAt } from './sources/sessionize/columns.ts';
import { cutSessions, sessionOfRows } from './sources/sessionize/cut.ts';
import { orderLog } from './sources/sessionize/order.ts';
import type { MemoryEngine } from './storage/memoryEngine.ts';
import type { Tables } from './storage/tables.ts';
import { cellsVector, type Vector } from './values/vector.ts';

export interface MadeSessions {
  readonly rowCount: number;
  /** Each is made when it is asked for. */
  readonly columns: readonly { readonly name: string; readonly make: () => Vector }[];
  /** The column that tells sessions apart. */
  readonly keyColumn: string;
  /** For each row of the log the row of its session; -1: it belongs to none. */
  readonly sessionOfRow: () => Int32Array;
  readonly faults: readonly DataFault[];
}

interface Asked {
  readonly spec: TimedSpec;
  readonly engine: MemoryEngine;
  readonly tables: Tables;
  readonly signal: Signal;
}

/** Bytes that a row of the log takes while it is cut. */
const BYTES_A_ROW = 80;

/** Cuts a log into sessions; raises `Stopped` where a column or a rule has no value. */
export function calculateSessions(asked: Asked, table: TableSpec, rules: SessionRules): MadeSessions {
  const { spec, tables, signal } = asked;
  const log = spec.tables.find((it) => it.name === rules.from);
  if (log === undefined) throw stopped({ id: 'unresolved-name', name: rules.from });
  const { rowCount } = tables.table(log.name);
  const budget = budgetOf(spec.limits, signal);
  budget.reserveRows(rowCount, BYTES_A_ROW);
  const columnOf = (name: string): StoredColumn => soundColumn(tables, log.name, name);
  const partition = rules.partition.map(columnOf);
  const [time, ...ties] = rules.order.map(columnOf);
  if (time === undefined || (time.type !== 'dateTime' && time.type !== 'blank')) throw stopped({ id: 'type-error', detail: `the order of ${table.name} begins with a column that holds no dates` });
  const values = (it: RowExpression): Vector => evaluateRows(spec, asked.engine, signal, log, it, rowCount);
  const counted = <T>(work: () => T): T => during(budgetOf(spec.limits, signal).poll, work);

  const order = counted(() => orderLog(rowCount, partition, time, ties));
  const marks = (it: RowExpression | undefined): Uint8Array | undefined => {
    if (it === undefined) return undefined;
    const vector = values(it);
    return counted(() => marked(vector, order.rows, rowCount));
  };
  const [starts, ends, user] = [marks(rules.startWhen), marks(rules.endWhen), marks(rules.user)];
  const cut = counted(() => cutSessions(order, { starts, ends, user }, rules));
  const lastRow = (session: number): number => order.rows[(cut.to[session] as number) - 1] as number;
  const openingRow = (session: number): number => cut.opening[session] as number;

  const make = (it: SessionColumnRule): Vector => {
    switch (it.kind) {
      case 'partition': return valuesAt(cut, columnOf(it.column), openingRow);
      case 'fold': {
        const its = values(it.value);
        return counted(() => foldRows(cut, order.rows, its, it.fold));
      }
      case 'fact':
        switch (it.fact) {
          case 'number': return numbersOf(cut);
          case 'key': return cellsVector('string', keysOf(cut, partition));
          case 'start': return valuesAt(cut, time, openingRow);
          case 'end': return valuesAt(cut, time, lastRow);
          case 'turns': return turnsOf(cut);
          case 'messages': return messagesOf(cut);
          case 'startReason': return startReasonsOf(cut);
          case 'endReason': return endReasonsOf(cut);
          default: return assertNever(it.fact);
        }
    }
  };
  return {
    rowCount: cut.count,
    columns: rules.columns.map((it) => ({ name: it.name, make: () => counted(() => make(it)) })),
    keyColumn: rules.columns.find((it) => it.kind === 'fact' && it.fact === 'key')?.name ?? '',
    sessionOfRow: () => counted(() => sessionOfRows(rowCount, order.rows, cut)),
    faults: leftOut(table, rules, rowCount - order.rows.length),
  };
}

/** A column of which every value is one; raises the first that is none. */
function soundColumn(tables: Tables, table: string, name: string): StoredColumn {
  const column = tables.column(table, name);
  if (column.spoiled) throw stopped({ id: 'data-fault', table, detail: `${name} has values that could not be computed` });
  return column;
}

function marked(vector: Vector, rows: Int32Array, rowCount: number): Uint8Array {
  const marks = new Uint8Array(rowCount);
  if (vector.kind !== 'dictionary') {
    for (const row of rows) {
      pulse();
      marks[row] = truth(vector, row) ? 1 : 0;
    }
    return marks;
  }
  // Each value is looked at once, and only where a row has it.
  const known = new Int8Array(vector.dictionary.length).fill(-1);
  for (const row of rows) {
    pulse();
    const code = vector.codes[row] as number;
    if (known[code] === -1) known[code] = truth(vector, row) ? 1 : 0;
    marks[row] = known[code] as number;
  }
  return marks;
}

const leftOut = (table: TableSpec, rules: SessionRules, rows: number): readonly DataFault[] => (rows === 0 ? [] : [{
  table: table.name, column: undefined, rule: 'session-rows-left-out',
  params: { log: rules.from, rows, columns: [...rules.partition, ...rules.order.slice(0, 1)].join(' or ') },
}]);
