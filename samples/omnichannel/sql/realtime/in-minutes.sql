-- Expected values of realtime/in-minutes.dax: (metric, filter, value), a filter written as in the .dax file.

CREATE MACRO one(metric, amount) AS {'metric': metric, 'value': (amount / 60)::DOUBLE};

SELECT each.metric, filter, each.value
FROM (
  SELECT filter, unnest([
    one('Avg. handle time in minutes', avg(msdyn_conversationhandletimeinseconds)),
    one('Avg. conversation hold time in minutes', avg(msdyn_conversationholdtimeinseconds)),
    one('Avg. conversation talk time in minutes', avg(msdyn_conversationtalktimeinseconds)),
    one('Avg. conversation time in minutes', avg(seconds)),
    one('Avg. conversation wrap up time in minutes', avg(msdyn_conversationwrapuptimeinseconds)),
    one('Avg. first response time in minutes', avg(msdyn_firstresponsetimeinmsadjforoh) / 1000)
  ]) AS each
  FROM (SELECT *, unnest(['', CASE WHEN queue_name = 'Returns' THEN 'DimQueue[Queue] = "Returns"' END]) AS filter FROM conversation_facts)
  WHERE filter IS NOT NULL
  GROUP BY filter
)
UNION ALL
SELECT 'Avg. session handle time in minutes', filter, avg(active_seconds) / 60
FROM (SELECT *, unnest(['', CASE WHEN msdyn_botapplicationid IS NOT NULL THEN 'DimAgent[IsBot] = TRUE' END]) AS filter FROM realtime_session)
WHERE filter IS NOT NULL AND msdyn_agentacceptedon IS NOT NULL
GROUP BY filter
;
