/** The name, code or tag's reference under a cursor, in code and in doc tags alike. */
import type { CodeUse, Reference } from '../analysis/bound.ts';
import type { Span } from '../base/spans.ts';
import { currentReference, tagNames, type TagNames } from '../workspace/tagReadings.ts';
import type { Reading, SegmentView } from '../workspace/types.ts';

/** What stands at an offset of a segment, as one model reads it; spans are relative to the segment. */
export interface NamesAt {
  readonly code: CodeUse | undefined;
  readonly reference: Reference | undefined;
  /** `[model::metric]` in a tag. */
  readonly other: TagNames['others'][number] | undefined;
  readonly isInTag: boolean;
}

export function namesAt({ segment }: SegmentView, reading: Reading, offset: number): NamesAt {
  const { item } = segment;
  const inDocs = item.kind === 'measure' && item.docs !== undefined && offset <= item.docs.span.end;
  if (!inDocs) return { code: pick(reading.bound.codes, offset), reference: pick(reading.bound.references, offset), other: undefined, isInTag: false };
  const tags = tagNames(item, reading);
  const reference = pick(tags.references, offset);
  return {
    code: pick(tags.codes, offset),
    reference: reference === undefined ? undefined : currentReference(reference, reading),
    other: pick(tags.others, offset),
    isInTag: true,
  };
}

/** The item under the pointer; at the end of one, the one that ends there. */
function pick<T extends { readonly span: Span }>(items: readonly T[], offset: number): T | undefined {
  return items.find((it) => it.span.start <= offset && offset < it.span.end) ?? items.find((it) => it.span.start <= offset && offset === it.span.end);
}
