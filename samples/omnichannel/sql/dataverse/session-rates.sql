-- Expected values of dataverse/session-rates.dax: (metric, filter, value), a filter written as in the .dax file; every metric in
-- every group that is asked for somewhere.

CREATE MACRO asked(channel) AS ['', CASE WHEN channel = 192440000 THEN 'msdyn_ocsession[msdyn_channel] = 192440000' END];

-- what the filters of the historical rates keep, and those of the real-time rates
CREATE TABLE kept AS
SELECT unnest(asked(msdyn_channel)) AS filter, * FROM said_session WHERE activityid IN (SELECT msdyn_omnichannelsession FROM person);
CREATE TABLE kept_now AS
SELECT unnest(asked(msdyn_channel)) AS filter, * FROM person_session;
-- participants who did not answer in time
CREATE TABLE unanswered AS
SELECT unnest(asked(s.msdyn_channel)) AS filter FROM person p JOIN msdyn_ocsession s ON s.activityid = p.msdyn_omnichannelsession
WHERE p.msdyn_leftonreason = 'AgentTimeout';

CREATE MACRO one(metric, amount) AS {'metric': metric, 'value': amount::DOUBLE};

SELECT each.metric, filter, each.value
FROM (
  SELECT filter, unnest([
    one('Sessions of people (Dataverse)', count(*)),
    one('Session rejection rate (Dataverse)', count(*) FILTER (msdyn_closurereason = 192350001) / count(*)),
    one('Session timeout rate (Dataverse)', count(*) FILTER (msdyn_closurereason = 192350002) / count(*)),
    one('Session transfer rate (Dataverse)', count(*) FILTER (msdyn_closurereason IN (192350006, 192350010)) / count(*))
  ]) AS each
  FROM kept WHERE filter IS NOT NULL GROUP BY filter
  UNION ALL
  SELECT filter, unnest([
    one('Session rejection rate, real-time (Dataverse)', count(*) FILTER (msdyn_state = 192350002 AND msdyn_closurereason = 192350001) / count(*) FILTER (msdyn_state = 192350002)),
    one('Session timeout rate, real-time (Dataverse)', (SELECT count(*) FROM unanswered u WHERE u.filter = k.filter) / count(*) FILTER (msdyn_state = 192350002)),
    one('Session transfer rate, real-time (Dataverse)', count(*) FILTER (msdyn_agentacceptedon IS NOT NULL AND msdyn_closurereason IN (192350006, 192350010))
      / count(*) FILTER (msdyn_agentacceptedon IS NOT NULL))
  ]) AS each
  FROM kept_now k WHERE filter IS NOT NULL GROUP BY filter
)
;
