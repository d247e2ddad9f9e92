/** What may stand at a place of a model or project file, read off its schema: for completion. */
import type * as z from 'zod/mini';
import { modelFileSchema, projectFileSchema } from './schema.ts';

export interface Shape {
  /** Keys of a mapping, in the schema's order; none where names are the user's. */
  readonly keys: readonly ShapeKey[];
  /** Words that a value may be. */
  readonly words: readonly string[];
  /** It is a list and nothing else. */
  readonly isList: boolean;
}

export interface ShapeKey {
  readonly name: string;
  /** What stands behind it, on its own line; or below it. */
  readonly holds: 'value' | 'mapping' | 'list';
}

type Schema = z.core.$ZodType;

/** @param path keys, and places in lists */
export function shapeAt(file: 'model' | 'project', path: readonly (string | number)[]): Shape {
  let here = alternatives(file === 'model' ? modelFileSchema : projectFileSchema);
  for (const step of path) here = here.flatMap((it) => childOf(it, step)).flatMap(alternatives);
  const keys = here.flatMap(({ _zod: { def } }): readonly ShapeKey[] =>
    (def.type !== 'object' ? [] : Object.entries((def as z.core.$ZodObjectDef).shape).map(([name, value]) => ({ name, holds: holdsOf(value) }))));
  return { keys, words: [...new Set(here.flatMap(wordsOf))], isList: here.length > 0 && here.every((it) => it._zod.def.type === 'array') };
}

function childOf({ _zod: { def } }: Schema, step: string | number): readonly Schema[] {
  switch (def.type) {
    case 'object': {
      const { shape } = def as z.core.$ZodObjectDef;
      const child = Object.hasOwn(shape, step) ? shape[step] : undefined;
      return child === undefined ? [] : [child];
    }
    case 'map': return [(def as z.core.$ZodMapDef).valueType as Schema];
    case 'array': return [(def as z.core.$ZodArrayDef).element];
    default: return [];
  }
}

/** What a schema stands for: optional and null are looked through, a union is each of its parts. */
function alternatives(schema: Schema): readonly Schema[] {
  const { def } = schema._zod;
  switch (def.type) {
    case 'optional':
    case 'nullable': return alternatives((def as z.core.$ZodOptionalDef | z.core.$ZodNullableDef).innerType);
    case 'union': return (def as z.core.$ZodUnionDef).options.flatMap(alternatives);
    default: return [schema];
  }
}

function holdsOf(schema: Schema): ShapeKey['holds'] {
  const types = alternatives(schema).map((it) => it._zod.def.type);
  if (types.every((it) => it === 'array')) return 'list';
  return types.every((it) => it === 'object' || it === 'map' || it === 'array') ? 'mapping' : 'value';
}

function wordsOf({ _zod: { def } }: Schema): readonly string[] {
  switch (def.type) {
    case 'enum': return Object.values((def as z.core.$ZodEnumDef).entries).map(String);
    case 'boolean': return ['true', 'false'];
    default: return [];
  }
}
