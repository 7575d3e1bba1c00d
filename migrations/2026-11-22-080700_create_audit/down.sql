DROP TABLE audit_event;
DROP FUNCTION app.add_audit_partitions;
DROP FUNCTION app.uuid_floor;
