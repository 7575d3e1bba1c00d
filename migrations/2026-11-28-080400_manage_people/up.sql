ALTER TABLE staff_user ALTER COLUMN password_hash DROP NOT NULL;
ALTER TABLE staff_user
    ADD COLUMN language text NOT NULL DEFAULT 'en',
    ADD COLUMN version integer NOT NULL DEFAULT 1,
    ADD COLUMN has_password boolean NOT NULL GENERATED ALWAYS AS (password_hash IS NOT NULL) STORED;
COMMENT ON COLUMN staff_user.has_password IS 'Whether an invitation was taken up: all that the worker may know of a password.';
COMMENT ON COLUMN staff_user.password_hash IS 'Null until an invitation was taken up.';
COMMENT ON COLUMN staff_user.language IS 'The preferred language (BCP 47).';
GRANT INSERT ON staff_user TO threadwell_staff;
GRANT UPDATE (email_hash, email_enc, full_name, title, role, is_active, password_hash, mail_enabled, language, version)
    ON staff_user TO threadwell_staff;
GRANT SELECT (language, email_hash, has_password) ON staff_user TO threadwell_worker;

ALTER TABLE portal_account ADD COLUMN version integer NOT NULL DEFAULT 1;
GRANT SELECT (email_enc, mail_enabled, version, created_at) ON portal_account TO threadwell_staff;
GRANT UPDATE (is_active, version) ON portal_account TO threadwell_staff;
GRANT INSERT ON portal_account TO threadwell_portal;
GRANT UPDATE (email_hash, email_enc, full_name_enc, language, password_hash, mail_enabled, version)
    ON portal_account TO threadwell_portal;
GRANT SELECT (email_hash) ON portal_account TO threadwell_worker;

ALTER TABLE patient ADD COLUMN version integer NOT NULL DEFAULT 1;
GRANT INSERT ON patient, patient_search TO threadwell_staff;
GRANT UPDATE (mrn_hash, mrn_enc, name_enc, birth_date_enc, phone_enc, email_enc, language, version)
    ON patient TO threadwell_staff;

-- Whoever takes up an invitation says the birth date; the worker looks for whom an identity check is about.
GRANT SELECT (birth_date_enc) ON patient TO threadwell_portal;
GRANT SELECT (birth_date_enc, email_enc) ON patient TO threadwell_worker;

ALTER TABLE patient_access
    ADD COLUMN invitation_id uuid,
    ADD COLUMN ended_at timestamptz;
COMMENT ON COLUMN patient_access.invitation_id IS 'The invitation that it was given by; what the portal gives always has one.';
COMMENT ON COLUMN patient_access.ended_at IS 'When it was withdrawn: expires_at says the same from then on.';
-- The invitation must be one for this very patient.
ALTER TABLE patient_access ADD CONSTRAINT patient_access_invitation_fkey
    FOREIGN KEY (tenant_id, invitation_id, patient_id) REFERENCES account_link (tenant_id, id, patient_id);
GRANT INSERT ON patient_access TO threadwell_staff, threadwell_portal;
GRANT UPDATE (relationship, scope, expires_at, invitation_id, ended_at) ON patient_access TO threadwell_staff, threadwell_portal;

-- An account's own grants; and who acts for the patient that the account itself is.
DROP POLICY portal_own_grants ON patient_access;
CREATE POLICY portal_own_grants ON patient_access AS RESTRICTIVE TO threadwell_portal
    USING (account_id = NULLIF(current_setting('app.account_id', true), '')::uuid
        OR patient_id = NULLIF(current_setting('app.patient_id', true), '')::uuid
            AND current_setting('app.relationship', true) = 'self')
    WITH CHECK (account_id = NULLIF(current_setting('app.account_id', true), '')::uuid
        OR patient_id = NULLIF(current_setting('app.patient_id', true), '')::uuid
            AND current_setting('app.relationship', true) = 'self' AND ended_at IS NOT NULL);
-- What an account gives itself, the invitation that was presented gave it.
CREATE POLICY portal_invited_only ON patient_access AS RESTRICTIVE FOR INSERT TO threadwell_portal
    WITH CHECK (invitation_id = NULLIF(current_setting('app.link_id', true), '')::uuid
        AND account_id = NULLIF(current_setting('app.account_id', true), '')::uuid);
-- What changes a grant otherwise than by ending it, the invitation that was presented does.
CREATE POLICY portal_changes_by_link ON patient_access AS RESTRICTIVE FOR UPDATE TO threadwell_portal
    USING (true)
    WITH CHECK (ended_at IS NOT NULL OR invitation_id = NULLIF(current_setting('app.link_id', true), '')::uuid);
DROP POLICY portal_own_account ON portal_account;
CREATE POLICY portal_own_account ON portal_account AS RESTRICTIVE TO threadwell_portal
    USING (id = NULLIF(current_setting('app.account_id', true), '')::uuid
        OR id = ANY (NULLIF(current_setting('app.account_ids', true), '')::uuid[])
        OR email_hash = decode(NULLIF(current_setting('app.login_key', true), ''), 'hex'))
    WITH CHECK (id = NULLIF(current_setting('app.account_id', true), '')::uuid);
