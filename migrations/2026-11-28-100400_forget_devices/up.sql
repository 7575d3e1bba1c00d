-- A device stays known until what it was trusted for has changed. Whoever of the staff ends a portal account's sessions
-- lets its devices be forgotten with them, and does nothing else to them.
ALTER TABLE known_device ADD COLUMN forgotten_at timestamptz;
COMMENT ON COLUMN known_device.forgotten_at IS 'When it became a stranger''s again: by a new password, an end of sessions, a stolen token, or a factor that went.';
DROP POLICY staff_devices ON known_device;
CREATE POLICY staff_meets_its_own ON known_device AS RESTRICTIVE FOR INSERT TO threadwell_staff
    WITH CHECK (owner_kind = 0);
CREATE POLICY staff_forgets_others ON known_device AS RESTRICTIVE FOR UPDATE TO threadwell_staff
    USING (true) WITH CHECK (owner_kind = 0 OR forgotten_at IS NOT NULL);
GRANT UPDATE (forgotten_at) ON known_device TO threadwell_staff, threadwell_portal;
