-- What is kept for a day is removed in portions, each found by an index: a change by its id, which holds its time.
GRANT SELECT (id) ON change TO threadwell_retention;

-- A row for each message: done, it is of use to nobody.
CREATE INDEX outbox_indexed ON outbox (tenant_id, done_at) WHERE done_at IS NOT NULL AND kind = 2;
CREATE POLICY retention_indexed_only ON outbox AS RESTRICTIVE TO threadwell_retention
    USING (kind = 2 AND done_at < now() - interval '24 hours');
GRANT DELETE ON outbox TO threadwell_retention;
GRANT SELECT (tenant_id, kind, done_at) ON outbox TO threadwell_retention;
