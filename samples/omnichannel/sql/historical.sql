-- Expected values of the historical metrics: (metric, filter, value), a filter written as in the .dax file.
-- A count or sum over no rows is NULL, which is BLANK in DAX. The rates divide by incoming sessions.

CREATE TABLE agent_session AS SELECT * FROM historical_session WHERE is_agent_session;
CREATE TABLE rejected AS SELECT * FROM agent_session WHERE msdyn_closurereason = 192350001;
CREATE TABLE timed_out AS SELECT * FROM agent_session WHERE msdyn_closurereason = 192350002;
-- not outbound: FALSE, or not said
CREATE TABLE incoming AS SELECT * FROM agent_session WHERE msdyn_isoutbound IS DISTINCT FROM true;
CREATE TABLE transferred AS SELECT * FROM historical_session WHERE msdyn_closurereason IN (192350006, 192350010);

CREATE MACRO sessions(n) AS nullif(n, 0);

SELECT 'Sessions rejected' AS metric, '' AS filter, sessions(count(DISTINCT msdyn_sessionid))::DOUBLE AS value FROM rejected
UNION ALL
SELECT 'Sessions rejected', 'FactSession[ChannelId] = "192360000"', sessions(count(DISTINCT msdyn_sessionid)) FROM rejected WHERE msdyn_channel = 192360000
UNION ALL
SELECT 'Sessions rejected', 'DimQueue[Queue] = "Returns"', sessions(count(DISTINCT msdyn_sessionid)) FROM rejected WHERE queue_name = 'Returns'
UNION ALL
SELECT 'Sessions rejected', 'DimAgent[Name] = "Sam Rivera"', sessions(count(DISTINCT msdyn_sessionid)) FROM rejected WHERE agent_name = 'Sam Rivera'
UNION ALL
SELECT 'Sessions rejected', 'DimAgent[Name] = "Yusuf Celik"', sessions(count(DISTINCT msdyn_sessionid)) FROM rejected WHERE agent_name = 'Yusuf Celik'
UNION ALL
SELECT 'Sessions rejected', 'ISBLANK(DimAgent[AgentId])', sessions(count(DISTINCT msdyn_sessionid)) FROM rejected WHERE agent_name IS NULL
UNION ALL
SELECT 'Sessions rejected', 'DimDate[Month] = "2025-11"', sessions(count(DISTINCT msdyn_sessionid)) FROM rejected
WHERE msdyn_sessioncreatedon >= '2025-11-01' AND msdyn_sessioncreatedon < '2025-12-01'
UNION ALL
SELECT 'Sessions rejected', 'DimDate[Date] >= DATE(2025, 8, 11), DimDate[Date] < DATE(2025, 8, 18)', sessions(count(DISTINCT msdyn_sessionid)) FROM rejected
WHERE msdyn_sessioncreatedon >= '2025-08-11' AND msdyn_sessioncreatedon < '2025-08-18'

UNION ALL
SELECT 'Incoming sessions_FactSession', '', sessions(count(DISTINCT msdyn_sessionid)) FROM incoming
UNION ALL
SELECT 'Incoming sessions_FactSession', 'DimChannel[Channel] = "Voice call"', sessions(count(DISTINCT msdyn_sessionid)) FROM incoming WHERE msdyn_channel = 192440000
UNION ALL
SELECT 'Incoming sessions_FactSession', 'DimAgent[Name] = "Sam Rivera"', sessions(count(DISTINCT msdyn_sessionid)) FROM incoming WHERE agent_name = 'Sam Rivera'
UNION ALL
SELECT 'Incoming sessions_FactSession', 'DimAgent[IsBot] = TRUE', sessions(count(DISTINCT msdyn_sessionid)) FROM incoming WHERE msdyn_botapplicationid IS NOT NULL

UNION ALL
SELECT 'Session rejected rate', '', (SELECT count(DISTINCT msdyn_sessionid) FROM rejected) / (SELECT count(DISTINCT msdyn_sessionid) FROM incoming)
UNION ALL
SELECT 'Session rejected rate', 'DimAgent[Name] = "Dilara Kaya"',
  (SELECT count(DISTINCT msdyn_sessionid) FROM rejected WHERE agent_name = 'Dilara Kaya') / (SELECT count(DISTINCT msdyn_sessionid) FROM incoming WHERE agent_name = 'Dilara Kaya')
UNION ALL
SELECT 'Session rejected rate', 'DimAgent[Name] = "Wanjiru Mwangi"',
  (SELECT count(DISTINCT msdyn_sessionid) FROM rejected WHERE agent_name = 'Wanjiru Mwangi') / (SELECT count(DISTINCT msdyn_sessionid) FROM incoming WHERE agent_name = 'Wanjiru Mwangi')
UNION ALL
-- nothing was offered to her: no rate, rather than a rate of zero
SELECT 'Session rejected rate', 'DimAgent[Name] = "Yusuf Celik"',
  (SELECT count(DISTINCT msdyn_sessionid) FROM rejected WHERE agent_name = 'Yusuf Celik') / nullif((SELECT count(DISTINCT msdyn_sessionid) FROM incoming WHERE agent_name = 'Yusuf Celik'), 0)
UNION ALL
SELECT 'Session rejected rate', 'DimChannel[Channel] = "Live chat", DimQueue[Queue] = "Technical support"',
  (SELECT count(DISTINCT msdyn_sessionid) FROM rejected WHERE msdyn_channel = 192360000 AND queue_name = 'Technical support')
    / (SELECT count(DISTINCT msdyn_sessionid) FROM incoming WHERE msdyn_channel = 192360000 AND queue_name = 'Technical support')

UNION ALL
SELECT 'Sessions timed out', '', sessions(count(DISTINCT msdyn_sessionid)) FROM timed_out
UNION ALL
SELECT 'Sessions timed out', 'DimQueue[Queue] = "Escalations"', sessions(count(DISTINCT msdyn_sessionid)) FROM timed_out WHERE queue_name = 'Escalations'

UNION ALL
SELECT 'Session timeout rate', '', (SELECT count(DISTINCT msdyn_sessionid) FROM timed_out) / (SELECT count(DISTINCT msdyn_sessionid) FROM incoming)

UNION ALL
SELECT 'Transfer count', '', sessions(count(DISTINCT msdyn_sessionid)) FROM transferred
UNION ALL
-- KEEPFILTERS: the codes of the metric and the code asked for must both hold
SELECT 'Transfer count', 'FactSession[Closurereason] = "192350006"', sessions(count(DISTINCT msdyn_sessionid)) FROM transferred WHERE msdyn_closurereason = 192350006
UNION ALL
SELECT 'Transfer count', 'FactSession[Closurereason] = "192350001"', sessions(count(DISTINCT msdyn_sessionid)) FROM transferred WHERE msdyn_closurereason = 192350001

UNION ALL
SELECT 'Avg. wait time (sec)_FactSession', '', avg(wait_seconds) FROM historical_session
UNION ALL
SELECT 'Avg. wait time (sec)_FactSession', 'DimAgent[IsBot] = TRUE', avg(wait_seconds) FROM historical_session WHERE msdyn_botapplicationid IS NOT NULL

UNION ALL
-- The page filters participants by mode and reason alone: those of sessions that do not count are counted too.
SELECT 'Consult requests rejected', '', sum((msdyn_leftonreason = 'AgentReject' AND msdyn_mode = 192350003)::INTEGER)
FROM (SELECT coalesce(msdyn_leftonreason, '') AS msdyn_leftonreason, msdyn_mode FROM participant)
UNION ALL
-- by channel a participant is reached through its session, so only participants of sessions that count have one
SELECT 'Consult requests rejected', 'DimChannel[Channel] = "Voice call"', sum((coalesce(p.msdyn_leftonreason, '') = 'AgentReject' AND p.msdyn_mode = 192350003)::INTEGER)
FROM participant p JOIN historical_session s ON s.activityid = p.msdyn_omnichannelsession AND s.msdyn_channel = 192440000
;
