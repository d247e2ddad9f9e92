/** The DAX inside doc tags as a model reads it: filters, columns and expressions of `@expect` and `@compare`. */
import { parseExpression } from '../../../grammar/src/index.ts';
import type { DocComment, Item } from '../../../grammar/src/tree.ts';
import { bindExpression, bindFilter } from '../analysis/index.ts';
import type { Bound, CodeUse, Reference, Target } from '../analysis/bound.ts';
import { spanToDocument } from '../base/offsetMap.ts';
import type { Span } from '../base/spans.ts';
import { crossModelName, expectations, type DaxPart } from '../expect/index.ts';
import { nameKey, type Model } from '../model/model.ts';
import { measureSet } from './measureSets.ts';
import type { Reading } from './types.ts';

/** What the tags of a definition refer to; all spans are relative to the segment. */
export interface TagNames {
  readonly references: readonly Reference[];
  readonly codes: readonly CodeUse[];
  /** `[model::metric]`, brackets included. */
  readonly others: readonly { readonly span: Span; readonly model: string; readonly metric: string }[];
}

const nothing: TagNames = { references: [], codes: [], others: [] };

interface Kept {
  readonly model: Model | undefined;
  readonly names: string;
  readonly defined: Reading['defined'];
  readonly found: TagNames;
}

const kept = new WeakMap<DocComment, Map<string, Kept>>();

/** Bound once for a doc comment and a model, and again when the names change that it can see. */
export function tagNames(item: Item, reading: Reading): TagNames {
  if (item.kind !== 'measure' || item.docs === undefined) return nothing;
  const { docs } = item;
  const { names } = measureSet(reading.measures);
  const view = reading.model;
  let entries = kept.get(docs);
  if (entries === undefined) kept.set(docs, (entries = new Map<string, Kept>()));
  const key = view === undefined ? '' : `${view.project.folder}\u0000${view.name}`;
  const known = entries.get(key);
  if (known !== undefined && known.model === view?.model && known.names === names && known.defined === reading.defined) return known.found;
  const found = read(docs, reading);
  entries.set(key, { model: view?.model, names, defined: reading.defined, found });
  return found;
}

function read(docs: DocComment, reading: Reading): TagNames {
  const tags = expectations(docs);
  const references: Reference[] = [];
  const codes: CodeUse[] = [];
  const others: TagNames['others'][number][] = [];
  const { functions, tables, columns } = reading.defined;
  const scope = { model: reading.model?.model, measures: reading.measures, functions, tables, columns };
  const add = (part: DaxPart, as: typeof bindFilter | typeof bindExpression): void => {
    const bound: Bound = as(parseExpression(part.text).expression, part.text, scope);
    const at = (span: Span): Span => spanToDocument(part.map, span);
    for (const it of bound.references) references.push({ ...it, span: at(it.span), target: placed(it.target, at) });
    for (const it of bound.codes) codes.push({ ...it, span: at(it.span) });
  };
  for (const it of [...tags.expectations, ...tags.compares]) {
    for (const part of it.where) add(part, bindFilter);
    if (it.kind === 'value') continue;
    for (const part of it.by) add(part, bindFilter);
    const side = it.kind === 'equal' ? it.expression : it.other;
    const cross = crossModelName(side);
    if (cross === undefined) add(side, bindExpression);
    else others.push({ span: side.span, model: cross.model, metric: cross.metric });
  }
  return { references, codes, others };
}

/** A target whose definition stands in the tag itself, with that place in the segment. */
function placed(target: Target, at: (span: Span) => Span): Target {
  switch (target.kind) {
    case 'variable':
      return { ...target, definition: at(target.definition) };
    case 'extension':
      return target.definition === undefined || target.owner !== undefined ? target : { ...target, definition: at(target.definition) };
    default:
      return target;
  }
}

/** A name of a tag with the metric that it means now. */
export function currentReference(it: Reference, reading: Reading): Reference {
  if (it.target.kind !== 'measure') return it;
  const measure = reading.measures.get(nameKey(it.target.measure.name));
  return measure === undefined ? it : { ...it, target: { kind: 'measure', measure } };
}
