CREATE TABLE outbox (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    kind smallint NOT NULL CHECK (kind BETWEEN 0 AND 1),
    audience smallint CHECK (audience BETWEEN 0 AND 1),
    recipient_kind smallint CHECK (recipient_kind BETWEEN 0 AND 1),
    recipient_id uuid,
    thread_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    lease_until timestamptz,
    fence integer NOT NULL DEFAULT 0,
    done_at timestamptz,
    dead_at timestamptz,
    last_reason text,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT outbox_addressee_check CHECK (
        (kind = 0) = (audience IS NOT NULL) AND (kind = 1) = (recipient_kind IS NOT NULL)
        AND (recipient_kind IS NULL) = (recipient_id IS NULL)),
    CONSTRAINT outbox_end_check CHECK (done_at IS NULL OR dead_at IS NULL)
) WITH (autovacuum_vacuum_scale_factor = 0.01);
CREATE INDEX outbox_due ON outbox (tenant_id, due_at) WHERE done_at IS NULL AND dead_at IS NULL;
COMMENT ON TABLE outbox IS 'What is to be sent, written in the transaction of the message. Holds ids alone.';
COMMENT ON COLUMN outbox.kind IS '0 a notice, to be expanded into mails; 1 one mail.';
COMMENT ON COLUMN outbox.audience IS 'Of a notice: 0 the patient''s side, 1 staff.';
COMMENT ON COLUMN outbox.recipient_kind IS 'Of a mail: 0 staff, 1 portal account.';
COMMENT ON COLUMN outbox.fence IS 'Grows with every claim: marks of a worker whose lease passed to another do not count.';

CREATE TABLE work_due (
    tenant_id uuid NOT NULL,
    kind smallint NOT NULL CHECK (kind BETWEEN 0 AND 0),
    due_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, kind)
);
COMMENT ON TABLE work_due IS
    'When a practice has work next. The worker alone sees every practice''s row: it finds practices here before it binds one.';
COMMENT ON COLUMN work_due.kind IS '0 the outbox.';

ALTER TABLE outbox ADD CONSTRAINT outbox_thread_fkey
    FOREIGN KEY (tenant_id, thread_id) REFERENCES thread (tenant_id, id);
ALTER TABLE work_due ADD CONSTRAINT work_due_tenant_fkey FOREIGN KEY (tenant_id) REFERENCES tenant (id);

SELECT app.protect('outbox');
SELECT app.protect('work_due');
CREATE POLICY worker_finds_practices ON work_due FOR SELECT TO threadwell_worker USING (true);

GRANT INSERT ON outbox TO threadwell_staff, threadwell_portal;
GRANT SELECT, INSERT, UPDATE ON outbox TO threadwell_worker;
GRANT SELECT, INSERT, UPDATE ON work_due TO threadwell_staff, threadwell_portal, threadwell_worker;
