// Dataverse metadata as its programs write it, made small.
import { readEntitySchema, type EntitySchema } from '../../server/src/formats/index.ts';

export interface LabelledText { readonly [language: string]: string }

/** A label as the Web API writes it; the user's is the English one, or the first. */
export const label = (texts: LabelledText): object => {
  const labels = Object.entries(texts).map(([language, text]) => ({ Label: text, LanguageCode: Number(language), IsManaged: true, MetadataId: '0', HasChanged: null }));
  return { LocalizedLabels: labels, UserLocalizedLabel: labels.find((it) => it.LanguageCode === 1033) ?? labels[0] ?? null };
};

export const option = (value: unknown, texts: LabelledText): object => ({ Value: value, Color: null, IsManaged: true, ExternalValue: '', Label: label(texts), Description: label({}), MetadataId: null });

export const optionSet = (name: string | undefined, ...options: readonly object[]): object => ({
  '@odata.type': '#Microsoft.Dynamics.CRM.OptionSetMetadata', ...(name === undefined ? {} : { Name: name }), IsGlobal: false, OptionSetType: 'Picklist', DisplayName: label({ 1033: 'Any' }), Options: options,
});

export const attribute = (type: string, name: string, more: object = {}): object => ({
  '@odata.type': `#Microsoft.Dynamics.CRM.${type}AttributeMetadata`, AttributeType: type, AttributeTypeName: { Value: `${type}Type` }, LogicalName: name, SchemaName: name,
  DisplayName: label({ 1033: `The ${name}` }), DeprecatedVersion: null, ...more,
});

export const page = (value: readonly unknown[], context = 'EntityDefinitions', more: object = {}): string =>
  JSON.stringify({ '@odata.context': `https://example.crm.dynamics.com/api/data/v9.2/$metadata#${context}`, value, ...more }, undefined, 1);

export const uri = 'file:///w/metadata.json';

export const read = (text: string, language?: number): EntitySchema => readEntitySchema(uri, text, language);

/** Choices as `name: 1 one, 2 two (deprecated)`; a partial one ends with `...`. */
export const choicesText = (it: EntitySchema): readonly string[] =>
  [...it.choices.values()].map((choice) => `${choice.name}${choice.deprecated ? ' (deprecated)' : ''}: ${[...choice.options.values()].map((one) => `${one.value} ${one.label}${one.deprecated ? ' (deprecated)' : ''}`).join(', ')}${choice.partial === true ? ' ...' : ''}`);

/** Entities as `name "Display": attribute Type choice`; a partial one ends with `...`. */
export const entitiesText = (it: EntitySchema): readonly string[] =>
  [...it.entities.values()].map((entity) => `${entity.name}${entity.display === undefined ? '' : ` "${entity.display}"`}: ${[...entity.attributes.values()].map((one) =>
    `${one.name} ${one.type ?? '?'}${one.choice === undefined ? '' : ` <${one.choice}>`}${one.multiSelect === true ? ' multi' : ''}${one.deprecated ? ' deprecated' : ''}`).join(', ')}${entity.partial === true ? ' ...' : ''}`);

/** Findings as `line: message`. */
export const faults = (it: EntitySchema, text: string): readonly string[] => it.findings.map((one) => `${text.slice(0, one.span.start).split('\n').length}: ${one.message}`);
