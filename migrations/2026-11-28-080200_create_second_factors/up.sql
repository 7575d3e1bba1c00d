CREATE TABLE second_factor (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    owner_kind smallint NOT NULL CHECK (owner_kind BETWEEN 0 AND 1),
    staff_id uuid,
    account_id uuid,
    kind smallint NOT NULL CHECK (kind BETWEEN 0 AND 1),
    name_enc bytea NOT NULL,
    secret_enc bytea NOT NULL,
    credential_hash bytea,
    last_step bigint,
    created_at timestamptz NOT NULL,
    confirmed_at timestamptz,
    last_used_at timestamptz,
    removed_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT second_factor_owner_check CHECK (
        (owner_kind = 0) = (staff_id IS NOT NULL) AND (owner_kind = 1) = (account_id IS NOT NULL)),
    CONSTRAINT second_factor_credential_check CHECK ((kind = 1) = (credential_hash IS NOT NULL))
);
CREATE UNIQUE INDEX second_factor_credential ON second_factor (tenant_id, credential_hash) WHERE removed_at IS NULL;
CREATE INDEX second_factor_staff ON second_factor (tenant_id, staff_id) WHERE removed_at IS NULL;
CREATE INDEX second_factor_account ON second_factor (tenant_id, account_id) WHERE removed_at IS NULL;
COMMENT ON TABLE second_factor IS 'What somebody proves besides the password.';
COMMENT ON COLUMN second_factor.owner_kind IS '0 staff, 1 portal account.';
COMMENT ON COLUMN second_factor.kind IS '0 one-time codes by time (RFC 6238), 1 a passkey (WebAuthn).';
COMMENT ON COLUMN second_factor.secret_enc IS 'Sealed: the shared secret, or the passkey with its counter.';
COMMENT ON COLUMN second_factor.credential_hash IS 'A keyed hash of the passkey''s id: one passkey is one person''s.';
COMMENT ON COLUMN second_factor.last_step IS 'The newest time step whose code was taken: no code counts twice.';
COMMENT ON COLUMN second_factor.confirmed_at IS 'When it was first proved; before, it opens nothing.';

CREATE TABLE recovery_code (
    tenant_id uuid NOT NULL,
    code_hash bytea NOT NULL,
    owner_kind smallint NOT NULL CHECK (owner_kind BETWEEN 0 AND 1),
    staff_id uuid,
    account_id uuid,
    created_at timestamptz NOT NULL,
    used_at timestamptz,
    replaced_at timestamptz,
    PRIMARY KEY (tenant_id, code_hash),
    CONSTRAINT recovery_code_owner_check CHECK (
        (owner_kind = 0) = (staff_id IS NOT NULL) AND (owner_kind = 1) = (account_id IS NOT NULL))
);
CREATE INDEX recovery_code_staff ON recovery_code (tenant_id, staff_id) WHERE used_at IS NULL AND replaced_at IS NULL;
CREATE INDEX recovery_code_account ON recovery_code (tenant_id, account_id) WHERE used_at IS NULL AND replaced_at IS NULL;
COMMENT ON TABLE recovery_code IS 'Codes for who lost the second factor, each good once; keyed hashes that name their owner.';

CREATE TABLE sign_in_ticket (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    token_hash bytea NOT NULL,
    owner_kind smallint NOT NULL CHECK (owner_kind BETWEEN 0 AND 1),
    staff_id uuid,
    account_id uuid,
    purpose smallint NOT NULL CHECK (purpose BETWEEN 0 AND 3),
    session_id uuid,
    delivery smallint NOT NULL DEFAULT 0 CHECK (delivery BETWEEN 0 AND 1),
    device_name_enc bytea,
    device_token_enc bytea,
    state_enc bytea,
    attempts smallint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, token_hash),
    CONSTRAINT sign_in_ticket_owner_check CHECK (
        (owner_kind = 0) = (staff_id IS NOT NULL) AND (owner_kind = 1) = (account_id IS NOT NULL)),
    CONSTRAINT sign_in_ticket_session_check CHECK ((purpose > 1) = (session_id IS NOT NULL))
);
COMMENT ON TABLE sign_in_ticket IS 'What stands between a right password and a session: who is to prove what, for ten minutes.';
COMMENT ON COLUMN sign_in_ticket.purpose IS '0 a second factor, 1 the first enrolment, 2 a passkey to be added, 3 a step-up.';
COMMENT ON COLUMN sign_in_ticket.delivery IS '0 the refresh token goes in a cookie, 1 in the body.';
COMMENT ON COLUMN sign_in_ticket.device_name_enc IS 'Sealed: what the owner calls the device, for the session to come.';
COMMENT ON COLUMN sign_in_ticket.device_token_enc IS 'Sealed: the secret of a known device that has no cookie for it.';
COMMENT ON COLUMN sign_in_ticket.state_enc IS 'Sealed: the challenge that a passkey has to answer, good once.';

ALTER TABLE second_factor ADD CONSTRAINT second_factor_staff_fkey
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff_user (tenant_id, id);
ALTER TABLE second_factor ADD CONSTRAINT second_factor_account_fkey
    FOREIGN KEY (tenant_id, account_id) REFERENCES portal_account (tenant_id, id);
ALTER TABLE recovery_code ADD CONSTRAINT recovery_code_staff_fkey
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff_user (tenant_id, id);
ALTER TABLE recovery_code ADD CONSTRAINT recovery_code_account_fkey
    FOREIGN KEY (tenant_id, account_id) REFERENCES portal_account (tenant_id, id);
ALTER TABLE sign_in_ticket ADD CONSTRAINT sign_in_ticket_staff_fkey
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff_user (tenant_id, id);
ALTER TABLE sign_in_ticket ADD CONSTRAINT sign_in_ticket_account_fkey
    FOREIGN KEY (tenant_id, account_id) REFERENCES portal_account (tenant_id, id);
ALTER TABLE sign_in_ticket ADD CONSTRAINT sign_in_ticket_session_fkey
    FOREIGN KEY (tenant_id, session_id, owner_kind) REFERENCES session (tenant_id, id, owner_kind);

SELECT app.protect('second_factor');
SELECT app.protect('recovery_code');
SELECT app.protect('sign_in_ticket');
-- Each audience has its own; a patient's transaction reaches those of its account, a visitor's the ticket that was presented.
CREATE POLICY portal_own_factors ON second_factor AS RESTRICTIVE TO threadwell_portal
    USING (owner_kind = 1 AND account_id = NULLIF(current_setting('app.account_id', true), '')::uuid)
    WITH CHECK (owner_kind = 1 AND account_id = NULLIF(current_setting('app.account_id', true), '')::uuid);
CREATE POLICY portal_own_codes ON recovery_code AS RESTRICTIVE TO threadwell_portal
    USING (owner_kind = 1 AND account_id = NULLIF(current_setting('app.account_id', true), '')::uuid)
    WITH CHECK (owner_kind = 1 AND account_id = NULLIF(current_setting('app.account_id', true), '')::uuid);
CREATE POLICY portal_own_tickets ON sign_in_ticket AS RESTRICTIVE TO threadwell_portal
    USING (owner_kind = 1 AND (account_id = NULLIF(current_setting('app.account_id', true), '')::uuid
        OR token_hash = decode(NULLIF(current_setting('app.link_key', true), ''), 'hex')))
    WITH CHECK (owner_kind = 1 AND account_id = NULLIF(current_setting('app.account_id', true), '')::uuid);
CREATE POLICY staff_tickets ON sign_in_ticket AS RESTRICTIVE TO threadwell_staff
    USING (owner_kind = 0) WITH CHECK (owner_kind = 0);

GRANT SELECT, INSERT ON second_factor, recovery_code, sign_in_ticket TO threadwell_staff, threadwell_portal;
GRANT UPDATE (name_enc, secret_enc, last_step, confirmed_at, last_used_at, removed_at) ON second_factor
    TO threadwell_staff, threadwell_portal;
GRANT UPDATE (used_at, replaced_at) ON recovery_code TO threadwell_staff, threadwell_portal;
GRANT UPDATE (device_name_enc, device_token_enc, state_enc, attempts, used_at) ON sign_in_ticket TO threadwell_staff, threadwell_portal;
GRANT DELETE ON sign_in_ticket TO threadwell_retention;
GRANT SELECT (tenant_id, expires_at) ON sign_in_ticket TO threadwell_retention;
CREATE POLICY retention_expired_only ON sign_in_ticket AS RESTRICTIVE TO threadwell_retention
    USING (expires_at < now() - interval '1 day');
