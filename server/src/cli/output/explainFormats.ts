/** The formats of `explain`: trees for people, diagrams for pages, JSON for programs. */
import { jsonCell } from '../../formats/cells.ts';
import { formatCell } from '../../formats/values.ts';
import type { DependencyNode, LeafFate, RowFate } from '../../workspace/index.ts';
import { paint, plain, type Paint } from './terminal.ts';

export type ExplainFormat = 'tree' | 'mermaid' | 'json';

export function formatDependencies(format: ExplainFormat, tree: Extract<DependencyNode, { kind: 'metric' }>): string {
  switch (format) {
    case 'json': return JSON.stringify(tree, undefined, 2);
    case 'mermaid': return mermaid(tree);
    case 'tree': return treeLines(tree, '', '').join('\n');
  }
}

function label(node: DependencyNode): string {
  switch (node.kind) {
    case 'metric': return `[${node.name}]${node.repeated ? ' (above)' : ''}`;
    case 'table': return node.name;
    case 'column': return `${node.table}[${node.name}]`;
  }
}

const codesOf = (node: DependencyNode): readonly string[] => (node.kind === 'column' ? node.codes.map((it) => `${it.code}${it.label === undefined ? '' : ` ${it.label}`}`) : []);

function treeLines(node: DependencyNode, head: string, below: string): readonly string[] {
  const parts: readonly (DependencyNode | string)[] = node.kind === 'metric' ? node.parts : codesOf(node);
  return [
    `${head}${plain(label(node))}`,
    ...parts.flatMap((it, i) => {
      const last = i === parts.length - 1;
      const own = `${below}${last ? '└─ ' : '├─ '}`;
      return typeof it === 'string' ? [`${own}${plain(it)}`] : treeLines(it, own, `${below}${last ? '   ' : '│  '}`);
    }),
  ];
}

/** A diagram as Markdown pages draw it: an arrow from what reads to what is read. */
function mermaid(tree: DependencyNode): string {
  const ids = new Map<string, string>();
  const nodes: string[] = [];
  const arrows = new Set<string>();
  const idOf = (key: string, text: string, open: string, close: string): string => {
    let id = ids.get(key);
    if (id === undefined) {
      ids.set(key, (id = `n${String(ids.size)}`));
      nodes.push(`  ${id}${open}"${plain(text).replaceAll('"', '#quot;')}"${close}`);
    }
    return id;
  };
  const visit = (node: DependencyNode): string => {
    const key = node.kind === 'metric' ? `m${node.name.toLowerCase()}` : node.kind === 'table' ? `t${node.name}` : `c${node.table}\u0000${node.name}`;
    const id = node.kind === 'metric' ? idOf(key, node.name, '([', '])') : idOf(key, [label(node), ...codesOf(node)].join('<br>'), '[', ']');
    if (node.kind === 'metric') for (const part of node.parts) arrows.add(`  ${id} --> ${visit(part)}`);
    return id;
  };
  visit(tree);
  return ['flowchart LR', ...nodes, ...arrows].join('\n');
}

export function formatFate(format: ExplainFormat, fate: RowFate, colours: boolean): string {
  if (format === 'json') {
    return JSON.stringify({
      ...fate,
      leaves: fate.leaves.map((it) => ({
        ...it,
        steps: it.steps.map((step) => ({ ...step, values: step.values.map(({ column, value }) => ({ column, value: jsonCell(value.cell, value.type) })) })),
        ...(it.value === undefined ? {} : { value: jsonCell(it.value.cell, it.value.type) }),
      })),
    }, undefined, 2);
  }
  const p = paint(colours);
  const rows = fate.rows === 1 ? 'one row' : fate.rows === 0 ? 'no row' : `${fate.rows.toLocaleString('en-US')} rows`;
  const head = `${p.bold(plain(fate.metric))}: ${plain(fate.row)} is ${rows} of ${plain(fate.table)}`;
  return fate.rows === 0 ? head : [head, ...(fate.leaves.length === 0 ? ['  it adds up no rows that can be told'] : fate.leaves.flatMap((it) => leafLines(it, p)))].join('\n');
}

function leafLines(it: LeafFate, p: Paint): readonly string[] {
  const way = it.metrics.slice(1).map((name) => `[${plain(name)}]`);
  const head = `  ${[...way, short(it.text)].join(' → ')}`;
  const steps = it.steps.map((step) => {
    const mark = step.passes === true ? p.green('✓') : step.passes === false ? p.red('✗') : '?';
    const values = step.values.map(({ column, value }) => `${plain(column)} is ${shown(value)}`).join(', ');
    const first = step.passes === false ? ` ${p.red('the first step that drops it')}${values === '' ? '' : `: ${values}`}` : '';
    return `    ${mark} ${step.kind === 'branch' ? 'branch: ' : ''}${short(step.text)}${first}`;
  });
  const value = it.value === undefined ? '' : `: ${shown(it.value)}`;
  const fates: Readonly<Record<LeafFate['fate'], string>> = {
    counted: `it counts${value}`, blank: 'it comes through, and its value is BLANK', elsewhere: 'goes through rows that this one has no part in',
    unknown: 'what becomes of it cannot be computed', dropped: it.steps.at(-1)?.passes === false ? '' : 'it is not among the rows',
  };
  return [head, ...steps, ...(fates[it.fate] === '' ? [] : [`    ${fates[it.fate]}`])];
}

const shown = ({ cell, type }: NonNullable<LeafFate['value']>): string => {
  const text = plain(formatCell(cell, type, undefined, 'en-US'));
  return cell === null ? 'BLANK' : type === 'string' ? `"${text}"` : text;
};

const short = (text: string): string => {
  const line = plain(text.replace(/\s+/g, ' ')).trim();
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
};
