-- An administrative act, a failed sign-in, an act at the command line: the audit says whom it was about.
ALTER TABLE audit_event ADD COLUMN subjects text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN audit_event.subjects IS
    'Whom or what the act was about beside threads, patients and files, as kind:id; what was changed of it, as field:name.';
GRANT INSERT (subjects) ON audit_event TO threadwell_staff, threadwell_portal, threadwell_worker;
COMMENT ON COLUMN audit_event.patient_ids IS
    'The patients that were shown or whose data was changed, or whom a denial concerned.';
COMMENT ON COLUMN audit_event.attachment_ids IS 'The files that were handed out or changed, or that a denial concerned.';
