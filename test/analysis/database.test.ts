// Models as databases: calculated tables and columns, their types, and their circles.
import { describe, expect, it } from 'vitest';
import { completeModel, lowerDatabase } from '../../server/src/analysis/index.ts';
import { defaultLimits, type Model } from '../../server/src/model/model.ts';
import { check } from '../support/analysis.ts';
import { modelOf } from '../support/models.ts';
import { showRelation, showScalar } from '../support/plans.ts';

const lower = (model: Model) => lowerDatabase(model, { clock: 45_000, culture: 'en-US', seed: 1, limits: defaultLimits });

const raw = {
  session: { columns: { id: 'string key', agent: 'string', reason: 'int64', seconds: 'double', created: 'dateTime' } },
  user: { columns: { id: 'string key', name: 'string', bot: 'string' } },
} as const;

const star = modelOf({
  tables: {
    ...raw,
    FactSession: {
      columns: { SessionId: 'string', Code: 'string', Minutes: '? = FactSession[Seconds] / 60' },
      dax: 'SELECTCOLUMNS(FILTER(session, session[seconds] > 0), "SessionId", session[id], "Code", FORMAT(session[reason], "0"), "Seconds", session[seconds], "IsAgent", ISBLANK(RELATED(user[bot])))',
    },
  },
  relationships: ['session[agent] -> user[id]'],
});

describe('calculated tables', () => {
  it('are relations, columns that nobody declared included', () => {
    const { spec, findings } = lower(star);
    const table = spec.tables.find((it) => it.name === 'FactSession');
    expect(findings).toEqual([]);
    expect(table?.columns.map((it) => it.name)).toEqual(['SessionId', 'Code', 'Minutes', 'Seconds', 'IsAgent']);
    expect(table?.source.kind === 'relation' ? showRelation(table.source.relation) : table?.source).toBe(
      'project(filter(session as row1, >(row1.3, 0)) as row2, [SessionId] = row2.0, [Code] = FORMAT(row2.2, "0"), [Seconds] = row2.3, [IsAgent] = ISBLANK(related(row2 user[bot])))',
    );
  });

  it('calculated columns read the row, by the columns in their order', () => {
    const column = lower(star).spec.tables.find((it) => it.name === 'FactSession')?.columns.find((it) => it.name === 'Minutes');
    expect(column?.calculated === undefined ? '' : showScalar(column.calculated.expression)).toBe(`/(row${String(column?.calculated?.row)}.3, 60)`);
  });

  it('tell the types of their columns', () => {
    const { inferredTypes } = completeModel(star);
    const types = ['sessionid', 'code', 'minutes', 'seconds', 'isagent'].map((it) => inferredTypes?.('factsession', it));
    expect(types).toEqual(['string', 'string', 'double', 'double', 'boolean']);
  });

  it('so that comparisons with their columns are checked', () => {
    check(`
      M = CALCULATE(COUNTROWS(FactSession), FactSession[IsAgent], FactSession[Seconds] = "5")
                                                                                         ^^^ error[comparison-types]
    `, star);
  });

  it('may be declared after those that read them', () => {
    const model = modelOf({ tables: { B: { columns: {}, dax: 'SELECTCOLUMNS(A, "y", [x] + 0.5)' }, A: { columns: {}, dax: '{ (1, "a"), (2, "b") }' } } });
    expect(completeModel(model).model.tables.get('a')?.columns.has('value2')).toBe(true);
    const later = modelOf({ tables: { B: { columns: {}, dax: 'SELECTCOLUMNS(A, "y", A[x] + 0.5)' }, A: { columns: {}, dax: 'ROW("x", 1)' } } });
    expect(completeModel(later).inferredTypes?.('b', 'y')).toBe('double');
  });
});

describe('what is wrong with calculated tables', () => {
  const found = (model: Model) => lower(model).findings.map((it) => `${it.rule} ${String(it.span.start)}-${String(it.span.end)}: ${it.message}`);

  it('a circle of tables', () => {
    const model = modelOf({ tables: { A: { columns: { x: 'int64' }, dax: 'FILTER(B, TRUE)' }, B: { columns: { x: 'int64' }, dax: 'DISTINCT(A)' } } });
    expect(found(model)).toEqual([
      'circular-dependency 7-8: The definition depends on itself: A → B → A.',
      'circular-dependency 9-10: The definition depends on itself: B → A → B.',
    ]);
    expect(lower(model).spec.tables.map((it) => it.source)).toEqual([
      { kind: 'unavailable', reason: { id: 'circular-dependency', path: 'A → B → A' } },
      { kind: 'unavailable', reason: { id: 'circular-dependency', path: 'B → A → B' } },
    ]);
  });

  it('a circle of columns', () => {
    const model = modelOf({ tables: { A: { columns: { x: 'int64', y: 'int64 = [z] + 1', z: 'int64 = A[y] + 1' } } } });
    expect(found(model)).toEqual([
      'circular-dependency 0-3: The definition depends on itself: A[y] → A[z] → A[y].',
      'circular-dependency 1-4: The definition depends on itself: A[z] → A[y] → A[z].',
    ]);
  });

  it('a column that counts its own table is no circle', () => {
    const model = modelOf({ tables: { A: { columns: { x: 'int64', n: 'int64 = COUNTROWS(A)' }, dax: 'ROW("x", 1)' } } });
    expect(found(model)).toEqual([]);
  });

  it('a declared column that the expression does not give', () => {
    const model = modelOf({ tables: { A: { columns: { x: 'int64', y: 'int64' }, dax: 'ROW("x", 1)' } } });
    expect(found(model)).toEqual(['data-column-missing 0-0: The expression of A has no column y.']);
    const [table] = lower(model).spec.tables;
    expect(table?.columns.find((it) => it.name === 'y')?.calculated?.expression).toEqual({
      op: 'notEvaluated', reason: { id: 'data-fault', table: 'A', detail: 'its expression gives no column y' },
    });
  });

  it('a declared type that the values do not have', () => {
    const model = modelOf({ tables: { A: { columns: { x: 'string', y: 'dateTime = 1', z: 'double' }, dax: 'ROW("x", 1, "z", 2)' } } });
    expect(found(model)).toEqual([
      'model-type-mismatch 0-0: A[x] is declared text, its values are whole number.',
      'model-type-mismatch 0-0: A[y] is declared date, its values are whole number.',
    ]);
  });

  it('an expression that cannot be read leaves its table without rows', () => {
    const model = modelOf({ tables: { A: { columns: {}, dax: 'FILTER(' }, B: { columns: {}, dax: 'SAMPLECARTESIANPOINTSBYCOVER(1, A, 1, 1)' } } });
    expect(lower(model).spec.tables.map((it) => it.source)).toEqual([
      { kind: 'unavailable', reason: { id: 'syntax-error' } },
      { kind: 'unavailable', reason: { id: 'function-not-supported', name: 'SAMPLECARTESIANPOINTSBYCOVER' } },
    ]);
  });
});

describe('the key of a database', () => {
  it('changes with what it says, and only then', () => {
    expect(lower(star).spec.key).toBe(lower(star).spec.key);
    expect(lower(star).spec.key).not.toBe(lower(modelOf({ tables: raw })).spec.key);
  });
});
