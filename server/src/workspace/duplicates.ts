/** Definitions of a model that another one of the same name precedes: functions, tables, columns, and metrics in a DEFINE. */
import type { Definition, Expression, Segment, Span } from '../../../grammar/src/tree.ts';
import { nameKey } from '../model/model.ts';

/** Where a name is defined first. */
export interface FirstDefinition {
  readonly name: string;
  readonly uri: string;
  readonly segment: Segment;
  readonly span: Span;
}

/** A stretch of a file that defines for a model. */
export interface DefiningSegments {
  readonly uri: string;
  readonly segments: readonly Segment[];
}

/** @returns for the body of every definition of a name after the first one, the first */
export function precededDefinitions(files: readonly DefiningSegments[]): ReadonlyMap<Expression, FirstDefinition> {
  const firsts = new Map<string, FirstDefinition>();
  const found = new Map<Expression, FirstDefinition>();
  for (const { uri, segments } of files) {
    for (const segment of segments) {
      for (const it of definitionsOf(segment)) {
        const key = keyOf(it);
        const first = firsts.get(key);
        if (first === undefined) firsts.set(key, { name: it.name, uri, segment, span: it.nameSpan });
        else if (first.segment !== segment || segment.item.kind !== 'query') found.set(it.body, first);
      }
    }
  }
  return found;
}

/** What a segment defines for the model; what a query defines is its own. */
export function definitionsOf({ item }: Segment): readonly Definition[] {
  switch (item.kind) {
    case 'measure': case 'columnDefinition': case 'tableDefinition': case 'functionDefinition': return [item];
    case 'query': return item.evaluates.length > 0 ? [] : item.definitions.filter((it) => it.kind !== 'variableDefinition');
    case 'bare': case 'prose': return [];
  }
}

const keyOf = (it: Definition): string => (it.kind === 'columnDefinition'
  ? `${it.kind}\u0000${nameKey(it.table.text)}\u0000${nameKey(it.name)}` : `${it.kind}\u0000${nameKey(it.name)}`);
