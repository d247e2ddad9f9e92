/** Which statement a cursor is in, where its DAX begins, and which names it can see besides its own VARs. */
import type { Definition, FunctionDefinition, Item, Query, Segment } from '../../../grammar/src/tree.ts';
import { assertNever } from '../base/assertNever.ts';

export interface Statement {
  /**
   * `definition` of a file, `member` of a DEFINE, `define` before its first member, `parameters` of a function, an
   * `expression` alone, or a `tag` of a doc comment.
   */
  readonly kind: 'definition' | 'member' | 'define' | 'evaluate' | 'parameters' | 'expression' | 'tag';
  /** Offset in the segment. */
  readonly from: number;
  /** Variables of the query and parameters of the function. */
  readonly names: readonly string[];
}

/** @returns undefined before the DAX of the segment begins: in documentation and headers */
export function statementAt({ item, text }: Segment, offset: number): Statement | undefined {
  const found = ofItem(item, text, offset);
  return found === undefined || offset < found.from ? undefined : found;
}

function ofItem(item: Item, text: string, offset: number): Statement | undefined {
  switch (item.kind) {
    case 'measure':
    case 'columnDefinition':
    case 'tableDefinition':
    case 'functionDefinition':
      return ofDefinition(item, text, offset, 'definition');
    case 'query':
      return ofQuery(item, text, offset);
    case 'bare':
      return { kind: 'expression', from: item.docs?.span.end ?? 0, names: [] };
    case 'prose':
      return { kind: 'expression', from: 0, names: [] };
    default:
      return assertNever(item);
  }
}

function ofDefinition(it: Definition, text: string, offset: number, kind: 'definition' | 'member'): Statement {
  const from = it.assign?.end ?? it.nameSpan.end;
  return it.kind === 'functionDefinition' ? ofFunction(it, text, offset, kind, from) : { kind, from, names: [] };
}

function ofFunction(it: FunctionDefinition, text: string, offset: number, kind: 'definition' | 'member', from: number): Statement {
  const arrow = text.indexOf('=>', it.parameters.at(-1)?.span.end ?? from);
  if (arrow < 0 || offset < arrow + 2) return { kind: 'parameters', from, names: [] };
  return { kind, from: arrow + 2, names: it.parameters.map((parameter) => parameter.name) };
}

function ofQuery(query: Query, text: string, offset: number): Statement {
  const before = <T extends Definition | Query['evaluates'][number]>(all: readonly T[]): T | undefined => all.findLast((it) => it.span.start <= offset);
  const evaluate = before(query.evaluates);
  const definition = before(query.definitions);
  const names = query.definitions.flatMap((it) => (it.kind === 'variableDefinition' && it !== definition && it.span.end <= offset ? [it.name] : []));
  if (evaluate !== undefined && evaluate.span.start >= (definition?.span.start ?? 0)) {
    const all = query.definitions.flatMap((it) => (it.kind === 'variableDefinition' ? [it.name] : []));
    return { kind: 'evaluate', from: evaluate.keyword.end, names: all };
  }
  if (definition !== undefined) {
    const its = ofDefinition(definition, text, offset, 'member');
    return { ...its, names: [...names, ...its.names] };
  }
  const keyword = /^define\b/i.exec(text.slice(query.span.start, query.span.start + 7))?.[0].length ?? 0;
  return { kind: 'define', from: query.span.start + keyword, names };
}
