// Which functions a text calls, as the parser sees it.
import { parseFile } from '../../grammar/src/index.ts';
import { functionNamed } from '../../server/src/functions/index.ts';
import type { Expected } from '../semantics/caseFile.ts';

/** Names of the functions that definitions or a query call, in capitals. */
export function callsIn(text: string): readonly string[] {
  const names: string[] = [];
  const open: unknown[] = parseFile(text, { isFunction: (it) => functionNamed(it) !== undefined }).segments.map((it) => it.item);
  while (open.length > 0) {
    const it = open.pop();
    if (typeof it !== 'object' || it === null) continue;
    if ('kind' in it && it.kind === 'call' && 'name' in it && typeof it.name === 'string') names.push(it.name.toUpperCase());
    // NOT(x) is read as an operator.
    if ('kind' in it && it.kind === 'unary' && 'operator' in it && it.operator === 'NOT') names.push('NOT');
    open.push(...Object.values(it));
  }
  return names;
}

/** Names of the functions that the expressions of a model file call, in capitals. */
export const callsInModel = (yaml: string): readonly string[] =>
  [...yaml.matchAll(/[A-Z][A-Z0-9.]*(?=\s*\()/g)].flatMap(([name]) => (functionNamed(name) === undefined ? [] : [name]));

/** Whether something is expected that is a value, no error and no reason. */
export const isValue = (it: Expected): boolean => it.kind === 'value';
