-- What waits for somebody is counted and listed without a walk through all that is open. A thread that is with a member
-- of the staff is in neither unless it is urgent.
CREATE INDEX thread_waiting ON thread (tenant_id, assigned_team_id, last_message_at DESC, id DESC, category)
    WHERE assigned_staff_id IS NULL AND status <> 4 AND archived_at IS NULL;
CREATE INDEX thread_urgent ON thread (tenant_id, last_message_at DESC, id DESC, category)
    WHERE priority = 3 AND status <> 4 AND archived_at IS NULL;
