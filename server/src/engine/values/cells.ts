/** Single values: what spoils them, and how a failure is made and handed on. */
import type { At, Cell, DaxErrorId, ErrorCell, NotEvaluatedCell, Reason, VariantCell } from '../../plan/values.ts';

export type Failure = ErrorCell | NotEvaluatedCell;

export const daxError = (id: DaxErrorId, params: Readonly<Record<string, string>>, at: At | undefined): ErrorCell => ({
  cell: 'error', id, params, at,
});

export const notEvaluated = (reason: Reason, at: At | undefined): NotEvaluatedCell => ({ cell: 'notEvaluated', reason, at });

export const isFailure = (cell: Cell): cell is Failure => typeof cell === 'object' && cell !== null && cell.cell !== 'variant';

export const isVariant = (cell: Cell): cell is VariantCell => typeof cell === 'object' && cell !== null && cell.cell === 'variant';

/** Of two failures the error wins: it is certain, whatever the other would have been. */
export const worse = (a: Failure, b: Failure): Failure => (a.cell === 'notEvaluated' && b.cell === 'error' ? b : a);

/** The failure that an operation over these cells hands on, if any. */
export function failureOf(cells: readonly Cell[]): Failure | undefined {
  let found: Failure | undefined;
  for (const cell of cells) if (isFailure(cell)) found = found === undefined ? cell : worse(found, cell);
  return found;
}
