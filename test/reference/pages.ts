// Published metric blocks written as Markdown pages, with the two models that they belong to.
import type { SemanticColumns } from './semantic.ts';

export interface MetricBlockText {
  readonly id: string;
  readonly doc: string;
  readonly docVersion: string;
  readonly metric: string;
  readonly tab: 'historical' | 'real-time' | 'both';
  readonly dax: string;
  readonly dataverseEntities: readonly string[];
  readonly attributes: readonly string[];
  readonly filters: readonly string[];
}

/** A part of a block on its page: offsets of its text. */
export interface PlacedBlock {
  readonly block: MetricBlockText;
  readonly uri: string;
  readonly parts: Readonly<Record<'heading' | 'dax' | 'entities' | 'attributes' | 'filters' | 'table', { readonly start: number; readonly end: number }>>;
}

export interface WrittenPage {
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly PlacedBlock[];
}

/** One page for each version of a document: a heading a metric, a tab a model. */
export function writePages(blocks: readonly MetricBlockText[]): readonly WrittenPage[] {
  const groups = new Map<string, MetricBlockText[]>();
  for (const it of blocks) {
    const key = `${it.doc} ${it.docVersion}`;
    groups.set(key, [...(groups.get(key) ?? []), it]);
  }
  return [...groups.values()].map((group, i) => writePage(`/pages/page${String(i)}.md`, group));
}

function writePage(path: string, group: readonly MetricBlockText[]): WrittenPage {
  let text = '# Metrics\n';
  const placed: PlacedBlock[] = [];
  let metric: string | undefined;
  for (const block of group) {
    const begin = (): number => text.length;
    const add = (piece: string): { readonly start: number; readonly end: number } => {
      const start = begin();
      text += piece;
      return { start, end: begin() };
    };
    if (block.metric !== metric || block.tab === 'both') text += `${metric === undefined ? '' : '\n---\n'}\n## `;
    const heading = block.metric !== metric || block.tab === 'both' ? add(block.metric) : { start: text.lastIndexOf('\n## ') + 4, end: text.lastIndexOf('\n## ') + 4 + block.metric.length };
    metric = block.metric;
    text += '\n';
    if (block.tab === 'historical') text += '\n# [Historical](#tab/historical)\n';
    if (block.tab === 'real-time') text += '\n# [Real-time](#tab/realtime)\n';
    text += '\n|Attribute |Value |\n|---|---|\n|';
    const tableStart = begin();
    add('Dataverse entities');
    text += '|';
    const entities = add(block.dataverseEntities.join(', '));
    text += '|\n|Attributes|';
    const attributes = add(block.attributes.join(', '));
    text += '|\n|Filters|';
    const filters = add(block.filters.map((it) => it.replaceAll('|', '\\|')).join('<br>'));
    const table = { start: tableStart, end: begin() };
    text += '|\n\n```dax\n';
    const dax = add(block.dax.replaceAll('\r\n', '\n'));
    text += '\n```\n';
    placed.push({ block, uri: `file://${path}`, parts: { heading, dax, entities, attributes, filters, table } });
  }
  return { path, text, blocks: placed };
}

/** A model file: columns with their types and the Dataverse attributes that they stand for. */
export function modelText(name: string, sources: readonly SemanticColumns[], metadata: string, choiceOf: (attribute: string) => string | undefined): string {
  const lines = [`name: ${name}`, `dataverse: ${metadata}`, 'tables:'];
  const tables = new Map<string, Map<string, { readonly type: string; readonly dataverse: string | undefined }>>();
  for (const source of sources) {
    for (const [table, columns] of Object.entries(source)) {
      const its = tables.get(table) ?? new Map<string, { readonly type: string; readonly dataverse: string | undefined }>();
      for (const it of columns) if (![...its.keys()].some((known) => known.toLowerCase() === it.column.toLowerCase())) its.set(it.column, { type: typeOf(it.type), dataverse: attributeOf(it.dataverse) });
      tables.set(table, its);
    }
  }
  for (const [table, columns] of tables) {
    if (columns.size === 0) continue;
    lines.push(`  ${table}:`, '    rows: []', '    columns:');
    for (const [column, { type, dataverse }] of columns) {
      const words = [...(type === '' ? [] : [`type: ${type}`]), ...(dataverse === undefined ? [] : [`dataverse: ${dataverse}`, ...(choiceOf(dataverse) === undefined || type === 'boolean' ? [] : [`choice: ${choiceOf(dataverse) ?? ''}`])])];
      lines.push(`      ${JSON.stringify(column)}: { ${words.join(', ')} }`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Types are written in words there, with the evidence: the historical flag that is a conflict is text. */
export function typeOf(words: string): string {
  if (words.startsWith('CONFLICT')) return words.includes('boolean') ? 'string' : '';
  const [first = ''] = words.split(/[ |(]/);
  return { integer: 'int64', text: 'string', number: 'double', boolean: 'boolean', datetime: 'dateTime' }[first] ?? '';
}

/** The first `entity.attribute` of a note. */
const attributeOf = (note: string | undefined): string | undefined => /\b[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*\b/.exec(note ?? '')?.[0];
