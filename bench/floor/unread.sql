-- The least SQL for the badge: a count that stops at a hundred. A bare count leaves no audit row.
\set s random(0, {last_staff})
\startpipeline
BEGIN;
SELECT set_config('app.tenant_id', '{tenant}', true), set_config('synchronous_commit', 'off', true);
SELECT s.revoked_at, s.expires_at, s.last_activity_at, s.idle_limit_seconds, u.is_active, u.role, u.full_name, t.slug, t.reopen_window_days, t.auto_priority, r.categories FROM session s JOIN staff_user u ON u.tenant_id = '{tenant}' AND u.id = s.staff_id JOIN tenant t ON t.id = '{tenant}' LEFT JOIN role_scope r ON r.tenant_id = '{tenant}' AND r.role = u.role WHERE s.tenant_id = '{tenant}' AND s.id = {staff_session};
SELECT count(*) FROM (SELECT 1 FROM thread WHERE tenant_id = '{tenant}' AND is_unread_by_staff AND status < 4 AND archived_at IS NULL LIMIT 100) x;
COMMIT;
\endpipeline
