-- The least SQL for a page of the staff's inbox: one select, limited before its joins, with the reader's own count of
-- unread messages in each row, and the audit row.
\set s random(0, {last_staff})
\set status random(0, 3)
\startpipeline
BEGIN;
SELECT set_config('app.tenant_id', '{tenant}', true), set_config('synchronous_commit', 'off', true);
SELECT s.revoked_at, s.expires_at, s.last_activity_at, s.idle_limit_seconds, u.is_active, u.role, u.full_name, t.slug, t.reopen_window_days, t.auto_priority, r.categories FROM session s JOIN staff_user u ON u.tenant_id = '{tenant}' AND u.id = s.staff_id JOIN tenant t ON t.id = '{tenant}' LEFT JOIN role_scope r ON r.tenant_id = '{tenant}' AND r.role = u.role WHERE s.tenant_id = '{tenant}' AND s.id = {staff_session};
SELECT x.*, p.name_enc, p.mrn_enc, u.full_name, c.is_marked_unread, CASE WHEN x.last_patient_seq > coalesce(c.seq, 0) THEN (SELECT count(*) FROM (SELECT FROM message m WHERE m.tenant_id = '{tenant}' AND m.thread_id = x.id AND m.seq > coalesce(c.seq, 0) AND m.sender_kind = 0 LIMIT 100) n) ELSE 0 END FROM (SELECT id, patient_id, category, priority, status, assigned_staff_id, assigned_team_id, is_created_by_patient, is_confidential, linked_thread_id, archived_at, closed_at, created_at, updated_at, version, message_count, last_message_at, last_message_by, is_unread_by_staff, last_patient_seq, subject_enc, preview_enc, close_reason_enc FROM thread WHERE tenant_id = '{tenant}' AND status = :status AND archived_at IS NULL ORDER BY last_message_at DESC, id DESC LIMIT 51) x JOIN patient p ON p.tenant_id = '{tenant}' AND p.id = x.patient_id LEFT JOIN staff_user u ON u.tenant_id = '{tenant}' AND u.id = x.assigned_staff_id LEFT JOIN read_cursor c ON c.tenant_id = '{tenant}' AND c.thread_id = x.id AND c.reader_kind = 0 AND c.reader_id = {staff} ORDER BY x.last_message_at DESC, x.id DESC;
INSERT INTO audit_event (tenant_id, id, at, actor_kind, actor_id, session_id, action, outcome, thread_ids, patient_ids, request_id) VALUES ('{tenant}', bench.uuid7(), now(), 0, {staff}, {staff_session}, 'thread.list', 0, array_fill({staff}, ARRAY[50]), array_fill({staff}, ARRAY[50]), {staff});
COMMIT;
\endpipeline
