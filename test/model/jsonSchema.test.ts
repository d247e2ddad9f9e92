// The JSON Schemas say what the schemas of model and project files say.
import { describe, expect, it } from 'vitest';
import { modelFileJsonSchema, projectFileJsonSchema } from '../../server/src/model/jsonSchema.ts';

describe('the JSON Schema', () => {
  it('of model files names tables, columns and types', () => {
    const schema = modelFileJsonSchema();
    expect(schema).toMatchObject({
      type: 'object', required: ['name'], additionalProperties: false,
      properties: {
        name: { type: 'string' },
        relationships: { type: 'array', items: { required: ['from', 'to'], properties: { cardinality: { enum: ['many-to-one', 'one-to-one', 'many-to-many', 'one-to-many'] } } } },
      },
    });
    const text = JSON.stringify(schema);
    expect(text).toContain('"enum":["string","int64","double","decimal","dateTime","boolean"]');
    expect(JSON.parse(text)).toHaveProperty('properties.tables.additionalProperties');
  });

  it('of project files names rules and limits', () => {
    expect(projectFileJsonSchema()).toMatchObject({
      additionalProperties: false,
      properties: {
        rules: { type: 'object', additionalProperties: { enum: ['off', 'error', 'warning', 'information', 'hint'] } },
        limits: { properties: { rows: { type: 'number' } } },
      },
    });
  });
});
