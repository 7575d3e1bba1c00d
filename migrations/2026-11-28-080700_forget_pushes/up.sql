-- Whoever of the staff ends a portal account's sessions ends their push notifications with them: it sees that a session
-- has a registration, never where it leads, and writes nothing but its end.
REVOKE SELECT ON push_registration FROM threadwell_staff;
GRANT SELECT (tenant_id, session_id, owner_kind, removed_at) ON push_registration TO threadwell_staff;
DROP POLICY staff_pushes ON push_registration;
CREATE POLICY staff_pushes ON push_registration AS RESTRICTIVE TO threadwell_staff
    USING (true) WITH CHECK (owner_kind = 0 OR removed_at IS NOT NULL AND token_enc = '');
