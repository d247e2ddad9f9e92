// Completion while a file is written from nothing: silent where a name is made up, there by itself where a value must follow.
import { describe, expect, it } from 'vitest';
import { completion } from '../../server/src/ide/completion/completion.ts';
import { openFixture } from '../support/workspace.ts';
import { contact } from './contact.ts';
import { afterCompleting, labelsAt, patient } from './open.ts';

const dax = (text: string): string => `${contact}//- /m.dax\n${text}`;

describe('the name of a metric', () => {
  it.each([
    'Sessions re$0', 'Sessions rejected rate $0', 'Avg. wait time (s$0', 'Avg. wait time [m$0', 'M = 1\n\n% of tot$0', '# sess$0', '28-day sess$0',
    'M = 1\n\nSessions re$0', 'M = CALCULATE(1, FactSession[Reason] = "1")\nSessions rejected ra$0', 'M = VAR a = 1 RETURN a\nSessions re$0\n\nN = 2',
  ])('is made up: nothing is proposed in %j', async (text) => {
    expect(await labelsAt(dax(text))).toEqual([]);
  });

  it.each([
    'M = 1\nRate = DIVIDE($0', 'M = CALCULATE(\n  1,\n  FactSession[Reason] = $0', 'M =\n  VAR a = 1\n  RETURN\n    $0', 'M = 1 +\n  $0', 'EVALUATE\n  Fact$0',
    'EVALUATE FactSession ORDER $0', 'SUMX(FactSession, $0', 'M =\n  VAR a = 1\n  VAR b = a $0', 'M =\n  VAR a = 1\n  VAR b = a RET$0', 'M =\nVAR a = 1\nRETURN a $0',
    'EVALUATE FactSession\nORDER BY FactSession[Duration] D$0',
  ])('is not what is written in %j', async (text) => {
    expect(await labelsAt(dax(text))).not.toEqual([]);
  });

  it('may be the first word of a file, or a function to try', async () => {
    const found = await labelsAt(dax('Se$0'));
    expect(found).toContain('EVALUATE');
    expect(found).toContain('SUMX');
    expect(found).not.toContain('FactSession');
    expect(found).not.toContain('FactSession[Reason]');
  });

  it('is filled in with its documentation', async () => {
    const whole = '/// ${1:What it counts.}\n/// @format ${2|#\\,0,#\\,0.0,0.0%|}\n${3:New metric} = $0';
    expect(await afterCompleting(dax('$0'), 'New metric')).toBe(whole);
    expect(await afterCompleting(dax('M = 1\n\n$0'), 'New metric')).toBe(`M = 1\n\n${whole}`);
    expect(await labelsAt(dax('M = $0'))).not.toContain('New metric');
  });
});

describe('behind a blank', () => {
  it.each([
    ['M = CALCULATE(1, FactSession[Reason] = $0)', 'AgentReject'],
    ['M = CALCULATE(1, FactSession[Reason] IN { "192350001", $0 })', 'AgentTimeout'],
    ['M = CALCULATE(1, \'Dim Agent\'[Team] <> $0)', 'Berlin'],
    ['/// @format $0\nM = 1', '#,0'],
    ['/// @expect $0\nM = 1', 'BLANK'],
    ['/// @expect = $0\nM = 1\nN = 1', 'N'],
    ['/// @expect 3 where $0\nM = 1', "'Dim Agent'[Team]"],
    ["/// @expect 3 where 'Dim Agent'[Team] = $0\nM = 1", 'Berlin'],
    ["/// @expect 3 where 'Dim Agent'[Team] = \"Berlin\", $0\nM = 1", "'Dim Agent'[Mode]"],
    ['/// @compare $0\nM = 1\nN = 1', 'N'],
    ['/// @compare [N] by $0\nM = 1\nN = 1', "'Dim Agent'[Team]"],
  ])('what must follow is proposed: %j', async (text, label) => {
    expect(await labelsAt(dax(text), ' ')).toContain(label);
  });

  it.each([
    'M = $0', 'M = SUM(FactSession[Duration]) + $0', 'M = CALCULATE(1, $0)', 'M = CALCULATE(1, FactSession[Reason] = "1" $0)', 'M = "a $0"', 'M = 1 // = $0', 'M = [a $0]',
    '/// Sessions that $0\nM = 1', '/// @expect 191 $0\nM = 1', '/// @expect error $0\nM = 1', '/// @public $0\nM = 1', '/// @compare [N] within $0\nM = 1', '/// @expect = SUM( $0\nM = 1',
    'Sessions $0', 'M = 1\nSessions $0',
  ])('nothing stands in the way in %j', async (text) => {
    expect(await labelsAt(dax(text), ' ')).toEqual([]);
  });

  it('and behind an equals sign codes are proposed, but not for the name of a metric', async () => {
    expect(await labelsAt(dax('M = CALCULATE(1, FactSession[Reason] =$0)'), '=')).toContain('AgentReject');
    expect(await labelsAt(dax('M =$0'), '=')).toEqual([]);
  });

  it.each([
    ['[Reason] =$0', '[Reason] = "192350001"'], ['[Reason] <>$0', '[Reason] <> "192350001"'], ['[Reason] ==$0', '[Reason] == "192350001"'], ['[Duration] >=$0', '[Duration] >= FactSession[Reason]', 'FactSession[Reason]'],
    ['[Reason]=$0', '[Reason]="192350001"'], ['[Reason] = $0', '[Reason] = "192350001"'], ['[Reason] =Agent$0', '[Reason] ="192350001"'],
  ])('and a comparison with a blank before it gets one behind it: %j', async (text, taken, label = 'AgentReject') => {
    expect(await afterCompleting(dax(`M = CALCULATE(1, FactSession${text})`), label)).toBe(`M = CALCULATE(1, FactSession${taken})`);
  });

  it('prose of a page stays undisturbed', async () => {
    expect(await labelsAt(`${contact}//- /page.md\nSessions = $0\n\n\`\`\`dax\nM = 1\n\`\`\`\n`, ' ')).toEqual([]);
    expect(await labelsAt(`${contact}//- /page.md\n\`\`\`dax\nM = CALCULATE(1, FactSession[Reason] = $0)\n\`\`\`\n`, ' ')).toContain('AgentReject');
  });
});

it('groups are columns: a table is proposed only before its column', async () => {
  expect(await labelsAt(dax('/// @expect = [N] by $0\nM = 1\nN = 1'))).not.toContain('FactSession');
  expect(await labelsAt(dax('/// @compare [N] rows Fact$0\nM = 1\nN = 1'))).toContain('FactSession[SessionId]');
  expect(await afterCompleting(dax('/// @compare [N] by Fa$0[Reason]\nM = 1\nN = 1'), 'FactSession')).toContain('by FactSession[Reason]\n');
});

describe('a model file that is written from the top', () => {
  const at = async (text: string, label: string, trigger?: string): Promise<string> => afterCompleting(`//- /m.daxmodel.yaml\n${text}`, label, trigger);

  it.each([
    // What goes on below a key begins there.
    ['name: m\nta$0', 'tables', 'name: m\ntables:\n  '],
    ['name: m\nrela$0', 'relationships', 'name: m\nrelationships:\n  - '],
    ['name: m\ntables:\n  T:\n    col$0', 'columns', 'name: m\ntables:\n  T:\n    columns:\n      '],
    ['name: m\nta$0\n  T: {}', 'tables', 'name: m\ntables:\n  T: {}'],
    // An editor that goes on at the column of the key above.
    ['name: m\ntables:\n  T:\n  $0', 'source', 'name: m\ntables:\n  T:\n    source: '],
    ['name: m\ntables:\n  T:\n  so$0', 'source', 'name: m\ntables:\n  T:\n    source: '],
    ['name: m\ntables:\n  T:\n  $0', 'columns', 'name: m\ntables:\n  T:\n    columns:\n      '],
    ['name: m\nrelationships:\n$0', 'from', 'name: m\nrelationships:\n  - from: '],
    ['name: m\ntables:\n  T:\n    rows: [{ a: 1 }]\n    columns:\n    $0', 'a', 'name: m\ntables:\n  T:\n    rows: [{ a: 1 }]\n    columns:\n      a: '],
    // Keys beside it are proposed, too.
    ['name: m\ntables:\n  T:\n    columns:\n    de$0', 'description', 'name: m\ntables:\n  T:\n    columns:\n    description: '],
  ])('%j: %s', async (text, label, after) => {
    expect(await at(text, label)).toBe(after);
  });

  it('keys of a table are not proposed behind one that has its own', async () => {
    expect(await labelsAt('//- /m.daxmodel.yaml\nname: m\ntables:\n  T:\n    source: a.csv\n  $0')).toEqual([]);
    expect(await labelsAt('//- /m.daxmodel.yaml\nname: m\ntables:\n  T:\n  $0\n    source: a.csv\n')).toEqual([]);
  });

  it('behind a blank has its values, and its keys in brackets', async () => {
    const column = (text: string): string => `name: m\ntables:\n  T:\n    columns:\n      a: ${text}\n`;
    expect(await labelsAt(`//- /m.daxmodel.yaml\n${column('{ type: $0 }')}`, ' ')).toContain('int64');
    expect(await labelsAt(`//- /m.daxmodel.yaml\n${column('{ type: int64, $0 }')}`, ' ')).toContain('choice');
    expect(await labelsAt(`//- /m.daxmodel.yaml\n${column('{ $0 }')}`, ' ')).toContain('type');
    expect(await labelsAt('//- /m.daxmodel.yaml\nname: m\n  $0', ' ')).toEqual([]);
    expect(await labelsAt('//- /m.daxmodel.yaml\nname: my $0', ' ')).toEqual([]);
  });

  it('in JSON stays on its line', async () => {
    expect(await afterCompleting('//- /m.daxmodel.json\n{ "name": "m", "ta$0" }', 'tables')).toBe('{ "name": "m", "tables":  }');
  });
});

it('keeps to the column of its key, wherever that stands', async () => {
  const { workspace, uri, offset } = await openFixture('//- /m.daxmodel.yaml\nname: m\ntables:\n  T:\n    col$0');
  const item = (await completion({ workspace, patience: patient }, uri, offset, undefined)).find((it) => it.label === 'columns');
  expect(item?.newText).toBe('columns:\n      ');
});
