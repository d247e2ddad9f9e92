-- The published filters, said once more in SQL, so that the numbers in the .dax files have a second witness.
-- Written from the filter texts of the page, not from the DAX.

-- "Exclude in-transit record with msdyn_eventreason '192350001' and Hold event with msdyn_eventtype '192350001'."
CREATE TABLE counted_event AS
SELECT *
FROM msdyn_ocsessionparticipantevent
WHERE msdyn_eventreason IS DISTINCT FROM 192350001
  AND msdyn_eventtype IS DISTINCT FROM 192350001;

-- "IsAgentSession is obtained from systemuser.msdyn_botapplicationid is not null": the text is the wrong way round,
-- for the column holds a bot's application id. A person is somebody without one. A participant whose systemuser row
-- is gone has none either, and counts as a person.
CREATE TABLE participant AS
SELECT p.*, u.systemuserid IS NOT NULL AS is_known, u.msdyn_botapplicationid, u.msdyn_botapplicationid IS NULL AS is_person
FROM msdyn_sessionparticipant p
LEFT JOIN systemuser u ON u.systemuserid = p.msdyn_agentid;

-- Every session with its conversation, its primary participant (mode 192350002) and what the rules ask of it.
CREATE TABLE session_facts AS
SELECT
  s.*,
  c.msdyn_isoutbound,
  c.msdyn_channel AS conversation_channels,
  c.msdyn_channelinstanceid,
  p.msdyn_agentid AS agent_id,
  p.msdyn_botapplicationid,
  u.fullname AS agent_name,
  q.name AS queue_name,
  coalesce(p.is_person, false) AS is_agent_session,
  EXISTS (
    SELECT 1 FROM participant a
    WHERE a.msdyn_omnichannelsession = s.activityid AND a.is_person AND a.msdyn_joinedon IS NOT NULL
  ) AS is_accepted_by_person,
  (SELECT sum(a.msdyn_activetime) FROM msdyn_sessionparticipant a WHERE a.msdyn_omnichannelsession = s.activityid) AS active_seconds,
  date_diff('second', s.msdyn_sessioncreatedon, coalesce(s.msdyn_agentacceptedon, s.msdyn_sessionclosedon)) AS wait_seconds
FROM msdyn_ocsession s
LEFT JOIN msdyn_ocliveworkitem c ON c.activityid = s.msdyn_liveworkitemid
LEFT JOIN participant p ON p.msdyn_omnichannelsession = s.activityid AND p.msdyn_mode = 192350002
LEFT JOIN systemuser u ON u.systemuserid = p.msdyn_agentid
LEFT JOIN queue q ON q.queueid = s.msdyn_cdsqueueid;

-- "Exclude sessions from 'Entity Records' channel and SMS filter using msdyn_channel != '192350000' and
-- msdyn_channelinstanceid is NULL": the channel is multi-select, so "is not" means "does not hold".
-- A session all of whose events are in-transit or hold events is left out; one without any event stays.
CREATE TABLE historical_session AS
SELECT *
FROM session_facts s
WHERE NOT list_contains(string_split(coalesce(s.conversation_channels, ''), ','), '192350000')
  AND s.msdyn_channelinstanceid IS NULL
  AND (
    EXISTS (SELECT 1 FROM counted_event e WHERE e.msdyn_sessionid = s.activityid)
    OR NOT EXISTS (SELECT 1 FROM msdyn_ocsessionparticipantevent e WHERE e.msdyn_sessionid = s.activityid)
  );

-- "include only rows msdyn_ocliveworkitem.statuscode is set to any value between 1 to 7": every defined value, so
-- nothing is left out; written down all the same.
CREATE TABLE realtime_session AS
SELECT s.*
FROM session_facts s
JOIN msdyn_ocliveworkitem c ON c.activityid = s.msdyn_liveworkitemid
WHERE c.statuscode BETWEEN 1 AND 7;

CREATE TABLE realtime_participant AS
SELECT p.*, s.msdyn_sessionid, s.agent_name AS session_agent_name, s.agent_id AS session_agent_id, s.msdyn_channel, s.queue_name,
  s.msdyn_sessioncreatedon
FROM participant p
JOIN realtime_session s ON s.activityid = p.msdyn_omnichannelsession;

-- The last time that a queue was full for a conversation, if it ever was.
CREATE TABLE last_overflow AS
SELECT msdyn_ocliveworkitemid, arg_max(msdyn_overflowcondition, msdyn_overflowtriggertimestamp) AS condition,
  arg_max(msdyn_overflowaction, msdyn_overflowtriggertimestamp) AS action
FROM msdyn_sessionextension
WHERE msdyn_overflowaction IS NOT NULL
GROUP BY 1;

-- Every conversation with what the rules ask of it.
CREATE TABLE conversation_facts AS
SELECT
  c.*,
  c.msdyn_isoutbound IS DISTINCT FROM true AS is_incoming,
  -- "at least one session where IsAgentSession is true"
  EXISTS (
    SELECT 1 FROM session_facts s WHERE s.msdyn_liveworkitemid = c.activityid AND s.is_agent_session
  ) AS is_agent_involved,
  -- "HoldTime: msdyn_eventendtime - msdyn_eventstarttime", of hold events
  (
    SELECT sum(date_diff('second', e.msdyn_eventstarttime, e.msdyn_eventendtime))
    FROM msdyn_ocsession s JOIN msdyn_ocsessionparticipantevent e ON e.msdyn_sessionid = s.activityid
    WHERE s.msdyn_liveworkitemid = c.activityid AND e.msdyn_eventtype = 192350001
  ) AS hold_seconds,
  (
    SELECT sum(p.msdyn_activetime)
    FROM msdyn_ocsession s JOIN msdyn_sessionparticipant p ON p.msdyn_omnichannelsession = s.activityid
    WHERE s.msdyn_liveworkitemid = c.activityid
  ) AS active_seconds,
  (
    SELECT sum(p.msdyn_inactivetime)
    FROM msdyn_ocsession s JOIN msdyn_sessionparticipant p ON p.msdyn_omnichannelsession = s.activityid
    WHERE s.msdyn_liveworkitemid = c.activityid
  ) AS inactive_seconds,
  date_diff('second', c.msdyn_createdon, c.msdyn_closedon) AS seconds,
  date_diff('second', c.msdyn_firstwaitstartedon, c.msdyn_closedon) AS seconds_until_closed,
  c.msdyn_isabandoned
    AND date_diff('second', c.msdyn_firstwaitstartedon, c.msdyn_closedon) <= q.msdyn_shortabandonedthreshold AS is_short_abandoned,
  q.name AS queue_name,
  w.msdyn_streamsource,
  o.condition AS overflow_condition,
  o.action AS overflow_action
FROM msdyn_ocliveworkitem c
LEFT JOIN queue q ON q.queueid = c.msdyn_cdsqueueid
LEFT JOIN msdyn_liveworkstream w USING (msdyn_liveworkstreamid)
LEFT JOIN last_overflow o ON o.msdyn_ocliveworkitemid = c.activityid;

-- the same two conditions on the channel as for sessions
CREATE TABLE historical_conversation AS
SELECT * FROM conversation_facts
WHERE NOT list_contains(string_split(coalesce(msdyn_channel, ''), ','), '192350000') AND msdyn_channelinstanceid IS NULL;

-- a count over no rows is BLANK in DAX
CREATE MACRO counted(n) AS nullif(n, 0);
-- a difference is BLANK when both sides are
CREATE MACRO minus(a, b) AS CASE WHEN a IS NULL AND b IS NULL THEN NULL ELSE coalesce(a, 0) - coalesce(b, 0) END;

-- The "Filters" of the pages once more, word by word, as joins and conditions over the raw tables: what the metrics of
-- dataverse/ are. Sessions first.

-- "Exclude in-transit record with msdyn_eventreason '192350001' and Hold event with msdyn_eventtype '192350001'" and
-- "Exclude ... msdyn_channel != '192350000' and msdyn_channelinstanceid is NULL"
CREATE TABLE said_session AS
SELECT DISTINCT s.*, q.name AS queue_name, c.msdyn_isoutbound
FROM msdyn_ocsession s
JOIN msdyn_ocliveworkitem c ON c.activityid = s.msdyn_liveworkitemid
LEFT JOIN queue q ON q.queueid = c.msdyn_cdsqueueid
JOIN msdyn_ocsessionparticipantevent e ON e.msdyn_sessionid = s.activityid
WHERE e.msdyn_eventreason IS DISTINCT FROM 192350001 AND e.msdyn_eventtype IS DISTINCT FROM 192350001
  AND c.msdyn_channel <> '192350000' AND c.msdyn_channelinstanceid IS NULL;
-- "IsAgentSession", the right way round: somebody took part whose user row has no bot's application id
CREATE TABLE person AS
SELECT p.*, u.fullname FROM msdyn_sessionparticipant p JOIN systemuser u ON u.systemuserid = p.msdyn_agentid
WHERE u.msdyn_botapplicationid IS NULL;
CREATE TABLE person_session AS
SELECT s.* FROM msdyn_ocsession s WHERE s.activityid IN (SELECT msdyn_omnichannelsession FROM person);

-- Conversations with what the "Filters" ask of them, word by word.
CREATE TABLE said_conversation AS
SELECT
  c.*,
  q.name AS queue_name,
  w.msdyn_streamsource,
  c.msdyn_channel <> '192350000' AND c.msdyn_channelinstanceid IS NULL AS is_in_both,
  c.msdyn_channelinstanceid IS NULL AND c.msdyn_isagentsession AND w.msdyn_streamsource IS DISTINCT FROM 192350000 AS is_in_real_time,
  w.msdyn_streamsource IS DISTINCT FROM 192350000 AS is_no_record,
  EXISTS (
    SELECT 1 FROM msdyn_ocsession s JOIN msdyn_sessionparticipant p ON p.msdyn_omnichannelsession = s.activityid
    JOIN systemuser u ON u.systemuserid = p.msdyn_agentid
    WHERE s.msdyn_liveworkitemid = c.activityid AND u.msdyn_botapplicationid IS NOT NULL
  ) AS has_bot,
  -- a participant without a user row has no application id of a bot
  EXISTS (
    SELECT 1 FROM msdyn_ocsession s JOIN msdyn_sessionparticipant p ON p.msdyn_omnichannelsession = s.activityid
    LEFT JOIN systemuser u ON u.systemuserid = p.msdyn_agentid
    WHERE s.msdyn_liveworkitemid = c.activityid AND u.msdyn_botapplicationid IS NULL AND p.msdyn_joinedon IS NOT NULL
  ) AS has_person,
  (SELECT sum(p.msdyn_activetime) FROM msdyn_ocsession s JOIN msdyn_sessionparticipant p ON p.msdyn_omnichannelsession = s.activityid WHERE s.msdyn_liveworkitemid = c.activityid) AS active_seconds,
  (SELECT sum(p.msdyn_inactivetime) FROM msdyn_ocsession s JOIN msdyn_sessionparticipant p ON p.msdyn_omnichannelsession = s.activityid WHERE s.msdyn_liveworkitemid = c.activityid) AS inactive_seconds,
  date_diff('second', c.msdyn_createdon, c.msdyn_closedon) AS seconds,
  date_diff('second', c.msdyn_firstwaitstartedon, c.msdyn_closedon) AS seconds_until_closed
FROM msdyn_ocliveworkitem c
LEFT JOIN queue q ON q.queueid = c.msdyn_cdsqueueid
LEFT JOIN msdyn_liveworkstream w USING (msdyn_liveworkstreamid);
