/**
 * Choices written into the text of a model file, YAML or JSON.
 *
 * Only what changes is replaced: every other character, comments and alignment included, stays as it is.
 */
import { isMap, isScalar, parseDocument, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { nameKey, type Choice, type ChoiceOption } from '../model/model.ts';
import { readModelFile } from './modelFile.ts';

export interface ChoiceChange {
  readonly name: string;
  /** `left`: it stays as it is, for `reason`. */
  readonly kind: 'new' | 'changed' | 'same' | 'left';
  readonly reason?: string;
  readonly added: readonly ChoiceOption[];
  readonly relabelled: readonly { readonly code: string; readonly from: string; readonly to: string }[];
  /** Codes newly marked as deprecated. */
  readonly deprecated: readonly string[];
  /** Codes of the file that are not among the new ones; they stay. */
  readonly kept: readonly string[];
}

export interface ChoiceEdit {
  readonly text: string;
  readonly changes: readonly ChoiceChange[];
}

/**
 * Adds choices to a model file, or brings those it has up to date. What the file says besides is kept: codes that are
 * not among the new ones, `deprecated: true`, names as written.
 *
 * @param uri tells JSON from YAML by its ending
 * @param text the file
 * @returns a refusal in words when the file cannot be edited: it is malformed, or its `choices` are no mapping
 */
export function editChoices(uri: string, text: string, choices: readonly Choice[]): ChoiceEdit | { readonly refusal: string } {
  const before = readModelFile(uri, text);
  const syntax = before.findings.find((it) => it.rule === 'model-syntax');
  if (before.raw === undefined || syntax !== undefined) return { refusal: syntax?.message ?? 'nothing of the file can be used' };
  const document = parseDocument(text, { uniqueKeys: false, merge: false, version: '1.2' });
  const root = document.contents;
  if (!isMap(root)) return { refusal: 'the file is no mapping of keys to values' };
  const ctx: Ctx = { text, json: /\.json$/i.test(uri), newline: text.includes('\r\n') ? '\r\n' : '\n', edits: [], changes: [], files: new Map(before.raw.choices.map((it) => [nameKey(it.name), it.import?.name])) };
  const held = pairOf(root, 'choices');
  const value = held?.value;
  if (held !== undefined && !isMap(value) && !isNothing(value)) return { refusal: 'choices is no mapping of names to choices' };
  const own = new Map(isMap(value) ? value.items.map((it) => [nameKey(keyText(it)), it] as const) : []);
  const fresh: Entry[] = [];
  for (const it of choices) {
    const pair = own.get(nameKey(it.name));
    if (nameKey(it.name) === 'import') ctx.changes.push({ ...unchanged(it), kind: 'left', reason: 'a choice cannot be called import' });
    else if (pair === undefined) {
      ctx.changes.push({ ...unchanged(it), kind: 'new', added: [...it.options.values()] });
      fresh.push({ key: keyOf(ctx, it.name), choice: it });
    } else updateChoice(ctx, it, pair);
  }
  if (fresh.length > 0) {
    if (isMap(value)) append(ctx, value, fresh, indentOf(ctx, value, held === undefined ? 0 : columnOf(ctx, held) + 2));
    else if (held === undefined) append(ctx, root, [{ key: keyOf(ctx, 'choices'), entries: fresh }], indentOf(ctx, root, 0));
    else fillNothing(ctx, held, fresh);
  }
  const edited = applied(ctx);
  return holds(uri, edited, choices, ctx.changes) ? { text: edited, changes: ctx.changes } : { refusal: 'the file has a form that cannot be edited; write the choices by hand' };
}

interface Ctx {
  readonly text: string;
  readonly json: boolean;
  readonly newline: string;
  readonly edits: { readonly start: number; readonly end: number; readonly newText: string }[];
  readonly changes: ChoiceChange[];
  /** The file that a choice is imported from, by name. */
  readonly files: ReadonlyMap<string, string | undefined>;
}

/** A choice, an option, or a mapping of these, that is to be written. */
type Entry = { readonly key: string } & ({ readonly choice: Choice } | { readonly option: ChoiceOption } | { readonly entries: readonly Entry[] } | { readonly value: string });
type AnyPair = Pair;

const unchanged = (it: Choice): ChoiceChange => ({ name: it.name, kind: 'same', added: [], relabelled: [], deprecated: [], kept: [] });

function updateChoice(ctx: Ctx, choice: Choice, pair: AnyPair): void {
  const file = ctx.files.get(nameKey(choice.name));
  if (file !== undefined) return void ctx.changes.push({ ...unchanged(choice), kind: 'left', reason: `it is imported from ${file}` });
  const map = pair.value;
  if (isNothing(map)) {
    ctx.changes.push({ ...unchanged(choice), kind: 'changed', added: [...choice.options.values()] });
    return fillNothing(ctx, pair, optionEntries(ctx, choice));
  }
  if (!isMap(map)) return void ctx.changes.push({ ...unchanged(choice), kind: 'left', reason: 'it is no mapping of codes to labels' });
  const own = new Map(map.items.map((it) => [codeKey(keyText(it)), it] as const));
  const added: ChoiceOption[] = [];
  const relabelled: ChoiceChange['relabelled'][number][] = [];
  const deprecated: string[] = [];
  for (const [code, option] of choice.options) {
    const at = own.get(code);
    if (at === undefined) added.push(option);
    else updateOption(ctx, code, option, at, relabelled, deprecated);
  }
  const kept = [...own.keys()].filter((it) => /^-?\d+$/.test(it) && !choice.options.has(it));
  if (added.length > 0) append(ctx, map, added.map((it): Entry => ({ key: codeText(ctx, it), option: it })), indentOf(ctx, map, columnOf(ctx, pair) + 2));
  const same = added.length + relabelled.length + deprecated.length === 0;
  ctx.changes.push({ name: choice.name, kind: same ? 'same' : 'changed', added, relabelled, deprecated, kept });
}

function updateOption(ctx: Ctx, code: string, option: ChoiceOption, pair: AnyPair, relabelled: ChoiceChange['relabelled'][number][], deprecated: string[]): void {
  const { value } = pair;
  const label = isMap(value) ? pairOf(value, 'label')?.value : value;
  if (!isScalar(label)) return;
  const from = String(label.value);
  const marked = isMap(value) && isTrue(pairOf(value, 'deprecated')?.value);
  const marks = option.deprecated && !marked;
  if (from !== option.label) relabelled.push({ code, from, to: option.label });
  if (marks) deprecated.push(code);
  if (!isMap(value)) {
    if (marks) replace(ctx, label, optionText(ctx, option));
    else if (from !== option.label) replace(ctx, label, scalarText(ctx, option.label));
    return;
  }
  if (from !== option.label) replace(ctx, label, scalarText(ctx, option.label));
  if (!marks) return;
  const written = pairOf(value, 'deprecated')?.value;
  if (isScalar(written)) replace(ctx, written, 'true');
  else append(ctx, value, [{ key: keyOf(ctx, 'deprecated'), value: 'true' }], indentOf(ctx, value, columnOf(ctx, pair) + 2));
}

/** Puts entries behind the last one of a mapping, in the form that it has. */
function append(ctx: Ctx, map: YAMLMap, entries: readonly Entry[], indent: number): void {
  const last = map.items.at(-1);
  if (map.flow === true) {
    const end = last === undefined ? (map.range?.[0] ?? 0) + 1 : endOf(last);
    const lines = last === undefined ? false : ctx.text.slice(lineStart(ctx.text, startOf(last)), startOf(last)).trim() === '';
    const joint = lines ? `,${ctx.newline}${' '.repeat(indent)}` : ', ';
    const written = entries.map((it) => flowText(ctx, it)).join(joint);
    const blank = last === undefined && !/^\s/.test(ctx.text.slice(end)) ? ' ' : '';
    insert(ctx, end, last === undefined ? `${blank}${written}${blank}` : `${joint}${written}`);
    return;
  }
  if (last === undefined) return;
  const at = nextLine(ctx.text, Math.max(endOf(last) - 1, 0));
  insert(ctx, at, `${at === ctx.text.length && !ctx.text.endsWith('\n') ? ctx.newline : ''}${entries.map((it) => blockText(ctx, it, indent)).join('')}`);
}

/** Entries under a key that has no value yet. */
function fillNothing(ctx: Ctx, pair: AnyPair, entries: readonly Entry[]): void {
  if (ctx.json) {
    const value = pair.value as Scalar | null;
    if (value !== null) replace(ctx, value, `{ ${entries.map((it) => flowText(ctx, it)).join(', ')} }`);
    return;
  }
  const at = nextLine(ctx.text, Math.max(endOf(pair) - 1, startOf(pair)));
  const value = pair.value as Scalar | null;
  // A written `null` or `~` has to go.
  if (value?.range != null && value.range[1] > value.range[0]) ctx.edits.push({ start: value.range[0], end: value.range[1], newText: '' });
  const indent = columnOf(ctx, pair) + 2;
  insert(ctx, at, `${at === ctx.text.length && !ctx.text.endsWith('\n') ? ctx.newline : ''}${entries.map((it) => blockText(ctx, it, indent)).join('')}`);
}

const optionEntries = (ctx: Ctx, it: Choice): readonly Entry[] => [
  ...(it.partial === true ? [{ key: keyOf(ctx, 'partial'), value: 'true' }] : []),
  ...[...it.options.values()].map((option): Entry => ({ key: codeText(ctx, option), option })),
];

const entriesOf = (ctx: Ctx, it: Entry): readonly Entry[] | undefined => ('choice' in it ? optionEntries(ctx, it.choice) : 'entries' in it ? it.entries : undefined);

function blockText(ctx: Ctx, it: Entry, indent: number): string {
  const inner = entriesOf(ctx, it);
  const head = `${' '.repeat(indent)}${it.key}:`;
  if (inner === undefined) return `${head} ${'option' in it ? optionText(ctx, it.option) : 'value' in it ? it.value : ''}${ctx.newline}`;
  return inner.length === 0 ? `${head} {}${ctx.newline}` : `${head}${ctx.newline}${inner.map((one) => blockText(ctx, one, indent + 2)).join('')}`;
}

function flowText(ctx: Ctx, it: Entry): string {
  const inner = entriesOf(ctx, it);
  if (inner === undefined) return `${it.key}: ${'option' in it ? optionText(ctx, it.option) : 'value' in it ? it.value : ''}`;
  return `${it.key}: ${inner.length === 0 ? '{}' : `{ ${inner.map((one) => flowText(ctx, one)).join(', ')} }`}`;
}

const optionText = (ctx: Ctx, it: ChoiceOption): string =>
  it.deprecated ? `{ ${keyOf(ctx, 'label')}: ${scalarText(ctx, it.label)}, ${keyOf(ctx, 'deprecated')}: true }` : scalarText(ctx, it.label);

const codeText = (ctx: Ctx, it: ChoiceOption): string => (ctx.json ? `"${it.value}"` : String(it.value));

const keyOf = (ctx: Ctx, name: string): string => (!ctx.json && /^[A-Za-z][A-Za-z0-9_]*$/.test(name) && !/^(?:true|false|null)$/i.test(name) ? name : quoted(name));

/** Plain where no sign or word in it means something to YAML. */
const scalarText = (ctx: Ctx, text: string): string =>
  !ctx.json && /^\p{L}(?:[\p{L}\p{N} _().&'/+-]*[\p{L}\p{N})])?$/u.test(text) && !/^(?:true|false|null|yes|no|on|off)$/i.test(text) ? text : quoted(text);

/** JSON's quotes are those of YAML, but for some line breaks that YAML knows besides. */
const quoted = (text: string): string =>
  JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, '0')}`);

const pairOf = (map: YAMLMap, key: string): AnyPair | undefined => map.items.find((it) => keyText(it) === key);
const keyText = (it: AnyPair): string => (isScalar(it.key) ? (it.key.source ?? String(it.key.value)) : '');
const codeKey = (text: string): string => (/^-?\d{1,15}$/.test(text) ? String(Number(text)) : text);
const isNothing = (it: unknown): boolean => it === null || it === undefined || (isScalar(it) && it.value === null);
const isTrue = (it: unknown): boolean => isScalar(it) && it.value === true;

type Ranged = { readonly range?: readonly [number, number, number] | null };
const startOf = (it: AnyPair): number => (it.key as Ranged | null)?.range?.[0] ?? 0;

/** Where the last thing of an entry ends, without the comments behind it. */
function endOf(it: AnyPair): number {
  const { value } = it;
  if (isMap(value) && value.flow !== true) {
    const last = value.items.at(-1) as AnyPair | undefined;
    if (last !== undefined) return endOf(last);
  }
  return (value as Ranged | null)?.range?.[1] ?? (it.key as Ranged | null)?.range?.[1] ?? 0;
}

const lineStart = (text: string, at: number): number => Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1;

function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

const columnOf = (ctx: Ctx, it: AnyPair): number => {
  const start = lineStart(ctx.text, startOf(it));
  return /^[ \t]*/.exec(ctx.text.slice(start, startOf(it)))?.[0].length ?? 0;
};

/** The indentation of a mapping's entries. */
function indentOf(ctx: Ctx, map: YAMLMap, otherwise: number): number {
  const last = map.items.at(-1);
  return last === undefined ? otherwise : columnOf(ctx, last);
}

function replace(ctx: Ctx, node: Scalar, newText: string): void {
  const [start, end] = node.range ?? [0, 0, 0];
  // A text in lines of its own ends with its line break.
  const isBlock = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
  ctx.edits.push({ start, end, newText: isBlock ? newText + ctx.newline : newText });
}

const insert = (ctx: Ctx, at: number, newText: string): void => void ctx.edits.push({ start: at, end: at, newText });

function applied(ctx: Ctx): string {
  const parts: string[] = [];
  let from = 0;
  for (const it of ctx.edits.map((edit, i) => ({ edit, i })).sort((a, b) => a.edit.start - b.edit.start || a.i - b.i)) {
    parts.push(ctx.text.slice(from, it.edit.start), it.edit.newText);
    from = Math.max(from, it.edit.end);
  }
  return parts.join('') + ctx.text.slice(from);
}

/** Whether a file says what was to be written, and nothing else of it broke. */
function holds(uri: string, text: string, choices: readonly Choice[], changes: readonly ChoiceChange[]): boolean {
  const { raw, findings } = readModelFile(uri, text);
  if (raw === undefined || findings.some((it) => it.rule === 'model-syntax')) return false;
  const own = new Map(raw.choices.map((it) => [nameKey(it.name), new Map(it.options.map((option) => [option.code, option]))] as const));
  const left = new Set(changes.filter((it) => it.kind === 'left').map((it) => nameKey(it.name)));
  return choices.every((wanted) => {
    if (left.has(nameKey(wanted.name))) return true;
    const found = own.get(nameKey(wanted.name));
    return [...wanted.options].every(([code, option]) => found?.get(code)?.label === option.label && (!option.deprecated || found.get(code)?.deprecated === true));
  });
}
