// Places in files as the client spells and counts them.
import type { Location } from './library.ts';
import type { Span } from '../base/spans.ts';
import { canonicalUri } from '../base/uri.ts';
import type { WorkspaceDocument } from '../workspace/types.ts';
import { toRange } from './convert.ts';
import type { FeatureContext } from './features/feature.ts';

type Places = Pick<FeatureContext, 'service' | 'documents'>;

/** The editor's own spelling of a file that it holds open, so that it does not open it a second time. */
export const clientUri = ({ documents }: Pick<Places, 'documents'>, uri: string): string =>
  documents.get(uri)?.uri ?? documents.all().find((it) => canonicalUri(it.uri) === uri)?.uri ?? uri;

/** Lines of files, each read once. */
export function linesOnce({ service }: Pick<Places, 'service'>): (uri: string) => Promise<WorkspaceDocument['lines'] | undefined> {
  const known = new Map<string, ReturnType<Places['service']['lines']>>();
  return (uri) => {
    let lines = known.get(uri);
    if (lines === undefined) known.set(uri, (lines = service.lines(uri)));
    return lines;
  };
}

/** Places of files that can no longer be read are left out. */
export async function toLocations(ctx: Places, found: readonly { readonly uri: string; readonly span: Span }[]): Promise<Location[]> {
  const linesOf = linesOnce(ctx);
  const locations: Location[] = [];
  for (const it of found) {
    const lines = await linesOf(it.uri);
    if (lines !== undefined) locations.push({ uri: clientUri(ctx, it.uri), range: toRange({ lines }, it.span) });
  }
  return locations;
}

/** A place as our own requests tell it; nothing where its file can no longer be read. */
export async function placed(
  ctx: Places, linesOf: ReturnType<typeof linesOnce>, place: { readonly uri: string; readonly span: Span } | undefined,
): Promise<{ readonly place?: Location }> {
  const lines = place === undefined ? undefined : await linesOf(place.uri);
  return place === undefined || lines === undefined ? {} : { place: { uri: clientUri(ctx, place.uri), range: toRange({ lines }, place.span) } };
}
