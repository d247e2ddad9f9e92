/**
 * Rename: a metric, table, column, added column, variable, function or parameter under another name, wherever it is
 * named. Nothing is changed unless everything means the same afterwards.
 */
import type { Span } from '../../base/spans.ts';
import { fileName } from '../../base/uri.ts';
import { bracketOf, columnNameOf } from '../../formats/declare.ts';
import { namesInModelFile } from '../../formats/modelNames.ts';
import { nameKey } from '../../model/model.ts';
import type { Sessionize } from '../../model/sessionize.ts';
import { asScalar, inScalar, scalarStyleAt, writtenStart } from '../../formats/scalarText.ts';
import { quoteColumn, quoteTable } from '../../../../grammar/src/index.ts';
import { occurrencesIn } from '../../workspace/occurrences.ts';
import { modelKey, symbolsIn, type Standing, type Symbol, type Symbols } from '../../workspace/symbols.ts';
import type { Workspace, WorkspaceDocument } from '../../workspace/types.ts';
import { namesAt } from '../names.ts';
import { askedAt, searched, usesIn, type Asked, type Use } from '../references/find.ts';
import { spotAt } from '../spot.ts';
import { faultOf, kindOf, readName, writeName, type Kind } from './names.ts';
import { refusalText, type Refusal } from './refusals.ts';
import { besides, takenBy } from './taken.ts';
import { verify } from './verify.ts';

export interface PreparedRename {
  /** The name, delimiters included. */
  readonly span: Span;
  /** The name as people read it. */
  readonly placeholder: string;
}

export interface Refused {
  /** A sentence for the person who asked. */
  readonly refused: string;
}

export interface RenameEdits {
  /** By file, in order of place. */
  readonly files: readonly { readonly uri: string; readonly edits: readonly { readonly span: Span; readonly newText: string }[] }[];
}

const refuse = (it: Refusal): Refused => ({ refused: refusalText(it) });

/** @returns undefined outside DAX and the names of a model file */
export async function prepareRename(workspace: Workspace, uri: string, offset: number): Promise<PreparedRename | Refused | undefined> {
  const asked = await askedAt(workspace, uri, offset);
  if (asked === undefined) return whyNothing(workspace, uri, offset);
  const refusal = await refusalOf(workspace, asked);
  if (refusal !== undefined) return refuse(refusal);
  const [use] = (await usesIn(workspace, asked.all, asked.symbols, [asked.document.uri])).filter((it) => it.span.start === asked.span.start);
  return use === undefined ? undefined : { span: asked.span, placeholder: readName(use) };
}

/** @param newName as people read it, without brackets and quotes */
export async function rename(workspace: Workspace, uri: string, offset: number, newName: string): Promise<RenameEdits | Refused | undefined> {
  const asked = await askedAt(workspace, uri, offset);
  if (asked === undefined) return whyNothing(workspace, uri, offset);
  const kind = asked.symbols[0] === undefined ? undefined : kindOf(asked.symbols[0].key);
  const name = newName.trim();
  const refusal = (await refusalOf(workspace, asked)) ?? (kind === undefined ? { why: 'nothing' } : faultOf(name, kind));
  if (refusal !== undefined || kind === undefined) return refuse(refusal ?? { why: 'nothing' });
  const all = asked.place === undefined ? asked.all : await symbolsIn(workspace, asked.place.segment.segment.item, ['F']);
  const uris = await searched(workspace, asked);
  const { symbols, uses } = await everyUse(workspace, all, asked.symbols, uris);
  const taken = await takenBy(workspace, all, symbols, uses, kind, name, uris);
  if (taken !== undefined) return refuse(taken);
  const written = await write(workspace, uses, name);
  if ('why' in written) return refuse(written);
  const texts = new Map(written.map((it) => [it.document.uri, it.newText]));
  const renaming = { name, keysAt: (place: Standing) => symbols.flatMap((it) => [...all.keysIn(place, it), ...all.ownKeysIn(place, it)]) };
  const changed = await verify(workspace, workspace.preview(texts), renaming, await toVerify(workspace, kind, uris, texts, name));
  if (changed !== undefined) return refuse(besides(uses, kind, name) ?? changed);
  return { files: written.map(({ document, edits }) => ({ uri: document.uri, edits })) };
}

/** Why nothing can be renamed at a place of DAX; undefined outside DAX. */
async function whyNothing(workspace: Workspace, uri: string, offset: number): Promise<Refused | undefined> {
  const document = await workspace.document(uri);
  const spot = document === undefined ? undefined : spotAt(document, offset);
  if (spot === undefined) return undefined;
  for (const reading of spot.segment.readings) {
    const target = namesAt(spot.segment, reading, spot.offset).reference?.target;
    if (target?.kind === 'function') return refuse({ why: 'language', name: target.spec.name });
    if (target?.kind === 'word') return refuse({ why: 'language', name: target.word });
    if (target?.kind === 'unresolved') return refuse({ why: 'unknown', name: target.name });
  }
  return refuse({ why: 'nothing' });
}

/** What keeps its name whatever the new one is. */
async function refusalOf(workspace: Workspace, { all, symbols, place }: Asked): Promise<Refusal | undefined> {
  for (const { key, scope } of symbols) {
    if (key.startsWith('o\u0000')) return { why: 'code' };
    if (kindOf(key) === undefined) return { why: 'given-column', column: quoteColumn(key.slice(key.lastIndexOf('[') + 1)) };
    if (scope.kind !== 'models') continue;
    const [, tableKey = '', columnKey = ''] = key.split('\u0000');
    for (const view of all.models) {
      if (!scope.models.has(modelKey(view))) continue;
      const file = await workspace.document(view.model.uri);
      if (file === undefined || namesInModelFile(file, file.uri, file.text).isBroken) return { why: 'broken-file', file: fileName(view.model.uri) };
      const table = view.model.tables.get(tableKey);
      const column = table?.columns.get(columnKey);
      if (table === undefined || column === undefined || column.expression !== undefined) continue;
      const name = `${quoteTable(table.name)}${quoteColumn(column.name)}`;
      if (table.source.kind === 'file') return { why: 'data-column', column: name };
      if (table.source.kind === 'sessionize' && !isNamedByRules(table.source.sessions, column.name)) return { why: 'given-column', column: name };
      if (table.source.kind === 'dax' && !(await isNamedInText(workspace, all, symbols, table.source.place.uri))) return { why: 'given-column', column: name };
    }
  }
  return place === undefined && symbols.length === 0 ? { why: 'nothing' } : undefined;
}

/** Whether the rules of sessions write the name of a column; others have that of a column of the log, or a word of ours. */
const isNamedByRules = (rules: Sessionize, column: string): boolean =>
  rules.columns.some((it) => nameKey(it.name) === nameKey(column) && (it.kind === 'fold' || (it.kind === 'fact' && it.isNamed)));

/** Whether the expression of a calculated table writes the name of a column. */
async function isNamedInText(workspace: Workspace, all: Symbols, symbols: readonly Symbol[], uri: string): Promise<boolean> {
  const uses = await usesIn(workspace, all, symbols, [uri]);
  return uses.some((it) => it.isDefinition && it.at.kind === 'dax');
}

/**
 * Every place to be changed. Text of a page that belongs to several models names a thing in each of them: they are
 * renamed together.
 */
async function everyUse(
  workspace: Workspace, all: Symbols, asked: readonly Symbol[], uris: readonly string[],
): Promise<{ readonly symbols: readonly Symbol[]; readonly uses: readonly Use[] }> {
  const symbols = new Map(asked.map((it) => [it.id, it]));
  for (;;) {
    const uses = await usesIn(workspace, all, [...symbols.values()], uris);
    const known = symbols.size;
    for (const { at } of uses) {
      if (at.kind !== 'dax' || at.place.segment.readings.length < 2) continue;
      for (const reading of at.place.segment.readings) {
        const place = { ...at.place, reading };
        for (const map of occurrencesIn(place.segment, reading)) {
          for (const [key, list] of map) {
            if (!list.some(({ span }) => span.start === at.occurrence.span.start)) continue;
            const symbol = all.symbolOf(place, key);
            symbols.set(symbol.id, symbol);
          }
        }
      }
    }
    if (symbols.size === known) return { symbols: [...symbols.values()], uses };
  }
}

interface Written {
  readonly document: WorkspaceDocument;
  readonly edits: readonly { readonly span: Span; readonly newText: string }[];
  readonly newText: string;
}

/** The edits of each file, and its text after them. */
async function write(workspace: Workspace, uses: readonly Use[], name: string): Promise<readonly Written[] | Refusal> {
  const byFile = new Map<string, Map<number, { readonly span: Span; readonly newText: string }>>();
  for (const use of uses) {
    const document = await workspace.document(use.uri);
    const edit = document === undefined ? undefined : editOf(document, use, name);
    if (edit === undefined) {
      const isHeader = use.at.kind === 'dax' && use.isDefinition && kindOf(use.at.occurrence.key) === 'metric';
      return isHeader ? { why: 'no-header', name } : { why: 'unwritable', name, file: fileName(use.uri) };
    }
    const edits = byFile.get(use.uri);
    if (edits === undefined) byFile.set(use.uri, new Map([[edit.span.start, edit]]));
    else edits.set(edit.span.start, edit);
  }
  const written: Written[] = [];
  for (const [uri, found] of byFile) {
    const document = await workspace.document(uri);
    if (document === undefined) continue;
    const edits = [...found.values()].filter((it) => document.text.slice(it.span.start, it.span.end) !== it.newText).sort((a, b) => a.span.start - b.span.start);
    if (edits.length === 0) continue;
    let newText = '';
    let at = 0;
    for (const it of edits) {
      newText += document.text.slice(at, it.span.start) + it.newText;
      at = it.span.end;
    }
    written.push({ document, edits, newText: newText + document.text.slice(at) });
  }
  return written;
}

function editOf(document: WorkspaceDocument, use: Use, name: string): { readonly span: Span; readonly newText: string } | undefined {
  const isJson = /\.json$/i.test(document.uri);
  if (use.at.kind === 'model') {
    const { scalar, what } = use.at.name;
    if (scalar.holds === 'name') return { span: scalar.span, newText: asScalar(name, isJson ? 'double' : scalar.style) };
    if (scalar.style !== 'plain') return { span: use.span, newText: inScalar(what === 'table' ? quoteTable(name) : quoteColumn(name), scalar.style) };
    const bracket = bracketOf(scalar.value);
    const value = what === 'table' ? quoteTable(name) + scalar.value.slice(bracket) : scalar.value.slice(0, bracket) + quoteColumn(name);
    return columnNameOf(value) === undefined ? undefined : { span: scalar.span, newText: asScalar(value, isJson ? 'double' : scalar.style) };
  }
  const newText = writeName(use, name);
  if (newText === undefined) return undefined;
  if (use.at.place.region.region.kind !== 'yaml') return { span: use.span, newText };
  const style = scalarStyleAt(document, document.uri, document.text, use.span.start);
  if (style === undefined) return undefined;
  return { span: { start: writtenStart(document.text, style, use.span.start), end: use.span.end }, newText: inScalar(newText, style) };
}

/** Files with edits, and files that write the new name already. A column may be a column of other tables as well. */
async function toVerify(
  workspace: Workspace, kind: Kind, uris: readonly string[], texts: ReadonlyMap<string, string>, name: string,
): Promise<readonly string[]> {
  if (kind === 'column' || kind === 'added column') return uris;
  const found: string[] = [];
  for (const uri of uris) {
    const isNamed = async (): Promise<boolean> => (await workspace.document(uri))?.text.toLowerCase().includes(name.toLowerCase()) === true;
    if (texts.has(uri) || (await isNamed())) found.push(uri);
  }
  return found;
}
