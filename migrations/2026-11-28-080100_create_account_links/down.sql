DO $practices$
DECLARE
    practice uuid;
BEGIN
    FOR practice IN SELECT id FROM tenant LOOP
        PERFORM set_config('app.tenant_id', practice::text, true);
        DELETE FROM outbox WHERE kind = 3;
    END LOOP;
    PERFORM set_config('app.tenant_id', '', true);
END $practices$;
ALTER TABLE outbox DROP CONSTRAINT outbox_link_fkey;
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (tenant_id, due_at) WHERE done_at IS NULL AND dead_at IS NULL AND kind < 2;
ALTER TABLE outbox DROP CONSTRAINT outbox_account_check;
ALTER TABLE outbox DROP CONSTRAINT outbox_recipient_kind_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_recipient_kind_check CHECK (recipient_kind BETWEEN 0 AND 1);
ALTER TABLE outbox DROP CONSTRAINT outbox_addressee_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_addressee_check CHECK (
    (kind = 0) = (audience IS NOT NULL) AND (kind = 1) = (recipient_kind IS NOT NULL)
    AND (recipient_kind IS NULL) = (recipient_id IS NULL));
ALTER TABLE outbox DROP CONSTRAINT outbox_kind_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_kind_check CHECK (kind BETWEEN 0 AND 2);
ALTER TABLE outbox ALTER COLUMN thread_id SET NOT NULL;
ALTER TABLE outbox DROP COLUMN link_id;
ALTER TABLE outbox DROP COLUMN template;
COMMENT ON COLUMN outbox.kind IS '0 a notice, to be expanded into mails; 1 one mail; 2 a message to be indexed.';
COMMENT ON COLUMN outbox.recipient_kind IS 'Of a mail: 0 staff, 1 portal account.';
DROP TABLE account_link;
