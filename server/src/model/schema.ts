/**
 * The schemas of model files and project files: the one description of their keys, from which the checks, the types
 * and the JSON Schema come. What names are free (tables, columns, choices) are `Map`s.
 *
 * Wording of a refusal is chosen by `formats/located/validate.ts` from an issue's code and path; only `custom` issues
 * carry words, which then say what is expected.
 */
import * as z from 'zod/mini';
import { columnHintsSchema, modelHintsSchema, tableHintsSchema } from './generateSchema.ts';
import { dax } from './daxSchema.ts';
import { sessionizeSchema } from './sessionizeSchema.ts';

export const dataTypes = ['string', 'int64', 'double', 'decimal', 'dateTime', 'boolean'] as const;
export const fileFormats = ['csv', 'tsv', 'json', 'ndjson', 'parquet'] as const;
export const cardinalities = ['many-to-one', 'one-to-one', 'many-to-many', 'one-to-many'] as const;

/** `Table[Column]` or `'My Table'[My column]`; a closing bracket inside the column's name is doubled. */
export const columnReference = /^\s*(?:'((?:[^']|'')+)'|([^'[\]]+?))\s*\[((?:[^\]]|\]\])+)\]\s*$/;

const words = (what: string) => ({ error: what });
const named = <T extends z.core.SomeType>(value: T) => z.map(z.string(), value);

const name = z.string().check(z.refine((it) => it.trim() !== '' && it.length <= 512, words('a name of 1 to 512 characters')));
const text = z.string();
const cell = z.nullable(z.union([z.string(), z.number(), z.boolean()]));
/** A word of a data file as written here, quoted or not: `NULL` and `0` are words too. */
const word = z.nullable(z.union([z.string(), z.number(), z.boolean()]));
const column = z.string().check(z.refine((it) => it.length <= 2000 && columnReference.test(it), words('a column as Table[Column]')));
const oneCharacter = z.string().check(z.refine((it) => it.length === 1 && !'"\r\n'.includes(it), words('one character')));
const anything = z.optional(z.unknown());

const columnSchema = z.strictObject({
  type: z.optional(z.enum(dataTypes)),
  key: z.optional(z.boolean()),
  choice: z.optional(name),
  multiSelect: z.optional(z.boolean()),
  dataverse: z.optional(z.string().check(z.refine((it) => /^[^\s.]+\.[^\s.]+$/.test(it), words('entity.attribute')))),
  dax: z.optional(dax),
  sessionOf: z.optional(name),
  sortBy: z.optional(name),
  hidden: z.optional(z.boolean()),
  description: z.optional(text),
  deprecated: z.optional(z.boolean()),
  nulls: z.optional(z.strictObject({ null: z.optional(cell), notNull: z.optional(cell) })),
  generate: z.optional(columnHintsSchema),
});

const tableSchema = z.strictObject({
  source: z.optional(name),
  format: z.optional(z.enum(fileFormats)),
  delimiter: z.optional(oneCharacter),
  blankTokens: z.optional(z.array(word)),
  booleans: z.optional(z.strictObject({ true: z.optional(z.array(word)), false: z.optional(z.array(word)) })),
  dateFormats: z.optional(z.array(name)),
  rows: z.optional(z.array(named(cell))),
  dax: z.optional(dax),
  sessionize: z.optional(sessionizeSchema),
  columns: z.optional(named(z.nullable(columnSchema))),
  description: z.optional(text),
  hidden: z.optional(z.boolean()),
  dateTable: z.optional(name),
  hierarchies: anything,
  generate: z.optional(tableHintsSchema),
});

const relationshipSchema = z.strictObject({
  from: column,
  to: column,
  cardinality: z.optional(z.enum(cardinalities)),
  active: z.optional(z.boolean()),
  crossFilter: z.optional(z.enum(['single', 'both'])),
  securityFilter: z.optional(z.enum(['single', 'both'])),
});

const roleSchema = z.strictObject({ filters: z.optional(named(dax)), description: z.optional(text) });

const optionSchema = z.strictObject({ label: text, deprecated: z.optional(z.boolean()) });

/** What the key of an option must be; the one refusal that is about a key and not about its value. */
export const codeKeyWords = 'a whole number as its code';
const choiceKey = z.string().check(z.refine((it) => choiceWords.includes(it) || /^-?\d{1,15}$/.test(it), words(codeKeyWords)));
/** A calculation item: its DAX, or a mapping with more. */
const itemSchema = z.union([z.string(), z.number(), z.boolean(), z.strictObject({
  dax,
  ordinal: z.optional(z.int()),
  format: z.optional(text),
  description: z.optional(text),
})], words('a DAX expression, or a mapping with dax'));

const calculationGroupSchema = z.strictObject({
  precedence: z.optional(z.int()),
  column: z.optional(name),
  description: z.optional(text),
  hidden: z.optional(z.boolean()),
  items: z.optional(named(itemSchema)),
  noSelection: z.optional(dax),
  multipleOrEmptySelection: z.optional(dax),
});

/** Keys of a choice that are no codes. */
const choiceWords: readonly string[] = ['import', 'from', 'partial'];

/**
 * Options by code, each with a label. `import: file.json` takes them from metadata, `from:` names the choice there where
 * it has another name; `partial: true` says that there are more codes.
 */
const choiceSchema = z.map(choiceKey, z.union([text, optionSchema, z.literal(true)]));

/** Choices by name; `import: file.json`, or a list of files, takes all choices of metadata. */
const choicesSchema = named(z.union([name, z.array(name), choiceSchema]));

export const modelFileSchema = z.strictObject({
  name,
  extends: z.optional(name),
  description: z.optional(text),
  tables: z.optional(named(z.nullable(tableSchema))),
  relationships: z.optional(z.array(relationshipSchema)),
  choices: z.optional(choicesSchema),
  dataverse: z.optional(z.union([name, z.array(name)])),
  public: z.optional(z.array(name)),
  home: z.optional(name),
  roles: z.optional(named(z.nullable(roleSchema))),
  user: z.optional(z.strictObject({
    name: z.optional(text), principalName: z.optional(text), objectId: z.optional(text), customData: z.optional(text),
  })),
  functions: z.optional(named(dax)),
  calculationGroups: z.optional(named(z.nullable(calculationGroupSchema))),
  generate: z.optional(modelHintsSchema),
});
export type ModelFileData = z.infer<typeof modelFileSchema>;

const bound = z.number().check(z.refine((it) => Number.isInteger(it) && it > 0, words('a whole number above 0')));

/** `YYYY-MM-DD` or `YYYY-MM-DDThh:mm:ss` without an offset; `now`; `data`. */
const clock = z.string().check(z.refine(
  (it) => it === 'now' || it === 'data' || /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2})?$/.test(it),
  words('now, data or a date-time as YYYY-MM-DDThh:mm:ss'),
));

export const projectFileSchema = z.strictObject({
  $schema: z.optional(text),
  rules: z.optional(named(z.enum(['off', 'error', 'warning', 'information', 'hint']))),
  markdown: z.optional(z.strictObject({ models: z.optional(named(name)) })),
  labels: z.optional(z.strictObject({ language: z.optional(z.union([name, z.int()])) })),
  clock: z.optional(clock),
  culture: z.optional(z.string().check(z.refine((it) => /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/.test(it), words('a culture such as en-US')))),
  limits: z.optional(z.strictObject({
    fileBytes: z.optional(bound), rows: z.optional(bound), memoryBytes: z.optional(bound), milliseconds: z.optional(bound),
  })),
  exclude: z.optional(z.array(name)),
});

export type ProjectFileData = z.infer<typeof projectFileSchema>;

const flag = z.optional(z.boolean());

/** What is read of an entity schema file: entities with their attributes, and choices with their options. */
export const entitySchemaFileSchema = z.object({
  entities: z.optional(named(z.object({
    display: z.optional(text),
    primaryId: z.optional(text),
    primaryName: z.optional(text),
    partial: flag,
    attributes: z.optional(z.array(z.object({
      attribute: name, type: z.optional(text), display: z.optional(text), choice: z.optional(name), deprecated: flag,
    }))),
  }))),
  choices: z.optional(named(z.object({
    deprecated: flag,
    partial: flag,
    source: z.optional(text),
    options: z.optional(z.array(z.object({ value: z.int(), label: text, deprecated: flag }))),
  }))),
});

export type EntitySchemaFileData = z.infer<typeof entitySchemaFileSchema>;
