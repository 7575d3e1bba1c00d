-- Protection is written once, here, so that no table can be created with half of it.
-- The serving roles exist already: they belong to the cluster and are made by `threadwell migrate --bootstrap`.
CREATE SCHEMA app;
COMMENT ON SCHEMA app IS 'Functions for migrations. The serving roles have no use of it.';

CREATE FUNCTION app.protect(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
    EXECUTE format($policy$
        CREATE POLICY tenant_isolation ON %s
            USING (tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid)
            WITH CHECK (tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid)
        $policy$, target);
END $$;
COMMENT ON FUNCTION app.protect IS
    'Enables and forces row level security on a tenant table and binds it to app.tenant_id, failing closed.';

REVOKE ALL ON FUNCTION app.protect FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO
    threadwell_staff, threadwell_portal, threadwell_worker, threadwell_retention, threadwell_backup;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO threadwell_backup;
GRANT SELECT ON __diesel_schema_migrations TO
    threadwell_staff, threadwell_portal, threadwell_worker, threadwell_retention, threadwell_backup;
