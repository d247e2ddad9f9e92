/** Plans in a short notation, so that tests read like DAX. */
import type { ContextChange, Relation, Scalar, VariablePlan, WindowEnd, WindowPlan, WindowTake } from '../../server/src/plan/plan.ts';
import type { Reason } from '../../server/src/plan/values.ts';

/** A scalar in short: `calculate(sum(T[c]) | T[d] = 1 | <- 1)`; row contexts are numbered. */
export function showScalar(it: Scalar): string {
  const many = (items: readonly (Scalar | null)[]): string => items.map((item) => (item === null ? '' : showScalar(item))).join(', ');
  const otherwise = (item: Scalar | null): string => (item === null ? '' : `, ${showScalar(item)}`);
  switch (it.op) {
    case 'constant': return it.value === null ? 'BLANK' : typeof it.value === 'string' ? JSON.stringify(it.value) : `${String(it.value)}`;
    case 'column': return `row${String(it.row)}.${String(it.index)}`;
    case 'related': return `related(row${String(it.row)} ${it.column.table}[${it.column.column}])`;
    case 'variable': return `v${String(it.id)}`;
    case 'let': return `let(${showVariables(it.variables)}; ${showScalar(it.body)})`;
    case 'call': return `${it.name}(${many(it.args)})`;
    case 'if': return `if(${showScalar(it.condition)}, ${showScalar(it.then)}${otherwise(it.otherwise)})`;
    case 'switch': return `switch(${showScalar(it.subject)}${it.arms.map((arm) => `, ${showScalar(arm.match)}: ${showScalar(arm.then)}`).join('')}${otherwise(it.otherwise)})`;
    case 'coalesce': return `coalesce(${many(it.args)})`;
    case 'and': case 'or': return `${it.op}(${many([it.left, it.right])})`;
    case 'divide': return `divide(${many([it.numerator, it.denominator])}${otherwise(it.alternate)})`;
    case 'aggregate': return `${it.fn}(${it.column.table}[${it.column.column}])`;
    case 'countRows': return `countRows(${showRelation(it.relation)})`;
    case 'fold': return `${it.fn}X(${showRelation(it.relation)} as row${String(it.row)}, ${showScalar(it.expression)})`;
    case 'overRows': return `${it.name}(${showRelation(it.relation)} as row${String(it.row)}, ${many(it.values)}; ${many(it.args)}${it.keys.map((key) => ` by ${showScalar(key.expression)}${key.descending ? ' desc' : ''}`).join('')})`;
    case 'measure': return `measure${String(it.index)}${transition(it.transition)}`;
    case 'selectedMeasure': return `selected ${it.question}(${it.measures.map(String).join(' ')})${transition(it.transition)}`;
    case 'calculate': return `calculate(${showScalar(it.expression)}${showChanges(it.changes)}${transition(it.transition)})`;
    case 'scalarOf': return `valueOf(${showRelation(it.relation)})`;
    case 'in': return `in(${many(it.values)}; ${showRelation(it.relation)})`;
    case 'lookup': return `lookup(${it.result.table}[${it.result.column}]${it.search.map((pair) => `, ${pair.column.column} = ${showScalar(pair.value)}`).join('')}${otherwise(it.alternate)})`;
    case 'hasOneValue': return `hasOneValue(${it.column.table}[${it.column.column}])`;
    case 'probe': return `${it.question}(${it.table}${it.column === null ? '' : `[${it.column}]`})`;
    case 'selectedValue': return `selectedValue(${it.column.table}[${it.column.column}]${otherwise(it.alternate)})`;
    case 'windowPlace': return `${it.fn}(${showWindow(it.window)})`;
    case 'notEvaluated': return showReason(it.reason);
  }
}

/** A relation in short, with the names of its columns after a colon where they are not those of the input. */
export function showRelation(it: Relation): string {
  const columns = it.columns.map((column) => column.name).join(' ');
  const blank = (is: boolean): string => (is ? '+blank' : '');
  switch (it.op) {
    case 'scan': return `${it.source}${blank(it.blankRow)}`;
    case 'values': return `values${blank(it.blankRow)}(${columns})`;
    case 'all': return `all${blank(it.blankRow)}(${it.whole ? it.source : columns})`;
    case 'filter': return `filter(${showRelation(it.input)} as row${String(it.row)}, ${showScalar(it.predicate)})`;
    case 'extend': return `extend(${showRelation(it.input)} as row${String(it.row)}${it.extensions.map((item) => `, ${item.name} = ${showScalar(item.expression)}`).join('')})`;
    case 'project': return `project(${showRelation(it.input)} as row${String(it.row)}, ${it.expressions.map((item, i) => `${it.columns[i]?.name ?? '?'} = ${showScalar(item)}`).join(', ')})`;
    case 'union': return `union(${it.inputs.map(showRelation).join(', ')})`;
    case 'cross': return `cross(${it.inputs.map(showRelation).join(', ')})`;
    case 'generate': return `generate${it.keepEmpty ? 'All' : ''}(${showRelation(it.input)} as row${String(it.row)}, ${showRelation(it.inner)})`;
    case 'intersect':
    case 'except': return `${it.op}(${showRelation(it.left)}, ${showRelation(it.right)})`;
    case 'join': return `join${it.keepLeft ? 'Left' : ''}(${showRelation(it.left)}, ${showRelation(it.right)} on ${it.on.map((pair) => pair.join('=')).join(' ')})`;
    case 'topN': return `top(${showScalar(it.count)}, ${showRelation(it.input)} as row${String(it.row)}, ${it.keys.map((key) => `${showScalar(key.expression)}${key.descending ? ' desc' : ''}`).join(', ')})`;
    case 'treatAs': return `treatAs(${showRelation(it.input)}: ${columns})`;
    case 'series': return `series(${showScalar(it.start)}, ${showScalar(it.end)}${it.step === null ? '' : `, ${showScalar(it.step)}`})`;
    case 'groupBy': return `groupBy(${showRelation(it.input)} by ${it.by.join(' ')} as v${String(it.group)}${it.extensions.map((item) => `, ${item.name} = ${showScalar(item.expression)}`).join('')})`;
    case 'distinct': return `distinct(${showRelation(it.input)})`;
    case 'rows': return `rows(${columns}: ${it.rows.map((row) => row.map(showScalar).join(' ')).join(', ')})`;
    case 'calculate': return `calculate(${showRelation(it.input)}${showChanges(it.changes)}${transition(it.transition)})`;
    case 'summarizeColumns': return `summarize(${it.by.map((by) => `${by.table}[${by.column}]`).join(' ')}${it.filters.map((item) => ` | ${showRelation(item)}`).join('')}${it.extensions.map((item) => `, ${item.name} = ${showScalar(item.expression)}`).join('')})`;
    case 'allSelected': return `allSelected(${it.whole ? it.source : columns})`;
    case 'filterValues': return `filters(${it.column.table}[${it.column.column}])`;
    case 'calendar': return `calendar(${showScalar(it.start)}, ${showScalar(it.end)})`;
    case 'dates': return `dates ${it.period.kind}${'unit' in it.period ? ` ${it.period.unit}` : ''}(${it.input === null ? columns : showRelation(it.input)})`;
    case 'order': return `order(${showRelation(it.input)} as row${String(it.row)}, ${it.keys.map((key) => `${showScalar(key.expression)}${key.descending ? ' desc' : ''}`).join(', ')}${it.startAt === undefined ? '' : ` from ${it.startAt.map(showScalar).join(', ')}`})`;
    case 'keepFilters': return `keep ${showRelation(it.input)}`;
    case 'choose': return `${it.how}(${showRelation(it.input)} as row${String(it.row)}, ${it.counts.map(showScalar).join(' ')})`;
    case 'numbered': return `numbered(${showRelation(it.input)} as row${String(it.row)})`;
    case 'regression': return `regression(${showRelation(it.input)} as row${String(it.row)}, ${[it.y, ...it.xs].map(showScalar).join(' ')})`;
    case 'rollup': return `rollup(${showRelation(it.input)} by ${it.levels.map((level) => level.map((index) => it.by[index]).join(' ')).join(' / ')} as v${String(it.group)}${it.extensions.map((item) => `, ${item.name} = ${showScalar(item.expression)}`).join('')})`;
    case 'addMissing': return `addMissing(${showRelation(it.input)} by ${it.by.join(' ')}${it.filters.map((item) => ` | ${showRelation(item)}`).join('')})`;
    case 'window': return `${showTake(it.take)}(${showWindow(it.window)})`;
    case 'tableVariable': return `v${String(it.id)}`;
    case 'let': return `let(${showVariables(it.variables)}; ${showRelation(it.body)})`;
    case 'notEvaluated': return showReason(it.reason);
  }
}

function showWindow({ input, row, partition, keys, matches }: WindowPlan): string {
  const order = keys.map((key) => `${showScalar(key.expression)}${key.descending ? ' desc' : ''}${key.blanks === 'default' ? '' : ` blanks ${key.blanks}`}`).join(' ');
  const current = matches.map((it) => (it.current === null ? `${it.column?.table ?? ''}[${it.column?.column ?? ''}]` : showScalar(it.current))).join(' ');
  return `${showRelation(input)} as row${String(row)} by ${order}${partition.length === 0 ? '' : ` within ${partition.map(showScalar).join(' ')}`} at ${current}`;
}

function showTake(take: WindowTake): string {
  const end = (it: WindowEnd): string => `${showScalar(it.place)}${it.absolute ? ' abs' : ''}`;
  return take.kind === 'index' ? `index ${showScalar(take.place)}` : take.kind === 'offset' ? `offset ${showScalar(take.delta)}` : `window ${end(take.from)} to ${end(take.to)}`;
}

function showVariables(variables: readonly VariablePlan[]): string {
  return variables.map((it) => `v${String(it.id)} = ${it.kind === 'scalar' ? showScalar(it.value) : showRelation(it.value)}`).join('; ');
}

function showChanges(changes: readonly ContextChange[]): string {
  return changes.map((it) => ` | ${showChange(it)}`).join('');
}

export function showChange(it: ContextChange): string {
  const names = (columns: readonly { readonly table: string; readonly column: string }[]): string => columns.map((column) => `${column.table}[${column.column}]`).join(' ');
  switch (it.change) {
    case 'filter': return `${it.keep ? 'keep ' : ''}${showRelation(it.relation)}`;
    case 'predicate': return `${it.keep ? 'keep ' : ''}${names(it.columns)} as row${String(it.row)}: ${showScalar(it.predicate)}`;
    case 'allSelected': return `selected ${it.columns !== null ? names(it.columns) : (it.table ?? 'all')}`;
    case 'useRelationship': return `${it.relationship.passing === undefined ? 'use' : `pass ${it.relationship.passing}`} ${names([it.relationship.from, it.relationship.to])}`;
    case 'removeCrossFilters': return `remove what filters ${it.table}`;
    case 'removeColumns': return `remove ${names(it.columns)}`;
    case 'removeTable': return `remove ${it.table}`;
    case 'removeAll': return 'remove all';
    case 'removeExcept': return `remove ${it.table} except ${names(it.columns)}`;
    case 'notEvaluated': return showReason(it.reason);
  }
}

const transition = (rows: readonly number[]): string => (rows.length === 0 ? '' : ` <- ${rows.map((it) => `row${String(it)}`).join(' ')}`);

function showReason(it: Reason): string {
  switch (it.id) {
    case 'function-not-supported': return `!not supported: ${it.name}`;
    case 'feature-not-supported': return `!not supported: ${it.what}`;
    case 'unresolved-name': return `!no name: ${it.name}`;
    case 'type-error': return `!type: ${it.detail}`;
    case 'circular-dependency': return `!circle: ${it.path}`;
    default: return `!${it.id}`;
  }
}
