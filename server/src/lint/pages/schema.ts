/** What the models of a place on a page know of Dataverse, taken together: entities, attributes, choices, columns. */
import { closest } from '../../base/closest.ts';
import { nameKey, type Choice, type Column, type Entity, type EntityAttribute, type Table } from '../../model/model.ts';
import type { ModelWhole } from '../context.ts';

/** A column of a model that stands for an attribute. */
export interface MappedColumn {
  readonly whole: ModelWhole;
  readonly table: Table;
  readonly column: Column;
}

export interface Schema {
  readonly wholes: readonly ModelWhole[];
  /** Some entities are known to the last attribute, so that an unknown name is a wrong one. */
  readonly isComplete: boolean;
  entity(name: string): Entity | undefined;
  /** The attribute, with what every model knows of it; `entity.attribute`. */
  attribute(entity: string, name: string): EntityAttribute | undefined;
  /** Whether no further attribute of the entity can exist. */
  isWhole(entity: string): boolean;
  /** Entities that have an attribute of this name. */
  entitiesWith(attribute: string): readonly Entity[];
  choice(entity: string, attribute: string): Choice | undefined;
  /** Columns whose `dataverse:` names the attribute. */
  columns(entity: string, attribute: string): readonly MappedColumn[];
  nearestEntity(name: string): string | undefined;
  nearestAttribute(entity: string, name: string): string | undefined;
}

const known = new WeakMap<ModelWhole, Schema>();

/** The schema of one or several models. */
export function schemaOf(wholes: readonly ModelWhole[]): Schema {
  const [only] = wholes;
  if (wholes.length !== 1 || only === undefined) return makeSchema(wholes);
  let schema = known.get(only);
  if (schema === undefined) known.set(only, (schema = makeSchema(wholes)));
  return schema;
}

function makeSchema(wholes: readonly ModelWhole[]): Schema {
  const entities = new Map<string, Entity[]>();
  for (const { model } of wholes) {
    for (const it of model.entities?.values() ?? []) {
      const same = entities.get(nameKey(it.name));
      if (same === undefined) entities.set(nameKey(it.name), [it]);
      else same.push(it);
    }
  }
  const mapped = new Map<string, MappedColumn[]>();
  for (const whole of wholes) {
    for (const table of whole.model.tables.values()) {
      for (const column of table.columns.values()) {
        if (column.dataverse === undefined) continue;
        const key = nameKey(column.dataverse);
        const same = mapped.get(key);
        if (same === undefined) mapped.set(key, [{ whole, table, column }]);
        else same.push({ whole, table, column });
      }
    }
  }
  const all = (name: string): readonly Entity[] => entities.get(nameKey(name)) ?? [];
  const attribute = (entity: string, name: string): EntityAttribute | undefined => {
    const found = all(entity).flatMap((it) => it.attributes.get(nameKey(name)) ?? []);
    return found.find((it) => it.type !== undefined || it.choice !== undefined) ?? found[0];
  };
  return {
    wholes,
    isComplete: [...entities.values()].some((same) => same.some((it) => it.partial !== true)),
    entity: (name) => all(name).find((it) => it.partial !== true) ?? all(name)[0],
    attribute,
    isWhole: (name) => all(name).some((it) => it.partial !== true),
    entitiesWith: (name) => [...entities.values()].flatMap((same) => same.find((it) => it.attributes.has(nameKey(name))) ?? []),
    choice(entity, name) {
      const its = attribute(entity, name)?.choice ?? (mapped.get(`${nameKey(entity)}.${nameKey(name)}`) ?? []).find((it) => it.column.choice !== undefined)?.column.choice;
      if (its === undefined) return undefined;
      const found = wholes.flatMap(({ model }) => model.choices.get(nameKey(its)) ?? []);
      return found.find((it) => it.partial !== true) ?? found[0];
    },
    columns: (entity, name) => mapped.get(`${nameKey(entity)}.${nameKey(name)}`) ?? [],
    nearestEntity: (name) => closest(name, [...entities.values()].flatMap((same) => same[0]?.name ?? [])),
    nearestAttribute: (entity, name) => closest(name, all(entity).flatMap((it) => [...it.attributes.values()].map((its) => its.name))),
  };
}
