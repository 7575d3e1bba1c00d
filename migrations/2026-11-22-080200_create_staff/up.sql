CREATE TABLE role_scope (
    tenant_id uuid NOT NULL,
    role smallint NOT NULL CHECK (role BETWEEN 0 AND 6),
    categories smallint NOT NULL CHECK (categories BETWEEN 0 AND 63),
    PRIMARY KEY (tenant_id, role)
);
COMMENT ON TABLE role_scope IS 'The categories whose threads a role sees, where the practice decided on them.';
COMMENT ON COLUMN role_scope.categories IS 'Bit n stands for the category with code n.';

CREATE TABLE staff_user (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    email_hash bytea NOT NULL,
    email_enc bytea NOT NULL,
    full_name text NOT NULL,
    title text,
    role smallint NOT NULL CHECK (role BETWEEN 0 AND 6),
    is_active boolean NOT NULL DEFAULT true,
    password_hash text NOT NULL,
    mail_enabled boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, email_hash)
);
COMMENT ON TABLE staff_user IS 'A member of the staff.';
COMMENT ON COLUMN staff_user.email_hash IS 'A keyed hash, for exact look-up; unique within the practice alone.';
COMMENT ON COLUMN staff_user.email_enc IS 'Sealed.';

CREATE TABLE team (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    categories smallint NOT NULL CHECK (categories BETWEEN 0 AND 63),
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, name)
);
COMMENT ON TABLE team IS 'A group of staff that threads are assigned to.';
COMMENT ON COLUMN team.categories IS 'What the team is on duty for: bit n stands for the category with code n.';

CREATE TABLE team_member (
    tenant_id uuid NOT NULL,
    team_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, team_id, staff_id)
);
CREATE INDEX team_member_staff ON team_member (tenant_id, staff_id);
COMMENT ON TABLE team_member IS 'Who belongs to which team.';

ALTER TABLE role_scope ADD CONSTRAINT role_scope_tenant_fkey FOREIGN KEY (tenant_id) REFERENCES tenant (id);
ALTER TABLE staff_user ADD CONSTRAINT staff_user_tenant_fkey FOREIGN KEY (tenant_id) REFERENCES tenant (id);
ALTER TABLE team ADD CONSTRAINT team_tenant_fkey FOREIGN KEY (tenant_id) REFERENCES tenant (id);
ALTER TABLE team_member ADD CONSTRAINT team_member_team_fkey
    FOREIGN KEY (tenant_id, team_id) REFERENCES team (tenant_id, id);
ALTER TABLE team_member ADD CONSTRAINT team_member_staff_fkey
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff_user (tenant_id, id);

SELECT app.protect('role_scope');
SELECT app.protect('staff_user');
SELECT app.protect('team');
SELECT app.protect('team_member');

GRANT SELECT ON role_scope, team, team_member TO threadwell_staff, threadwell_worker;
GRANT SELECT ON staff_user TO threadwell_staff;
GRANT SELECT (tenant_id, id, email_enc, full_name, title, role, is_active, mail_enabled)
    ON staff_user TO threadwell_worker;
-- What patients may know of the staff: who wrote to them.
GRANT SELECT (tenant_id, id, full_name, title) ON staff_user TO threadwell_portal;
