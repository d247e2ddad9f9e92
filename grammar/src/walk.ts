/** Going through trees. */
import type { Argument, Definition, Expression, Item, VisualShape } from './tree.ts';

/** The nodes directly below, in the order written; omitted arguments included. */
export function children(node: Argument): readonly Argument[] {
  switch (node.kind) {
    case 'call':
      return node.args;
    case 'unary':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'parenthesized':
      return [node.expression];
    case 'tuple':
      return node.items;
    case 'constructor':
      return node.rows;
    case 'var':
      return [...node.variables.map((it) => it.value), node.body];
    case 'number':
    case 'string':
    case 'boolean':
    case 'date':
    case 'parameter':
    case 'name':
    case 'column':
    case 'missing':
    case 'omitted':
      return [];
  }
}

/**
 * Visits every expression of a tree, outer before inner, left before right. A `visit` that returns false keeps the
 * walk out of that node. Uses no stack of its own depth, so any tree can be walked.
 */
export function walk(expression: Expression, visit: (node: Expression) => boolean | void): void {
  const pending: Argument[] = [expression];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === 'omitted' || visit(node) === false) continue;
    const below = children(node);
    for (let index = below.length - 1; index >= 0; index--) {
      const child = below[index];
      if (child !== undefined) pending.push(child);
    }
  }
}

/** The expressions of an item, in the order written: those of a query's parts, defaults of parameters and columns of a visual shape included. */
export function expressionsOf(item: Item): readonly Expression[] {
  switch (item.kind) {
    case 'measure':
    case 'columnDefinition':
    case 'tableDefinition':
    case 'functionDefinition':
      return expressionsOfDefinition(item);
    case 'bare':
      return [item.expression];
    case 'query':
      return [
        ...item.definitions.flatMap(expressionsOfDefinition),
        ...item.evaluates.flatMap((it) => [it.expression, ...it.orderBy.map((key) => key.expression), ...it.startAt]),
      ];
    case 'prose':
      return [];
  }
}

function expressionsOfDefinition(it: Definition): readonly Expression[] {
  switch (it.kind) {
    case 'measure':
    case 'columnDefinition':
    case 'variableDefinition':
      return [it.body];
    case 'functionDefinition':
      return [...it.parameters.flatMap((parameter) => parameter.defaultValue ?? []), it.body];
    case 'tableDefinition':
      return it.shape === undefined ? [it.body] : [it.body, ...expressionsOfShape(it.shape)];
  }
}

function expressionsOfShape({ axes, densify }: VisualShape): readonly Expression[] {
  const keys = axes.flatMap((axis) => [
    ...axis.groups.flatMap((it) => [...it.columns, ...(it.total === undefined ? [] : [it.total])]), ...axis.orderBy.map((it) => it.expression),
  ]);
  return densify === undefined ? keys : [...keys, densify];
}
