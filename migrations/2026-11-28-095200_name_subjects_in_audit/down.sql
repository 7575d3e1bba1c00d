ALTER TABLE audit_event DROP COLUMN subjects;
