-- Expected values of historical/conversation-times.dax: (metric, filter, value), a filter written as in the .dax file; every
-- metric in every group that is asked for somewhere. A mean over no rows is NULL, which is BLANK in DAX.

-- which groups a conversation is in
CREATE TABLE asked AS
SELECT activityid, unnest([
  '',
  CASE WHEN queue_name = 'Returns' THEN 'DimQueue[Queue] = "Returns"' END,
  CASE WHEN msdyn_streamsource = 192300000 THEN 'DimChannel[Channel] = "WhatsApp"' END,
  CASE WHEN msdyn_streamsource = 192360000 THEN 'DimChannel[Channel] = "Live chat"' END,
  CASE WHEN msdyn_streamsource = 192440000 THEN 'DimChannel[Channel] = "Voice call"' END,
  CASE WHEN statuscode = 2 THEN 'FactConversation[StatusId] = "2"' END,
  CASE WHEN statuscode = 4 THEN 'FactConversation[StatusId] = "4"' END,
  CASE WHEN statuscode = 6 THEN 'FactConversation[StatusId] = "6"' END,
  CASE WHEN statuscode IN (4, 6) THEN 'FactConversation[StatusId] IN { "4", "6" }' END,
  CASE WHEN NOT msdyn_isagentaccepted THEN 'FactConversation[IsAgentAccepted] = "0"' END,
  CASE WHEN msdyn_isoutbound THEN 'FactConversation[IsOutbound] = "1"' END,
  CASE WHEN msdyn_closedon IS NULL THEN 'ISBLANK(FactConversation[_ConversationTime])' END,
  CASE WHEN msdyn_createdon::DATE = '2025-12-31' THEN 'DimDate[Date] = DATE(2025, 12, 31)' END,
  -- nothing happened in that week
  CASE WHEN msdyn_createdon >= '2025-08-11' AND msdyn_createdon < '2025-08-18' THEN 'DimDate[Date] >= DATE(2025, 8, 11), DimDate[Date] < DATE(2025, 8, 18)' END
]) AS filter
FROM historical_conversation;

CREATE TABLE measured AS
SELECT
  filter,
  avg(msdyn_conversationfirstwaittimeinseconds) FILTER (is_incoming) AS first_wait,
  avg(msdyn_conversationfirstwaittimeinseconds) FILTER (statuscode = 4 AND msdyn_isagentaccepted AND is_incoming) AS to_answer,
  avg(msdyn_conversationhandletimeinseconds) FILTER (statuscode = 4 AND msdyn_isagentaccepted) AS handled,
  avg(hold_seconds) AS held,
  avg(msdyn_conversationtalktimeinseconds) AS talked,
  avg(seconds) FILTER (statuscode = 4 AND msdyn_firstwaitstartedon IS NOT NULL) AS lasted,
  -- all offered and accepted conversations share what any of them took
  coalesce(sum(msdyn_conversationwrapuptimeinseconds) FILTER (msdyn_firstwaitstartedon IS NOT NULL AND msdyn_isagentaccepted), 0)
    / counted(count(*) FILTER (msdyn_firstwaitstartedon IS NOT NULL AND msdyn_isagentaccepted)) AS wrapped_up,
  avg(active_seconds) FILTER (statuscode = 4 AND msdyn_isagentaccepted) AS active,
  avg(inactive_seconds) FILTER (statuscode = 4 AND msdyn_isagentaccepted) AS inactive,
  avg(msdyn_firstresponsetimeinmsadjforoh) FILTER (is_incoming) / 1000 AS responded
FROM (
  SELECT DISTINCT filter FROM asked WHERE filter IS NOT NULL
  UNION SELECT 'DimDate[Date] >= DATE(2025, 8, 11), DimDate[Date] < DATE(2025, 8, 18)'
) groups
LEFT JOIN asked USING (filter) LEFT JOIN historical_conversation USING (activityid)
GROUP BY filter;

CREATE MACRO one(metric, amount) AS {'metric': metric, 'value': amount::DOUBLE};
-- "if filtered by conversation status and status is not closed, show blank"
CREATE MACRO shown(filter, amount) AS CASE WHEN filter LIKE '%StatusId%' AND filter NOT LIKE '%= "4"' THEN NULL ELSE amount END;

SELECT each.metric, filter, each.value
FROM (
  SELECT filter, unnest([
    one('Avg. conversation first wait time (sec)', first_wait),
    one('Avg. speed to answer (sec)_FactConversation', to_answer),
    one('Avg. handle time (min)', handled / 60),
    one('Avg. conversation hold time (min)', held / 60),
    one('Avg. conversation talk time (min)', talked / 60),
    one('Avg. conversation time (min)', shown(filter, lasted / 60)),
    one('Avg. conversation wrap-up time (min)', shown(filter, wrapped_up / 60)),
    one('Avg. conversation active time (min)', active / 60),
    one('Avg. conversation inactive time (min)', inactive / 60),
    one('Avg. time for first response (min)', responded / 60)
  ]) AS each
  FROM measured
)
;
