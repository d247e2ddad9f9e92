// Roles of a model on the command line: values as a role sees them, and faults of a role's own text.
import { describe, expect, it } from 'vitest';
import { folder } from './cli.ts';

const model = `name: shop
tables:
  Sales:
    columns: { Region: { type: string }, Amount: { type: int64 } }
    rows:
      - { Region: North, Amount: 1 }
      - { Region: South, Amount: 2 }
roles:
  North:
    filters:
      Sales: Sales[Region] = "North"
`;
const files = { 'm.daxmodel.yaml': model, 'm.dax': 'Total = SUM(Sales[Amount])\n' };
interface Results { readonly results: readonly { readonly rows?: unknown; readonly notEvaluated?: object }[] }
interface Found { readonly rule: string; readonly file: string; readonly range: { readonly start: object } }

describe('--role', () => {
  it('shows what the role may see', () => {
    const it = folder(files);
    expect(it.json<Results>('eval', 'm.dax', '--format', 'json').results[0]?.rows).toEqual([[3]]);
    expect(it.json<Results>('eval', 'm.dax', '--role', 'North', '--format', 'json').results[0]?.rows).toEqual([[1]]);
    expect(it.json<Results>('eval', '-e', 'CALCULATE([Total], ALL(Sales))', '--role', 'north', '--format', 'json').results[0]?.rows).toEqual([[1]]);
  });
  it('of a role that is not there gives no value', () => {
    const { status, stdout } = folder(files).run('eval', 'm.dax', '--role', 'Nobody', '--format', 'json');
    expect(status).toBe(1);
    expect((JSON.parse(stdout) as Results).results[0]?.notEvaluated).toMatchObject({ id: 'unresolved-name' });
  });
});

describe('check', () => {
  it('reads the filters of roles with their table\'s row at hand', () => {
    expect(folder(files).json('check', '--format', 'json')).toEqual([]);
    expect(folder({ ...files, 'm.daxmodel.yaml': model.replace('Sales[Region] = "North"', '\'[Region] = "North"\'') }).json('check', '--format', 'json')).toEqual([]);
  });
  it('finds faults in them where they stand', () => {
    const { stdout } = folder({ ...files, 'm.daxmodel.yaml': model.replace('Sales[Region] =', 'Sales[Regoin] =') }).run('check', '--format', 'json');
    expect(JSON.parse(stdout) as readonly Found[]).toMatchObject([{ rule: 'unknown-column', file: 'm.daxmodel.yaml', range: { start: { line: 11, column: 19 } } }]);
  });
  it('finds a table that is not there', () => {
    const { stdout } = folder({ ...files, 'm.daxmodel.yaml': model.replace('      Sales: Sales', '      Sale: Sales') }).run('check', '--format', 'json');
    expect((JSON.parse(stdout) as readonly Found[]).map((it) => it.rule)).toContain('model-unknown-reference');
  });
});
