CREATE TABLE change (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at timestamptz NOT NULL,
    kind smallint NOT NULL CHECK (kind BETWEEN 0 AND 12),
    audience smallint NOT NULL CHECK (audience BETWEEN 0 AND 1),
    thread_id uuid,
    patient_id uuid,
    message_id uuid,
    notification_id uuid,
    session_id uuid,
    staff_id uuid,
    actor_kind smallint CHECK (actor_kind BETWEEN 0 AND 1),
    actor_id uuid,
    category smallint CHECK (category BETWEEN 0 AND 5),
    categories smallint NOT NULL DEFAULT 0 CHECK (categories BETWEEN 0 AND 63),
    is_confidential boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT change_actor_check CHECK ((actor_kind IS NULL) = (actor_id IS NULL)),
    CONSTRAINT change_thread_check CHECK (
        (kind = 12) = (thread_id IS NULL) AND (kind < 11) = (patient_id IS NOT NULL)
        AND (kind < 11) = (category IS NOT NULL)),
    CONSTRAINT change_notification_check CHECK (
        (kind = 11) = (notification_id IS NOT NULL) AND (kind <> 11 OR staff_id IS NOT NULL)),
    CONSTRAINT change_session_check CHECK ((kind = 12) = (session_id IS NOT NULL)),
    -- What the staff do among themselves has no row that a patient's stream could be woken by.
    CONSTRAINT change_public_check CHECK (
        audience = 0 OR kind IN (0, 1, 4, 5, 6, 7, 8, 12) AND staff_id IS NULL)
) WITH (autovacuum_vacuum_scale_factor = 0.05);
COMMENT ON TABLE change IS
    'That something changed, for clients that look on: written in the transaction of the act, kept for a day. Holds ids '
    'alone. It has no foreign keys: every act writes it, and nobody reads anything through it.';
COMMENT ON COLUMN change.xid IS
    'The transaction that wrote it. Readers take what is below the oldest running one, so that none is skipped.';
COMMENT ON COLUMN change.kind IS
    '0 started, 1 message, 2 note, 3 assigned, 4 status, 5 fields, 6 seen, 7 read, 8 file, 9 links, 10 presence, '
    '11 notification, 12 the end of a session.';
COMMENT ON COLUMN change.audience IS '0 staff, 1 the patient''s side. An act that both sides see has a row for each.';
COMMENT ON COLUMN change.staff_id IS 'The only member of the staff whom it concerns.';
COMMENT ON COLUMN change.actor_kind IS '0 staff, 1 portal account; null for the worker and for who is leaving.';
COMMENT ON COLUMN change.category IS 'Of the thread now.';
COMMENT ON COLUMN change.categories IS
    'Of the thread before and after, as bits: whoever saw it before is told that it went out of sight.';
COMMENT ON COLUMN change.is_confidential IS 'Shuts proxies out of the event.';

-- Every node reads on from where it was, over all practices.
CREATE INDEX change_position ON change (xid, id);

SELECT app.protect('change');
-- One query for each wake-up, not one for each practice.
CREATE POLICY worker_follows_changes ON change FOR SELECT TO threadwell_worker USING (true);
CREATE POLICY staff_own_acts ON change AS RESTRICTIVE TO threadwell_staff
    USING (false)
    WITH CHECK ((actor_kind IS NULL OR actor_kind = 0) AND (session_id IS NULL OR audience = 0));
-- A patient's side tells of its own acts on its own patient, and of its own session's end.
CREATE POLICY portal_own_acts ON change AS RESTRICTIVE TO threadwell_portal
    USING (false)
    WITH CHECK (
        staff_id IS NULL AND (
            kind = 12 AND audience = 1 AND session_id = NULLIF(current_setting('app.session_id', true), '')::uuid
            OR kind IN (0, 1, 7, 8) AND actor_kind = 1
                AND actor_id = NULLIF(current_setting('app.account_id', true), '')::uuid
                AND patient_id = NULLIF(current_setting('app.patient_id', true), '')::uuid
                AND (NOT is_confidential OR current_setting('app.relationship', true) = 'self')));
CREATE POLICY retention_day_old_only ON change AS RESTRICTIVE TO threadwell_retention
    USING (at < now() - interval '24 hours');

GRANT INSERT ON change TO threadwell_staff, threadwell_portal;
GRANT SELECT, INSERT ON change TO threadwell_worker;
GRANT DELETE ON change TO threadwell_retention;
GRANT SELECT (tenant_id, at) ON change TO threadwell_retention;
