DROP POLICY portal_own_acts ON change;
CREATE POLICY portal_own_acts ON change AS RESTRICTIVE TO threadwell_portal
    USING (false)
    WITH CHECK (
        staff_id IS NULL AND (
            kind = 12 AND audience = 1 AND session_id = NULLIF(current_setting('app.session_id', true), '')::uuid
            OR kind IN (0, 1, 7, 8) AND actor_kind = 1
                AND actor_id = NULLIF(current_setting('app.account_id', true), '')::uuid
                AND patient_id = NULLIF(current_setting('app.patient_id', true), '')::uuid
                AND (NOT is_confidential OR current_setting('app.relationship', true) = 'self')));
ALTER TABLE change DROP COLUMN is_withdrawn;
REVOKE UPDATE (is_confidential) ON thread FROM threadwell_portal;
REVOKE SELECT (method, stepped_up_at, emergency_until) ON session FROM threadwell_worker;
REVOKE UPDATE (grant_expires_at) ON account_link FROM threadwell_staff;
DROP POLICY staff_ends_others ON session;
DROP POLICY staff_opens_its_own ON session;
CREATE POLICY staff_sessions ON session AS RESTRICTIVE TO threadwell_staff
    USING (owner_kind = 0) WITH CHECK (owner_kind = 0);
DROP POLICY staff_ends_others ON sign_in_ticket;
DROP POLICY staff_issues_its_own ON sign_in_ticket;
CREATE POLICY staff_tickets ON sign_in_ticket AS RESTRICTIVE TO threadwell_staff
    USING (owner_kind = 0) WITH CHECK (owner_kind = 0);
