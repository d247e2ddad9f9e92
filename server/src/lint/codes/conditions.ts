/** The conditions of a segment, as chains of operands on the same choice column. */
import type { Argument, Expression } from '../../../../grammar/src/tree.ts';
import { nameKey } from '../../model/model.ts';
import type { SegmentContext } from '../context.ts';
import { argumentAt, parentOf, unwrap, visit } from '../tree.ts';
import { keptBy, operandsOf, type Kept } from './kept.ts';

export interface Part {
  readonly expression: Expression;
  readonly kept: Kept;
}

/** Conditions that are joined and compare the same thing. */
export interface Chain {
  readonly joint: 'and' | 'or';
  readonly parts: readonly Part[];
}

/** Chains of conditions: of `&&` and `||`, and of the filter arguments of one CALCULATE; a lone condition is a chain of one. */
export function chainsOf(ctx: SegmentContext): readonly Chain[] {
  let chains = kept.get(ctx.bound);
  if (chains === undefined) kept.set(ctx.bound, (chains = read(ctx)));
  return chains;
}

const kept = new WeakMap<SegmentContext['bound'], readonly Chain[]>();

function read(ctx: SegmentContext): readonly Chain[] {
  const chains: Chain[] = [];
  const add = (operands: readonly Expression[], joint: 'and' | 'or'): void => {
    const bySubject = new Map<string, Part[]>();
    for (const expression of operands) {
      const kept = keptBy(ctx, expression);
      if (kept === undefined) continue;
      const parts = bySubject.get(kept.subject.key) ?? [];
      bySubject.set(kept.subject.key, parts);
      parts.push({ expression, kept });
    }
    for (const parts of bySubject.values()) chains.push({ joint, parts });
  };
  visit(ctx, (node) => {
    const joint = jointOf(node);
    if (joint !== undefined) {
      if (!isInside(ctx, node, joint)) add(operandsOf(node, joint), joint);
    } else if (node.kind === 'call' && calculates.has(node.name.toUpperCase())) {
      add(node.args.slice(1).flatMap((it) => conditionsOf(ctx, it)), 'and');
    } else if (node.kind === 'binary' && !isInside(ctx, node, 'and') && !isInside(ctx, node, 'or')) add([node], 'and');
  });
  return chains;
}

const calculates: ReadonlySet<string> = new Set(['CALCULATE', 'CALCULATETABLE']);

function jointOf(node: Expression): 'and' | 'or' | undefined {
  if (node.kind === 'binary') return node.operator === '&&' ? 'and' : node.operator === '||' ? 'or' : undefined;
  if (node.kind !== 'call') return undefined;
  const name = node.name.toUpperCase();
  return name === 'AND' ? 'and' : name === 'OR' ? 'or' : undefined;
}

/** Whether the node is an operand of a longer chain of the same kind, which looks at it. */
function isInside(ctx: SegmentContext, node: Expression, joint: 'and' | 'or'): boolean {
  let parent = parentOf(ctx, node);
  while (parent?.kind === 'parenthesized') parent = parentOf(ctx, parent);
  return parent !== undefined && jointOf(parent) === joint;
}

/** What a filter argument demands of the rows it keeps: itself, or the condition of FILTER. */
function conditionsOf(ctx: SegmentContext, argument: Argument): readonly Expression[] {
  if (argument.kind === 'omitted') return [];
  const it = unwrap(argument);
  const name = it.kind === 'call' ? it.name.toUpperCase() : '';
  if (it.kind !== 'call' || (name !== 'KEEPFILTERS' && name !== 'FILTER')) return operandsOf(it, 'and');
  const [first, second] = [argumentAt(it, 0), argumentAt(it, 1)];
  if (first === undefined) return [];
  if (name === 'KEEPFILTERS') return conditionsOf(ctx, first);
  return second === undefined ? [] : operandsOf(second, 'and').filter((part) => isOfRows(ctx, part, first));
}

/** Whether a condition of FILTER is about the rows that are filtered, and not about an outer row. */
function isOfRows(ctx: SegmentContext, condition: Expression, rows: Expression): boolean {
  const subject = keptBy(ctx, condition)?.subject;
  const type = ctx.bound.typeOf(rows);
  if (subject === undefined || type.kind !== 'table') return false;
  return type.columns?.some(({ lineage }) =>
    lineage !== undefined && nameKey(lineage.table) === nameKey(subject.table.name) && nameKey(lineage.column) === nameKey(subject.column.name)) === true;
}
