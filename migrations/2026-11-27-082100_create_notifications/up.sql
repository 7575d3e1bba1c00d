CREATE TABLE notification (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    staff_id uuid NOT NULL,
    kind smallint NOT NULL CHECK (kind BETWEEN 0 AND 1),
    thread_id uuid NOT NULL,
    message_id uuid,
    seq integer NOT NULL,
    by_staff_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    read_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT notification_message_check CHECK ((kind = 0) = (message_id IS NOT NULL))
);
CREATE INDEX notification_recent ON notification (tenant_id, staff_id, created_at DESC, id DESC);
CREATE INDEX notification_unread ON notification (tenant_id, staff_id, thread_id) WHERE read_at IS NULL;
COMMENT ON TABLE notification IS 'Word to one member of the staff: that a note mentions them, or that they were given a thread.';
COMMENT ON COLUMN notification.kind IS '0 mention, 1 assignment.';
COMMENT ON COLUMN notification.seq IS 'Whoever has read the thread up to here has had the word.';

ALTER TABLE notification ADD CONSTRAINT notification_staff_fkey
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff_user (tenant_id, id);
ALTER TABLE notification ADD CONSTRAINT notification_by_staff_fkey
    FOREIGN KEY (tenant_id, by_staff_id) REFERENCES staff_user (tenant_id, id);
ALTER TABLE notification ADD CONSTRAINT notification_thread_fkey
    FOREIGN KEY (tenant_id, thread_id) REFERENCES thread (tenant_id, id);
ALTER TABLE notification ADD CONSTRAINT notification_message_fkey
    FOREIGN KEY (tenant_id, message_id) REFERENCES message (tenant_id, id);

SELECT app.protect('notification');

GRANT SELECT, INSERT ON notification TO threadwell_staff;
GRANT UPDATE (read_at) ON notification TO threadwell_staff;
