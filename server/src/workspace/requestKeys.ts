/** What answers depend on besides the data: the texts of all that they may read. Equal keys, equal answers. */
import { parseExpression } from '../../../grammar/src/index.ts';
import { functionsOf, textsOfSessions } from '../analysis/index.ts';
import type { Model } from '../model/model.ts';
import type { DefinedNames } from './definedNames.ts';
import { measureSet, mentionedDefinitions, mentionedNames, type MeasureSet } from './measureSets.ts';
import type { EvaluationRequest, ModelView } from './types.ts';

/** Query texts that are remembered by number. */
const mostTexts = 20_000;

function bracketedNames(dax: string): readonly string[] {
  const names: string[] = [];
  for (let open = dax.indexOf('['); open >= 0; ) {
    let close = dax.indexOf(']', open);
    while (close >= 0 && dax[close + 1] === ']') close = dax.indexOf(']', close + 2);
    // Without a closing bracket there is no further name either.
    if (close < 0) break;
    names.push(dax.slice(open + 1, close).replaceAll(']]', ']').toLowerCase());
    open = dax.indexOf('[', close + 1);
  }
  return names;
}

const namesRead = new WeakMap<Model, readonly string[]>();
const mentioned = new WeakMap<Model, ReadonlySet<string>>();

/** Names in brackets that the DAX of a model file mentions, by `nameKey`. */
export function namesInModel(model: Model): ReadonlySet<string> {
  let names = mentioned.get(model);
  if (names === undefined) {
    const bodies = [...functionsOf(model).values()].flatMap((it) => mentionedNames(it.definition));
    mentioned.set(model, (names = new Set([...namesIn(textsOf(model)), ...namesInItems(model), ...bodies])));
  }
  return names;
}

/** Expressions of calculated tables and columns, and filters of roles. */
const textsOf = (model: Model): readonly string[] => [...model.tables.values()].flatMap((table) => [
  ...(table.source.kind === 'dax' ? [table.source.expression.text] : []),
  ...(table.source.kind === 'sessionize' ? textsOfSessions(table.source.sessions).map((it) => it.dax.text) : []),
  ...[...table.columns.values()].flatMap((column) => column.expression?.text ?? []),
]).concat((model.roles ?? []).flatMap((role) => role.filters.map((it) => it.expression.text)));

/** What the rows of a model depend on besides the model: the definitions that its calculated tables and columns read, and those that give it more of them. */
export function stampsOf({ model, measures, defined }: ModelView): string {
  let names = namesRead.get(model);
  if (names === undefined) {
    namesRead.set(model, (names = [...namesIn(textsOf(model)), ...namesInItems(model)]));
  }
  const set = measureSet(measures, defined);
  const rows = [...defined.tables.values(), ...defined.columns.values()].map((it) => set.stampOf(it.definition));
  return `${names.map((it) => set.stamp(it)).join(',')};${rowKeys(defined)};${rows.join(';')}`;
}

/** Which tables and columns there are, and their own texts. */
const rowKeys = ({ tables, columns }: DefinedNames): string =>
  [...tables, ...columns].map(([key, it]) => `${key}#${String(identityOf(it.definition))}`).join(',');

const identities = new WeakMap<object, number>();
let nextIdentity = 1;

function identityOf(it: object): number {
  let id = identities.get(it);
  if (id === undefined) identities.set(it, (id = nextIdentity++));
  return id;
}

/** What each answer depends on besides the data: the text, which of its EVALUATEs, and every metric that it may read. */
export function requestKeys(view: ModelView, texts: Map<string, number>, requests: readonly EvaluationRequest[]): readonly string[] {
  if (texts.size > mostTexts) texts.clear();
  const known = new Map<MeasureSet, Map<string, string>>();
  return requests.map(({ query, index = 0, measures = view.measures, defined = view.defined, role }) => {
    const set = measureSet(measures, defined);
    let byText = known.get(set);
    if (byText === undefined) known.set(set, (byText = new Map<string, string>()));
    let key = byText.get(query);
    if (key === undefined) {
      let text = texts.get(query);
      // A number is never given twice, so that no result is found by a text that was forgotten.
      if (text === undefined) texts.set(query, (text = nextText++));
      const names = [...new Set(bracketedNames(query)), ...marksIn(query, set), ...namesInItems(view.model), ...listed(query, measures)];
      key = `${String(text)}\u0000${names.map((it) => set.stamp(it)).join(',')}`;
      byText.set(query, key);
    }
    return `${String(index)}\u0000${key}${role === undefined ? '' : `\u0000${role}`}`;
  });
}

let nextText = 1;

const inItems = new WeakMap<Model, readonly string[]>();

/** What the items of calculation groups read: they may stand for any metric. */
function namesInItems(model: Model): readonly string[] {
  const groups = model.calculationGroups ?? [];
  if (groups.length === 0) return [];
  let names = inItems.get(model);
  if (names === undefined) {
    const texts = groups.flatMap((it) => [...it.items.map((item) => item.expression), it.none, it.multipleOrEmpty]);
    inItems.set(model, (names = namesIn(texts.flatMap((it) => (it === undefined ? [] : [it.text])))));
  }
  return names;
}

/** Names of metrics, and marks of other definitions, that expressions mention. */
const namesIn = (texts: readonly string[]): readonly string[] => [...new Set(texts.flatMap((text) => {
  const { expression } = parseExpression(text);
  const item = { kind: 'bare', span: expression.span, docs: undefined, expression } as const;
  return [...mentionedNames(item), ...mentionedDefinitions(item)];
}))];

/** A query that lists the metrics reads them all. */
const listed = (query: string, measures: ModelView['measures']): Iterable<string> =>
  (query.toUpperCase().includes('INFO.VIEW.MEASURES') ? measures.keys() : []);

/** Marks of the functions, tables and columns whose names stand in a query. */
function marksIn(query: string, { marks }: MeasureSet): readonly string[] {
  if (marks.length === 0) return [];
  const text = query.toLowerCase();
  return marks.filter((it) => text.includes(it.slice(it.indexOf('\u0000') + 1).toLowerCase()));
}
