DROP TABLE read_cursor;
DROP TABLE message;
DROP TABLE thread_search;
DROP TABLE thread;
