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
      SessionId: { type: string, key: true, dataverse: msdyn_ocsession.msdyn_sessionid }
      AgentId: { type: string }
      Closurereason: { type: string, choice: closurereason, dataverse: msdyn_ocsession.msdyn_closurereason }
      StateCode: { type: int64, choice: state, dataverse: msdyn_ocsession.msdyn_state }
      StatusCode: { type: int64, choice: status }
      EventType: { type: string, choice: eventtype }
      Channels: { type: string, choice: channel, multiSelect: true }
      ChannelId: { type: string, choice: channel }
      BotId: { type: string, nulls: { null: a person, notNull: a bot } }
      OldState: { type: int64, deprecated: true }
      IsAgentSession: { type: boolean, dataverse: systemuser.msdyn_botapplicationid, nulls: { null: true, notNull: false } }
      IsOutbound: { type: string }
      IsAccepted: { type: boolean, dataverse: msdyn_ocliveworkitem.msdyn_isagentaccepted }
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

/** Dataverse metadata that a model may import: `dataverse: schema.json`. */
export const metadataFile = JSON.stringify({
  entities: {
    msdyn_ocsession: {
      attributes: [
        { attribute: 'msdyn_sessionid', type: 'String(100)' },
        { attribute: 'msdyn_closurereason', type: 'Picklist', choice: 'closurereason' },
        { attribute: 'msdyn_state', type: 'Picklist', choice: 'state', deprecated: true },
        { attribute: 'msdyn_agentacceptedon', type: 'DateTime' },
      ],
    },
    msdyn_ocliveworkitem: {
      attributes: [
        { attribute: 'statuscode', type: 'Status', choice: 'status' },
        { attribute: 'msdyn_channel', type: 'MultiSelectPicklist', choice: 'channel' },
        { attribute: 'msdyn_isagentaccepted', type: 'Boolean' },
      ],
    },
    msdyn_sessionparticipant: { attributes: [{ attribute: 'msdyn_joinedon', type: 'DateTime' }, { attribute: 'msdyn_activetime', type: 'Integer' }] },
    systemuser: { attributes: [{ attribute: 'msdyn_botapplicationid', type: 'String(100)' }] },
  },
});

function readModel(): Model {
  const { raw, findings } = readModelFile('file:///contact.daxmodel.yaml', contactFile);
  if (raw === undefined || findings.length > 0) throw new Error(findings.map((it) => it.message).join('\n'));
  const resolved = resolveModel(raw, { model: () => undefined, entitySchema: () => ({ fault: 'not-found' }) });
  return completeModel(resolved.model).model;
}

export const contact: Model = readModel();
