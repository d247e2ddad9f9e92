-- Expected values of historical/conversations.dax: (metric, filter, value), a filter written as in the .dax file; every
-- metric in every group that is asked for somewhere. A count over no rows is NULL, which is BLANK in DAX.

-- which groups a conversation is in
CREATE TABLE asked AS
SELECT activityid, unnest([
  '',
  CASE WHEN queue_name = 'Returns' THEN 'DimQueue[Queue] = "Returns"' END,
  CASE WHEN queue_name = 'Escalations' THEN 'DimQueue[Queue] = "Escalations"' END,
  CASE WHEN msdyn_streamsource = 192300000 THEN 'DimChannel[Channel] = "WhatsApp"' END,
  CASE WHEN msdyn_streamsource = 192360000 THEN 'DimChannel[Channel] = "Live chat"' END,
  CASE WHEN statuscode = 1 THEN 'FactConversation[StatusId] = "1"' END,
  CASE WHEN statuscode = 6 THEN 'FactConversation[StatusId] = "6"' END,
  CASE WHEN NOT msdyn_isagentaccepted THEN 'FactConversation[IsAgentAccepted] = "0"' END,
  CASE WHEN msdyn_isoutbound THEN 'FactConversation[IsOutbound] = "1"' END,
  CASE WHEN overflow_action = 419550005 THEN 'ProxyConversationLastOverflow[OverflowAction] = "419550005"' END,
  CASE WHEN overflow_condition = 419550002 THEN 'ProxyConversationLastOverflow[OverflowCondition] = "419550002"' END,
  CASE WHEN msdyn_createdon::DATE = '2025-01-06' THEN 'DimDate[Date] = DATE(2025, 1, 6)' END,
  -- nothing happened in that week
  CASE WHEN msdyn_createdon >= '2025-08-11' AND msdyn_createdon < '2025-08-18' THEN 'DimDate[Date] >= DATE(2025, 8, 11), DimDate[Date] < DATE(2025, 8, 18)' END
]) AS filter
FROM historical_conversation;

CREATE TABLE measured AS
SELECT
  filter,
  counted(count(activityid)) AS total,
  counted(count(*) FILTER (is_agent_involved AND is_incoming)) AS incoming,
  counted(count(*) FILTER (msdyn_isoutbound)) AS outgoing,
  counted(count(*) FILTER (msdyn_firstwaitstartedon IS NOT NULL AND msdyn_isagentaccepted)) AS handled,
  counted(count(*) FILTER (msdyn_isabandoned AND is_incoming AND statuscode = 4)) AS abandoned,
  -- what the abandon rate divides: "IsOffered, not IsAgentAccepted", of the incoming ones
  counted(count(*) FILTER (is_agent_involved AND is_incoming AND msdyn_firstwaitstartedon IS NOT NULL AND NOT msdyn_isagentaccepted)) AS unanswered,
  -- 0 where there are conversations, but none of them is short
  CASE WHEN count(activityid) > 0 THEN count(*) FILTER (is_short_abandoned) END AS short,
  counted(count(*) FILTER (msdyn_transfercount > 0)) AS transferred
FROM (
  SELECT DISTINCT filter FROM asked WHERE filter IS NOT NULL
  UNION SELECT 'DimDate[Date] >= DATE(2025, 8, 11), DimDate[Date] < DATE(2025, 8, 18)'
) groups
LEFT JOIN asked USING (filter) LEFT JOIN historical_conversation USING (activityid)
GROUP BY filter;

-- the divisor of the two rates by overflow counts whatever the last overflow was
CREATE TABLE divided AS
SELECT *, CASE WHEN filter LIKE 'Proxy%' THEN (SELECT incoming FROM measured WHERE filter = '') ELSE incoming END AS divisor
FROM measured;

-- of closed conversations that a person accepted; a group by status or acceptance is no narrower, since the metric sets both
CREATE TABLE transfer_rate AS
SELECT filter, count(*) FILTER (msdyn_transfercount > 0) / count(*) AS rate
FROM (
  SELECT activityid, CASE WHEN filter LIKE '%StatusId%' THEN '' ELSE filter END AS filter FROM asked
  WHERE filter NOT LIKE '%StatusId%'
) JOIN historical_conversation USING (activityid)
WHERE statuscode = 4 AND msdyn_isagentaccepted
GROUP BY filter;

CREATE MACRO one(metric, amount) AS {'metric': metric, 'value': amount::DOUBLE};

SELECT each.metric, filter, each.value
FROM (
  SELECT filter, unnest([
    one('Total conversations_FactConversation', total),
    one('Incoming conversations_FactConversation', incoming),
    one('Outgoing conversations', outgoing),
    one('Total handled conversations', handled),
    one('Abandoned conversations', abandoned),
    one('Short abandoned', short),
    one('Abandoned conversations (excl. short abandons)', minus(abandoned, short)),
    one('Short abandon rate', short / divisor),
    one('Abandoned rate (excl. short abandons)', minus(abandoned, short) / divisor),
    one('Incoming conversation (excl. short abandons)', minus(incoming, short)),
    one('Abandon rate_FactConversation', coalesce(unanswered / incoming, 0)),
    one('TransferedConversationCount', transferred),
    one('Transfer rate_FactConversation', CASE
      WHEN total IS NOT NULL THEN coalesce((SELECT rate FROM transfer_rate t WHERE t.filter = CASE WHEN d.filter LIKE '%StatusId%' THEN '' ELSE d.filter END), 0)
    END)
  ]) AS each
  FROM divided d
)
-- by their sessions, each in its own channel and with its own agent
UNION ALL
SELECT 'Bot conversations_FactSession', filter, counted(count(DISTINCT msdyn_liveworkitemid)) FROM (
  SELECT msdyn_liveworkitemid, unnest([
    '',
    CASE WHEN msdyn_channel = 192440000 THEN 'DimChannel[Channel] = "Voice call"' END,
    CASE WHEN agent_name = 'Billing helper' THEN 'DimAgent[Name] = "Billing helper"' END
  ]) AS filter
  FROM historical_session WHERE msdyn_botapplicationid IS NOT NULL
  UNION ALL SELECT NULL, 'DimAgent[Name] = "Sam Rivera"'
)
WHERE filter IS NOT NULL
GROUP BY filter
;
