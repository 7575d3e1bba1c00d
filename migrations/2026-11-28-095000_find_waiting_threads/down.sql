DROP INDEX thread_urgent;
DROP INDEX thread_waiting;
