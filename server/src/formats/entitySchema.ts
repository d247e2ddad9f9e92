/** Metadata files: Dataverse entities with their attributes, and choices with their options, in whatever form they were written down. */
import { positionAt, lineIndex } from '../base/spans.ts';
import type { Finding } from '../findings/finding.ts';
import { nameKey, type Choice, type ChoiceOption, type Entity, type EntityAttribute, type Place } from '../model/model.ts';
import { entitySchemaFileSchema, type EntitySchemaFileData } from '../model/schema.ts';
import { readCustomizations } from './dataverse/customizations.ts';
import { collector, multiSelectType, withPrimaries } from './dataverse/definitions.ts';
import { formattedValue, readRowLabels } from './dataverse/rowLabels.ts';
import { readWebApi } from './dataverse/webApi.ts';
import { entryOf, firstSpan, type LocatedFile, type LocatedNode, type Path } from './located/node.ts';
import { validate } from './located/validate.ts';
import { parseByName } from './modelFile.ts';

export interface EntitySchema {
  readonly uri: string;
  /** By `nameKey`. */
  readonly entities: ReadonlyMap<string, Entity>;
  /** By `nameKey`. */
  readonly choices: ReadonlyMap<string, Choice>;
  /** The choices are the columns of rows, which show labels; a choice of the model may have a longer name than its column. */
  readonly ofRows: boolean;
  /** The file is one page of several. */
  readonly more: boolean;
  /** In offsets of the file's text. */
  readonly findings: readonly Finding[];
  /** The first fault for who imports the file: its line, 1-based, and what is wrong. */
  readonly fault: { readonly line: number; readonly message: string } | undefined;
}

/**
 * Reads a metadata file: what the Dataverse Web API returns for `EntityDefinitions` and `GlobalOptionSetDefinitions`,
 * rows of it with formatted values, a solution's `customizations.xml`, or the plain form
 * `{"entities": {name: {"attributes": [{"attribute", "type", "choice"}]}}, "choices": {name: {"options": [{"value", "label"}]}}}`.
 * Keys that are not known are passed over: such files are made by other programs.
 *
 * @param text the file, a byte order mark included if it has one
 * @param language the language code (LCID) in which labels are wanted, where the file has several
 * @returns what can be read of it; never throws
 */
export function readEntitySchema(uri: string, text: string, language?: number): EntitySchema {
  const read = readAny(uri, text, language);
  const first = read.findings[0];
  const fault = first === undefined ? undefined : { line: positionAt(lineIndex(text), first.span.start).line + 1, message: first.message };
  return { uri, ...read, fault };
}

type Reading = Omit<EntitySchema, 'uri' | 'fault'>;

function readAny(uri: string, text: string, language: number | undefined): Reading {
  const into = collector(uri, language);
  if (/\.xml$/i.test(uri) || /^\ufeff?\s{0,100}</.test(text.slice(0, 200))) {
    const findings = readCustomizations(uri, text, into);
    return { ...into.done(), ofRows: false, more: false, findings };
  }
  if (text.includes(formattedValue)) {
    const findings = readRowLabels(uri, text, into);
    return { ...into.done(), ofRows: true, more: false, findings };
  }
  const file = parseByName(uri, text);
  const { root } = file;
  if (root === undefined || file.problems.length > 0 || entryOf(root, 'entities') !== undefined || entryOf(root, 'choices') !== undefined) return readPlain(uri, file);
  const { findings, more } = readWebApi(uri, root, into);
  return { ...into.done(), ofRows: false, more, findings };
}

/** The plain form. */
function readPlain(uri: string, file: LocatedFile): Reading {
  const { data, tree, findings } = validate<EntitySchemaFileData>(entitySchemaFileSchema, file, { thing: thingAt });
  return {
    entities: data === undefined || tree === undefined ? new Map() : entitiesOf(uri, data, tree),
    choices: data === undefined || tree === undefined ? new Map() : choicesOf(uri, data, tree),
    ofRows: false, more: false, findings,
  };
}

function thingAt(path: Path): string {
  if (path.length === 0) return 'the metadata';
  const [first, second] = path.map(String);
  const owner = first === 'choices' ? `choice ${second ?? ''}` : `entity ${second ?? ''}`;
  return path.length <= 2 ? (second === undefined ? (first ?? '') : owner) : `${String(path.at(-1))} of ${owner}`;
}

const itemAt = (node: LocatedNode | undefined, key: string, index: number): LocatedNode | undefined => {
  const list = node === undefined ? undefined : entryOf(node, key)?.value;
  return list?.kind === 'list' ? list.items[index] : undefined;
};

const placeOf = (uri: string, node: LocatedNode | undefined, fallback: LocatedNode): Place => ({ uri, span: firstSpan(node ?? fallback) });

function entitiesOf(uri: string, data: EntitySchemaFileData, tree: LocatedNode): ReadonlyMap<string, Entity> {
  const entities = new Map<string, Entity>();
  const nodes = entriesByKey(entryOf(tree, 'entities')?.value);
  for (const [name, it] of data.entities ?? []) {
    const attributes = new Map<string, EntityAttribute>();
    for (const [index, attribute] of (it.attributes ?? []).entries()) {
      attributes.set(nameKey(attribute.attribute), {
        name: attribute.attribute, type: attribute.type, display: attribute.display, choice: attribute.choice,
        ...(attribute.type === multiSelectType ? { multiSelect: true } : {}),
        deprecated: attribute.deprecated ?? false,
        place: placeOf(uri, itemAt(nodes.get(name), 'attributes', index), tree),
      });
    }
    const entity: Entity = { name, display: it.display, primaryId: it.primaryId, primaryName: it.primaryName, attributes, ...(it.partial === true ? { partial: true } : {}) };
    entities.set(nameKey(name), withPrimaries(entity, placeOf(uri, nodes.get(name), tree)));
  }
  return entities;
}

function choicesOf(uri: string, data: EntitySchemaFileData, tree: LocatedNode): ReadonlyMap<string, Choice> {
  const choices = new Map<string, Choice>();
  const nodes = entriesByKey(entryOf(tree, 'choices')?.value);
  for (const [name, it] of data.choices ?? []) {
    const options = new Map<string, ChoiceOption>();
    for (const [index, option] of (it.options ?? []).entries()) {
      options.set(String(option.value), {
        value: option.value, label: option.label, deprecated: option.deprecated ?? false,
        place: placeOf(uri, itemAt(nodes.get(name), 'options', index), tree),
      });
    }
    choices.set(nameKey(name), {
      name, options, deprecated: it.deprecated ?? false, source: it.source,
      place: placeOf(uri, nodes.get(name), tree),
      ...(it.partial === true ? { partial: true } : {}),
    });
  }
  return choices;
}

const entriesByKey = (node: LocatedNode | undefined): ReadonlyMap<string, LocatedNode> =>
  new Map(node?.kind === 'map' ? node.entries.map((it) => [it.key, it.value]) : []);
