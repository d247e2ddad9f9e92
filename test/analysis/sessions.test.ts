// Tables of sessions in the model: what they read, at any depth, and the types of their columns.
import { describe, expect, it } from 'vitest';
import { parseExpression } from '../../grammar/src/index.ts';
import { bindExpression, completeModel, dependencyGraph } from '../../server/src/analysis/index.ts';
import { tableDependency } from '../../server/src/analysis/dependencies.ts';
import { readModelFile, resolveModel } from '../../server/src/formats/index.ts';
import type { Model } from '../../server/src/model/model.ts';

function modelOf(yaml: string): Model {
  const { raw, findings } = readModelFile('file:///m.daxmodel.yaml', yaml);
  if (raw === undefined || findings.length > 0) throw new Error(JSON.stringify(findings));
  return resolveModel(raw, { model: () => undefined, entitySchema: () => ({ fault: 'not-found' }) }).model;
}

const model = modelOf(`
name: m
tables:
  Raw: { rows: [], columns: { Talk: { type: string }, At: { type: dateTime }, Price: { type: decimal }, Kind: { type: string } } }
  Log:
    dax: FILTER(Raw, Raw[Kind] <> "x")
    columns: { Opens: { dax: 'Log[Kind] = "user"' } }
  Sessions:
    sessionize:
      from: Log
      partition: Talk
      order: At
      startWhen: Log[Opens]
      columns: { Paid: { sum: "Log[Price]" }, Half: { max: "Log[Price] / 2.0" }, Count: { count: "Log[Kind]" }, Any: { any: "Log[Opens]" } }
  # Declared after the sessions that read it.
  Extra:
    dax: SELECTCOLUMNS(Sessions, "Sum", Sessions[Paid], "Talk", Sessions[Talk], "N", Sessions[Messages])
`);

describe('a table of sessions', () => {
  it('has columns whose types its rules and its log tell, through calculated tables too', () => {
    const complete = completeModel(model);
    const typeOf = (table: string, column: string): string | undefined =>
      complete.model.tables.get(table)?.columns.get(column)?.type ?? complete.inferredTypes?.(table, column);
    expect(['talk', 'session', 'sessionkey', 'start', 'end', 'messages', 'startreason', 'endreason', 'paid', 'half', 'count', 'any'].map((it) => `${it} ${String(typeOf('sessions', it))}`)).toEqual([
      'talk string', 'session int64', 'sessionkey string', 'start dateTime', 'end dateTime', 'messages int64', 'startreason string', 'endreason string',
      'paid decimal', 'half double', 'count int64', 'any boolean',
    ]);
    expect(['sum', 'talk', 'n'].map((it) => typeOf('extra', it))).toEqual(['decimal', 'string', 'int64']);
  });

  it('reads its log, the columns that part and order it, and what its rules read', () => {
    const complete = completeModel(model).model;
    const sessions = complete.tables.get('sessions');
    if (sessions === undefined) throw new Error('there is a table of sessions');
    const graph = dependencyGraph({ model: complete, measures: new Map() });
    expect(graph.reads(tableDependency(sessions)).map((it) => it.dependency.key)).toEqual(['log', 'log[talk]', 'log[at]', 'log[opens]', 'log[price]', 'log[kind]']);
    expect(graph.closure(tableDependency(sessions)).map((it) => it.dependency.key)).toEqual(expect.arrayContaining(['raw', 'raw[kind]']));
  });

  it('is read with its columns', () => {
    const complete = completeModel(model).model;
    const { expression } = parseExpression('SUM(Sessions[Paid])');
    const bound = bindExpression(expression, 'SUM(Sessions[Paid])', { model: complete, measures: new Map() });
    expect(bound.findings).toEqual([]);
    expect([...bound.dependencies.columns]).toEqual(['sessions\u0000paid']);
  });
});
