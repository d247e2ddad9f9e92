-- Expected values of realtime/conversation-times.dax: (metric, filter, value), a filter written as in the .dax file; every
-- metric in every group that is asked for somewhere. A mean or sum over no rows is NULL, which is BLANK in DAX.

-- which groups a conversation is in
CREATE TABLE asked AS
SELECT activityid, unnest([
  '',
  CASE WHEN queue_name = 'Returns' THEN 'DimQueue[Queue] = "Returns"' END,
  CASE WHEN msdyn_streamsource = 192440000 THEN 'DimChannel[Channel] = "Voice call"' END,
  CASE WHEN statuscode = 6 THEN 'FactConversation[StatusCode] = 6' END,
  CASE WHEN msdyn_isoutbound THEN 'FactConversation[DirectionCode] = TRUE' END,
  CASE WHEN msdyn_isagentaccepted THEN 'FactConversation[IsAgentAccepted] = TRUE' ELSE 'FactConversation[IsAgentAccepted] = FALSE' END,
  CASE WHEN msdyn_closedon IS NULL THEN 'FactConversation[IsOngoing] = TRUE' END,
  CASE WHEN msdyn_createdon::DATE = '2025-12-31' THEN 'DimDate[Date] = DATE(2025, 12, 31)' END
]) AS filter
FROM conversation_facts;

CREATE MACRO one(metric, amount) AS {'metric': metric, 'value': amount::DOUBLE};

SELECT each.metric, filter, each.value
FROM (
  SELECT filter, unnest([
    one('Conversation first wait time (sec)', sum(msdyn_conversationfirstwaittimeinseconds) FILTER (is_incoming)),
    one('Avg. conversation first wait time (sec)', avg(msdyn_conversationfirstwaittimeinseconds) FILTER (is_incoming)),
    one('Avg. speed to answer time (sec)', avg(msdyn_conversationfirstwaittimeinseconds) FILTER (is_incoming AND msdyn_isagentaccepted)),
    one('Conversation handle time (sec)', sum(msdyn_conversationhandletimeinseconds)),
    one('Avg. handle time (sec)', avg(msdyn_conversationhandletimeinseconds)),
    one('Avg. conversation hold time (sec)', avg(msdyn_conversationholdtimeinseconds)),
    one('Avg. conversation talk time (sec)', avg(msdyn_conversationtalktimeinseconds)),
    one('Avg. conversation time (sec)', avg(seconds)),
    one('Avg. conversation wrap up time', avg(msdyn_conversationwrapuptimeinseconds)),
    one('Avg. time to abandon (sec)', avg(seconds_until_closed) FILTER (msdyn_isabandoned AND statuscode = 4 AND is_incoming)),
    one('Avg. first response time (sec)', avg(msdyn_firstresponsetimeinmsadjforoh) / 1000)
  ]) AS each
  FROM asked JOIN conversation_facts USING (activityid)
  WHERE filter IS NOT NULL
  GROUP BY filter
)
;
