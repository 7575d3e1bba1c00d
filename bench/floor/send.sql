-- The least SQL for a reply by staff: thread and message in one statement, the author's cursor,
-- outbox (the notice and the index of the search), changes for either side, audit.
\set s random(0, {last_staff})
\set k random(0, {last_hundred})
\set r random(0, 42)
\set n :k * 100 + :r
\startpipeline
BEGIN;
SELECT set_config('app.tenant_id', '{tenant}', true);
SELECT s.revoked_at, s.expires_at, s.last_activity_at, s.idle_limit_seconds, u.is_active, u.role, u.full_name, t.slug, t.reopen_window_days, t.auto_priority, r.categories FROM session s JOIN staff_user u ON u.tenant_id = '{tenant}' AND u.id = s.staff_id JOIN tenant t ON t.id = '{tenant}' LEFT JOIN role_scope r ON r.tenant_id = '{tenant}' AND r.role = u.role WHERE s.tenant_id = '{tenant}' AND s.id = {staff_session};
WITH t AS (UPDATE thread SET status = 2, updated_at = now(), version = version + 1, public_version = public_version + 1, public_updated_at = now(), last_seq = last_seq + 1, message_count = message_count + 1, last_message_at = now(), last_message_by = 1, last_staff_seq = last_seq + 1, is_unread_by_staff = false, seen_by_staff_at = now(), preview_enc = decode(repeat('ab', 190), 'hex') WHERE tenant_id = '{tenant}' AND id = {thread} RETURNING id, patient_id, last_seq) INSERT INTO message (tenant_id, thread_id, seq, id, patient_id, sender_kind, staff_id, body_enc, is_internal, sent_at) SELECT '{tenant}', id, last_seq, bench.uuid7(), patient_id, 1, {staff}, decode(repeat('ab', 240), 'hex'), false, now() FROM t;
INSERT INTO read_cursor (tenant_id, thread_id, reader_kind, reader_id, seq, read_at) VALUES ('{tenant}', {thread}, 0, {staff}, 11, now()) ON CONFLICT (tenant_id, thread_id, reader_kind, reader_id) DO UPDATE SET seq = excluded.seq, read_at = excluded.read_at;
INSERT INTO outbox (tenant_id, id, kind, audience, thread_id, message_id, created_at, due_at) VALUES ('{tenant}', bench.uuid7(), 0, 0, {thread}, NULL, now(), now()), ('{tenant}', bench.uuid7(), 2, NULL, {thread}, bench.uuid7(), now(), now());
INSERT INTO change (tenant_id, id, at, kind, audience, thread_id, patient_id, message_id, actor_kind, actor_id, category, categories) SELECT '{tenant}', bench.uuid7(), now(), 1, side, {thread}, {staff}, {staff}, 0, {staff}, 4, 16 FROM generate_series(0, 1) side;
INSERT INTO audit_event (tenant_id, id, at, actor_kind, actor_id, session_id, action, outcome, thread_ids, patient_ids, request_id) VALUES ('{tenant}', bench.uuid7(), now(), 0, {staff}, {staff_session}, 'message.send', 0, ARRAY[{thread}], ARRAY[{staff}], {staff});
COMMIT;
\endpipeline
