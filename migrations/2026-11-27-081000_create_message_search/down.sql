DO $practices$
DECLARE
    practice uuid;
BEGIN
    FOR practice IN SELECT id FROM tenant LOOP
        PERFORM set_config('app.tenant_id', practice::text, true);
        DELETE FROM work_due WHERE kind = 2;
        DELETE FROM outbox WHERE kind = 2;
    END LOOP;
    PERFORM set_config('app.tenant_id', '', true);
END $practices$;
ALTER TABLE work_due DROP CONSTRAINT work_due_kind_check;
ALTER TABLE work_due ADD CONSTRAINT work_due_kind_check CHECK (kind BETWEEN 0 AND 1);
COMMENT ON COLUMN work_due.kind IS '0 the outbox, 1 files.';
REVOKE SELECT, INSERT ON patient_search FROM threadwell_worker;
REVOKE SELECT (birth_date_enc, phone_enc, email_enc) ON patient FROM threadwell_worker;
REVOKE SELECT (tenant_id, thread_id, id, patient_id, sender_kind, staff_id, body_enc, is_internal)
    ON message FROM threadwell_worker;
DROP INDEX outbox_unindexed;
DROP INDEX outbox_due;
ALTER TABLE outbox DROP CONSTRAINT outbox_message_check;
ALTER TABLE outbox DROP CONSTRAINT outbox_kind_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_kind_check CHECK (kind BETWEEN 0 AND 1);
ALTER TABLE outbox DROP COLUMN message_id;
COMMENT ON COLUMN outbox.kind IS '0 a notice, to be expanded into mails; 1 one mail.';
CREATE INDEX outbox_due ON outbox (tenant_id, due_at) WHERE done_at IS NULL AND dead_at IS NULL;
DROP TABLE recent_search;
DROP TABLE search_index;
DROP TABLE search_word;
DROP TABLE message_search;
