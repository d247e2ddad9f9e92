/** `*.daxmodel.yaml` and `*.daxmodel.json` → what the file declares, each thing with its place. */
import { fileName } from '../base/uri.ts';
import type { Finding } from '../findings/finding.ts';
import { modelFileSchema, type ModelFileData } from '../model/schema.ts';
import type { LocatedFile, Path } from './located/node.ts';
import { parseJson } from './located/json.ts';
import { validate } from './located/validate.ts';
import { parseYaml } from './located/yaml.ts';
import { declare } from './declare.ts';
import type { RawModel } from './rawModel.ts';

export interface ModelFileResult {
  /** What can be used of the file; undefined when that is nothing. */
  readonly raw: RawModel | undefined;
  /** In offsets of the file's text. */
  readonly findings: readonly Finding[];
}

const modelFilePattern = /\.daxmodel\.(?:ya?ml|json)$/i;

/** Whether a file is a model file, by its name. */
export const isModelFile = (uri: string): boolean => modelFilePattern.test(uri);

/**
 * Reads a model file.
 *
 * @param uri tells JSON from YAML by its ending
 * @param text the file, a byte order mark included if it has one
 * @returns what the file declares without its faulty parts, and a finding for each fault; never throws
 */
export function readModelFile(uri: string, text: string): ModelFileResult {
  const stem = fileName(uri).replace(modelFilePattern, '');
  const result = validate<ModelFileData>(modelFileSchema, parseByName(uri, text), {
    thing: thingAt,
    fallbacks: new Map([['name', stem === '' ? 'model' : stem]]),
  });
  if (result.data === undefined || result.tree === undefined) return { raw: undefined, findings: result.findings };
  const declared = declare(uri, text, result.data, result.tree, result.findings);
  return { raw: declared.raw, findings: [...result.findings, ...declared.findings].sort((a, b) => a.span.start - b.span.start) };
}

/** Parses JSON where the file's name says so, else YAML. */
export const parseByName = (uri: string, text: string): LocatedFile => (/\.json$/i.test(uri) ? parseJson(text) : parseYaml(text));

/** Names the thing at a path of a model file, as it stands inside a sentence. */
function thingAt(path: Path): string {
  const [first, second, third, fourth] = path;
  if (first === undefined) return 'the model file';
  if (second === undefined) return String(first);
  if (first === 'tables') {
    const table = `table ${second}`;
    if (third === 'columns' && fourth !== undefined) return within(`column ${second}[${fourth}]`, path.slice(4));
    if (third === 'rows' && typeof fourth === 'number') return within(`row ${fourth + 1} of ${table}`, path.slice(4));
    return within(table, path.slice(2));
  }
  if (first === 'relationships' && typeof second === 'number') return within(`relationship ${second + 1}`, path.slice(2));
  if (first === 'choices') {
    const choice = `choice ${second}`;
    return third === undefined ? choice : within(`option ${third} of ${choice}`, path.slice(3));
  }
  if (first === 'functions') return within(`function ${second}`, path.slice(2));
  if (first === 'calculationGroups') {
    const group = `calculation group ${second}`;
    return third === 'items' && fourth !== undefined ? within(`item ${fourth} of ${group}`, path.slice(4)) : within(group, path.slice(2));
  }
  return within(String(first), path.slice(1));
}

/** A place inside a thing: `type of column Fact[Id]`, `entry 2 of dateFormats of table Fact`. */
function within(thing: string, path: Path): string {
  return path.reduce<string>((outer, step) => `${typeof step === 'number' ? `entry ${step + 1}` : step} of ${outer}`, thing);
}
