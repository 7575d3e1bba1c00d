REVOKE SELECT ON __diesel_schema_migrations FROM
    threadwell_staff, threadwell_portal, threadwell_worker, threadwell_retention, threadwell_backup;
ALTER DEFAULT PRIVILEGES REVOKE SELECT ON TABLES FROM threadwell_backup;
REVOKE USAGE ON SCHEMA public FROM
    threadwell_staff, threadwell_portal, threadwell_worker, threadwell_retention, threadwell_backup;
DROP SCHEMA app CASCADE;
