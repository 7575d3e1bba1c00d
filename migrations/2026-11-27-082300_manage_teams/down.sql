REVOKE INSERT ON team, team_member FROM threadwell_staff;
REVOKE UPDATE (name, categories, retired_at) ON team FROM threadwell_staff;
REVOKE UPDATE (left_at) ON team_member FROM threadwell_staff;
DROP INDEX team_name;
ALTER TABLE team ADD CONSTRAINT team_tenant_id_name_key UNIQUE (tenant_id, name);
ALTER TABLE team DROP COLUMN retired_at;
ALTER TABLE team_member DROP COLUMN left_at;
