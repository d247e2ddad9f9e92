/** The DAX inside doc tags as a model reads it: filters, columns and expressions of `@expect` and `@compare`. */
import { parseExpression, walk } from '../../../grammar/src/index.ts';
import type { DocComment, Item } from '../../../grammar/src/tree.ts';
import { bindExpression, bindFilter } from '../analysis/index.ts';
import type { Bound, CodeUse, Reference, Target } from '../analysis/bound.ts';
import { spanToDocument } from '../base/offsetMap.ts';
import type { Span } from '../base/spans.ts';
import { crossModelName, expectations, type DaxPart } from '../expect/index.ts';
import { nameKey, type Model } from '../model/model.ts';
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
  readonly defined: Reading['defined'];
  /** Names in brackets, and whether they were metrics. */
  readonly mentions: ReadonlyMap<string, boolean>;
  readonly found: TagNames;
}

const kept = new WeakMap<DocComment, Map<string, Kept>>();

/** Bound once for a doc comment and a model, and again when a name of it means another kind of thing. */
export function tagNames(item: Item, reading: Reading): TagNames {
  if (item.kind !== 'measure' || item.docs === undefined) return nothing;
  const { docs } = item;
  const view = reading.model;
  let entries = kept.get(docs);
  if (entries === undefined) kept.set(docs, (entries = new Map<string, Kept>()));
  const key = view === undefined ? '' : `${view.project.folder}\u0000${view.name}`;
  const known = entries.get(key);
  if (known !== undefined && known.model === view?.model && known.defined === reading.defined && isCurrent(known, reading)) return known.found;
  const now: Kept = { model: view?.model, defined: reading.defined, ...read(docs, reading) };
  entries.set(key, now);
  return now.found;
}

function isCurrent({ mentions }: Kept, { measures }: Reading): boolean {
  for (const [name, isMetric] of mentions) if (measures.has(name) !== isMetric) return false;
  return true;
}

function read(docs: DocComment, reading: Reading): Pick<Kept, 'found' | 'mentions'> {
  const tags = expectations(docs);
  const references: Reference[] = [];
  const codes: CodeUse[] = [];
  const others: TagNames['others'][number][] = [];
  const { functions, tables, columns } = reading.defined;
  const scope = { model: reading.model?.model, measures: reading.measures, functions, tables, columns };
  const mentions = new Map<string, boolean>();
  const add = (part: DaxPart, as: typeof bindFilter | typeof bindExpression): void => {
    const { expression } = parseExpression(part.text);
    walk(expression, (it) => {
      if (it.kind === 'column') mentions.set(nameKey(it.column.text), reading.measures.has(nameKey(it.column.text)));
    });
    const bound: Bound = as(expression, part.text, scope);
    const at = (span: Span): Span => spanToDocument(part.map, span);
    for (const it of bound.references) references.push({ ...it, span: at(it.span), target: placed(it.target, at) });
    for (const it of bound.codes) codes.push({ ...it, span: at(it.span) });
  };
  for (const it of [...tags.expectations, ...tags.compares]) {
    for (const part of it.where) add(part, bindFilter);
    if (it.kind === 'value') continue;
    for (const part of it.by) add(part, bindFilter);
    if (it.kind === 'compare') for (const part of it.rows) add(part, bindFilter);
    const side = it.kind === 'equal' ? it.expression : it.other;
    const cross = crossModelName(side);
    if (cross === undefined) add(side, bindExpression);
    else others.push({ span: side.span, model: cross.model, metric: cross.metric });
  }
  return { found: { references, codes, others }, mentions };
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
