/** The model of the analysis tests: sessions of a contact centre, with text codes and whole-number codes. */
import { modelOf } from '../support/models.ts';

export const contact = modelOf({
  name: 'contact',
  tables: {
    FactSession: {
      columns: {
        SessionId: 'string key',
        AgentId: 'string',
        QueueId: 'string',
        Closurereason: 'string choice:closurereason',
        StateCode: 'int64 choice:state',
        Channels: 'string multi choice:channel',
        ChannelId: 'string choice:channel',
        IsAgentSession: 'boolean',
        IsOutbound: 'boolean',
        WaitTime: 'double',
        Turns: 'int64',
        CreatedOn: 'dateTime',
        Anything: '?',
      },
    },
    DimAgent: { columns: { AgentId: 'string key', Name: 'string', TeamId: 'string' } },
    DimTeam: { columns: { TeamId: 'string key', Team: 'string' } },
    'Dim Date': { columns: { Date: 'dateTime key', Year: 'int64', Month: 'string' }, dateColumn: 'Date' },
  },
  relationships: ['FactSession[AgentId] -> DimAgent[AgentId]', 'DimAgent[TeamId] -> DimTeam[TeamId]', 'FactSession[CreatedOn] ~> Dim Date[Date]'],
  choices: {
    closurereason: { 192350000: 'AgentClosed', 192350001: 'AgentReject', 192350002: 'AgentTimeout', 192350010: 'AgentTransferred' },
    state: { 192360000: 'Open', 192360001: 'Waiting', 192360002: 'Closed' },
    channel: { 192350000: 'Entity Records', 192340000: 'SMS' },
  },
});
