DROP POLICY portal_own_account ON portal_account;
CREATE POLICY portal_own_account ON portal_account AS RESTRICTIVE TO threadwell_portal USING (
    id = NULLIF(current_setting('app.account_id', true), '')::uuid
    OR email_hash = decode(NULLIF(current_setting('app.login_key', true), ''), 'hex'));
DROP POLICY portal_changes_by_link ON patient_access;
DROP POLICY portal_invited_only ON patient_access;
DROP POLICY portal_own_grants ON patient_access;
CREATE POLICY portal_own_grants ON patient_access AS RESTRICTIVE TO threadwell_portal USING (
    account_id = NULLIF(current_setting('app.account_id', true), '')::uuid);
REVOKE UPDATE (relationship, scope, expires_at) ON patient_access FROM threadwell_staff, threadwell_portal;
REVOKE INSERT ON patient_access FROM threadwell_staff, threadwell_portal;
ALTER TABLE patient_access DROP CONSTRAINT patient_access_invitation_fkey;
ALTER TABLE patient_access DROP COLUMN ended_at, DROP COLUMN invitation_id;
REVOKE UPDATE (mrn_hash, mrn_enc, name_enc, birth_date_enc, phone_enc, email_enc, language)
    ON patient FROM threadwell_staff;
REVOKE INSERT ON patient, patient_search FROM threadwell_staff;
REVOKE SELECT (birth_date_enc, email_enc) ON patient FROM threadwell_worker;
REVOKE SELECT (birth_date_enc) ON patient FROM threadwell_portal;
ALTER TABLE patient DROP COLUMN version;
REVOKE SELECT (email_hash) ON portal_account FROM threadwell_worker;
REVOKE UPDATE (email_hash, email_enc, full_name_enc, language, password_hash, mail_enabled)
    ON portal_account FROM threadwell_portal;
REVOKE INSERT ON portal_account FROM threadwell_portal;
REVOKE UPDATE (is_active) ON portal_account FROM threadwell_staff;
REVOKE SELECT (email_enc, mail_enabled, created_at) ON portal_account FROM threadwell_staff;
ALTER TABLE portal_account DROP COLUMN version;
REVOKE UPDATE (email_hash, email_enc, full_name, title, role, is_active, password_hash, mail_enabled)
    ON staff_user FROM threadwell_staff;
REVOKE INSERT ON staff_user FROM threadwell_staff;
REVOKE SELECT (email_hash) ON staff_user FROM threadwell_worker;
ALTER TABLE staff_user DROP COLUMN has_password, DROP COLUMN version, DROP COLUMN language;
DO $practices$
DECLARE
    practice uuid;
BEGIN
    FOR practice IN SELECT id FROM tenant LOOP
        PERFORM set_config('app.tenant_id', practice::text, true);
        UPDATE staff_user SET password_hash = '!' WHERE password_hash IS NULL;
    END LOOP;
    PERFORM set_config('app.tenant_id', '', true);
END $practices$;
ALTER TABLE staff_user ALTER COLUMN password_hash SET NOT NULL;
