-- Expected values of historical/sessions.dax: (metric, filter, value), a filter written as in the .dax file.
-- A count or sum over no rows is NULL, which is BLANK in DAX. The rates divide by incoming sessions.

CREATE TABLE agent_session AS SELECT * FROM historical_session WHERE is_agent_session;
CREATE TABLE rejected AS SELECT * FROM agent_session WHERE msdyn_closurereason = 192350001;
CREATE TABLE timed_out AS SELECT * FROM agent_session WHERE msdyn_closurereason = 192350002;
-- not outbound: FALSE, or not said
CREATE TABLE incoming AS SELECT * FROM agent_session WHERE msdyn_isoutbound IS DISTINCT FROM true;
CREATE TABLE transferred AS SELECT * FROM historical_session WHERE msdyn_closurereason IN (192350006, 192350010);
-- "StatusCode = 2", a person's session, and a person joined it
CREATE TABLE handled AS SELECT * FROM agent_session WHERE statuscode = 2 AND is_accepted_by_person;
-- The page filters participants by mode and reason alone: those of sessions that do not count are counted too. By
-- channel a participant is reached through its session, so only participants of sessions that count have one.
CREATE TABLE consult AS
SELECT p.msdyn_mode, (coalesce(p.msdyn_leftonreason, '') = 'AgentReject' AND p.msdyn_mode = 192350003)::INTEGER AS rejects,
  s.msdyn_channel
FROM participant p LEFT JOIN historical_session s ON s.activityid = p.msdyn_omnichannelsession;

CREATE MACRO share(part, whole) AS coalesce(part, 0) / nullif(whole, 0);

SELECT 'Sessions' AS metric, '' AS filter, counted(count(*))::DOUBLE AS value FROM historical_session
UNION ALL SELECT 'Sessions', 'DimAgent[IsBot] = TRUE', counted(count(*)) FROM historical_session WHERE msdyn_botapplicationid IS NOT NULL
UNION ALL SELECT 'Sessions', 'DimChannel[Channel] = "Voice call"', counted(count(*)) FROM historical_session WHERE msdyn_channel = 192440000
UNION ALL SELECT 'Sessions', 'ISBLANK(FactSession[Closurereason])', counted(count(*)) FROM historical_session WHERE msdyn_closurereason IS NULL
UNION ALL SELECT 'Sessions', 'DimDate[Date] >= DATE(2025, 8, 11), DimDate[Date] < DATE(2025, 8, 18)', counted(count(*)) FROM historical_session
  WHERE msdyn_sessioncreatedon >= '2025-08-11' AND msdyn_sessioncreatedon < '2025-08-18'

UNION ALL SELECT 'Sessions rejected', '', counted(count(*)) FROM rejected
UNION ALL SELECT 'Sessions rejected', 'FactSession[ChannelId] = "192360000"', counted(count(*)) FROM rejected WHERE msdyn_channel = 192360000
UNION ALL SELECT 'Sessions rejected', 'DimQueue[Queue] = "Returns"', counted(count(*)) FROM rejected WHERE queue_name = 'Returns'
UNION ALL SELECT 'Sessions rejected', 'DimAgent[Name] = "Sam Rivera"', counted(count(*)) FROM rejected WHERE agent_name = 'Sam Rivera'
UNION ALL SELECT 'Sessions rejected', 'DimAgent[Name] = "Yusuf Celik"', counted(count(*)) FROM rejected WHERE agent_name = 'Yusuf Celik'
UNION ALL SELECT 'Sessions rejected', 'DimAgent[IsBot] = TRUE', counted(count(*)) FROM rejected WHERE msdyn_botapplicationid IS NOT NULL
-- agents whose user row is gone
UNION ALL SELECT 'Sessions rejected', 'ISBLANK(DimAgent[AgentId])', counted(count(*)) FROM rejected WHERE agent_id NOT IN (SELECT systemuserid FROM systemuser)
UNION ALL SELECT 'Sessions rejected', 'DimDate[Month] = "2025-11"', counted(count(*)) FROM rejected WHERE date_trunc('month', msdyn_sessioncreatedon) = '2025-11-01'
UNION ALL SELECT 'Sessions rejected', 'DimDate[Date] >= DATE(2025, 8, 11), DimDate[Date] < DATE(2025, 8, 18)', counted(count(*)) FROM rejected
  WHERE msdyn_sessioncreatedon >= '2025-08-11' AND msdyn_sessioncreatedon < '2025-08-18'

UNION ALL SELECT 'Incoming sessions_FactSession', '', counted(count(*)) FROM incoming
UNION ALL SELECT 'Incoming sessions_FactSession', 'DimChannel[Channel] = "Voice call"', counted(count(*)) FROM incoming WHERE msdyn_channel = 192440000
UNION ALL SELECT 'Incoming sessions_FactSession', 'DimAgent[Name] = "Sam Rivera"', counted(count(*)) FROM incoming WHERE agent_name = 'Sam Rivera'
UNION ALL SELECT 'Incoming sessions_FactSession', 'DimAgent[IsBot] = TRUE', counted(count(*)) FROM incoming WHERE msdyn_botapplicationid IS NOT NULL

UNION ALL SELECT 'Session rejected rate', '', share((SELECT count(*) FROM rejected), (SELECT count(*) FROM incoming))
UNION ALL SELECT 'Session rejected rate', 'DimAgent[Name] = "Dilara Kaya"',
  share((SELECT count(*) FROM rejected WHERE agent_name = 'Dilara Kaya'), (SELECT count(*) FROM incoming WHERE agent_name = 'Dilara Kaya'))
UNION ALL SELECT 'Session rejected rate', 'DimAgent[Name] = "Wanjiru Mwangi"',
  share((SELECT count(*) FROM rejected WHERE agent_name = 'Wanjiru Mwangi'), (SELECT count(*) FROM incoming WHERE agent_name = 'Wanjiru Mwangi'))
UNION ALL SELECT 'Session rejected rate', 'DimAgent[Name] = "Yusuf Celik"',
  share((SELECT count(*) FROM rejected WHERE agent_name = 'Yusuf Celik'), (SELECT count(*) FROM incoming WHERE agent_name = 'Yusuf Celik'))
UNION ALL SELECT 'Session rejected rate', 'DimChannel[Channel] = "Live chat", DimQueue[Queue] = "Technical support"',
  share((SELECT count(*) FROM rejected WHERE msdyn_channel = 192360000 AND queue_name = 'Technical support'),
    (SELECT count(*) FROM incoming WHERE msdyn_channel = 192360000 AND queue_name = 'Technical support'))

UNION ALL SELECT 'Sessions timed out', '', counted(count(*)) FROM timed_out
UNION ALL SELECT 'Sessions timed out', 'DimQueue[Queue] = "Escalations"', counted(count(*)) FROM timed_out WHERE queue_name = 'Escalations'
UNION ALL SELECT 'Sessions timed out', 'DimAgent[IsBot] = TRUE', counted(count(*)) FROM timed_out WHERE msdyn_botapplicationid IS NOT NULL
UNION ALL SELECT 'Sessions timed out', 'DimDate[Month] = "2025-11"', counted(count(*)) FROM timed_out WHERE date_trunc('month', msdyn_sessioncreatedon) = '2025-11-01'

UNION ALL SELECT 'Session timeout rate', '', share((SELECT count(*) FROM timed_out), (SELECT count(*) FROM incoming))
UNION ALL SELECT 'Session timeout rate', 'DimQueue[Queue] = "Escalations"',
  share((SELECT count(*) FROM timed_out WHERE queue_name = 'Escalations'), (SELECT count(*) FROM incoming WHERE queue_name = 'Escalations'))
UNION ALL SELECT 'Session timeout rate', 'DimAgent[Name] = "Yusuf Celik"',
  share((SELECT count(*) FROM timed_out WHERE agent_name = 'Yusuf Celik'), (SELECT count(*) FROM incoming WHERE agent_name = 'Yusuf Celik'))

UNION ALL SELECT 'Transfer count', '', counted(count(*)) FROM transferred
-- KEEPFILTERS: the codes of the metric and the code asked for must both hold
UNION ALL SELECT 'Transfer count', 'FactSession[Closurereason] = "192350006"', counted(count(*)) FROM transferred WHERE msdyn_closurereason = 192350006
UNION ALL SELECT 'Transfer count', 'FactSession[Closurereason] = "192350010"', counted(count(*)) FROM transferred WHERE msdyn_closurereason = 192350010
UNION ALL SELECT 'Transfer count', 'FactSession[Closurereason] = "192350001"', counted(count(*)) FROM transferred WHERE msdyn_closurereason = 192350001
UNION ALL SELECT 'Transfer count', 'DimAgent[IsBot] = TRUE', counted(count(*)) FROM transferred WHERE msdyn_botapplicationid IS NOT NULL

UNION ALL SELECT '_QueueTransferCount', '', counted(count(*)) FROM transferred WHERE is_agent_session
UNION ALL SELECT '_QueueTransferCount', 'DimQueue[Queue] = "Billing"', counted(count(*)) FROM transferred WHERE is_agent_session AND queue_name = 'Billing'
UNION ALL SELECT '_QueueTransferCount', 'FactSession[IsOutbound] = TRUE', counted(count(*)) FROM transferred WHERE is_agent_session AND msdyn_isoutbound

UNION ALL SELECT 'Transfer rate_FactSession', '',
  share((SELECT count(*) FROM transferred WHERE is_agent_session), (SELECT count(*) FROM incoming))
UNION ALL SELECT 'Transfer rate_FactSession', 'DimQueue[Queue] = "Billing"',
  share((SELECT count(*) FROM transferred WHERE is_agent_session AND queue_name = 'Billing'), (SELECT count(*) FROM incoming WHERE queue_name = 'Billing'))
UNION ALL SELECT 'Transfer rate_FactSession', 'DimDate[Date] = DATE(2025, 1, 6)',
  share((SELECT count(*) FROM transferred WHERE is_agent_session AND msdyn_sessioncreatedon::DATE = '2025-01-06'),
    (SELECT count(*) FROM incoming WHERE msdyn_sessioncreatedon::DATE = '2025-01-06'))
UNION ALL SELECT 'Transfer rate_FactSession', 'DimAgent[Name] = "Yusuf Celik"',
  share((SELECT count(*) FROM transferred WHERE is_agent_session AND agent_name = 'Yusuf Celik'), (SELECT count(*) FROM incoming WHERE agent_name = 'Yusuf Celik'))

UNION ALL SELECT 'Incoming conversations_FactSession', '', counted(count(DISTINCT msdyn_liveworkitemid)) FROM incoming
UNION ALL SELECT 'Incoming conversations_FactSession', 'DimQueue[Queue] = "Billing"', counted(count(DISTINCT msdyn_liveworkitemid)) FROM incoming WHERE queue_name = 'Billing'
UNION ALL SELECT 'Incoming conversations_FactSession', 'DimChannel[Channel] = "WhatsApp"', counted(count(DISTINCT msdyn_liveworkitemid)) FROM incoming WHERE msdyn_channel = 192300000
UNION ALL SELECT 'Incoming conversations_FactSession', 'DimAgent[IsBot] = TRUE', counted(count(DISTINCT msdyn_liveworkitemid)) FROM incoming WHERE msdyn_botapplicationid IS NOT NULL

UNION ALL SELECT 'Avg. session handle time (min)_FactSession', '', avg(active_seconds) / 60 FROM handled
UNION ALL SELECT 'Avg. session handle time (min)_FactSession', 'DimChannel[Channel] = "Voice call"', avg(active_seconds) / 60 FROM handled WHERE msdyn_channel = 192440000
UNION ALL SELECT 'Avg. session handle time (min)_FactSession', 'DimAgent[Name] = "Sam Rivera"', avg(active_seconds) / 60 FROM handled WHERE agent_name = 'Sam Rivera'
UNION ALL SELECT 'Avg. session handle time (min)_FactSession', 'DimDate[Date] = DATE(2025, 12, 31)', avg(active_seconds) / 60 FROM handled WHERE msdyn_sessioncreatedon >= '2025-12-31'
UNION ALL SELECT 'Avg. session handle time (min)_FactSession', 'DimAgent[IsBot] = TRUE', avg(active_seconds) / 60 FROM handled WHERE msdyn_botapplicationid IS NOT NULL

UNION ALL SELECT 'Avg. wait time (sec)_FactSession', '', avg(wait_seconds) FROM historical_session
UNION ALL SELECT 'Avg. wait time (sec)_FactSession', 'DimAgent[IsBot] = TRUE', avg(wait_seconds) FROM historical_session WHERE msdyn_botapplicationid IS NOT NULL
UNION ALL SELECT 'Avg. wait time (sec)_FactSession', 'ISBLANK(FactSession[AgentId])', avg(wait_seconds) FROM historical_session WHERE agent_id IS NULL

UNION ALL SELECT 'Consult requests rejected', '', sum(rejects) FROM consult
UNION ALL SELECT 'Consult requests rejected', 'DimChannel[Channel] = "Voice call"', sum(rejects) FROM consult WHERE msdyn_channel = 192440000
UNION ALL SELECT 'Consult requests rejected', 'FactSessionParticipant[ModeId] = "192350002"', sum(rejects) FROM consult WHERE msdyn_mode = 192350002
;
