/** Expressions and tables as the oracle makes them: a tree of its own, which prints itself as DAX. */
import { literal, type Kind, type Val } from './values.ts';

export interface Column {
  readonly table: string;
  readonly column: string;
}

/** A column of the model, or one that an expression added. */
export type Ref = Column | { readonly added: string };

export type AggregateName = 'SUM' | 'AVERAGE' | 'MIN' | 'MAX' | 'COUNT' | 'COUNTA' | 'COUNTBLANK' | 'DISTINCTCOUNT' | 'DISTINCTCOUNTNOBLANK';
export type IteratorName = 'SUMX' | 'AVERAGEX' | 'MINX' | 'MAXX' | 'COUNTX';
export type Comparison = '=' | '==' | '<>' | '<' | '<=' | '>' | '>=';

type Is = { readonly is: Kind };

export type Scalar = Is & (
  | { readonly k: 'const'; readonly value: Val }
  | { readonly k: 'column'; readonly ref: Ref }
  | { readonly k: 'related'; readonly column: Column }
  | { readonly k: 'measure'; readonly index: number }
  | { readonly k: 'aggregate'; readonly fn: AggregateName; readonly column: Column }
  | { readonly k: 'countRows'; readonly table: Table }
  | { readonly k: 'iterate'; readonly fn: IteratorName; readonly table: Table; readonly body: Scalar }
  | { readonly k: 'calculate'; readonly body: Scalar; readonly filters: readonly Filter[] }
  | { readonly k: 'arithmetic'; readonly op: '+' | '-' | '*' | '/'; readonly left: Scalar; readonly right: Scalar }
  | { readonly k: 'negate'; readonly of: Scalar }
  | { readonly k: 'compare'; readonly op: Comparison; readonly left: Scalar; readonly right: Scalar }
  | { readonly k: 'and' | 'or'; readonly form: 'operator' | 'function'; readonly left: Scalar; readonly right: Scalar }
  | { readonly k: 'not'; readonly of: Scalar }
  | { readonly k: 'isBlank'; readonly of: Scalar }
  | { readonly k: 'if'; readonly condition: Scalar; readonly then: Scalar; readonly otherwise: Scalar | null }
  | { readonly k: 'switch'; readonly subject: Scalar; readonly arms: readonly { readonly match: Scalar; readonly then: Scalar }[]; readonly otherwise: Scalar | null }
  | { readonly k: 'coalesce'; readonly items: readonly Scalar[] }
  | { readonly k: 'divide'; readonly numerator: Scalar; readonly denominator: Scalar; readonly alternate: Scalar | null }
  /** Several values: a row of that many columns. */
  | { readonly k: 'in'; readonly values: readonly Scalar[]; readonly table: Table }
  | { readonly k: 'selectedValue'; readonly column: Column; readonly alternate: Scalar | null }
  | { readonly k: 'hasOneValue'; readonly column: Column }
  /** IF(HASONEVALUE(c), VALUES(c)): a table of one row as a value. */
  | { readonly k: 'onlyValue'; readonly column: Column }
  | { readonly k: 'concat'; readonly left: Scalar; readonly right: Scalar }
  | { readonly k: 'contains'; readonly text: Scalar; readonly part: string }
  | { readonly k: 'least' | 'greatest'; readonly left: Scalar; readonly right: Scalar }
  | { readonly k: 'days'; readonly unit: 'DAY' | 'MONTH' | 'YEAR'; readonly from: Scalar; readonly to: Scalar }
  | { readonly k: 'datePart'; readonly fn: 'YEAR' | 'MONTH' | 'DAY'; readonly of: Scalar }
  | { readonly k: 'lookup'; readonly result: Column; readonly search: readonly { readonly column: Column; readonly value: Scalar }[]; readonly alternate: Scalar | null }
  | { readonly k: 'variable'; readonly name: string }
  | { readonly k: 'let'; readonly name: string; readonly value: Scalar | Table; readonly body: Scalar }
);

export type Table =
  | { readonly k: 'rows'; readonly table: string }
  | { readonly k: 'valuesOfTable'; readonly fn: 'VALUES' | 'DISTINCT'; readonly table: string }
  | { readonly k: 'values'; readonly fn: 'VALUES' | 'DISTINCT'; readonly column: Column }
  | { readonly k: 'all'; readonly table: string }
  | { readonly k: 'allColumns'; readonly columns: readonly Column[] }
  /** ALLEXCEPT as a table: the combinations of the other columns. */
  | { readonly k: 'allExcept'; readonly table: string; readonly columns: readonly Column[] }
  | { readonly k: 'filter'; readonly input: Table; readonly predicate: Scalar }
  | { readonly k: 'calculateTable'; readonly input: Table; readonly filters: readonly Filter[] }
  | { readonly k: 'relatedTable'; readonly table: string }
  | { readonly k: 'addColumns'; readonly input: Table; readonly items: readonly Named[] }
  | { readonly k: 'selectColumns'; readonly input: Table; readonly items: readonly Named[] }
  | { readonly k: 'union'; readonly left: Table; readonly right: Table }
  | { readonly k: 'setOperation'; readonly fn: 'INTERSECT' | 'EXCEPT'; readonly left: Table; readonly right: Table }
  | { readonly k: 'crossJoin'; readonly left: Table; readonly right: Table }
  /** The right side for each row of the left. */
  | { readonly k: 'generate'; readonly fn: 'GENERATE' | 'GENERATEALL'; readonly left: Table; readonly right: Table }
  | { readonly k: 'topN'; readonly count: number; readonly input: Table; readonly by: Scalar; readonly descending: boolean }
  /** SUMMARIZE without expressions. */
  | { readonly k: 'summarize'; readonly table: string; readonly by: readonly Column[] }
  | { readonly k: 'treatAs'; readonly input: Table; readonly columns: readonly Column[] }
  /** The value of a column at a place of its order, from the end where the place is negative. */
  | { readonly k: 'index'; readonly place: number; readonly column: Column; readonly descending: boolean }
  | { readonly k: 'distinct'; readonly input: Table }
  | { readonly k: 'row'; readonly items: readonly Named[] }
  | { readonly k: 'list'; readonly rows: readonly { readonly k: 'listRow'; readonly cells: readonly Scalar[] }[] }
  | { readonly k: 'summarizeColumns'; readonly by: readonly Column[]; readonly filters: readonly Table[]; readonly items: readonly Named[] }
  | { readonly k: 'tableVariable'; readonly name: string }
  | { readonly k: 'tableLet'; readonly name: string; readonly value: Scalar | Table; readonly body: Table };

export interface Named {
  readonly name: string;
  readonly expression: Scalar;
}

/** Filter arguments and modifiers of CALCULATE. */
export type Filter =
  | { readonly k: 'predicate'; readonly columns: readonly Column[]; readonly condition: Scalar; readonly keep: boolean }
  | { readonly k: 'tableFilter'; readonly table: Table; readonly keep: boolean }
  | { readonly k: 'removeColumns'; readonly fn: 'ALL' | 'REMOVEFILTERS'; readonly columns: readonly Column[] }
  | { readonly k: 'removeTable'; readonly fn: 'ALL' | 'REMOVEFILTERS'; readonly table: string }
  | { readonly k: 'removeAll'; readonly fn: 'ALL' | 'REMOVEFILTERS' }
  | { readonly k: 'removeExcept'; readonly table: string; readonly columns: readonly Column[] }
  | { readonly k: 'useRelationship'; readonly from: Column; readonly to: Column };

/** A table's name in DAX. */
export const quoted = (table: string): string => (/^[A-Za-z]\w*$/.test(table) ? table : `'${table.replaceAll("'", "''")}'`);

export const isTable = (it: Scalar | Table): it is Table => !('is' in it);

export const measureName = (index: number): string => (index === 1 ? 'Second one' : `m${String(index)}`);

export const columnText = (it: Column): string => `${quoted(it.table)}[${it.column.replaceAll(']', ']]')}]`;
const refText = (it: Ref): string => ('added' in it ? `[${it.added}]` : columnText(it));
const args = (...items: readonly (string | undefined)[]): string => items.filter((it) => it !== undefined).join(', ');
const optional = (it: Scalar | null): string | undefined => (it === null ? undefined : scalarText(it));
const columnsText = (items: readonly Column[]): string => items.map(columnText).join(', ');
const namedText = (items: readonly Named[]): string => items.map((it) => `"${it.name}", ${scalarText(it.expression)}`).join(', ');

export function scalarText(it: Scalar): string {
  switch (it.k) {
    case 'const': return literal(it.value);
    case 'column': return refText(it.ref);
    case 'related': return `RELATED(${columnText(it.column)})`;
    case 'measure': return `[${measureName(it.index)}]`;
    case 'aggregate': return `${it.fn}(${columnText(it.column)})`;
    case 'countRows': return `COUNTROWS(${tableText(it.table)})`;
    case 'iterate': return `${it.fn}(${tableText(it.table)}, ${scalarText(it.body)})`;
    case 'calculate': return `CALCULATE(${args(scalarText(it.body), ...it.filters.map(filterText))})`;
    case 'arithmetic': case 'compare': return `(${scalarText(it.left)} ${it.op} ${scalarText(it.right)})`;
    case 'negate': return `(-${it.of.k === 'const' ? `(${scalarText(it.of)})` : scalarText(it.of)})`;
    case 'and': case 'or':
      if (it.form === 'function') return `${it.k === 'and' ? 'AND' : 'OR'}(${scalarText(it.left)}, ${scalarText(it.right)})`;
      return `(${scalarText(it.left)} ${it.k === 'and' ? '&&' : '||'} ${scalarText(it.right)})`;
    case 'not': return `(NOT (${scalarText(it.of)}))`;
    case 'isBlank': return `ISBLANK(${scalarText(it.of)})`;
    case 'if': return `IF(${args(scalarText(it.condition), scalarText(it.then), optional(it.otherwise))})`;
    case 'switch': return `SWITCH(${args(scalarText(it.subject), ...it.arms.flatMap((arm) => [scalarText(arm.match), scalarText(arm.then)]), optional(it.otherwise))})`;
    case 'coalesce': return `COALESCE(${args(...it.items.map(scalarText))})`;
    case 'divide': return `DIVIDE(${args(scalarText(it.numerator), scalarText(it.denominator), optional(it.alternate))})`;
    case 'in': return `(${rowText(it.values)} IN ${tableText(it.table)})`;
    case 'contains': return `CONTAINSSTRING(${scalarText(it.text)}, "${it.part}")`;
    case 'least': return `MIN(${scalarText(it.left)}, ${scalarText(it.right)})`;
    case 'greatest': return `MAX(${scalarText(it.left)}, ${scalarText(it.right)})`;
    case 'days': return `DATEDIFF(${scalarText(it.from)}, ${scalarText(it.to)}, ${it.unit})`;
    case 'selectedValue': return `SELECTEDVALUE(${args(columnText(it.column), optional(it.alternate))})`;
    case 'hasOneValue': return `HASONEVALUE(${columnText(it.column)})`;
    case 'onlyValue': return `IF(HASONEVALUE(${columnText(it.column)}), VALUES(${columnText(it.column)}))`;
    case 'concat': return `(${scalarText(it.left)} & ${scalarText(it.right)})`;
    case 'datePart': return `${it.fn}(${scalarText(it.of)})`;
    case 'lookup': return `LOOKUPVALUE(${args(columnText(it.result), ...it.search.flatMap((each) => [columnText(each.column), scalarText(each.value)]), optional(it.alternate))})`;
    case 'variable': return it.name;
    case 'let': return `(VAR ${it.name} = ${anyText(it.value)} RETURN ${scalarText(it.body)})`;
  }
}

const rowText = (cells: readonly Scalar[]): string => (cells.length === 1 ? cells.map(scalarText).join('') : `(${cells.map(scalarText).join(', ')})`);

export function tableText(it: Table): string {
  switch (it.k) {
    case 'rows': return quoted(it.table);
    case 'valuesOfTable': return `${it.fn}(${quoted(it.table)})`;
    case 'values': return `${it.fn}(${columnText(it.column)})`;
    case 'all': return `ALL(${quoted(it.table)})`;
    case 'allColumns': return `ALL(${columnsText(it.columns)})`;
    case 'allExcept': return `ALLEXCEPT(${quoted(it.table)}, ${columnsText(it.columns)})`;
    case 'filter': return `FILTER(${tableText(it.input)}, ${scalarText(it.predicate)})`;
    case 'calculateTable': return `CALCULATETABLE(${args(tableText(it.input), ...it.filters.map(filterText))})`;
    case 'relatedTable': return `RELATEDTABLE(${quoted(it.table)})`;
    case 'addColumns': return `ADDCOLUMNS(${tableText(it.input)}, ${namedText(it.items)})`;
    case 'selectColumns': return `SELECTCOLUMNS(${tableText(it.input)}, ${namedText(it.items)})`;
    case 'union': return `UNION(${tableText(it.left)}, ${tableText(it.right)})`;
    case 'setOperation': case 'generate': return `${it.fn}(${tableText(it.left)}, ${tableText(it.right)})`;
    case 'crossJoin': return `CROSSJOIN(${tableText(it.left)}, ${tableText(it.right)})`;
    case 'topN': return `TOPN(${String(it.count)}, ${tableText(it.input)}, ${scalarText(it.by)}, ${it.descending ? 'DESC' : 'ASC'})`;
    case 'summarize': return `SUMMARIZE(${quoted(it.table)}, ${columnsText(it.by)})`;
    case 'treatAs': return `TREATAS(${tableText(it.input)}, ${columnsText(it.columns)})`;
    case 'index': return `INDEX(${String(it.place)}, ALL(${columnText(it.column)}), ORDERBY(${columnText(it.column)}, ${it.descending ? 'DESC' : 'ASC'}))`;
    case 'distinct': return `DISTINCT(${tableText(it.input)})`;
    case 'row': return `ROW(${namedText(it.items)})`;
    case 'list': return `{${it.rows.map((row) => rowText(row.cells)).join(', ')}}`;
    case 'summarizeColumns': return `SUMMARIZECOLUMNS(${args(...it.by.map(columnText), ...it.filters.map(tableText), it.items.length === 0 ? undefined : namedText(it.items))})`;
    case 'tableVariable': return it.name;
    case 'tableLet': return `VAR ${it.name} = ${anyText(it.value)} RETURN ${tableText(it.body)}`;
  }
}

const anyText = (it: Scalar | Table): string => (isTable(it) ? tableText(it) : scalarText(it));

function filterText(it: Filter): string {
  switch (it.k) {
    case 'predicate': return it.keep ? `KEEPFILTERS(${scalarText(it.condition)})` : scalarText(it.condition);
    case 'tableFilter': return it.keep ? `KEEPFILTERS(${tableText(it.table)})` : tableText(it.table);
    case 'removeColumns': return `${it.fn}(${columnsText(it.columns)})`;
    case 'removeTable': return `${it.fn}(${quoted(it.table)})`;
    case 'removeAll': return `${it.fn}()`;
    case 'removeExcept': return `ALLEXCEPT(${quoted(it.table)}, ${columnsText(it.columns)})`;
    case 'useRelationship': return `USERELATIONSHIP(${columnText(it.from)}, ${columnText(it.to)})`;
  }
}

/** A query over a small model and its measures. */
export interface Question {
  readonly measures: readonly Scalar[];
  readonly query: Table;
}

export const metricsText = (measures: readonly Scalar[]): string => measures.map((it, i) => `${measureName(i)} = ${scalarText(it)}\n`).join('\n');
/** The query with its measures, which hide those of the model. */
export const definingText = ({ measures, query }: Question, table: string): string =>
  `DEFINE\n${measures.map((it, i) => `MEASURE ${quoted(table)}[${measureName(i)}] = ${scalarText(it)}\n`).join('')}${queryText(query)}`;

export const queryText = (query: Table): string => `EVALUATE ${tableText(query)}`;
