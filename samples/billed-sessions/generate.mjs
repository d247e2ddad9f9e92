// Writes the bot's raw log, as CSV: `node samples/billed-sessions/generate.mjs [folder]`.
// Deterministic (a seeded generator, integer arithmetic, UTC only), so the committed files can be made again byte for
// byte. It writes what was said and what ran, and nothing else: sessions are cut by the rules in the model file.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), 'data');

// --- chance -----------------------------------------------------------------------------------------------------

let state = 20230401;
/** An unsigned 32-bit integer (mulberry32). */
function draw() {
  state = (state + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
  return (mixed ^ (mixed >>> 14)) >>> 0;
}
const below = (n) => draw() % n;
const between = (low, high) => low + below(high - low + 1);
const percent = (p) => below(100) < p;
const oneOf = (list) => list[below(list.length)];
function weighted(choices) {
  let left = below(choices.reduce((sum, [weight]) => sum + weight, 0));
  for (const [weight, value] of choices) {
    if (left < weight) return value;
    left -= weight;
  }
  throw new Error('weights ran out');
}

// --- time (seconds since 1970, UTC) -------------------------------------------------------------------------------

const minute = 60;
const hour = 3600;
const day = 86_400;
const firstDay = Date.UTC(2023, 0, 1) / 1000;
const dayCount = 89;
/** The log ends in the evening of its last day. */
const lastMoment = firstDay + (dayCount - 1) * day + 18 * hour;
const stamp = (seconds) => `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;

// --- bots, conversations, messages --------------------------------------------------------------------------------

const bots = [['shop', 'Shop assistant', 'Dataverse'], ['hr', 'HR helper', 'Dataverse for Teams'], ['it', 'IT desk', 'Dataverse']];
/** What a tenant has bought, by month. */
const capacity = [['2023-01-01', 400], ['2023-02-01', 400], ['2023-03-01', 600]];
const topics = {
  shop: ['Store hours', 'Order status', 'Return an item', 'Gift cards'], hr: ['Log vacation days', 'Payslip', 'Parental leave'], it: ['Reset password', 'Order a laptop', 'VPN'],
};
/** Topics whose flow runs over a premium connector; those of `flows` run one over standard connectors. */
const premium = new Set(['Order status', 'Order a laptop']);
const flows = new Set(['Log vacation days', 'Payslip', 'Reset password']);

const conversations = [];
const messages = [];

function conversation({ id, bot = 'shop', channel = 'Web', isTest = false }) {
  const own = id ?? `c${String(conversations.length + 1).padStart(5, '0')}`;
  conversations.push([own, bot, channel, `user-${String(between(1, 400)).padStart(3, '0')}`, isTest]);
  let now = 0;
  const say = (after, sender, { event = 'message', topic = '', kind = '', connector = '', skill = false, answer = '', score = '' } = {}) => {
    now += after;
    messages.push({ at: now, own, row: [sender, event, topic, kind, connector, skill ? 'true' : '', answer, score] });
  };
  return {
    at: (moment) => { now = moment; },
    user: (after, what) => say(after, 'user', what),
    bot: (after, what) => say(after, 'bot', what),
    get now() { return now; },
  };
}

/** A topic with its exchanges: the user's words fire it, the bot's answer runs its flow. */
function topicOf(it, topic, { exchanges = between(1, 4), connector = premium.has(topic) ? 'premium' : flows.has(topic) ? 'standard' : '', skill = false, pause = () => between(15, 150) } = {}) {
  it.user(pause(), { topic, kind: 'user' });
  it.bot(between(1, 4), { topic, connector, skill });
  for (let i = 1; i < exchanges; i++) {
    it.user(pause(), { topic });
    it.bot(between(1, 4), { topic });
    if (percent(25)) it.bot(1, { topic });
  }
}
const greet = (it, what = {}) => it.bot(0, { topic: 'Greeting', kind: 'system', ...what });
function escalate(it) {
  it.user(between(10, 60), { topic: 'Escalate', kind: 'system' });
  it.bot(2, { event: 'handoff', topic: 'Escalate' });
}
function survey(it) {
  it.bot(1, { event: 'survey', topic: 'End of Conversation' });
  if (percent(55)) it.user(between(5, 60), { topic: 'End of Conversation', score: weighted([[8, 1], [9, 2], [18, 3], [35, 4], [30, 5]]) });
}
/** How a conversation with a topic ends. */
function finish(it) {
  const way = weighted([[26, 'yes'], [10, 'no'], [22, 'silent'], [12, 'confirmed'], [14, 'escalated'], [16, 'left']]);
  if (way === 'escalated') return escalate(it);
  if (way === 'confirmed') {
    it.user(between(5, 60), { topic: 'Confirmed Success', kind: 'system' });
    it.bot(1, { topic: 'Confirmed Success' });
    if (percent(60)) survey(it);
  } else if (way !== 'left') {
    it.bot(between(1, 3), { topic: 'End of Conversation', kind: 'system' });
    if (way !== 'silent') {
      it.user(between(5, 90), { topic: 'End of Conversation', answer: way });
      it.bot(1, { topic: 'End of Conversation' });
      if (way === 'yes' ? percent(70) : percent(40)) survey(it);
      else if (way === 'no' && percent(40)) return escalate(it);
    }
  }
  if (percent(12)) it.user(between(5, 120), { event: 'end' });
}

// --- what happens -------------------------------------------------------------------------------------------------

const talks = {
  topics(it, bot) {
    greet(it);
    for (let i = between(1, 3); i > 0; i--) topicOf(it, oneOf(topics[bot]));
    finish(it);
  },
  greeting(it) {
    greet(it);
    if (percent(50)) it.user(between(3, 60), { topic: 'Greeting', kind: 'system' });
    if (percent(30)) it.bot(2, { topic: 'Greeting' });
  },
  direct(it) {
    greet(it);
    escalate(it);
  },
  flow(it, bot) {
    greet(it, { connector: percent(50) ? 'standard' : 'premium' });
    if (percent(70)) topicOf(it, oneOf(topics[bot]));
    finish(it);
  },
  skill(it, bot) {
    greet(it);
    it.user(between(5, 60), { topic: 'Greeting' });
    it.bot(2, { topic: 'Booking skill', skill: true });
    if (percent(50)) topicOf(it, oneOf(topics[bot]), { skill: percent(40) });
    finish(it);
  },
  /** Longer than an hour, never silent for half of one. */
  long(it, bot) {
    greet(it);
    for (const end = it.now + between(65, 150) * minute; it.now < end;) topicOf(it, oneOf(topics[bot]), { pause: () => between(2, 19) * minute });
    finish(it);
  },
  /** Comes back after a silence, to a topic or just with a word. */
  back(it, bot) {
    talks.topics(it, bot);
    it.user(between(31, 600) * minute, percent(50) ? { topic: 'Greeting', kind: 'system' } : { topic: oneOf(topics[bot]), kind: 'user' });
    it.bot(2);
    if (percent(50)) topicOf(it, oneOf(topics[bot]));
  },
  /** The bot reminds, which is no message that it received. */
  reminded(it, bot) {
    greet(it);
    topicOf(it, oneOf(topics[bot]));
    it.bot(between(15, 28) * minute, { topic: 'Reminder' });
    it.user(between(4, 20) * minute, percent(40) ? { topic: oneOf(topics[bot]), kind: 'user' } : {});
    it.bot(2);
  },
  turns(it, bot) {
    greet(it);
    topicOf(it, oneOf(topics[bot]), { exchanges: between(101, 118), pause: () => between(8, 25) });
    finish(it);
  },
};

function everyday() {
  for (let i = 0; i < 1480; i++) {
    const [bot, channel] = weighted([[52, ['shop', 'Web']], [8, ['shop', 'Teams']], [22, ['hr', 'Teams']], [13, ['it', 'Teams']], [5, ['it', 'Web']]]);
    const it = conversation({ bot, channel, isTest: percent(5) });
    // More in March than before, and little at weekends.
    let date = between(0, dayCount - 1);
    if (date < 59 && percent(25)) date = between(59, dayCount - 1);
    if ((date + 6) % 7 > 4 && percent(70)) date = Math.max(0, date - 2);
    it.at(firstDay + date * day + between(6 * hour, 21 * hour));
    const talk = weighted([[54, 'topics'], [16, 'greeting'], [5, 'direct'], [6, 'flow'], [6, 'skill'], [3, 'long'], [6, 'back'], [4, 'reminded'], [0, 'turns']]);
    talks[talk](it, bot);
  }
  for (let i = 0; i < 9; i++) {
    const it = conversation({ bot: 'shop' });
    it.at(firstDay + (4 + i * 9) * day + 9 * hour);
    talks.turns(it, 'shop');
  }
}

/** The scenarios of the published table and the bounds of the rules, each a conversation with a name of its own. */
function namedOnes() {
  let next = firstDay + 10 * day + 2 * hour;
  const named = (id, what, play) => {
    const it = conversation({ id, ...what });
    it.at((next += 2 * day + hour));
    play(it);
  };
  const hours = { topic: 'Store hours', kind: 'user' };
  named('scenario 1', { bot: 'hr', channel: 'Teams' }, (it) => { greet(it); topicOf(it, 'Log vacation days', { exchanges: 2 }); });
  named('scenario 1 premium', { bot: 'hr', channel: 'Teams' }, (it) => { greet(it); topicOf(it, 'Log vacation days', { exchanges: 2, connector: 'premium' }); });
  named('scenario 1 web', { bot: 'it', channel: 'Web' }, (it) => { greet(it); topicOf(it, 'Reset password', { exchanges: 2 }); });
  named('scenario 1 not in Teams', { bot: 'hr' }, (it) => { greet(it); topicOf(it, 'Log vacation days', { exchanges: 2 }); });
  named('scenario 2', {}, (it) => { greet(it); escalate(it); });
  named('scenario 2 silent', {}, (it) => greet(it));
  named('scenario 3', {}, (it) => { greet(it); it.user(9, { topic: 'Greeting' }); it.bot(2, { topic: 'Booking skill', skill: true }); });
  named('scenario 4', {}, (it) => { greet(it, { connector: 'standard' }); it.user(12); it.bot(2); });
  named('scenario 1 and 4', { bot: 'hr', channel: 'Teams' }, (it) => { greet(it, { connector: 'standard' }); it.user(12); it.bot(2); });
  named('scenario 5', {}, (it) => { greet(it); topicOf(it, 'Store hours', { exchanges: 2 }); });
  named('test chat', { isTest: true }, (it) => { greet(it); topicOf(it, 'Order status', { exchanges: 2 }); });
  named('idle 30:00', {}, (it) => { it.user(0, hours); it.user(30 * minute, hours); });
  named('idle 30:01', {}, (it) => { it.user(0, hours); it.user(30 * minute + 1, hours); });
  named('idle 30:01 without topic', {}, (it) => { it.user(0, hours); it.user(30 * minute + 1, { topic: 'Greeting', kind: 'system' }); it.bot(1); });
  named('idle of the user', {}, (it) => { it.user(0, hours); it.bot(20 * minute, { topic: 'Reminder' }); it.user(11 * minute, hours); });
  named('length 60:00', {}, (it) => { it.user(0, hours); it.user(29 * minute, hours); it.user(29 * minute, hours); it.user(2 * minute, hours); });
  named('length 60:01', {}, (it) => { it.user(0, hours); it.user(29 * minute, hours); it.user(29 * minute, hours); it.user(2 * minute + 1, hours); });
  named('length without topic', {}, (it) => { it.user(0, hours); it.user(29 * minute); it.user(29 * minute); it.bot(2 * minute + 1); it.user(minute); });
  named('turn 100', {}, (it) => { topicOf(it, 'Gift cards', { exchanges: 100, pause: () => 20 }); });
  named('turn 101', {}, (it) => { topicOf(it, 'Gift cards', { exchanges: 101, pause: () => 20 }); });
  named('turn 101 with topic', {}, (it) => { topicOf(it, 'Gift cards', { exchanges: 100, pause: () => 20 }); topicOf(it, 'Store hours', { exchanges: 2 }); });
  named('ended', {}, (it) => { it.user(0, hours); it.bot(2); it.user(30, { event: 'end' }); it.user(60, { topic: 'Greeting', kind: 'system' }); it.user(60, hours); });
  named('silent and long', {}, (it) => { it.user(0, hours); it.user(25 * minute); it.user(20 * minute); it.user(35 * minute); });
  named('midnight', {}, (it) => { it.at(firstDay + 50 * day - 5 * minute); it.user(0, hours); it.user(10 * minute, hours); });
  named('visit 30:00', {}, (it) => { greet(it); it.user(30 * minute, { topic: 'Greeting', kind: 'system' }); });
  named('visit 30:01', {}, (it) => { greet(it); it.user(30 * minute + 1, { topic: 'Greeting', kind: 'system' }); });
  named('back after a person', {}, (it) => { greet(it); it.user(9, hours); escalate(it); it.user(5 * minute, hours); it.bot(2); });
  named('transfer in a topic', {}, (it) => { greet(it); it.user(9, hours); it.bot(2, { topic: 'Store hours', event: 'handoff' }); });
  named('no person there', {}, (it) => { greet(it); it.user(9, { topic: 'Escalate', kind: 'system' }); it.bot(2, { topic: 'Escalate' }); });
  named('several surveys', {}, (it) => {
    greet(it);
    for (const score of [5, 2]) {
      topicOf(it, 'Store hours', { exchanges: 1 });
      it.bot(1, { event: 'survey', topic: 'End of Conversation' });
      it.user(10, { topic: 'End of Conversation', score });
    }
  });
}

everyday();
namedOnes();

// --- files --------------------------------------------------------------------------------------------------------

const csv = (header, rows) => `${[header, ...rows].map((row) => row.join(',')).join('\n')}\n`;
const inTime = messages.map((it, i) => [it, i]).filter(([it]) => it.at <= lastMoment).sort(([a, i], [b, j]) => a.at - b.at || i - j).map(([it]) => it);
const seen = new Set(inTime.map((it) => it.own));
mkdirSync(folder, { recursive: true });
const write = (name, header, rows) => writeFileSync(join(folder, name), csv(header, rows));
write('bots.csv', ['BotId', 'Name', 'StoredIn'], bots);
write('capacity.csv', ['Month', 'Sessions'], capacity);
write('conversations.csv', ['ConversationId', 'BotId', 'Channel', 'UserId', 'IsTestChat'], conversations.filter(([id]) => seen.has(id)));
write('messages.csv', ['MessageId', 'ConversationId', 'SentAt', 'Sender', 'Event', 'Topic', 'TopicKind', 'Connector', 'Skill', 'Answer', 'Score'],
  inTime.map(({ at, own, row }, i) => [i + 1, own, stamp(at), ...row]));
