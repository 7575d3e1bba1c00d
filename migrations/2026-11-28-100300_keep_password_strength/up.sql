-- What was set before is taken for short until it is typed again: a sign-in sees how long it is.
ALTER TABLE staff_user ADD COLUMN password_stands_alone boolean NOT NULL DEFAULT false;
ALTER TABLE portal_account ADD COLUMN password_stands_alone boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN staff_user.password_stands_alone IS 'Whether the password is known to be long enough to stand without a second factor.';
COMMENT ON COLUMN portal_account.password_stands_alone IS 'Whether the password is known to be long enough to stand without a second factor.';
GRANT UPDATE (password_stands_alone) ON staff_user TO threadwell_staff;
GRANT UPDATE (password_stands_alone) ON portal_account TO threadwell_portal;
