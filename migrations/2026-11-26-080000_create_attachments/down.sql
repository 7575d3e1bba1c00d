DO $practices$
DECLARE
    practice uuid;
BEGIN
    FOR practice IN SELECT id FROM tenant LOOP
        PERFORM set_config('app.tenant_id', practice::text, true);
        DELETE FROM work_due WHERE tenant_id = practice AND kind = 1;
    END LOOP;
    PERFORM set_config('app.tenant_id', '', true);
END $practices$;
ALTER TABLE work_due DROP CONSTRAINT work_due_kind_check;
ALTER TABLE work_due ADD CONSTRAINT work_due_kind_check CHECK (kind BETWEEN 0 AND 0);
COMMENT ON COLUMN work_due.kind IS '0 the outbox.';
ALTER TABLE audit_event DROP COLUMN attachment_ids;
REVOKE UPDATE (attachment_count) ON message FROM threadwell_staff, threadwell_portal;
DROP TABLE upload_usage;
DROP TABLE attachment;
