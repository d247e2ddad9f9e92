-- The rules that cut messages into sessions, written from the published text. What happened before decides what a message
-- is, so billed sessions are found by going through each conversation message by message, all conversations at once.

CREATE TABLE walked AS
WITH RECURSIVE walk AS (
  SELECT conversation, 0::BIGINT AS place, 0 AS session, false AS is_open, NULL::TIMESTAMP AS opened, NULL::TIMESTAMP AS heard, 0 AS turns,
    NULL::VARCHAR AS closed_before, NULL::VARCHAR AS opened_by, NULL::INTEGER AS belongs_to
  FROM conversation
  UNION ALL
  SELECT conversation, place,
    session + opens::INTEGER,
    (opens OR stays) AND event <> 'end',
    CASE WHEN opens THEN sent_at ELSE opened END,
    CASE WHEN opens OR is_user THEN sent_at ELSE heard END,
    CASE WHEN opens THEN 0 ELSE turns END + is_user::INTEGER,
    closed_before,
    CASE WHEN NOT opens THEN NULL WHEN closed_before IN ('length', 'turns') THEN closed_before ELSE 'trigger' END,
    CASE WHEN opens OR stays THEN session + opens::INTEGER END
  FROM (
    SELECT *, is_open AND closed_before IS NULL AS stays,
      -- A cut by length or turns: the next message opens. Else a trigger does, where no session is open.
      coalesce(closed_before IN ('length', 'turns'), false) OR (is_trigger AND (NOT is_open OR closed_before IS NOT NULL)) AS opens
    FROM (
      SELECT walk.conversation, message.place, session, is_open, opened, heard, turns, sent_at, event, is_user, is_trigger,
        CASE
          WHEN NOT is_open THEN NULL
          WHEN sent_at - heard > INTERVAL 30 MINUTE THEN 'idle'
          WHEN sent_at - opened > INTERVAL 60 MINUTE THEN 'length'
          WHEN is_user AND turns = 100 THEN 'turns'
        END AS closed_before
      FROM walk JOIN message ON message.conversation = walk.conversation AND message.place = walk.place + 1
    )
  )
)
SELECT walk.*, message.* EXCLUDE (conversation, place) FROM walk JOIN message USING (conversation, place);

CREATE TABLE log_end AS SELECT max(sent_at) AS last_moment FROM message;

-- Why each session ended: the user closed the chat, the next message came too late, or nothing came any more.
CREATE TABLE billed_session AS
SELECT conversation, belongs_to AS session, min(sent_at) AS started, max(sent_at) AS ended, count(*) AS messages, sum(is_user::INTEGER) AS turns,
  max(opened_by) AS start_reason,
  CASE
    WHEN bool_or(event = 'end') THEN 'ended'
    WHEN max(next_closed) IS NOT NULL THEN max(next_closed)
    WHEN max(last_moment) - arg_max(heard, place) > INTERVAL 30 MINUTE THEN 'idle'
    WHEN max(last_moment) - max(opened) > INTERVAL 60 MINUTE THEN 'length'
    ELSE 'open'
  END AS end_reason,
  coalesce(bool_or(skill), false) AS extension, bool_or(connector IS NOT NULL) AS flow, coalesce(bool_or(connector = 'premium'), false) AS premium,
  coalesce(bool_or(topic_kind = 'user'), false) AS user_topic
FROM (SELECT *, lead(closed_before) OVER (PARTITION BY conversation ORDER BY place) AS next_closed FROM walked), log_end
WHERE belongs_to IS NOT NULL
GROUP BY conversation, belongs_to;

CREATE TABLE billing AS
SELECT *,
  CASE
    WHEN is_test THEN 'Test chat'
    WHEN extension THEN 'Billed session'
    WHEN stored_in = 'Dataverse for Teams' AND channel = 'Teams' AND NOT premium THEN 'Included with select Microsoft 365 subscriptions'
    WHEN flow OR user_topic THEN 'Billed session'
    ELSE 'Free - not a billed session'
  END AS billing,
  started::DATE AS day, date_trunc('month', started)::DATE AS month
FROM billed_session JOIN conversation USING (conversation);

-- Stretches without half an hour's silence need no walk: a new one begins where the message before is too long ago.
CREATE TABLE visit AS
SELECT conversation, stretch, min(sent_at)::DATE AS day, bool_or(belongs_to IS NOT NULL) AS has_session
FROM (
  SELECT *, sum(is_new::INTEGER) OVER (PARTITION BY conversation ORDER BY place) AS stretch
  FROM (SELECT *, coalesce(sent_at - lag(sent_at) OVER (PARTITION BY conversation ORDER BY place) > INTERVAL 30 MINUTE, true) AS is_new FROM walked)
)
GROUP BY conversation, stretch;

-- An analytics session ends with the message that hands the conversation over, too.
CREATE TABLE analytics_session AS
WITH cut AS (
  SELECT *, coalesce(sent_at - lag(sent_at) OVER own > INTERVAL 30 MINUTE OR lag(event) OVER own = 'handoff', true) AS is_new
  FROM message WINDOW own AS (PARTITION BY conversation ORDER BY place)
), numbered AS (
  SELECT *, sum(is_new::INTEGER) OVER (PARTITION BY conversation ORDER BY place) AS session FROM cut
), told AS (
  SELECT conversation, session, min(sent_at)::DATE AS day,
    coalesce(bool_or(topic_kind = 'user'), false) AS fired,
    bool_or(event = 'handoff' OR coalesce(topic = 'Escalate', false)) AS escalated,
    coalesce(bool_or(answer = 'yes' OR topic = 'Confirmed Success'), false) AS confirmed,
    -- when it was asked last whether that was all, and when the user spoke last
    max(place) FILTER (topic = 'End of Conversation' AND topic_kind = 'system') AS asked, max(place) FILTER (is_user) AS spoke,
    arg_max(topic, place) FILTER (topic_kind = 'user') AS last_user_topic, arg_min(topic, place) FILTER (topic_kind = 'system') AS first_system_topic,
    count(*) FILTER (event = 'survey') AS shown, count(score) AS answered, arg_max(score, place) AS score
  FROM numbered GROUP BY conversation, session
)
SELECT told.*, conversation.* EXCLUDE (conversation), date_trunc('month', day)::DATE AS month, fired OR escalated AS engaged,
  coalesce(last_user_topic, first_system_topic) AS topic,
  CASE
    WHEN NOT (fired OR escalated) THEN 'None'
    WHEN escalated THEN 'Escalated'
    WHEN confirmed OR coalesce(asked > coalesce(spoke, 0), false) THEN 'Resolved'
    ELSE 'Abandoned'
  END AS outcome
FROM told JOIN conversation USING (conversation);
