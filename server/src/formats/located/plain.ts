/** A located tree → the plain data that zod reads: a `Map` where the schema has names of the user's, an object where it has keys of ours. */
import type * as z from 'zod/mini';
import type { LocatedNode } from './node.ts';

type Schema = z.core.$ZodType;

/** Makes plain data. A collection of which nothing is written yet (`tables:` and no more) counts as absent. */
export function plainOf(schema: Schema, node: LocatedNode): unknown {
  const at = branchFor(schema, node);
  const def = at._zod.def;
  if (node.kind === 'scalar') return node.value === null && isCollection(def.type) ? undefined : node.value;
  if (node.kind === 'list') {
    const element = def.type === 'array' ? (def as z.core.$ZodArrayDef).element : at;
    return def.type === 'unknown' ? [] : node.items.map((it) => plainOf(element, it));
  }
  if (def.type === 'map') {
    const value = (def as z.core.$ZodMapDef).valueType as Schema;
    return new Map(node.entries.map((it) => [it.key, plainOf(value, it.value)]));
  }
  const shape = def.type === 'object' ? (def as z.core.$ZodObjectDef).shape : {};
  const object = Object.create(null) as Record<string, unknown>;
  for (const it of node.entries) {
    const child = Object.hasOwn(shape, it.key) ? shape[it.key] : undefined;
    // Of a key that the schema does not know only its name matters.
    object[it.key] = child === undefined ? true : plainOf(child, it.value);
  }
  return object;
}

const isCollection = (type: string): boolean => type === 'map' || type === 'array';

/** Unwraps what may be absent, and of a union takes the branch that fits the node. */
function branchFor(schema: Schema, node: LocatedNode): Schema {
  let at = schema;
  for (;;) {
    const def = at._zod.def;
    if (def.type === 'nullable' && node.kind === 'scalar' && node.value === null) return at;
    if (def.type === 'optional' || def.type === 'nullable') at = (def as z.core.$ZodOptionalDef).innerType;
    else if (def.type === 'union') {
      const options = (def as z.core.$ZodUnionDef).options as readonly Schema[];
      const fits = (type: string): boolean => (node.kind === 'map' ? type === 'map' || type === 'object' : node.kind === 'list' ? type === 'array' : !isCollection(type) && type !== 'object');
      const branch = options.find((it) => fits(it._zod.def.type)) ?? options[0];
      if (branch === undefined) return at;
      at = branch;
    } else return at;
  }
}
