-- Expected values of the metrics of analytics sessions: (metric, filter, value). Conversations of the test chat do not count.

CREATE MACRO counted(n) AS nullif(n, 0);
CREATE TABLE session AS SELECT * FROM analytics_session WHERE NOT is_test;
CREATE TABLE engaged AS SELECT * FROM session WHERE engaged;
CREATE MACRO share(o) AS TABLE SELECT (count(*) FILTER (outcome = o) / count(*))::VARCHAR AS value FROM engaged;
CREATE MACRO share_of(o, b) AS TABLE SELECT (count(*) FILTER (outcome = o) / count(*))::VARCHAR AS value FROM engaged WHERE name = b;

SELECT 'Total sessions' AS metric, '' AS filter, count(*)::VARCHAR AS value FROM session
UNION ALL SELECT 'Total sessions', 'Conversation[IsTestChat] = TRUE', NULL
UNION ALL SELECT 'Total sessions', 'Conversation[Channel] = "Teams"', count(*)::VARCHAR FROM session WHERE channel = 'Teams'
UNION ALL SELECT 'Total sessions', 'AnalyticsSession[Topic] = "Greeting"', count(*)::VARCHAR FROM session WHERE topic = 'Greeting'
UNION ALL SELECT 'Total sessions', 'AnalyticsSession[Topic] = "Order status"', count(*)::VARCHAR FROM session WHERE topic = 'Order status'
UNION ALL SELECT 'Total sessions', 'Capacity[Month] = DATE(2023, 2, 1)', count(*)::VARCHAR FROM session WHERE month = '2023-02-01'
UNION ALL SELECT 'Total sessions', 'Conversation[ConversationId] = "' || c || '"', counted(count(session))::VARCHAR
FROM (SELECT unnest(['idle 30:00', 'idle 30:01', 'idle of the user', 'length 60:01', 'turn 101', 'test chat', 'midnight', 'back after a person']) AS c) LEFT JOIN session ON conversation = c GROUP BY c

UNION ALL SELECT 'Engaged sessions', 'AnalyticsSession[Engaged] = FALSE', NULL
UNION ALL SELECT 'Engaged sessions', '', count(*)::VARCHAR FROM engaged
UNION ALL SELECT 'Engaged sessions', 'Bot[Name] = "IT desk"', count(*)::VARCHAR FROM engaged WHERE name = 'IT desk'
UNION ALL SELECT 'Engaged sessions', 'AnalyticsSession[FiredTopic] = FALSE', count(*)::VARCHAR FROM engaged WHERE NOT fired
UNION ALL SELECT 'Unengaged sessions', 'AnalyticsSession[Outcome] = "Resolved"', NULL
UNION ALL SELECT 'Unengaged sessions', '', count(*)::VARCHAR FROM session WHERE NOT engaged
UNION ALL SELECT 'Unengaged sessions', 'Conversation[ConversationId] = "scenario 2"', counted(count(*))::VARCHAR FROM session WHERE NOT engaged AND conversation = 'scenario 2'
UNION ALL SELECT 'Unengaged sessions', 'Conversation[ConversationId] = "scenario 2 silent"', counted(count(*))::VARCHAR FROM session WHERE NOT engaged AND conversation = 'scenario 2 silent'

UNION ALL SELECT 'Resolved sessions', 'AnalyticsSession[Outcome] = "Escalated"', NULL
UNION ALL SELECT 'Resolved sessions', '', count(*)::VARCHAR FROM session WHERE outcome = 'Resolved'
UNION ALL SELECT 'Resolved sessions', 'AnalyticsSession[Confirmed] = FALSE', count(*)::VARCHAR FROM session WHERE outcome = 'Resolved' AND NOT confirmed
UNION ALL SELECT 'Resolved sessions', 'Conversation[Channel] = "Web"', count(*)::VARCHAR FROM session WHERE outcome = 'Resolved' AND channel = 'Web'
UNION ALL SELECT 'Escalated sessions', 'AnalyticsSession[Outcome] = "Resolved"', NULL
UNION ALL SELECT 'Escalated sessions', '', count(*)::VARCHAR FROM session WHERE outcome = 'Escalated'
UNION ALL SELECT 'Escalated sessions', 'Conversation[ConversationId] = "' || conversation || '"', count(*)::VARCHAR FROM session
WHERE outcome = 'Escalated' AND conversation IN ('scenario 2', 'back after a person', 'transfer in a topic', 'no person there') GROUP BY conversation
UNION ALL SELECT 'Escalated sessions', 'AnalyticsSession[Confirmed] = TRUE', counted(count(*))::VARCHAR FROM session WHERE outcome = 'Escalated' AND confirmed
UNION ALL SELECT 'Abandoned sessions', 'AnalyticsSession[Outcome] = "None"', NULL
UNION ALL SELECT 'Abandoned sessions', '', count(*)::VARCHAR FROM session WHERE outcome = 'Abandoned'
UNION ALL SELECT 'Abandoned sessions', 'Bot[Name] = "HR helper"', count(*)::VARCHAR FROM session WHERE outcome = 'Abandoned' AND name = 'HR helper'
UNION ALL SELECT 'Abandoned sessions', 'Conversation[ConversationId] = "' || conversation || '"', count(*)::VARCHAR FROM session
WHERE outcome = 'Abandoned' AND conversation IN ('ended', 'back after a person') GROUP BY conversation

UNION ALL SELECT 'Engagement rate', '', ((SELECT count(*) FROM engaged) / count(*))::VARCHAR FROM session
UNION ALL SELECT 'Engagement rate', 'Bot[Name] = "IT desk"', (count(*) FILTER (engaged) / count(*))::VARCHAR FROM session WHERE name = 'IT desk'
UNION ALL SELECT 'Resolution rate', '', value FROM share('Resolved')
UNION ALL SELECT 'Resolution rate', 'Bot[Name] = "HR helper"', value FROM share_of('Resolved', 'HR helper')
UNION ALL SELECT 'Escalation rate', '', value FROM share('Escalated')
UNION ALL SELECT 'Escalation rate', 'Bot[Name] = "HR helper"', value FROM share_of('Escalated', 'HR helper')
UNION ALL SELECT 'Abandon rate', '', value FROM share('Abandoned')
UNION ALL SELECT 'Abandon rate', 'Bot[Name] = "HR helper"', value FROM share_of('Abandoned', 'HR helper')

UNION ALL SELECT 'CSAT', 'Conversation[IsTestChat] = TRUE', NULL
UNION ALL SELECT 'CSAT', '', avg(score)::VARCHAR FROM session
UNION ALL SELECT 'CSAT', 'Conversation[Channel] = "Teams"', avg(score)::VARCHAR FROM session WHERE channel = 'Teams'
UNION ALL SELECT 'CSAT', 'Conversation[ConversationId] = "several surveys"', avg(score)::VARCHAR FROM session WHERE conversation = 'several surveys'
UNION ALL SELECT 'CSAT', 'AnalyticsSession[SurveysShown] = 0', avg(score)::VARCHAR FROM session WHERE shown = 0
UNION ALL SELECT 'CSAT response rate', 'Conversation[IsTestChat] = TRUE', NULL
UNION ALL SELECT 'CSAT response rate', '', (sum(answered) / sum(shown))::VARCHAR FROM session
UNION ALL SELECT 'CSAT response rate', 'AnalyticsSession[Outcome] = "Abandoned"', (sum(answered) / sum(shown))::VARCHAR FROM session WHERE outcome = 'Abandoned'
