// Models for the editor's features; first a small contact centre: four sessions, three agents in two teams.

/** Sessions by team: Berlin 3, Paris 1; rejected: Berlin 1, Paris 1. */
export const contact = `//- /contact.daxmodel.yaml
name: contact
tables:
  FactSession:
    rows:
      - { SessionId: s1, Reason: "192350001", AgentId: a1, Duration: 30, Agent Session: true }
      - { SessionId: s2, Reason: "192350001", AgentId: a2, Duration: 60, Agent Session: true }
      - { SessionId: s3, Reason: "192350002", AgentId: a1, Duration: 90, Agent Session: false }
      - { SessionId: s4, Reason: null, AgentId: a3, Duration: 120, Agent Session: true }
    columns:
      SessionId: { type: string, key: true, dataverse: msdyn_ocsession.msdyn_sessionid }
      Reason: { type: string, choice: closure_reason, dataverse: msdyn_ocsession.msdyn_closurereason, description: Why it ended }
      AgentId: { type: string }
      Duration: { type: int64 }
      Agent Session: { type: boolean }
  Dim Agent:
    rows:
      - { AgentId: a1, Name: Ann, Team: Berlin, Mode: 192350001 }
      - { AgentId: a2, Name: Bo, Team: Paris, Mode: 192350000 }
      - { AgentId: a3, Name: Cy, Team: Berlin, Mode: 192350000 }
    columns:
      AgentId: { type: string, key: true }
      Name: { type: string }
      Team: { type: string }
      Mode: { type: int64, choice: mode }
relationships:
  - { from: "FactSession[AgentId]", to: "'Dim Agent'[AgentId]" }
choices:
  closure_reason:
    192350001: { label: AgentReject }
    192350002: { label: AgentTimeout }
  mode:
    192350000: { label: Primary }
    192350001: { label: Consult }
`;

/** A model with one table `T`, in which `Amount` has one value. */
export const modelOfOneRow = (name: string, amount: number): string =>
  `//- /${name}.daxmodel.yaml\nname: ${name}\ntables:\n  T:\n    rows: [{ Amount: ${amount} }]\n`;
