/** Paths of files in a model file: data of a table, a model that it extends, metadata with choices. Seen from the file itself. */
import { canonicalUri, folderOf, isInside, relativeTo, resolvePath } from '../../base/uri.ts';
import { isAboutProject } from '../../workspace/index.ts';
import type { Workspace } from '../../workspace/types.ts';
import type { ModelCursor } from './scan.ts';

/** Files in a list; where a folder holds more, it is opened folder by folder. */
const mostFiles = 300;

export interface ProposedPath {
  /** With `/` at its end: a folder that holds more. */
  readonly path: string;
  /** The table that is read from it. */
  readonly table: string | undefined;
}

type Kind = 'data' | 'model' | 'metadata';

const endings: Readonly<Record<Kind, readonly string[]>> = {
  data: ['csv', 'tsv', 'json', 'ndjson', 'jsonl', 'parquet', 'txt', 'tab'],
  model: ['daxmodel.yaml', 'daxmodel.yml', 'daxmodel.json'],
  metadata: ['json', 'xml', 'yaml', 'yml'],
};

/** The kind of the files that a place names; undefined where it names none. */
function kindAt({ path: [first, second, third, ...rest], place }: ModelCursor): Kind | undefined {
  const isValue = place === 'value';
  if (first === 'tables' && third === 'source' && rest.length === 0 && isValue) return 'data';
  if (first === 'extends' && second === undefined && isValue) return 'model';
  // One file, or a list of them.
  const isOneOf = (index: typeof second): boolean => index === undefined ? isValue : typeof index === 'number';
  if (first === 'dataverse' && third === undefined && isOneOf(second)) return 'metadata';
  if (first !== 'choices') return undefined;
  if (second === 'import' && rest.length === 0 && isOneOf(third)) return 'metadata';
  return third === 'import' && rest.length === 0 && isValue ? 'metadata' : undefined;
}

/**
 * @param typed what stands before the cursor, without its quote
 * @returns files of the workspace folder below the folder that was typed, nearest first; undefined where no file is named
 */
export async function pathsAt(workspace: Workspace, uri: string, at: ModelCursor, typed: string): Promise<readonly ProposedPath[] | undefined> {
  const kind = kindAt(at);
  if (kind === undefined) return undefined;
  const own = canonicalUri(uri);
  const here = folderOf(own);
  const begun = typed.slice(0, typed.lastIndexOf('/') + 1);
  const below = begun === '' ? undefined : asFolder(resolvePath(here, begun));
  if (begun !== '' && below === undefined) return [];
  const files = (await workspace.filesAround(own, endings[kind])).filter((it) => it !== own && (below === undefined || isInside(below, it)) && fits(kind, it));
  const tables = new Map((await workspace.models()).filter((it) => it.model.uri === own).flatMap(({ model }) =>
    [...model.tables.values()].flatMap(({ name, source }) => (source.kind === 'file' ? [[source.uri, name] as const] : []))));
  const paths = files.map((it): ProposedPath => ({ path: pathFrom(here, it, begun), table: tables.get(it) })).sort(byDistance);
  return paths.length <= mostFiles ? paths : oneLevel(paths, begun);
}

const asFolder = (uri: string | undefined): string | undefined => (uri === undefined || uri.endsWith('/') ? uri : `${uri}/`);

/** JSON and YAML may be many things; those that are known to be something else are none of the kind. */
function fits(kind: Kind, uri: string): boolean {
  return kind === 'model' || !(isAboutProject(uri) || /\.daxmodel\.(?:yaml|yml|json)$/i.test(uri));
}

/** As the path was begun: `./data/` and `data/` stay what they are. */
function pathFrom(here: string, uri: string, begun: string): string {
  const path = relativeTo(here, uri);
  const folder = asFolder(resolvePath(here, begun));
  return begun === '' || folder === undefined ? path : begun + relativeTo(folder, uri);
}

/** The folder at hand, then those below it, then those beside it. */
function byDistance(a: ProposedPath, b: ProposedPath): number {
  const depth = ({ path }: ProposedPath): number => path.split('/').length + (path.startsWith('../') ? 100 * path.split('../').length : 0);
  return Number(a.table !== undefined) - Number(b.table !== undefined) || depth(a) - depth(b) || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
}

/** The files of one folder, and the folders in it. */
function oneLevel(paths: readonly ProposedPath[], begun: string): readonly ProposedPath[] {
  const found = new Map<string, ProposedPath>();
  for (const it of paths) {
    const rest = it.path.slice(begun.length);
    const slash = /^(?:\.\.\/)*[^/]*\//.exec(rest)?.[0];
    if (slash === undefined) found.set(it.path, it);
    else found.set(begun + slash, { path: begun + slash, table: undefined });
  }
  return [...found.values()].slice(0, mostFiles);
}
