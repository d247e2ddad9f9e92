// Every function called with the fewest and the most arguments: nothing is said; with one less or one more: the count.
import { describe, expect, it } from 'vitest';
import { allFunctions } from '../../server/src/functions/index.ts';
import type { FunctionSpec, ParameterSpec } from '../../server/src/functions/spec.ts';
import { contact } from '../analysis/models.ts';
import { bindText } from '../support/analysis.ts';

/** An argument that a parameter takes, in a query over sessions. */
function argumentFor(spec: FunctionSpec, it: ParameterSpec, index: number): string {
  const own = special.get(`${spec.name}.${it.name}`);
  if (own !== undefined) return own;
  switch (it.kind) {
    case 'scalar': return it.type === 'text' ? '"a"' : it.type === 'boolean' ? 'TRUE()' : it.type === 'date' ? 'DATE(2024, 1, 1)' : '1';
    // Tables side by side share no column.
    case 'table': return index > 0 && /^(?:CROSSJOIN|GENERATE|GENERATEALL)$/.test(spec.name) ? 'DimTeam' : 'DimAgent';
    case 'column': return 'FactSession[Turns]';
    case 'table-or-column': return spec.category === 'time-intelligence' ? "'Dim Date'[Date]" : 'DimAgent[Name]';
    case 'filter': return 'FILTER(DimAgent, DimAgent[Name] = "a")';
    case 'name': return `"n${String(index)}"`;
    case 'word': return it.words?.[0] ?? '';
    case 'any': return '[Sessions]';
  }
}

/** What a parameter takes where its kind does not tell enough. */
const special: ReadonlyMap<string, string> = new Map([
  ['DATATABLE.rows', '{ { 1 } }'],
  ['DETAILROWS.measure', '[Sessions]'],
  ['EARLIER.column', 'FactSession[Turns]'],
  ['RELATED.column', 'DimAgent[Name]'],
  ['ROLLUP.groupByColumn', 'DimAgent[Name]'],
  ['SELECTCOLUMNS.expression', 'DimAgent[Name]'],
  ['GROUPBY.groupByColumn', 'DimAgent[Name]'],
  ['GROUPBY.expression', 'COUNTX(CURRENTGROUP(), 1)'],
  ['SUMMARIZE.groupByColumn', 'DimAgent[Name]'],
  ['PATHCONTAINS.item', '"a"'],
  ['USERELATIONSHIP.from', 'FactSession[CreatedOn]'],
  ['USERELATIONSHIP.to', "'Dim Date'[Date]"],
  ['CROSSFILTER.left', 'FactSession[AgentId]'],
  ['CROSSFILTER.right', 'DimAgent[AgentId]'],
  ['ALLEXCEPT.column', 'DimAgent[Name]'],
  ['SUBSTITUTEWITHINDEX.indexColumnsTable', 'VALUES(DimAgent[Name])'],
  ['TREATAS.table', '{ 1 }'],
  ['NATURALINNERJOIN.right', 'FactSession'],
  ['NATURALLEFTOUTERJOIN.right', 'FactSession'],
  ['CONTAINS.value', '1'],
  ['CONTAINSROW.table', '{ 1 }'],
  ['LOOKUPVALUE.searchValue', '1'],
  ['EVALUATEANDLOG.value', '1'],
  ['NONVISUAL.expression', 'VALUES(DimTeam[Team])'],
]);

/** Where a call may stand, `?` in its place. */
const places: ReadonlyMap<string, string> = new Map([
  ['EARLIER', 'SUMX(FactSession, SUMX(FactSession, ?))'],
  ['EARLIEST', 'SUMX(FactSession, SUMX(FactSession, ?))'],
  ['RELATED', 'MAXX(FactSession, ?)'],
  ['PATH', 'MAXX(FactSession, ?)'],
  ['CURRENTGROUP', 'COUNTROWS(GROUPBY(FactSession, FactSession[AgentId], "n", COUNTX(?, 1)))'],
  ['ISSUBTOTAL', 'COUNTROWS(SUMMARIZE(FactSession, ROLLUP(FactSession[Turns]), "s", ?))'],
  ['ROLLUP', 'COUNTROWS(SUMMARIZE(FactSession, ?, "n", 1))'],
  ['ROLLUPGROUP', 'COUNTROWS(SUMMARIZECOLUMNS(ROLLUPADDISSUBTOTAL(?, "sub"), "n", 1))'],
  ['ROLLUPADDISSUBTOTAL', 'COUNTROWS(SUMMARIZECOLUMNS(?, "n", 1))'],
  ['ROLLUPISSUBTOTAL', 'COUNTROWS(ADDMISSINGITEMS(?, DimAgent))'],
  ['IGNORE', 'COUNTROWS(SUMMARIZECOLUMNS(DimAgent[Name], "n", ?))'],
  ['NONVISUAL', 'COUNTROWS(SUMMARIZECOLUMNS(DimAgent[Name], ?, "n", 1))'],
  ...['ORDERBY', 'PARTITIONBY', 'MATCHBY'].map((it) => [it, 'COUNTROWS(WINDOW(1, ABS, 1, ABS, ALL(FactSession), ?))'] as const),
]);

function textOf(spec: FunctionSpec, args: readonly string[]): string {
  const call = `${spec.name}(${args.join(', ')})`;
  const place = places.get(spec.name);
  if (place !== undefined) return place.replace('?', call);
  switch (spec.returns) {
    case 'table': return `COUNTROWS(${call})`;
    case 'modifier': return `CALCULATE([Sessions], ${call})`;
    case 'scalar': case 'any': return call;
  }
}

const findingsOf = (text: string): readonly string[] =>
  bindText(`Sessions = COUNTROWS(FactSession)\nM = ${text}`, contact).findings
    .filter((it) => it.severity === 'error' || it.severity === 'warning').map((it) => `${it.rule}: ${it.message}`);

const formsOf = (it: FunctionSpec): readonly (readonly ParameterSpec[])[] => [it.parameters, ...(it.otherForm === undefined ? [] : [it.otherForm])];
const argumentsOf = (spec: FunctionSpec, form: readonly ParameterSpec[]): readonly string[] =>
  form.map((it, i) => argumentFor(spec, it, i));

/** NOT with brackets is an operator before brackets: what stands in them is no list of arguments. */
const calls = allFunctions.filter((it) => it.name !== 'NOT');

describe('a call of every function', () => {
  it('with what it needs is right', () => {
    const alarms = allFunctions.flatMap((spec) => formsOf(spec).flatMap((form) => {
      const text = textOf(spec, argumentsOf(spec, form.filter((it) => !it.optional)));
      return findingsOf(text).map((found) => `${text}: ${found}`);
    }));
    expect(alarms).toEqual([]);
  });

  it('with all that it takes is right', () => {
    const alarms = allFunctions.flatMap((spec) => formsOf(spec).flatMap((form) => {
      const all = [...form, ...(spec.last === undefined ? [] : [spec.last])];
      const text = textOf(spec, argumentsOf(spec, all));
      return findingsOf(text).map((found) => `${text}: ${found}`);
    }));
    expect(alarms).toEqual([]);
  });

  it('with an argument less is told, and nothing else', () => {
    const wrong = calls.flatMap((spec) => {
      if (spec.minArguments === 0) return [];
      const [form = []] = [...formsOf(spec)].sort((a, b) => a.filter((it) => !it.optional).length - b.filter((it) => !it.optional).length);
      const text = textOf(spec, argumentsOf(spec, form.filter((it) => !it.optional)).slice(0, -1));
      const found = findingsOf(text);
      return found.length === 1 && found[0]?.startsWith('argument-count: ') === true ? [] : [`${text}: ${found.join(' + ')}`];
    });
    expect(wrong).toEqual([]);
  });

  it('with an argument more is told, and nothing else', () => {
    const wrong = calls.flatMap((spec) => {
      const [form = []] = [...formsOf(spec)].sort((a, b) => b.length - a.length);
      if (spec.maxArguments === undefined) return [];
      const text = textOf(spec, [...argumentsOf(spec, form), '1']);
      const found = findingsOf(text);
      return found.length === 1 && found[0]?.startsWith('argument-count: ') === true ? [] : [`${text}: ${found.join(' + ')}`];
    });
    expect(wrong).toEqual([]);
  });
});
