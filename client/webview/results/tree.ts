/** The steps of an evaluation as a tree that is walked with the keys. */
import type { ExplainNode } from '../../../server/src/lsp/protocol/results.ts';
import { element } from '../page.ts';

export interface TreeEvents {
  /** Enter, or a second click: the text of the step is shown in the editor. */
  reveal(place: NonNullable<ExplainNode['place']>): void;
}

interface Item {
  readonly node: ExplainNode;
  readonly level: number;
  readonly place: number;
  readonly siblings: number;
  readonly parent: Item | undefined;
  readonly children: readonly Item[];
  open: boolean;
}

/** Levels that are open at first. */
const openLevels = 3;

/** @returns the tree as an element, and what gives it the focus */
export function createTree(label: string, steps: readonly ExplainNode[], events: TreeEvents): { readonly element: HTMLElement; focus(): void } {
  const itemsOf = (nodes: readonly ExplainNode[], level: number, parent: Item | undefined): readonly Item[] =>
    nodes.map((node, i) => {
      const item: Item = { node, level, place: i + 1, siblings: nodes.length, parent, children: [], open: level < openLevels };
      return Object.assign(item, { children: itemsOf(node.children, level + 1, item) });
    });
  const roots = itemsOf(steps, 1, undefined);
  const tree = element('div', { class: 'tree', role: 'tree', 'aria-label': label });
  let current = roots[0];

  const visible = (): readonly Item[] => {
    const found: Item[] = [];
    const open = [...roots].reverse();
    for (let it = open.pop(); it !== undefined; it = open.pop()) {
      found.push(it);
      if (it.open) open.push(...[...it.children].reverse());
    }
    return found;
  };

  let rows: readonly { readonly item: Item; readonly row: HTMLElement }[] = [];
  const draw = (isFocused: boolean): void => {
    rows = visible().map((item) => ({ item, row: rowOf(item, item === current) }));
    tree.replaceChildren(...rows.map((it) => it.row));
    const row = rows.find((it) => it.item === current)?.row;
    if (isFocused) row?.focus();
    row?.scrollIntoView({ block: 'nearest' });
  };
  const go = (item: Item | undefined): void => {
    if (item === undefined) return;
    current = item;
    draw(true);
  };

  tree.addEventListener('keydown', (event) => {
    const at = rows.findIndex((it) => it.item === current);
    const item = current;
    if (item === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const open = (isOpen: boolean): void => {
      item.open = isOpen;
      go(item);
    };
    switch (event.key) {
      case 'ArrowDown': go(rows[at + 1]?.item); break;
      case 'ArrowUp': go(rows[at - 1]?.item); break;
      case 'Home': go(rows[0]?.item); break;
      case 'End': go(rows.at(-1)?.item); break;
      case 'ArrowRight':
        if (item.children.length > 0 && !item.open) open(true);
        else go(item.children[0]);
        break;
      case 'ArrowLeft':
        if (item.children.length > 0 && item.open) open(false);
        else go(item.parent);
        break;
      case 'Enter':
        if (item.node.place !== undefined) events.reveal(item.node.place);
        break;
      case '*':
        for (const it of item.parent?.children ?? roots) it.open = true;
        draw(true);
        break;
      default: return;
    }
    event.preventDefault();
  });
  const itemOf = (event: Event): Item | undefined => rows.find((it) => event.target instanceof Node && it.row.contains(event.target))?.item;
  tree.addEventListener('click', (event) => {
    const item = itemOf(event);
    if (item === undefined) return;
    if (event.target instanceof Element && event.target.closest('.twisty') !== null && item.children.length > 0) item.open = !item.open;
    go(item);
  });
  tree.addEventListener('dblclick', (event) => {
    const place = itemOf(event)?.node.place;
    if (place !== undefined) events.reveal(place);
  });
  draw(false);
  return { element: tree, focus: () => draw(true) };
}

function rowOf({ node, level, place, siblings, children, open }: Item, isCurrent: boolean): HTMLElement {
  const twisty = children.length === 0 ? '' : open ? '▾' : '▸';
  const groups = node.contexts > 1 ? `in ${node.contexts.toLocaleString('en-US')} groups or rows` : '';
  const filters = node.filters === undefined ? '' : node.filters.length === 0 ? 'no filters' : `where ${node.filters.join('; ')}`;
  const context = [groups, filters].filter((it) => it !== '').join(', ');
  const value = element('span', { class: `value ${node.value.kind}` }, `${words[node.value.kind]}${node.value.text}`);
  const row = element('div', {
    class: 'step', role: 'treeitem', 'aria-level': level, 'aria-posinset': place, 'aria-setsize': siblings, tabindex: isCurrent ? 0 : -1,
    'aria-expanded': children.length === 0 ? undefined : String(open), 'aria-selected': String(isCurrent),
    title: node.place === undefined ? undefined : 'Enter or double-click shows it in the editor',
  }, element('span', { class: 'twisty', 'aria-hidden': 'true' }, twisty), element('code', {}, node.text), element('span', { class: 'equals' }, ' = '), value);
  if (context !== '') row.append(element('span', { class: 'context' }, ` ${context}`));
  row.style.paddingInlineStart = `${String((level - 1) * 14 + 4)}px`;
  return row;
}

const words = { value: '', error: 'error: ', notEvaluated: 'not evaluated: ' } as const;
