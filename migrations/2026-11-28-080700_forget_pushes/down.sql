DROP POLICY staff_pushes ON push_registration;
CREATE POLICY staff_pushes ON push_registration AS RESTRICTIVE TO threadwell_staff
    USING (owner_kind = 0) WITH CHECK (owner_kind = 0);
REVOKE SELECT (tenant_id, session_id, owner_kind, removed_at) ON push_registration FROM threadwell_staff;
GRANT SELECT ON push_registration TO threadwell_staff;
