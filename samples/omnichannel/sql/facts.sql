-- What the calculated tables of both models must hold: (model, table, measured, value), `measured` being a DAX
-- expression over the finished table. Worked out from the raw rows by the rules.

CREATE TABLE all_participants AS
SELECT p.*, date_diff('second', p.msdyn_joinedon, p.msdyn_lefton) AS seconds FROM participant p;

CREATE TABLE newest AS SELECT max(msdyn_sessioncreatedon) AS at FROM msdyn_ocsession;

SELECT 'historical' AS model, 'FactSession' AS "table", 'COUNTROWS(FactSession)' AS measured, count(*)::DOUBLE AS value FROM historical_session
UNION ALL SELECT 'historical', 'FactSession', 'DISTINCTCOUNT(FactSession[SessionId])', count(DISTINCT msdyn_sessionid) FROM historical_session
UNION ALL SELECT 'historical', 'FactSession', 'DISTINCTCOUNT(FactSession[ConversationId_FS])', count(DISTINCT msdyn_liveworkitemid) FROM historical_session
UNION ALL SELECT 'historical', 'FactSession', 'COUNTBLANK(FactSession[Closurereason])', count(*) FILTER (msdyn_closurereason IS NULL) FROM historical_session
UNION ALL SELECT 'historical', 'FactSession', 'COUNTROWS(FILTER(FactSession, FactSession[IsAgentSession]))', count(*) FILTER (is_agent_session) FROM historical_session
UNION ALL SELECT 'historical', 'FactSession', 'COUNTROWS(FILTER(FactSession, FactSession[IsAgentAcceptedSession] = "1"))', count(*) FILTER (is_accepted_by_person) FROM historical_session
UNION ALL SELECT 'historical', 'FactSession', 'COUNTROWS(FILTER(FactSession, FactSession[IsOutbound]))', count(*) FILTER (msdyn_isoutbound) FROM historical_session
UNION ALL SELECT 'historical', 'FactSession', 'COUNTBLANK(FactSession[IsOutbound])', count(*) FILTER (msdyn_isoutbound IS NULL) FROM historical_session
UNION ALL SELECT 'historical', 'FactSession', 'COUNTROWS(FILTER(FactSession, FactSession[StatusCode] = "2"))', count(*) FILTER (statuscode = 2) FROM historical_session
UNION ALL SELECT 'historical', 'FactSession', 'SUM(FactSession[ActiveTimeInSeconds])', sum(active_seconds) FROM historical_session
UNION ALL SELECT 'historical', 'FactSession', 'COUNT(FactSession[ActiveTimeInSeconds])', count(active_seconds) FROM historical_session
UNION ALL SELECT 'historical', 'FactSession', 'SUM(FactSession[WaitTime])', sum(wait_seconds) FROM historical_session
UNION ALL SELECT 'historical', 'FactSession', 'COUNT(FactSession[WaitTime])', count(wait_seconds) FROM historical_session
UNION ALL SELECT 'historical', 'FactSession', 'DISTINCTCOUNTNOBLANK(FactSession[AgentId])', count(DISTINCT agent_id) FROM historical_session
UNION ALL SELECT 'historical', 'FactSession', 'COUNTBLANK(FactSession[AgentId])', count(*) FILTER (agent_id IS NULL) FROM historical_session
UNION ALL SELECT 'historical', 'FactSession', 'COUNTBLANK(FactSession[QueueId])', count(*) FILTER (msdyn_cdsqueueid IS NULL) FROM historical_session
UNION ALL SELECT 'historical', 'FactSession', 'COUNTBLANK(FactSession[ChannelId])', count(*) FILTER (msdyn_channel IS NULL) FROM historical_session
UNION ALL SELECT 'historical', 'FactSession', 'DISTINCTCOUNT(FactSession[DateKey])', count(DISTINCT msdyn_sessioncreatedon::DATE) FROM historical_session

UNION ALL SELECT 'historical', 'FactSessionParticipant', 'COUNTROWS(FactSessionParticipant)', count(*) FROM all_participants
UNION ALL SELECT 'historical', 'FactSessionParticipant', 'DISTINCTCOUNT(FactSessionParticipant[SessionId])', count(DISTINCT msdyn_omnichannelsession) FROM all_participants
UNION ALL SELECT 'historical', 'FactSessionParticipant', 'COUNTROWS(FILTER(FactSessionParticipant, FactSessionParticipant[ModeId] = "192350003"))', count(*) FILTER (msdyn_mode = 192350003) FROM all_participants
UNION ALL SELECT 'historical', 'FactSessionParticipant', 'COUNTBLANK(FactSessionParticipant[AgentJoinedDateTime])', count(*) FILTER (msdyn_joinedon IS NULL) FROM all_participants
UNION ALL SELECT 'historical', 'FactSessionParticipant', 'COUNT(FactSessionParticipant[TotalParticipantTimeMin])', count(seconds) FROM all_participants
UNION ALL SELECT 'historical', 'FactSessionParticipant', 'SUMX(FactSessionParticipant, FactSessionParticipant[TotalParticipantTimeMin] * 60)', sum(seconds) FROM all_participants
-- participants whose session does not count
UNION ALL SELECT 'historical', 'FactSessionParticipant', 'COUNTROWS(FILTER(FactSessionParticipant, ISBLANK(RELATED(FactSession[SessionId]))))',
  count(*) FILTER (msdyn_omnichannelsession NOT IN (SELECT activityid FROM historical_session)) FROM all_participants

UNION ALL SELECT 'historical', 'FactConversation', 'COUNTROWS(FactConversation)', count(*) FROM historical_conversation
UNION ALL SELECT 'historical', 'FactConversation', 'COUNTROWS(FILTER(FactConversation, FactConversation[IsAgentInvolved] = "1"))', count(*) FILTER (is_agent_involved) FROM historical_conversation
UNION ALL SELECT 'historical', 'FactConversation', 'COUNTROWS(FILTER(FactConversation, FactConversation[IsAgentAccepted] = "1"))', count(*) FILTER (msdyn_isagentaccepted) FROM historical_conversation
UNION ALL SELECT 'historical', 'FactConversation', 'COUNTROWS(FILTER(FactConversation, FactConversation[IsOffered]))', count(*) FILTER (msdyn_firstwaitstartedon IS NOT NULL) FROM historical_conversation
UNION ALL SELECT 'historical', 'FactConversation', 'COUNTROWS(FILTER(FactConversation, FactConversation[IsOutbound] <> "1"))', count(*) FILTER (msdyn_isoutbound IS DISTINCT FROM true) FROM historical_conversation
UNION ALL SELECT 'historical', 'FactConversation', 'COUNTROWS(FILTER(FactConversation, FactConversation[StatusId] = "4"))', count(*) FILTER (statuscode = 4) FROM historical_conversation
UNION ALL SELECT 'historical', 'FactConversation', 'SUM(FactConversation[HandleTime])', sum(msdyn_conversationhandletimeinseconds) FROM historical_conversation
UNION ALL SELECT 'historical', 'FactConversation', 'SUM(FactConversation[HoldTime])', sum(hold_seconds) FROM historical_conversation
UNION ALL SELECT 'historical', 'FactConversation', 'COUNT(FactConversation[HoldTime])', count(hold_seconds) FROM historical_conversation
UNION ALL SELECT 'historical', 'FactConversation', 'SUM(FactConversation[TalkTime])', sum(msdyn_conversationtalktimeinseconds) FROM historical_conversation
UNION ALL SELECT 'historical', 'FactConversation', 'SUM(FactConversation[ActiveTimeInSeconds])', sum(active_seconds) FROM historical_conversation
UNION ALL SELECT 'historical', 'FactConversation', 'SUM(FactConversation[WaitTime])', sum(CASE WHEN msdyn_isabandoned THEN seconds_until_closed ELSE msdyn_conversationfirstwaittimeinseconds END) FILTER (msdyn_isoutbound IS DISTINCT FROM true) FROM historical_conversation
UNION ALL SELECT 'historical', 'FactConversation', 'SUMX(FactConversation, FactConversation[_ConversationTime] * 60)', sum(seconds) FROM historical_conversation
UNION ALL SELECT 'historical', 'FactConversation', 'COUNTBLANK(FactConversation[_ConversationTime])', count(*) FILTER (seconds IS NULL) FROM historical_conversation

UNION ALL SELECT 'historical', 'FactConversation', 'COUNTROWS(FILTER(FactConversation, FactConversation[IsAbandoned] = "1"))', count(*) FILTER (msdyn_isabandoned) FROM historical_conversation
UNION ALL SELECT 'historical', 'FactConversation', 'COUNTROWS(FILTER(FactConversation, FactConversation[IsShortAbandoned]))', count(*) FILTER (is_short_abandoned) FROM historical_conversation
UNION ALL SELECT 'historical', 'FactConversation', 'SUM(FactConversation[InActiveTimeInSeconds])', sum(inactive_seconds) FROM historical_conversation
UNION ALL SELECT 'historical', 'FactConversation', 'COUNTROWS(FILTER(FactConversation, FactConversation[ChannelId] = "192360000"))', count(*) FILTER (msdyn_streamsource = 192360000) FROM historical_conversation
UNION ALL SELECT 'historical', 'FactConversation', 'COUNTBLANK(FactConversation[ChannelId])', count(*) FILTER (msdyn_streamsource IS NULL) FROM historical_conversation
UNION ALL SELECT 'historical', 'ProxyConversationLastOverflow', 'COUNTROWS(ProxyConversationLastOverflow)', count(*) FROM last_overflow
UNION ALL SELECT 'historical', 'ProxyConversationLastOverflow', 'COUNTROWS(FILTER(ProxyConversationLastOverflow, ProxyConversationLastOverflow[OverflowAction] = "419550005"))', count(*) FILTER (action = 419550005) FROM last_overflow

UNION ALL SELECT 'historical', 'DimAgent', 'COUNTROWS(DimAgent)', count(*) FROM systemuser
UNION ALL SELECT 'historical', 'DimAgent', 'DISTINCTCOUNT(DimAgent[Name])', count(DISTINCT fullname) FROM systemuser
UNION ALL SELECT 'historical', 'DimAgent', 'COUNTROWS(FILTER(DimAgent, DimAgent[IsBot]))', count(msdyn_botapplicationid) FROM systemuser
UNION ALL SELECT 'historical', 'DimQueue', 'COUNTROWS(DimQueue)', count(*) FROM queue
-- one row for each channel that a session names
UNION ALL SELECT 'historical', 'DimChannel', 'COUNTROWS(DimChannel)', count(DISTINCT msdyn_channel) FROM msdyn_ocsession
UNION ALL SELECT 'historical', 'DimDate', 'COUNTROWS(DimDate)', date_diff('day', DATE '2025-01-01', DATE '2026-01-01')
UNION ALL SELECT 'historical', 'DimDate', 'DISTINCTCOUNT(DimDate[Month])', 12

UNION ALL SELECT 'realtime', 'FactSession', 'COUNTROWS(FactSession)', count(*) FROM realtime_session
UNION ALL SELECT 'realtime', 'FactSession', 'DISTINCTCOUNT(FactSession[SessionId])', count(DISTINCT msdyn_sessionid) FROM realtime_session
UNION ALL SELECT 'realtime', 'FactSession', 'DISTINCTCOUNT(FactSession[ConversationId])', count(DISTINCT msdyn_liveworkitemid) FROM realtime_session
UNION ALL SELECT 'realtime', 'FactSession', 'COUNTROWS(FILTER(FactSession, FactSession[SessionClosureReasonCode] == 192350001))', count(*) FILTER (msdyn_closurereason = 192350001) FROM realtime_session
UNION ALL SELECT 'realtime', 'FactSession', 'COUNTROWS(FILTER(FactSession, FactSession[SessionStateCode] == 192350002))', count(*) FILTER (msdyn_state = 192350002) FROM realtime_session
UNION ALL SELECT 'realtime', 'FactSession', 'COUNTROWS(FILTER(FactSession, FactSession[IsTransferredOut]))', count(*) FILTER (msdyn_closurereason IN (192350006, 192350010)) FROM realtime_session
UNION ALL SELECT 'realtime', 'FactSession', 'COUNTBLANK(FactSession[AgentAcceptedOn])', count(*) FILTER (msdyn_agentacceptedon IS NULL) FROM realtime_session
UNION ALL SELECT 'realtime', 'FactSession', 'SUM(FactSession[AgentHandlingTimeInSeconds])', sum(active_seconds) FILTER (msdyn_agentacceptedon IS NOT NULL) FROM realtime_session
UNION ALL SELECT 'realtime', 'FactSession', 'SUM(FactSession[TimeToAcceptInSeconds])', sum(date_diff('second', msdyn_agentassignedon, msdyn_agentacceptedon)) FROM realtime_session
UNION ALL SELECT 'realtime', 'FactSession', 'SUM(FactSession[TimeToRejectInSeconds])', sum(date_diff('second', msdyn_agentassignedon, msdyn_sessionclosedon)) FILTER (msdyn_closurereason = 192350001) FROM realtime_session
UNION ALL SELECT 'realtime', 'FactSession', 'SUM(FactSession[SessionWaitTimeInSeconds])', sum(wait_seconds) FROM realtime_session
UNION ALL SELECT 'realtime', 'FactSession', 'COUNTA(FactSession[BotApplicationId])', count(msdyn_botapplicationid) FROM realtime_session
UNION ALL SELECT 'realtime', 'FactSession', 'DISTINCTCOUNTNOBLANK(FactSession[AgentId])', count(DISTINCT agent_id) FROM realtime_session
UNION ALL SELECT 'realtime', 'FactSession', 'COUNTBLANK(FactSession[ChannelId])', count(*) FILTER (msdyn_channel IS NULL) FROM realtime_session

UNION ALL SELECT 'realtime', 'FactSessionParticipant', 'COUNTROWS(FactSessionParticipant)', count(*) FROM all_participants
UNION ALL SELECT 'realtime', 'FactSessionParticipant', 'DISTINCTCOUNT(FactSessionParticipant[SessionId])', count(DISTINCT msdyn_omnichannelsession) FROM all_participants
UNION ALL SELECT 'realtime', 'FactSessionParticipant', 'COUNTROWS(FILTER(FactSessionParticipant, FactSessionParticipant[LeftOnReason] == "AgentReject"))', count(*) FILTER (msdyn_leftonreason = 'AgentReject') FROM all_participants
UNION ALL SELECT 'realtime', 'FactSessionParticipant', 'SUM(FactSessionParticipant[ParticipationTimeInSeconds])', sum(seconds) FROM all_participants

UNION ALL SELECT 'realtime', 'FactConversation', 'COUNTROWS(FactConversation)', count(*) FROM conversation_facts
UNION ALL SELECT 'realtime', 'FactConversation', 'COUNTROWS(FILTER(FactConversation, NOT FactConversation[DirectionCode]))', count(*) FILTER (msdyn_isoutbound IS DISTINCT FROM true) FROM conversation_facts
UNION ALL SELECT 'realtime', 'FactConversation', 'COUNTROWS(FILTER(FactConversation, FactConversation[IsAbandoned]))', count(*) FILTER (msdyn_isabandoned) FROM conversation_facts
UNION ALL SELECT 'realtime', 'FactConversation', 'COUNTROWS(FILTER(FactConversation, FactConversation[IsOngoing]))', count(*) FILTER (msdyn_closedon IS NULL) FROM conversation_facts
UNION ALL SELECT 'realtime', 'FactConversation', 'COUNTROWS(FILTER(FactConversation, FactConversation[IsShortAbandoned]))', count(*) FILTER (is_short_abandoned) FROM conversation_facts
UNION ALL SELECT 'realtime', 'FactConversation', 'SUM(FactConversation[ConversationTimeInSeconds])', sum(seconds) FROM conversation_facts
UNION ALL SELECT 'realtime', 'FactConversation', 'MAX(FactConversation[CurrentWaitTimeInSeconds])', max(date_diff('second', msdyn_firstwaitstartedon, newest.at)) FILTER (statuscode = 1) FROM conversation_facts, newest

UNION ALL SELECT 'realtime', 'FactConversation', 'COUNTROWS(FILTER(FactConversation, FactConversation[ChannelId] = 192360000))', count(*) FILTER (msdyn_streamsource = 192360000) FROM conversation_facts
UNION ALL SELECT 'realtime', 'ProxyConversationLastOverflow', 'COUNTROWS(ProxyConversationLastOverflow)', count(*) FROM last_overflow
UNION ALL SELECT 'realtime', 'ProxyConversationLastOverflow', 'COUNTROWS(FILTER(ProxyConversationLastOverflow, ProxyConversationLastOverflow[OverflowCondition] = 419550002))', count(*) FILTER (condition = 419550002) FROM last_overflow

UNION ALL SELECT 'realtime', 'DimAgent', 'COUNTROWS(DimAgent)', count(*) FROM systemuser
UNION ALL SELECT 'realtime', 'DimQueue', 'COUNTROWS(DimQueue)', count(*) FROM queue
UNION ALL SELECT 'realtime', 'DimChannel', 'COUNTROWS(DimChannel)', count(DISTINCT msdyn_channel) FROM msdyn_ocsession
UNION ALL SELECT 'realtime', 'DimDate', 'COUNTROWS(DimDate)', date_diff('day', DATE '2025-01-01', DATE '2026-01-01')
;
