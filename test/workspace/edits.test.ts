// Files edited again and again: what the workspace says of them is what it would say had it just opened them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Workspace } from '../../server/src/workspace/types.ts';
import { openFixture, uriOf } from '../support/workspace.ts';

const model = `
//- /m.daxmodel.yaml
name: m
tables:
  T:
    rows: []
    columns: { N: { type: int64 }, S: { type: string }, Code: { type: string, choice: reason } }
  U:
    rows: []
    columns: { N: { type: int64 }, Sales: { type: double } }
choices:
  reason: { 1: { label: One }, 2: { label: Two } }`;

/** Names near to one another, so that slips have suggestions; some are names of columns too. */
const names = ['Sales', 'Sale', 'Saless', 'Rate', 'Rates', 'N', 'Total', 'totals', 'F', 'G'];
const name = fc.constantFrom(...names);
const value = fc.oneof(
  name.map((it) => `[${it}]`), name.map((it) => `T[${it}]`), name.map((it) => `SUM ( U[${it}] )`), name,
  fc.constantFrom('1', '"text"', 'BLANK ()', 'COUNTROWS ( T )', 'CALCULATE ( [N], T[Code] = "1" )', 'CALCULATE ( [Sales], T[Code] = "9" )', 'F ( 1 )', 'G ( 2 )', 'V', 'SUMX ( V, [c] )', 'MAX ( T[S] )', '('),
);
const body = fc.oneof(
  value, fc.tuple(value, fc.constantFrom('+', '&', '=', '>'), value).map((it) => it.join(' ')),
  fc.tuple(value, value).map(([a, b]) => `DIVIDE ( ${a}, ${b} )`),
);
/** Definitions that metrics read and that read none: a circle through them is nobody's business here. */
const plain = fc.constantFrom('1', '"text"', 'COUNTROWS ( T )', 'MAX ( T[S] )', 'SUM ( U[Sales] )', 'T[Nowhere]', '(');
const definition = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(name, body).map(([a, b]) => `${a} = ${b}\n\n`) },
  { weight: 2, arbitrary: fc.tuple(name, value, body).map(([a, tag, b]) => `/// @expect 1 where T[N] > ${tag}\n${a} = ${b}\n\n`) },
  { weight: 1, arbitrary: fc.tuple(name, body).map(([a, b]) => `MEASURE T[${a}] = ${b}\n\n`) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom('F', 'G'), plain).map(([a, b]) => `FUNCTION ${a} = ( x ) => ${b}\n\n`) },
  { weight: 1, arbitrary: plain.map((it) => `TABLE V = ADDCOLUMNS ( T, "c", ${it} )\n\n`) },
  { weight: 1, arbitrary: fc.tuple(name, plain).map(([a, b]) => `COLUMN U[${a}] = ${b}\n\n`) },
  { weight: 1, arbitrary: fc.tuple(name, body).map(([a, b]) => `EVALUATE ADDCOLUMNS ( T, "${a}", ${b} ) ORDER BY [${a}]\n\n`) },
  { weight: 1, arbitrary: fc.tuple(name, body, body).map(([a, b, c]) => `DEFINE MEASURE T[${a}] = ${b}\nEVALUATE ROW ( "v", ${c} )\n\n`) },
);
const file = fc.array(definition, { minLength: 1, maxLength: 9 });
const files = fc.record({ '/a.dax': file, '/b.dax': file, '/page.md': fc.array(definition, { maxLength: 3 }) });
type Files = typeof files extends fc.Arbitrary<infer F> ? F : never;

const edit = fc.record({
  path: fc.constantFrom('/a.dax' as const, '/a.dax' as const, '/b.dax' as const, '/page.md' as const),
  at: fc.nat(8),
  removed: fc.nat(1),
  inserted: fc.oneof(fc.constant([]), fc.array(definition, { maxLength: 1 }), fc.constant(['\n']), fc.constant(['-- a comment\n'])),
});
type Edit = typeof edit extends fc.Arbitrary<infer E> ? E : never;

const textOf = (path: string, parts: readonly string[]): string =>
  path.endsWith('.md') ? `# Page\n\n${parts.map((it) => `\`\`\`dax\n${it}\`\`\`\n\n`).join('')}` : parts.join('');

const open = (all: Files) =>
  openFixture(`${model}\n${Object.entries(all).map(([path, parts]) => `//- ${path}\n${textOf(path, parts)}`).join('\n')}`);

async function said(workspace: Workspace, path: string): Promise<unknown> {
  const document = await workspace.document(uriOf(path));
  const references = document?.regions.flatMap((region) => region.segments.flatMap((it) => it.readings.map((reading) => reading.bound.references.map(({ span, target }) => {
    const place = target.kind === 'measure' ? [target.measure.uri, target.measure.segment.start, target.measure.body.kind] : [];
    return [it.segment.start, span, target.kind, ...place];
  }))));
  return { findings: (await workspace.findings(uriOf(path))).map((it) => ({ ...it, fixes: it.fixes.length })), references };
}

/** What is said of every file after each edit, and of the same files opened anew. */
async function check(start: Files, edits: readonly Edit[]): Promise<void> {
  let now = start;
  const { workspace, type } = await open(now);
  for (const path of Object.keys(now)) type(path, textOf(path, now[path as keyof Files]));
  for (const { path, at, removed, inserted } of edits) {
    now = { ...now, [path]: now[path].toSpliced(at, removed, ...inserted) };
    type(path, textOf(path, now[path]));
    const fresh = await open(now);
    for (const it of Object.keys(now)) fresh.type(it, textOf(it, now[it as keyof Files]));
    for (const it of Object.keys(now)) expect(await said(workspace, it), it).toEqual(await said(fresh.workspace, it));
  }
}

describe('after edits', () => {
  it('findings and references are those of the texts as they are', () =>
    fc.assert(fc.asyncProperty(files, fc.array(edit, { minLength: 1, maxLength: 6 }), check), { numRuns: 30 }));
});
