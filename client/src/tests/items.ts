// The tree of tests: a file, its metrics, their tags; kept in step with what the server lists.
import { Range, Uri, workspace, type TestController, type TestItem, type TestItemCollection } from 'vscode';
import type { TestFile, TestMetric, TestTag } from '../../../server/src/lsp/protocol.ts';

export interface TestTree {
  /** Puts the tests of one file in place of those that it had; a file without tests goes. */
  show(file: TestFile): void;
  /** Puts all files in place of those that were there. */
  showAll(files: readonly TestFile[]): void;
  /** A metric that is shown, by what the server calls it. */
  metric(uri: string, id: string): TestItem | undefined;
  /** Remembers that a tag has a result, which is to be kept up to date. */
  tested(item: TestItem): void;
  /** The tags of a file that have a result. */
  testedIn(uri: string): readonly TestItem[];
  /** The tags below an item, or all; in order of the text. */
  tagsBelow(item?: TestItem): readonly ListedTest[];
}

/** A tag in the tree, with what the server calls it. */
export interface ListedTest {
  readonly item: TestItem;
  readonly uri: string;
  readonly id: string;
}

export function createTestTree(controller: TestController): TestTree {
  const tags = new WeakMap<TestItem, ListedTest>();
  const withResult = new WeakSet<TestItem>();

  /** The same item where it is there already, so that its last result stays with it. */
  const child = (within: TestItemCollection, id: string, label: string, uri: Uri): TestItem => {
    const known = within.get(id);
    if (known !== undefined) {
      known.label = label;
      return known;
    }
    return controller.createTestItem(id, label, uri);
  };
  const place = (item: TestItem, at: number, range: TestTag['range']): void => {
    item.sortText = String(at).padStart(6, '0');
    item.range = new Range(range.start.line, range.start.character, range.end.line, range.end.character);
  };
  const tagItem = (of: TestItem, file: TestFile, tag: TestTag, at: number, uri: Uri): TestItem => {
    const item = child(of.children, tag.id, tag.title, uri);
    if (tag.model !== undefined) item.description = tag.model;
    place(item, at, tag.range);
    tags.set(item, { item, uri: file.uri, id: tag.id });
    return item;
  };
  const metricItem = (of: TestItem, file: TestFile, metric: TestMetric, at: number, uri: Uri): TestItem => {
    const item = child(of.children, metric.id, metric.name, uri);
    place(item, at, metric.range);
    item.children.replace(metric.tags.map((it, i) => tagItem(item, file, it, i, uri)));
    return item;
  };
  const fileItem = (file: TestFile): TestItem => {
    const uri = Uri.parse(file.uri);
    const path = workspace.asRelativePath(uri);
    const name = path.lastIndexOf('/') + 1;
    // Of a long path in a narrow view the name is seen first.
    const item = child(controller.items, uri.toString(), path.slice(name), uri);
    item.description = path.slice(0, Math.max(0, name - 1));
    item.sortText = path;
    item.children.replace(file.metrics.map((it, i) => metricItem(item, file, it, i, uri)));
    return item;
  };
  const tagsBelow = (item: TestItem): readonly ListedTest[] => {
    const own = tags.get(item);
    return own === undefined ? inOrder(item.children).flatMap(tagsBelow) : [own];
  };

  return {
    show(file) {
      if (file.metrics.length === 0) controller.items.delete(Uri.parse(file.uri).toString());
      else controller.items.add(fileItem(file));
    },
    showAll: (files) => controller.items.replace(files.map(fileItem)),
    tested: (item) => void withResult.add(item),
    testedIn(uri) {
      const file = controller.items.get(Uri.parse(uri).toString());
      return file === undefined ? [] : tagsBelow(file).flatMap(({ item }) => (withResult.has(item) ? [item] : []));
    },
    metric: (uri, id) => controller.items.get(Uri.parse(uri).toString())?.children.get(id),
    tagsBelow: (item) => (item === undefined ? inOrder(controller.items).flatMap(tagsBelow) : tagsBelow(item)),
  };
}

const inOrder = (items: TestItemCollection): readonly TestItem[] =>
  [...items].map(([, it]) => it).sort((a, b) => (a.sortText ?? a.label).localeCompare(b.sortText ?? b.label));
