/** The page of a dependency graph: a picture whose nodes are buttons, and the same as a list. */
import { button, element, extension } from '../page.ts';
import { placed } from './layout.ts';
import type { DependencyGraph, FromPage, ToPage } from './messages.ts';

interface State {
  readonly graph?: DependencyGraph;
  readonly asList: boolean;
}

type Node = DependencyGraph['nodes'][number];

const host = extension<State>();
let state: State = host.getState() ?? { asList: false };

const say = (message: FromPage): void => host.postMessage(message);
const show = (next: State): void => {
  state = next;
  host.setState(next);
  draw(next);
};

addEventListener('message', ({ data }: MessageEvent<ToPage>) => show({ ...state, graph: data.graph }));
addEventListener('resize', () => {
  if (state.graph !== undefined && !state.asList) settle(state.graph);
});
if (state.graph !== undefined) draw(state);
say({ kind: 'ready' });

function draw({ graph, asList }: State): void {
  if (graph === undefined) return;
  const toggle = button(asList ? 'Show as Graph' : 'Show as List', () => {
    show({ ...state, asList: !asList });
    document.querySelector<HTMLElement>('header button')?.focus();
  });
  const note = graph.more === 0 ? [] : [element('p', { role: 'note' }, `${String(graph.more)} more are not shown.`)];
  const header = element('header', {}, element('h1', {}, `What ${graph.metric} reads`), toggle, element('p', {}, summary(graph)));
  document.body.replaceChildren(element('main', {}, header, ...note, asList ? list(graph) : picture(graph)));
  if (!asList) settle(graph);
}

function summary({ model, nodes }: DependencyGraph): string {
  const count = (kind: Node['kind'], one: string, many: string): readonly string[] => {
    const found = nodes.filter((it) => it.kind === kind).length - (kind === 'metric' ? 1 : 0);
    return found <= 0 ? [] : [`${String(found)} ${found === 1 ? one : many}`];
  };
  const parts = [
    ...count('metric', 'other metric', 'other metrics'), ...count('table', 'whole table', 'whole tables'), ...count('column', 'column', 'columns'),
    ...count('code', 'code', 'codes'), ...count('attribute', 'Dataverse column', 'Dataverse columns'),
  ];
  return `${parts.length === 0 ? 'nothing' : parts.join(', ')}, in the model ${model}`;
}

const kindWords: Readonly<Record<Node['kind'], string>> = { metric: 'Metric', table: 'Table', column: 'Column', attribute: 'Dataverse', code: 'Code' };

function nodeButton(node: Node): HTMLButtonElement {
  const made = button('', () => say({ kind: 'open', node: node.id }), { class: `node ${node.kind}`, 'data-id': node.id });
  const detail = node.detail === undefined ? [] : [element('span', { class: 'detail' }, node.detail)];
  made.append(element('span', { class: 'kind' }, kindWords[node.kind]), ' ', element('span', { class: 'label' }, node.label), ' ', ...detail);
  if (node.place === undefined) made.disabled = true;
  return made;
}

/** The buttons; they are put into their places once they are drawn and have a size. */
function picture(graph: DependencyGraph): HTMLElement {
  const canvas = element('div', { class: 'canvas' }, ...graph.nodes.map(nodeButton));
  // Those who cannot reach it by a node scroll it by keys.
  return element('div', { class: 'picture', role: 'region', 'aria-label': 'Graph', tabindex: '0' }, canvas);
}

const svgNamespace = 'http://www.w3.org/2000/svg';

function svg(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const made = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** What is smaller is not read any more; it is scrolled. */
const smallest = 0.7;

function spaceFor(canvas: HTMLElement): { readonly width: number; readonly height: number } {
  const { clientWidth, clientHeight } = canvas.parentElement ?? canvas;
  return { width: clientWidth, height: clientHeight };
}

function settle(graph: DependencyGraph): void {
  const canvas = document.querySelector<HTMLElement>('.canvas');
  if (canvas === null) return;
  canvas.querySelector('svg')?.remove();
  canvas.style.zoom = '1';
  const buttons = new Map([...canvas.querySelectorAll<HTMLButtonElement>('.node')].map((it) => [it.dataset['id'] ?? '', it]));
  const { size, nodes, edges } = placed(graph, new Map([...buttons].map(([id, it]) => [id, { width: it.offsetWidth, height: it.offsetHeight }])), spaceFor(canvas));
  for (const [id, { x, y }] of nodes) {
    const it = buttons.get(id);
    if (it === undefined) continue;
    it.style.left = `${String(Math.round(x))}px`;
    it.style.top = `${String(Math.round(y))}px`;
  }
  // A picture that is a little too large is drawn a little smaller.
  const { width, height } = spaceFor(canvas);
  canvas.style.zoom = String(Math.max(smallest, Math.min(1, width / size.width, height / size.height)));
  canvas.style.width = `${String(Math.ceil(size.width))}px`;
  canvas.style.height = `${String(Math.ceil(size.height))}px`;
  const lines = svg('svg', { width: String(Math.ceil(size.width)), height: String(Math.ceil(size.height)), 'aria-hidden': 'true' });
  const paths = edges.map((it) => ({ ...it, line: svg('path', { d: it.path }) }));
  lines.append(...paths.map((it) => it.line));
  canvas.prepend(lines);
  const mark = (id: string | undefined): void => {
    for (const { from, to, line } of paths) line.classList.toggle('near', from === id || to === id);
  };
  for (const [id, it] of buttons) {
    it.onfocus = it.onmouseenter = () => mark(id);
    it.onblur = it.onmouseleave = () => mark(undefined);
  }
}

/** Each node below what reads it; one that is met again is told in short. */
function list({ nodes, edges }: DependencyGraph): HTMLElement {
  const byId = new Map(nodes.map((it) => [it.id, it]));
  const read = new Map<string, string[]>();
  for (const { from, to } of edges) read.set(from, [...(read.get(from) ?? []), to]);
  const met = new Set<string>();
  const item = (node: Node): HTMLElement => {
    const below = met.has(node.id) ? [] : (read.get(node.id) ?? []).flatMap((id) => byId.get(id) ?? []);
    met.add(node.id);
    return element('li', {}, nodeButton(node), ...(below.length === 0 ? [] : [element('ul', {}, ...below.map(item))]));
  };
  const [first] = nodes;
  return element('ul', { class: 'list' }, ...(first === undefined ? [] : [item(first)]));
}
