/** The JSON Schemas of model files and project files, made from the zod schemas, for editors of JSON. */
import * as z from 'zod/mini';
import { modelFileSchema, projectFileSchema } from './schema.ts';

/** For `*.daxmodel.json`. */
export const modelFileJsonSchema = (): object => jsonSchema(modelFileSchema, 'A semantic model: tables with their data, relationships and choices.');

/** For `dax-metrics.json`. */
export const projectFileJsonSchema = (): object => jsonSchema(projectFileSchema, 'What changes a finding or a value in this folder and those below it.');

function jsonSchema(schema: z.core.$ZodType, description: string): object {
  const made = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema: target }) => {
      const def = zodSchema._zod.def;
      // Names of the user's are a Map here and an object with any keys there.
      if (def.type === 'map') Object.assign(target, { type: 'object', additionalProperties: inner((def as z.core.$ZodMapDef).valueType as z.core.$ZodType) });
    },
  });
  return { ...made, title: description };
}

function inner(schema: z.core.$ZodType): object {
  const { $schema: _, title: __, ...rest } = jsonSchema(schema, '') as Record<string, unknown>;
  return rest;
}
