-- Expected values of realtime/conversations.dax: (metric, filter, value), a filter written as in the .dax file; every
-- metric in every group that is asked for somewhere. A sum over no rows is NULL, which is BLANK in DAX; one of zeros is 0.

-- which groups a conversation is in
CREATE TABLE asked AS
SELECT activityid, unnest([
  '',
  CASE WHEN queue_name = 'Returns' THEN 'DimQueue[Queue] = "Returns"' END,
  CASE WHEN queue_name = 'Escalations' THEN 'DimQueue[Queue] = "Escalations"' END,
  CASE WHEN queue_name IS NULL THEN 'ISBLANK(FactConversation[QueueId])' END,
  CASE WHEN msdyn_streamsource = 192340000 THEN 'DimChannel[Channel] = "SMS"' END,
  CASE WHEN statuscode = 3 THEN 'FactConversation[StatusCode] = 3' END,
  CASE WHEN statuscode = 5 THEN 'FactConversation[StatusCode] = 5' END,
  CASE WHEN statuscode = 6 THEN 'FactConversation[StatusCode] = 6' END,
  CASE WHEN msdyn_isoutbound THEN 'FactConversation[DirectionCode] = TRUE' END,
  CASE WHEN msdyn_statereason IS NULL THEN 'ISBLANK(FactConversation[StateReason])' END,
  CASE WHEN msdyn_statuschangereason IS NULL THEN 'ISBLANK(FactConversation[StatusChangeReason])' END,
  CASE WHEN overflow_action = 419550005 THEN 'ProxyConversationLastOverflow[OverflowAction] = 419550005' END,
  CASE WHEN overflow_condition = 419550002 THEN 'ProxyConversationLastOverflow[OverflowCondition] = 419550002' END,
  CASE WHEN msdyn_createdon::DATE = '2025-01-06' THEN 'DimDate[Date] = DATE(2025, 1, 6)' END,
  CASE WHEN msdyn_createdon::DATE = '2025-03-04' THEN 'DimDate[Date] = DATE(2025, 3, 4)' END,
  CASE WHEN msdyn_createdon::DATE = '2025-12-31' THEN 'DimDate[Date] = DATE(2025, 12, 31)' END
]) AS filter
FROM conversation_facts;

CREATE TABLE measured AS
SELECT
  filter,
  counted(count(activityid)) AS total,
  sum(is_incoming::INTEGER) AS incoming,
  sum((msdyn_isabandoned AND statuscode = 4 AND is_incoming)::INTEGER) AS abandoned,
  sum((msdyn_isabandoned AND is_incoming)::INTEGER) AS left_by_customer,
  sum(coalesce(is_short_abandoned, false)::INTEGER) AS short,
  sum((statuscode = 2 AND (coalesce(msdyn_statuschangereason, 0) = 192350002 OR coalesce(msdyn_statereason, '') = 'Agent assigned, awaiting acceptance'))::INTEGER) AS awaiting,
  sum((statuscode = 2 AND (coalesce(msdyn_statuschangereason, 0) = 192350003 OR coalesce(msdyn_statereason, '') = 'In conversation'))::INTEGER) AS talking,
  sum((statuscode = 3)::INTEGER) AS waiting,
  sum((statuscode = 5)::INTEGER) AS wrapping_up
FROM (
  SELECT DISTINCT filter FROM asked WHERE filter IS NOT NULL
  -- nothing happened in that week
  UNION SELECT 'DimDate[Date] >= DATE(2025, 8, 11), DimDate[Date] < DATE(2025, 8, 18)'
) groups
LEFT JOIN asked USING (filter) LEFT JOIN conversation_facts USING (activityid)
GROUP BY filter;

-- the divisor of the two rates by overflow counts whatever the last overflow was
CREATE TABLE divided AS
SELECT *, counted(CASE WHEN filter LIKE 'Proxy%' THEN (SELECT incoming FROM measured WHERE filter = '') ELSE incoming END) AS divisor
FROM measured;

CREATE MACRO one(metric, amount) AS {'metric': metric, 'value': amount::DOUBLE};

SELECT each.metric, filter, each.value
FROM (
  SELECT filter, unnest([
    one('Total conversations_FactConversation', total),
    one('Incoming conversations', incoming),
    one('Abandoned conversations', abandoned),
    one('Short abandoned', short),
    one('Abandoned conversations (excl. short abandons)', minus(abandoned, short)),
    one('Short abandon rate', short / divisor),
    one('Abandoned rate (excl. short abandons)', minus(abandoned, short) / divisor),
    one('Incoming conversation (excl. short abandons)', minus(incoming, short)),
    one('Active conversations awaiting agent acceptance', awaiting),
    one('Active conversations with agent acceptance', talking),
    one('Waiting conversations', waiting),
    one('Wrap-up conversations', wrapping_up),
    one('Conversations abandoned rate', left_by_customer / counted(incoming))
  ]) AS each
  FROM divided
)
-- by their sessions, each in its own channel and with its own agent
UNION ALL
SELECT 'Total bot conversation', filter, counted(count(DISTINCT msdyn_liveworkitemid)) FROM (
  SELECT msdyn_liveworkitemid, unnest(['', CASE WHEN msdyn_channel = 192440000 THEN 'DimChannel[Channel] = "Voice call"' END]) AS filter
  FROM realtime_session WHERE msdyn_botapplicationid IS NOT NULL
  UNION ALL SELECT NULL, 'DimAgent[Name] = "Sam Rivera"'
)
WHERE filter IS NOT NULL
GROUP BY filter
;
