// The columns that tables have: what a name in brackets may mean in their rows, and where it comes from.
import { describe, expect, it } from 'vitest';
import { bindText, check } from '../support/analysis.ts';
import { contact } from './models.ts';

/** Columns of the table that an expression gives, with their types; those of the model as `column of T[c]`. */
function columnsOf(table: string): string {
  const { bounds, segments } = bindText(`EVALUATE ${table}`, contact);
  const item = segments[0]?.item;
  const expression = item?.kind === 'query' ? item.evaluates[0]?.expression : undefined;
  const type = expression === undefined ? undefined : bounds[0]?.typeOf(expression);
  if (type?.kind !== 'table') return type?.kind ?? 'nothing';
  return type.columns?.map((it) => {
    const own = it.lineage === undefined ? undefined : `${it.lineage.table}[${it.lineage.column}]`;
    return `${it.name} ${it.type}${own === undefined || own === it.name ? '' : ` of ${own}`}`;
  }).join(', ') ?? 'unknown';
}

describe('columns of', () => {
  it.each([
    ['DimTeam', 'DimTeam[TeamId] string, DimTeam[Team] string'],
    ['VALUES(DimTeam[Team])', 'DimTeam[Team] string'],
    ['{ 1, 2 }', '[Value] int64'],
    ['{ (1, "a"), (2.5, "b") }', '[Value1] double, [Value2] string'],
    ['{ 1, "a" }', '[Value] variant'],
    ['ADDCOLUMNS(VALUES(DimTeam[Team]), "n", 1, "s", "x")', 'DimTeam[Team] string, [n] int64, [s] string'],
    ['SELECTCOLUMNS(DimAgent, "t", DimAgent[TeamId], DimAgent[Name], "n", 1)', '[t] string of DimAgent[TeamId], DimAgent[Name] string, [n] int64'],
    ['SELECTCOLUMNS(SELECTCOLUMNS(DimAgent, "t", DimAgent[TeamId]), [t])', '[t] string of DimAgent[TeamId]'],
    ['SELECTCOLUMNS({ 1 }, "Price [€]", [Value])', '[Price [€]]] int64'],
    ['SELECTCOLUMNS({ 1 }, "[x]", [Value])', '[x] int64'],
    [`SELECTCOLUMNS({ 1 }, "'My table'[x]", [Value], "T[y]", 2)`, 'My table[x] int64, T[y] int64'],
    ['SUMMARIZE(FactSession, DimAgent[Name], "n", COUNTROWS(FactSession))', 'DimAgent[Name] string, [n] int64'],
    ['SUMMARIZE(FactSession, ROLLUP(DimAgent[Name], ROLLUPGROUP(DimTeam[Team], DimTeam[TeamId])), "n", 1)', 'DimAgent[Name] string, DimTeam[Team] string, DimTeam[TeamId] string, [n] int64'],
    ['SUMMARIZECOLUMNS(DimAgent[Name], FILTER(DimTeam, TRUE), "n", IGNORE(1))', 'DimAgent[Name] string, [n] int64'],
    ['SUMMARIZECOLUMNS(ROLLUPADDISSUBTOTAL(DimAgent[Name], "is total", ROLLUPGROUP(DimTeam[Team]), "is all"), "n", 1)', 'DimAgent[Name] string, [is total] boolean, DimTeam[Team] string, [is all] boolean, [n] int64'],
    ['GROUPBY(ADDCOLUMNS(DimTeam, "x", 1), [x], DimTeam[Team], "s", SUMX(CURRENTGROUP(), [x]))', '[x] int64, DimTeam[Team] string, [s] int64'],
    ['GENERATE(VALUES(DimTeam[Team]), ROW("a", 1))', 'DimTeam[Team] string, [a] int64'],
    ['CROSSJOIN(VALUES(DimTeam[Team]), { 1 })', 'DimTeam[Team] string, [Value] int64'],
    ['NATURALINNERJOIN(DimTeam, SELECTCOLUMNS({ "a" }, "Team", [Value], "x", 1))', 'DimTeam[TeamId] string, DimTeam[Team] string, [x] int64'],
    ['UNION(VALUES(DimTeam[Team]), { "a" })', 'DimTeam[Team] string'],
    ['INTERSECT(VALUES(DimTeam[Team]), { "a" })', 'DimTeam[Team] string'],
    ['EXCEPT(VALUES(DimAgent[TeamId]), VALUES(DimTeam[TeamId]))', 'DimAgent[TeamId] string'],
    ['ROW("a", 1, "b", "x")', '[a] int64, [b] string'],
    ['DATATABLE("a", INTEGER, "b", STRING, { { 1, "x" } })', '[a] int64, [b] string'],
    ['GENERATESERIES(1, 5)', '[Value] int64'],
    ['GENERATESERIES(0, 1, 0.5)', '[Value] double'],
    ['CALENDAR(DATE(2024, 1, 1), DATE(2024, 2, 1))', '[Date] dateTime'],
    ['TOPN(3, VALUES(DimTeam[Team]), 1)', 'DimTeam[Team] string'],
    ['SAMPLE(3, DimTeam, DimTeam[Team])', 'DimTeam[TeamId] string, DimTeam[Team] string'],
    ['INDEX(1, VALUES(DimTeam[Team]), ORDERBY(DimTeam[Team]))', 'DimTeam[Team] string'],
    ['OFFSET(-1, ALLSELECTED(DimTeam[Team]))', 'DimTeam[Team] string'],
    ['WINDOW(1, ABS, 2, ABS, ADDCOLUMNS(DimTeam, "x", 1), ORDERBY([x]))', 'DimTeam[TeamId] string, DimTeam[Team] string, [x] int64'],
    ['INDEX(1, ORDERBY(DimTeam[Team]))', 'unknown'],
    ['SUBSTITUTEWITHINDEX(SUMMARIZE(FactSession, DimAgent[Name], FactSession[Turns]), "i", VALUES(DimAgent[Name]), DimAgent[Name], ASC)', 'FactSession[Turns] int64, [i] int64'],
    ['TREATAS({ ("a", "b") }, DimTeam[TeamId], DimTeam[Team])', 'DimTeam[TeamId] string, DimTeam[Team] string'],
    ['FILTER(KEEPFILTERS(VALUES(DimTeam[Team])), TRUE)', 'DimTeam[Team] string'],
    ['CALCULATETABLE(VALUES(DimTeam[Team]), DimAgent[Name] = "x")', 'DimTeam[Team] string'],
    ['RELATEDTABLE(DimTeam)', 'DimTeam[TeamId] string, DimTeam[Team] string'],
    ['ALL(DimTeam[Team], DimTeam[TeamId])', 'DimTeam[Team] string, DimTeam[TeamId] string'],
    ['ALLSELECTED()', 'unknown'],
    ['DETAILROWS([m])', 'unknown'],
    ['INFO.TABLES()', 'unknown'],
    ['VAR t = ROW("a", 1) VAR u = t RETURN u', '[a] int64'],
  ])('%s', (table, wanted) => {
    expect(columnsOf(table)).toBe(wanted);
  });
});

describe('names of added columns', () => {
  it('with brackets in them', () => {
    check(`
      M = SUMX(SELECTCOLUMNS(FactSession, "Price [€]", FactSession[Turns], "a]b", 1), [Price [€]]] + [a]]b])
      N = SUMX(SELECTCOLUMNS(FactSession, "Price[€]", FactSession[Turns]), [Price[€]]] + Price[€])
      O = SUMX(ADDCOLUMNS(DimTeam, "x", 1), [x] + [X])
    `, contact);
  });

  it('that no table has', () => {
    check(`
      M = SUMX(SUMMARIZECOLUMNS(ROLLUPADDISSUBTOTAL(DimAgent[Name], "isTotal"), "n", 1), [n] + [isTota])
                                                                                               ^^^^^^^^ error[unknown-measure]: Nothing named [isTota] is known here. Did you mean [isTotal]?
      N = MAXX(GROUPBY(ADDCOLUMNS(DimTeam, "x", 1), DimTeam[Team], "s", SUMX(CURRENTGROUP(), [y])), [s])
                                                                                             ^^^ error[unknown-measure]
      O = SUMX(WINDOW(1, ABS, 2, ABS, ADDCOLUMNS(DimTeam, "x", 1)), [z])
                                                                    ^^^ error[unknown-measure]
    `, contact);
  });
});
