-- Expected values of dataverse/conversations.dax: (metric, filter, value), a filter written as in the .dax file; every metric
-- in every group that is asked for somewhere. The filters of the page as joins and conditions, word by word.

CREATE TABLE said AS
SELECT
  c.*,
  q.name AS queue_name,
  w.msdyn_streamsource,
  c.msdyn_channel <> '192350000' AND c.msdyn_channelinstanceid IS NULL AS is_in_both,
  c.msdyn_channelinstanceid IS NULL AND c.msdyn_isagentsession AND w.msdyn_streamsource IS DISTINCT FROM 192350000 AS is_in_real_time,
  w.msdyn_streamsource IS DISTINCT FROM 192350000 AS is_no_record,
  EXISTS (
    SELECT 1 FROM msdyn_ocsession s JOIN msdyn_sessionparticipant p ON p.msdyn_omnichannelsession = s.activityid
    JOIN systemuser u ON u.systemuserid = p.msdyn_agentid
    WHERE s.msdyn_liveworkitemid = c.activityid AND u.msdyn_botapplicationid IS NOT NULL
  ) AS has_bot,
  -- a participant without a user row has no application id of a bot
  EXISTS (
    SELECT 1 FROM msdyn_ocsession s JOIN msdyn_sessionparticipant p ON p.msdyn_omnichannelsession = s.activityid
    LEFT JOIN systemuser u ON u.systemuserid = p.msdyn_agentid
    WHERE s.msdyn_liveworkitemid = c.activityid AND u.msdyn_botapplicationid IS NULL AND p.msdyn_joinedon IS NOT NULL
  ) AS has_person,
  (SELECT sum(p.msdyn_activetime) FROM msdyn_ocsession s JOIN msdyn_sessionparticipant p ON p.msdyn_omnichannelsession = s.activityid WHERE s.msdyn_liveworkitemid = c.activityid) AS active_seconds,
  (SELECT sum(p.msdyn_inactivetime) FROM msdyn_ocsession s JOIN msdyn_sessionparticipant p ON p.msdyn_omnichannelsession = s.activityid WHERE s.msdyn_liveworkitemid = c.activityid) AS inactive_seconds,
  date_diff('second', c.msdyn_createdon, c.msdyn_closedon) AS seconds,
  date_diff('second', c.msdyn_firstwaitstartedon, c.msdyn_closedon) AS seconds_until_closed
FROM msdyn_ocliveworkitem c
LEFT JOIN queue q ON q.queueid = c.msdyn_cdsqueueid
LEFT JOIN msdyn_liveworkstream w USING (msdyn_liveworkstreamid);

CREATE TABLE asked AS
SELECT activityid, unnest([
  '',
  CASE WHEN queue_name = 'Returns' THEN 'queue[name] = "Returns"' END,
  CASE WHEN statuscode = 6 THEN 'msdyn_ocliveworkitem[statuscode] = 6' END,
  CASE WHEN msdyn_streamsource = 192440000 THEN 'msdyn_liveworkstream[msdyn_streamsource] = 192440000' END,
  CASE WHEN msdyn_channel = '192440000' THEN 'msdyn_ocliveworkitem[msdyn_channel] = "192440000"' END
]) AS filter
FROM said;

CREATE MACRO one(metric, amount) AS {'metric': metric, 'value': amount::DOUBLE};

SELECT each.metric, filter, each.value
FROM (
  SELECT filter, unnest([
    one('Total conversations (Dataverse)', counted(count(*) FILTER (is_in_both))),
    one('Total bot conversation (Dataverse)', counted(count(*) FILTER (has_bot AND is_no_record))),
    one('Incoming conversations (Dataverse)', counted(count(*) FILTER (is_in_both AND msdyn_isoutbound IS DISTINCT FROM true AND msdyn_isagentsession))),
    one('Outgoing conversations (Dataverse)', counted(count(*) FILTER (is_in_both AND msdyn_isoutbound))),
    one('Total handled conversations (Dataverse)', counted(count(*) FILTER (is_in_both AND has_person))),
    one('Abandoned conversations (Dataverse)', counted(count(*) FILTER (is_in_real_time AND msdyn_isabandoned AND statuscode = 4 AND msdyn_isoutbound IS DISTINCT FROM true))),
    one('Waiting conversations (Dataverse)', counted(count(*) FILTER (statuscode = 3))),
    one('Wrap-up conversations (Dataverse)', counted(count(*) FILTER (statuscode = 5))),
    one('Transfer conversation count (Dataverse)', counted(count(*) FILTER (is_in_both AND msdyn_transfercount > 0))),
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
  FROM asked JOIN said USING (activityid)
  WHERE filter IS NOT NULL
  GROUP BY filter
)
;
