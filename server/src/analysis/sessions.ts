/** Tables of sessions: the texts that their rules consist of, and the types of their columns. */
import { nameKey, type DaxText, type Table } from '../model/model.ts';
import { certainType, type PlacedName, type SessionColumn, type Sessionize } from '../model/sessionize.ts';
import { columnType, findModelColumn, type Names } from './scope.ts';
import type { ScalarType } from './shapes.ts';

/** The rules of a table of sessions; undefined for other tables. */
export const sessionsOf = ({ source }: Table): Sessionize | undefined => (source.kind === 'sessionize' ? source.sessions : undefined);

/** All DAX of the rules, each with the key that holds it. */
export const textsOfSessions = (it: Sessionize): readonly { readonly key: string; readonly dax: DaxText }[] => [
  ...[['startWhen', it.startWhen], ['user', it.user], ['endWhen', it.endWhen]] as const,
  ...it.columns.flatMap((column) => (column.kind === 'fold' ? [[column.name, column.expression] as const] : [])),
].flatMap(([key, dax]) => (dax === undefined ? [] : [{ key, dax }]));

/** The columns of the log that the rules name. */
export const columnsOfLog = (it: Sessionize): readonly PlacedName[] => [...it.partition, ...it.order];

/** @param typeOfText type of an expression on a row of the log */
export function typeOfSessionColumn(it: SessionColumn, sessions: Sessionize, names: Names, typeOfText: (dax: DaxText) => ScalarType): ScalarType {
  const type = certainType(it);
  if (type !== undefined) return type;
  if (it.kind === 'fold') return typeOfText(it.expression);
  if (it.kind === 'fact') return 'unknown';
  const found = sessions.from === undefined ? undefined : findModelColumn(names, { table: sessions.from.name, column: it.column.name });
  return found === undefined ? 'unknown' : columnType(names, found.table, found.column);
}

/** Whether a column is one that the rules make; declared columns besides are calculated, or a mistake. */
export const isMadeBySessions = (sessions: Sessionize, column: string): boolean => sessions.columns.some((it) => nameKey(it.name) === nameKey(column));
