DROP INDEX read_cursor_starred;
ALTER TABLE read_cursor DROP COLUMN starred_at;
