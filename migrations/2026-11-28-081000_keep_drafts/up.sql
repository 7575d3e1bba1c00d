CREATE TABLE draft (
    tenant_id uuid NOT NULL,
    owner_kind smallint NOT NULL CHECK (owner_kind BETWEEN 0 AND 1),
    owner_id uuid NOT NULL,
    about_id uuid NOT NULL,
    kind smallint NOT NULL CHECK (kind BETWEEN 0 AND 2),
    patient_id uuid NOT NULL,
    thread_id uuid,
    text_enc bytea NOT NULL,
    subject_enc bytea,
    category smallint CHECK (category BETWEEN 0 AND 5),
    is_confidential boolean NOT NULL,
    updated_at timestamptz NOT NULL,
    is_cleared boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant_id, owner_kind, owner_id, about_id, kind),
    CONSTRAINT draft_about_check CHECK (about_id = COALESCE(thread_id, patient_id)),
    CONSTRAINT draft_owner_check CHECK (CASE kind WHEN 1 THEN owner_kind = 0 WHEN 2 THEN owner_kind = 1 ELSE true END),
    CONSTRAINT draft_thread_check CHECK ((kind = 2) = (thread_id IS NULL)),
    CONSTRAINT draft_form_check CHECK (
        kind = 2 OR subject_enc IS NULL AND category IS NULL AND NOT is_confidential)
);
CREATE INDEX draft_updated ON draft (tenant_id, updated_at);
COMMENT ON TABLE draft IS 'What a person has begun to write and not sent, sealed; for that person alone.';
COMMENT ON COLUMN draft.owner_kind IS '0 staff, 1 portal account.';
COMMENT ON COLUMN draft.about_id IS 'The thread; of a new conversation its patient.';
COMMENT ON COLUMN draft.kind IS '0 a reply, 1 an internal note, 2 the first message of a new conversation.';
COMMENT ON COLUMN draft.text_enc IS 'Sealed; empty once it was cleared: the serving roles delete nothing.';
COMMENT ON COLUMN draft.subject_enc IS 'Sealed; of a new conversation.';

ALTER TABLE draft ADD CONSTRAINT draft_thread_fkey
    FOREIGN KEY (tenant_id, thread_id, patient_id) REFERENCES thread (tenant_id, id, patient_id);
ALTER TABLE draft ADD CONSTRAINT draft_patient_fkey
    FOREIGN KEY (tenant_id, patient_id) REFERENCES patient (tenant_id, id);

SELECT app.protect('draft');

-- Notes are of the staff, and no role reads what the other side has not sent.
CREATE POLICY staff_drafts ON draft AS RESTRICTIVE TO threadwell_staff
    USING (owner_kind = 0) WITH CHECK (owner_kind = 0);
CREATE POLICY portal_own_drafts ON draft AS RESTRICTIVE TO threadwell_portal
    USING (owner_kind = 1 AND owner_id = NULLIF(current_setting('app.account_id', true), '')::uuid
        AND patient_id = NULLIF(current_setting('app.patient_id', true), '')::uuid)
    WITH CHECK (owner_kind = 1 AND owner_id = NULLIF(current_setting('app.account_id', true), '')::uuid
        AND patient_id = NULLIF(current_setting('app.patient_id', true), '')::uuid);
CREATE POLICY retention_old_only ON draft AS RESTRICTIVE TO threadwell_retention
    USING (updated_at < now() - interval '30 days');

GRANT SELECT, INSERT, UPDATE ON draft TO threadwell_staff, threadwell_portal;
GRANT DELETE ON draft TO threadwell_retention;
GRANT SELECT (tenant_id, updated_at) ON draft TO threadwell_retention;
