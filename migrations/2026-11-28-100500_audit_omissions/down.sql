COMMENT ON COLUMN audit_event.reason IS 'A stable code for a denial or failure.';
