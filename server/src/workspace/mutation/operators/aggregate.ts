/** An aggregate becomes another one. */
import { callsOf, type Operator } from '../operator.ts';

const others: ReadonlyMap<string, string> = new Map([
  ['SUM', 'AVERAGE'], ['AVERAGE', 'SUM'], ['MEDIAN', 'AVERAGE'], ['MIN', 'MAX'], ['MAX', 'MIN'],
  ['COUNT', 'DISTINCTCOUNT'], ['COUNTA', 'DISTINCTCOUNT'], ['DISTINCTCOUNT', 'COUNTA'], ['DISTINCTCOUNTNOBLANK', 'COUNTA'], ['COUNTBLANK', 'COUNTA'],
  ['SUMX', 'AVERAGEX'], ['AVERAGEX', 'SUMX'], ['MEDIANX', 'AVERAGEX'], ['MINX', 'MAXX'], ['MAXX', 'MINX'],
  ['FIRSTDATE', 'LASTDATE'], ['LASTDATE', 'FIRSTDATE'], ['STDEV.S', 'STDEV.P'], ['STDEV.P', 'STDEV.S'], ['VAR.S', 'VAR.P'], ['VAR.P', 'VAR.S'],
  ['PERCENTILE.INC', 'PERCENTILE.EXC'], ['PERCENTILE.EXC', 'PERCENTILE.INC'],
]);
const names: ReadonlySet<string> = new Set(others.keys());

export const aggregate: Operator = {
  id: 'aggregate',
  docs: 'an aggregate to another: a sum to a mean, a count of distinct values to a count',
  *changes(ctx) {
    for (const call of callsOf(ctx, names)) yield { span: call.nameSpan, newText: others.get(call.name.toUpperCase()) ?? call.name };
  },
};
