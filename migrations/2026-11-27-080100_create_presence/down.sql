REVOKE SELECT (tenant_id, id, owner_kind, staff_id, account_id, idle_limit_seconds, last_activity_at, expires_at, revoked_at)
    ON session FROM threadwell_worker;
DROP TABLE presence;
