/** Relationships: a column named like another table's key whose values are all there. */
import { nameKey } from '../../model/model.ts';
import { columnText } from '../queries.ts';
import { canBeKey } from './keys.ts';
import { foreignScore, keyScore } from './names.ts';
import type { Probe, ProbedColumn, ProbedTable } from './probe.ts';
import type { DateTable } from './dates.ts';

export interface InferredRelationship {
  readonly from: End;
  readonly to: End;
  readonly active: boolean;
  /** What speaks for it, or why it is not active. */
  readonly evidence: string;
}

/** One that has the name for it, but not the values. */
export interface Refused {
  readonly from: End;
  readonly to: End;
  readonly evidence: string;
}

interface End {
  readonly table: ProbedTable;
  readonly column: ProbedColumn;
}

/** Pairs that are looked at: more tables than a person reviews are not joined. */
const mostPairs = 2000;

export async function relationshipsOf(probe: Probe, tables: readonly ProbedTable[], dates: readonly DateTable[]): Promise<{ readonly found: readonly InferredRelationship[]; readonly refused: readonly Refused[] }> {
  const candidates = [...candidatesBy(tables), ...dateCandidates(tables, dates)].slice(0, mostPairs);
  const missing = await probe.ask(candidates.map(({ from, to }) => {
    const [many, one] = [textOf(from), textOf(to)];
    return `COUNTROWS(FILTER(EXCEPT(VALUES(${many}), VALUES(${one})), NOT ISBLANK(${many}))) + 0`;
  }));
  const found: InferredRelationship[] = [];
  const refused: Refused[] = [];
  const taken = new Map<string, Candidate>();
  candidates.map((it, i) => ({ ...it, missing: Number(missing[i] ?? Number.NaN) })).sort((a, b) => b.score - a.score).forEach((it) => {
    const values = it.from.column.distinct - (it.from.column.blanks > 0 ? 1 : 0);
    if (Number.isNaN(it.missing)) return;
    if (it.missing > 0) {
      // Values that are nearly all there are worth a look; a name that merely looks alike is not.
      if (!it.isDate && it.missing < values) refused.push({ ...it, evidence: `${whole(it.missing)} of its ${whole(values)} values are not there` });
      return;
    }
    const key = nameKey(textOf(it.from));
    if (taken.has(key)) return;
    taken.set(key, it);
    const all = `${values === 1 ? 'its one value is' : `all ${whole(values)} values are`} among the ${whole(it.to.column.distinct)} of ${textOf(it.to)}`;
    const reason = found.some((other) => isSamePair(other, it)) ? 'another one is active between these tables'
      : closesCircle(found, it) ? 'filters would have two ways' : undefined;
    found.push({ from: it.from, to: it.to, active: reason === undefined, evidence: reason === undefined ? all : `${all}; not active: ${reason}` });
  });
  const order = (it: Refused): string => `${textOf(it.from)}\u0000${textOf(it.to)}`;
  return { found, refused: refused.filter((it) => !taken.has(nameKey(textOf(it.from)))).sort((a, b) => (order(a) < order(b) ? -1 : 1)) };
}

interface Candidate {
  readonly from: End;
  readonly to: End;
  readonly score: number;
  readonly isDate: boolean;
}

function* candidatesBy(tables: readonly ProbedTable[]): Iterable<Candidate> {
  for (const to of tables) {
    for (const key of to.columns) {
      if (!canBeKey(to, key)) continue;
      for (const from of tables) {
        if (from === to) continue;
        for (const column of from.columns) {
          if (column.type !== key.type || column.distinct - (column.blanks > 0 ? 1 : 0) < 1) continue;
          const score = foreignScore(column.name, to.name, key.name);
          const isTwin = canBeKey(from, column) && !pointsTo({ table: from, column }, { table: to, column: key }, tables);
          if (score > 0 && !isTwin) yield { from: { table: from, column }, to: { table: to, column: key }, score, isDate: false };
        }
      }
    }
  }
}

/** Of two tables with the same key the one points that it is not named for; else the one with fewer rows; of two alike the later one. */
function pointsTo(from: End, to: End, tables: readonly ProbedTable[]): boolean {
  const [own, other] = [keyScore(from.table.name, from.column.name), keyScore(to.table.name, to.column.name)];
  if (own !== other) return own < other;
  if (from.table.rowCount !== to.table.rowCount) return from.table.rowCount < to.table.rowCount;
  return tables.indexOf(from.table) > tables.indexOf(to.table);
}

function* dateCandidates(tables: readonly ProbedTable[], dates: readonly DateTable[]): Iterable<Candidate> {
  for (const { table, column } of dates) {
    for (const from of tables) {
      if (from === table || dates.some((it) => it.table === from)) continue;
      for (const it of from.columns) {
        if (it.type === 'dateTime' && it.distinct > 1) yield { from: { table: from, column: it }, to: { table, column }, score: foreignScore(it.name, table.name, column.name) + 0.5, isDate: true };
      }
    }
  }
}

const isSamePair = (a: Pick<Candidate, 'from' | 'to'>, b: Pick<Candidate, 'from' | 'to'>): boolean =>
  (a.from.table === b.from.table && a.to.table === b.to.table) || (a.from.table === b.to.table && a.to.table === b.from.table);

/** Whether a filter on some table would reach another on a second way, from the one side to the many side. */
function closesCircle(found: readonly InferredRelationship[], it: Pick<Candidate, 'from' | 'to'>): boolean {
  const active = found.filter((other) => other.active);
  const reach = (start: ProbedTable, next: (it: InferredRelationship) => readonly [ProbedTable, ProbedTable]): ReadonlySet<ProbedTable> => {
    const seen = new Set([start]);
    for (const at of seen) for (const other of active) if (next(other)[0] === at) seen.add(next(other)[1]);
    return seen;
  };
  const above = reach(it.to.table, (other) => [other.from.table, other.to.table]);
  const below = reach(it.from.table, (other) => [other.to.table, other.from.table]);
  return [...above].some((top) => [...reach(top, (other) => [other.to.table, other.from.table])].some((at) => below.has(at)));
}

const textOf = ({ table, column }: End): string => columnText({ table: table.name, column: column.name });
const whole = (it: number): string => it.toLocaleString('en-US');
