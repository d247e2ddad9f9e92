-- Expected values of the real-time metrics: (metric, filter, value), a filter written as in the .dax file.
-- A sum over no rows is NULL, which is BLANK in DAX; a sum of nothing but zeros is 0.

CREATE TABLE left_participant AS
SELECT *, (coalesce(msdyn_leftonreason, '') = 'AgentReject')::INTEGER AS rejects, (coalesce(msdyn_leftonreason, '') = 'AgentTimeout')::INTEGER AS timeouts
FROM realtime_participant;

-- the published rates divide by closed sessions (state 192350002), bots' sessions included
CREATE TABLE counted AS
SELECT *,
  (coalesce(msdyn_closurereason, 0) = 192350001)::INTEGER AS rejects,
  (coalesce(msdyn_closurereason, 0) = 192350002)::INTEGER AS timeouts,
  (coalesce(msdyn_closurereason, 0) IN (192350006, 192350010))::INTEGER AS transfers,
  CASE WHEN msdyn_state = 192350002 THEN 1 END AS closed,
  date_diff('second', msdyn_agentassignedon, msdyn_agentacceptedon) AS seconds_to_accept,
  CASE WHEN msdyn_closurereason = 192350001 THEN date_diff('second', msdyn_agentassignedon, msdyn_sessionclosedon) END AS seconds_to_reject
FROM realtime_session;

SELECT 'Sessions rejected' AS metric, '' AS filter, sum(rejects)::DOUBLE AS value FROM left_participant
UNION ALL
SELECT 'Sessions rejected', 'FactSessionParticipant[ModeId] = 192350003', sum(rejects) FROM left_participant WHERE msdyn_mode = 192350003
UNION ALL
SELECT 'Sessions rejected', 'DimChannel[Channel] = "SMS"', sum(rejects) FROM left_participant WHERE msdyn_channel = 192340000
UNION ALL
-- by agent a participant is reached through its session: the session's primary participant counts
SELECT 'Sessions rejected', 'DimAgent[Name] = "Sam Rivera"', sum(rejects) FROM left_participant WHERE session_agent_name = 'Sam Rivera'
UNION ALL
SELECT 'Sessions rejected', 'DimAgent[IsBot] = TRUE', sum(rejects) FROM left_participant
WHERE session_agent_id IN (SELECT systemuserid FROM systemuser WHERE msdyn_botapplicationid IS NOT NULL)
UNION ALL
SELECT 'Sessions rejected', 'DimAgent[Name] = "Yusuf Celik"', sum(rejects) FROM left_participant WHERE session_agent_name = 'Yusuf Celik'
UNION ALL
SELECT 'Sessions rejected', 'DimDate[Date] = DATE(2025, 12, 31)', sum(rejects) FROM left_participant WHERE msdyn_sessioncreatedon >= '2025-12-31'
UNION ALL
SELECT 'Sessions rejected', 'DimDate[Date] >= DATE(2025, 8, 11), DimDate[Date] < DATE(2025, 8, 18)', sum(rejects) FROM left_participant
WHERE msdyn_sessioncreatedon >= '2025-08-11' AND msdyn_sessioncreatedon < '2025-08-18'

UNION ALL
SELECT 'Session rejection rate', '', sum(rejects) / sum(closed) FROM counted
UNION ALL
SELECT 'Session rejection rate', 'FactSession[ChannelId] = 192360000', sum(rejects) / sum(closed) FROM counted WHERE msdyn_channel = 192360000
UNION ALL
SELECT 'Session rejection rate', 'DimQueue[Queue] = "Returns"', sum(rejects) / sum(closed) FROM counted WHERE queue_name = 'Returns'
UNION ALL
-- no closed session among the active ones: nothing to divide by
SELECT 'Session rejection rate', 'FactSession[SessionStateCode] = 192350001', sum(rejects) / sum(closed) FROM counted WHERE msdyn_state = 192350001
UNION ALL
SELECT 'Session rejection rate', 'DimAgent[Name] = "Wanjiru Mwangi"', sum(rejects) / sum(closed) FROM counted WHERE agent_name = 'Wanjiru Mwangi'

UNION ALL
SELECT 'Sessions timedout', '', sum(timeouts) FROM left_participant
UNION ALL
SELECT 'Session timeout rate', '', sum(timeouts) / sum(closed) FROM counted

UNION ALL
SELECT 'Transferred sessions', '', sum(transfers) FROM counted
UNION ALL
SELECT 'Transferred sessions', 'DimQueue[Queue] = "Billing"', sum(transfers) FROM counted WHERE queue_name = 'Billing'

UNION ALL
SELECT 'Session time to accept (sec)', '', sum(seconds_to_accept) FROM counted
UNION ALL
SELECT 'Session time to reject (sec)', '', sum(seconds_to_reject) FROM counted
UNION ALL
SELECT 'Session time to reject (sec)', 'DimAgent[Name] = "Dilara Kaya"', sum(seconds_to_reject) FROM counted WHERE agent_name = 'Dilara Kaya'

UNION ALL
SELECT 'Consult requests rejected', '', sum(rejects * (msdyn_mode = 192350003)::INTEGER) FROM left_participant
;
