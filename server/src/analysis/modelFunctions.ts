/** Functions of model files as definitions, like those that a file of DAX holds. */
import { parseFile } from '../../../grammar/src/index.ts';
import type { SourceFile } from '../../../grammar/src/tree.ts';
import { functionNamed } from '../functions/index.ts';
import type { Model } from '../model/model.ts';
import type { DefinedFunction } from './bound.ts';

const parsed = new Map<string, SourceFile>();
const most = 1_000;

/** The tree of a function's definition; the same object for the same text, so that its places are found again. */
export function definitionOf(text: string): SourceFile {
  let source = parsed.get(text);
  if (source === undefined) {
    if (parsed.size >= most) parsed.clear();
    parsed.set(text, (source = parseFile(text, { isFunction: (name) => functionNamed(name) !== undefined })));
  }
  return source;
}

const known = new WeakMap<Model, ReadonlyMap<string, DefinedFunction>>();
const none: ReadonlyMap<string, DefinedFunction> = new Map();

/** By upper-case name; what does not read as one definition is left out. */
export function functionsOf(model: Model | undefined): ReadonlyMap<string, DefinedFunction> {
  if (model?.functions === undefined) return none;
  let functions = known.get(model);
  if (functions === undefined) {
    const found = new Map<string, DefinedFunction>();
    for (const [key, { name, definition: { text, uri } }] of model.functions) {
      const [segment] = definitionOf(text).segments;
      if (segment?.item.kind === 'functionDefinition') found.set(key, { name, uri, segment, definition: segment.item });
    }
    known.set(model, (functions = found));
  }
  return functions;
}

const joined = new WeakMap<ReadonlyMap<string, DefinedFunction>, WeakMap<ReadonlyMap<string, DefinedFunction>, ReadonlyMap<string, DefinedFunction>>>();

/** The functions that a text sees: those of text, and before them those of the model file. */
export function withModelFunctions(model: Model | undefined, functions: ReadonlyMap<string, DefinedFunction> = none): ReadonlyMap<string, DefinedFunction> {
  const own = functionsOf(model);
  if (own.size === 0 || [...own].every(([key, it]) => functions.get(key) === it)) return functions;
  let its = joined.get(own);
  if (its === undefined) joined.set(own, (its = new WeakMap()));
  let all = its.get(functions);
  if (all === undefined) its.set(functions, (all = new Map([...functions, ...own])));
  return all;
}
