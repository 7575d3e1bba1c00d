-- Filters that leave little lead a search to it: no other index knows what has files, is put away or is a team's.
CREATE INDEX message_with_files ON message (tenant_id, id DESC) WHERE attachment_count > 0;
CREATE INDEX thread_archived ON thread (tenant_id, id) WHERE archived_at IS NOT NULL;
CREATE INDEX thread_team ON thread (tenant_id, assigned_team_id) WHERE assigned_team_id IS NOT NULL;
