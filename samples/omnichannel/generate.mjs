// Writes the raw Dataverse tables of the sample, as CSV: `node samples/omnichannel/generate.mjs [folder]`.
// Deterministic (a seeded generator, integer arithmetic, UTC only), so the committed files can be made again
// byte for byte. It writes raw tables and nothing else: every fact table is DAX in the two model files.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addOddities } from './generate/oddities.mjs';
import {
  at, below, between, bots, channel, closure, conversationStatus, day, dayCount, eventReason, eventType, firstDay, guid, mode,
  neverOnDuty, onDuty, oneOf, people, permille, queues, quietFrom, quietTo, sessionState, sessionStatus, smsNumbers, stamp, weighted,
} from './generate/world.mjs';

const folder = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), 'dataverse', 'data');

// --- tables -------------------------------------------------------------------------------------------------------

const conversations = [];
const sessions = [];
const participants = [];
const events = [];

function addEvent(participant, type, reason, from, to) {
  events.push({
    msdyn_ocsessionparticipanteventid: guid(), msdyn_sessionid: participant.msdyn_omnichannelsession,
    msdyn_sessionparticipantid: participant.msdyn_sessionparticipantid,
    msdyn_eventtype: type, msdyn_eventreason: reason, msdyn_eventstarttime: from, msdyn_eventendtime: to,
  });
}

function addParticipant(session, agent, modeCode, joined, left, leftReason, active = '', inactive = '') {
  const participant = {
    msdyn_sessionparticipantid: guid(), msdyn_omnichannelsession: session.activityid, msdyn_agentid: agent.id,
    msdyn_mode: modeCode, msdyn_leftonreason: leftReason, msdyn_joinedon: joined, msdyn_lefton: left,
    msdyn_activetime: active, msdyn_inactivetime: inactive,
  };
  participants.push(participant);
  return participant;
}

function addSession(talk, created) {
  const session = {
    activityid: guid(), msdyn_sessionid: `S-${String(sessions.length + 1).padStart(5, '0')}`,
    msdyn_liveworkitemid: talk.id, msdyn_channel: talk.sessionChannel, msdyn_cdsqueueid: '',
    msdyn_sessioncreatedon: created, msdyn_agentassignedon: '', msdyn_agentacceptedon: '', msdyn_sessionclosedon: '',
    msdyn_closurereason: '', msdyn_state: sessionState.active, statuscode: sessionStatus.open,
  };
  sessions.push(session);
  talk.sessions += 1;
  return session;
}

function close(session, when, reason) {
  session.msdyn_sessionclosedon = when;
  session.msdyn_closurereason = reason;
  session.msdyn_state = sessionState.closed;
  session.statuscode = sessionStatus.completed;
  return when;
}

// --- one session --------------------------------------------------------------------------------------------------

/** A bot's session; returns whether a person is wanted next, and when. */
function botSession(talk, created) {
  const bot = talk.voice ? bots[2] : bots[talk.queue === 0 ? 1 : 0];
  const session = addSession(talk, created);
  session.msdyn_agentassignedon = created;
  session.msdyn_agentacceptedon = created + between(1, 2);
  const length = between(30, 260);
  const closed = session.msdyn_agentacceptedon + length;
  const [reason, left, onwards] = weighted([
    [640, [closure.botTransferToAgent, 'BotTransferToAgent', true]],
    [220, [closure.virtualAgentClosed, 'ConversationClosed', false]],
    [90, [closure.customerEndConversation, 'ConversationClosed', false]],
    [30, [closure.botEndConversation, 'ConversationClosed', false]],
    [20, [closure.agentReject, 'AgentReject', true]], // a bot that is out of capacity: rejected, yet no agent session
  ]);
  close(session, closed, reason);
  const participant = addParticipant(session, bot, mode.primary, session.msdyn_agentacceptedon, closed, left, length);
  addEvent(participant, eventType.none, permille(200) ? '' : eventReason.agentInitiated, session.msdyn_agentacceptedon, closed);
  return { onwards, next: closed + between(1, 5), transferred: false };
}

/** Helpers who join a session that a person accepted: consulted colleagues, who may reject too, and monitoring leads. */
function helpers(session, from, to) {
  if (permille(70)) {
    const colleague = oneOf(people);
    const asked = between(from, to - 30);
    if (permille(280)) addParticipant(session, colleague, mode.consult, '', asked + between(4, 25), 'AgentReject');
    else if (permille(120)) addParticipant(session, colleague, mode.consult, '', asked + 30, 'AgentTimeout');
    else {
      const joined = asked + between(3, 20);
      addParticipant(session, colleague, mode.consult, joined, Math.max(joined, to - 5), 'AgentClosed', Math.max(0, to - joined - 5), 0);
    }
  }
  if (permille(20)) addParticipant(session, people[21], mode.monitor, from + 10, to, '', to - from - 10, 0);
  if (permille(8)) addParticipant(session, oneOf(people), mode.preview, '', to, '');
}

/** A person's session; `transferred` says that the previous one handed over. */
function personSession(talk, created, transferred, last) {
  const session = addSession(talk, created);
  session.msdyn_cdsqueueid = queues[talk.queue].queueid;
  talk.firstWait ??= created;
  const wait = between(1, 60) + between(0, 60) + between(0, 60);
  if (permille(last ? 200 : 35)) { // nobody was free
    const end = close(session, created + between(8, 420), weighted([
      [60, closure.customerDisconnect], [25, closure.conversationTimeout], [15, closure.inqueueOverflowEnd]]));
    return { onwards: false, next: end };
  }
  const agent = oneOf(onDuty(talk.queue, created));
  const assigned = created + wait;
  session.msdyn_agentassignedon = assigned;
  const inTransit = (participant) => {
    if (transferred) addEvent(participant, eventType.none, eventReason.inTransit, created, assigned);
  };
  const notAccepted = (seconds, reason, left) => {
    const closed = close(session, assigned + seconds, reason);
    const participant = addParticipant(session, agent, mode.primary, '', closed, left);
    inTransit(participant);
    // an offer that nobody took leaves a bare event, or none
    if (!transferred && permille(600)) addEvent(participant, eventType.none, '', assigned, closed);
    return { onwards: !permille(120), next: closed + between(1, 10), transferred: false };
  };
  if (!last) {
    if (permille(agent.rejects)) return notAccepted(between(3, 30), closure.agentReject, permille(50) ? 'AgentDisconnected' : 'AgentReject');
    if (permille(45)) return notAccepted(between(60, 90), closure.agentTimeout, 'AgentTimeout');
    // the agent rejected, but the system closed the session before it was written down as such
    if (permille(8)) return notAccepted(between(5, 60), closure.systemReject, 'AgentReject');
  }
  const accepted = assigned + between(2, 40);
  const length = between(60, 700) + (talk.voice ? between(0, 400) : between(0, 1100));
  const closed = accepted + length;
  const inactive = talk.voice ? 0 : between(0, Math.trunc(length / 4));
  session.msdyn_agentacceptedon = accepted;
  talk.accepted ??= accepted;
  talk.active += length - inactive;
  talk.inactive += inactive;
  const [reason, left] = last ? [closure.agentEndConversation, 'ConversationClosed'] : weighted([
    [70, [closure.agentTransfered, 'AgentTransfered']],
    [55, [closure.agentTransferToQueue, 'AgentTransferToQueue']],
    [25, [closure.agentDisconnected, 'AgentDisconnected']],
    [8, [closure.supervisorAssignToQueue, 'SupervisorAssignToQueue']],
    [250, [closure.agentClosed, 'AgentClosed']],
    [130, [closure.conversationClosed, 'ConversationClosed']],
    [262, [closure.agentEndConversation, 'ConversationClosed']],
    [160, [closure.customerEndConversation, 'ConversationClosed']],
    [30, [closure.customerDisconnect, 'ConversationClosed']],
    [10, ['', '']], // closed, and nothing says why
  ]);
  close(session, closed, reason);
  const participant = addParticipant(session, agent, mode.primary, accepted, closed, left, length - inactive, inactive);
  inTransit(participant);
  const held = permille(talk.voice ? 330 : 60);
  if (held) {
    const from = between(accepted, accepted + Math.trunc(length / 2));
    const to = Math.min(closed, from + between(10, 180));
    talk.hold += to - from;
    addEvent(participant, eventType.hold, eventReason.agentInitiated, from, to);
  }
  if (transferred) addEvent(participant, eventType.none, eventReason.transferAccepted, assigned, accepted);
  // now and then a held session is left with its hold events alone
  else if (!(held && permille(60))) addEvent(participant, permille(40) ? eventType.transcription : eventType.none, permille(150) ? '' : eventReason.agentInitiated, accepted, closed);
  helpers(session, accepted, closed);
  const handedOver = [closure.agentTransfered, closure.agentTransferToQueue, closure.supervisorAssignToQueue].includes(reason);
  if (handedOver) talk.transfers += 1;
  if (reason === closure.agentTransferToQueue) talk.queue = permille(400) ? 5 : below(queues.length);
  return { onwards: handedOver || reason === closure.agentDisconnected, next: closed + between(1, 8), transferred: handedOver };
}

// --- one conversation ---------------------------------------------------------------------------------------------

function pickChannel() {
  const code = weighted([
    [440, channel.liveChat], [200, channel.voiceCall], [90, channel.whatsApp], [60, channel.facebook], [30, channel.teams],
    [60, channel.sms], [70, channel.entityRecords], [30, channel.apple], [20, channel.custom]]);
  // the conversation's column is multi-select
  if (code === channel.liveChat && permille(40)) return [code, `${code},${oneOf([channel.coBrowse, channel.video])}`];
  if (code === channel.entityRecords && permille(120)) return [code, `${code},${channel.liveChat}`];
  return [code, String(code)];
}

function startConversation(created) {
  const [code, written] = pickChannel();
  const voice = code === channel.voiceCall;
  const outbound = permille(voice ? 150 : code === channel.whatsApp || code === channel.sms ? 120 : 0);
  return {
    id: guid(), created, code, written, voice, outbound, sessions: 0, active: 0, inactive: 0, hold: 0, transfers: 0,
    sessionChannel: permille(6) ? '' : code, // a session now and then does not say its channel
    queue: weighted([[24, 0], [26, 1], [16, 2], [22, 3], [12, 4]]),
    chatty: [channel.liveChat, channel.facebook, channel.whatsApp, channel.teams].includes(code),
  };
}

function finishConversation(talk, end, status, changed, stateReason) {
  const ended = status === conversationStatus.closed || status === conversationStatus.resolved;
  const wrapUp = talk.accepted === undefined || !ended ? '' : between(15, 180);
  const firstWait = talk.accepted === undefined ? '' : talk.accepted - talk.firstWait;
  conversations.push({
    activityid: talk.id, statuscode: status, msdyn_channel: talk.written,
    msdyn_channelinstanceid: talk.code === channel.sms ? oneOf(smsNumbers) : '',
    msdyn_isoutbound: !talk.outbound && permille(10) ? '' : talk.outbound,
    msdyn_isabandoned: ended && talk.firstWait !== undefined && talk.accepted === undefined,
    msdyn_isagentaccepted: talk.accepted !== undefined,
    msdyn_createdon: talk.created, msdyn_firstwaitstartedon: talk.firstWait ?? '',
    msdyn_closedon: ended ? end + (wrapUp === '' ? 0 : wrapUp) : '',
    msdyn_conversationfirstwaittimeinseconds: firstWait,
    msdyn_conversationhandletimeinseconds: talk.accepted === undefined ? '' : talk.active + (wrapUp === '' ? 0 : wrapUp),
    msdyn_conversationholdtimeinseconds: talk.accepted === undefined ? '' : talk.hold,
    msdyn_conversationtalktimeinseconds: talk.accepted === undefined ? '' : talk.active - talk.hold,
    msdyn_conversationwrapuptimeinseconds: wrapUp,
    msdyn_firstresponsetimeinmsadjforoh: firstWait === '' ? '' : firstWait * 1000 + between(2000, 45_000),
    msdyn_transfercount: talk.transfers, msdyn_statuschangereason: changed, msdyn_statereason: stateReason,
    msdyn_cdsqueueid: talk.firstWait === undefined ? '' : queues[talk.queue].queueid,
  });
}

/** A conversation that ran its course: one to five sessions, then closed. */
function conversation(created) {
  const talk = startConversation(created);
  const botFirst = !talk.outbound && permille(talk.chatty ? 620 : talk.voice ? 380 : 0);
  let step = botFirst ? botSession(talk, created) : { onwards: true, next: created, transferred: false };
  while (step.onwards && talk.sessions < 5) step = personSession(talk, step.next, step.transferred, talk.sessions === 4);
  const resolved = talk.code === channel.entityRecords && talk.accepted !== undefined && permille(400);
  const changed = talk.accepted !== undefined ? 192350008 : talk.firstWait === undefined ? 192350013 : 192350012;
  finishConversation(talk, step.next, resolved ? conversationStatus.resolved : conversationStatus.closed, changed, '');
}

const accepting = 'Agent assigned, awaiting acceptance';
const talking = 'In conversation';
const whyOpen = { 2: [192350003, talking], 3: [192350004, 'Awaiting customer response'], 5: [192350005, 'In wrap-up'] };

/** A conversation that the end of the data finds open, in the way `status` and the code and text of its reason say. */
function openConversation(created, status, [changed, reason] = whyOpen[status] ?? []) {
  const talk = startConversation(created);
  talk.outbound = status === conversationStatus.scheduled;
  const session = addSession(talk, created);
  session.msdyn_cdsqueueid = queues[talk.queue].queueid;
  if (status === conversationStatus.scheduled) {
    session.msdyn_state = sessionState.created;
    session.statuscode = sessionStatus.scheduled;
    return finishConversation(talk, created, status, '', 'Scheduled');
  }
  talk.firstWait = created;
  if (status === conversationStatus.open) {
    session.msdyn_state = sessionState.created;
    return finishConversation(talk, created, status, 192350001, 'Awaiting agent assignment');
  }
  const agent = oneOf(onDuty(talk.queue, created));
  session.msdyn_agentassignedon = created + between(2, 60);
  if (changed === 192350002 || reason === accepting) {
    addParticipant(session, agent, mode.primary, '', '', '');
    return finishConversation(talk, created, status, changed, reason);
  }
  session.msdyn_agentacceptedon = session.msdyn_agentassignedon + between(2, 30);
  talk.accepted = session.msdyn_agentacceptedon;
  talk.active = between(60, 600);
  const participant = addParticipant(session, agent, mode.primary, talk.accepted, '', '', talk.active, 0);
  addEvent(participant, eventType.none, eventReason.agentInitiated, talk.accepted, '');
  if (status === conversationStatus.wrapUp) session.msdyn_state = sessionState.wrapUp;
  finishConversation(talk, created, status, changed, reason);
}

// --- the year -----------------------------------------------------------------------------------------------------

const perWeekday = [4, 12, 11, 11, 10, 9, 5]; // Sunday first
const forgotten = at(2025, 3, 4, 10, 12, 30); // a conversation that never closed
for (let index = 0; index < dayCount; index += 1) {
  const midnight = firstDay + index * day;
  const busy = perWeekday[new Date(midnight * 1000).getUTCDay()] ?? 0;
  const season = index >= 304 ? 135 : index >= 181 && index < 243 ? 90 : 100; // busy before the holidays, calmer in summer
  const count = Math.trunc((busy * season) / 100) + between(-1, 1);
  const starts = [];
  for (let n = 0; n < count; n += 1) starts.push(midnight + between(7 * 3600, 20 * 3600));
  if (midnight >= quietFrom && midnight < quietTo) continue; // the centre was closed for a week
  for (const created of starts.sort((a, b) => a - b)) conversation(created);
  if (midnight === forgotten - (forgotten % day)) openConversation(forgotten, conversationStatus.waiting);
}
const lastEvening = at(2025, 12, 31, 21, 0, 0);
[1, 2, 3, 5, 7, 1, 2, 3, 2, 3, 1, 5, 7, 2].forEach((status, n) => openConversation(lastEvening + n * 240 + below(200), status));
// what an open conversation waits for is told by a code, by a text, by both or by neither, and other states have the reasons too
[
  [2, 192350002, accepting], [2, 192350002, ''], [2, '', accepting], [2, 192350003, ''], [2, '', talking], [2, '', ''],
  [3, 192350002, ''], [3, '', accepting], [5, 192350003, ''], [5, '', talking],
].forEach(([status, ...why], n) => openConversation(lastEvening + 3600 + n * 180, status, why));
const { workstreams, extensions } = addOddities(conversations, sessions, participants, events);

// --- files --------------------------------------------------------------------------------------------------------

const isTime = /(?:created|started|closed|assigned|accepted|joined|left)on$|(?:start|end)time$|timestamp$/;
function cell(column, value) {
  if (value === '' || value === undefined) return '';
  const text = typeof value === 'number' && isTime.test(column) ? stamp(value) : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function write(table, rows) {
  const columns = Object.keys(rows[0]);
  const lines = [columns.join(','), ...rows.map((row) => columns.map((column) => cell(column, row[column])).join(','))];
  writeFileSync(join(folder, `${table}.csv`), `${lines.join('\n')}\n`);
}

mkdirSync(folder, { recursive: true });
const user = ({ id, name, bot }) => ({ systemuserid: id, fullname: name, msdyn_botapplicationid: bot, msdyn_usertype: bot === '' ? 192350000 : 192350001 });
write('systemuser', [...people, neverOnDuty, ...bots].map(user));
write('queue', queues.map(({ queueid, name, threshold }) => ({ queueid, name, msdyn_shortabandonedthreshold: threshold })));
write('msdyn_ocliveworkitem', conversations);
write('msdyn_ocsession', sessions);
write('msdyn_sessionparticipant', participants);
write('msdyn_ocsessionparticipantevent', events);
write('msdyn_liveworkstream', workstreams);
write('msdyn_sessionextension', extensions);
