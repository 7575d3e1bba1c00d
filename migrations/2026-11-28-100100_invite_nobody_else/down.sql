REVOKE SELECT (email_hash) ON portal_account FROM threadwell_staff;
