// What real rows have and the course of a conversation does not show: written over the finished rows, with chance of its
// own, so that an oddity more shifts nothing else. Each is there because a filter of a published metric turns on it.
import { bots, channel, closure, conversationStatus, mode, people, queues, stream } from './world.mjs';

const draw = stream(20251231);
const drawId = stream(192350026);
const below = (n) => draw() % n;
const permille = (p) => below(1000) < p;
const guid = () => {
  const hex = [drawId(), drawId(), drawId(), drawId()].map((n) => n.toString(16).padStart(8, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
};

const overflow = {
  endConversation: 419550000, directCallback: 419550001, externalTransfer: 419550002, voicemail: 419550003,
  transferToQueue: 419550004, remainInQueue: 419550005,
};
const overflowCondition = { outOfHours: 419550000, workItemLimit: 419550001, averageWait: 419550002, lapsedWait: 419550003 };

/** Changes and adds rows; returns the workstreams and session extensions. */
export function addOddities(conversations, sessions, participants, events) {
  const sessionsOf = groupBy(sessions, (session) => session.msdyn_liveworkitemid);
  const participantsOf = groupBy(participants, (participant) => participant.msdyn_omnichannelsession);
  const isBot = (participant) => bots.some((bot) => bot.id === participant.msdyn_agentid);
  const primaryOf = (session) => participantsOf.get(session.activityid)?.find((participant) => participant.msdyn_mode === mode.primary);
  const isOver = (talk) => talk.msdyn_closedon !== '';

  // handed back: the bot that began takes the last session too, after a person had one
  for (const ofTalk of sessionsOf.values()) {
    const first = primaryOf(ofTalk[0]);
    const last = primaryOf(ofTalk.at(-1));
    const accepted = ofTalk.slice(0, -1).filter((session) => primaryOf(session)?.msdyn_joinedon > 0);
    if (first === undefined || !isBot(first) || accepted.length < 2 || !(last?.msdyn_joinedon > 0) || !permille(150)) continue;
    last.msdyn_agentid = first.msdyn_agentid;
    ofTalk.at(-1).msdyn_cdsqueueid = '';
    ofTalk.at(-1).msdyn_closurereason = closure.virtualAgentClosed;
  }
  // the channels of a conversation may hold Entity Records beside another one: also where an offer was not answered
  const isMixed = (talk) => talk.msdyn_channel.startsWith(`${channel.entityRecords},`);
  const unanswered = conversations.filter(isMixed).flatMap((talk) => sessionsOf.get(talk.activityid)).filter((session) => session.msdyn_closurereason === closure.agentReject);
  for (const session of unanswered.slice(0, Math.ceil(unanswered.length / 2))) {
    session.msdyn_closurereason = closure.agentTimeout;
    primaryOf(session).msdyn_leftonreason = 'AgentTimeout';
  }
  // text messages and cases have their bots too
  for (const talk of conversations) {
    const ofTalk = sessionsOf.get(talk.activityid);
    const first = primaryOf(ofTalk[0]);
    if (![String(channel.sms), String(channel.entityRecords)].includes(talk.msdyn_channel) || ofTalk.length < 2 || !(first?.msdyn_joinedon > 0) || !permille(200)) continue;
    first.msdyn_agentid = bots[1].id;
    ofTalk[0].msdyn_cdsqueueid = '';
  }
  const workstreams = addWorkstreams(conversations);
  for (const talk of conversations) {
    // the flag says that a person took part, or was to
    talk.msdyn_isagentsession = sessionsOf.get(talk.activityid).some((session) => primaryOf(session) !== undefined && !isBot(primaryOf(session)));
    // a case may be ours to begin
    if (talk.msdyn_channel === String(channel.entityRecords) && permille(40)) talk.msdyn_isoutbound = true;
    // half of those that we began were never waiting for anybody
    if (talk.msdyn_isoutbound === true && permille(500)) unoffered(talk);
    if (!isOver(talk)) continue;
    // resolved with its case instead of closed, accepted or not
    if (permille(talk.msdyn_isabandoned ? 120 : 15)) talk.statuscode = conversationStatus.resolved;
    // nobody accepted: the durations are blank, or 0
    if (!talk.msdyn_isagentaccepted && permille(300)) {
      for (const what of ['handle', 'hold', 'talk', 'wrapup']) talk[`msdyn_conversation${what}timeinseconds`] = 0;
    }
    // the customer left while a rejected offer was on its way back: never queued again, so never said to be abandoned
    if (!talk.msdyn_isagentaccepted && talk.msdyn_isagentsession && permille(350)) unoffered(talk);
    // those who gave up have a wait too, though no answer
    if (talk.msdyn_isabandoned && talk.msdyn_firstwaitstartedon !== '' && permille(400)) {
      talk.msdyn_conversationfirstwaittimeinseconds = talk.msdyn_closedon - talk.msdyn_firstwaitstartedon;
    }
  }
  // a colleague declined to advise in a session of which nothing but the time on hold is kept
  const isHold = (event) => event.msdyn_eventtype === 192350001;
  for (const [n, [session, ofSession]] of [...groupBy(events, (event) => event.msdyn_sessionid)].filter(([, all]) => all.every(isHold)).entries()) {
    if (n % 4 !== 0) continue;
    participants.push({
      msdyn_sessionparticipantid: guid(), msdyn_omnichannelsession: session, msdyn_agentid: people[n % 20].id, msdyn_mode: mode.consult,
      msdyn_leftonreason: 'AgentReject', msdyn_joinedon: '', msdyn_lefton: ofSession[0].msdyn_eventendtime, msdyn_activetime: '', msdyn_inactivetime: '',
    });
  }
  onTheThreshold(conversations, sessionsOf, participantsOf);
  for (const session of sessions) {
    const primary = primaryOf(session);
    if (primary === undefined) continue;
    // an offer that was not accepted has no times, or times of 0
    if (primary.msdyn_joinedon === '' && primary.msdyn_lefton !== '' && permille(300)) {
      primary.msdyn_activetime = 0;
      primary.msdyn_inactivetime = 0;
    }
    // a bot may run out of time or hand over to a queue, as people do
    if (isBot(primary) && session.msdyn_closurereason === closure.botTransferToAgent) {
      if (permille(20)) [session.msdyn_closurereason, primary.msdyn_leftonreason] = [closure.agentTransferToQueue, 'AgentTransferToQueue'];
      else if (permille(12)) [session.msdyn_closurereason, primary.msdyn_leftonreason] = [closure.agentTimeout, 'AgentTimeout'];
      else if (permille(8)) [session.msdyn_closurereason, primary.msdyn_leftonreason] = [closure.agentTransfered, 'AgentTransfered'];
    }
    // a lead listens in on a bot: a person who joined a session that is no person's
    if (isBot(primary) && permille([closure.agentReject, closure.agentTimeout].includes(session.msdyn_closurereason) ? 250 : 20)) {
      participants.push({
        msdyn_sessionparticipantid: guid(), msdyn_omnichannelsession: session.activityid, msdyn_agentid: people[21].id,
        msdyn_mode: mode.monitor, msdyn_leftonreason: '', msdyn_joinedon: primary.msdyn_joinedon + 3, msdyn_lefton: primary.msdyn_lefton,
        msdyn_activetime: primary.msdyn_lefton - primary.msdyn_joinedon - 3, msdyn_inactivetime: 0,
      });
    }
  }
  return { workstreams, extensions: overflows(sessions, primaryOf) };
}

function groupBy(rows, keyOf) {
  const groups = new Map();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

function unoffered(talk) {
  talk.msdyn_firstwaitstartedon = '';
  talk.msdyn_conversationfirstwaittimeinseconds = '';
  talk.msdyn_isabandoned = false;
}

/** One workstream a channel; a conversation belongs to that of its first channel, now and then to none. */
function addWorkstreams(conversations) {
  const names = new Map([
    [channel.liveChat, 'Web chat'], [channel.voiceCall, 'Hotline'], [channel.whatsApp, 'WhatsApp'], [channel.facebook, 'Facebook'],
    [channel.teams, 'Colleagues'], [channel.sms, 'Text messages'], [channel.entityRecords, 'Cases'], [channel.apple, 'Apple messages'],
    [channel.custom, 'Partner portal'],
  ]);
  const workstreams = [...names].map(([code, name]) => ({ msdyn_liveworkstreamid: guid(), msdyn_name: name, msdyn_streamsource: code }));
  for (const talk of conversations) {
    const code = Number(talk.msdyn_channel.split(',')[0]);
    talk.msdyn_liveworkstreamid = permille(5) ? '' : workstreams.find((stream) => stream.msdyn_streamsource === code).msdyn_liveworkstreamid;
  }
  return workstreams;
}

/** Customers who gave up exactly at the threshold of a short abandonment, and a second later. */
function onTheThreshold(conversations, sessionsOf, participantsOf) {
  const waiting = conversations.filter((talk) => talk.msdyn_isabandoned && talk.msdyn_isoutbound === false
    && !participantsOf.has(sessionsOf.get(talk.activityid).at(-1).activityid));
  for (const [n, talk] of waiting.filter((_, index) => index % 9 === 0).entries()) {
    const threshold = queues.find((queue) => queue.queueid === talk.msdyn_cdsqueueid).threshold;
    const session = sessionsOf.get(talk.activityid).at(-1);
    if (session.msdyn_sessioncreatedon !== talk.msdyn_firstwaitstartedon) continue;
    talk.msdyn_closedon = talk.msdyn_firstwaitstartedon + threshold + (n % 2);
    session.msdyn_sessionclosedon = talk.msdyn_closedon;
    if (talk.msdyn_conversationfirstwaittimeinseconds !== '') talk.msdyn_conversationfirstwaittimeinseconds = threshold + (n % 2);
  }
}

/** What a full queue did with a session, if it was full; a conversation may overflow more than once. */
function overflows(sessions, primaryOf) {
  const extensions = [];
  const add = (session, action, condition, when) => extensions.push({
    msdyn_sessionextensionid: guid(), msdyn_ocliveworkitemid: session.msdyn_liveworkitemid, msdyn_sessionid: session.activityid,
    msdyn_overflowcondition: condition, msdyn_overflowaction: action, msdyn_overflowtriggertimestamp: when,
  });
  const conditions = Object.values(overflowCondition);
  const others = [overflow.remainInQueue, overflow.transferToQueue, overflow.voicemail, overflow.directCallback, overflow.externalTransfer];
  for (const session of sessions) {
    if (session.msdyn_cdsqueueid === '') continue;
    const created = session.msdyn_sessioncreatedon;
    const waited = session.msdyn_closurereason === closure.customerDisconnect && primaryOf(session) === undefined;
    if (waited && permille(400)) add(session, overflow.remainInQueue, overflowCondition.averageWait, created + 4);
    if (session.msdyn_closurereason === closure.inqueueOverflowEnd) add(session, overflow.endConversation, overflowCondition.lapsedWait, created + 6);
    else if (permille(25)) add(session, others[below(others.length)], conditions[below(conditions.length)], created + 5);
    // an extension row is there for other reasons too, and then says nothing about overflow
    else if (permille(10)) add(session, '', '', '');
  }
  return extensions;
}
