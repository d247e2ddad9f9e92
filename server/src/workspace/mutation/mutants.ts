/** The mutants of one definition: each with one change, read and bound again; what is no DAX any more is none. */
import { parseFile, walk } from '../../../../grammar/src/index.ts';
import type { Expression, MeasureDefinition, Segment } from '../../../../grammar/src/tree.ts';
import { bind } from '../../analysis/index.ts';
import type { MeasureSymbol } from '../../analysis/bound.ts';
import { functionNamed } from '../../functions/index.ts';
import { nameKey } from '../../model/model.ts';
import { symbolOf } from '../pages.ts';
import type { ModelView, Reading } from '../types.ts';
import { equivalenceOf, type Equivalence } from './equivalent.ts';
import type { Change, ColumnFacts, MutateContext } from './operator.ts';
import { operators } from './operators/index.ts';

export interface Mutant {
  readonly operator: string;
  readonly change: Change;
  /** The metric as the change makes it. */
  readonly symbol: MeasureSymbol;
}

export interface Mutants {
  readonly made: readonly Mutant[];
  /** Changes that were not made, by the rule that says they change nothing. */
  readonly equivalent: ReadonlyMap<Equivalence, number>;
}

/** A definition of more changes than this is mutated so far and no further. */
const most = 2000;

export function mutantsOf(segment: Segment, reading: Reading, model: ModelView, factsOf: MutateContext['factsOf']): Mutants {
  const { item } = segment;
  const own = reading.symbol;
  if (item.kind !== 'measure' || own === undefined || segment.problems.length > 0) return { made: [], equivalent: new Map() };
  const ctx: MutateContext = { segment, bound: reading.bound, model: model.model, expressions: expressionsIn(item.body), factsOf };
  const made: Mutant[] = [];
  const equivalent = new Map<Equivalence, number>();
  const seen = new Set<string>();
  for (const operator of operators) {
    for (const change of operator.changes(ctx)) {
      const key = `${String(change.span.start)}:${String(change.span.end)}:${change.newText}`;
      if (seen.has(key) || seen.size >= most) continue;
      seen.add(key);
      const changed = changedSegment(segment, change);
      if (changed === undefined) continue;
      const rule = equivalenceOf(ctx, change, changed.item);
      if (rule !== undefined) equivalent.set(rule, (equivalent.get(rule) ?? 0) + 1);
      else {
        const symbol = symbolOf(own.uri, own.model, changed.segment);
        if (symbol !== undefined && isSound(changed.segment, symbol, reading, model)) made.push({ operator: operator.id, change, symbol });
      }
    }
  }
  return { made, equivalent };
}

function expressionsIn(body: Expression): readonly Expression[] {
  const all: Expression[] = [];
  walk(body, (it) => void all.push(it));
  return all;
}

function changedSegment(segment: Segment, { span, newText }: Change): { readonly segment: Segment; readonly item: MeasureDefinition } | undefined {
  const text = segment.text.slice(0, span.start) + newText + segment.text.slice(span.end);
  const { segments } = parseFile(text, { isFunction: (name) => functionNamed(name) !== undefined });
  const [changed] = segments;
  if (changed === undefined || segments.length !== 1 || changed.problems.length > 0 || changed.item.kind !== 'measure') return undefined;
  return segment.item.kind === 'measure' && changed.item.name === segment.item.name ? { segment: changed, item: changed.item } : undefined;
}

/** Whether the changed text means something: what binding calls an error would never be written. */
function isSound(changed: Segment, symbol: MeasureSymbol, { measures, defined, bound }: Reading, { model }: ModelView): boolean {
  const { functions, tables, columns } = defined;
  const scope = { model, measures: new Map(measures).set(nameKey(symbol.name), symbol), functions, tables, columns };
  const errors = (it: typeof bound): number => it.findings.filter((found) => found.severity === 'error').length;
  return errors(bind(changed, scope)) <= errors(bound);
}

/** What loaded rows tell of the columns of a model. */
export function columnFacts(facts: readonly { readonly table: string; readonly rowCount: number; readonly columns: readonly { readonly name: string; readonly type: string; readonly distinct: number | undefined }[] }[]): MutateContext['factsOf'] {
  const known = new Map<string, ColumnFacts>();
  for (const table of facts) {
    for (const it of table.columns) {
      const type = it.type === 'variant' || it.type === 'blank' ? undefined : (it.type as ColumnFacts['type']);
      known.set(`${nameKey(table.table)}\u0000${nameKey(it.name)}`, { type, isUnique: it.distinct === table.rowCount && table.rowCount > 0 });
    }
  }
  return (table, column) => {
    const found = known.get(`${nameKey(table.name)}\u0000${nameKey(column.name)}`);
    // One row without a value is unique and counts for nothing: only a declared key has a value in every row.
    return { type: found?.type ?? column.type, isUnique: column.key && found?.isUnique === true };
  };
}
