ALTER TABLE team ADD COLUMN retired_at timestamptz;
COMMENT ON COLUMN team.retired_at IS 'When it was taken out of use; no thread is with it any more.';
ALTER TABLE team_member ADD COLUMN left_at timestamptz;
COMMENT ON COLUMN team_member.left_at IS 'When the person left the team: the serving roles delete nothing.';

-- The name of a team that is out of use is free again.
ALTER TABLE team DROP CONSTRAINT team_tenant_id_name_key;
CREATE UNIQUE INDEX team_name ON team (tenant_id, name) WHERE retired_at IS NULL;

GRANT INSERT ON team, team_member TO threadwell_staff;
GRANT UPDATE (name, categories, retired_at) ON team TO threadwell_staff;
GRANT UPDATE (left_at) ON team_member TO threadwell_staff;
