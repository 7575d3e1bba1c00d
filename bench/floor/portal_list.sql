-- The least SQL for a patient's list of conversations: one select, with the count of
-- unread messages in each row, and the audit row.
\set a random(0, {last_account})
\startpipeline
BEGIN;
SELECT set_config('app.tenant_id', '{tenant}', true), set_config('app.account_id', {account}::text, true), set_config('app.patient_id', {patient}::text, true), set_config('app.relationship', 'self', true), set_config('synchronous_commit', 'off', true);
SELECT s.revoked_at, s.expires_at, s.last_activity_at, s.idle_limit_seconds, a.is_active, a.full_name_enc, t.slug, t.reopen_window_days, t.auto_priority, g.patient_id, g.relationship, g.scope, g.expires_at FROM session s JOIN portal_account a ON a.tenant_id = '{tenant}' AND a.id = s.account_id JOIN tenant t ON t.id = '{tenant}' LEFT JOIN patient_access g ON g.tenant_id = '{tenant}' AND g.account_id = a.id AND g.patient_id = {patient} WHERE s.tenant_id = '{tenant}' AND s.id = {portal_session};
SELECT t.id, t.category, t.status, t.is_created_by_patient, t.is_confidential, t.linked_thread_id, t.closed_at, t.created_at, t.public_updated_at, t.message_count, t.last_message_at, t.last_message_by, t.last_staff_seq, t.seen_by_staff_at, t.subject_enc, t.preview_enc, p.name_enc, c.seq, CASE WHEN t.last_staff_seq > coalesce(c.seq, 0) THEN (SELECT count(*) FROM (SELECT FROM message m WHERE m.tenant_id = '{tenant}' AND m.thread_id = t.id AND m.seq > coalesce(c.seq, 0) AND m.sender_kind = 1 AND NOT m.is_internal LIMIT 100) n) ELSE 0 END FROM (SELECT * FROM thread WHERE tenant_id = '{tenant}' AND patient_id = {patient} AND archived_at IS NULL ORDER BY last_message_at DESC, id DESC LIMIT 51) t JOIN patient p ON p.tenant_id = '{tenant}' AND p.id = t.patient_id LEFT JOIN read_cursor c ON c.tenant_id = '{tenant}' AND c.thread_id = t.id AND c.reader_kind = 1 AND c.reader_id = {account} ORDER BY t.last_message_at DESC, t.id DESC;
INSERT INTO audit_event (tenant_id, id, at, actor_kind, actor_id, session_id, action, outcome, thread_ids, patient_ids, request_id) VALUES ('{tenant}', bench.uuid7(), now(), 1, {account}, {portal_session}, 'portal.thread.list', 0, array_fill({account}, ARRAY[10]), ARRAY[{patient}], {account});
COMMIT;
\endpipeline
