-- The raw tables as they lie in dataverse/data. Paths are relative to samples/omnichannel.
-- An empty cell is NULL. Codes are integers, except the conversation's channel, which may hold several.

CREATE TABLE systemuser AS
SELECT * FROM read_csv('dataverse/data/systemuser.csv', header = true, columns = {
  'systemuserid': 'VARCHAR', 'fullname': 'VARCHAR', 'msdyn_botapplicationid': 'VARCHAR', 'msdyn_usertype': 'INTEGER'});

CREATE TABLE queue AS
SELECT * FROM read_csv('dataverse/data/queue.csv', header = true, columns = {
  'queueid': 'VARCHAR', 'name': 'VARCHAR', 'msdyn_shortabandonedthreshold': 'INTEGER'});

CREATE TABLE msdyn_ocliveworkitem AS
SELECT * FROM read_csv('dataverse/data/msdyn_ocliveworkitem.csv', header = true, timestampformat = '%Y-%m-%dT%H:%M:%SZ', columns = {
  'activityid': 'VARCHAR', 'statuscode': 'INTEGER', 'msdyn_channel': 'VARCHAR', 'msdyn_channelinstanceid': 'VARCHAR',
  'msdyn_isoutbound': 'BOOLEAN', 'msdyn_isabandoned': 'BOOLEAN', 'msdyn_isagentaccepted': 'BOOLEAN',
  'msdyn_createdon': 'TIMESTAMP', 'msdyn_firstwaitstartedon': 'TIMESTAMP', 'msdyn_closedon': 'TIMESTAMP',
  'msdyn_conversationfirstwaittimeinseconds': 'INTEGER', 'msdyn_conversationhandletimeinseconds': 'INTEGER',
  'msdyn_conversationholdtimeinseconds': 'INTEGER', 'msdyn_conversationtalktimeinseconds': 'INTEGER',
  'msdyn_conversationwrapuptimeinseconds': 'INTEGER', 'msdyn_firstresponsetimeinmsadjforoh': 'INTEGER',
  'msdyn_transfercount': 'INTEGER', 'msdyn_statuschangereason': 'INTEGER', 'msdyn_statereason': 'VARCHAR',
  'msdyn_cdsqueueid': 'VARCHAR', 'msdyn_liveworkstreamid': 'VARCHAR', 'msdyn_isagentsession': 'BOOLEAN'});

CREATE TABLE msdyn_liveworkstream AS
SELECT * FROM read_csv('dataverse/data/msdyn_liveworkstream.csv', header = true, columns = {
  'msdyn_liveworkstreamid': 'VARCHAR', 'msdyn_name': 'VARCHAR', 'msdyn_streamsource': 'INTEGER'});

CREATE TABLE msdyn_sessionextension AS
SELECT * FROM read_csv('dataverse/data/msdyn_sessionextension.csv', header = true, timestampformat = '%Y-%m-%dT%H:%M:%SZ', columns = {
  'msdyn_sessionextensionid': 'VARCHAR', 'msdyn_ocliveworkitemid': 'VARCHAR', 'msdyn_sessionid': 'VARCHAR',
  'msdyn_overflowcondition': 'INTEGER', 'msdyn_overflowaction': 'INTEGER', 'msdyn_overflowtriggertimestamp': 'TIMESTAMP'});

CREATE TABLE msdyn_ocsession AS
SELECT * FROM read_csv('dataverse/data/msdyn_ocsession.csv', header = true, timestampformat = '%Y-%m-%dT%H:%M:%SZ', columns = {
  'activityid': 'VARCHAR', 'msdyn_sessionid': 'VARCHAR', 'msdyn_liveworkitemid': 'VARCHAR', 'msdyn_channel': 'INTEGER',
  'msdyn_cdsqueueid': 'VARCHAR', 'msdyn_sessioncreatedon': 'TIMESTAMP', 'msdyn_agentassignedon': 'TIMESTAMP',
  'msdyn_agentacceptedon': 'TIMESTAMP', 'msdyn_sessionclosedon': 'TIMESTAMP', 'msdyn_closurereason': 'INTEGER',
  'msdyn_state': 'INTEGER', 'statuscode': 'INTEGER'});

CREATE TABLE msdyn_sessionparticipant AS
SELECT * FROM read_csv('dataverse/data/msdyn_sessionparticipant.csv', header = true, timestampformat = '%Y-%m-%dT%H:%M:%SZ', columns = {
  'msdyn_sessionparticipantid': 'VARCHAR', 'msdyn_omnichannelsession': 'VARCHAR', 'msdyn_agentid': 'VARCHAR',
  'msdyn_mode': 'INTEGER', 'msdyn_leftonreason': 'VARCHAR', 'msdyn_joinedon': 'TIMESTAMP', 'msdyn_lefton': 'TIMESTAMP',
  'msdyn_activetime': 'INTEGER', 'msdyn_inactivetime': 'INTEGER'});

CREATE TABLE msdyn_ocsessionparticipantevent AS
SELECT * FROM read_csv('dataverse/data/msdyn_ocsessionparticipantevent.csv', header = true, timestampformat = '%Y-%m-%dT%H:%M:%SZ', columns = {
  'msdyn_ocsessionparticipanteventid': 'VARCHAR', 'msdyn_sessionid': 'VARCHAR', 'msdyn_sessionparticipantid': 'VARCHAR',
  'msdyn_eventtype': 'INTEGER', 'msdyn_eventreason': 'INTEGER', 'msdyn_eventstarttime': 'TIMESTAMP',
  'msdyn_eventendtime': 'TIMESTAMP'});
