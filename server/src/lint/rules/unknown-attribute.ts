/** An attribute on a page that its entity does not have. */
import { didYouMean } from '../../findings/define.ts';
import { nameKey } from '../../model/model.ts';
import { attributeOf, blocksOf, listedEntities, type BlockContext } from '../pages/blocks.ts';
import type { Reference } from '../../documents/index.ts';
import { defineRule } from '../rule.ts';

export const unknownAttribute = defineRule({
  id: 'unknown-attribute',
  category: 'documentation',
  severity: 'error',
  help: 'The page names an attribute that the entity does not have in the imported Dataverse metadata. Where another entity has one of this name, that is said.',
  bad: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | msdyn_ocsession |\n| Attributes | msdyn_ocsession.msdyn_sesionid |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  good: '## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | msdyn_ocsession |\n| Attributes | msdyn_ocsession.msdyn_sessionid |\n\n```dax\nM = COUNTROWS(FactSession)\n```',
  exampleModel: 'dataverse: schema.json',
  messages: {
    default: (p: { entity: string; attribute: string; suggestion?: string }) => `${p.entity} has no attribute ${p.attribute}.${didYouMean(p.suggestion)}`,
    elsewhere: (p: { entity: string; attribute: string; other: string }) => `${p.entity} has no attribute ${p.attribute}; ${p.other} has one.`,
    nowhere: (p: { attribute: string; suggestion?: string }) => `No entity that this metric lists has an attribute ${p.attribute}.${didYouMean(p.suggestion)}`,
    unlisted: (p: { attribute: string; other: string }) => `${p.attribute} belongs to ${p.other}, which this metric does not list.`,
  },
  page(ctx, report) {
    for (const it of blocksOf(ctx)) {
      if (!it.schema.isComplete) continue;
      for (const element of it.block.elements) {
        for (const item of element.items) {
          for (const reference of item.references) {
            if (reference.form === 'column' || reference.form === 'word') continue;
            if (element.kind === 'entities' && reference === item.head) continue;
            if (reference.entity !== undefined) checkQualified(it, reference);
            else if (element.kind === 'attributes' && reference === item.head) checkAlone(it, reference);
          }
        }
      }
    }

    function checkQualified({ schema }: BlockContext, { entity, attribute }: Reference): void {
      if (entity === undefined || schema.entity(entity.text) === undefined || !schema.isWhole(entity.text)) return;
      if (schema.attribute(entity.text, attribute.text) !== undefined) return;
      const other = schema.entitiesWith(attribute.text)[0]?.name;
      const suggestion = nearest(schema, entity.text, attribute.text);
      const span = { start: entity.span.start, end: attribute.span.end };
      if (other !== undefined && suggestion === undefined) {
        report('elsewhere', { entity: entity.text, attribute: attribute.text, other }, span, { fixes: [{ title: `Write ${other}`, edits: [{ span: entity.span, newText: other }] }] });
      } else {
        report('default', { entity: entity.text, attribute: attribute.text, ...(suggestion === undefined ? {} : { suggestion }) }, span, suggestion === undefined ? {} : {
          fixes: [{ title: `Write ${suggestion}`, preferred: true, edits: [{ span: attribute.span, newText: suggestion }] }],
        });
      }
    }

    function checkAlone(it: BlockContext, reference: Reference): void {
      const { attribute } = reference;
      const listed = [...listedEntities(it)].flatMap((name) => it.schema.entity(name)?.name ?? []);
      if (listed.length === 0 || listed.some((name) => !it.schema.isWhole(name) || it.schema.attribute(name, attribute.text) !== undefined)) return;
      if (isJoined(it, attribute.text) || it.schema.entity(attribute.text) !== undefined) return;
      const other = attributeOf(it, reference)?.entity;
      if (other !== undefined && !listedEntities(it).has(nameKey(other))) report('unlisted', { attribute: attribute.text, other }, attribute.span, { severity: 'warning' });
      else if (other === undefined && attribute.text.includes('_')) {
        const suggestion = listed.map((name) => nearest(it.schema, name, attribute.text)).find((found) => found !== undefined);
        report('nowhere', { attribute: attribute.text, ...(suggestion === undefined ? {} : { suggestion }) }, attribute.span);
      }
    }
  },
});

/** The attribute that is meant: by spelling, or with or without the prefix of its publisher. */
function nearest(schema: BlockContext['schema'], entity: string, attribute: string): string | undefined {
  const names = schema.entity(entity)?.attributes;
  const bare = attribute.slice(attribute.indexOf('_') + 1);
  const prefixed = [...(names?.values() ?? [])].find((it) => nameKey(it.name.slice(it.name.indexOf('_') + 1)) === nameKey(attribute) && it.name.includes('_'));
  return names?.get(nameKey(bare))?.name ?? prefixed?.name ?? schema.nearestAttribute(entity, attribute);
}

/** Whether a name is an entity and an attribute joined by an underscore, which another rule tells. */
export const isJoined = ({ schema }: BlockContext, name: string): boolean => joinedName(schema, name) !== undefined;

/** `entity_attribute` taken apart, where both exist. */
export function joinedName(schema: BlockContext['schema'], name: string): { readonly entity: string; readonly attribute: string } | undefined {
  for (let i = name.indexOf('_'); i > 0; i = name.indexOf('_', i + 1)) {
    const [entity, attribute] = [name.slice(0, i), name.slice(i + 1)];
    if (schema.entity(entity) !== undefined && schema.attribute(entity, attribute) !== undefined) return { entity, attribute };
  }
  return undefined;
}
