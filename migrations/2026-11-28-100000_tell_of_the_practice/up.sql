-- Teams, views, colleagues and settings move under those who look on, too.
ALTER TABLE change
    DROP CONSTRAINT change_kind_check,
    ADD CONSTRAINT change_kind_check CHECK (kind BETWEEN 0 AND 13),
    DROP CONSTRAINT change_thread_check,
    ADD CONSTRAINT change_thread_check CHECK (
        (kind > 11) = (thread_id IS NULL) AND (kind < 11) = (patient_id IS NOT NULL)
        AND (kind < 11) = (category IS NOT NULL));
COMMENT ON COLUMN change.kind IS
    '0 started, 1 message, 2 note, 3 assigned, 4 status, 5 fields, 6 seen, 7 read, 8 file, 9 links, 10 presence, '
    '11 notification, 12 the end of a session, 13 how the practice is arranged.';
