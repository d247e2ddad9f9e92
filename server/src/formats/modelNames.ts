/** The names that a model file writes: of its tables, columns and options, and of those and of metrics that it refers to. */
import { spanToDocument } from '../base/offsetMap.ts';
import type { Span } from '../base/spans.ts';
import { bracketOf, columnNameOf } from './declare.ts';
import { daxTextOf } from './located/daxText.ts';
import { entryOf, type LocatedEntry, type LocatedNode, type LocatedScalar, type ScalarStyle } from './located/node.ts';
import { parseByName } from './modelFile.ts';
import { writtenStart } from './scalarText.ts';

export interface ModelName {
  readonly what: 'table' | 'column' | 'metric' | 'option';
  /** Of a column. */
  readonly table: string;
  readonly name: string;
  /** The name; where it stands in `Table[Column]`, its part of that. */
  readonly span: Span;
  readonly isDefinition: boolean;
  readonly scalar: NameScalar;
}

/** The key or value that holds a name. */
export interface NameScalar {
  /** Quotes included. */
  readonly span: Span;
  readonly style: ScalarStyle;
  /** Whether it is the name itself, or a column as `Table[Column]`. */
  readonly holds: 'name' | 'column';
  readonly value: string;
}

interface ModelNames {
  readonly names: readonly ModelName[];
  /** Something of the file cannot be read, so there may be names besides. */
  readonly isBroken: boolean;
}

const known = new WeakMap<object, ModelNames>();

/**
 * All names of a model file, in order of kind.
 *
 * @param owner the names are kept as long as this is
 */
export function namesInModelFile(owner: object, uri: string, text: string): ModelNames {
  let found = known.get(owner);
  if (found === undefined) known.set(owner, (found = read(uri, text)));
  return found;
}

type Add = (it: Omit<ModelName, 'scalar' | 'span'>, scalar: NameScalar, span?: Span) => void;

function read(uri: string, text: string): ModelNames {
  const { root, problems } = parseByName(uri, text);
  const found: ModelName[] = [];
  const seen = new Set<string>();
  const add: Add = (it, scalar, span = scalar.span) => {
    // What an alias repeats is written once.
    const key = `${String(span.start)} ${it.what}`;
    if (seen.has(key)) return;
    seen.add(key);
    found.push({ ...it, span, scalar });
  };
  for (const it of entriesOf(child(root, 'tables'))) tableNames(it, text, add);
  for (const it of entriesOf(child(root, 'calculationGroups'))) {
    add({ what: 'table', table: it.key, name: it.key, isDefinition: true }, keyOf(it, text));
    valueName(child(it.value, 'column'), 'column', it.key, add);
  }
  for (const it of itemsOf(child(root, 'relationships'))) {
    for (const side of ['from', 'to']) columnNames(child(it, side), uri, text, add);
  }
  for (const choice of entriesOf(child(root, 'choices'))) {
    for (const it of entriesOf(choice.value)) {
      if (/^-?\d+$/.test(it.key)) add({ what: 'option', table: choice.key, name: String(Number(it.key)), isDefinition: true }, keyOf(it, text));
    }
  }
  for (const it of itemsOf(child(root, 'public'))) valueName(it, 'metric', '', add);
  valueName(child(root, 'home'), 'table', '', add);
  return { names: found, isBroken: problems.some((it) => it.kind === 'syntax') };
}

function tableNames(entry: LocatedEntry, text: string, add: Add): void {
  const table = entry.key;
  add({ what: 'table', table, name: table, isDefinition: true }, keyOf(entry, text));
  for (const it of entriesOf(child(entry.value, 'columns'))) {
    add({ what: 'column', table, name: it.key, isDefinition: true }, keyOf(it, text));
    valueName(child(it.value, 'sortBy'), 'column', table, add);
    valueName(child(it.value, 'sessionOf'), 'table', '', add);
    for (const key of ['after', 'of']) valueName(child(child(it.value, 'generate'), key), 'column', table, add);
  }
  valueName(child(entry.value, 'dateTable'), 'column', table, add);
  const rules = child(entry.value, 'sessionize');
  for (const it of entriesOf(child(rules, 'columns'))) add({ what: 'column', table, name: it.key, isDefinition: true }, keyOf(it, text));
  const log = child(rules, 'from');
  valueName(log, 'table', '', add);
  for (const key of isText(log) ? ['partition', 'order'] : []) {
    const names = child(rules, key);
    for (const it of names?.kind === 'list' ? names.items : [names]) valueName(it, 'column', isText(log) ? String(log.value) : '', add);
  }
  for (const row of itemsOf(child(entry.value, 'rows'))) {
    for (const it of entriesOf(row)) add({ what: 'column', table, name: it.key, isDefinition: false }, keyOf(it, text));
  }
}

const child = (node: LocatedNode | undefined, key: string): LocatedNode | undefined => entryOf(node, key)?.value;
const entriesOf = (node: LocatedNode | undefined): readonly LocatedEntry[] => (node?.kind === 'map' ? node.entries : []);
const itemsOf = (node: LocatedNode | undefined): readonly LocatedNode[] => (node?.kind === 'list' ? node.items : []);

function keyOf({ key, keySpan }: LocatedEntry, text: string): NameScalar {
  const sign = text.charAt(keySpan.start);
  return { span: keySpan, style: sign === '"' ? 'double' : sign === "'" ? 'single' : 'plain', holds: 'name', value: key };
}

const isText = (node: LocatedNode | undefined): node is LocatedScalar => node?.kind === 'scalar' && node.value !== null;

function valueName(node: LocatedNode | undefined, what: ModelName['what'], table: string, add: Add): void {
  if (!isText(node)) return;
  const value = String(node.value);
  add({ what, table, name: value, isDefinition: false }, { span: node.span, style: node.style, holds: 'name', value });
}

/** `Table[Column]`: two names. */
function columnNames(node: LocatedNode | undefined, uri: string, text: string, add: Add): void {
  if (!isText(node) || typeof node.value !== 'string') return;
  const { value } = node;
  const named = columnNameOf(value);
  const map = daxTextOf(node, text, uri)?.map;
  if (named === undefined || map === undefined) return;
  const scalar: NameScalar = { span: node.span, style: node.style, holds: 'column', value };
  const bracket = bracketOf(value);
  const part = (from: number, to: number): Span => {
    const start = from + (value.slice(from, to).length - value.slice(from, to).trimStart().length);
    const at = spanToDocument(map, { start, end: start + value.slice(start, to).trimEnd().length });
    return { start: writtenStart(text, node.style, at.start), end: at.end };
  };
  add({ what: 'table', table: named.table, name: named.table, isDefinition: false }, scalar, part(0, bracket));
  add({ what: 'column', table: named.table, name: named.column, isDefinition: false }, scalar, part(bracket, value.length));
}
