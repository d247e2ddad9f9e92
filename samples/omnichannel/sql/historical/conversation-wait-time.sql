-- Expected values of historical/conversation-wait-time.dax: (metric, filter, value), a filter written as in the .dax file.

-- closed conversations; who gave up waited until the end; "ignores all outbound conversations as those will not have wait time"
CREATE TABLE waited AS
SELECT *, CASE
    WHEN msdyn_isoutbound THEN NULL
    WHEN msdyn_isabandoned THEN seconds_until_closed
    ELSE msdyn_conversationfirstwaittimeinseconds
  END AS wait_seconds
FROM historical_conversation WHERE statuscode = 4;

SELECT 'Avg. wait time (sec)_FactConversation' AS metric, '' AS filter, avg(wait_seconds) AS value FROM waited
UNION ALL SELECT 'Avg. wait time (sec)_FactConversation', 'DimQueue[Queue] = "Returns"', avg(wait_seconds) FROM waited WHERE queue_name = 'Returns'
UNION ALL SELECT 'Avg. wait time (sec)_FactConversation', 'FactConversation[IsAgentAccepted] = "0"', avg(wait_seconds) FROM waited WHERE NOT msdyn_isagentaccepted
UNION ALL SELECT 'Avg. wait time (sec)_FactConversation', 'DimDate[Date] = DATE(2025, 12, 31)', avg(wait_seconds) FROM waited WHERE msdyn_createdon >= '2025-12-31'
UNION ALL SELECT 'Avg. wait time (sec)_FactConversation', 'FactConversation[IsOutbound] = "1"', avg(wait_seconds) FROM waited WHERE msdyn_isoutbound
-- the metric sets the status itself, so a group by status is no other
UNION ALL SELECT 'Avg. wait time (sec)_FactConversation', 'FactConversation[StatusId] = "6"', avg(wait_seconds) FROM waited
;
