/** Results of scans as values: what failed becomes "not evaluated". */
import type { ScanResult } from '../../plan/scan.ts';
import { Stopped } from '../budget.ts';
import { constant, type Vector } from '../values/vector.ts';

/** The one column that a request brought, `length` values. */
export function vectorOf(result: ScanResult, length: number): Vector {
  switch (result.kind) {
    case 'column': return result.vector;
    case 'failed': return constant('blank', result.failure, length);
    default: throw new Error(`a column was asked for, not ${result.kind}`);
  }
}

/** What a scan of rows brought; a failure ends the expression that needs the rows. */
export function answered<K extends ScanResult['kind']>(result: ScanResult, kind: K): Extract<ScanResult, { kind: K }> {
  if (result.kind === 'failed') throw new Stopped(result.failure);
  if (result.kind !== kind) throw new Error(`${kind} was asked for, not ${result.kind}`);
  return result as Extract<ScanResult, { kind: K }>;
}
