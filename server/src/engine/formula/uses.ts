/** What an expression reads from around it; what reads nothing is the same in every context and is computed once. */
import { assertNever } from '../../base/assertNever.ts';
import type { ContextChange, Relation, RowId, Scalar, VariableId, VariablePlan, WindowPlan } from '../../plan/plan.ts';

export interface Uses {
  /** Whether the filter context matters. */
  readonly filters: boolean;
  readonly rows: ReadonlySet<RowId>;
  readonly variables: ReadonlySet<VariableId>;
}

/** Whether the value depends on nothing but the current row of `rows`. */
export function dependsOnlyOn(uses: Uses, rows: readonly RowId[]): boolean {
  return !uses.filters && uses.variables.size === 0 && [...uses.rows].every((it) => rows.includes(it));
}

export const isContextFree = (uses: Uses): boolean => dependsOnlyOn(uses, []);

const known = new WeakMap<object, Uses>();

type PlanNode = Scalar | Relation | ContextChange;

/** Inner nodes come first, without recursion: plans may be deep. */
export function usesOf(node: PlanNode): Uses {
  const found = known.get(node);
  if (found !== undefined) return found;
  const open: PlanNode[] = [node];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const inner = innerNodes(top).filter((it) => !known.has(it));
    if (inner.length > 0) {
      for (const it of inner) open.push(it);
      continue;
    }
    open.pop();
    if (!known.has(top)) known.set(top, 'change' in top ? ofChange(top) : 'columns' in top ? ofRelation(top) : ofScalar(top));
  }
  return known.get(node) ?? NOTHING;
}

/** The nodes right below one; plans are plain records, so every nested record is looked into. */
function innerNodes(node: PlanNode): readonly PlanNode[] {
  const found: PlanNode[] = [];
  const open: unknown[] = Object.values(node);
  while (open.length > 0) {
    const it = open.pop();
    if (typeof it !== 'object' || it === null) continue;
    if ('op' in it || 'change' in it) found.push(it as PlanNode);
    else for (const value of Object.values(it)) open.push(value);
  }
  return found;
}

/** What any of several expressions reads. */
export const usesOfAll = (nodes: readonly Scalar[]): Uses => union(nodes.map(usesOf));

const NOTHING: Uses = { filters: false, rows: new Set(), variables: new Set() };
const FILTERS: Uses = { ...NOTHING, filters: true };

function union(parts: readonly Uses[]): Uses {
  const mattering = parts.filter((it) => it.filters || it.rows.size > 0 || it.variables.size > 0);
  if (mattering.length <= 1) return mattering[0] ?? NOTHING;
  return {
    filters: mattering.some((it) => it.filters),
    rows: new Set(mattering.flatMap((it) => [...it.rows])),
    variables: new Set(mattering.flatMap((it) => [...it.variables])),
  };
}

const rowUse = (row: RowId): Uses => ({ ...NOTHING, rows: new Set([row]) });
const of = (node: Scalar | Relation | null): Uses => (node === null ? NOTHING : usesOf(node));

/** What `parts` read besides the row context that they run in. */
function within(row: RowId, parts: readonly Uses[]): Uses {
  const all = union(parts);
  if (!all.rows.has(row)) return all;
  const rows = new Set(all.rows);
  rows.delete(row);
  return { ...all, rows };
}

function ofWindow({ input, row, partition, keys, matches }: WindowPlan): Uses {
  const perRow = [...partition, ...keys.map((it) => it.expression), ...matches.map((it) => it.value)].map(of);
  const around = matches.flatMap((it) => [of(it.current), ...it.passed.map(of)]);
  return union([of(input), within(row, perRow), ...around, ...(matches.some((it) => it.current === null) ? [FILTERS] : [])]);
}

function withVariables(plans: readonly VariablePlan[], body: Uses): Uses {
  return plans.reduce((uses, it) => withoutVariable(it.id, uses), union([body, ...plans.map((it) => usesOf(it.value))]));
}

function withoutVariable(id: VariableId, uses: Uses): Uses {
  if (!uses.variables.has(id)) return uses;
  const variables = new Set(uses.variables);
  variables.delete(id);
  return { ...uses, variables };
}

function ofScalar(node: Scalar): Uses {
  switch (node.op) {
    case 'constant':
    case 'notEvaluated': return NOTHING;
    case 'column':
    case 'related': return rowUse(node.row);
    case 'variable': return { ...NOTHING, variables: new Set([node.id]) };
    case 'let': return withVariables(node.variables, of(node.body));
    case 'call': return union(node.args.map(of));
    case 'if': return union([of(node.condition), of(node.then), of(node.otherwise)]);
    case 'switch': return union([of(node.subject), ...node.arms.flatMap((it) => [of(it.match), of(it.then)]), of(node.otherwise)]);
    case 'coalesce': return union(node.args.map(of));
    case 'and':
    case 'or': return union([of(node.left), of(node.right)]);
    case 'divide': return union([of(node.numerator), of(node.denominator), of(node.alternate)]);
    case 'aggregate':
    case 'probe':
    case 'hasOneValue': return FILTERS;
    case 'selectedValue': return union([FILTERS, of(node.alternate)]);
    case 'windowPlace': return ofWindow(node.window);
    case 'countRows':
    case 'scalarOf': return of(node.relation);
    case 'fold': return union([of(node.relation), within(node.row, [of(node.expression)])]);
    case 'overRows': return union([of(node.relation), ...node.args.map(of), within(node.row, [...node.values, ...node.keys.map((it) => it.expression)].map(of))]);
    case 'selectedMeasure':
    case 'measure': return union([FILTERS, ...node.transition.map(rowUse)]);
    case 'calculate': return union([FILTERS, ...node.changes.map(usesOf), ...node.transition.map(rowUse), of(node.expression)]);
    case 'in': return union([...node.values.map(of), of(node.relation)]);
    case 'lookup': return union([...node.search.map((it) => of(it.value)), of(node.alternate)]);
    default: return assertNever(node);
  }
}

function ofRelation(node: Relation): Uses {
  switch (node.op) {
    case 'scan':
    case 'allSelected':
    case 'filterValues':
    case 'values': return FILTERS;
    case 'all':
    case 'notEvaluated': return NOTHING;
    case 'filter': return union([of(node.input), within(node.row, [of(node.predicate)])]);
    case 'extend': return union([of(node.input), within(node.row, node.extensions.map((it) => of(it.expression)))]);
    case 'project': return union([of(node.input), within(node.row, node.expressions.map(of))]);
    case 'union':
    case 'cross': return union(node.inputs.map(of));
    case 'distinct':
    case 'keepFilters':
    case 'treatAs': return of(node.input);
    case 'generate': return union([of(node.input), within(node.row, [of(node.inner)])]);
    case 'intersect':
    case 'except':
    case 'join': return union([of(node.left), of(node.right)]);
    case 'topN': return union([of(node.input), of(node.count), within(node.row, node.keys.map((it) => of(it.expression)))]);
    case 'choose': return union([of(node.input), ...node.counts.map(of), within(node.row, node.keys.map((it) => of(it.expression)))]);
    case 'numbered': return union([of(node.input), within(node.row, node.keys.map((it) => of(it.expression)))]);
    case 'regression': return union([of(node.input), of(node.constant), within(node.row, [node.y, ...node.xs].map(of))]);
    case 'series': return union([of(node.start), of(node.end), of(node.step)]);
    case 'groupBy': return union([of(node.input), withoutVariable(node.group, union(node.extensions.map((it) => of(it.expression))))]);
    case 'rollup': return union([of(node.input), [node.group, ...node.subtotals].reduce((uses, it) => withoutVariable(it, uses), union(node.extensions.map((it) => of(it.expression))))]);
    case 'addMissing': return union([FILTERS, of(node.input), ...node.filters.map(of)]);
    case 'rows': return union(node.rows.flatMap((it) => it.map(of)));
    case 'calculate': return union([FILTERS, ...node.changes.map(usesOf), ...node.transition.map(rowUse), of(node.input)]);
    case 'summarizeColumns': return union([FILTERS, ...node.filters.map(of), ...(node.nonVisual ?? []).map(of), ...(node.rollup?.levels ?? []).flatMap((it) => (it.filters ?? []).map(of)), ...node.extensions.map((it) => of(it.expression))]);
    case 'calendar': return union([of(node.start), of(node.end)]);
    case 'dates': return union([of(node.input), ...Object.values(node.period).map((it) => (typeof it === 'object' && 'op' in it ? of(it as Scalar) : NOTHING))]);
    case 'order': return union([of(node.input), ...(node.startAt ?? []).map(of), within(node.row, node.keys.map((it) => of(it.expression)))]);
    case 'window': {
      const { take } = node;
      return union([ofWindow(node.window), ...(take.kind === 'index' ? [take.place] : take.kind === 'offset' ? [take.delta] : [take.from.place, take.to.place]).map(of)]);
    }
    case 'tableVariable': return { ...NOTHING, variables: new Set([node.id]) };
    case 'let': return withVariables(node.variables, of(node.body));
    default: return assertNever(node);
  }
}

function ofChange(node: ContextChange): Uses {
  switch (node.change) {
    case 'filter': return of(node.relation);
    case 'predicate': return within(node.row, [of(node.predicate)]);
    case 'allSelected':
    case 'useRelationship':
    case 'removeCrossFilters':
    case 'removeColumns':
    case 'removeTable':
    case 'removeAll':
    case 'removeExcept':
    case 'notEvaluated': return NOTHING;
    default: return assertNever(node);
  }
}
