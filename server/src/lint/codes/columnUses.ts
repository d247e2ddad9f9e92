/** How a segment uses columns whose type nobody declares: as a condition, against text, against numbers. */
import type { Argument, Expression } from '../../../../grammar/src/tree.ts';
import type { Bound } from '../../analysis/bound.ts';
import type { Span } from '../../base/spans.ts';
import { functionNamed } from '../../functions/index.ts';
import { nameKey, type Column, type Table } from '../../model/model.ts';
import { argumentAt, unwrap, valueOf, visit } from '../tree.ts';

export type UseKind = 'boolean' | 'text' | 'number';

export interface ColumnUse {
  /** `table\u0000column` of `nameKey`s. */
  readonly key: string;
  readonly table: Table;
  readonly column: Column;
  readonly kind: UseKind;
  /** The column as it is written, in the segment. */
  readonly span: Span;
}

const kept = new WeakMap<Bound['dependencies'], readonly ColumnUse[]>();

/** Kept as long as the segment's binding is; a segment that only moved keeps its uses. */
export function columnUses(bound: Bound): readonly ColumnUse[] {
  let uses = kept.get(bound.dependencies);
  if (uses === undefined) kept.set(bound.dependencies, (uses = read(bound)));
  return uses;
}

function read(bound: Bound): readonly ColumnUse[] {
  const found: ColumnUse[] = [];
  const add = (expression: Argument | undefined, kind: UseKind | undefined): void => {
    const it = expression === undefined || expression.kind === 'omitted' ? undefined : unwrap(expression);
    const column = it?.kind === 'column' ? bound.columnOf(it) : undefined;
    if (it === undefined || column === undefined || kind === undefined || column.column.type !== undefined) return;
    found.push({ ...column, key: `${nameKey(column.table.name)}\u0000${nameKey(column.column.name)}`, kind, span: it.span });
  };
  const kindOf = (value: Expression): UseKind | undefined => literalKind(valueOf({ bound }, value));
  visit(bound, (node) => {
    switch (node.kind) {
      case 'unary':
        if (node.operator === 'NOT') add(node.operand, 'boolean');
        break;
      case 'binary':
        switch (node.operator) {
          case '&&': case '||':
            add(node.left, 'boolean');
            add(node.right, 'boolean');
            break;
          case '=': case '==': case '<>': case '<': case '>': case '<=': case '>=':
            add(node.left, kindOf(node.right));
            add(node.right, kindOf(node.left));
            break;
          case 'IN': {
            const list = valueOf({ bound }, node.right);
            const row = list.kind === 'constructor' ? list.rows[0] : undefined;
            if (row !== undefined && row.kind !== 'omitted') add(node.left, kindOf(row));
            break;
          }
          default:
        }
        break;
      case 'call': {
        const name = functionNamed(node.name)?.name ?? '';
        for (const i of conditionPlaces(name, node.args.length)) add(node.args[i], 'boolean');
        const value = name === 'SWITCH' ? argumentAt(node, 1) : undefined;
        if (value !== undefined) add(node.args[0], kindOf(value));
        break;
      }
      default:
    }
  });
  return found;
}

/** Empty text and 0 are tests for BLANK, of whatever type. */
function literalKind(it: Expression): UseKind | undefined {
  switch (it.kind) {
    case 'boolean': return 'boolean';
    case 'string': return 'text';
    case 'number': return it.value === 0 ? undefined : 'number';
    case 'call': return it.name.toUpperCase() === 'TRUE' || it.name.toUpperCase() === 'FALSE' ? 'boolean' : undefined;
    default: return undefined;
  }
}

/** Arguments that are conditions. */
function conditionPlaces(name: string, count: number): readonly number[] {
  switch (name) {
    case 'IF': case 'IF.EAGER': case 'NOT': return [0];
    case 'AND': case 'OR': return [0, 1];
    case 'FILTER': return [1];
    case 'CALCULATE': case 'CALCULATETABLE': return Array.from({ length: Math.max(0, count - 1) }, (_, i) => i + 1);
    default: return [];
  }
}
