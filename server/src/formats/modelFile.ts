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
  const declared = declare(uri, text, result.data, result.tree);
  return { raw: declared.raw, findings: [...result.findings, ...declared.findings].sort((a, b) => a.span.start - b.span.start) };
}

/** Parses JSON where the file's name says so, else YAML. */
export const parseByName = (uri: string, text: string): LocatedFile => (/\.json$/i.test(uri) ? parseJson(text) : parseYaml(text));

/** Names the thing at a path of a model file, as it stands inside a sentence. */
function thingAt(path: Path): string {
  const [first, second, third, fourth] = path.map(String);
  if (first === undefined) return 'the model file';
  const last = String(path.at(-1));
  if (second === undefined) return first;
  if (first === 'tables') {
    if (third === undefined) return `table ${second}`;
    if (third === 'columns' && fourth !== undefined) return path.length === 4 ? `column ${second}[${fourth}]` : `${last} of column ${second}[${fourth}]`;
    if (third === 'rows' && fourth !== undefined) return path.length === 4 ? `row ${Number(fourth) + 1} of table ${second}` : `${last} in row ${Number(fourth) + 1} of table ${second}`;
    return `${last} of table ${second}`;
  }
  if (first === 'relationships') return path.length === 2 ? `relationship ${Number(second) + 1}` : `${last} of relationship ${Number(second) + 1}`;
  if (first === 'choices') {
    if (third === undefined) return `choice ${second}`;
    return path.length === 3 ? `option ${third} of choice ${second}` : `${last} of option ${third} of choice ${second}`;
  }
  return `${first}, entry ${Number.isNaN(Number(second)) ? second : Number(second) + 1}`;
}
