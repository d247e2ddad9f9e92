// What a metric reads as a graph: each thing once, from metrics to columns, Dataverse columns and codes, with their places.
import { describe, expect, it } from 'vitest';
import { placed } from '../../client/webview/graph/layout.ts';
import { dependencyGraphAt, dependencyGraphOf, type DependencyGraph } from '../../server/src/ide/dependencyGraph.ts';
import { openFixture } from '../support/workspace.ts';

const model = `//- /m.daxmodel.yaml
name: centre
tables:
  F:
    rows: [{ Id: a, Reason: '1' }]
    columns:
      Id: { type: string, key: true, dataverse: session.id }
      Reason: { type: string, choice: reason }
  D: { rows: [{ Id: a }] }
choices:
  reason: { 1: { label: reject } }
`;
const metrics = (cursor: string): string => `${model}//- /m.dax
/// All.
All = DISTINCTCOUNT(F[Id])

Rejected = CALCULATE([All], F[Reason] = "1")

Ra${cursor}te = DIVIDE([Rejected], [All]) + COUNTROWS(D)
`;

async function graphAt(fixture: string): Promise<DependencyGraph | undefined> {
  const { workspace, uri, offset } = await openFixture(fixture);
  return dependencyGraphAt(workspace, uri, offset);
}
const lines = ({ nodes, edges }: DependencyGraph): readonly string[] => {
  const label = new Map(nodes.map((it) => [it.id, `${it.kind} ${it.label}${it.detail === undefined ? '' : ` (${it.detail})`}`]));
  return edges.map((it) => `${label.get(it.from) ?? '?'} -> ${label.get(it.to) ?? '?'}`);
};

describe('the graph of a metric', () => {
  it('leads from what reads to what is read, each thing once', async () => {
    const graph = await graphAt(metrics('$0'));
    expect(graph).toMatchObject({ metric: 'Rate', model: 'centre', more: 0 });
    expect(lines(graph ?? { metric: '', model: '', nodes: [], edges: [], more: 0 })).toEqual([
      'metric [Rate] -> metric [Rejected]',
      'metric [Rejected] -> metric [All] (All.)',
      'metric [All] (All.) -> column F[Id]',
      'column F[Id] -> attribute session.id',
      'metric [Rejected] -> column F[Reason]',
      'column F[Reason] -> code 1 (reject)',
      'metric [Rate] -> metric [All] (All.)',
      'metric [Rate] -> table D',
    ]);
    expect(graph?.nodes.map((it) => it.place?.uri)).toEqual([
      'file:///m.dax', 'file:///m.dax', 'file:///m.dax', 'file:///m.daxmodel.yaml', 'file:///m.daxmodel.yaml', 'file:///m.daxmodel.yaml', 'file:///m.daxmodel.yaml', 'file:///m.daxmodel.yaml',
    ]);
  });

  it('is that of the metric whose name is at the cursor', async () => {
    const text = metrics('').replace('DIVIDE([Rejected]', 'DIVIDE([Rej$0ected]');
    expect((await graphAt(text))?.metric).toBe('Rejected');
  });

  it('is found by model and name, and is none where there is no metric', async () => {
    const { workspace } = await openFixture(metrics(''));
    expect((await dependencyGraphOf(workspace, 'file:///m.daxmodel.yaml', 'rejected'))?.metric).toBe('Rejected');
    expect(await dependencyGraphOf(workspace, 'file:///m.daxmodel.yaml', 'gone')).toBeUndefined();
    expect(await graphAt(`${model}//- /m.dax\n$0F[Id]\n`)).toBeUndefined();
    expect(await dependencyGraphAt(workspace, 'file:///gone.dax', 0)).toBeUndefined();
  });

  it('ends with metrics that read each other, and counts what is too much', async () => {
    const circle = await graphAt(`${model}//- /m.dax\nA$0 = [B]\n\nB = [A]\n`);
    expect(lines(circle ?? { metric: '', model: '', nodes: [], edges: [], more: 0 })).toEqual(['metric [A] -> metric [B]', 'metric [B] -> metric [A]']);
    const many = Array.from({ length: 400 }, (_, i) => `M${String(i)} = 1\n`).join('\n');
    const all = Array.from({ length: 400 }, (_, i) => `[M${String(i)}]`).join(' + ');
    const graph = await graphAt(`${model}//- /m.dax\nAl$0l = ${all}\n\n${many}`);
    expect([graph?.nodes.length, graph?.more]).toEqual([300, 101]);
  });
});

describe('its picture', () => {
  it('has every node once and none over another, and fits where it can', async () => {
    const graph = await graphAt(metrics('$0'));
    if (graph === undefined) throw new Error('there is no graph');
    const size = { width: 120, height: 40 };
    const sizes = new Map(graph.nodes.map((it) => [it.id, size]));
    for (const space of [{ width: 2000, height: 300 }, { width: 500, height: 2000 }]) {
      const picture = placed(graph, sizes, space);
      expect(picture.size.width).toBeLessThanOrEqual(space.width);
      expect(picture.edges).toHaveLength(graph.edges.length);
      const boxes = [...picture.nodes.values()];
      for (const a of boxes) for (const b of boxes) expect(a === b || Math.abs(a.x - b.x) >= size.width || Math.abs(a.y - b.y) >= size.height).toBe(true);
    }
  });
});
