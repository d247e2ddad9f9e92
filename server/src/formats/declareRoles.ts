/** Roles of a model file, with their places. */
import type { Role } from '../model/model.ts';
import { daxTextOf } from './located/daxText.ts';
import { entryOf, type LocatedEntry } from './located/node.ts';

/** `role: { filters: { Table: a condition } }`. */
export function roleOf({ key: name, keySpan, value }: LocatedEntry, text: string, uri: string): Role {
  const filters = entryOf(value, 'filters')?.value;
  return {
    name,
    place: { uri, span: keySpan },
    filters: (filters?.kind === 'map' ? filters.entries : []).flatMap((it): Role['filters'] => {
      const expression = it.value.kind === 'scalar' ? daxTextOf(it.value, text, uri) : undefined;
      return expression === undefined ? [] : [{ table: it.key, place: { uri, span: it.keySpan }, expression }];
    }),
  };
}
