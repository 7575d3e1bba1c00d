-- The practice ends sessions at its portal, and does nothing else to them.
DROP POLICY staff_sessions ON session;
CREATE POLICY staff_opens_its_own ON session AS RESTRICTIVE FOR INSERT TO threadwell_staff WITH CHECK (owner_kind = 0);
CREATE POLICY staff_ends_others ON session AS RESTRICTIVE FOR UPDATE TO threadwell_staff
    USING (true) WITH CHECK (owner_kind = 0 OR revoked_at IS NOT NULL);

-- So with sign-ins that wait for a factor which the practice takes away.
DROP POLICY staff_tickets ON sign_in_ticket;
CREATE POLICY staff_issues_its_own ON sign_in_ticket AS RESTRICTIVE FOR INSERT TO threadwell_staff
    WITH CHECK (owner_kind = 0);
CREATE POLICY staff_ends_others ON sign_in_ticket AS RESTRICTIVE FOR UPDATE TO threadwell_staff
    USING (true) WITH CHECK (owner_kind = 0 OR used_at IS NOT NULL);

-- Open streams are held to the second factor and to emergency access too.
GRANT SELECT (method, stepped_up_at, emergency_until) ON session TO threadwell_worker;

-- What an invitation brings moves with the patient's majority.
GRANT UPDATE (grant_expires_at) ON account_link TO threadwell_staff;

-- The patient, and nobody for the patient, shuts proxies out of a thread.
GRANT UPDATE (is_confidential) ON thread TO threadwell_portal;
ALTER TABLE change ADD COLUMN is_withdrawn boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN change.is_withdrawn IS 'Proxies saw the thread before, and do no longer: they are told that it is gone.';
DROP POLICY portal_own_acts ON change;
CREATE POLICY portal_own_acts ON change AS RESTRICTIVE TO threadwell_portal
    USING (false)
    WITH CHECK (
        staff_id IS NULL AND (
            kind = 12 AND audience = 1 AND session_id = NULLIF(current_setting('app.session_id', true), '')::uuid
            OR (kind IN (0, 1, 7, 8) OR kind = 5 AND current_setting('app.relationship', true) = 'self')
                AND actor_kind = 1
                AND actor_id = NULLIF(current_setting('app.account_id', true), '')::uuid
                AND patient_id = NULLIF(current_setting('app.patient_id', true), '')::uuid
                AND (NOT is_confidential OR current_setting('app.relationship', true) = 'self')));
