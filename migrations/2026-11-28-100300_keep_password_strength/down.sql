REVOKE UPDATE (password_stands_alone) ON portal_account FROM threadwell_portal;
REVOKE UPDATE (password_stands_alone) ON staff_user FROM threadwell_staff;
ALTER TABLE portal_account DROP COLUMN password_stands_alone;
ALTER TABLE staff_user DROP COLUMN password_stands_alone;
