CREATE TABLE thread (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    patient_id uuid NOT NULL,
    category smallint NOT NULL CHECK (category BETWEEN 0 AND 5),
    priority smallint NOT NULL CHECK (priority BETWEEN 0 AND 3),
    status smallint NOT NULL CHECK (status BETWEEN 0 AND 4),
    assigned_staff_id uuid,
    assigned_team_id uuid,
    is_created_by_patient boolean NOT NULL,
    is_confidential boolean NOT NULL,
    linked_thread_id uuid,
    archived_at timestamptz,
    closed_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL,
    public_version integer NOT NULL,
    public_updated_at timestamptz NOT NULL,
    last_seq integer NOT NULL,
    message_count integer NOT NULL,
    last_message_at timestamptz NOT NULL,
    last_message_by smallint NOT NULL CHECK (last_message_by BETWEEN 0 AND 2),
    last_patient_seq integer NOT NULL,
    last_staff_seq integer NOT NULL,
    is_unread_by_staff boolean NOT NULL,
    seen_by_staff_at timestamptz,
    subject_enc bytea NOT NULL,
    preview_enc bytea NOT NULL,
    close_reason_enc bytea,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, id, patient_id),
    CONSTRAINT thread_one_assignee CHECK (assigned_staff_id IS NULL OR assigned_team_id IS NULL),
    CONSTRAINT thread_closed_at_check CHECK ((status = 4) = (closed_at IS NOT NULL))
) WITH (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
COMMENT ON TABLE thread IS
    'A conversation. Carries what the inbox shows, so that a page is one index scan limited before its joins.';
COMMENT ON COLUMN thread.version IS 'Counts changes of fields and public messages; the ETag. Notes do not move it.';
COMMENT ON COLUMN thread.public_version IS 'Counts what the patient can see change.';
COMMENT ON COLUMN thread.last_seq IS 'The place of the newest message, notes included; gives the next place.';
COMMENT ON COLUMN thread.last_message_at IS 'Of the newest public message, like last_message_by and preview_enc.';
COMMENT ON COLUMN thread.is_unread_by_staff IS 'Nobody of the staff has read up to the newest message of the patient.';
COMMENT ON COLUMN thread.is_confidential IS 'Shuts proxies out.';
COMMENT ON COLUMN thread.linked_thread_id IS 'The closed thread of the same patient that this one goes on from.';
COMMENT ON CONSTRAINT thread_tenant_id_id_patient_id_key ON thread IS
    'Ties the patient of a message to the patient of its thread.';

-- Trailing keys reject what a filter does not want inside the index. Each further index costs every send: add none
-- without a measured query.
CREATE INDEX thread_recent ON thread (tenant_id, last_message_at DESC, id DESC);
CREATE INDEX thread_status ON thread (tenant_id, status, last_message_at DESC, id DESC,
    category, priority, assigned_staff_id, is_unread_by_staff);
CREATE INDEX thread_assignee ON thread (tenant_id, assigned_staff_id, status, last_message_at DESC, id DESC);
CREATE INDEX thread_unread ON thread (tenant_id, last_message_at DESC, id DESC) WHERE is_unread_by_staff;
CREATE INDEX thread_patient ON thread (tenant_id, patient_id, last_message_at DESC, id DESC);

CREATE TABLE thread_search (
    tenant_id uuid NOT NULL,
    token bigint NOT NULL,
    thread_id uuid NOT NULL,
    is_current boolean NOT NULL DEFAULT true,
    PRIMARY KEY (tenant_id, token, thread_id)
);
COMMENT ON TABLE thread_search IS 'Keyed tokens of the prefixes of the words of subjects.';
COMMENT ON COLUMN thread_search.is_current IS
    'False once the subject was corrected: the serving roles delete nothing.';

CREATE TABLE message (
    tenant_id uuid NOT NULL,
    thread_id uuid NOT NULL,
    seq integer NOT NULL CHECK (seq > 0),
    id uuid NOT NULL,
    patient_id uuid NOT NULL,
    sender_kind smallint NOT NULL CHECK (sender_kind BETWEEN 0 AND 2),
    staff_id uuid,
    account_id uuid,
    proxy_name_enc bytea,
    proxy_relationship smallint CHECK (proxy_relationship BETWEEN 1 AND 2),
    body_enc bytea NOT NULL,
    is_internal boolean NOT NULL,
    mentions uuid[] NOT NULL DEFAULT '{}',
    sent_at timestamptz NOT NULL,
    revised_at timestamptz,
    attachment_count smallint NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, thread_id, seq),
    UNIQUE (tenant_id, id),
    CONSTRAINT message_sender_check CHECK (
        (sender_kind = 0) = (account_id IS NOT NULL) AND (sender_kind = 1) = (staff_id IS NOT NULL)),
    CONSTRAINT message_proxy_check CHECK (
        (proxy_name_enc IS NULL) = (proxy_relationship IS NULL) AND (sender_kind = 0 OR proxy_name_enc IS NULL)),
    CONSTRAINT message_note_check CHECK (sender_kind = 1 OR NOT is_internal)
);
COMMENT ON TABLE message IS 'A message or an internal note. Never changed in place, never deleted but by retention.';
COMMENT ON COLUMN message.seq IS
    'The place in the thread, given under the thread''s row lock. Never shown to patients: it would betray notes.';
COMMENT ON COLUMN message.is_internal IS 'For staff alone: the portal''s role is refused such rows by policy.';
COMMENT ON COLUMN message.mentions IS 'Colleagues that a note mentions.';

CREATE TABLE read_cursor (
    tenant_id uuid NOT NULL,
    thread_id uuid NOT NULL,
    reader_kind smallint NOT NULL CHECK (reader_kind BETWEEN 0 AND 1),
    reader_id uuid NOT NULL,
    seq integer NOT NULL DEFAULT 0,
    read_at timestamptz,
    is_marked_unread boolean NOT NULL DEFAULT false,
    notified_seq integer NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, thread_id, reader_kind, reader_id)
);
COMMENT ON TABLE read_cursor IS 'How far one person has read a thread, and up to where a mail told of it.';
COMMENT ON COLUMN read_cursor.reader_kind IS '0 staff, 1 portal account.';
COMMENT ON COLUMN read_cursor.notified_seq IS 'Up to this place a mail went out; beyond seq, the person has yet to read.';

ALTER TABLE thread ADD CONSTRAINT thread_patient_fkey
    FOREIGN KEY (tenant_id, patient_id) REFERENCES patient (tenant_id, id);
ALTER TABLE thread ADD CONSTRAINT thread_assigned_staff_fkey
    FOREIGN KEY (tenant_id, assigned_staff_id) REFERENCES staff_user (tenant_id, id);
ALTER TABLE thread ADD CONSTRAINT thread_assigned_team_fkey
    FOREIGN KEY (tenant_id, assigned_team_id) REFERENCES team (tenant_id, id);
ALTER TABLE thread ADD CONSTRAINT thread_linked_thread_fkey
    FOREIGN KEY (tenant_id, linked_thread_id, patient_id) REFERENCES thread (tenant_id, id, patient_id);
ALTER TABLE thread_search ADD CONSTRAINT thread_search_thread_fkey
    FOREIGN KEY (tenant_id, thread_id) REFERENCES thread (tenant_id, id);
ALTER TABLE message ADD CONSTRAINT message_thread_fkey
    FOREIGN KEY (tenant_id, thread_id, patient_id) REFERENCES thread (tenant_id, id, patient_id);
ALTER TABLE message ADD CONSTRAINT message_staff_fkey
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff_user (tenant_id, id);
ALTER TABLE message ADD CONSTRAINT message_account_fkey
    FOREIGN KEY (tenant_id, account_id) REFERENCES portal_account (tenant_id, id);
ALTER TABLE read_cursor ADD CONSTRAINT read_cursor_thread_fkey
    FOREIGN KEY (tenant_id, thread_id) REFERENCES thread (tenant_id, id);

SELECT app.protect('thread');
SELECT app.protect('thread_search');
SELECT app.protect('message');
SELECT app.protect('read_cursor');

CREATE POLICY portal_own_patient ON thread AS RESTRICTIVE TO threadwell_portal
    USING (patient_id = NULLIF(current_setting('app.patient_id', true), '')::uuid
        AND (NOT is_confidential OR current_setting('app.relationship', true) = 'self'))
    WITH CHECK (patient_id = NULLIF(current_setting('app.patient_id', true), '')::uuid
        AND (NOT is_confidential OR current_setting('app.relationship', true) = 'self'));
CREATE POLICY portal_own_patient ON message AS RESTRICTIVE TO threadwell_portal
    USING (patient_id = NULLIF(current_setting('app.patient_id', true), '')::uuid)
    WITH CHECK (patient_id = NULLIF(current_setting('app.patient_id', true), '')::uuid);
CREATE POLICY portal_public_only ON message AS RESTRICTIVE TO threadwell_portal
    USING (NOT is_internal)
    WITH CHECK (NOT is_internal AND (sender_kind = 2
        OR sender_kind = 0 AND account_id = NULLIF(current_setting('app.account_id', true), '')::uuid));
CREATE POLICY portal_own_cursor ON read_cursor AS RESTRICTIVE TO threadwell_portal
    USING (reader_kind = 1 AND reader_id = NULLIF(current_setting('app.account_id', true), '')::uuid)
    WITH CHECK (reader_kind = 1 AND reader_id = NULLIF(current_setting('app.account_id', true), '')::uuid);

GRANT SELECT, INSERT, UPDATE ON thread, thread_search TO threadwell_staff;
GRANT SELECT, INSERT ON message TO threadwell_staff, threadwell_portal;
GRANT SELECT, INSERT, UPDATE ON read_cursor TO threadwell_staff, threadwell_portal;
-- A patient's message moves these columns of its thread and no others.
GRANT SELECT, INSERT ON thread TO threadwell_portal;
GRANT UPDATE (status, archived_at, closed_at, close_reason_enc, updated_at, version, public_version, public_updated_at,
    last_seq, message_count, last_message_at, last_message_by, last_patient_seq, is_unread_by_staff, preview_enc)
    ON thread TO threadwell_portal;
GRANT INSERT ON thread_search TO threadwell_portal;
-- The worker decides who hears of a thread; it needs no word of it.
GRANT SELECT (tenant_id, id, patient_id, category, priority, status, assigned_staff_id, assigned_team_id,
    is_confidential, archived_at, last_seq, last_message_at, last_message_by, last_patient_seq, last_staff_seq,
    is_unread_by_staff) ON thread TO threadwell_worker;
GRANT SELECT, INSERT, UPDATE ON read_cursor TO threadwell_worker;
