/** Which functions lowering knows how to state as a plan. */
import { allFunctions } from '../../functions/index.ts';
import { loweredCalls } from './calls.ts';
import { loweredModifiers } from './filters.ts';
import { isValueFunction } from './functions/values.ts';

/** Functions that stand only inside of another one, which reads them: they are lowered when it is. */
const partOf: ReadonlyMap<string, string> = new Map([
  ['ORDERBY', 'WINDOW'],
  ['PARTITIONBY', 'WINDOW'],
  ['MATCHBY', 'WINDOW'],
  ['ROLLUP', 'SUMMARIZE'],
  ['ROLLUPGROUP', 'SUMMARIZE'],
  ['ROLLUPADDISSUBTOTAL', 'SUMMARIZECOLUMNS'],
  ['IGNORE', 'SUMMARIZECOLUMNS'],
  ['NONVISUAL', 'SUMMARIZECOLUMNS'],
  ['ROLLUPISSUBTOTAL', 'ADDMISSINGITEMS'],
]);

/**
 * How a function comes to a plan.
 *
 * @returns `call`: by a row of the lowering table; `value`: as a call of the engine, which says whether it has it;
 * undefined: not at all
 */
export function loweringOf(name: string): 'call' | 'value' | undefined {
  const host = partOf.get(name) ?? name;
  if (loweredCalls.has(host) || loweredModifiers.has(name)) return 'call';
  const spec = allFunctions.find((it) => it.name === name);
  return spec !== undefined && isValueFunction(spec) ? 'value' : undefined;
}
