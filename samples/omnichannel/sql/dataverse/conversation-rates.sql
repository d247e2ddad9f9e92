-- Expected values of dataverse/conversation-rates.dax: (metric, filter, value), a filter written as in the .dax file; every metric in
-- every group that is asked for somewhere.

CREATE TABLE asked AS
SELECT activityid, unnest([
  '',
  CASE WHEN queue_name = 'Returns' THEN 'queue[name] = "Returns"' END,
  CASE WHEN queue_name = 'Escalations' THEN 'queue[name] = "Escalations"' END,
  CASE WHEN msdyn_streamsource = 192440000 THEN 'msdyn_liveworkstream[msdyn_streamsource] = 192440000' END,
  CASE WHEN msdyn_channel = '192440000' THEN 'msdyn_ocliveworkitem[msdyn_channel] = "192440000"' END
]) AS filter
FROM said_conversation;

-- "at least one": somebody took part whose user row has no bot's application id
CREATE TABLE with_person AS
SELECT DISTINCT msdyn_liveworkitemid AS activityid FROM person_session;

CREATE MACRO one(metric, amount) AS {'metric': metric, 'value': amount::DOUBLE};

SELECT each.metric, filter, each.value
FROM (
  SELECT filter, unnest([
    one('Abandon rate (Dataverse)', coalesce(
      count(*) FILTER (is_in_both AND is_incoming AND has_known_person AND msdyn_firstwaitstartedon IS NOT NULL AND NOT msdyn_isagentaccepted)
        / counted(count(*) FILTER (is_in_both AND is_incoming AND has_known_person)), 0)),
    one('Abandoned rate, real-time (Dataverse)', count(*) FILTER (is_in_real_time AND is_incoming AND msdyn_isabandoned) / counted(count(*) FILTER (is_in_real_time AND is_incoming))),
    one('Transfer rate (Dataverse)', count(*) FILTER (is_in_both AND statuscode = 4 AND has_person AND msdyn_transfercount > 0)
      / counted(count(*) FILTER (is_in_both AND statuscode = 4 AND has_person)))
  ]) AS each
  FROM asked JOIN (
    SELECT *, msdyn_isoutbound IS DISTINCT FROM true AS is_incoming, activityid IN (SELECT activityid FROM with_person) AS has_known_person
    FROM said_conversation
  ) USING (activityid)
  WHERE filter IS NOT NULL
  GROUP BY filter
)
;
