CREATE TABLE attachment (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    patient_id uuid,
    staff_id uuid,
    account_id uuid,
    thread_id uuid,
    message_seq integer,
    is_internal boolean NOT NULL DEFAULT false,
    kind smallint NOT NULL CHECK (kind BETWEEN 0 AND 4),
    state smallint NOT NULL CHECK (state BETWEEN 0 AND 7),
    refusal smallint CHECK (refusal BETWEEN 0 AND 6),
    file_name_enc bytea NOT NULL,
    key_enc bytea NOT NULL,
    blob bytea NOT NULL CHECK (octet_length(blob) = 16),
    thumbnail_blob bytea CHECK (octet_length(thumbnail_blob) = 16),
    stale_blobs bytea[] NOT NULL DEFAULT '{}',
    size_bytes bigint NOT NULL CHECK (size_bytes BETWEEN 0 AND 1073741824),
    thumbnail_bytes bigint CHECK (thumbnail_bytes BETWEEN 0 AND 1073741824),
    thumbnail_kind smallint CHECK (thumbnail_kind BETWEEN 0 AND 4),
    width integer CHECK (width > 0),
    height integer CHECK (height > 0),
    created_at timestamptz NOT NULL,
    claimed_at timestamptz,
    due_at timestamptz,
    lease_until timestamptz,
    fence integer NOT NULL DEFAULT 0,
    attempts integer NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT attachment_uploader_check CHECK ((staff_id IS NULL) <> (account_id IS NULL)),
    CONSTRAINT attachment_patient_check CHECK (account_id IS NULL OR patient_id IS NOT NULL),
    CONSTRAINT attachment_claim_check CHECK (
        (claimed_at IS NULL) = (thread_id IS NULL) AND (thread_id IS NULL) = (message_seq IS NULL)
        AND (thread_id IS NULL OR patient_id IS NOT NULL) AND (thread_id IS NOT NULL OR NOT is_internal)),
    CONSTRAINT attachment_reason_check CHECK ((state = 5) = (refusal IS NOT NULL)),
    CONSTRAINT attachment_swept_check CHECK (state <> 7 OR claimed_at IS NULL),
    CONSTRAINT attachment_blank_check CHECK (
        (state = 7) = (octet_length(file_name_enc) = 0) AND (state = 7) = (octet_length(key_enc) = 0)),
    CONSTRAINT attachment_extent_check CHECK (
        (width IS NULL) = (height IS NULL) AND (thumbnail_blob IS NULL) = (thumbnail_bytes IS NULL)
        AND (thumbnail_blob IS NULL) = (thumbnail_kind IS NULL))
) WITH (autovacuum_vacuum_scale_factor = 0.05);
COMMENT ON TABLE attachment IS
    'A file on its way from an upload to a message. Its bytes are kept sealed outside the database.';
COMMENT ON COLUMN attachment.patient_id IS
    'Whose file it is: of a patient''s upload from the start, of the staff''s once a message has it.';
COMMENT ON COLUMN attachment.staff_id IS 'The uploader, if of the staff; account_id, if not.';
COMMENT ON COLUMN attachment.message_seq IS 'The place of the message that took it along; with thread_id.';
COMMENT ON COLUMN attachment.is_internal IS 'Of an internal note: the portal''s role is refused such rows by policy.';
COMMENT ON COLUMN attachment.kind IS '0 JPEG, 1 PNG, 2 GIF, 3 PDF, 4 DOCX; of the object that is served.';
COMMENT ON COLUMN attachment.state IS
    '0 reserved, 1 received, 2 scanning, 3 processing, 4 available, 5 rejected, 6 failed, 7 swept.';
COMMENT ON COLUMN attachment.refusal IS
    '0 kind, 1 mismatch, 2 active content, 3 encrypted, 4 picture too large, 5 archive, 6 malware.';
COMMENT ON COLUMN attachment.file_name_enc IS 'Sealed for the place that the file has; empty once it was swept.';
COMMENT ON COLUMN attachment.key_enc IS
    'The key of its objects, sealed under the practice''s key for files and bound to the place that the file has; empty '
    'once it was swept.';
COMMENT ON COLUMN attachment.blob IS 'The name of the object: of the upload, then of the picture written anew.';
COMMENT ON COLUMN attachment.stale_blobs IS
    'Objects to be removed. A new one stands here before it is written, and is taken out when it is taken into use.';
COMMENT ON COLUMN attachment.size_bytes IS 'In clear; what the upload announced until it is there.';
COMMENT ON COLUMN attachment.due_at IS 'When the worker looks at it next; null where nothing is left to do.';
COMMENT ON COLUMN attachment.fence IS
    'Grows with every claim: marks of a worker whose lease passed to another do not count.';
COMMENT ON COLUMN attachment.attempts IS 'Claims since the state last changed.';

CREATE INDEX attachment_message ON attachment (tenant_id, thread_id, message_seq) WHERE thread_id IS NOT NULL;
CREATE INDEX attachment_due ON attachment (tenant_id, due_at) WHERE due_at IS NOT NULL;

CREATE TABLE upload_usage (
    tenant_id uuid NOT NULL,
    day timestamptz NOT NULL,
    owner_kind smallint NOT NULL CHECK (owner_kind BETWEEN 0 AND 2),
    owner_id uuid NOT NULL,
    bytes bigint NOT NULL,
    PRIMARY KEY (tenant_id, day, owner_kind, owner_id)
);
COMMENT ON TABLE upload_usage IS 'How much was uploaded in a day (UTC), by each person and by the whole practice.';
COMMENT ON COLUMN upload_usage.owner_kind IS '0 the practice, 1 staff, 2 portal account.';

ALTER TABLE attachment ADD CONSTRAINT attachment_patient_fkey
    FOREIGN KEY (tenant_id, patient_id) REFERENCES patient (tenant_id, id);
ALTER TABLE attachment ADD CONSTRAINT attachment_staff_fkey
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff_user (tenant_id, id);
ALTER TABLE attachment ADD CONSTRAINT attachment_account_fkey
    FOREIGN KEY (tenant_id, account_id) REFERENCES portal_account (tenant_id, id);
ALTER TABLE attachment ADD CONSTRAINT attachment_thread_fkey
    FOREIGN KEY (tenant_id, thread_id, patient_id) REFERENCES thread (tenant_id, id, patient_id);
ALTER TABLE attachment ADD CONSTRAINT attachment_message_fkey
    FOREIGN KEY (tenant_id, thread_id, message_seq) REFERENCES message (tenant_id, thread_id, seq);
ALTER TABLE upload_usage ADD CONSTRAINT upload_usage_tenant_fkey
    FOREIGN KEY (tenant_id) REFERENCES tenant (id);

SELECT app.protect('attachment');
SELECT app.protect('upload_usage');

CREATE POLICY portal_own_patient ON attachment AS RESTRICTIVE TO threadwell_portal
    USING (patient_id = NULLIF(current_setting('app.patient_id', true), '')::uuid)
    WITH CHECK (patient_id = NULLIF(current_setting('app.patient_id', true), '')::uuid);
CREATE POLICY portal_public_only ON attachment AS RESTRICTIVE TO threadwell_portal
    USING (NOT is_internal) WITH CHECK (NOT is_internal);
-- What is in no message yet is its uploader's alone.
CREATE POLICY portal_own_uploads ON attachment AS RESTRICTIVE TO threadwell_portal
    USING (thread_id IS NOT NULL OR account_id = NULLIF(current_setting('app.account_id', true), '')::uuid)
    WITH CHECK (account_id = NULLIF(current_setting('app.account_id', true), '')::uuid);
-- What a message has is the record's: the portal changes nothing of it any more.
CREATE POLICY portal_changes_unsent ON attachment AS RESTRICTIVE FOR UPDATE TO threadwell_portal
    USING (thread_id IS NULL) WITH CHECK (true);
CREATE POLICY retention_swept_only ON attachment AS RESTRICTIVE TO threadwell_retention
    USING (state = 7 AND cardinality(stale_blobs) = 0 AND created_at < now() - interval '2 days');
CREATE POLICY staff_own_usage ON upload_usage AS RESTRICTIVE TO threadwell_staff
    USING (owner_kind IN (0, 1)) WITH CHECK (owner_kind IN (0, 1));
CREATE POLICY portal_own_usage ON upload_usage AS RESTRICTIVE TO threadwell_portal
    USING (owner_kind = 0 OR owner_kind = 2 AND owner_id = NULLIF(current_setting('app.account_id', true), '')::uuid)
    WITH CHECK (owner_kind = 0
        OR owner_kind = 2 AND owner_id = NULLIF(current_setting('app.account_id', true), '')::uuid);
CREATE POLICY retention_past_days_only ON upload_usage AS RESTRICTIVE TO threadwell_retention
    USING (day < now() - interval '2 days');

GRANT SELECT ON attachment TO threadwell_staff, threadwell_portal;
GRANT INSERT (tenant_id, id, patient_id, staff_id, account_id, kind, state, file_name_enc, key_enc, blob, size_bytes,
    created_at, due_at) ON attachment TO threadwell_staff, threadwell_portal;
-- The steps of an upload and the claim by a message; the renditions are the worker's.
GRANT UPDATE (patient_id, thread_id, message_seq, is_internal, state, refusal, file_name_enc, key_enc, stale_blobs,
    size_bytes, claimed_at, due_at) ON attachment TO threadwell_staff, threadwell_portal;
-- The worker needs no name of a file.
GRANT SELECT (tenant_id, id, patient_id, staff_id, account_id, thread_id, message_seq, is_internal, kind, state, refusal,
    key_enc, blob, thumbnail_blob, stale_blobs, size_bytes, thumbnail_bytes, thumbnail_kind, width, height, created_at,
    claimed_at, due_at, lease_until, fence, attempts) ON attachment TO threadwell_worker;
GRANT UPDATE (kind, state, refusal, blob, thumbnail_blob, stale_blobs, size_bytes, thumbnail_bytes, thumbnail_kind,
    width, height, due_at, lease_until, fence, attempts) ON attachment TO threadwell_worker;
-- To blank what is swept, and to give back what an upload counted for that never ended.
GRANT UPDATE (file_name_enc, key_enc) ON attachment TO threadwell_worker;
GRANT SELECT ON upload_usage TO threadwell_worker;
GRANT UPDATE (bytes) ON upload_usage TO threadwell_worker;
GRANT DELETE ON attachment, upload_usage TO threadwell_retention;
GRANT SELECT (tenant_id, state, stale_blobs, created_at) ON attachment TO threadwell_retention;
GRANT SELECT (tenant_id, day) ON upload_usage TO threadwell_retention;
GRANT SELECT, INSERT, UPDATE ON upload_usage TO threadwell_staff, threadwell_portal;
-- A message that has been sent can be given further files by its author; nothing else of it ever changes.
GRANT UPDATE (attachment_count) ON message TO threadwell_staff, threadwell_portal;

ALTER TABLE audit_event ADD COLUMN attachment_ids uuid[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN audit_event.attachment_ids IS 'The files that were handed out or changed.';
GRANT INSERT (attachment_ids) ON audit_event TO threadwell_staff, threadwell_portal, threadwell_worker;

ALTER TABLE work_due DROP CONSTRAINT work_due_kind_check;
ALTER TABLE work_due ADD CONSTRAINT work_due_kind_check CHECK (kind BETWEEN 0 AND 1);
COMMENT ON COLUMN work_due.kind IS '0 the outbox, 1 files.';
DO $practices$
DECLARE
    practice uuid;
BEGIN
    FOR practice IN SELECT id FROM tenant WHERE slug <> 'installation' LOOP
        PERFORM set_config('app.tenant_id', practice::text, true);
        INSERT INTO work_due (tenant_id, kind, due_at) VALUES (practice, 1, now());
    END LOOP;
    PERFORM set_config('app.tenant_id', '', true);
END $practices$;
