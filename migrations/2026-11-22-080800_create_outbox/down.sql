DROP TABLE work_due;
DROP TABLE outbox;
