-- Expected values of dataverse/sessions.dax: (metric, filter, value), a filter written as in the .dax file; every metric in
-- every group that is asked for somewhere.

CREATE MACRO asked(channel, queue_name, reason := 0) AS [
  '',
  CASE WHEN channel = 192440000 THEN 'msdyn_ocsession[msdyn_channel] = 192440000' END,
  CASE WHEN channel = 192350000 THEN 'msdyn_ocsession[msdyn_channel] = 192350000' END,
  CASE WHEN reason = 192350001 THEN 'msdyn_ocsession[msdyn_closurereason] = 192350001' END,
  CASE WHEN queue_name = 'Returns' THEN 'queue[name] = "Returns"' END
];

CREATE TABLE found(metric VARCHAR, filter VARCHAR, amount DOUBLE);
INSERT INTO found SELECT 'Sessions (Dataverse)', unnest(asked(msdyn_channel, '')), 1 FROM said_session;
INSERT INTO found SELECT 'Sessions rejected (Dataverse)', filter, count(DISTINCT activityid)
FROM (
  SELECT s.activityid, unnest(asked(s.msdyn_channel, s.queue_name)) AS filter
  FROM said_session s JOIN person p ON p.msdyn_omnichannelsession = s.activityid WHERE s.msdyn_closurereason = 192350001
) GROUP BY filter;
INSERT INTO found SELECT 'Sessions timed out (Dataverse)', filter, count(DISTINCT activityid)
FROM (
  SELECT s.activityid, unnest(asked(s.msdyn_channel, s.queue_name)) AS filter
  FROM said_session s JOIN person p ON p.msdyn_omnichannelsession = s.activityid WHERE s.msdyn_closurereason = 192350002
) GROUP BY filter;
INSERT INTO found SELECT 'Transfer count (Dataverse)', unnest(asked(msdyn_channel, '')), 1 FROM msdyn_ocsession WHERE msdyn_closurereason IN (192350006, 192350010);
INSERT INTO found SELECT 'Consult requests rejected (Dataverse)', unnest(asked(s.msdyn_channel, '')), 1
FROM msdyn_sessionparticipant p JOIN msdyn_ocsession s ON s.activityid = p.msdyn_omnichannelsession
WHERE p.msdyn_leftonreason = 'AgentReject' AND p.msdyn_mode = 192350003;
INSERT INTO found SELECT 'Incoming conversations, by session (Dataverse)', filter, count(DISTINCT msdyn_liveworkitemid)
FROM (
  SELECT msdyn_liveworkitemid, unnest(asked(msdyn_channel, queue_name, reason := msdyn_closurereason)) AS filter FROM said_session
  WHERE activityid IN (SELECT msdyn_omnichannelsession FROM person) AND msdyn_isoutbound IS DISTINCT FROM true
) GROUP BY filter;
INSERT INTO found SELECT 'Avg. session handle time (Dataverse)', filter, avg(active) / 60
FROM (
  SELECT (SELECT sum(p.msdyn_activetime) FROM msdyn_sessionparticipant p WHERE p.msdyn_omnichannelsession = s.activityid) AS active,
    unnest(asked(msdyn_channel, queue_name)) AS filter
  FROM said_session s
  WHERE activityid IN (SELECT msdyn_omnichannelsession FROM person WHERE msdyn_activetime IS NOT NULL AND msdyn_joinedon IS NOT NULL)
) GROUP BY filter;
INSERT INTO found SELECT 'Avg. session wait time (Dataverse)', filter, avg(date_diff('second', msdyn_sessioncreatedon, coalesce(msdyn_agentacceptedon, msdyn_sessionclosedon)))
FROM (SELECT *, unnest(asked(msdyn_channel, queue_name)) AS filter FROM said_session WHERE msdyn_sessionclosedon IS NOT NULL)
GROUP BY filter;

SELECT metric, filter, sum(amount) AS value
FROM (SELECT DISTINCT metric, filter FROM (SELECT DISTINCT metric FROM found), (SELECT DISTINCT filter FROM found WHERE filter IS NOT NULL))
LEFT JOIN found USING (metric, filter)
GROUP BY ALL
;
