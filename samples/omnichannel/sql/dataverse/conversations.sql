-- Expected values of dataverse/conversations.dax: (metric, filter, value), a filter written as in the .dax file; every metric in
-- every group that is asked for somewhere.

CREATE TABLE asked AS
SELECT activityid, unnest([
  '',
  CASE WHEN queue_name = 'Returns' THEN 'queue[name] = "Returns"' END,
  CASE WHEN statuscode = 6 THEN 'msdyn_ocliveworkitem[statuscode] = 6' END,
  CASE WHEN msdyn_streamsource = 192440000 THEN 'msdyn_liveworkstream[msdyn_streamsource] = 192440000' END,
  CASE WHEN msdyn_channel = '192440000' THEN 'msdyn_ocliveworkitem[msdyn_channel] = "192440000"' END,
  CASE WHEN msdyn_statereason IS NULL THEN 'ISBLANK(msdyn_ocliveworkitem[msdyn_statereason])' END,
  CASE WHEN msdyn_statuschangereason IS NULL THEN 'ISBLANK(msdyn_ocliveworkitem[msdyn_statuschangereason])' END
]) AS filter
FROM said_conversation;

CREATE MACRO one(metric, amount) AS {'metric': metric, 'value': amount::DOUBLE};

SELECT each.metric, filter, each.value
FROM (
  SELECT filter, unnest([
    one('Total conversations (Dataverse)', counted(count(*) FILTER (is_in_both))),
    one('Total bot conversation (Dataverse)', counted(count(*) FILTER (has_bot AND is_no_record))),
    one('Incoming conversations (Dataverse)', counted(count(*) FILTER (is_in_both AND msdyn_isoutbound IS DISTINCT FROM true AND msdyn_isagentsession))),
    one('Incoming conversations, real-time (Dataverse)', counted(count(*) FILTER (is_in_real_time AND msdyn_isoutbound IS DISTINCT FROM true))),
    one('Outgoing conversations (Dataverse)', counted(count(*) FILTER (is_in_both AND msdyn_isoutbound))),
    one('Total handled conversations (Dataverse)', counted(count(*) FILTER (is_in_both AND has_person))),
    one('Abandoned conversations (Dataverse)', counted(count(*) FILTER (is_in_real_time AND msdyn_isabandoned AND statuscode = 4 AND msdyn_isoutbound IS DISTINCT FROM true))),
    one('Active conversations awaiting acceptance (Dataverse)', counted(count(*) FILTER (statuscode = 2 AND (msdyn_statuschangereason = 192350002 OR msdyn_statereason = 'Agent assigned, awaiting acceptance')))),
    one('Active conversations with acceptance (Dataverse)', counted(count(*) FILTER (statuscode = 2 AND (msdyn_statuschangereason = 192350003 OR msdyn_statereason = 'In conversation')))),
    one('Waiting conversations (Dataverse)', counted(count(*) FILTER (statuscode = 3))),
    one('Wrap-up conversations (Dataverse)', counted(count(*) FILTER (statuscode = 5))),
    one('Transfer conversation count (Dataverse)', counted(count(*) FILTER (is_in_both AND msdyn_transfercount > 0)))
  ]) AS each
  FROM asked JOIN said_conversation USING (activityid)
  WHERE filter IS NOT NULL
  GROUP BY filter
)
-- "exclude ... in-transit", "exclude sessions ... where msdyn_sessioncreatedon is empty", "... where msdyn_channel is '192350000'"
UNION ALL
SELECT 'Total bot conversations, historical (Dataverse)', filter, counted(count(DISTINCT msdyn_liveworkitemid)) FROM (
  SELECT s.msdyn_liveworkitemid, unnest([
    '',
    CASE WHEN c.queue_name = 'Returns' THEN 'queue[name] = "Returns"' END,
    CASE WHEN s.msdyn_channel = 192440000 THEN 'msdyn_ocsession[msdyn_channel] = 192440000' END
  ]) AS filter
  FROM msdyn_ocsession s JOIN said_conversation c ON c.activityid = s.msdyn_liveworkitemid
  WHERE s.msdyn_sessioncreatedon IS NOT NULL AND s.msdyn_channel IS DISTINCT FROM 192350000 AND c.msdyn_channelinstanceid IS NULL
    AND s.activityid IN (SELECT msdyn_sessionid FROM msdyn_ocsessionparticipantevent WHERE msdyn_eventreason IS DISTINCT FROM 192350001)
)
WHERE filter IS NOT NULL
GROUP BY filter
;
