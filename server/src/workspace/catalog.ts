/** Project files and models of the workspace folders: read, joined, and found again by place and by name. */
import { completeModel } from '../analysis/index.ts';
import { globMatcher } from '../base/glob.ts';
import { fileName, folderOf, isInside, parentFolder, relativeTo } from '../base/uri.ts';
import type { Finding } from '../findings/finding.ts';
import { finding } from '../findings/registry.ts';
import {
  defaultProject, faultFinding, filesNamedBy, readEntitySchema, readModelFile, readProjectFile, resolveModel,
  type EntitySchema, type LoadFault, type RawModel,
} from '../formats/index.ts';
import { allRules } from '../lint/index.ts';
import type { Model, ProjectFile } from '../model/model.ts';
import type { FileHost } from './host.ts';
import { withSourceColumns } from './sourceColumns.ts';
import type { TextEntry, Texts } from './texts.ts';

export interface Catalog {
  readonly models: readonly CatalogModel[];
  /** Findings of project and model files, in offsets of their text. */
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
  /** Files whose change makes this catalog stale, besides new ones. */
  readonly files: ReadonlySet<string>;
  readonly daxFiles: readonly string[];
  readonly projectFiles: readonly string[];
  /** Whether a project at or above the file leaves it out. */
  isExcluded(uri: string): boolean;
  projectOf(uri: string): ProjectFile;
  /** Models of the workspace folder that a file lies in. */
  modelsFor(uri: string): readonly CatalogModel[];
  /** Models of the nearest folder at or above the file that holds any. */
  nearestModels(uri: string): readonly CatalogModel[];
}

export interface CatalogModel {
  readonly model: Model;
  readonly project: ProjectFile;
  /** The workspace folder it lies in. */
  readonly folder: string;
}

export interface CatalogOptions {
  readonly files: FileHost;
  readonly texts: Texts;
  readonly folders: readonly string[];
  /** The folder whose project and models serve files that lie in none, or in one without. */
  readonly mainFolder: string | undefined;
}

const projectGlobs = ['**/dax-metrics.json'];
const modelGlobs = ['**/*.daxmodel.yaml', '**/*.daxmodel.yml', '**/*.daxmodel.json'];

/** Reads all project and model files of the folders. A faulty file leaves the others as they are. */
export async function readCatalog(options: CatalogOptions): Promise<Catalog> {
  const { files, texts, folders } = options;
  const findings = new Map<string, Finding[]>();
  const projects: ProjectFile[] = [];
  const models: CatalogModel[] = [];
  const read = new Set<string>();
  const daxFiles: string[] = [];
  const report = (uri: string, found: readonly Finding[]): void => {
    findings.set(uri, [...(findings.get(uri) ?? []), ...found]);
  };

  for (const folder of folders) {
    for (const uri of await files.find(folder, projectGlobs)) {
      const entry = await texts.get(uri);
      read.add(uri);
      if ('fault' in entry) {
        report(uri, [faultFinding(entry, { name: fileName(uri), place: { uri, span: { start: 0, end: 0 } } })]);
        continue;
      }
      const { project, findings: found } = readProjectFile(uri, entry.text, allRules);
      projects.push(project);
      report(uri, found);
    }
  }
  projects.sort((a, b) => b.folder.length - a.folder.length);

  const excludes = projects.map((it) => ({ folder: it.folder, matchers: it.exclude.map(globMatcher) }));
  const isExcluded = (uri: string): boolean =>
    excludes.some(({ folder, matchers }) => {
      if (matchers.length === 0 || !isInside(folder, uri)) return false;
      const path = relativeTo(folder, uri);
      return matchers.some((it) => it(path));
    });

  const homeOf = (uri: string): string | undefined =>
    folders.filter((it) => isInside(it, uri)).sort((a, b) => b.length - a.length)[0] ?? options.mainFolder;
  const fallbacks = new Map<string, ProjectFile>();
  const projectOf = (uri: string): ProjectFile => {
    const own = projects.find((it) => isInside(it.folder, uri));
    if (own !== undefined) return own;
    const folder = homeOf(uri) ?? folderOf(uri);
    const main = options.mainFolder === undefined ? undefined : projects.find((it) => it.folder === options.mainFolder);
    if (main !== undefined) return main;
    let fallback = fallbacks.get(folder);
    if (fallback === undefined) fallbacks.set(folder, (fallback = defaultProject(folder)));
    return fallback;
  };

  for (const folder of folders) {
    daxFiles.push(...(await files.find(folder, ['**/*.dax'])).filter((it) => !isExcluded(it)));
    const uris = (await files.find(folder, modelGlobs)).filter((it) => !isExcluded(it));
    const raws = await loadModels(uris, texts, report);
    for (const it of raws.seen) read.add(it);
    for (const uri of uris) {
      const raw = raws.models.get(uri);
      if (raw === undefined || 'fault' in raw) continue;
      const resolved = resolveModel(raw, {
        model: (it) => raws.models.get(it),
        entitySchema: (it) => schemaIn(raws.schemas.get(it), it, projectOf(uri).labelLanguage),
      });
      for (const [at, found] of resolved.findings) report(at, found);
      const { model } = completeModel(await withSourceColumns(resolved.model, files));
      models.push({ model, project: projectOf(uri), folder });
    }
  }
  for (const it of duplicateNames(models)) report(it.uri, [it.finding]);

  const inFolder = (uri: string): readonly CatalogModel[] => {
    const folder = homeOf(uri);
    const own = models.filter((it) => it.folder === folder);
    // A folder that was named besides the main one, and has no models, is read with those of the main one.
    return own.length > 0 || options.mainFolder === undefined ? own : models.filter((it) => it.folder === options.mainFolder);
  };
  return {
    models,
    findings,
    files: read,
    daxFiles: [...new Set(daxFiles)],
    projectFiles: projects.flatMap((it) => it.uri ?? []),
    isExcluded,
    projectOf,
    modelsFor: inFolder,
    nearestModels(uri) {
      const candidates = inFolder(uri);
      const top = homeOf(uri);
      for (let folder: string | undefined = folderOf(uri); folder !== undefined; folder = parentFolder(folder)) {
        const here = candidates.filter((it) => folderOf(it.model.uri) === folder);
        if (here.length > 0) return here;
        if (folder === top) break;
      }
      return [];
    },
  };
}

interface LoadedModels {
  readonly models: ReadonlyMap<string, RawModel | LoadFault | undefined>;
  readonly schemas: ReadonlyMap<string, TextEntry | LoadFault>;
  readonly seen: ReadonlySet<string>;
}

/** Reads model files and, from file to file, what they name. */
async function loadModels(
  uris: readonly string[], texts: Texts, report: (uri: string, found: readonly Finding[]) => void,
): Promise<LoadedModels> {
  const models = new Map<string, RawModel | LoadFault | undefined>();
  const schemas = new Map<string, TextEntry | LoadFault>();
  const seen = new Set<string>();
  const own = new Set(uris);
  const waiting = [...uris];
  for (let uri = waiting.pop(); uri !== undefined; uri = waiting.pop()) {
    if (seen.has(uri)) continue;
    seen.add(uri);
    const entry = await texts.get(uri);
    if ('fault' in entry) {
      models.set(uri, entry);
      // A file that is named elsewhere is reported where it is named.
      if (own.has(uri)) report(uri, [faultFinding(entry, { name: fileName(uri), place: { uri, span: { start: 0, end: 0 } } })]);
      continue;
    }
    const { raw, findings } = readModelFile(uri, entry.text);
    models.set(uri, raw);
    if (own.has(uri)) report(uri, findings);
    if (raw === undefined) continue;
    const named = filesNamedBy(raw);
    waiting.push(...named.models);
    for (const it of named.entitySchemas) {
      if (schemas.has(it)) continue;
      seen.add(it);
      schemas.set(it, await texts.get(it));
    }
  }
  return { models, schemas, seen };
}

const readSchemas = new WeakMap<TextEntry, Map<number | undefined, EntitySchema>>();

/** A metadata file in a language; read once until its text changes, however many models import it. */
function schemaIn(entry: TextEntry | LoadFault | undefined, uri: string, language: number | undefined): EntitySchema | LoadFault {
  if (entry === undefined) return { fault: 'not-found' };
  if ('fault' in entry) return entry;
  let byLanguage = readSchemas.get(entry);
  if (byLanguage === undefined) readSchemas.set(entry, (byLanguage = new Map()));
  let schema = byLanguage.get(language);
  if (schema === undefined) byLanguage.set(language, (schema = readEntitySchema(uri, entry.text, language)));
  return schema;
}

function duplicateNames(models: readonly CatalogModel[]): readonly { readonly uri: string; readonly finding: Finding }[] {
  const seen = new Set<string>();
  return models.flatMap((it) => {
    const key = `${it.project.folder}\u0000${it.model.name.toLowerCase()}`;
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [{ uri: it.model.uri, finding: finding('model-duplicate-name', { what: 'Model', name: it.model.name }, it.model.place.span) }];
  });
}
