-- Expected values of dataverse/sessions-realtime.dax: (metric, filter, value), a filter written as in the .dax file; every metric in
-- every group that is asked for somewhere.

CREATE MACRO asked(channel, queue_name, reason := 0) AS [
  '',
  CASE WHEN channel = 192440000 THEN 'msdyn_ocsession[msdyn_channel] = 192440000' END,
  CASE WHEN channel = 192350000 THEN 'msdyn_ocsession[msdyn_channel] = 192350000' END,
  CASE WHEN reason = 192350001 THEN 'msdyn_ocsession[msdyn_closurereason] = 192350001' END,
  CASE WHEN queue_name = 'Returns' THEN 'queue[name] = "Returns"' END
];

CREATE TABLE found(metric VARCHAR, filter VARCHAR, amount DOUBLE);
INSERT INTO found SELECT 'Sessions rejected, real-time (Dataverse)', unnest(asked(msdyn_channel, '')), 1 FROM person_session WHERE msdyn_closurereason = 192350001;
INSERT INTO found SELECT 'Sessions timed out, real-time (Dataverse)', unnest(asked(s.msdyn_channel, '')), 1
FROM person p JOIN msdyn_ocsession s ON s.activityid = p.msdyn_omnichannelsession WHERE p.msdyn_leftonreason = 'AgentTimeout';
INSERT INTO found SELECT 'Transferred sessions (Dataverse)', unnest(asked(msdyn_channel, '')), 1 FROM person_session WHERE msdyn_closurereason IN (192350006, 192350010);
INSERT INTO found SELECT 'Session time to reject (Dataverse)', unnest(asked(msdyn_channel, '')), date_diff('second', msdyn_agentassignedon, msdyn_sessionclosedon)
FROM person_session WHERE msdyn_closurereason = 192350001;
INSERT INTO found SELECT 'Session time to accept (Dataverse)', unnest(asked(msdyn_channel, '')), date_diff('second', msdyn_agentassignedon, msdyn_agentacceptedon) FROM person_session;
INSERT INTO found SELECT 'Session wait time (Dataverse)', unnest(asked(msdyn_channel, '')), date_diff('second', msdyn_sessioncreatedon, coalesce(msdyn_agentacceptedon, msdyn_sessionclosedon)) FROM person_session;
INSERT INTO found SELECT 'Session handle time (Dataverse)', unnest(asked(s.msdyn_channel, '')), p.msdyn_activetime
FROM person_session s JOIN msdyn_sessionparticipant p ON p.msdyn_omnichannelsession = s.activityid WHERE s.msdyn_agentacceptedon IS NOT NULL;

-- means of sessions: the sums by session first
CREATE TABLE mean(metric VARCHAR, filter VARCHAR, value DOUBLE);
INSERT INTO mean SELECT 'Avg. session handle time, real-time (Dataverse)', filter, avg(active) FROM (
  SELECT (SELECT sum(p.msdyn_activetime) FROM msdyn_sessionparticipant p WHERE p.msdyn_omnichannelsession = s.activityid) AS active,
    unnest(asked(s.msdyn_channel, '')) AS filter
  FROM person_session s WHERE s.msdyn_agentacceptedon IS NOT NULL
) WHERE filter IS NOT NULL GROUP BY filter;
INSERT INTO found SELECT 'Consult requests rejected, real-time (Dataverse)', unnest(asked(s.msdyn_channel, '')), 1
FROM msdyn_sessionparticipant p JOIN msdyn_ocsession s ON s.activityid = p.msdyn_omnichannelsession
LEFT JOIN systemuser u ON u.systemuserid = p.msdyn_agentid
WHERE p.msdyn_leftonreason = 'AgentReject' AND p.msdyn_mode = 192350003 AND u.msdyn_botapplicationid IS NULL;

SELECT * FROM mean
UNION ALL
SELECT metric, filter, sum(amount)
FROM (SELECT DISTINCT metric, filter FROM (SELECT DISTINCT metric FROM found), (SELECT DISTINCT filter FROM found WHERE filter IS NOT NULL))
LEFT JOIN found USING (metric, filter)
GROUP BY ALL
;
