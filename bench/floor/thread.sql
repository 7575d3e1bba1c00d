-- The least SQL for a conversation: its head and its newest fifty messages, and the audit row.
\set s random(0, {last_staff})
\set n random(0, {last_thread})
\startpipeline
BEGIN;
SELECT set_config('app.tenant_id', '{tenant}', true), set_config('synchronous_commit', 'off', true);
SELECT s.revoked_at, s.expires_at, s.last_activity_at, s.idle_limit_seconds, u.is_active, u.role, u.full_name, t.slug, t.reopen_window_days, t.auto_priority, r.categories FROM session s JOIN staff_user u ON u.tenant_id = '{tenant}' AND u.id = s.staff_id JOIN tenant t ON t.id = '{tenant}' LEFT JOIN role_scope r ON r.tenant_id = '{tenant}' AND r.role = u.role WHERE s.tenant_id = '{tenant}' AND s.id = {staff_session};
SELECT t.*, p.name_enc, p.mrn_enc, p.birth_date_enc, p.phone_enc, p.email_enc, p.language, u.full_name, c.seq FROM thread t JOIN patient p ON p.tenant_id = '{tenant}' AND p.id = t.patient_id LEFT JOIN staff_user u ON u.tenant_id = '{tenant}' AND u.id = t.assigned_staff_id LEFT JOIN read_cursor c ON c.tenant_id = '{tenant}' AND c.thread_id = t.id AND c.reader_kind = 0 AND c.reader_id = {staff} WHERE t.tenant_id = '{tenant}' AND t.id = {thread};
SELECT m.id, m.seq, m.sender_kind, m.staff_id, m.account_id, m.proxy_name_enc, m.proxy_relationship, m.body_enc, m.is_internal, m.mentions, m.sent_at, m.revised_at, u.full_name, u.title FROM message m LEFT JOIN staff_user u ON u.tenant_id = '{tenant}' AND u.id = m.staff_id WHERE m.tenant_id = '{tenant}' AND m.thread_id = {thread} ORDER BY m.seq DESC LIMIT 51;
INSERT INTO audit_event (tenant_id, id, at, actor_kind, actor_id, session_id, action, outcome, thread_ids, patient_ids, request_id) VALUES ('{tenant}', bench.uuid7(), now(), 0, {staff}, {staff_session}, 'thread.read', 0, ARRAY[{thread}], ARRAY[{staff}], {staff});
COMMIT;
\endpipeline
