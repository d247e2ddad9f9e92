// A model of a contact centre and a `.dax` file of metrics over it, of any length: counts with codes, rates of other
// metrics, variables, shares, comparisons with the year before, totals that add up metrics of metrics.
import { randomFrom } from './random.mjs';

/** Codes of the model's choices; each column has its own. */
const codes = {
  reason: ['192350001', '192350002', '192350003', '192350006', '192350010'],
  channel: ['192340000', '192360000', '192390000', '192400000'],
  status: ['1', '2', '3', '4', '5'],
};

const model = `name: centre
tables:
  FactSession:
    source: data/FactSession.csv
    columns:
      SessionId: { type: string, key: true }
      ConversationId: { type: string }
      AgentId: { type: string }
      QueueId: { type: string }
      StartedOn: { type: dateTime }
      Reason: { type: string, choice: reason }
      Channel: { type: string, choice: channel }
      Status: { type: int64, choice: status }
      IsAgentSession: { type: boolean }
      IsOutbound: { type: boolean }
      HandleSeconds: { type: double }
      WaitSeconds: { type: int64 }
  DimAgent:
    source: data/DimAgent.csv
    columns: { AgentId: { type: string, key: true }, Name: { type: string }, Team: { type: string }, IsBot: { type: boolean } }
  DimQueue:
    source: data/DimQueue.csv
    columns: { QueueId: { type: string, key: true }, Queue: { type: string }, Target: { type: int64 } }
  DimDate:
    source: data/DimDate.csv
    dateTable: Date
    columns: { Date: { type: dateTime, key: true }, Month: { type: string }, Year: { type: int64 } }
relationships:
  - { from: "FactSession[AgentId]", to: "DimAgent[AgentId]" }
  - { from: "FactSession[QueueId]", to: "DimQueue[QueueId]" }
  - { from: "FactSession[StartedOn]", to: "DimDate[Date]" }
choices:
  reason:
${choice(codes.reason, ['AgentReject', 'AgentTimeout', 'AgentDisconnected', 'AgentTransferredToAgent', 'AgentTransferredToQueue'])}
  channel:
${choice(codes.channel, ['Entity records', 'Live chat', 'Custom', 'Voice call'])}
  status:
${choice(codes.status, ['Open', 'Active', 'Waiting', 'Closed', 'Wrap-up'])}
`;

function choice(list, labels) {
  return list.map((code, i) => `    ${code}: { label: ${labels[i]} }`).join('\n');
}

/** Rows enough that each code occurs. */
const sessions = Array.from({ length: 300 }, (_, i) => [
  `s${i}`, `c${i % 200}`, `a${i % 5}`, `q${i % 3}`, `2025-01-${String(1 + (i % 28)).padStart(2, '0')}`, at(codes.reason, i), at(codes.channel, i),
  at(codes.status, i), i % 4 !== 0, i % 7 === 0, (i % 90) * 7.5, i % 300,
].join(','));

function at(list, i) {
  return list[i % list.length];
}

const data = {
  'FactSession.csv': `SessionId,ConversationId,AgentId,QueueId,StartedOn,Reason,Channel,Status,IsAgentSession,IsOutbound,HandleSeconds,WaitSeconds\n${sessions.join('\n')}\n`,
  'DimAgent.csv': `AgentId,Name,Team,IsBot\n${['a0,Sam Rivera,Returns,false', 'a1,Dilara Kaya,Returns,false', 'a2,Wanjiru Mwangi,Sales,false', 'a3,Yusuf Celik,Sales,false', 'a4,Frontdesk,Bots,true'].join('\n')}\n`,
  'DimQueue.csv': 'QueueId,Queue,Target\nq0,Returns,30\nq1,Sales,45\nq2,Technical support,60\n',
  'DimDate.csv': `Date,Month,Year\n${Array.from({ length: 31 }, (_, i) => `2025-01-${String(i + 1).padStart(2, '0')},2025-01,2025`).join('\n')}\n`,
};

const subjects = ['Sessions', 'Conversations', 'Offers', 'Transfers', 'Callbacks', 'Escalations', 'Handovers', 'Follow-ups'];
const states = ['rejected', 'timed out', 'accepted', 'closed', 'on hold', 'abandoned', 'reopened', 'in wrap-up', 'transferred'];
const where = ['of voice', 'of chat', 'of returns', 'at night', 'of bots', 'of new agents', 'in queue', 'of partners'];

/**
 * A definition with its comment and the blank line below it: where its name stands, and from where on its text is its own.
 *
 * @typedef {{ readonly name: string, readonly reads: readonly string[], readonly text: string, readonly nameAt: number, readonly bodyAt: number }} Block
 */

/**
 * @param {{ lines: number, seed: number }} options
 * @returns the blocks of the file, in order, and the other files of its workspace by path
 */
export function metricsFile({ lines, seed }) {
  const random = randomFrom(seed);
  /** @type {Block[]} */
  const blocks = [];
  const counts = [];
  const rates = [];
  const used = new Set();
  let length = 0;
  while (length < lines) {
    const base = `${random.pick(subjects)} ${random.pick(states)} ${random.pick(where)}`;
    let name = base;
    for (let i = 2; used.has(name); i++) name = `${base} ${i}`;
    used.add(name);
    const kinds = counts.length < 8 ? ['count'] : rates.length < 4 ? ['count', 'rate'] : ['count', 'count', 'rate', 'rate', 'share', 'variables', 'year', 'total'];
    const kind = random.pick(kinds);
    // No two metrics say the same.
    let { body, reads } = write(kind, random, counts, rates);
    while (used.has(body)) ({ body, reads } = write(kind, random, counts, rates));
    used.add(body);
    const above = docs(random, name);
    const head = `${above}${name} =\n`;
    // One in fifty has a slip: a name that is not there, of a metric or a column.
    const slip = random.chance(0.02);
    const text = `${head}${slip ? body.replace(/\](?!.*\])/s, 's]') : body}\n\n`;
    const isCount = reads.length === 0;
    (isCount ? counts : rates).push(name);
    blocks.push({ name, reads, text, nameAt: above.length, bodyAt: head.length });
    length += text.split('\n').length - 1;
  }
  const files = { 'centre.daxmodel.yaml': model, 'dax-metrics.json': '{}\n' };
  for (const [file, text] of Object.entries(data)) files[`data/${file}`] = text;
  return { blocks, files };
}

function docs(random, name) {
  const lines = [`/// ${name}, as the monthly report counts them.`];
  if (random.chance(0.3)) lines.push('/// Sessions without an agent are left out, and so are those of the entity records channel.');
  lines.push(`/// @format ${random.pick(['#,0', '0.0%', '#,0.0', '0.00'])}`);
  return `${lines.join('\n')}\n`;
}

/** Two conditions, on different columns. */
function conditions(random) {
  const first = random.below(codes.reason.length - 1);
  const all = [
    `FactSession[Reason] IN { "${codes.reason[first]}", "${codes.reason[first + 1]}" }`,
    `FactSession[Channel] = "${random.pick(codes.channel)}"`,
    `FactSession[Status] <> ${random.pick(codes.status)}`,
    `FactSession[WaitSeconds] > ${random.below(300)}`,
    `DimQueue[Target] <= ${10 + random.below(90)}`,
  ];
  const one = random.below(all.length);
  return [all[one], all[(one + 1 + random.below(all.length - 1)) % all.length]];
}

function write(kind, random, counts, rates) {
  // Most metrics read a metric that stands near: pages are written topic by topic.
  const near = (list) => list[Math.max(0, list.length - 1 - random.below(random.chance(0.9) ? 30 : list.length))];
  const [a, b, c] = [near(counts), near(counts), near(rates) ?? near(counts)];
  switch (kind) {
    case 'count': {
      const [one, other] = conditions(random);
      return {
        reads: [],
        body: `    -- each session counts once\n    CALCULATE (\n        ${random.pick(['DISTINCTCOUNT ( FactSession[SessionId] )', 'COUNTROWS ( FactSession )', 'SUM ( FactSession[HandleSeconds] )', 'AVERAGE ( FactSession[WaitSeconds] )'])},\n        FactSession[IsAgentSession],\n        ${one},\n        KEEPFILTERS ( ${other} )\n    )`,
      };
    }
    case 'rate':
      return { reads: [a, b], body: `    DIVIDE (\n        IF ( ISBLANK ( [${a}] ), 0, [${a}] ),\n        [${b}]\n    )` };
    case 'share':
      return { reads: [a], body: `    VAR part = [${a}]\n    VAR whole = CALCULATE ( [${a}], REMOVEFILTERS ( DimAgent[Team], DimAgent[Name] ) )\n    RETURN DIVIDE ( part, whole )` };
    case 'variables':
      return {
        reads: [a, c],
        body: `    VAR latest = MAX ( DimDate[Date] )\n    VAR perQueue =\n        ADDCOLUMNS (\n            VALUES ( DimQueue[Queue] ),\n            "@count", [${a}],\n            "@rate", [${c}]\n        )\n    VAR busy = FILTER ( perQueue, [@count] > ${1 + random.below(50)} && NOT ISBLANK ( [@rate] ) )\n    RETURN IF ( ISBLANK ( latest ), BLANK (), AVERAGEX ( busy, [@rate] ) * ${1 + random.below(9)} )`,
      };
    case 'year':
      return { reads: [c], body: `    VAR now = [${c}]\n    VAR before = CALCULATE ( [${c}], SAMEPERIODLASTYEAR ( DimDate[Date] ) )\n    RETURN DIVIDE ( now - before, before ) + ${random.below(5)}` };
    default:
      return {
        reads: [a, b, c],
        body: `    SUMX (\n        VALUES ( DimAgent[Team] ),\n        SWITCH (\n            TRUE (),\n            [${a}] > ${random.below(100)}, [${b}] + [${c}], // what was counted twice\n            [${a}] + ${random.below(10)}\n        )\n    )`,
      };
  }
}
