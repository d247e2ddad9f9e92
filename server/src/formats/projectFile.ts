/** `dax-metrics.json` → the project: what changes a finding or a value. */
import { folderOf } from '../base/uri.ts';
import { closest } from '../base/closest.ts';
import type { Finding } from '../findings/finding.ts';
import { finding } from '../findings/registry.ts';
import { languageCode, languageWords } from '../model/language.ts';
import { defaultLimits, type ProjectFile } from '../model/model.ts';
import { projectFileSchema, type ProjectFileData } from '../model/schema.ts';
import { parseJson } from './located/json.ts';
import { entryOf, type LocatedNode, type Path } from './located/node.ts';
import { validate } from './located/validate.ts';

/** The project of a folder that has no project file. */
export const defaultProject = (folder: string): ProjectFile => ({
  folder, uri: undefined, rules: new Map(), markdownModels: new Map(), labelLanguage: undefined,
  clock: 'data', culture: 'en-US', limits: defaultLimits, exclude: [],
});

/**
 * Reads a project file.
 *
 * @param text the file, a byte order mark included if it has one
 * @param rules every id that may have a severity
 * @returns the project, with defaults for what is missing or faulty, and a finding for each fault; never throws
 */
export function readProjectFile(
  uri: string, text: string, rules: ReadonlyMap<string, unknown>,
): { readonly project: ProjectFile; readonly findings: readonly Finding[] } {
  const result = validate<ProjectFileData>(projectFileSchema, parseJson(text), { thing: thingAt });
  const base: ProjectFile = { ...defaultProject(folderOf(uri)), uri };
  const { data, tree } = result;
  if (data === undefined || tree === undefined) return { project: base, findings: result.findings };
  const ruleNodes = entryOf(tree, 'rules')?.value;
  const findings = [...result.findings, ...unknownRules(ruleNodes, rules), ...wrongClock(data.clock, tree), ...wrongLanguage(data.labels?.language, tree)];
  const project: ProjectFile = {
    ...base,
    rules: new Map([...(data.rules ?? [])].filter(([rule]) => rules.has(rule))),
    markdownModels: new Map(data.markdown?.models),
    labelLanguage: data.labels?.language === undefined ? undefined : languageCode(String(data.labels.language)),
    clock: data.clock === undefined || clockFault(data.clock) ? base.clock : data.clock,
    culture: data.culture ?? base.culture,
    limits: {
      fileBytes: data.limits?.fileBytes ?? defaultLimits.fileBytes,
      rows: data.limits?.rows ?? defaultLimits.rows,
      memoryBytes: data.limits?.memoryBytes ?? defaultLimits.memoryBytes,
      milliseconds: data.limits?.milliseconds ?? defaultLimits.milliseconds,
    },
    exclude: data.exclude ?? [],
  };
  return { project, findings: findings.sort((a, b) => a.span.start - b.span.start) };
}

function thingAt(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return 'the project file';
  const parent = path.at(-2);
  return parent === undefined ? String(last) : typeof last === 'number' ? `entry ${last + 1} of ${String(parent)}` : `${String(last)} in ${String(parent)}`;
}

/** Categories are no rules: only ids have a severity. */
function unknownRules(node: LocatedNode | undefined, rules: ReadonlyMap<string, unknown>): readonly Finding[] {
  if (node?.kind !== 'map') return [];
  return node.entries.filter((it) => !rules.has(it.key)).map((it) => {
    const suggestion = closest(it.key, rules.keys());
    return finding('model-unknown-reference', { what: 'rule', name: it.key, ...(suggestion === undefined ? {} : { suggestion }) }, it.keySpan);
  });
}

/** The form is right by the schema; the day and the time may still not exist. */
function clockFault(clock: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2}))?$/.exec(clock);
  if (match === null) return false;
  const [year, month, day, hour, minute, second] = match.slice(1).map((it) => Number(it ?? 0));
  const date = new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, day ?? 0, hour ?? 0, minute ?? 0, second ?? 0));
  return date.toISOString().slice(0, 19) !== `${match[1] ?? ''}-${match[2] ?? ''}-${match[3] ?? ''}T${match[4] ?? '00'}:${match[5] ?? '00'}:${match[6] ?? '00'}`;
}

function wrongClock(clock: string | undefined, tree: LocatedNode): readonly Finding[] {
  const node = entryOf(tree, 'clock')?.value;
  if (clock === undefined || node === undefined || !clockFault(clock)) return [];
  return [finding('model-invalid-value', { at: 'clock', expected: 'a day and time that exist', found: `the text ${clock}` }, node.span)];
}

function wrongLanguage(language: string | number | undefined, tree: LocatedNode): readonly Finding[] {
  const node = entryOf(entryOf(tree, 'labels')?.value, 'language')?.value;
  if (language === undefined || node === undefined || languageCode(String(language)) !== undefined) return [];
  return [finding('model-invalid-value', { at: 'language in labels', expected: languageWords, found: `the text ${String(language).slice(0, 60)}` }, node.span)];
}
