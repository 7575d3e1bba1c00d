-- An invitation of the patient's own must not go to somebody else's account: staff find whose an address is.
GRANT SELECT (email_hash) ON portal_account TO threadwell_staff;
