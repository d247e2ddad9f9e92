// The index of names is made again for what is bound again, and for nothing else.
import { expect, it } from 'vitest';
import { occurrencesIn, type Occurrences } from '../../server/src/workspace/occurrences.ts';
import { openFixture, uriOf } from '../support/workspace.ts';

const model = '//- /m.daxmodel.yaml\nname: m\ntables: { T: { columns: { key: { type: string } } } }\n';
const metrics = '/// @expect = [A]\nA = 1\nB = [A] + COUNT(T[key])\nC = VAR x = 2 RETURN x\n';

it('an edit of one definition leaves the index of the others as it is', async () => {
  const { workspace, type } = await openFixture(`${model}//- /m.dax\n${metrics}`);
  const indexes = async (): Promise<readonly Occurrences[]> => {
    const [region] = (await workspace.document(uriOf('/m.dax')))?.regions ?? [];
    return (region?.segments ?? []).flatMap((segment) => segment.readings.flatMap((reading) => occurrencesIn(segment, reading)));
  };
  const before = await indexes();
  expect(before.map((it) => it.size)).toEqual([1, 1, 4, 2]);
  type('/m.dax', metrics.replace('A = 1', 'A = 1\n\n').replace('VAR x = 2', 'VAR x = 2 + 2'));
  const after = await indexes();
  expect(after.map((it, i) => it === before[i])).toEqual([true, true, true, false]);
});
