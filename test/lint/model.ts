/** The model of the lint tests and of the examples in the rules' documentation: sessions of a contact centre. */
import { completeModel } from '../../server/src/analysis/index.ts';
import { readModelFile, resolveModel } from '../../server/src/formats/index.ts';
import type { Model } from '../../server/src/model/model.ts';

/** Deprecated: FactSession[OldState], and 192360009 of the state. BLANK in BotId means a person. */
export const contactFile = `
name: contact
tables:
  FactSession:
    rows: []
    columns:
      SessionId: { type: string, key: true }
      AgentId: { type: string }
      Closurereason: { type: string, choice: closurereason }
      StateCode: { type: int64, choice: state }
      StatusCode: { type: int64, choice: status }
      EventType: { type: string, choice: eventtype }
      Channels: { type: string, choice: channel, multiSelect: true }
      ChannelId: { type: string, choice: channel }
      BotId: { type: string, nulls: { null: a person, notNull: a bot } }
      OldState: { type: int64, deprecated: true }
      IsAgentSession: { type: boolean, dataverse: systemuser.msdyn_botapplicationid, nulls: { null: true, notNull: false } }
      IsOutbound: { type: string }
      IsBillable: {}
      WaitTime: { type: double }
      CreatedOn: { type: dateTime }
  DimAgent:
    rows: []
    columns:
      AgentId: { type: string, key: true }
      Name: { type: string }
      BotId: { type: string, dataverse: systemuser.msdyn_botapplicationid }
  DimDate:
    rows: []
    columns:
      Date: { type: dateTime, key: true }
      Year: { type: int64 }
    dateTable: Date
relationships:
  - { from: "FactSession[AgentId]", to: "DimAgent[AgentId]" }
  - { from: "FactSession[CreatedOn]", to: "DimDate[Date]" }
choices:
  closurereason: { 192350000: AgentClosed, 192350001: AgentReject, 192350002: AgentTimeout, 192350010: AgentTransferred }
  state: { 192360000: Open, 192360001: Waiting, 192360002: Closed, 192360009: { label: Wrap-up of old, deprecated: true } }
  status: { 1: Open, 2: Active, 3: Waiting, 4: Closed, 5: Wrap-up, 6: Missed, 7: Conversing }
  eventtype: { 192350001: Hold, 192350003: Mute }
  channel: { 192350000: Entity Records, 192340000: SMS, 192360000: Live chat }
`;

function readModel(): Model {
  const { raw, findings } = readModelFile('file:///contact.daxmodel.yaml', contactFile);
  if (raw === undefined || findings.length > 0) throw new Error(findings.map((it) => it.message).join('\n'));
  const resolved = resolveModel(raw, { model: () => undefined, entitySchema: () => ({ fault: 'not-found' }) });
  return completeModel(resolved.model).model;
}

export const contact: Model = readModel();
