/** Definitions, queries and bare expressions to layouts. */
import type { Definition, Evaluate, Expression, FunctionDefinition, Item, OrderKey, Query, ShapeAxis, VisualShape } from '../tree.ts';
import { blank, hardLine, line, looseLine, softLine, type Doc } from './doc.ts';
import { expressionDoc, joined, type Layouter } from './expression.ts';

/** The layout of all tokens of a segment; prose has none. */
export function itemDoc(on: Layouter, item: Item): Doc {
  const { cursor, docs } = on;
  switch (item.kind) {
    case 'prose':
      return docs.series([]);
    case 'bare': {
      // A leading `=` is no part of the expression.
      const sign = item.expression.kind !== 'missing' && cursor.is('=') ? [cursor.token(), blank] : [];
      return docs.series([...sign, expressionDoc(on, item.expression)]);
    }
    case 'query':
      return queryDoc(on, item);
    case 'measure':
    case 'columnDefinition':
    case 'tableDefinition':
    case 'functionDefinition':
      return definitionDoc(on, item);
  }
}

function queryDoc(on: Layouter, { define, definitions, evaluates }: Query): Doc {
  const { cursor, docs } = on;
  const keyword = define === undefined ? [] : [cursor.token()];
  const own = definitions.map((it) => definitionDoc(on, it));
  const members = define === undefined ? separated(own) : [docs.indent(own.flatMap((it, i) => [i === 0 ? hardLine : looseLine, it]))];
  const parts = [...keyword, ...members];
  const first = parts.length === 0;
  return docs.series([...parts, ...evaluates.flatMap((it, i) => [...(first && i === 0 ? [] : [looseLine]), evaluateDoc(on, it)])]);
}

const separated = (parts: readonly Doc[]): readonly Doc[] => parts.flatMap((it, i) => (i === 0 ? [it] : [looseLine, it]));

function evaluateDoc(on: Layouter, { expression, orderBy, startAt }: Evaluate): Doc {
  const { cursor, docs } = on;
  const parts: Doc[] = [cursor.token(), hardLine, expressionDoc(on, expression)];
  if (orderBy.length > 0) parts.push(hardLine, orderDoc(on, orderBy));
  if (startAt.length > 0) {
    const words = joined(on, [cursor.token(), cursor.token()]);
    parts.push(hardLine, docs.group([words, docs.indent([line, ...listed(on, startAt)])]));
  }
  return docs.series(parts);
}

/** ORDER BY with its keys. */
function orderDoc(on: Layouter, keys: readonly OrderKey[]): Doc {
  const { cursor, docs } = on;
  const words = joined(on, [cursor.token(), cursor.token()]);
  const rows = keys.map((it) => {
    const key = expressionDoc(on, it.expression);
    const direction = it.direction === undefined ? [] : [blank, cursor.token()];
    return docs.series([key, ...direction, ...(cursor.is(',') ? [cursor.token()] : [])]);
  });
  return docs.group([words, docs.indent([line, ...rows.flatMap((it, i) => (i === 0 ? [it] : [line, it]))])]);
}

/** Expressions separated by commas. */
function listed(on: Layouter, items: readonly Expression[]): readonly Doc[] {
  const { cursor } = on;
  return items.flatMap((it, i) => [...(i === 0 ? [] : [line]), expressionDoc(on, it), ...(cursor.is(',') ? [cursor.token()] : [])]);
}

function definitionDoc(on: Layouter, it: Definition): Doc {
  const { cursor, docs } = on;
  const head = headDoc(on, it);
  if (it.kind === 'functionDefinition') return functionDoc(on, it, head);
  const body = docs.group([head, docs.indent([line, expressionDoc(on, it.body)])]);
  if (it.kind !== 'tableDefinition' || it.shape === undefined) return body;
  cursor.expect(it.shape.span.start);
  return docs.series([body, docs.indent([hardLine, shapeDoc(on, it.shape)])]);
}

/** All up to the sign: `Name =`, `MEASURE T[Name] =`. */
function headDoc(on: Layouter, { assign, nameSpan, kind, ...it }: Definition): Doc {
  const { cursor, docs } = on;
  const hasTable = (kind === 'measure' && 'table' in it && it.table !== undefined) || kind === 'columnDefinition';
  const tokens = cursor.upTo(assign?.end ?? nameSpan.end);
  // In `MEASURE T[Name] =` the third token is the name in its brackets.
  return docs.series(tokens.flatMap((token, i) => (i === 0 || (hasTable && i === 2) ? [token] : [blank, token])));
}

function functionDoc(on: Layouter, it: FunctionDefinition, head: Doc): Doc {
  const { cursor, docs } = on;
  const open = cursor.token();
  const rows = it.parameters.map((parameter, i) => {
    cursor.expect(parameter.nameSpan.start);
    const parts: Doc[] = [cursor.token()];
    if (parameter.colon !== undefined) parts.push(blank, cursor.token());
    for (const word of [parameter.type, parameter.subtype, parameter.passing]) if (word !== undefined) parts.push(blank, cursor.token());
    if (parameter.defaultValue !== undefined) parts.push(blank, cursor.token(), blank, expressionDoc(on, parameter.defaultValue));
    if (it.commas[i] !== undefined) parts.push(cursor.token());
    return docs.series(parts);
  });
  const close = cursor.token();
  const edge = on.options.brackets === 'compact' ? softLine : line;
  const parameters = rows.length === 0 ? [open, close] : [open, docs.indent([edge, ...rows.flatMap((row, i) => (i === 0 ? [row] : [line, row]))]), edge, close];
  const arrow = cursor.token();
  return docs.group([head, blank, docs.group(parameters), blank, arrow, docs.indent([line, expressionDoc(on, it.body)])]);
}

/** WITH VISUAL SHAPE and its parts, a line each. */
function shapeDoc(on: Layouter, { axes, densify }: VisualShape): Doc {
  const { cursor, docs } = on;
  const words = joined(on, [cursor.token(), cursor.token(), cursor.token()]);
  const parts = axes.map((it) => axisDoc(on, it));
  const last = densify === undefined ? [] : [joined(on, [cursor.token(), expressionDoc(on, densify)])];
  return docs.series([words, docs.indent([...[...parts, ...last].flatMap((it) => [hardLine, it])])]);
}

function axisDoc(on: Layouter, { groups, orderBy }: ShapeAxis): Doc {
  const { cursor, docs } = on;
  const head = joined(on, [cursor.token(), cursor.token()]);
  const parts = groups.map((it) => {
    const word = cursor.token();
    const columns = listed(on, it.columns);
    const total = it.total === undefined ? [] : [line, joined(on, [cursor.token(), expressionDoc(on, it.total)])];
    return docs.group([word, docs.indent([line, ...columns, ...total])]);
  });
  const order = orderBy.length === 0 ? [] : [orderDoc(on, orderBy)];
  return docs.series([head, docs.indent([...[...parts, ...order].flatMap((it) => [hardLine, it])])]);
}
