// Which column a hover breaks a value down by.
import { describe, expect, it } from 'vitest';
import { breakdownColumn } from '../../server/src/ide/hover/breakdown.ts';
import { nameKey, type Column, type Model, type Relationship, type Table } from '../../server/src/model/model.ts';
import type { TableFacts } from '../../server/src/plan/database.ts';

const place = { uri: 'file:///w/m.daxmodel.yaml', span: { start: 0, end: 0 } };

function column(name: string, more: Partial<Column> = {}): Column {
  return {
    name, place, description: undefined, type: 'string', typePlace: undefined, key: false, choice: undefined, choicePlace: undefined,
    multiSelect: false, dataverse: undefined, expression: undefined, sortBy: undefined, hidden: false, deprecated: false, ...more,
  };
}

function table(name: string, ...columns: Column[]): Table {
  return {
    name, place, description: undefined, source: { kind: 'none' }, hidden: false, dateColumn: undefined,
    columns: new Map(columns.map((it) => [nameKey(it.name), it])),
  };
}

function relationship(from: string, to: string, more: Partial<Relationship> = {}): Relationship {
  const [fromTable = '', fromColumn = ''] = from.split('.');
  const [toTable = '', toColumn = ''] = to.split('.');
  return {
    from: { table: fromTable, column: fromColumn }, to: { table: toTable, column: toColumn },
    cardinality: 'many-to-one', active: true, crossFilter: 'single', place, ...more,
  };
}

const fact = table('Fact', column('AgentId'), column('ChannelId'), column('Note'));
const agent = table('Agent', column('AgentId', { key: true }), column('Name'), column('TeamId'));
const team = table('Team', column('TeamId', { key: true }), column('Team Name'));
const channel = table('Channel', column('ChannelId'), column('Label'), column('Order', { type: 'int64' }), column('Secret', { hidden: true }));

const model = (...relationships: Relationship[]): Model => ({
  name: 'm', uri: place.uri, place, relationships, choices: new Map(), publicMetrics: new Set(), files: [],
  tables: new Map([fact, agent, team, channel].map((it) => [nameKey(it.name), it])),
});

/** Different values of each column, in the data. */
const counts: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  Fact: { AgentId: 20, ChannelId: 3, Note: 2 },
  Agent: { AgentId: 20, Name: 18, TeamId: 4 },
  Team: { TeamId: 4, 'Team Name': 4 },
  Channel: { ChannelId: 3, Label: 3, Order: 2, Secret: 2 },
};
const facts: readonly TableFacts[] = Object.entries(counts).map(([name, columns]) => ({
  table: name, rowCount: 100,
  columns: Object.entries(columns).map(([it, distinct]) => ({ name: it, type: it === 'Order' ? ('int64' as const) : ('string' as const), distinct })),
}));

const toAgent = relationship('Fact.AgentId', 'Agent.AgentId');
const toTeam = relationship('Agent.TeamId', 'Team.TeamId');
const toChannel = relationship('Fact.ChannelId', 'Channel.ChannelId');

describe('the column of a breakdown', () => {
  it('is the text of a dimension with the fewest values above one; keys, numbers and hidden columns do not count', () => {
    expect(breakdownColumn(model(toAgent, toTeam, toChannel), facts, [fact], '')).toEqual({ table: 'Channel', column: 'Label' });
  });

  it('is rather that of a small table than that of one as large as what refers to it', () => {
    const small = facts.map((it) => (it.table === 'Agent' ? { ...it, rowCount: 10 } : it));
    expect(breakdownColumn(model(toAgent, toTeam, toChannel), small, [fact], '')).toEqual({ table: 'Agent', column: 'Name' });
  });

  it('may lie behind another dimension', () => {
    expect(breakdownColumn(model(toAgent, toTeam), facts, [fact], '')).toEqual({ table: 'Team', column: 'Team Name' });
  });

  it('is reached against a relationship that is written from its one side', () => {
    const turned = relationship('Channel.ChannelId', 'Fact.ChannelId', { cardinality: 'one-to-many' });
    expect(breakdownColumn(model(turned), facts, [fact], '')).toEqual({ table: 'Channel', column: 'Label' });
  });

  it('is never behind an inactive or a many-to-many relationship', () => {
    const none = [relationship('Fact.AgentId', 'Agent.AgentId', { active: false }), relationship('Fact.ChannelId', 'Channel.ChannelId', { cardinality: 'many-to-many' })];
    expect(breakdownColumn(model(...none), facts, [fact], '')).toBeUndefined();
  });

  it('is the one that the settings name, in any spelling of capitals', () => {
    expect(breakdownColumn(model(toChannel), facts, [fact], "'agent'[name]")).toEqual({ table: 'Agent', column: 'Name' });
  });

  it('is found as if nothing were set when the model has no such column', () => {
    expect(breakdownColumn(model(toChannel), facts, [fact], 'Nowhere[x]')).toEqual({ table: 'Channel', column: 'Label' });
  });
});
