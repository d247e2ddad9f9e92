/** What the definitions of a block read in Dataverse, at any depth: attributes by the `dataverse:` of columns, and codes. */
import { dependencyGraph, measureDependency, type DependencyGraph } from '../../analysis/index.ts';
import { nameKey } from '../../model/model.ts';
import type { PageContext, PageReading } from '../context.ts';
import { definitionsOf, type BlockContext } from './blocks.ts';

export interface DataverseReads {
  /** `entity.attribute`, by `nameKey`. */
  readonly attributes: ReadonlySet<string>;
  /** `entity.attribute code`. */
  readonly codes: ReadonlySet<string>;
  /** Every column that is read says where it comes from, and every name is known: what is not here is not read. */
  readonly isWhole: boolean;
}

const graphs = new WeakMap<PageReading['measures'], DependencyGraph>();

/** @returns undefined where a definition has errors, or there is none */
export function readsOf(ctx: PageContext, block: BlockContext): DataverseReads | undefined {
  const attributes = new Set<string>();
  const codes = new Set<string>();
  let isWhole = true;
  let count = 0;
  for (const { readings } of definitionsOf(ctx, block)) {
    for (const reading of readings) {
      if (reading.symbol === undefined) continue;
      if (!reading.isSound) return undefined;
      count++;
      let graph = graphs.get(reading.measures);
      if (graph === undefined) graphs.set(reading.measures, (graph = dependencyGraph({ model: reading.model, measures: reading.measures })));
      for (const { dependency } of graph.closure(measureDependency(reading.symbol))) {
        if (dependency.kind === 'column') {
          if (dependency.column.dataverse === undefined) isWhole &&= dependency.column.expression !== undefined;
          else attributes.add(nameKey(dependency.column.dataverse));
        } else if (dependency.kind === 'code') {
          const { column, code } = dependency.code;
          if (column.dataverse !== undefined) codes.add(`${nameKey(column.dataverse)} ${code}`);
        } else if (dependency.kind === 'definedFunction' || dependency.kind === 'definedTable' || dependency.kind === 'definedColumn') isWhole = false;
      }
      if (reading.bound.findings.some((it) => it.severity === 'error')) isWhole = false;
    }
  }
  return count === 0 ? undefined : { attributes, codes, isWhole };
}
