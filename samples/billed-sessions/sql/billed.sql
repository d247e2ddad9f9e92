-- Expected values of the metrics of billed sessions: (metric, filter, value), a filter written as in the .dax file.
-- A count over no rows is NULL, which is BLANK in DAX. The clock stands in the evening of 2023-03-30: the last 30 days are 28 February to 29 March.

CREATE MACRO counted(n) AS nullif(n, 0);
CREATE TABLE billed AS SELECT * FROM billing WHERE billing = 'Billed session';
CREATE MACRO billed_between(a, b) AS (SELECT counted(count(*)) FROM billed WHERE day >= a AND day < b);

-- The bounds and scenarios that conversations are named after.
CREATE TABLE bound AS
SELECT unnest(['idle 30:00', 'idle 30:01', 'idle 30:01 without topic', 'idle of the user', 'length 60:00', 'length 60:01', 'length without topic',
  'turn 100', 'turn 101', 'turn 101 with topic', 'ended', 'silent and long', 'midnight', 'test chat']) AS conversation;
CREATE TABLE scenario AS
SELECT unnest(['scenario 1', 'scenario 1 premium', 'scenario 1 web', 'scenario 1 not in Teams', 'scenario 2', 'scenario 2 silent', 'scenario 3', 'scenario 4', 'scenario 1 and 4',
  'scenario 5', 'test chat', 'length without topic', 'idle 30:01 without topic']) AS conversation;
CREATE MACRO of_conversation(c) AS 'Conversation[ConversationId] = "' || c || '"';

SELECT 'Sessions' AS metric, '' AS filter, counted(count(*))::VARCHAR AS value FROM billing
UNION ALL SELECT 'Sessions', 'BilledSession[EndReason] = "' || end_reason || '"', count(*)::VARCHAR FROM billing GROUP BY end_reason
UNION ALL SELECT 'Sessions', 'BilledSession[StartReason] = "' || start_reason || '"', count(*)::VARCHAR FROM billing GROUP BY start_reason
UNION ALL SELECT 'Sessions', of_conversation(conversation), counted(count(session))::VARCHAR FROM bound LEFT JOIN billing USING (conversation) GROUP BY conversation

UNION ALL SELECT 'Messages in sessions', '', sum(messages)::VARCHAR FROM billing
UNION ALL SELECT 'Messages in sessions', of_conversation(c), (SELECT sum(messages) FROM billing WHERE conversation = c)::VARCHAR
FROM (SELECT unnest(['scenario 5', 'ended', 'idle of the user', 'scenario 2']) AS c)

UNION ALL SELECT 'Most turns', '', max(turns)::VARCHAR FROM billing
UNION ALL SELECT 'Most turns', of_conversation('ended'), max(turns)::VARCHAR FROM billing WHERE conversation = 'ended'
UNION ALL SELECT 'Longest session', '', (max(epoch(ended - started)) / 60)::VARCHAR FROM billing
UNION ALL SELECT 'Longest session', of_conversation('idle of the user'), (max(epoch(ended - started)) / 60)::VARCHAR FROM billing WHERE conversation = 'idle of the user'

UNION ALL SELECT 'Is session billed?', of_conversation(conversation),
  CASE count(DISTINCT billing) WHEN 0 THEN 'Free - not a billed session' WHEN 1 THEN min(billing) ELSE 'Several answers' END
FROM scenario LEFT JOIN billing USING (conversation) GROUP BY conversation
UNION ALL SELECT 'Is session billed?', of_conversation('nobody'), NULL

UNION ALL SELECT 'Billed sessions', 'BilledSession[Billing] = "Test chat"', NULL
UNION ALL SELECT 'Billed sessions', '', count(*)::VARCHAR FROM billed
UNION ALL SELECT 'Billed sessions', 'Conversation[Channel] = "Teams"', count(*)::VARCHAR FROM billed WHERE channel = 'Teams'
UNION ALL SELECT 'Billed sessions', 'Bot[Name] = "HR helper"', count(*)::VARCHAR FROM billed WHERE name = 'HR helper'
UNION ALL SELECT 'Billed sessions', 'BilledSession[UserTopic] = FALSE', count(*)::VARCHAR FROM billed WHERE NOT user_topic
UNION ALL SELECT 'Billed sessions', '''Date''[Date] = DATE(2023, 3, 30)', counted(count(*))::VARCHAR FROM billed WHERE day = '2023-03-30'
UNION ALL SELECT 'Billed sessions', '''Date''[Date] = DATE(2023, 3, 26)', counted(count(*))::VARCHAR FROM billed WHERE day = '2023-03-26'
UNION ALL SELECT 'Billed sessions', 'Capacity[Month] = DATE(2023, 1, 1)', count(*)::VARCHAR FROM billed WHERE month = '2023-01-01'
UNION ALL SELECT 'Billed sessions', of_conversation(conversation), counted(count(session))::VARCHAR FROM bound LEFT JOIN billed USING (conversation) GROUP BY conversation

UNION ALL SELECT 'Included sessions', 'BilledSession[Billing] = "Billed session"', NULL
UNION ALL SELECT 'Included sessions', '', count(*)::VARCHAR FROM billing WHERE billing LIKE 'Included%'
UNION ALL SELECT 'Included sessions', 'Conversation[Channel] = "Web"', counted(count(*))::VARCHAR FROM billing WHERE billing LIKE 'Included%' AND channel = 'Web'
UNION ALL SELECT 'Included sessions', of_conversation('scenario 1'), counted(count(*))::VARCHAR FROM billing WHERE billing LIKE 'Included%' AND conversation = 'scenario 1'
UNION ALL SELECT 'Test chat sessions', 'BilledSession[Billing] = "Billed session"', NULL
UNION ALL SELECT 'Test chat sessions', '', count(*)::VARCHAR FROM billing WHERE billing = 'Test chat'
UNION ALL SELECT 'Test chat sessions', 'Bot[Name] = "Shop assistant"', count(*)::VARCHAR FROM billing WHERE billing = 'Test chat' AND name = 'Shop assistant'
UNION ALL SELECT 'Free sessions', 'BilledSession[Billing] = "Billed session"', NULL
UNION ALL SELECT 'Free sessions', '', count(*)::VARCHAR FROM billing WHERE billing LIKE 'Free%'
UNION ALL SELECT 'Free sessions', 'BilledSession[StartReason] = "trigger"', counted(count(*))::VARCHAR FROM billing WHERE billing LIKE 'Free%' AND start_reason = 'trigger'
UNION ALL SELECT 'Free sessions', of_conversation('turn 101'), counted(count(*))::VARCHAR FROM billing WHERE billing LIKE 'Free%' AND conversation = 'turn 101'
UNION ALL SELECT 'Free visits', 'Visit[HasSession] = TRUE', NULL
UNION ALL SELECT 'Free visits', 'Conversation[IsTestChat] = TRUE', NULL
UNION ALL SELECT 'Free visits', '', count(*)::VARCHAR FROM visit JOIN conversation USING (conversation) WHERE NOT has_session AND NOT is_test
UNION ALL SELECT 'Free visits', 'Conversation[Channel] = "Web"', count(*)::VARCHAR FROM visit JOIN conversation USING (conversation) WHERE NOT has_session AND NOT is_test AND channel = 'Web'
UNION ALL SELECT 'Free visits', of_conversation(conversation), count(*)::VARCHAR FROM visit
WHERE NOT has_session AND conversation IN ('scenario 2', 'visit 30:00', 'visit 30:01') GROUP BY conversation
UNION ALL SELECT 'Free visits', of_conversation('scenario 5'), counted(count(*))::VARCHAR FROM visit WHERE NOT has_session AND conversation = 'scenario 5'

UNION ALL SELECT 'Billed sessions (last 30 days)', '', billed_between('2023-02-28'::DATE, '2023-03-30'::DATE)::VARCHAR
UNION ALL SELECT 'Billed sessions (last 30 days)', '''Date''[Date] = DATE(2023, 2, 28)', billed_between('2023-02-28'::DATE, '2023-03-01'::DATE)::VARCHAR
UNION ALL SELECT 'Billed sessions (last 30 days)', '''Date''[Date] = DATE(2023, 2, 27)', NULL
UNION ALL SELECT 'Billed sessions (last 30 days)', '''Date''[Date] = DATE(2023, 3, 30)', NULL
UNION ALL SELECT 'Billed sessions (30 days before)', '', billed_between('2023-01-29'::DATE, '2023-02-28'::DATE)::VARCHAR
UNION ALL SELECT 'Billed sessions (30 days before)', '''Date''[Date] = DATE(2023, 1, 29)', billed_between('2023-01-29'::DATE, '2023-01-30'::DATE)::VARCHAR
UNION ALL SELECT 'Billed sessions (30 days before)', '''Date''[Date] = DATE(2023, 1, 28)', NULL
UNION ALL SELECT 'Trend (last 30 days)', '', ((billed_between('2023-02-28'::DATE, '2023-03-30'::DATE) - billed_between('2023-01-29'::DATE, '2023-02-28'::DATE))
  / billed_between('2023-01-29'::DATE, '2023-02-28'::DATE))::VARCHAR
UNION ALL SELECT 'Trend (last 30 days)', 'Bot[Name] = "IT desk"', (SELECT (count(*) FILTER (day >= '2023-02-28') - count(*) FILTER (day < '2023-02-28')) / count(*) FILTER (day < '2023-02-28')
  FROM billed WHERE name = 'IT desk' AND day >= '2023-01-29' AND day < '2023-03-30')::VARCHAR
UNION ALL SELECT 'Billed sessions (last 7 days)', '', billed_between('2023-03-23'::DATE, '2023-03-30'::DATE)::VARCHAR
UNION ALL SELECT 'Billed sessions (last 7 days)', '''Date''[Date] = DATE(2023, 3, 23)', billed_between('2023-03-23'::DATE, '2023-03-24'::DATE)::VARCHAR
UNION ALL SELECT 'Billed sessions (last 7 days)', '''Date''[Date] = DATE(2023, 3, 22)', NULL
UNION ALL SELECT 'Billed sessions (last 7 days)', '''Date''[Date] = DATE(2023, 3, 30)', NULL
UNION ALL SELECT 'Billed sessions (7 days before)', '', billed_between('2023-03-16'::DATE, '2023-03-23'::DATE)::VARCHAR
UNION ALL SELECT 'Billed sessions (7 days before)', '''Date''[Date] = DATE(2023, 3, 16)', billed_between('2023-03-16'::DATE, '2023-03-17'::DATE)::VARCHAR
UNION ALL SELECT 'Billed sessions (7 days before)', '''Date''[Date] = DATE(2023, 3, 15)', NULL
UNION ALL SELECT 'Trend (last 7 days)', '', ((billed_between('2023-03-23'::DATE, '2023-03-30'::DATE) - billed_between('2023-03-16'::DATE, '2023-03-23'::DATE))
  / billed_between('2023-03-16'::DATE, '2023-03-23'::DATE))::VARCHAR
UNION ALL SELECT 'Billed sessions a day', '', (billed_between('2023-02-28'::DATE, '2023-03-30'::DATE) / 30)::VARCHAR

UNION ALL SELECT 'Capacity bought', '', sum(sessions)::VARCHAR FROM capacity
UNION ALL SELECT 'Capacity bought', 'Capacity[Month] = DATE(2023, 3, 1)', sum(sessions)::VARCHAR FROM capacity WHERE month = '2023-03-01'
UNION ALL SELECT 'Capacity used', '', ((SELECT count(*) FROM billed) / sum(sessions))::VARCHAR FROM capacity
UNION ALL SELECT 'Capacity used', 'Capacity[Month] = DATE(2023, 3, 1)', ((SELECT count(*) FROM billed WHERE month = '2023-03-01') / sum(sessions))::VARCHAR FROM capacity WHERE month = '2023-03-01'
UNION ALL SELECT 'Capacity left', 'Capacity[Month] = DATE(2023, 3, 1)', (sum(sessions) - (SELECT count(*) FROM billed WHERE month = '2023-03-01'))::VARCHAR FROM capacity WHERE month = '2023-03-01'
UNION ALL SELECT 'Capacity left', '', (sum(sessions) - (SELECT count(*) FROM billed))::VARCHAR FROM capacity
