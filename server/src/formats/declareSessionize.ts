/** `sessionize:` of a model file → the rules with their places. What is missing or contradicts itself is reported; the rest is kept. */
import type { Finding } from '../findings/finding.ts';
import { finding } from '../findings/registry.ts';
import { readDuration } from '../model/duration.ts';
import { nameKey, type DaxText, type Place } from '../model/model.ts';
import { sessionFacts, sessionFolds, type PlacedName, type SessionColumn, type SessionFact, type Sessionize } from '../model/sessionize.ts';
import type { SessionizeData } from '../model/sessionizeSchema.ts';
import { daxTextOf } from './located/daxText.ts';
import { entryOf, firstSpan, type LocatedEntry, type LocatedNode } from './located/node.ts';

/** From so many on, findings of a file are no longer told one by one. */
const manyFindings = 100;

interface Ctx {
  readonly uri: string;
  readonly text: string;
  readonly table: string;
  readonly entry: LocatedEntry;
  readonly data: SessionizeData;
  /** What was found in the file already. */
  readonly refused: readonly Finding[];
  report(it: Finding): void;
}

/**
 * Reads the rules of a table of sessions.
 *
 * @param entry the key `sessionize` with its value
 * @param report takes the findings, in offsets of the file's text
 * @param refused what was found in the file already: rules of which a part was refused cut nothing
 */
export function declareSessionize(table: string, entry: LocatedEntry, data: SessionizeData, file: { readonly uri: string; readonly text: string }, refused: readonly Finding[], report: (it: Finding) => void): Sessionize {
  let isFaulty = isRefused(refused, entry);
  const ctx: Ctx = {
    uri: file.uri, text: file.text, table, entry, data, refused,
    report(it) {
      isFaulty = true;
      report(it);
    },
  };
  const from = namesAt(ctx, 'from')[0];
  const order = namesAt(ctx, 'order');
  const partition = namesAt(ctx, 'partition');
  const startWhen = daxAt(ctx, entry.value, 'startWhen');
  const user = daxAt(ctx, entry.value, 'user');
  const columns = columnsOf(ctx, partition);
  checkNeeds(ctx);
  return {
    isFaulty, from, partition, order, startWhen, user,
    endWhen: daxAt(ctx, entry.value, 'endWhen'),
    preamble: data.preamble ?? 'ignore',
    idle: milliseconds(data.idle),
    idleFrom: data.idleFrom ?? 'any',
    maxLength: milliseconds(data.maxLength),
    maxTurns: user === undefined ? undefined : data.maxTurns,
    afterCut: data.afterCut ?? 'message',
    whenBoth: data.whenBoth ?? 'idle',
    columns,
  };
}

const milliseconds = (it: string | number | undefined): number | undefined => (typeof it === 'string' ? readDuration(it) : undefined);

const placeAt = (ctx: Ctx, node: LocatedNode): Place => ({ uri: ctx.uri, span: firstSpan(node) });

/** A name or a list of names. */
function namesAt(ctx: Ctx, key: string): readonly PlacedName[] {
  const value = entryOf(ctx.entry.value, key)?.value;
  const nodes = value?.kind === 'list' ? value.items : value === undefined ? [] : [value];
  return nodes.flatMap((it) => (it.kind === 'scalar' && it.value !== null ? [{ name: String(it.value), place: placeAt(ctx, it) }] : []));
}

function daxAt(ctx: Ctx, node: LocatedNode, key: string): DaxText | undefined {
  const value = entryOf(node, key)?.value;
  return value?.kind === 'scalar' ? daxTextOf(value, ctx.text, ctx.uri) : undefined;
}

/** Whether a finding stands in an entry. */
/** Whether a part of an entry's value was refused; where too much was found, nobody knows. */
export const isRefused = (refused: readonly Finding[], entry: LocatedEntry): boolean => refused.length >= manyFindings || refused.some((it) => isIn(it, entry));

const isIn = ({ span }: Finding, { keySpan, value }: LocatedEntry): boolean => span.start >= keySpan.start && span.end <= value.span.end;

/** Keys without which others say nothing. */
function checkNeeds(ctx: Ctx): void {
  // What was refused is not there any more: its absence is no fault of its own.
  if (ctx.refused.some((it) => it.rule === 'model-invalid-value' && isIn(it, ctx.entry))) return;
  const has = (key: string): boolean => entryOf(ctx.entry.value, key) !== undefined;
  const at = `sessionize of table ${ctx.table}`;
  for (const key of ['from', 'order']) if (namesAt(ctx, key).length === 0) ctx.report(finding('model-missing-key', { key, at }, ctx.entry.keySpan));
  const needs = (key: string, isSaid: boolean, needed: readonly string[]): void => {
    const own = entryOf(ctx.entry.value, key);
    if (own === undefined || !isSaid || needed.some(has)) return;
    ctx.report(finding('model-missing-key', { key: needed.join(' or '), at: `${key} in ${at}` }, own.keySpan));
  };
  const { data } = ctx;
  needs('maxTurns', data.maxTurns !== undefined, ['user']);
  needs('idleFrom', data.idleFrom === 'user', ['user']);
  needs('idleFrom', data.idleFrom !== undefined, ['idle']);
  needs('preamble', data.preamble === 'attach', ['startWhen']);
  needs('afterCut', data.afterCut !== undefined, ['maxLength', 'maxTurns']);
  needs('whenBoth', data.whenBoth !== undefined, ['idle']);
  needs('whenBoth', data.whenBoth !== undefined, ['maxLength']);
}

/** The partition, what every session tells, and what the file asks for; a fact that it names has no other column. */
function columnsOf(ctx: Ctx, partition: readonly PlacedName[]): readonly SessionColumn[] {
  const own = entryOf(ctx.entry.value, 'columns')?.value;
  const entries = own?.kind === 'map' ? own.entries : [];
  const named = new Map<SessionFact, LocatedEntry>();
  const folds: SessionColumn[] = [];
  for (const it of entries) {
    const fact = it.value.kind === 'scalar' ? factNamed(String(it.value.value)) : undefined;
    if (fact !== undefined && !named.has(fact)) named.set(fact, it);
    else if (fact !== undefined) refuse(ctx, it, `a fact of the sessions that no other column holds`, `${fact}, as ${named.get(fact)?.key ?? ''} is`);
    else {
      const fold = foldOf(ctx, it);
      if (fold !== undefined) folds.push(fold);
    }
  }
  const place: Place = { uri: ctx.uri, span: ctx.entry.keySpan };
  const all: SessionColumn[] = partition.map((column) => ({ kind: 'partition', name: column.name, place: column.place, column }));
  for (const fact of Object.keys(sessionFacts) as SessionFact[]) {
    const said = named.get(fact);
    // Without a word on who is the user nobody knows the turns.
    if (said === undefined && fact === 'turns' && ctx.data.user === undefined) continue;
    if (said !== undefined && fact === 'turns' && ctx.data.user === undefined) {
      ctx.report(finding('model-missing-key', { key: 'user', at: `turns in sessionize of table ${ctx.table}` }, firstSpan(said.value)));
    }
    all.push({ kind: 'fact', name: said?.key ?? sessionFacts[fact], place: said === undefined ? place : { uri: ctx.uri, span: said.keySpan }, fact, isNamed: said !== undefined });
  }
  return unique(ctx, [...all, ...folds]);
}

const factNamed = (text: string): SessionFact | undefined => (Object.hasOwn(sessionFacts, text) ? (text as SessionFact) : undefined);

/** `{ last: Message[Topic] }`: exactly one way, with its expression. */
function foldOf(ctx: Ctx, it: LocatedEntry): SessionColumn | undefined {
  const ways = sessionFolds.filter((fold) => entryOf(it.value, fold) !== undefined);
  const [fold] = ways;
  const expression = fold === undefined ? undefined : daxAt(ctx, it.value, fold);
  if (fold === undefined || expression === undefined || ways.length > 1) {
    if (!ctx.refused.some((other) => isIn(other, it))) refuse(ctx, it, `one of ${sessionFolds.slice(0, -1).join(', ')} or ${String(sessionFolds.at(-1))} with an expression`, ways.length > 1 ? ways.join(' and ') : 'none');
    if (fold === undefined || expression === undefined) return undefined;
  }
  return { kind: 'fold', name: it.key, place: { uri: ctx.uri, span: it.keySpan }, fold, expression };
}

function refuse(ctx: Ctx, it: LocatedEntry, expected: string, found: string): void {
  ctx.report(finding('model-invalid-value', { at: `${it.key} of columns of sessionize of table ${ctx.table}`, expected, found }, firstSpan(it.value)));
}

/** Columns without those whose name an earlier one has, in any case. */
function unique(ctx: Ctx, columns: readonly SessionColumn[]): readonly SessionColumn[] {
  const seen = new Map<string, SessionColumn>();
  for (const it of columns) {
    const first = seen.get(nameKey(it.name));
    if (first === undefined) seen.set(nameKey(it.name), it);
    else {
      // Of two columns that nobody named here the later place says nothing: where the file names one, it is shown there.
      const shown = it.place.span === ctx.entry.keySpan ? first : it;
      ctx.report(finding('model-duplicate-name', { what: 'column', name: `${ctx.table}[${it.name}]` }, shown.place.span));
    }
  }
  return [...seen.values()];
}
