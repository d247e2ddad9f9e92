// The sample workspace: a small contact centre, the same on every machine. One metric has a wrong code, to be mended.

export interface SampleFile {
  /** Below the sample's folder, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** The folder's name, which the window's title shows. */
export const sampleName = 'contact-centre';
export const metricsPath = 'sessions.dax';

/** In the metric that is to be repaired: a digit is missing. */
export const wrongCode = '"19235001"';
/** The metric to repair, then to pin. */
export const brokenMetric = 'Sessions rejected';

export const sampleFiles = (): readonly SampleFile[] => [
  { path: 'contact-centre.daxmodel.yaml', text: model },
  { path: metricsPath, text: metrics },
  { path: 'data/agents.csv', text: csv([['AgentId', 'Name', 'Team'], ...agents]) },
  { path: 'data/sessions.csv', text: csv(sessions()) },
];

const model = `# Which tables there are, where their rows come from, and what their codes mean.
name: contact centre
tables:
  FactSession:
    description: Sessions of customers, one row each.
    source: data/sessions.csv
    columns:
      SessionId:      { type: string, key: true }
      AgentId:        { type: string }
      ChannelId:      { type: string, choice: channel }
      Closurereason:  { type: string, choice: closure reason }
      IsAgentSession: { type: boolean, description: "TRUE where a person was asked, FALSE where a bot was." }
      Date:           { type: dateTime }
      WaitSeconds:    { type: int64 }
  DimAgent:
    description: People who take sessions.
    source: data/agents.csv
    columns:
      AgentId: { type: string, key: true }
      Name:    { type: string }
      Team:    { type: string }
  DimDate:
    description: The days of the sessions.
    dax: CALENDAR(DATE(2025, 1, 1), DATE(2025, 3, 31))
    dateTable: Date
    columns:
      Date: { type: dateTime, key: true }
relationships:
  - { from: "FactSession[AgentId]", to: "DimAgent[AgentId]" }
  - { from: "FactSession[Date]", to: "DimDate[Date]" }
choices:
  closure reason:
    192350001: { label: AgentReject }
    192350002: { label: AgentTimeout }
    192350004: { label: AgentClosed }
    192350009: { label: VirtualAgentClosed }
  channel:
    192360000: { label: Live chat }
    192370000: { label: Voice }
`;

const metrics = `/// Sessions that people were asked to take.
/// @format #,0
/// @expect 480
Sessions offered = CALCULATE(
    COUNTROWS(FactSession),
    FactSession[IsAgentSession]
)

/// Those that they rejected.
/// @format #,0
${brokenMetric} = CALCULATE(
    COUNTROWS(FactSession),
    FactSession[Closurereason] = ${wrongCode}
)

/// The share of them.
/// @format 0.0%
Rejected rate = DIVIDE(
    [Sessions rejected],
    [Sessions offered]
)

/// How long customers wait, in seconds.
/// @format #,0.0
Mean wait = AVERAGE(FactSession[WaitSeconds])
`;

const agents: readonly (readonly string[])[] = [
  ['A1', 'Amara Okafor', 'North'], ['A2', 'Ben Larsen', 'North'], ['A3', 'Chiara Rossi', 'North'],
  ['A4', 'Dev Patel', 'South'], ['A5', 'Elena Novak', 'South'], ['A6', 'Farid Haddad', 'South'],
];

const csv = (rows: readonly (readonly string[])[]): string => rows.map((it) => `${it.join(',')}\n`).join('');

/** Six hundred sessions; every fifth is a bot's, and of the others every fifth is rejected, some more often than others. */
function sessions(): readonly (readonly string[])[] {
  const below = draws(192350001);
  const rows: (readonly string[])[] = [['SessionId', 'AgentId', 'ChannelId', 'Closurereason', 'IsAgentSession', 'Date', 'WaitSeconds']];
  for (let i = 1; i <= 600; i++) {
    const isBot = i % 5 === 0;
    const reason = isBot ? '192350009' : oneOf(below, rejectedEvery[i % 5] ?? 5) ? '192350001' : oneOf(below, 8) ? '192350002' : '192350004';
    const day = Math.floor(((i - 1) * 90) / 600);
    const date = new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10);
    rows.push([
      `S-${String(i).padStart(4, '0')}`, isBot ? '' : `A${String(1 + below(6))}`, below(10) < 7 ? '192360000' : '192370000', reason,
      isBot ? 'false' : 'true', date, isBot ? '' : String(5 + below(120)),
    ]);
  }
  return rows;
}

const rejectedEvery = [0, 4, 5, 6, 5];
const oneOf = (below: (n: number) => number, n: number): boolean => below(n) === 0;

/** Whole numbers from a seed (mulberry32). */
function draws(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
