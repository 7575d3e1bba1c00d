CREATE TABLE thread_link (
    tenant_id uuid NOT NULL,
    low_id uuid NOT NULL,
    high_id uuid NOT NULL,
    linked_by uuid NOT NULL,
    linked_at timestamptz NOT NULL,
    parted_at timestamptz,
    PRIMARY KEY (tenant_id, low_id, high_id),
    CONSTRAINT thread_link_order_check CHECK (low_id < high_id)
);
CREATE INDEX thread_link_high ON thread_link (tenant_id, high_id);
COMMENT ON TABLE thread_link IS 'Threads that staff linked. One row for both directions; for the staff alone.';
COMMENT ON COLUMN thread_link.parted_at IS 'When they were parted: the serving roles delete nothing.';

ALTER TABLE thread_link ADD CONSTRAINT thread_link_low_fkey
    FOREIGN KEY (tenant_id, low_id) REFERENCES thread (tenant_id, id);
ALTER TABLE thread_link ADD CONSTRAINT thread_link_high_fkey
    FOREIGN KEY (tenant_id, high_id) REFERENCES thread (tenant_id, id);
ALTER TABLE thread_link ADD CONSTRAINT thread_link_linked_by_fkey
    FOREIGN KEY (tenant_id, linked_by) REFERENCES staff_user (tenant_id, id);

SELECT app.protect('thread_link');

GRANT SELECT, INSERT ON thread_link TO threadwell_staff;
GRANT UPDATE (linked_by, linked_at, parted_at) ON thread_link TO threadwell_staff;
