/** Columns of a model and the attributes of Dataverse that they come from: each tells of the other. */
import { closest } from '../../base/closest.ts';
import type { Finding } from '../../findings/finding.ts';
import { finding } from '../../findings/registry.ts';
import { nameKey, type Column, type Entity, type EntityAttribute, type Place, type Table } from '../../model/model.ts';
import { certainType } from '../../model/sessionize.ts';
import type { RawTable } from '../rawModel.ts';

/** Types of attributes that hold codes of their choice; those of a boolean are 0 and 1, which no column writes. */
const codeTypes: ReadonlySet<string> = new Set(['Picklist', 'MultiSelectPicklist', 'State', 'Status']);

/** The attribute that `entity.attribute` names. */
function attributeOf(entities: ReadonlyMap<string, Entity>, dataverse: string | undefined): EntityAttribute | undefined {
  const [entity = '', attribute = ''] = dataverse?.split('.') ?? [];
  return entities.get(nameKey(entity))?.attributes.get(nameKey(attribute));
}

/**
 * The columns of a table: those it declares, then those that inline rows or the rules of sessions have besides. A column that says from which
 * attribute it comes, and not which choice it holds, holds the attribute's.
 */
export function finishColumns(raw: RawTable, entities: ReadonlyMap<string, Entity>): ReadonlyMap<string, Column> {
  const columns = new Map<string, Column>();
  const add = (name: string, place: Place, said: Partial<Column>): void => {
    const attribute = attributeOf(entities, said.dataverse);
    const holdsCodes = said.choice === undefined && said.type !== 'boolean' && attribute?.choice !== undefined && codeTypes.has(attribute.type ?? '');
    columns.set(nameKey(name), {
      name, place, description: undefined, type: undefined, typePlace: undefined, key: false,
      choice: holdsCodes ? attribute.choice : undefined, choicePlace: undefined,
      multiSelect: attribute?.multiSelect === true && (holdsCodes || said.choice !== undefined), dataverse: undefined, expression: undefined, sortBy: undefined,
      hidden: false, deprecated: attribute?.deprecated ?? false, ...said,
    });
  };
  for (const it of raw.columns) add(it.name, it.place, it.said);
  if (raw.source?.kind === 'sessionize') {
    for (const it of raw.source.sessions.columns) {
      const type = certainType(it);
      if (!columns.has(nameKey(it.name))) add(it.name, it.place, type === undefined ? {} : { type });
    }
  }
  if (raw.source?.kind !== 'rows') return columns;
  for (const row of raw.source.rows) {
    for (const [name] of row) if (!columns.has(nameKey(name))) add(name, raw.source.place, {});
  }
  return columns;
}

/** Columns of a file that name an attribute which its entity, known whole, does not have. */
export function unknownAttributes(tables: readonly RawTable[], entities: ReadonlyMap<string, Entity>): readonly Finding[] {
  return tables.flatMap((table) => table.columns.flatMap((column): readonly Finding[] => {
    const [entity = '', attribute = ''] = column.said.dataverse?.split('.') ?? [];
    const known = entities.get(nameKey(entity));
    if (known === undefined || known.partial === true || known.attributes.size === 0 || known.attributes.has(nameKey(attribute))) return [];
    const closestName = closest(attribute, [...known.attributes.values()].map((it) => it.name));
    const suggestion = closestName === undefined ? {} : { suggestion: `${known.name}.${closestName}` };
    return [finding('model-unknown-reference', { what: 'attribute', name: `${entity}.${attribute}`, ...suggestion }, column.place.span)];
  }));
}

/** Entities of metadata, and those that columns name besides: of these only the attributes that are named are known. */
export function mappedEntities(entities: ReadonlyMap<string, Entity>, tables: Iterable<Table>): ReadonlyMap<string, Entity> {
  const all = new Map(entities);
  const named = new Map<string, Map<string, EntityAttribute>>();
  for (const table of tables) {
    for (const it of table.columns.values()) {
      const [entity, attribute] = it.dataverse?.split('.') ?? [];
      if (entity === undefined || attribute === undefined) continue;
      const known = entities.get(nameKey(entity));
      // Of an entity that is known whole, an attribute that it does not have is a fault of the column.
      if (known !== undefined && (known.partial !== true || known.attributes.has(nameKey(attribute)))) continue;
      let attributes = named.get(nameKey(entity));
      if (attributes === undefined) {
        attributes = new Map(known?.attributes);
        named.set(nameKey(entity), attributes);
        all.set(nameKey(entity), { name: known?.name ?? entity, display: known?.display, primaryId: known?.primaryId, primaryName: known?.primaryName, attributes, partial: true });
      }
      if (!attributes.has(nameKey(attribute))) {
        attributes.set(nameKey(attribute), {
          name: attribute, type: undefined, display: undefined, choice: it.choice, ...(it.multiSelect ? { multiSelect: true } : {}), deprecated: it.deprecated, place: it.place,
        });
      }
    }
  }
  return all;
}
