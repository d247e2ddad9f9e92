/** What completion knows about the place of the cursor: the reading, the text before it, and what is expected there. */
import { functionNamed } from '../../functions/index.ts';
import type { FunctionSpec, ParameterSpec } from '../../functions/spec.ts';
import { nameKey, type Column, type Table } from '../../model/model.ts';
import type { Reading, Spot } from '../../workspace/types.ts';
import type { Cursor, CursorToken, OpenBracket } from '../cursor.ts';
import { callOpeningAt } from '../calls.ts';
import { parameterOf } from '../parameters.ts';
import type { Statement } from '../statement.ts';

export interface CompletionContext {
  readonly spot: Spot;
  readonly reading: Reading;
  /** Offsets in the region's text. */
  readonly cursor: Cursor;
  readonly statement: Statement;
  /** The region's text; in a doc tag without the marks of its lines. */
  readonly text: string;
  /** What stands outside brackets, between commas, where that is no expression. */
  readonly outermost?: 'filter';
}

export interface ColumnAt {
  readonly table: Table;
  readonly column: Column;
}

/** A column whose values are expected, and the literals that the list or SWITCH at the cursor has already, as written. */
export interface ExpectedColumn extends ColumnAt {
  readonly used: ReadonlySet<string>;
}

/** The call whose arguments the cursor stands in, brackets that only group looked through. */
export function enclosingCall(cursor: Cursor): { readonly spec: FunctionSpec; readonly bracket: OpenBracket } | undefined {
  for (const bracket of [...cursor.open].reverse()) {
    if (bracket.sign === '{') return undefined;
    if (bracket.name === undefined) continue;
    const spec = functionNamed(bracket.name);
    return spec === undefined ? undefined : { spec, bracket };
  }
  return undefined;
}

/** The parameter whose argument is being typed. */
export function parameterAt({ cursor, spot }: Pick<CompletionContext, 'cursor' | 'spot'>): ParameterSpec | undefined {
  const call = enclosingCall(cursor);
  if (call === undefined) return undefined;
  const { start, item } = spot.segment.segment;
  const args = callOpeningAt(item, (cursor.tokens[call.bracket.token]?.start ?? 0) - start)?.args ?? [];
  // What is begun at the cursor says nothing yet about what its place is for.
  return parameterOf(call.spec, args.map((it, i) => (i === call.bracket.commas ? undefined : it)), call.bracket.commas).parameter;
}

/** Whether nothing of the argument stands before the word at the cursor. */
export function beginsArgument({ tokens }: Cursor): boolean {
  const last = tokens.at(-1);
  return last?.kind === 'sign' && (last.text === '(' || last.text === ',' || last.text === '{');
}

/** The column whose values are expected: `T[c] =`, `T[c] IN {`, `SWITCH(T[c],`, `LOOKUPVALUE(r, T[c],`. */
export function expectedColumn(ctx: CompletionContext): ExpectedColumn | undefined {
  const found = columnAsked(ctx);
  return found === undefined ? undefined : { ...found, used: usedBefore(ctx.cursor) };
}

function columnAsked(ctx: CompletionContext): ColumnAt | undefined {
  const { tokens, open } = ctx.cursor;
  const last = tokens.at(-1);
  if (isComparison(last)) return columnEndingAt(ctx, tokens.length - 2);
  const bracket = open.at(-1);
  if (bracket === undefined || last?.kind !== 'sign' || !['{', '(', ','].includes(last.text)) return undefined;
  if (bracket.sign === '{') {
    const isIn = /^in$/i.test(tokens[bracket.token - 1]?.text ?? '');
    return isIn ? columnEndingAt(ctx, bracket.token - 2) : undefined;
  }
  const name = bracket.name?.toUpperCase();
  if (name === 'SWITCH' && bracket.commas % 2 === 1) return onlyColumnOf(ctx, bracket.token + 1);
  if (name === 'LOOKUPVALUE' && bracket.commas >= 2 && bracket.commas % 2 === 0) return columnEndingAt(ctx, tokens.length - 2);
  return undefined;
}

const isComparison = (it: CursorToken | undefined): boolean => it?.kind === 'sign' && ['=', '==', '<>'].includes(it.text);

/** Literals that stand as a whole item of the list, or as a case of the SWITCH, that is open at the cursor. */
function usedBefore({ tokens, open }: Cursor): ReadonlySet<string> {
  const used = new Set<string>();
  const bracket = open.at(-1);
  const isSwitch = bracket?.name?.toUpperCase() === 'SWITCH';
  if (bracket === undefined || isComparison(tokens.at(-1)) || !(bracket.sign === '{' || isSwitch)) return used;
  let depth = 0;
  let commas = 0;
  for (let i = bracket.token + 1; i < tokens.length; i++) {
    const it = tokens[i];
    const isWhole = depth === 0 && tokens[i + 1]?.text === ',' && (!isSwitch || commas % 2 === 1);
    if (it === undefined) continue;
    if (it.kind !== 'sign') {
      if (isWhole) used.add(it.text);
    } else if (it.text === '(' || it.text === '{') depth++;
    else if (it.text === ')' || it.text === '}') depth--;
    else if (it.text === ',' && depth === 0) commas++;
  }
  return used;
}

/** The column reference whose bracketed name is the token at `index`. */
export function columnEndingAt(ctx: CompletionContext, index: number): ColumnAt | undefined {
  const { tokens } = ctx.cursor;
  const token = tokens[index];
  if (token?.kind !== 'column') return undefined;
  const from = ctx.spot.segment.segment.start;
  const bound = ctx.reading.bound.references.find((it) => it.span.start + from === token.start && it.target.kind === 'column');
  if (bound?.target.kind === 'column') return bound.target;
  const table = tableNamed(ctx, tableBefore(tokens, index));
  const column = table?.columns.get(nameKey(token.text.slice(1, -1).replaceAll(']]', ']')));
  return table === undefined || column === undefined ? undefined : { table, column };
}

/** The name of a table that stands directly before the token or place that begins at `start`. */
export function tableBefore(tokens: readonly CursorToken[], index: number, start = tokens[index]?.start): string | undefined {
  const it = tokens[index - 1];
  if (it === undefined || it.end !== start) return undefined;
  if (it.kind === 'table') return it.text.slice(1, -1).replaceAll("''", "'");
  return it.kind === 'word' ? it.text : undefined;
}

export function tableNamed(ctx: CompletionContext, name: string | undefined): Table | undefined {
  return name === undefined ? undefined : ctx.reading.model?.model.tables.get(nameKey(name));
}

/** The column of a first argument that holds one column reference: `SWITCH(T[c], ` or `SWITCH(SELECTEDVALUE(T[c]), `. */
function onlyColumnOf(ctx: CompletionContext, from: number): ColumnAt | undefined {
  const { tokens } = ctx.cursor;
  let depth = 0;
  let found: number | undefined;
  for (let i = from; i < tokens.length; i++) {
    const it = tokens[i];
    if (it?.kind === 'sign') {
      if (it.text === '(') depth++;
      else if (it.text === ')') depth--;
      else if (it.text === ',' && depth === 0) break;
    } else if (it?.kind === 'column') {
      if (found !== undefined) return undefined;
      found = i;
    }
  }
  return found === undefined ? undefined : columnEndingAt(ctx, found);
}
