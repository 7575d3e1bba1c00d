ALTER TABLE session
    ADD COLUMN method smallint NOT NULL DEFAULT 0 CHECK (method BETWEEN 0 AND 3),
    ADD COLUMN device_id uuid,
    ADD COLUMN device_name_enc bytea,
    ADD COLUMN browser text,
    ADD COLUMN address text CHECK (address = host(address::inet)),
    ADD COLUMN stepped_up_at timestamptz,
    ADD COLUMN emergency_until timestamptz;
COMMENT ON COLUMN session.method IS 'How it was opened: 0 password alone, 1 and a one-time code, 2 and a passkey, 3 and a recovery code.';
COMMENT ON COLUMN session.device_name_enc IS 'What the owner calls the device; sealed, for it often holds a name.';
COMMENT ON COLUMN session.browser IS 'Browser and system as the User-Agent header says, out of a fixed list of names.';
COMMENT ON COLUMN session.stepped_up_at IS 'When the person last proved the strongest factor in this session.';
COMMENT ON COLUMN session.emergency_until IS 'Until when emergency access lets a staff member see every category.';
CREATE INDEX session_staff ON session (tenant_id, staff_id) WHERE revoked_at IS NULL;
CREATE INDEX session_account ON session (tenant_id, account_id) WHERE revoked_at IS NULL;
GRANT UPDATE (stepped_up_at, emergency_until, method, device_id, device_name_enc, browser, address) ON session
    TO threadwell_staff;
GRANT UPDATE (stepped_up_at, method, device_id, device_name_enc, browser, address) ON session TO threadwell_portal;

CREATE TABLE known_device (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    owner_kind smallint NOT NULL CHECK (owner_kind BETWEEN 0 AND 1),
    staff_id uuid,
    account_id uuid,
    device_hash bytea NOT NULL,
    first_seen_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT known_device_owner_check CHECK (
        (owner_kind = 0) = (staff_id IS NOT NULL) AND (owner_kind = 1) = (account_id IS NOT NULL))
);
CREATE UNIQUE INDEX known_device_staff ON known_device (tenant_id, staff_id, device_hash) WHERE owner_kind = 0;
CREATE UNIQUE INDEX known_device_account ON known_device (tenant_id, account_id, device_hash) WHERE owner_kind = 1;
COMMENT ON TABLE known_device IS 'Devices that somebody has signed in on before: a new one is told, a known one is not throttled by strangers.';
COMMENT ON COLUMN known_device.device_hash IS 'A keyed hash of the secret that the device keeps.';

CREATE TABLE push_registration (
    tenant_id uuid NOT NULL,
    session_id uuid NOT NULL,
    owner_kind smallint NOT NULL CHECK (owner_kind BETWEEN 0 AND 1),
    platform smallint NOT NULL CHECK (platform BETWEEN 0 AND 1),
    token_enc bytea NOT NULL,
    registered_at timestamptz NOT NULL,
    removed_at timestamptz,
    PRIMARY KEY (tenant_id, session_id)
);
COMMENT ON TABLE push_registration IS 'Where a session''s device takes push notifications; it ends with the session.';
COMMENT ON COLUMN push_registration.platform IS '0 iOS, 1 Android.';
COMMENT ON COLUMN push_registration.token_enc IS 'Sealed.';

ALTER TABLE known_device ADD CONSTRAINT known_device_staff_fkey
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff_user (tenant_id, id);
ALTER TABLE known_device ADD CONSTRAINT known_device_account_fkey
    FOREIGN KEY (tenant_id, account_id) REFERENCES portal_account (tenant_id, id);
ALTER TABLE push_registration ADD CONSTRAINT push_registration_session_fkey
    FOREIGN KEY (tenant_id, session_id, owner_kind) REFERENCES session (tenant_id, id, owner_kind);

SELECT app.protect('known_device');
SELECT app.protect('push_registration');
CREATE POLICY portal_own_devices ON known_device AS RESTRICTIVE TO threadwell_portal
    USING (owner_kind = 1 AND account_id = NULLIF(current_setting('app.account_id', true), '')::uuid)
    WITH CHECK (owner_kind = 1 AND account_id = NULLIF(current_setting('app.account_id', true), '')::uuid);
CREATE POLICY staff_devices ON known_device AS RESTRICTIVE TO threadwell_staff
    USING (owner_kind = 0) WITH CHECK (owner_kind = 0);
CREATE POLICY staff_pushes ON push_registration AS RESTRICTIVE TO threadwell_staff
    USING (owner_kind = 0) WITH CHECK (owner_kind = 0);
CREATE POLICY portal_own_pushes ON push_registration AS RESTRICTIVE TO threadwell_portal
    USING (owner_kind = 1 AND session_id = NULLIF(current_setting('app.session_id', true), '')::uuid)
    WITH CHECK (owner_kind = 1 AND session_id = NULLIF(current_setting('app.session_id', true), '')::uuid);

GRANT SELECT, INSERT ON known_device, push_registration TO threadwell_staff, threadwell_portal;
GRANT UPDATE (last_seen_at) ON known_device TO threadwell_staff, threadwell_portal;
GRANT UPDATE (platform, token_enc, registered_at, removed_at) ON push_registration TO threadwell_staff, threadwell_portal;
