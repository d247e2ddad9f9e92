/** The metrics of a model in the tree, each with its value. */
import { nameKey } from '../../model/model.ts';
import type { MeasureSymbol } from '../../analysis/bound.ts';
import { madeUpIn } from '../../workspace/madeUp.ts';
import { measureText } from '../../workspace/queries.ts';
import type { ModelView, Workspace } from '../../workspace/types.ts';
import { asPlain, firstLine } from '../markdown.ts';
import { marked, phrase, scalarShown, type Shown } from '../shown.ts';
import { definitionOf, toDocument } from '../spot.ts';
import { metricRequest, styleOf } from '../values.ts';
import type { Known } from '../kept.ts';
import type { TreeNode } from './node.ts';

const longestValue = 60;
/** Made when measures are first listed: no start waits for the tables of the world's languages. */
let sorter: Intl.Collator | undefined;

/** In alphabetical order. */
export const metricsOf = (view: ModelView): readonly MeasureSymbol[] =>
  [...view.measures.values()].sort((a, b) => (sorter ??= new Intl.Collator('en', { numeric: true })).compare(a.name, b.name));

/** Values of all metrics, in one job, by `nameKey`. */
export async function metricValues(workspace: Workspace, view: ModelView, where: readonly string[]): Promise<ReadonlyMap<string, Shown>> {
  const metrics = metricsOf(view);
  const requests = metrics.map((it) => metricRequest(view, view, it, { where }));
  const results = await workspace.evaluate(view, requests);
  return new Map(metrics.map((it, i) => [nameKey(it.name), marked(scalarShown(results[i], styleOf(view, it)), madeUpIn(view, requests[i] ?? { query: '' }))]));
}

export async function metricNodes(workspace: Workspace, view: ModelView, { value: values, current }: Known<ReadonlyMap<string, Shown>>): Promise<readonly TreeNode[]> {
  const nodes: TreeNode[] = [];
  for (const symbol of metricsOf(view)) {
    const shown = values?.get(nameKey(symbol.name));
    // A long name leaves no room for the value behind it.
    const tooltip = [firstLine(symbol.docs), shown === undefined ? undefined : asPlain(shown.kind === 'value' ? `= ${shown.text}` : phrase(shown), 500)].filter((it) => it !== undefined).join('\n');
    const place = await metricPlace(workspace, symbol);
    nodes.push({
      path: [view.model.uri, 'metrics', nameKey(symbol.name)], kind: 'metric', label: asPlain(symbol.name, 200), hasChildren: false,
      description: descriptionOf(shown, current), reference: measureText(symbol.name),
      ...(tooltip === '' ? {} : { tooltip }), ...(place === undefined ? {} : { place }),
      ...(shown !== undefined && shown.kind !== 'value' ? { trait: 'noValue' as const } : {}),
    });
  }
  return nodes;
}

/** A value that is no longer the current one keeps its text and gains an ellipsis. */
function descriptionOf(shown: Shown | undefined, current: boolean): string {
  const late = current ? '' : ' …';
  switch (shown?.kind) {
    case undefined: return current ? '= ?' : '…';
    case 'notEvaluated': return `= ?${late}`;
    case 'error': return `= error${late}`;
    case 'value': return `= ${asPlain(shown.text, longestValue)}${shown.madeUp === undefined ? '' : ' (generated)'}${late}`;
  }
}

/** The name in the definition of a metric; undefined where its file has changed since. */
export async function metricPlace(workspace: Workspace, symbol: MeasureSymbol): Promise<TreeNode['place']> {
  const at = await definitionOf(workspace, symbol);
  if (at === undefined) return undefined;
  const { item } = at.segment.segment;
  const span = 'nameSpan' in item ? item.nameSpan : { start: 0, end: 0 };
  return { uri: at.document.uri, span: toDocument(at.region, at.segment.segment, span) };
}
