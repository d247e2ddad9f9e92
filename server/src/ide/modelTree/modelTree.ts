/** The models as a tree: metrics with their values, tables with columns, relationships, choices with codes; a level at a time. */
import { quoteString, quoteTable } from '../../../../grammar/src/index.ts';
import { fileName } from '../../base/uri.ts';
import { nameKey, type Choice, type Column, type Model, type Relationship, type Table } from '../../model/model.ts';
import type { TableFacts } from '../../plan/database.ts';
import { columnText } from '../../workspace/queries.ts';
import type { ModelView, Workspace } from '../../workspace/types.ts';
import { createKept, type Known } from '../kept.ts';
import { asPlain } from '../markdown.ts';
import type { Shown } from '../shown.ts';
import { metricNodes, metricValues, metricsOf } from './metrics.ts';
import type { TreeNode, TreePath } from './node.ts';

export interface ModelTree {
  /** The lines below a path; none where it leads nowhere. What comes from data and is late is told by `onLate`. */
  children(path: TreePath): Promise<readonly TreeNode[]>;
  /** Data, settings or folders changed. */
  invalidate(): void;
  /** Work under way. */
  computing(): readonly Promise<unknown>[];
}

export interface ModelTreeOptions {
  readonly workspace: () => Workspace;
  /** DAX filter arguments that values obey. */
  readonly preview: (model: ModelView) => readonly string[];
  /** How long a level waits for what comes from data. */
  readonly patience: () => Promise<void>;
  readonly onLate: (path: TreePath) => void;
}

const longestLabel = 200;
const label = (text: string): string => asPlain(text, longestLabel);

export function createModelTree({ workspace, preview, patience, onLate }: ModelTreeOptions): ModelTree {
  /** By uri of the model. */
  const keptFacts = createKept<readonly TableFacts[]>();
  const keptValues = createKept<ReadonlyMap<string, Shown>>();
  const kept = [keptFacts, keptValues];

  const below = async (path: TreePath): Promise<readonly TreeNode[]> => {
    const [uri, group, ...names] = path;
    const models = await workspace().models();
    if (uri === undefined) return models.map(modelNode);
    const view = models.find((it) => it.model.uri === uri);
    if (view === undefined) return [];
    const wait = { patience, onLate: () => onLate(path) };
    const facts = (): Promise<Known<readonly TableFacts[]>> => keptFacts.of(uri, [view], () => workspace().facts(view), wait);
    switch (group) {
      case undefined: return groupNodes(view);
      case 'metrics': return metricNodes(workspace(), view, await keptValues.of(uri, [view], () => metricValues(workspace(), view, preview(view)), wait));
      case 'relationships': return view.model.relationships.map((it, i) => relationshipNode(view, it, i));
      case 'choices': return names[0] === undefined
        ? [...view.model.choices.values()].map((it) => choiceNode(view, it))
        : optionNodes(path, view.model, view.model.choices.get(names[0]), undefined);
      case 'tables': {
        const [tableName, columnName] = names;
        if (tableName === undefined) return tableNodes(view, await facts());
        const table = view.model.tables.get(tableName);
        if (table === undefined) return [];
        if (columnName === undefined) return columnNodes(view, table, factsOf((await facts()).value, table));
        const column = table.columns.get(columnName);
        return column?.choice === undefined ? [] : optionNodes(path, view.model, view.model.choices.get(nameKey(column.choice)), column);
      }
      default: return [];
    }
  };
  return { children: below, invalidate: () => kept.forEach((it) => it.invalidate()), computing: () => kept.flatMap((it) => it.computing()) };
}

const modelNode = ({ name, model }: ModelView): TreeNode => ({
  path: [model.uri], kind: 'model', label: label(name), description: label(fileName(model.uri)), hasChildren: true, place: model.place,
});

function groupNodes(view: ModelView): readonly TreeNode[] {
  const { model } = view;
  const group = (kind: 'metrics' | 'tables' | 'relationships' | 'choices', name: string, count: number): readonly TreeNode[] =>
    count === 0 ? [] : [{ path: [model.uri, kind], kind, label: name, description: String(count), hasChildren: true }];
  return [
    ...group('metrics', 'Metrics', metricsOf(view).length),
    ...group('tables', 'Tables', model.tables.size),
    ...group('relationships', 'Relationships', model.relationships.length),
    ...group('choices', 'Choices', model.choices.size),
  ];
}

function tableNodes(view: ModelView, { value: facts, current }: Known<readonly TableFacts[]>): readonly TreeNode[] {
  return [...view.model.tables.values()].map((table) => {
    const rows = factsOf(facts, table)?.rowCount;
    const words = [rows !== undefined ? `${counted(rows, 'row')}${current ? '' : ' …'}` : current ? undefined : '…', sourceWord(table), table.hidden ? 'hidden' : undefined];
    return {
      path: [view.model.uri, 'tables', nameKey(table.name)], kind: 'table', label: label(table.name), hasChildren: true, place: table.place,
      description: words.filter((it) => it !== undefined).join(' · '), reference: quoteTable(table.name), rowsOf: table.name,
      ...(table.description === undefined ? {} : { tooltip: asPlain(table.description, 500) }),
    };
  });
}

function sourceWord({ source }: Table): string | undefined {
  switch (source.kind) {
    case 'file': return undefined;
    case 'rows': return 'in the model file';
    case 'dax': return 'calculated';
    case 'sessionize': return 'sessions';
    case 'none': return 'generated';
  }
}

/** Columns as the file declares them, then those that only the data has. */
function columnNodes(view: ModelView, table: Table, facts: TableFacts | undefined): readonly TreeNode[] {
  const known = new Map(facts?.columns.map((it) => [nameKey(it.name), it]));
  const ofData = (facts?.columns ?? []).filter((it) => !table.columns.has(nameKey(it.name)));
  return [
    ...[...table.columns.values()].map((column) => columnNode(view, table, column, known.get(nameKey(column.name)))),
    ...ofData.map((it) => columnNode(view, table, { name: it.name, place: table.place }, it)),
  ];
}

type ColumnInfo = Pick<Column, 'name' | 'place'> & Partial<Column>;

function columnNode(view: ModelView, table: Table, column: ColumnInfo, facts: TableFacts['columns'][number] | undefined): TreeNode {
  const type = column.type ?? (facts === undefined || facts.type === 'blank' ? undefined : facts.type);
  const words = [
    type, column.key === true ? 'key' : undefined, column.expression === undefined ? undefined : 'calculated',
    column.choice === undefined ? undefined : label(column.choice), column.hidden === true ? 'hidden' : undefined,
    column.deprecated === true ? 'deprecated' : undefined, facts?.distinct === undefined ? undefined : counted(facts.distinct, 'value'),
  ];
  const about = [column.description, column.dataverse === undefined ? undefined : `Dataverse: ${column.dataverse}`];
  const tooltip = about.filter((it) => it !== undefined).map((it) => asPlain(it, 500)).join('\n');
  const trait = traitOf(column, type);
  const choice = column.choice === undefined ? undefined : view.model.choices.get(nameKey(column.choice));
  return {
    path: [view.model.uri, 'tables', nameKey(table.name), nameKey(column.name)], kind: 'column', label: label(column.name),
    description: words.filter((it) => it !== undefined).join(' · '), hasChildren: (choice?.options.size ?? 0) > 0, place: column.place,
    reference: columnText({ table: table.name, column: column.name }),
    ...(tooltip === '' ? {} : { tooltip }), ...(trait === undefined ? {} : { trait }),
  };
}

function traitOf(column: ColumnInfo, type: string | undefined): TreeNode['trait'] {
  if (column.key === true) return 'key';
  if (column.choice !== undefined) return 'choice';
  if (column.expression !== undefined) return 'calculated';
  switch (type) {
    case 'string': return 'text';
    case 'int64': case 'double': case 'decimal': return 'number';
    case 'dateTime': return 'date';
    case 'boolean': return 'boolean';
    default: return undefined;
  }
}

function relationshipNode({ model }: ModelView, it: Relationship, index: number): TreeNode {
  const words = [it.cardinality === 'many-to-one' ? undefined : it.cardinality, it.active ? undefined : 'inactive', it.crossFilter === 'both' ? 'filters both ways' : undefined];
  return {
    path: [model.uri, 'relationships', String(index)], kind: 'relationship', label: label(`${columnText(it.from)} → ${columnText(it.to)}`),
    description: words.filter((word) => word !== undefined).join(' · '), hasChildren: false, place: it.place, ...(it.active ? {} : { trait: 'inactive' as const }),
  };
}

const choiceNode = ({ model }: ModelView, choice: Choice): TreeNode => ({
  path: [model.uri, 'choices', nameKey(choice.name)], kind: 'choice', label: label(choice.name),
  description: `${counted(choice.options.size, 'code')}${choice.deprecated ? ' · deprecated' : ''}`, hasChildren: choice.options.size > 0, place: choice.place,
});

/** @param column the column whose codes they are; undefined: those of the choice itself, written as its columns write them */
function optionNodes(path: TreePath, model: Model, choice: Choice | undefined, column: Column | undefined): readonly TreeNode[] {
  if (choice === undefined) return [];
  const columns = column === undefined ? [...model.tables.values()].flatMap((it) => [...it.columns.values()].filter((of) => nameKey(of.choice ?? '') === nameKey(choice.name))) : [column];
  const isText = columns.some((it) => it.type === 'string');
  return [...choice.options].map(([code, option]) => ({
    path: [...path, code], kind: 'option', label: label(code), description: `${label(option.label)}${option.deprecated ? ' · deprecated' : ''}`,
    hasChildren: false, place: option.place, reference: isText ? quoteString(code) : code,
  }));
}

const factsOf = (facts: readonly TableFacts[] | undefined, table: Table): TableFacts | undefined =>
  facts?.find((it) => nameKey(it.table) === nameKey(table.name));

const counted = (count: number, what: string): string => `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;
