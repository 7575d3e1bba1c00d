ALTER TABLE audit_event DROP COLUMN is_emergency;
DROP TABLE emergency_access;
