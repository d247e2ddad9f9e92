/** A reading as the lint rules see it. */
import type { Region } from '../documents/index.ts';
import type { Finding } from '../findings/finding.ts';
import type { SegmentContext } from '../lint/index.ts';
import type { Reading } from './types.ts';

/** What a rule sees of a segment in one model; undefined where no model is known. */
export function segmentContext(reading: Pick<Reading, 'bound' | 'model' | 'measures'>, region: Pick<Region, 'kind' | 'defines'>): SegmentContext | undefined {
  const { bound, model, measures } = reading;
  if (model === undefined) return undefined;
  return {
    segment: bound.segment, bound, model: model.model, measures, place: placeOf(region), defines: region.defines, isSound: isSound(bound.findings),
  };
}

/** @param findings of a binding */
const isSound = (findings: readonly Finding[]): boolean => !findings.some((it) => it.category === 'syntax' && it.severity === 'error');

const placeOf = ({ kind }: Pick<Region, 'kind'>): SegmentContext['place'] =>
  kind === 'dax-file' ? 'file' : kind === 'fence' ? 'page' : 'model';
