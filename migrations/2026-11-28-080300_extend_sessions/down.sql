DROP TABLE push_registration;
DROP TABLE known_device;
DROP INDEX session_account;
DROP INDEX session_staff;
ALTER TABLE session
    DROP COLUMN method, DROP COLUMN device_id, DROP COLUMN device_name_enc, DROP COLUMN browser, DROP COLUMN address,
    DROP COLUMN stepped_up_at, DROP COLUMN emergency_until;
