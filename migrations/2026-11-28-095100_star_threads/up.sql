-- A star is its giver's alone, like the mark of unread beside it.
ALTER TABLE read_cursor ADD COLUMN starred_at timestamptz;
ALTER TABLE read_cursor ADD CONSTRAINT read_cursor_star_check CHECK (starred_at IS NULL OR reader_kind = 0);
COMMENT ON COLUMN read_cursor.starred_at IS 'Since when a member of the staff keeps the thread at hand; null without a star.';
CREATE INDEX read_cursor_starred ON read_cursor (tenant_id, reader_id, thread_id) WHERE starred_at IS NOT NULL;
