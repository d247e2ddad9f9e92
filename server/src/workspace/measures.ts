/** The measures that a document defines, each where it stands. */
import type { MeasureDefinition } from '../../../grammar/src/tree.ts';
import type { RegionView, SegmentView, WorkspaceDocument } from './types.ts';

export interface WrittenMeasure {
  readonly region: RegionView;
  readonly segment: SegmentView;
  /** The definition in the segment. */
  readonly item: MeasureDefinition;
}

/** In order of the text; those of queries are not among them. A name or a body may be missing. */
export const measuresIn = ({ regions }: Pick<WorkspaceDocument, 'regions'>): readonly WrittenMeasure[] =>
  regions.flatMap((region) => region.segments.flatMap((segment): readonly WrittenMeasure[] => {
    const { item } = segment.segment;
    return item.kind === 'measure' ? [{ region, segment, item }] : [];
  }));
