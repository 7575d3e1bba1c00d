REVOKE UPDATE (forgotten_at) ON known_device FROM threadwell_staff, threadwell_portal;
DROP POLICY staff_forgets_others ON known_device;
DROP POLICY staff_meets_its_own ON known_device;
CREATE POLICY staff_devices ON known_device AS RESTRICTIVE TO threadwell_staff
    USING (owner_kind = 0) WITH CHECK (owner_kind = 0);
ALTER TABLE known_device DROP COLUMN forgotten_at;
