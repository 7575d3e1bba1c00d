CREATE TABLE tenant (
    id uuid PRIMARY KEY,
    slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    name text NOT NULL,
    phone text NOT NULL DEFAULT '',
    emergency_text text NOT NULL DEFAULT '',
    hours text NOT NULL DEFAULT '',
    after_hours_text text NOT NULL DEFAULT '',
    answer_times text[] NOT NULL DEFAULT '{"","","","","",""}',
    reopen_window_days integer NOT NULL DEFAULT 14,
    auto_priority smallint[] NOT NULL DEFAULT '{0,1,1,0,2,1}',
    time_zone text NOT NULL DEFAULT 'UTC',
    mail_greets_by_name boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT tenant_answer_times_check CHECK (cardinality(answer_times) = 6),
    CONSTRAINT tenant_auto_priority_check CHECK (
        cardinality(auto_priority) = 6 AND auto_priority <@ '{0,1,2,3}'::smallint[]),
    CONSTRAINT tenant_reopen_window_days_check CHECK (reopen_window_days BETWEEN 0 AND 3650)
);
COMMENT ON TABLE tenant IS
    'A practice. Not under row level security: the sign-in pages show it to everybody, and it says nothing of patients.';
COMMENT ON COLUMN tenant.slug IS 'The public code, part of the portal''s address.';
COMMENT ON COLUMN tenant.answer_times IS 'Usual times to answer in words, by category code; empty where none is set.';
COMMENT ON COLUMN tenant.auto_priority IS 'The priority of threads that patients start, by category code.';
COMMENT ON COLUMN tenant.mail_greets_by_name IS 'Whether mails to patients may hold the first name.';
INSERT INTO tenant (id, slug, name)
    VALUES ('00000000-0000-7000-8000-000000000000', 'installation', 'Installation');
GRANT SELECT ON tenant TO threadwell_staff, threadwell_portal, threadwell_worker, threadwell_retention;

CREATE TABLE tenant_key (
    tenant_id uuid NOT NULL,
    purpose smallint NOT NULL CHECK (purpose BETWEEN 1 AND 4),
    version smallint NOT NULL CHECK (version > 0),
    wrapped bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, purpose, version)
);
COMMENT ON TABLE tenant_key IS 'The keys of a practice, wrapped by the root key, which is never stored here.';
COMMENT ON COLUMN tenant_key.purpose IS '1 fields, 2 files, 3 search, 4 session tokens.';
SELECT app.protect('tenant_key');
GRANT SELECT ON tenant_key TO threadwell_staff, threadwell_portal, threadwell_worker;

ALTER TABLE tenant_key ADD CONSTRAINT tenant_key_tenant_fkey FOREIGN KEY (tenant_id) REFERENCES tenant (id);
