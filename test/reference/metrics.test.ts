// Metrics as they are published: those without a known error raise none in their model, those without a known fault no warning either.
import { describe, expect, it } from 'vitest';
import type { Model } from '../../server/src/model/model.ts';
import { bindText } from '../support/analysis.ts';
import { modelOf, type TableWords } from '../support/models.ts';
import { readReference } from './reference.ts';

interface Block {
  readonly id: string;
  readonly doc: string;
  readonly tab: 'historical' | 'real-time' | 'both';
  readonly dax: string;
}

interface KnownFault {
  readonly block: string;
  readonly where: string;
  readonly rule: string;
  readonly severity: string;
}

type Columns = Readonly<Record<string, readonly { readonly column: string; readonly type: string }[]>>;
interface SemanticModel { readonly models: { readonly historical: Columns; readonly realTime: Columns; readonly segment: Columns } }

/** Types are written in words there, with the evidence; a column whose evidence conflicts has none. */
const typeOf = (words: string): string => {
  const [first = ''] = words.split(/[ |]/);
  return { integer: 'int64', text: 'string', number: 'double', boolean: 'boolean', datetime: 'dateTime' }[first] ?? '?';
};

function modelFor(tab: Block['tab'], { models }: SemanticModel): Model {
  const tables: Record<string, TableWords> = {};
  const sources = [models.segment, ...(tab === 'real-time' ? [] : [models.historical]), ...(tab === 'historical' ? [] : [models.realTime])];
  for (const source of sources) {
    for (const [table, columns] of Object.entries(source)) {
      const before = tables[table]?.columns ?? {};
      const added = columns.map((it) => [it.column, it.column in before && before[it.column] !== typeOf(it.type) ? '?' : typeOf(it.type)]);
      tables[table] = { columns: { ...before, ...Object.fromEntries(added) as Record<string, string> } };
    }
  }
  return modelOf({ name: tab, tables });
}

const blocks = readReference('domain/metrics.json') as readonly Block[];
const known = (readReference('domain/findings.json') as readonly KnownFault[]).filter((it) => it.where === 'dax');
const semantic = readReference('domain/semantic-model.json') as SemanticModel;

/** A block that reads columns of the other dashboard is no error where the page belongs to both models. */
const tabOf = (block: Block): Block['tab'] => (known.some((it) => it.block === block.id && it.rule === 'wrong-model-column') ? 'both' : block.tab);

/** What is found in blocks, each bound together with the other ones of its page and tab. */
function alarmsOf(chosen: readonly Block[], severities: readonly string[]): readonly string[] {
  return chosen.flatMap((block) => {
    const others = blocks.filter((it) => it !== block && it.doc === block.doc && (it.tab === block.tab || block.tab === 'both')).map((it) => it.dax);
    const { findings } = bindText([block.dax, ...others].join('\n\n'), modelFor(tabOf(block), semantic));
    return findings.filter((it) => it.span.start < block.dax.length && severities.includes(it.severity))
      .map((it) => `${block.id} ${it.rule}: ${it.message}\n${block.dax}`);
  });
}

describe('published metrics', () => {
  it('without a known error raise none', () => {
    const good = blocks.filter((it) => !known.some((fault) => fault.block === it.id && fault.severity === 'error'));
    expect(alarmsOf(good, ['error'])).toEqual([]);
    expect(good.length).toBeGreaterThan(50);
  });

  it('without a known fault raise no warning either', () => {
    const good = blocks.filter((it) => !known.some((fault) => fault.block === it.id));
    expect(alarmsOf(good, ['error', 'warning'])).toEqual([]);
    expect(good.length).toBeGreaterThan(30);
  });
});
