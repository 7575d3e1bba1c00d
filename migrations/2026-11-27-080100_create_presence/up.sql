-- Nobody misses it after a crash: whoever still looks says so again within seconds.
CREATE UNLOGGED TABLE presence (
    tenant_id uuid NOT NULL,
    thread_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    session_id uuid NOT NULL,
    state smallint NOT NULL CHECK (state BETWEEN 0 AND 2),
    until timestamptz NOT NULL,
    told_until timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, thread_id, staff_id)
);
CREATE INDEX presence_session ON presence (tenant_id, session_id);
COMMENT ON TABLE presence IS 'Who of the staff looks at a thread, or writes into it. An entry holds until its time.';
COMMENT ON COLUMN presence.state IS '0 viewing, 1 replying, 2 noting.';
COMMENT ON COLUMN presence.told_until IS 'Until when colleagues were told that it holds.';

ALTER TABLE presence ADD CONSTRAINT presence_thread_fkey
    FOREIGN KEY (tenant_id, thread_id) REFERENCES thread (tenant_id, id);
ALTER TABLE presence ADD CONSTRAINT presence_staff_fkey
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff_user (tenant_id, id);

SELECT app.protect('presence');
CREATE POLICY retention_lapsed_only ON presence AS RESTRICTIVE TO threadwell_retention
    USING (until < now() - interval '1 minute');

GRANT SELECT, INSERT, UPDATE ON presence TO threadwell_staff;
GRANT SELECT ON presence TO threadwell_worker;
GRANT UPDATE (until, told_until) ON presence TO threadwell_worker;
GRANT DELETE ON presence TO threadwell_retention;
GRANT SELECT (tenant_id, until) ON presence TO threadwell_retention;

-- Open streams are looked at again and again: whether their sessions still hold, and what they may see.
GRANT SELECT (tenant_id, id, owner_kind, staff_id, account_id, idle_limit_seconds, last_activity_at, expires_at, revoked_at)
    ON session TO threadwell_worker;
