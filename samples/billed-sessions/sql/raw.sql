-- The raw tables as they lie in data. Paths are relative to samples/billed-sessions. An empty cell is NULL.

CREATE TABLE bot AS
SELECT * FROM read_csv('data/bots.csv', header = true, columns = {'bot_id': 'VARCHAR', 'name': 'VARCHAR', 'stored_in': 'VARCHAR'});

CREATE TABLE capacity AS
SELECT * FROM read_csv('data/capacity.csv', header = true, columns = {'month': 'DATE', 'sessions': 'INTEGER'});

CREATE TABLE conversation AS
SELECT * FROM read_csv('data/conversations.csv', header = true, columns = {
  'conversation': 'VARCHAR', 'bot_id': 'VARCHAR', 'channel': 'VARCHAR', 'user_id': 'VARCHAR', 'is_test': 'BOOLEAN'})
JOIN bot USING (bot_id);

-- Each message with its place in its conversation.
CREATE TABLE message AS
SELECT *, row_number() OVER (PARTITION BY conversation ORDER BY sent_at, message_id) AS place,
  sender = 'user' AND event = 'message' AS is_user,
  coalesce(topic_kind = 'user', false) OR connector IS NOT NULL OR coalesce(skill, false) AS is_trigger
FROM read_csv('data/messages.csv', header = true, timestampformat = '%Y-%m-%dT%H:%M:%SZ', columns = {
  'message_id': 'INTEGER', 'conversation': 'VARCHAR', 'sent_at': 'TIMESTAMP', 'sender': 'VARCHAR', 'event': 'VARCHAR', 'topic': 'VARCHAR',
  'topic_kind': 'VARCHAR', 'connector': 'VARCHAR', 'skill': 'BOOLEAN', 'answer': 'VARCHAR', 'score': 'INTEGER'});
