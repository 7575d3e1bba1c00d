ALTER TABLE audit_event DROP COLUMN subjects;
COMMENT ON COLUMN audit_event.patient_ids IS 'The patients that were shown or whose data was changed.';
COMMENT ON COLUMN audit_event.attachment_ids IS 'The files that were handed out or changed.';
