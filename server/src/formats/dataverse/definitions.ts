/** What metadata files define, collected: entities with attributes, and choices. One form for all formats. */
import { nameKey, type Choice, type ChoiceOption, type Entity, type EntityAttribute, type Place } from '../../model/model.ts';
import { labelIn, saysDeprecated, type Labels } from './labels.ts';

export interface Definitions {
  /** By `nameKey`. */
  readonly entities: ReadonlyMap<string, Entity>;
  /** By `nameKey`. */
  readonly choices: ReadonlyMap<string, Choice>;
}

export interface OptionDefinition {
  readonly value: number;
  readonly labels: Labels;
  readonly place: Place;
}

export interface AttributeDefinition {
  readonly name: string;
  readonly type: string | undefined;
  readonly labels: Labels;
  readonly choice: string | undefined;
  readonly deprecated: boolean;
  readonly place: Place;
}

export interface EntityDefinition {
  readonly name: string;
  readonly labels: Labels;
  readonly primaryId: string | undefined;
  readonly primaryName: string | undefined;
  readonly attributes: readonly AttributeDefinition[];
  readonly partial: boolean;
}

export interface Collector {
  entity(it: EntityDefinition): void;
  choice(name: string, labels: Labels, options: readonly OptionDefinition[], place: Place, partial: boolean): void;
  done(): Definitions;
}

/** An entity has its id and its name, whether or not they stand among the attributes. */
export function withPrimaries(entity: Entity, place: Place): Entity {
  const attributes = new Map(entity.attributes);
  const add = (name: string | undefined, type: string): void => {
    if (name === undefined || attributes.has(nameKey(name))) return;
    attributes.set(nameKey(name), { name, type, display: undefined, choice: undefined, deprecated: false, place });
  };
  add(entity.primaryId, 'Uniqueidentifier');
  add(entity.primaryName, 'String');
  return { ...entity, attributes };
}

/** Two answers about one entity: what either knows, the later one first. It is known whole when one of them knows it whole. */
export function joinedEntity(before: Entity | undefined, it: Entity): Entity {
  if (before === undefined) return it;
  const attributes = new Map(before.attributes);
  for (const [key, attribute] of it.attributes) {
    const known = attributes.get(key);
    attributes.set(key, {
      ...attribute,
      type: attribute.type ?? known?.type,
      display: attribute.display ?? known?.display,
      choice: attribute.choice ?? known?.choice,
      ...(attribute.multiSelect === true || known?.multiSelect === true ? { multiSelect: true } : {}),
      deprecated: attribute.deprecated || known?.deprecated === true,
    });
  }
  const { partial: _, ...rest } = it;
  return {
    ...rest, display: it.display ?? before.display, primaryId: it.primaryId ?? before.primaryId, primaryName: it.primaryName ?? before.primaryName, attributes,
    ...(it.partial === true && before.partial === true ? { partial: true } : {}),
  };
}

/** Two answers about one choice: the later one, and of codes that were only seen those that the other does not know. */
export function joinedChoice(before: Choice | undefined, it: Choice): Choice {
  if (before === undefined || (before.partial === true) !== (it.partial === true)) {
    const [whole, seen] = before === undefined || it.partial !== true ? [it, before] : [before, it];
    return seen === undefined ? whole : { ...whole, options: new Map([...whole.options, ...[...seen.options].filter(([code]) => !whole.options.has(code))]) };
  }
  return it.partial === true ? { ...it, options: new Map([...before.options, ...it.options]) } : it;
}

/** A type as metadata says it for an attribute that may hold several codes. */
export const multiSelectType = 'MultiSelectPicklist';

/**
 * @param uri of the file, the place of what stands nowhere else
 * @param language the language code in which labels are wanted
 */
export function collector(uri: string, language: number | undefined): Collector {
  const entities = new Map<string, Entity>();
  const choices = new Map<string, Choice>();
  return {
    entity(it) {
      const known = entities.get(nameKey(it.name));
      const attributes = new Map(it.attributes.map((one): readonly [string, EntityAttribute] => [nameKey(one.name), {
        name: one.name,
        type: one.type,
        display: labelIn(one.labels, language),
        choice: one.choice,
        ...(one.type === multiSelectType ? { multiSelect: true } : {}),
        deprecated: one.deprecated || saysDeprecated(one.labels),
        place: one.place,
      }]));
      // Several answers may tell of one entity: its picklists in one, its states in the next.
      entities.set(nameKey(it.name), joinedEntity(known, {
        name: it.name, display: labelIn(it.labels, language), primaryId: it.primaryId, primaryName: it.primaryName, attributes, ...(it.partial ? { partial: true } : {}),
      }));
    },
    choice(name, labels, options, place, partial) {
      const known = choices.get(nameKey(name));
      const all = new Map<string, ChoiceOption>(known?.options);
      for (const it of options) {
        all.set(String(it.value), {
          value: it.value, label: labelIn(it.labels, language) ?? String(it.value), deprecated: saysDeprecated(it.labels), place: it.place,
        });
      }
      const isPartial = partial && (known === undefined || known.partial === true);
      choices.set(nameKey(name), {
        name: known?.name ?? name, place: known?.place ?? place, options: all, deprecated: saysDeprecated(labels), source: undefined,
        ...(isPartial ? { partial: true } : {}),
      });
    },
    done: () => ({ entities: new Map([...entities].map(([key, it]) => [key, withPrimaries(it, { uri, span: { start: 0, end: 0 } })])), choices }),
  };
}
