DROP TABLE thread_link;
