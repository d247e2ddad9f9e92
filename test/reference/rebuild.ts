// Models rebuilt from what the expressions of a public model refer to: a superset of what they can mean.
import { expressionsOf, parseExpression, quoteColumn, quoteTable, walk, type ParsedExpression } from '../../grammar/src/index.ts';
import type { Definition, Expression, Item } from '../../grammar/src/tree.ts';
import { bind, bindExpression, type Bound, type MeasureSymbol, type Scope } from '../../server/src/analysis/index.ts';
import type { Finding } from '../../server/src/findings/finding.ts';
import { allFunctions, functionNamed } from '../../server/src/functions/index.ts';
import { parametersByPlace } from '../../server/src/analysis/bind/parameters.ts';
import { nameKey } from '../../server/src/model/model.ts';
import { measuresOf, segmentsOf } from '../support/analysis.ts';
import { modelOf, type TableWords } from '../support/models.ts';

/** An expression of a public model, as `corpus/expressions.json` has them. */
export interface CorpusEntry {
  readonly repo: string;
  readonly file: string;
  readonly table: string | null;
  readonly object: string;
  readonly kind: string;
  readonly expression: string;
}

export interface Checked {
  readonly entry: CorpusEntry;
  /** Errors and warnings. */
  readonly findings: readonly Finding[];
  /** Binds another text in the place of the entry's expression; undefined for a whole file of definitions. */
  readonly bindAs: ((text: string) => Bound) | undefined;
}

/** The entries of one model stand in one `.bim` file, or in one folder of TMDL files. */
export const modelPath = (it: CorpusEntry): string => `${it.repo}/${it.file.replace(/\/tables\/[^/]*\.tmdl$/, '')}`;

interface Read {
  readonly entry: CorpusEntry;
  readonly parsed: ParsedExpression;
}

/** Binds every expression of one model. */
export function checkModel(entries: readonly CorpusEntry[]): readonly Checked[] {
  const read = entries.map((entry): Read => ({ entry, parsed: parseExpression(entry.expression) }));
  const measures = new Map(read.flatMap((it) => (it.entry.kind === 'measure' ? [[nameKey(it.entry.object), symbolOf(it)] as const] : [])));
  // The status of a key figure has no row context: what it reads are metrics.
  for (const { entry, parsed } of read) {
    if (entry.kind !== 'other') continue;
    walk(parsed.expression, (it) => {
      if (it.kind !== 'column' || it.table === undefined || measures.has(nameKey(it.column.text))) return;
      measures.set(nameKey(it.column.text), elsewhere(it.column.text, it.table.text));
    });
  }
  const scope = { model: modelOf(tablesOf(read, measures)), measures };
  const first = read.map((it) => (it.entry.kind === 'daxFile' ? fileFindings(it.entry, scope) : findingsOf(it, scope)));
  // What nothing of the model explains is a metric of another file; a column that the expression itself adds is not.
  for (const [i, it] of read.entries()) {
    for (const name of namesNotKnown(it, first[i] ?? [])) if (!measures.has(nameKey(name))) measures.set(nameKey(name), elsewhere(name));
  }
  const full = { model: scope.model, measures: new Map(measures) };
  const definitions = definitionsOf(read, full);
  return read.map((it) => ({
    entry: it.entry,
    findings: it.entry.kind === 'daxFile' ? fileFindings(it.entry, full) : definitions.get(it.entry) ?? findingsOf(it, full),
    bindAs: it.entry.kind === 'daxFile' ? undefined : (text) => boundOf({ entry: { ...it.entry, expression: text }, parsed: parseExpression(text) }, full),
  }));
}

/** Findings of a whole file of definitions. */
function fileFindings(entry: CorpusEntry, { model, measures }: Scope): readonly Finding[] {
  const segments = segmentsOf(entry.expression);
  const scope = { model, measures: new Map([...measures, ...measuresOf(segments, 'test')]) };
  return segments.flatMap((it) => bind(it, scope).findings.map((found) => ({
    ...found, span: { start: found.span.start + it.start, end: found.span.end + it.start },
  }))).filter(isAlarm);
}

/** Findings of the metrics as definitions, one below the other in one file; each in offsets of its own text. */
function definitionsOf(read: readonly Read[], scope: Scope): ReadonlyMap<CorpusEntry, readonly Finding[]> {
  const own = read.filter((it) => it.entry.kind === 'measure');
  const heads = own.map(({ entry }) => `MEASURE ${quoteTable(entry.table ?? '')}${quoteColumn(entry.object)} =\n`);
  const text = own.map(({ entry }, i) => `${heads[i] ?? ''}${entry.expression}`).join('\n\n');
  const found = new Map<CorpusEntry, Finding[]>(own.map((it) => [it.entry, []]));
  const starts = own.map((_, i) => own.slice(0, i).reduce((sum, it, j) => sum + (heads[j]?.length ?? 0) + it.entry.expression.length + 2, 0));
  for (const segment of segmentsOf(text)) {
    for (const it of bind(segment, scope).findings) {
      if (!isAlarm(it)) continue;
      const at = it.span.start + segment.start;
      const index = starts.findLastIndex((start) => start <= at);
      const entry = own[index]?.entry;
      const shift = segment.start - (starts[index] ?? 0) - (heads[index]?.length ?? 0);
      if (entry !== undefined) found.get(entry)?.push({ ...it, span: { start: it.span.start + shift, end: it.span.end + shift } });
    }
  }
  return found;
}

function boundOf({ entry, parsed }: Read, scope: Scope): Bound {
  const rowTable = entry.kind === 'calculatedColumn' || entry.kind === 'rowFilter' ? (entry.table ?? undefined) : undefined;
  return bindExpression(parsed.expression, entry.expression, scope, rowTable, parsed.problems);
}

const findingsOf = (it: Read, scope: Scope): readonly Finding[] => boundOf(it, scope).findings.filter(isAlarm);

/** What an author would see underlined. */
export const isAlarm = (it: Finding): boolean => it.severity === 'error' || it.severity === 'warning';

function namesNotKnown({ entry, parsed }: Read, findings: readonly Finding[]): readonly string[] {
  const added = new Set(['value', 'date']);
  walk(parsed.expression, (it) => {
    if (it.kind === 'string') added.add(nameKey(it.value));
  });
  return findings.flatMap((it) => {
    if (it.rule !== 'unknown-measure') return [];
    const name = entry.expression.slice(it.span.start, it.span.end).replace(/^\[|\]$/g, '').replaceAll(']]', ']');
    return added.has(nameKey(name)) ? [] : [name];
  });
}

const symbolOf = ({ entry, parsed }: Read): MeasureSymbol => measure(entry.object, entry.expression, parsed, entry.table ?? undefined);
const elsewhere = (name: string, home?: string): MeasureSymbol => measure(name, 'ELSEWHERE()', parseExpression('ELSEWHERE()'), home);

const measure = (name: string, text: string, { expression, problems }: ParsedExpression, homeTable: string | undefined): MeasureSymbol => ({
  kind: 'measure', name, model: 'test', uri: 'file:///main.dax', docs: undefined, body: expression, homeTable, format: undefined,
  segment: { start: 0, end: text.length, text, item: { kind: 'bare', docs: undefined, expression, span: expression.span }, problems, comments: [] },
});

const words = new Set(allFunctions.flatMap((it) => [...it.parameters, ...(it.otherForm ?? [])].flatMap((parameter) => parameter.words ?? [])));

/** Tables with the columns that are named with them, and relationships wherever a RELATED wants one. */
function tablesOf(read: readonly Read[], measures: ReadonlyMap<string, MeasureSymbol>): Parameters<typeof modelOf>[0] {
  const tables = new Map<string, { readonly name: string; dax?: string; readonly columns: Map<string, readonly [string, string]> }>();
  const related = new Set<string>();
  const joined = new Set<string>();
  const table = (name: string) => {
    const known = tables.get(nameKey(name));
    if (known !== undefined) return known;
    const made = { name, columns: new Map<string, readonly [string, string]>() };
    tables.set(nameKey(name), made);
    return made;
  };
  const column = (tableName: string, name: string, declared: string): void => {
    const { columns } = table(tableName);
    if (declared !== '?' || !columns.has(nameKey(name))) columns.set(nameKey(name), [name, declared]);
  };
  for (const { entry, parsed } of read) {
    const home = entry.table;
    if (home !== null) table(home);
    if (home !== null && entry.kind === 'calculatedTable') (table(home) as { dax?: string }).dax = entry.expression;
    if (home !== null && entry.kind === 'calculatedColumn') column(home, entry.object, `? = ${entry.expression}`);
    if (entry.kind !== 'daxFile') collect(entry, parsed.expression, variablesOf(parsed.expression));
    else {
      for (const { item } of segmentsOf(entry.expression)) {
        for (const name of homesOf(item)) table(name);
        const defined = namesDefinedBy(item);
        for (const it of expressionsOf(item)) collect(entry, it, new Set([...defined, ...variablesOf(it)]));
      }
    }
  }
  function collect(entry: CorpusEntry, expression: Expression, variables: ReadonlySet<string>): void {
    const home = entry.table;
    walk(expression, (it) => {
      if (it.kind === 'name' && !variables.has(nameKey(it.name.text)) && (it.name.quoted || !words.has(it.name.text.toUpperCase()))) table(it.name.text);
      if (it.kind === 'call' && it.name.toUpperCase() === 'RELATED') {
        const [argument] = it.args;
        if (argument?.kind === 'column' && argument.table !== undefined) related.add(argument.table.text);
      }
      // What groups rows of a table is reached from it.
      if (it.kind === 'call' && /^(?:SUMMARIZE|GROUPBY)$/i.test(it.name)) {
        for (const argument of it.args) if (argument.kind === 'column' && argument.table !== undefined) related.add(argument.table.text);
      }
      if (it.kind === 'call' && /^(?:USERELATIONSHIP|CROSSFILTER)$/i.test(it.name)) {
        const [from, to] = it.args;
        if (from?.kind === 'column' && to?.kind === 'column') {
          joined.add(`${from.table?.text ?? ''}[${from.column.text}] ~> ${to.table?.text ?? ''}[${to.column.text}]`);
        }
      }
      // A bare name where a column is wanted is a column of the metric's home table.
      for (const name of columnsWanted(it)) if (home !== null && !measures.has(nameKey(name))) column(home, name, '?');
      if (it.kind !== 'column') return;
      const isInRow = entry.kind === 'calculatedColumn' || entry.kind === 'rowFilter';
      const owner = it.table?.text ?? (isInRow ? home : null);
      if (owner !== null && owner !== undefined && !isOwn(measures, it.column.text, owner, it.table === undefined)) column(owner, it.column.text, '?');
    });
  }
  const all: Record<string, TableWords> = {};
  for (const it of tables.values()) all[it.name] = { columns: Object.fromEntries(it.columns.values()), ...(it.dax === undefined ? {} : { dax: it.dax }) };
  const relationships = [...related].flatMap((to) => Object.keys(all).flatMap((from) => (nameKey(from) === nameKey(to) ? [] : [`${from}[key] -> ${to}[key]`])));
  return { tables: all, relationships: [...relationships, ...joined] };
}

const definitionsIn = (item: Item): readonly Definition[] =>
  (item.kind === 'query' ? item.definitions : item.kind === 'bare' || item.kind === 'prose' ? [] : [item]);

/** The tables that a file's definitions belong to. */
const homesOf = (item: Item): readonly string[] => definitionsIn(item).flatMap((it) => ('table' in it && it.table !== undefined ? [it.table.text] : []));

/** What a file's text itself calls so: tables and variables of a query, parameters of functions. */
const namesDefinedBy = (item: Item): readonly string[] => definitionsIn(item).flatMap((it) => [
  ...(it.kind === 'tableDefinition' || it.kind === 'variableDefinition' ? [nameKey(it.name)] : []),
  ...(it.kind === 'functionDefinition' ? it.parameters.map((each) => nameKey(each.name)) : []),
]);

function columnsWanted(it: Expression): readonly string[] {
  const spec = it.kind === 'call' ? functionNamed(it.name) : undefined;
  if (it.kind !== 'call' || spec === undefined) return [];
  const parameters = parametersByPlace(spec, it.args);
  return it.args.flatMap((argument, i) => (argument.kind === 'column' && argument.table === undefined && parameters[i]?.kind === 'column' ? [argument.column.text] : []));
}

/** Whether a name is that of a metric of this table. */
function isOwn(measures: ReadonlyMap<string, MeasureSymbol>, name: string, table: string, isBare: boolean): boolean {
  const found = measures.get(nameKey(name));
  return found !== undefined && (isBare || nameKey(found.homeTable ?? '') === nameKey(table));
}

function variablesOf(expression: Expression): ReadonlySet<string> {
  const names = new Set<string>();
  walk(expression, (it) => {
    if (it.kind === 'var') for (const variable of it.variables) names.add(nameKey(variable.name.text));
  });
  return names;
}
