/** Which model a region of DAX belongs to: the order in which its surroundings are asked. */
import type { Span } from '../base/spans.ts';
import type { ProjectFile } from '../model/model.ts';
import type { DocumentRegions, Region } from './region.ts';

export interface ModelHint {
  readonly name: string;
  readonly from: 'fence' | 'frontMatter' | 'heading' | 'page' | 'folder' | 'workspace' | 'commandLine';
  /** Where the name, or the heading that is mapped to it, stands in the document. */
  readonly span: Span | undefined;
}

/** What stands around the document: names of models. */
export interface ModelCandidates {
  /** Models of the nearest folder at or above the document that holds any. */
  readonly folder: readonly string[];
  readonly workspace: readonly string[];
  /** Of `-m`. */
  readonly commandLine: string | undefined;
}

/**
 * The models of a region.
 *
 * The first of these that says something decides: the fence's info string; front matter; the innermost heading above
 * the region (or its tab) that the project maps; the models of all mapped tabs, for a fence outside any tab on such a
 * page; the only model of the nearest folder; the only model of the workspace folder; the command line.
 *
 * @returns several hints where the text is to be checked once for each; none where nothing tells
 */
export function modelFor(
  region: Region, page: Pick<DocumentRegions, 'frontMatter' | 'tabs' | 'headings'>, project: ProjectFile, candidates: ModelCandidates,
): readonly ModelHint[] {
  const { info } = region;
  if (info.model !== undefined) return [{ name: info.model, from: 'fence', span: info.modelSpan }];
  const named = page.frontMatter?.models ?? [];
  if (named.length > 0) return named.map((it) => ({ name: it.name, from: 'frontMatter', span: it.span }));

  const mapped = mapping(project);
  const heading = byHeading(region, mapped);
  if (heading.length > 0) return heading;
  if (region.tabId === undefined) {
    const all = hintsOfPage(page.headings, project, mapped);
    if (all.length > 0) return all;
  }

  if (candidates.folder.length === 1) return candidates.folder.map((name) => ({ name, from: 'folder', span: undefined }));
  if (candidates.workspace.length === 1) return candidates.workspace.map((name) => ({ name, from: 'workspace', span: undefined }));
  return candidates.commandLine === undefined ? [] : [{ name: candidates.commandLine, from: 'commandLine', span: undefined }];
}

/** The key of a heading in the project's mapping: case and blanks do not tell headings apart. */
const headingKey = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase();

const mapping = (project: ProjectFile): ReadonlyMap<string, string> =>
  new Map([...project.markdownModels].map(([text, model]) => [headingKey(text), model]));

function byHeading(region: Region, mapped: ReadonlyMap<string, string>): readonly ModelHint[] {
  for (const it of [...region.headingPath].reverse()) {
    const hints = hintsOf(it.text, it.tabId, it.span, mapped, 'heading');
    if (hints.length > 0) return hints;
  }
  return [];
}

type PageHints = WeakMap<ProjectFile['markdownModels'], readonly ModelHint[]>;

const pageHints = new WeakMap<DocumentRegions['headings'], PageHints>();

/** The models of all mapped headings of a page: looked for once a page, not once a fence. */
function hintsOfPage(headings: DocumentRegions['headings'], project: ProjectFile, mapped: ReadonlyMap<string, string>): readonly ModelHint[] {
  let known = pageHints.get(headings);
  if (known === undefined) pageHints.set(headings, (known = new WeakMap() as PageHints));
  let hints = known.get(project.markdownModels);
  if (hints === undefined) {
    hints = distinct(headings.flatMap((it) => hintsOf(it.text, it.tabId, it.span, mapped, 'page')));
    known.set(project.markdownModels, hints);
  }
  return hints;
}

/** A tab id may join several tabs, `a+b`; then the content belongs to each. */
function hintsOf(text: string, tabId: string | undefined, at: Span, mapped: ReadonlyMap<string, string>, from: 'heading' | 'page'): readonly ModelHint[] {
  const byTab = (tabId?.split('+') ?? []).flatMap((id) => mapped.get(headingKey(id)) ?? []);
  const byText = mapped.get(headingKey(text));
  const names = byTab.length > 0 ? byTab : byText === undefined ? [] : [byText];
  return distinct(names.map((name) => ({ name, from, span: at })));
}

function distinct(hints: readonly ModelHint[]): readonly ModelHint[] {
  const seen = new Set<string>();
  return hints.filter((it) => !seen.has(it.name.toLowerCase()) && seen.add(it.name.toLowerCase()));
}
