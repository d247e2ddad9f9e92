/** Makes a case smaller as long as the product and the definitions part on it in the same way. */
import { check, type Case, type Outcome } from './check.ts';
import type { SmallModel } from './smallModel.ts';
import type { Scalar } from './tree.ts';

/** @param limit candidates that are tried at most */
export async function shrink(start: Case, outcome: Outcome, limit = 1_500): Promise<{ readonly found: Case; readonly outcome: Outcome }> {
  let found = start;
  let last = outcome;
  let tries = 0;
  const wanted = classOf(outcome);
  for (let progress = true; progress && tries < limit;) {
    progress = false;
    for (const candidate of smaller(found)) {
      if (++tries > limit) break;
      const it = await check(candidate).catch((): Outcome => ({ kind: 'left out', why: 'invalid' }));
      if (classOf(it) !== wanted) continue;
      found = candidate;
      last = it;
      progress = true;
      break;
    }
  }
  return { found, outcome: last };
}

/** Differences of one sort: a wrong value does not become an exception on the way. */
function classOf(it: Outcome): string {
  if (it.kind !== 'different') return it.kind;
  if (it.answer.kind !== 'fault') return 'value';
  return /"rule":"[^"]*"/.exec(it.why)?.[0] ?? it.why.split('\n')[0]?.replace(/\S*\[[^\]]*\]|'[^']*'|\d+/g, '') ?? '';
}

function* smaller({ model, question }: Case): Generator<Case> {
  for (const query of variants(question.query)) yield { model, question: { ...question, query: query as unknown as Case['question']['query'] } };
  for (const [i, measure] of question.measures.entries()) {
    const zero: Scalar = { k: 'const', is: measure.is, value: null };
    if (!(measure.k === 'const' && measure.value === null)) yield { model, question: { ...question, measures: question.measures.with(i, zero) } };
    for (const it of variants(measure)) yield { model, question: { ...question, measures: question.measures.with(i, it as unknown as Measures[number]) } };
  }
  if (question.measures.length > 1) yield { model, question: { ...question, measures: question.measures.slice(0, -1) } };
  for (const it of smallerModels(model)) yield { model: it, question };
}

type Node = Readonly<Record<string, unknown>>;
type Measures = Case['question']['measures'];

const isNode = (it: unknown): it is Node => typeof it === 'object' && it !== null && !Array.isArray(it) && typeof (it as Node)['k'] === 'string';

const filterKinds = new Set(['predicate', 'tableFilter', 'removeColumns', 'removeTable', 'removeAll', 'removeExcept', 'useRelationship']);
const sortOf = (it: Node): string => (typeof it['is'] === 'string' ? it['is'] : filterKinds.has(it['k'] as string) ? 'filter' : 'table');

/** A node made smaller: replaced by a part of its own sort or by a constant, or with one of its parts made smaller. */
function* variants(node: Node): Generator<Node> {
  for (const part of partsOf(node)) if (sortOf(part) === sortOf(node)) yield part;
  if (sortOf(node) === 'num' && node['k'] !== 'const') yield { k: 'const', is: 'num', value: { t: 'int', v: 1 } };
  if (sortOf(node) === 'bool' && node['k'] !== 'const') yield { k: 'const', is: 'bool', value: { t: 'bool', v: true } };
  if (node['k'] === 'iterate' || node['k'] === 'filter') yield* ([node['table'] ?? node['input']] as Node[]).flatMap((table) => (table['k'] === 'filter' || table['k'] === 'calculateTable' ? [{ ...node, [node['k'] === 'filter' ? 'input' : 'table']: table['input'] }] : []));
  if (node['keep'] === true) yield { ...node, keep: false };
  for (const [key, value] of Object.entries(node)) {
    if (key === 'otherwise' || key === 'alternate') if (value !== null) yield { ...node, [key]: null };
    if (isNode(value)) for (const it of variants(value)) yield { ...node, [key]: it };
    if (!Array.isArray(value)) continue;
    const items = value as readonly unknown[];
    const least = key === 'cells' || key === 'values' || key === 'search' ? items.length : key === 'filters' || (node['k'] === 'summarizeColumns' && (key === 'by' || key === 'items')) ? 0 : 1;
    if (items.length > least && node['k'] !== 'predicate') for (const i of items.keys()) yield { ...node, [key]: items.toSpliced(i, 1) };
    for (const [i, item] of items.entries()) {
      if (isNode(item)) for (const it of variants(item)) yield { ...node, [key]: items.with(i, it) };
      else if (typeof item === 'object' && item !== null) {
        // Named expressions, arms of SWITCH.
        for (const [name, part] of Object.entries(item)) if (isNode(part)) for (const it of variants(part)) yield { ...node, [key]: items.with(i, { ...item, [name]: it }) };
      }
    }
  }
}

/** Nodes below a node, nearest first. */
function* partsOf(node: Node): Generator<Node> {
  const below = Object.values(node).flatMap((it): readonly unknown[] => (Array.isArray(it) ? it : [it])).flatMap((it) => {
    if (isNode(it)) return [it];
    return typeof it === 'object' && it !== null ? Object.values(it).filter(isNode) : [];
  });
  yield* below;
  for (const it of below) yield* partsOf(it);
}

function* smallerModels(model: SmallModel): Generator<SmallModel> {
  for (const [i, it] of model.calculated.entries()) {
    yield { ...model, calculated: model.calculated.toSpliced(i, 1) };
    if (it.k !== 'calculatedColumn') continue;
    for (const expression of variants(it.expression)) yield { ...model, calculated: model.calculated.with(i, { ...it, expression: expression as unknown as Measures[number] }) };
  }
  const withTable = (i: number, table: SmallModel['tables'][number]): SmallModel => ({ ...model, tables: model.tables.with(i, table) });
  for (const [i, table] of model.tables.entries()) {
    yield {
      calculated: model.calculated,
      tables: model.tables.toSpliced(i, 1),
      relationships: model.relationships.filter((it) => it.from.table !== table.name && it.to.table !== table.name),
    };
    for (const row of table.rows.keys()) yield withTable(i, { ...table, rows: table.rows.toSpliced(row, 1) });
    for (const [at, column] of table.columns.entries()) {
      if (table.columns.length === 1) continue;
      const ends = model.relationships.filter((it) => [it.from, it.to].some((end) => end.table === table.name && end.column === column.name));
      const rest = withTable(i, { ...table, columns: table.columns.toSpliced(at, 1), rows: table.rows.map((row) => row.toSpliced(at, 1)) });
      yield { ...rest, relationships: model.relationships.filter((it) => !ends.includes(it)) };
    }
  }
}
