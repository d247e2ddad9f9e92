/** Where nodes and edges stand: what reads to the left of, or above, what is read. */
import { Graph, layout } from '@dagrejs/dagre';

export interface Size {
  readonly width: number;
  readonly height: number;
}
export interface Point {
  readonly x: number;
  readonly y: number;
}
/** What is drawn of a graph. */
interface Drawn {
  readonly nodes: readonly { readonly id: string }[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

export interface Placed {
  readonly size: Size;
  /** Upper left corners, by id. */
  readonly nodes: ReadonlyMap<string, Point>;
  /** `path`: the `d` of an SVG path. */
  readonly edges: readonly { readonly from: string; readonly to: string; readonly path: string }[];
}

/** Free space around the picture and between nodes, in pixels. */
const [margin, betweenNodes, betweenRanks] = [4, 14, 44];

/**
 * To the right, or down where that shows more of it.
 *
 * @param sizes of the nodes as they are drawn, by id
 * @param space that there is for the picture
 */
export function placed(graph: Drawn, sizes: ReadonlyMap<string, Size>, space: Size): Placed {
  const [right, down] = [placedTo('LR', graph, sizes), placedTo('TB', graph, sizes)];
  const shown = ({ size }: Placed): number => Math.min(1, space.width / size.width) * Math.min(1, space.height / size.height);
  return shown(down) > shown(right) ? down : right;
}

function placedTo(rankdir: 'LR' | 'TB', { nodes, edges }: Drawn, sizes: ReadonlyMap<string, Size>): Placed {
  const graph = new Graph().setGraph({ rankdir, nodesep: betweenNodes, ranksep: betweenRanks, marginx: margin, marginy: margin }).setDefaultEdgeLabel(() => ({}));
  const known = new Set(nodes.map((it) => it.id));
  for (const { id } of nodes) graph.setNode(id, { width: sizes.get(id)?.width ?? 0, height: sizes.get(id)?.height ?? 0 });
  for (const { from, to } of edges) if (known.has(from) && known.has(to)) graph.setEdge(from, to);
  layout(graph);
  const { width, height } = graph.graph() as Partial<Size>;
  const box = (id: string): Point & Size => ({ x: 0, y: 0, width: 0, height: 0, ...(graph.node(id) as Partial<Point & Size>) });
  /** The middle of the side by which an edge leaves, or arrives where `by` is -1. */
  const side = (id: string, by: 1 | -1): Point => {
    const it = box(id);
    return rankdir === 'LR' ? { x: it.x + (by * it.width) / 2, y: it.y } : { x: it.x, y: it.y + (by * it.height) / 2 };
  };
  return {
    size: { width: width ?? 0, height: height ?? 0 },
    nodes: new Map(nodes.map(({ id }) => [id, { x: box(id).x - box(id).width / 2, y: box(id).y - box(id).height / 2 }])),
    edges: graph.edges().map((it) => {
      const between = ((graph.edge(it) as { points?: readonly Point[] }).points ?? []).slice(1, -1);
      // Between neighbours the middle point only bends what could be straight.
      const points = [side(it.v, 1), ...(between.length > 1 ? between : []), side(it.w, -1)];
      return { from: it.v, to: it.w, path: curve(points, rankdir) };
    }),
  };
}

/** A smooth line through the points, as the `d` of a path. */
function curve(points: readonly Point[], rankdir: 'LR' | 'TB'): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let d = `M${at(first)}`;
  let before = first;
  for (const it of rest) {
    const middle = { x: (before.x + it.x) / 2, y: (before.y + it.y) / 2 };
    d += rankdir === 'LR'
      ? `C${at({ x: middle.x, y: before.y })} ${at({ x: middle.x, y: it.y })} ${at(it)}`
      : `C${at({ x: before.x, y: middle.y })} ${at({ x: it.x, y: middle.y })} ${at(it)}`;
    before = it;
  }
  return d;
}

const at = ({ x, y }: Point): string => `${x.toFixed(1)},${y.toFixed(1)}`;
