REVOKE INSERT, UPDATE ON role_scope FROM threadwell_staff;
DROP TABLE staff_address_range;
REVOKE UPDATE (name, phone, emergency_text, hours, after_hours_text, answer_times, reopen_window_days, auto_priority,
    time_zone, mail_greets_by_name) ON tenant FROM threadwell_staff;
DROP POLICY practice_changes_itself ON tenant;
DROP POLICY owner_founds ON tenant;
DROP POLICY everybody_sees ON tenant;
ALTER TABLE tenant NO FORCE ROW LEVEL SECURITY;
ALTER TABLE tenant DISABLE ROW LEVEL SECURITY;
ALTER TABLE tenant
    DROP CONSTRAINT tenant_business_hours_check, DROP COLUMN accent, DROP COLUMN business_hours, DROP COLUMN holidays,
    DROP COLUMN staff_need_second_factor, DROP COLUMN staff_idle_minutes, DROP COLUMN portal_idle_minutes,
    DROP COLUMN mobile_idle_days, DROP COLUMN majority_age, DROP COLUMN patients_may_invite,
    DROP COLUMN has_identity_check, DROP COLUMN has_staff_addresses, DROP COLUMN version;
COMMENT ON TABLE tenant IS
    'A practice. Not under row level security: the sign-in pages show it to everybody, and it says nothing of patients.';
