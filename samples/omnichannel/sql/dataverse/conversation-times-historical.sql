-- Expected values of dataverse/conversation-times-historical.dax: (metric, filter, value), a filter written as in the .dax file; every
-- metric in every group that is asked for somewhere.

CREATE TABLE asked AS
SELECT activityid, unnest([
  '',
  CASE WHEN queue_name = 'Returns' THEN 'queue[name] = "Returns"' END,
  CASE WHEN msdyn_streamsource = 192440000 THEN 'msdyn_liveworkstream[msdyn_streamsource] = 192440000' END,
  CASE WHEN msdyn_channel = '192440000' THEN 'msdyn_ocliveworkitem[msdyn_channel] = "192440000"' END
]) AS filter
FROM said_conversation;

-- "HoldTime: msdyn_eventendtime - msdyn_eventstarttime", of the hold events of a conversation
CREATE TABLE held AS
SELECT s.msdyn_liveworkitemid AS activityid, sum(epoch(e.msdyn_eventendtime) - epoch(e.msdyn_eventstarttime)) AS hold_seconds
FROM msdyn_ocsessionparticipantevent e
JOIN msdyn_sessionparticipant p USING (msdyn_sessionparticipantid)
JOIN msdyn_ocsession s ON s.activityid = p.msdyn_omnichannelsession
WHERE e.msdyn_eventtype = 192350001
GROUP BY 1;

-- "For Fact Session use following filters", and "IsAgentAcceptedSession": a person, or somebody without a user row, joined
CREATE TABLE with_accepted_session AS
SELECT DISTINCT s.msdyn_liveworkitemid AS activityid
FROM msdyn_ocsession s
JOIN msdyn_ocsessionparticipantevent e ON e.msdyn_sessionid = s.activityid
JOIN msdyn_sessionparticipant p ON p.msdyn_omnichannelsession = s.activityid
LEFT JOIN systemuser u ON u.systemuserid = p.msdyn_agentid
WHERE e.msdyn_eventreason IS DISTINCT FROM 192350001
  AND s.msdyn_sessioncreatedon IS NOT NULL AND s.msdyn_channel IS DISTINCT FROM 192350000
  AND u.msdyn_botapplicationid IS NULL AND p.msdyn_joinedon IS NOT NULL;

CREATE TABLE measured AS
SELECT c.*, hold_seconds, activityid IN (SELECT activityid FROM with_accepted_session) AS has_accepted_session,
  CASE WHEN hold_seconds IS NULL THEN active_seconds WHEN active_seconds IS NOT NULL THEN active_seconds - hold_seconds ELSE 0 END AS talk_seconds
FROM said_conversation c LEFT JOIN held USING (activityid);

CREATE MACRO one(metric, amount) AS {'metric': metric, 'value': amount::DOUBLE};

SELECT each.metric, filter, each.value
FROM (
  SELECT filter, unnest([
    one('Avg. conversation first wait time (Dataverse)', avg(msdyn_conversationfirstwaittimeinseconds) FILTER (msdyn_isagentaccepted AND msdyn_isoutbound IS DISTINCT FROM true)),
    one('Avg. speed to answer, historical (Dataverse)', avg(msdyn_conversationfirstwaittimeinseconds) FILTER (is_in_both AND msdyn_isagentaccepted AND statuscode = 4 AND msdyn_isoutbound IS DISTINCT FROM true)),
    one('Avg. handle time, historical (Dataverse)', avg(msdyn_conversationhandletimeinseconds) FILTER (has_accepted_session AND statuscode = 4 AND msdyn_channelinstanceid IS NULL) / 60),
    one('Avg. conversation hold time, historical (Dataverse)', avg(hold_seconds) FILTER (is_in_both) / 60),
    one('Avg. conversation talk time, historical (Dataverse)', avg(talk_seconds) FILTER (is_in_both) / 60),
    one('Avg. conversation time, historical (Dataverse)', avg(seconds) FILTER (is_in_both AND statuscode = 4 AND msdyn_isagentsession) / 60),
    one('Avg. conversation wrap-up time, historical (Dataverse)', avg(msdyn_conversationwrapuptimeinseconds) FILTER (is_in_both AND statuscode = 4 AND msdyn_isagentsession) / 60)
  ]) AS each
  FROM asked JOIN measured USING (activityid)
  WHERE filter IS NOT NULL
  GROUP BY filter
)
-- the query of the page "Conversation wait time", a session a row
UNION ALL
SELECT 'Avg. conversation wait time (Dataverse)', filter,
  avg(epoch(coalesce(s.msdyn_agentacceptedon, s.msdyn_sessionclosedon)) - epoch(s.msdyn_sessioncreatedon))
FROM asked JOIN measured c USING (activityid) JOIN msdyn_ocsession s ON s.msdyn_liveworkitemid = c.activityid
WHERE filter IS NOT NULL AND c.msdyn_closedon IS NOT NULL AND c.msdyn_isoutbound IS DISTINCT FROM true AND c.is_in_both
GROUP BY filter
;
