// The sample's metadata in the form of the Web API says the same as its choices.json.
import { describe, expect, it } from 'vitest';
import { readEntitySchema, type EntitySchema } from '../../server/src/formats/index.ts';
import { readSample } from './sample.ts';

const schema = (file: string): EntitySchema => readEntitySchema(`file:///${file}`, readSample(`dataverse/${file}`));

describe('entity-definitions.json', () => {
  const ours = schema('choices.json');
  const theirs = schema('entity-definitions.json');

  it('is read without a finding', () => {
    expect(theirs.findings).toEqual([]);
  });

  it('has the same choices', () => {
    const texts = (it: EntitySchema): readonly string[] =>
      [...it.choices.values()].map((choice) => `${choice.name}: ${[...choice.options.values()].map((option) => `${option.value} ${option.label}`).join(', ')}`).sort();
    expect(texts(theirs)).toEqual(texts(ours));
  });

  it('has the same entities and attributes', () => {
    // What the reference writes besides the type ("Integer >= 0") is not in the metadata.
    const texts = (it: EntitySchema): readonly string[] => [...it.entities.values()].map((entity) =>
      `${entity.name} ${entity.primaryId ?? ''}: ${[...entity.attributes.values()].map((one) => `${one.name} ${/^\w+/.exec(one.type ?? '')?.[0] ?? ''} ${one.choice ?? ''} ${one.multiSelect === true ? 'multi' : ''}${one.deprecated ? 'deprecated' : ''}`).join(', ')}`);
    expect(texts(theirs)).toEqual(texts(ours));
  });
});
