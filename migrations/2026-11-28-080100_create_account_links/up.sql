CREATE TABLE account_link (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    token_hash bytea NOT NULL,
    purpose smallint NOT NULL CHECK (purpose BETWEEN 0 AND 6),
    staff_id uuid,
    account_id uuid,
    patient_id uuid,
    email_enc bytea,
    name_enc bytea,
    birth_date_enc bytea,
    relationship smallint CHECK (relationship BETWEEN 0 AND 2),
    scope smallint CHECK (scope BETWEEN 0 AND 1),
    grant_expires_at timestamptz,
    invited_by_staff uuid,
    invited_by_account uuid,
    attempts smallint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    revoked_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, token_hash),
    UNIQUE (tenant_id, id, patient_id),
    CONSTRAINT account_link_staff_check CHECK (
        (purpose > 1 OR staff_id IS NOT NULL OR purpose = 1 AND email_enc IS NOT NULL)
        AND (purpose < 2 OR staff_id IS NULL)),
    CONSTRAINT account_link_account_check CHECK (
        (purpose NOT IN (2, 3) OR account_id IS NOT NULL OR purpose = 2 AND email_enc IS NOT NULL)
        AND (purpose > 1 OR account_id IS NULL)),
    CONSTRAINT account_link_invitation_check CHECK (
        (purpose IN (4, 5)) = (relationship IS NOT NULL) AND (purpose NOT IN (4, 5) OR patient_id IS NOT NULL))
);
CREATE INDEX account_link_patient ON account_link (tenant_id, patient_id) WHERE used_at IS NULL AND revoked_at IS NULL;
CREATE INDEX account_link_staff ON account_link (tenant_id, staff_id) WHERE used_at IS NULL AND revoked_at IS NULL;
CREATE INDEX account_link_account ON account_link (tenant_id, account_id) WHERE used_at IS NULL AND revoked_at IS NULL;
COMMENT ON TABLE account_link IS
    'What a mailed link or code is good for, once. The secret is derived from the row''s id and a key outside the database; the row holds its hash.';
COMMENT ON COLUMN account_link.purpose IS
    '0 a staff member''s invitation, 1 a staff member''s new password, 2 an account''s new password, 3 an account''s new e-mail, 4 a patient''s invitation, 5 a proxy''s invitation, 6 an identity check.';
COMMENT ON COLUMN account_link.email_enc IS
    'Where it was sent, sealed; the address that becomes the account''s. Of a new password that a visitor asks for: whom the worker is to find.';
COMMENT ON COLUMN account_link.attempts IS 'Wrong codes and birth dates; five end it.';

ALTER TABLE account_link ADD CONSTRAINT account_link_staff_fkey
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff_user (tenant_id, id);
ALTER TABLE account_link ADD CONSTRAINT account_link_account_fkey
    FOREIGN KEY (tenant_id, account_id) REFERENCES portal_account (tenant_id, id);
ALTER TABLE account_link ADD CONSTRAINT account_link_patient_fkey
    FOREIGN KEY (tenant_id, patient_id) REFERENCES patient (tenant_id, id);
ALTER TABLE account_link ADD CONSTRAINT account_link_invited_by_staff_fkey
    FOREIGN KEY (tenant_id, invited_by_staff) REFERENCES staff_user (tenant_id, id);
ALTER TABLE account_link ADD CONSTRAINT account_link_invited_by_account_fkey
    FOREIGN KEY (tenant_id, invited_by_account) REFERENCES portal_account (tenant_id, id);

SELECT app.protect('account_link');
-- Staff's links are none of the portal's business; a visitor reaches the one whose secret was presented.
CREATE POLICY portal_links ON account_link AS RESTRICTIVE TO threadwell_portal
    USING (purpose > 1 AND (account_id = NULLIF(current_setting('app.account_id', true), '')::uuid
        OR invited_by_account = NULLIF(current_setting('app.account_id', true), '')::uuid
        OR patient_id = NULLIF(current_setting('app.patient_id', true), '')::uuid
            AND current_setting('app.relationship', true) = 'self'
        OR token_hash = decode(NULLIF(current_setting('app.link_key', true), ''), 'hex')))
    WITH CHECK (purpose > 1);

GRANT SELECT, INSERT ON account_link TO threadwell_staff, threadwell_portal;
GRANT UPDATE (attempts, used_at, revoked_at, account_id) ON account_link TO threadwell_staff, threadwell_portal;
GRANT SELECT ON account_link TO threadwell_worker;
GRANT UPDATE (patient_id, staff_id, account_id, email_enc, revoked_at) ON account_link TO threadwell_worker;

ALTER TABLE outbox ADD COLUMN template smallint CHECK (template BETWEEN 0 AND 15);
ALTER TABLE outbox ADD COLUMN link_id uuid;
COMMENT ON COLUMN outbox.template IS 'Of a mail about an account: which text.';
COMMENT ON COLUMN outbox.link_id IS 'Of a mail about an account: the link or code that it brings.';
ALTER TABLE outbox ALTER COLUMN thread_id DROP NOT NULL;
ALTER TABLE outbox DROP CONSTRAINT outbox_kind_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_kind_check CHECK (kind BETWEEN 0 AND 3);
ALTER TABLE outbox DROP CONSTRAINT outbox_addressee_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_addressee_check CHECK (
    (kind = 0) = (audience IS NOT NULL) AND (kind IN (1, 3)) = (recipient_kind IS NOT NULL)
    AND (recipient_kind IS NULL) = (recipient_id IS NULL));
ALTER TABLE outbox DROP CONSTRAINT outbox_recipient_kind_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_recipient_kind_check CHECK (recipient_kind BETWEEN 0 AND 2);
ALTER TABLE outbox ADD CONSTRAINT outbox_account_check CHECK (
    (kind = 3) = (template IS NOT NULL) AND (kind = 3) = (thread_id IS NULL) AND (kind = 3 OR link_id IS NULL)
    AND (recipient_kind IS DISTINCT FROM 2 OR kind = 3));
COMMENT ON COLUMN outbox.kind IS
    '0 a notice, to be expanded into mails; 1 one mail; 2 a message to be indexed; 3 a mail about an account.';
COMMENT ON COLUMN outbox.recipient_kind IS 'Of a mail: 0 staff, 1 portal account, 2 the address of a link.';
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (tenant_id, due_at) WHERE done_at IS NULL AND dead_at IS NULL AND kind <> 2;
ALTER TABLE outbox ADD CONSTRAINT outbox_link_fkey
    FOREIGN KEY (tenant_id, link_id) REFERENCES account_link (tenant_id, id);
