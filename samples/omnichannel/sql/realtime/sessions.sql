-- Expected values of realtime/sessions.dax: (metric, filter, value), a filter written as in the .dax file; every metric in
-- every group that is asked for somewhere. A sum over no rows is NULL, which is BLANK in DAX; one of zeros is 0.

-- which groups a session is in
CREATE TABLE asked AS
SELECT activityid, unnest([
  '',
  CASE WHEN msdyn_channel = 192340000 THEN 'DimChannel[Channel] = "SMS"' END,
  CASE WHEN msdyn_channel = 192440000 THEN 'DimChannel[Channel] = "Voice call"' END,
  CASE WHEN msdyn_channel = 192360000 THEN 'FactSession[ChannelId] = 192360000' END,
  CASE WHEN queue_name = 'Returns' THEN 'DimQueue[Queue] = "Returns"' END,
  CASE WHEN queue_name = 'Billing' THEN 'DimQueue[Queue] = "Billing"' END,
  CASE WHEN queue_name = 'Escalations' THEN 'DimQueue[Queue] = "Escalations"' END,
  CASE WHEN agent_name = 'Sam Rivera' THEN 'DimAgent[Name] = "Sam Rivera"' END,
  CASE WHEN agent_name = 'Dilara Kaya' THEN 'DimAgent[Name] = "Dilara Kaya"' END,
  CASE WHEN agent_name = 'Wanjiru Mwangi' THEN 'DimAgent[Name] = "Wanjiru Mwangi"' END,
  CASE WHEN msdyn_botapplicationid IS NOT NULL THEN 'DimAgent[IsBot] = TRUE' END,
  CASE WHEN agent_id IS NULL THEN 'ISBLANK(FactSession[AgentId])' END,
  CASE WHEN msdyn_state = 192350001 THEN 'FactSession[SessionStateCode] = 192350001' END,
  CASE WHEN msdyn_closurereason = 192350001 THEN 'FactSession[SessionClosureReasonCode] = 192350001' END,
  CASE WHEN msdyn_closurereason = 192350001 AND queue_name = 'Billing' THEN 'FactSession[SessionClosureReasonCode] = 192350001, DimQueue[Queue] = "Billing"' END,
  CASE WHEN msdyn_closurereason = 192350002 THEN 'FactSession[SessionClosureReasonCode] = 192350002' END,
  CASE WHEN msdyn_closurereason = 192350004 THEN 'FactSession[SessionClosureReasonCode] = 192350004' END,
  CASE WHEN msdyn_closurereason = 192350006 THEN 'FactSession[SessionClosureReasonCode] = 192350006' END,
  CASE WHEN msdyn_sessioncreatedon >= '2025-12-31' THEN 'DimDate[Date] = DATE(2025, 12, 31)' END
]) AS filter
FROM realtime_session;
CREATE TABLE groups AS
SELECT DISTINCT filter FROM asked WHERE filter IS NOT NULL
-- somebody who never had a session, and a week in which nothing happened
UNION VALUES ('DimAgent[Name] = "Yusuf Celik"'), ('DimDate[Date] >= DATE(2025, 8, 11), DimDate[Date] < DATE(2025, 8, 18)');

CREATE TABLE measured AS
SELECT
  filter,
  counted(count(activityid)) AS sessions,
  sum((coalesce(msdyn_closurereason, 0) = 192350001)::INTEGER) AS rejected,
  sum((coalesce(msdyn_closurereason, 0) = 192350002)::INTEGER) AS timed_out,
  sum((coalesce(msdyn_closurereason, 0) IN (192350006, 192350010))::INTEGER) AS transferred,
  -- the published rates divide by closed sessions (state 192350002), bots' sessions included
  counted(count(*) FILTER (msdyn_state = 192350002)) AS closed,
  counted(count(msdyn_agentacceptedon)) AS accepted,
  sum(date_diff('second', msdyn_agentassignedon, msdyn_agentacceptedon)) AS to_accept,
  sum(date_diff('second', msdyn_agentassignedon, msdyn_sessionclosedon)) FILTER (msdyn_closurereason = 192350001) AS to_reject,
  sum(active_seconds) FILTER (msdyn_agentacceptedon IS NOT NULL) AS active,
  avg(active_seconds) FILTER (msdyn_agentacceptedon IS NOT NULL) AS mean_active,
  sum(wait_seconds) AS waited
FROM groups LEFT JOIN asked USING (filter) LEFT JOIN realtime_session USING (activityid)
GROUP BY filter;

-- participants, reached through their session, or by what they are themselves
CREATE TABLE left_participant AS
SELECT filter, msdyn_mode, coalesce(msdyn_leftonreason, '') AS reason
FROM realtime_participant p JOIN asked a ON a.activityid = p.msdyn_omnichannelsession
UNION ALL
SELECT 'FactSessionParticipant[ModeId] = ' || msdyn_mode, msdyn_mode, coalesce(msdyn_leftonreason, '') FROM realtime_participant
WHERE msdyn_mode IN (192350002, 192350003, 192350004);

CREATE TABLE measured_participant AS
SELECT
  filter,
  sum((reason = 'AgentReject')::INTEGER) AS rejected,
  sum((reason = 'AgentTimeout')::INTEGER) AS timed_out,
  sum((reason = 'AgentReject' AND msdyn_mode = 192350003)::INTEGER) AS consults
FROM (SELECT filter FROM groups UNION SELECT filter FROM left_participant WHERE filter IS NOT NULL) LEFT JOIN left_participant USING (filter)
GROUP BY filter;

CREATE MACRO one(metric, amount) AS {'metric': metric, 'value': amount::DOUBLE};

SELECT each.metric, filter, each.value
FROM (
  SELECT filter, unnest([
    one('Sessions', sessions),
    one('Session rejection rate', rejected / closed),
    one('Session time to reject (sec)', to_reject),
    one('Session timeout rate', timed_out / closed),
    one('Transferred sessions', transferred),
    one('Session transfer rate', transferred / accepted),
    one('Session time to accept (sec)', to_accept),
    one('Session handle time (sec)', active),
    one('Avg. session handle time (sec)', mean_active),
    one('Session wait time (sec)', waited)
  ]) AS each
  FROM measured
  UNION ALL
  SELECT filter, unnest([
    one('Sessions rejected', rejected),
    one('Sessions timedout', timed_out),
    one('Consult requests rejected', consults)
  ]) AS each
  FROM measured_participant
)
;
