/** Refactorings: what can be made of the selection without changing its value. */
import { joinTouching } from '../../../../grammar/src/index.ts';
import { shift, type Span } from '../../base/spans.ts';
import type { TextEdit } from '../../findings/finding.ts';
import type { Workspace } from '../../workspace/types.ts';
import { carried } from '../formatting/carried.ts';
import { coalesce } from './coalesce.ts';
import { divide } from './divide.ts';
import { extractMetric } from './extractMetric.ts';
import { extractVariable } from './extractVariable.ts';
import { joinFilters, splitFilter } from './filterArguments.ts';
import { inlineVariable } from './inlineVariable.ts';
import { qualifyColumn, unqualifyMetric } from './qualify.ts';
import { siteAt, type Refactoring, type Site } from './site.ts';

/** A refactoring as an editor lists it. */
export type RefactorAction = Pick<Refactoring, 'id' | 'title' | 'kind' | 'refused'>;

const all: readonly ((site: Site) => readonly Refactoring[])[] = [
  extractVariable, extractMetric, inlineVariable, qualifyColumn, unqualifyMetric, divide, coalesce, splitFilter, joinFilters,
];

export async function refactorActions(workspace: Workspace, uri: string, selection: Span): Promise<readonly RefactorAction[]> {
  return (await found(workspace, uri, selection)).refactorings.map(({ id, title, kind, refused }) => ({ id, title, kind, ...(refused === undefined ? {} : { refused }) }));
}

export interface Refactored {
  readonly edits: readonly TextEdit[];
  /** Offset in the new text of a name that was made up. */
  readonly newName?: number;
}

/** @returns the edits of one of the actions at a selection, in the document; none where it is not there any more */
export async function refactorEdits(workspace: Workspace, uri: string, selection: Span, id: string): Promise<Refactored> {
  const { site, refactorings } = await found(workspace, uri, selection);
  const refactoring = refactorings.find((it) => it.id === id && it.refused === undefined);
  if (site === undefined || refactoring === undefined) return { edits: [] };
  const { region } = site.region;
  const { start } = site.segment.segment;
  const edits = [...refactoring.edits()].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const own = joinTouching(edits).map(({ span, newText }) => carried(site.document.text, region, { span: shift(span, start), newText }));
  const { newName } = refactoring;
  const [first] = own;
  const at = newName === undefined || first === undefined ? -1 : first.newText.indexOf(newName);
  return first === undefined || at < 0 ? { edits: own } : { edits: own, newName: first.span.start + at };
}

async function found(workspace: Workspace, uri: string, selection: Span): Promise<{ readonly site: Site | undefined; readonly refactorings: readonly Refactoring[] }> {
  const document = await workspace.document(uri);
  const site = document === undefined ? undefined : siteAt(document, selection);
  return { site, refactorings: site === undefined ? [] : all.flatMap((it) => it(site)) };
}
