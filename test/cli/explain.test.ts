// `explain`: what a metric is made of, and what becomes of a row in it.
import { describe, expect, it } from 'vitest';
import { folder } from './cli.ts';

const files = {
  'shop.daxmodel.yaml': `name: shop
tables:
  Agent:
    rows:
      - { Name: Ann, Team: North }
      - { Name: Bob, Team: South }
    columns: { Name: { type: string, key: true }, Team: { type: string } }
  Session:
    rows:
      - { Id: s1, Agent: Ann, Reason: "1", Minutes: 10 }
      - { Id: s2, Agent: Ann, Reason: "2", Minutes: 20 }
      - { Id: s3, Agent: Bob, Reason: "1", Minutes: null }
    columns: { Id: { type: string, key: true }, Agent: { type: string }, Reason: { type: string, choice: reason }, Minutes: { type: int64 } }
relationships:
  - { from: "Session[Agent]", to: "Agent[Name]" }
choices:
  reason: { 1: { label: Rejected }, 2: { label: Closed } }
`,
  'm.dax': `Sessions = COUNTROWS(Session)

Rejected = CALCULATE([Sessions], Session[Reason] = "1", Agent[Team] = "North" && Session[Minutes] > 5)

Rejected rate = DIVIDE([Rejected], [Sessions])

Long minutes = VAR limit = 5 RETURN SUMX(FILTER(Session, Session[Minutes] > limit && RELATED(Agent[Team]) = "North"), Session[Minutes])

All minutes = CALCULATE(SUM(Session[Minutes]), ALL(Session))

Minutes = SUM(Session[Minutes])

By size = IF([Sessions] > 2, [Minutes], CALCULATE(MAX(Session[Minutes]), Session[Reason] = "2"))

By reason = SWITCH(SELECTEDVALUE(Session[Reason]), "1", [Minutes], [Sessions])

Teams = DISTINCTCOUNT(Agent[Team])

Loops = [Loops too] + [Minutes]

Loops too = [Loops]
`,
};

const explain = (metric: string, row: string): string => folder(files).run('explain', metric, '--row', `Session[Id] = "${row}"`).stdout;

describe('explain --row', () => {
  it('tells each step that a row comes through, and the first that drops it with what the row has there', () => {
    expect(explain('Rejected', 's1')).toBe(`Rejected: Session[Id] = "s1" is one row of Session
  [Sessions] → COUNTROWS(Session)
    ✓ Session[Reason] = "1"
    ✓ Agent[Team] = "North"
    ✓ Session[Minutes] > 5
    it counts
`);
    expect(explain('Rejected', 's2')).toContain('    ✗ Session[Reason] = "1" the first step that drops it: Session[Reason] is "2"\n');
    expect(explain('Rejected', 's2')).not.toContain('Agent[Team]');
    expect(explain('Rejected', 's3')).toContain('    ✓ Session[Reason] = "1"\n    ✗ Agent[Team] = "North" the first step that drops it: Agent[Team] is "South"\n');
  });

  it('follows every aggregate of a metric, through other metrics', () => {
    expect(explain('Rejected rate', 's2')).toBe(`Rejected rate: Session[Id] = "s2" is one row of Session
  [Rejected] → [Sessions] → COUNTROWS(Session)
    ✗ Session[Reason] = "1" the first step that drops it: Session[Reason] is "2"
  [Sessions] → COUNTROWS(Session)
    it counts
`);
  });

  it('looks into iterators, with variables where they are defined, and tells what a row adds', () => {
    expect(explain('Long minutes', 's1')).toContain('    ✓ Session[Minutes] > limit\n    ✓ RELATED(Agent[Team]) = "North"\n    it counts: 10\n');
    expect(explain('Long minutes', 's3')).toContain('    ✗ Session[Minutes] > limit the first step that drops it: Session[Minutes] is BLANK\n');
  });

  it('tells a value that is BLANK from a row that is dropped', () => {
    expect(explain('Minutes', 's3')).toContain('    it comes through, and its value is BLANK\n');
    expect(explain('All minutes', 's2')).toContain('    ✓ ALL(Session)\n    it counts: 20\n');
  });

  it('tells which branch is taken', () => {
    expect(explain('By size', 's2')).toBe(`By size: Session[Id] = "s2" is one row of Session
  [Sessions] → COUNTROWS(Session)
    it counts
  [Minutes] → SUM(Session[Minutes])
    ✓ branch: [Sessions] > 2
    it counts: 20
  MAX(Session[Minutes])
    ✗ branch: NOT [Sessions] > 2 the first step that drops it
`);
    // Several reasons are in sight, so that none is selected.
    expect(explain('By reason', 's2')).toContain('  [Minutes] → SUM(Session[Minutes])\n    ✗ branch: SWITCH … "1" the first step that drops it');
    expect(explain('By reason', 's2')).toContain('  [Sessions] → COUNTROWS(Session)\n    ✓ branch: no branch of SWITCH before it\n    it counts\n');
  });

  it('takes a row of a table that others lead to as all of their rows', () => {
    const { stdout } = folder(files).run('explain', 'Rejected', '--row', 'Agent[Name] = "Bob"');
    expect(stdout).toContain('    ✓ Session[Reason] = "1"\n    ✗ Agent[Team] = "North" the first step that drops it: Agent[Team] is "South"\n');
    expect(explain('Teams', 's1')).toContain('    goes through rows that this one has no part in\n');
  });

  it('is JSON for programs', () => {
    expect(folder(files).json('explain', 'Rejected', '--row', 'Session[Id] = "s3"', '--format', 'json')).toEqual({
      metric: 'Rejected', row: 'Session[Id] = "s3"', table: 'Session', rows: 1, isWhole: true,
      leaves: [{
        text: 'COUNTROWS(Session)', metrics: ['Rejected', 'Sessions'], fate: 'dropped',
        steps: [
          { kind: 'filter', text: 'Session[Reason] = "1"', passes: true, values: [] },
          { kind: 'filter', text: 'Agent[Team] = "North"', passes: false, values: [{ column: 'Agent[Team]', value: 'South' }] },
        ],
      }],
    });
  });

  it('ends with 1 when there is no such row, and with 2 when the row or the metric is not known', () => {
    const it = folder(files);
    expect(it.run('explain', 'Minutes', '--row', 'Session[Id] = "s9"')).toMatchObject({ status: 1, stdout: 'Minutes: Session[Id] = "s9" is no row of Session\n' });
    expect(it.run('explain', 'Minutes', '--row', 'nonsense')).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('Table[Key] = "value"') });
    expect(it.run('explain', 'Minuts')).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('there is no metric Minuts; did you mean Minutes?') });
    expect(it.run('explain', 'Minutes', '--row', 'Session[Id] = "s1"', '--format', 'mermaid')).toMatchObject({ status: 2, stdout: '' });
  });
});

describe('explain', () => {
  it('shows what a metric reads, down to columns and codes', () => {
    expect(folder(files).run('explain', 'Rejected rate').stdout).toBe(`[Rejected rate]
├─ [Rejected]
│  ├─ [Sessions]
│  │  └─ Session
│  ├─ Session[Reason]
│  │  └─ 1 Rejected
│  ├─ Agent[Team]
│  └─ Session[Minutes]
└─ [Sessions] (above)
`);
  });

  it('ends where metrics read each other', () => {
    expect(folder(files).run('explain', 'shop::Loops').stdout).toBe('[Loops]\n├─ [Loops too]\n│  └─ [Loops] (above)\n└─ [Minutes]\n   └─ Session[Minutes]\n');
    expect(folder(files).run('explain', '[Loops too]', '--row', 'Session[Id] = "s1"').stdout).toContain('  [Loops] → [Minutes] → SUM(Session[Minutes])\n    it counts: 10\n');
  });

  it('draws a diagram for pages', () => {
    expect(folder(files).run('explain', 'Minutes', '--format', 'mermaid').stdout).toBe('flowchart LR\n  n0(["Minutes"])\n  n1["Session[Minutes]"]\n  n0 --> n1\n');
  });
});
