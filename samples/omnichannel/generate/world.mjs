// What the sample's generator draws from: chance, time, codes, people and queues.

// --- chance -----------------------------------------------------------------------------------------------------

/** A stream of unsigned 32-bit integers (mulberry32). */
export function stream(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
const draw = stream(20250101);
const drawId = stream(192350001);
export const below = (n) => draw() % n;
export const between = (low, high) => low + below(high - low + 1);
export const permille = (p) => below(1000) < p;
export const oneOf = (list) => list[below(list.length)];
/** Picks from `[[weight, value], ...]`. */
export function weighted(choices) {
  let left = below(choices.reduce((sum, [weight]) => sum + weight, 0));
  for (const [weight, value] of choices) {
    if (left < weight) return value;
    left -= weight;
  }
  throw new Error('weights ran out');
}
/** A version-4 shaped GUID from its own stream, so that new rows do not shift the behaviour. */
export function guid() {
  const hex = [drawId(), drawId(), drawId(), drawId()].map((n) => n.toString(16).padStart(8, '0')).join('');
  const variant = '89ab'[Number.parseInt(hex[16], 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

// --- time (seconds since 1970, UTC) -------------------------------------------------------------------------------

export const day = 86_400;
export const at = (...ymdhms) => Date.UTC(ymdhms[0], ymdhms[1] - 1, ...ymdhms.slice(2)) / 1000;
export const firstDay = at(2025, 1, 1);
export const dayCount = 365;
export const quietFrom = at(2025, 8, 11);
export const quietTo = at(2025, 8, 18);
export const stamp = (seconds) => `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;

// --- codes (the names are the labels of choices.json) -------------------------------------------------------------

export const closure = {
  agentReject: 192350001, agentTimeout: 192350002, conversationTimeout: 192350003, agentClosed: 192350004,
  conversationClosed: 192350005, agentTransfered: 192350006, agentDisconnected: 192350007,
  virtualAgentClosed: 192350009, agentTransferToQueue: 192350010, supervisorAssignToQueue: 192350011,
  systemReject: 192350013, customerDisconnect: 192350020, agentEndConversation: 192350021,
  customerEndConversation: 192350022, inqueueOverflowEnd: 192350025, botTransferToAgent: 192350026,
  botEndConversation: 192350027,
};
export const mode = { primary: 192350002, consult: 192350003, monitor: 192350004, preview: 192350005 };
export const eventType = { none: 192350000, hold: 192350001, transcription: 192350002 };
export const eventReason = { agentInitiated: 192350000, inTransit: 192350001, transferAccepted: 192350002 };
export const sessionState = { active: 192350001, closed: 192350002, created: 192350003, wrapUp: 192350004 };
export const sessionStatus = { open: 1, completed: 2, canceled: 3, scheduled: 4 };
export const conversationStatus = { open: 1, active: 2, waiting: 3, closed: 4, wrapUp: 5, resolved: 6, scheduled: 7 };
export const channel = {
  entityRecords: 192350000, teams: 19241000, whatsApp: 192300000, facebook: 192330000, sms: 192340000,
  custom: 192350002, liveChat: 192360000, video: 192380000, coBrowse: 192390000, voiceCall: 192440000,
  apple: 192450000,
};

// --- people, bots, queues -----------------------------------------------------------------------------------------

export const queues = [
  ['Billing', 60], ['Orders', 60], ['Returns', 90], ['Technical support', 90], ['Accounts', 45], ['Escalations', 30],
].map(([name, threshold]) => ({ queueid: guid(), name, threshold }));

// [name, index of the home queue, rejects in a thousand offers]; two people share the name Sam Rivera
export const people = [
  ['Amara Okafor', 0, 40], ['Bruno Costa', 0, 75], ['Chen Wei', 0, 25], ['Dilara Kaya', 0, 130],
  ['Elif Demir', 1, 60], ['Farid Haddad', 1, 90], ['Grace Kim', 1, 15], ['Henrik Larsen', 1, 110],
  ['Ines Moreau', 2, 80], ['Jonas Weber', 2, 45], ['Keiko Tanaka', 2, 20], ['Sam Rivera', 2, 160],
  ['Luca Romano', 3, 95], ['Maya Patel', 3, 55], ['Nikolai Petrov', 3, 140], ['Oluchi Eze', 3, 30],
  ['Paula Nowak', 3, 70], ['Quentin Blanc', 4, 35], ['Rosa Jimenez', 4, 85], ['Sam Rivera', 4, 20],
  ['Tariq Aziz', 4, 120], ['Uma Krishnan', 5, 50], ['Viktor Horak', 5, 10], ['Wanjiru Mwangi', 5, 0],
].map(([name, queue, rejects]) => ({ id: guid(), name, queue, rejects, bot: '' }));
export const neverOnDuty = { id: guid(), name: 'Yusuf Celik', bot: '' };
export const bots = ['Order helper', 'Billing helper', 'Voice menu'].map((name) => ({ id: guid(), name, bot: guid() }));
// people who left in spring and whose systemuser rows are gone: their participants are orphans
export const departed = [{ id: guid(), queue: 1, rejects: 100, until: at(2025, 4, 1) }, { id: guid(), queue: 3, rejects: 60, until: at(2025, 5, 1) }];
export const onDuty = (queue, when) => [...people, ...departed].filter((person) => person.queue === queue && when < (person.until ?? Infinity));
export const smsNumbers = [guid(), guid()];
