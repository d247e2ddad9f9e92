/** Entity schema files: Dataverse entities with their attributes, and choices with their options, as JSON. */
import { positionAt, lineIndex } from '../base/spans.ts';
import type { Finding } from '../findings/finding.ts';
import { nameKey, type Choice, type ChoiceOption, type Entity, type EntityAttribute, type Place } from '../model/model.ts';
import { entitySchemaFileSchema, type EntitySchemaFileData } from '../model/schema.ts';
import { entryOf, firstSpan, type LocatedNode, type Path } from './located/node.ts';
import { validate } from './located/validate.ts';
import { parseByName } from './modelFile.ts';

export interface EntitySchema {
  readonly uri: string;
  /** By `nameKey`. */
  readonly entities: ReadonlyMap<string, Entity>;
  /** By `nameKey`. */
  readonly choices: ReadonlyMap<string, Choice>;
  /** In offsets of the file's text. */
  readonly findings: readonly Finding[];
  /** The first fault for who imports the file: its line, 1-based, and what is wrong. */
  readonly fault: { readonly line: number; readonly message: string } | undefined;
}

/**
 * Reads an entity schema: `{"entities": {name: {"attributes": [{"attribute", "type", "choice"}]}}, "choices": {name: {"options": [{"value", "label"}]}}}`.
 * Keys that are not known are passed over: such files are made by other programs.
 *
 * @param text the file, a byte order mark included if it has one
 * @returns what can be read of it; never throws
 */
export function readEntitySchema(uri: string, text: string): EntitySchema {
  const result = validate<EntitySchemaFileData>(entitySchemaFileSchema, parseByName(uri, text), { thing: thingAt });
  const first = result.findings[0];
  const fault = first === undefined ? undefined : { line: positionAt(lineIndex(text), first.span.start).line + 1, message: first.message };
  const { data, tree } = result;
  return {
    uri,
    entities: data === undefined || tree === undefined ? new Map() : entitiesOf(uri, data, tree),
    choices: data === undefined || tree === undefined ? new Map() : choicesOf(uri, data, tree),
    findings: result.findings,
    fault,
  };
}

function thingAt(path: Path): string {
  if (path.length === 0) return 'the entity schema';
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
        deprecated: attribute.deprecated ?? false,
        place: placeOf(uri, itemAt(nodes.get(name), 'attributes', index), tree),
      });
    }
    entities.set(nameKey(name), { name, display: it.display, primaryId: it.primaryId, primaryName: it.primaryName, attributes });
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
    });
  }
  return choices;
}

const entriesByKey = (node: LocatedNode | undefined): ReadonlyMap<string, LocatedNode> =>
  new Map(node?.kind === 'map' ? node.entries.map((it) => [it.key, it.value]) : []);
