DROP INDEX thread_team;
DROP INDEX thread_archived;
DROP INDEX message_with_files;
