/** The model of the lint tests and of the examples in the rules' documentation: sessions of a contact centre. */
import type { Choice, Column, Model, Table } from '../../server/src/model/model.ts';
import { modelOf } from '../support/models.ts';

const base = modelOf({
  name: 'contact',
  tables: {
    FactSession: {
      columns: {
        SessionId: 'string key',
        AgentId: 'string',
        Closurereason: 'string choice:closurereason',
        StateCode: 'int64 choice:state',
        StatusCode: 'int64 choice:status',
        EventType: 'string choice:eventtype',
        Channels: 'string multi choice:channel',
        ChannelId: 'string choice:channel',
        BotId: 'string',
        OldState: 'int64',
        IsAgentSession: 'boolean',
        IsOutbound: 'string',
        WaitTime: 'double',
        CreatedOn: 'dateTime',
      },
    },
    DimAgent: { columns: { AgentId: 'string key', Name: 'string', BotId: 'string', IsBot: 'boolean' } },
    DimDate: { columns: { Date: 'dateTime key', Year: 'int64' }, dateColumn: 'Date' },
  },
  relationships: ['FactSession[AgentId] -> DimAgent[AgentId]', 'FactSession[CreatedOn] -> DimDate[Date]'],
  choices: {
    closurereason: { 192350000: 'AgentClosed', 192350001: 'AgentReject', 192350002: 'AgentTimeout', 192350010: 'AgentTransferred' },
    state: { 192360000: 'Open', 192360001: 'Waiting', 192360002: 'Closed', 192360009: 'Wrap-up of old' },
    status: { 1: 'Open', 2: 'Active', 3: 'Waiting', 4: 'Closed', 5: 'Wrap-up', 6: 'Missed', 7: 'Conversing' },
    eventtype: { 192350001: 'Hold', 192350003: 'Mute' },
    channel: { 192350000: 'Entity Records', 192340000: 'SMS', 192360000: 'Live chat' },
  },
});

const withColumn = (table: Table, key: string, change: Partial<Column>): Table => {
  const column = table.columns.get(key);
  if (column === undefined) throw new Error(`no column ${key}`);
  return { ...table, columns: new Map([...table.columns, [key, { ...column, ...change }]]) };
};

const withTable = (model: Model, key: string, changes: Readonly<Record<string, Partial<Column>>>): Model => {
  const table = model.tables.get(key);
  if (table === undefined) throw new Error(`no table ${key}`);
  const changed = Object.entries(changes).reduce((it, [column, change]) => withColumn(it, column, change), table);
  return { ...model, tables: new Map([...model.tables, [key, changed]]) };
};

const withDeprecatedCode = (model: Model, key: string, code: string): Model => {
  const choice = model.choices.get(key);
  const option = choice?.options.get(code);
  if (choice === undefined || option === undefined) throw new Error(`no code ${code}`);
  const changed: Choice = { ...choice, options: new Map([...choice.options, [code, { ...option, deprecated: true }]]) };
  return { ...model, choices: new Map([...model.choices, [key, changed]]) };
};

const withFacts = withTable(base, 'factsession', {
  oldstate: { deprecated: true },
  botid: { nulls: { null: 'a person', notNull: 'a bot' } },
  isagentsession: { dataverse: 'systemuser.msdyn_botapplicationid', nulls: { null: true, notNull: false } },
});

/** Deprecated: FactSession[OldState], and 192360009 of the state. BLANK in BotId means a person. */
export const contact: Model = withDeprecatedCode(
  withTable(withFacts, 'dimagent', { botid: { dataverse: 'systemuser.msdyn_botapplicationid' } }), 'state', '192360009',
);
