REVOKE SELECT (tenant_id, id, range, added_at, removed_at) ON staff_address_range FROM threadwell_worker;
