CREATE TABLE bulk_act (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    staff_id uuid NOT NULL,
    kind smallint NOT NULL CHECK (kind BETWEEN 0 AND 8),
    is_undo boolean NOT NULL,
    to_staff_id uuid,
    to_team_id uuid,
    to_code smallint,
    done_at timestamptz NOT NULL,
    undone_at timestamptz,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT bulk_act_one_assignee CHECK (to_staff_id IS NULL OR to_team_id IS NULL),
    CONSTRAINT bulk_act_code_check CHECK ((kind IN (1, 6)) = (to_code IS NOT NULL))
);
CREATE INDEX bulk_act_expiry ON bulk_act (tenant_id, expires_at);
COMMENT ON TABLE bulk_act IS 'What a member of the staff did to threads at once, kept for a day to be repeated or taken back.';
COMMENT ON COLUMN bulk_act.kind IS
    '0 assign, 1 set status, 2 close, 3 reopen, 4 archive, 5 unarchive, 6 set priority, 7 mark read, 8 mark unread.';
COMMENT ON COLUMN bulk_act.is_undo IS 'The taking back of such an act, kept for its answer alone.';
COMMENT ON COLUMN bulk_act.to_code IS 'The status or priority that was set.';

CREATE TABLE bulk_act_thread (
    tenant_id uuid NOT NULL,
    bulk_act_id uuid NOT NULL,
    place smallint NOT NULL,
    thread_id uuid NOT NULL,
    expires_at timestamptz NOT NULL,
    outcome smallint NOT NULL CHECK (outcome BETWEEN 0 AND 2),
    refusal smallint CHECK (refusal BETWEEN 0 AND 4),
    left_version integer,
    was_status smallint CHECK (was_status BETWEEN 0 AND 4),
    was_closed_at timestamptz,
    was_staff_id uuid,
    was_team_id uuid,
    was_priority smallint CHECK (was_priority BETWEEN 0 AND 3),
    was_archived_at timestamptz,
    was_unread_by_staff boolean,
    was_seen_by_staff_at timestamptz,
    was_close_reason_enc bytea,
    was_seq integer,
    was_read_at timestamptz,
    was_marked_unread boolean,
    left_seq integer,
    left_marked_unread boolean,
    PRIMARY KEY (tenant_id, bulk_act_id, place),
    CONSTRAINT bulk_act_thread_reason_check CHECK ((outcome = 2) = (refusal IS NOT NULL)),
    CONSTRAINT bulk_act_thread_before_check CHECK (
        (left_version IS NULL) = (was_status IS NULL) AND (left_version IS NULL) = (was_priority IS NULL)
        AND (left_version IS NULL) = (was_unread_by_staff IS NULL)),
    CONSTRAINT bulk_act_thread_cursor_check CHECK (
        (was_seq IS NULL) = (was_marked_unread IS NULL) AND (was_seq IS NULL) = (left_seq IS NULL)
        AND (was_seq IS NULL) = (left_marked_unread IS NULL) AND (was_seq IS NULL OR left_version IS NOT NULL))
);
COMMENT ON TABLE bulk_act_thread IS 'What an act met and left of each thread: ids, codes and times.';
COMMENT ON COLUMN bulk_act_thread.thread_id IS
    'The id that was asked for. It refers to nothing: it may be nobody''s, or another practice''s, and was refused then.';
COMMENT ON COLUMN bulk_act_thread.outcome IS '0 done, 1 unchanged, 2 refused.';
COMMENT ON COLUMN bulk_act_thread.refusal IS
    '0 not found, 1 illegal transition, 2 forbidden, 3 assignee not found, 4 version mismatch.';
COMMENT ON COLUMN bulk_act_thread.was_close_reason_enc IS
    'Sealed for its place in the thread, to which alone it can go back.';

ALTER TABLE bulk_act ADD CONSTRAINT bulk_act_staff_fkey
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff_user (tenant_id, id);
ALTER TABLE bulk_act_thread ADD CONSTRAINT bulk_act_thread_bulk_act_fkey
    FOREIGN KEY (tenant_id, bulk_act_id) REFERENCES bulk_act (tenant_id, id);

SELECT app.protect('bulk_act');
SELECT app.protect('bulk_act_thread');
CREATE POLICY retention_expired_only ON bulk_act AS RESTRICTIVE TO threadwell_retention USING (expires_at < now());
CREATE POLICY retention_expired_only ON bulk_act_thread AS RESTRICTIVE TO threadwell_retention
    USING (expires_at < now());

GRANT SELECT, INSERT ON bulk_act, bulk_act_thread TO threadwell_staff;
GRANT UPDATE (undone_at) ON bulk_act TO threadwell_staff;
GRANT DELETE ON bulk_act, bulk_act_thread TO threadwell_retention;
GRANT SELECT (tenant_id, id, expires_at) ON bulk_act TO threadwell_retention;
GRANT SELECT (tenant_id, bulk_act_id, expires_at) ON bulk_act_thread TO threadwell_retention;
