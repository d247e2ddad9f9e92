/** The rules that cut a log into sessions, as the engine's plan. */
import { parseExpression } from '../../../../grammar/src/index.ts';
import { finding } from '../../findings/registry.ts';
import { nameKey, type DaxText, type Place, type Table } from '../../model/model.ts';
import type { PlacedName, SessionFold, Sessionize } from '../../model/sessionize.ts';
import type { RowExpression, SessionColumnRule, SessionRules } from '../../plan/database.ts';
import type { Reason } from '../../plan/values.ts';
import { closest } from '../../base/closest.ts';
import { spanToDocument } from '../../base/offsetMap.ts';
import { columnExpressionType } from '../complete.ts';
import { columnType, findTable, type Names } from '../scope.ts';
import type { ScalarType } from '../shapes.ts';
import { familyOf, typeWord } from '../types.ts';
import { noName } from './context.ts';
import type { DatabaseFinding } from './database.ts';

/** What lowering of a database lends. */
export interface SessionWork {
  readonly names: Names;
  /** An expression on a row of a table. */
  lower(dax: DaxText, table: Table): RowExpression;
  report(it: DatabaseFinding): void;
}

/** @returns the rules, or why no session can be cut; what is wrong with them is reported at its place */
export function lowerSessions(table: Table, sessions: Sessionize, work: SessionWork): SessionRules | Reason {
  const { from } = sessions;
  const incomplete: Reason = { id: 'data-fault', table: table.name, detail: 'its rules are faulty' };
  if (from === undefined) return incomplete;
  const log = findTable(work.names, from.name);
  if (log === undefined) return noName(from.name);
  const at = (key: string): string => `${key} in sessionize of table ${table.name}`;
  const partition = sessions.partition.map((it) => columnOf(it, log, work));
  const order = sessions.order.map((it) => columnOf(it, log, work));
  let isSound = !sessions.isFaulty && [...partition, ...order].every((it) => it !== undefined) && order.length > 0;
  const wrong = (place: Place, what: string, expected: string, found: string): void => {
    isSound = false;
    work.report({ ...finding('model-invalid-value', { at: at(what), expected, found }, place.span), uri: place.uri });
  };
  const [time] = sessions.order;
  const timeColumn = time === undefined ? undefined : log.columns.get(nameKey(time.name));
  const timeType = timeColumn === undefined ? 'unknown' : columnType(work.names, log, timeColumn);
  if (time !== undefined && isKnown(timeType) && timeType !== 'dateTime') wrong(time.place, 'order', 'a dateTime column first', `${time.name}, which is ${timeType}`);
  const condition = (key: string, dax: DaxText | undefined): RowExpression | undefined => {
    if (dax === undefined) return undefined;
    const type = typeOf(dax, log, work);
    if (type === 'string' || type === 'dateTime') wrong(placeOf(dax), key, 'a condition, TRUE or FALSE', typeWord(type));
    return work.lower(dax, log);
  };
  const rules: SessionRules = {
    from: log.name,
    partition: partition.map((it) => it ?? ''),
    order: order.map((it) => it ?? ''),
    startWhen: condition('startWhen', sessions.startWhen),
    endWhen: condition('endWhen', sessions.endWhen),
    user: condition('user', sessions.user),
    preamble: sessions.preamble,
    idle: sessions.idle,
    idleFrom: sessions.idleFrom,
    maxLength: sessions.maxLength,
    maxTurns: sessions.maxTurns,
    afterCut: sessions.afterCut,
    whenBoth: sessions.whenBoth,
    columns: sessions.columns.map((it): SessionColumnRule => {
      if (it.kind === 'partition') return { kind: 'partition', name: it.name, column: log.columns.get(nameKey(it.column.name))?.name ?? it.column.name };
      if (it.kind === 'fact') return { kind: 'fact', name: it.name, fact: it.fact };
      const type = typeOf(it.expression, log, work);
      const wanted = wantedBy(it.fold);
      if (isKnown(type) && wanted !== undefined && !wanted.of(type)) wrong(placeOf(it.expression), `${it.fold} of ${it.name}`, wanted.words, typeWord(type));
      return { kind: 'fold', name: it.name, fold: it.fold, value: work.lower(it.expression, log) };
    }),
  };
  return isSound ? rules : incomplete;
}

const isKnown = (type: ScalarType): boolean => type !== 'unknown' && type !== 'variant' && type !== 'blank';

const isNumber = (type: ScalarType): boolean => familyOf(type) === 'number' && type !== 'dateTime';

function wantedBy(fold: SessionFold): { readonly words: string; of(type: ScalarType): boolean } | undefined {
  if (fold === 'sum') return { words: 'a number', of: isNumber };
  if (fold === 'any') return { words: 'a condition, TRUE or FALSE', of: (type) => type === 'boolean' || isNumber(type) };
  return undefined;
}

const typeOf = (dax: DaxText, log: Table, { names }: SessionWork): ScalarType =>
  (parseExpression(dax.text).problems.length > 0 ? 'unknown' : columnExpressionType(dax, log.name, names));

const placeOf = (dax: DaxText): Place => ({ uri: dax.uri, span: spanToDocument(dax.map, { start: 0, end: dax.text.length }) });

/** The column's name as the log has it. */
function columnOf(it: PlacedName, log: Table, work: SessionWork): string | undefined {
  const found = log.columns.get(nameKey(it.name));
  if (found !== undefined) return found.name;
  const suggestion = closest(it.name, [...log.columns.values()].map((column) => column.name));
  work.report({ ...finding('model-unknown-reference', {
    what: `column in ${log.name} named`, name: it.name, ...(suggestion === undefined ? {} : { suggestion }),
  }, it.place.span), uri: it.place.uri });
  return undefined;
}
