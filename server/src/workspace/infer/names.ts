/** Names of tables and columns as people write them: when two of them mean the same thing. */
import { nameKey } from '../../model/model.ts';

/** Letters and digits alone, in small letters. */
export const bare = (name: string): string => nameKey(name).replace(/[^\p{L}\p{N}]+/gu, '');

/** What tables are called besides their thing: `DimAgent`, `fact_session`, `tbl-customers`. */
const thingOf = (table: string): string => singular(bare(table.replace(/^(?:dim|fact|tbl|table|lookup|lkp)(?=[\p{Lu}_ .-])[_ .-]*/iu, '')) || bare(table));

function singular(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

const keyEndings = /(?:id|key|code|no|number|guid)$/;

/** How well a column's name says that it tells the rows of its table apart: 0 for not at all. */
export function keyScore(table: string, column: string): number {
  const name = bare(column);
  const thing = thingOf(table);
  if (name === 'id' || name === `${thing}id` || name === `${thing}key`) return 3;
  if (name.startsWith(thing) && keyEndings.test(name)) return 2;
  return keyEndings.test(name) ? 1 : 0;
}

/** How well a column's name says that it holds the key of another table: 0 for not at all. */
export function foreignScore(column: string, other: string, key: string): number {
  const [name, target, thing] = [bare(column), bare(key), thingOf(other)];
  const isGeneric = target === 'id' || target === 'key' || target === 'code';
  if (!isGeneric && name === target) return target.startsWith(thing) ? 4 : 3;
  // CustomerId for Id of Customers, SoldToCustomerId and customer for CustomerId.
  const full = isGeneric ? `${thing}${target}` : target;
  if (name === full) return 4;
  if (name.endsWith(full) && full.length > 3) return 2;
  return name === thing && thing.length > 2 ? 2 : 0;
}
