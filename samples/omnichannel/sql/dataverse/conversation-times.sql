-- Expected values of dataverse/conversation-times.dax: (metric, filter, value), a filter written as in the .dax file; every metric in
-- every group that is asked for somewhere.

CREATE TABLE asked AS
SELECT activityid, unnest([
  '',
  CASE WHEN queue_name = 'Returns' THEN 'queue[name] = "Returns"' END,
  CASE WHEN statuscode = 6 THEN 'msdyn_ocliveworkitem[statuscode] = 6' END,
  CASE WHEN msdyn_streamsource = 192440000 THEN 'msdyn_liveworkstream[msdyn_streamsource] = 192440000' END,
  CASE WHEN msdyn_channel = '192440000' THEN 'msdyn_ocliveworkitem[msdyn_channel] = "192440000"' END
]) AS filter
FROM said_conversation;

CREATE MACRO one(metric, amount) AS {'metric': metric, 'value': amount::DOUBLE};

SELECT each.metric, filter, each.value
FROM (
  SELECT filter, unnest([
    one('Conversation first wait time (Dataverse)', sum(msdyn_conversationfirstwaittimeinseconds) FILTER (msdyn_isagentaccepted AND msdyn_isoutbound IS DISTINCT FROM true)),
    one('Conversation handle time (Dataverse)', sum(msdyn_conversationhandletimeinseconds) FILTER (is_in_real_time)),
    one('Avg. speed to answer (Dataverse)', avg(msdyn_conversationfirstwaittimeinseconds) FILTER (is_in_real_time AND msdyn_isagentaccepted)),
    one('Avg. handle time (Dataverse)', avg(msdyn_conversationhandletimeinseconds) FILTER (is_in_real_time)),
    one('Avg. conversation hold time (Dataverse)', avg(msdyn_conversationholdtimeinseconds) FILTER (is_in_real_time)),
    one('Avg. conversation talk time (Dataverse)', avg(msdyn_conversationtalktimeinseconds) FILTER (is_in_real_time)),
    one('Avg. conversation wrap-up time (Dataverse)', avg(msdyn_conversationwrapuptimeinseconds) FILTER (is_in_real_time)),
    one('Avg. first response time (Dataverse)', avg(msdyn_firstresponsetimeinmsadjforoh) FILTER (is_in_real_time) / 1000),
    one('Avg. conversation time (Dataverse)', avg(seconds) FILTER (is_in_real_time)),
    one('Avg. conversation active time (Dataverse)', avg(active_seconds) FILTER (is_in_both AND statuscode = 4 AND msdyn_isagentaccepted) / 60),
    one('Avg. conversation inactive time (Dataverse)', avg(inactive_seconds) FILTER (is_in_both AND statuscode = 4 AND msdyn_isagentaccepted) / 60),
    one('Avg. time for first response (Dataverse)', avg(msdyn_firstresponsetimeinmsadjforoh) FILTER (is_in_both AND msdyn_isoutbound IS DISTINCT FROM true) / 60000),
    one('Avg. time to abandon (Dataverse)', avg(seconds_until_closed) FILTER (msdyn_isabandoned AND statuscode = 4 AND msdyn_isoutbound IS DISTINCT FROM true))
  ]) AS each
  FROM asked JOIN said_conversation USING (activityid)
  WHERE filter IS NOT NULL
  GROUP BY filter
)
;
