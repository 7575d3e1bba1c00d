CREATE TABLE session (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    owner_kind smallint NOT NULL CHECK (owner_kind BETWEEN 0 AND 1),
    staff_id uuid,
    account_id uuid,
    acting_for_patient_id uuid,
    acting_for_relationship smallint CHECK (acting_for_relationship BETWEEN 0 AND 2),
    refresh_generation integer NOT NULL DEFAULT 0,
    idle_limit_seconds integer NOT NULL CHECK (idle_limit_seconds > 0),
    created_at timestamptz NOT NULL,
    last_activity_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, id, owner_kind),
    CONSTRAINT session_owner_check CHECK (
        (owner_kind = 0) = (staff_id IS NOT NULL) AND (owner_kind = 1) = (account_id IS NOT NULL)),
    CONSTRAINT session_acting_for_check CHECK (
        (acting_for_patient_id IS NULL) = (acting_for_relationship IS NULL)
        AND (owner_kind = 1 OR acting_for_patient_id IS NULL))
);
COMMENT ON TABLE session IS 'One signed-in device. Every request checks its row, so that a revocation acts at once.';
COMMENT ON COLUMN session.owner_kind IS '0 staff, 1 portal account.';
COMMENT ON COLUMN session.refresh_generation IS 'The newest generation of refresh tokens that was presented.';
COMMENT ON COLUMN session.last_activity_at IS 'The last sign that a person was at work, to the minute.';

CREATE TABLE refresh_token (
    tenant_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    session_id uuid NOT NULL,
    owner_kind smallint NOT NULL CHECK (owner_kind BETWEEN 0 AND 1),
    generation integer NOT NULL,
    PRIMARY KEY (tenant_id, token_hash),
    UNIQUE (tenant_id, session_id, generation)
);
COMMENT ON TABLE refresh_token IS 'Hashes of the refresh tokens of a session, consumed ones too: they betray reuse.';
COMMENT ON COLUMN refresh_token.owner_kind IS 'As in the session, tied to it, so that a policy can see it.';

CREATE TABLE sign_in_throttle (
    key bytea PRIMARY KEY,
    failures integer NOT NULL DEFAULT 0,
    successes integer NOT NULL DEFAULT 0,
    window_started_at timestamptz NOT NULL,
    blocked_until timestamptz,
    updated_at timestamptz NOT NULL
);
COMMENT ON TABLE sign_in_throttle IS
    'Attempts to sign in, by keyed hashes of e-mail and address. Not under row level security: an attempt may name no practice.';

ALTER TABLE session ADD CONSTRAINT session_staff_fkey
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff_user (tenant_id, id);
ALTER TABLE session ADD CONSTRAINT session_account_fkey
    FOREIGN KEY (tenant_id, account_id) REFERENCES portal_account (tenant_id, id);
ALTER TABLE session ADD CONSTRAINT session_acting_for_fkey
    FOREIGN KEY (tenant_id, account_id, acting_for_patient_id)
    REFERENCES patient_access (tenant_id, account_id, patient_id);
ALTER TABLE refresh_token ADD CONSTRAINT refresh_token_session_fkey
    FOREIGN KEY (tenant_id, session_id, owner_kind) REFERENCES session (tenant_id, id, owner_kind);

SELECT app.protect('session');
SELECT app.protect('refresh_token');

-- Each audience has its own sessions; neither role can touch the other's.
CREATE POLICY staff_sessions ON session AS RESTRICTIVE TO threadwell_staff
    USING (owner_kind = 0) WITH CHECK (owner_kind = 0);
-- A patient's transaction reaches the sessions of its account, a visitor's the one that its token led to.
CREATE POLICY portal_sessions ON session AS RESTRICTIVE TO threadwell_portal
    USING (owner_kind = 1 AND (account_id = NULLIF(current_setting('app.account_id', true), '')::uuid
        OR id = NULLIF(current_setting('app.session_id', true), '')::uuid))
    WITH CHECK (owner_kind = 1 AND (account_id = NULLIF(current_setting('app.account_id', true), '')::uuid
        OR id = NULLIF(current_setting('app.session_id', true), '')::uuid));
CREATE POLICY staff_tokens ON refresh_token AS RESTRICTIVE TO threadwell_staff
    USING (owner_kind = 0) WITH CHECK (owner_kind = 0);
CREATE POLICY portal_tokens ON refresh_token AS RESTRICTIVE TO threadwell_portal
    USING (owner_kind = 1 AND (session_id = NULLIF(current_setting('app.session_id', true), '')::uuid
        OR token_hash = decode(NULLIF(current_setting('app.refresh_key', true), ''), 'hex')))
    WITH CHECK (owner_kind = 1 AND session_id = NULLIF(current_setting('app.session_id', true), '')::uuid);

GRANT SELECT, INSERT ON session, refresh_token TO threadwell_staff, threadwell_portal;
GRANT UPDATE (refresh_generation, last_activity_at, revoked_at) ON session TO threadwell_staff;
GRANT UPDATE (refresh_generation, last_activity_at, revoked_at, acting_for_patient_id, acting_for_relationship)
    ON session TO threadwell_portal;
GRANT SELECT, INSERT, UPDATE ON sign_in_throttle TO threadwell_staff;
