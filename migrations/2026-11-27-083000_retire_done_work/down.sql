REVOKE SELECT (tenant_id, kind, done_at) ON outbox FROM threadwell_retention;
REVOKE DELETE ON outbox FROM threadwell_retention;
DROP POLICY retention_indexed_only ON outbox;
DROP INDEX outbox_indexed;
REVOKE SELECT (id) ON change FROM threadwell_retention;
