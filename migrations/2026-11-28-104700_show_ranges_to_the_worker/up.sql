-- The worker's role looks whether open streams are still where the staff may come from.
GRANT SELECT (tenant_id, id, range, added_at, removed_at) ON staff_address_range TO threadwell_worker;
