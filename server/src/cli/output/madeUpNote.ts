/** What stands beside values of made-up rows, whatever the format. */
import { plain } from './terminal.ts';

/** Tables that are named; more are counted. */
const most = 5;

/**
 * A line for stderr.
 *
 * @param tables that have no source
 * @param consequence what follows from it, as a clause behind a comma
 */
export function madeUpNote(tables: Iterable<string>, consequence = ''): string {
  const names = [...new Set(tables)];
  const more = names.length > most ? ` and ${String(names.length - most)} more` : '';
  return plain(`dax-metrics: ${names.slice(0, most).join(', ')}${more}: no source, so the rows are generated${consequence}`) + '\n';
}
