CREATE TABLE audit_event (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    actor_kind smallint NOT NULL CHECK (actor_kind BETWEEN 0 AND 4),
    actor_id uuid,
    session_id uuid,
    action text NOT NULL,
    outcome smallint NOT NULL CHECK (outcome BETWEEN 0 AND 2),
    reason text,
    thread_ids uuid[] NOT NULL DEFAULT '{}',
    patient_ids uuid[] NOT NULL DEFAULT '{}',
    ip inet,
    request_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, id)
) PARTITION BY RANGE (id);
COMMENT ON TABLE audit_event IS
    'Who did what to whom, in the same transaction as what it records. Nobody who serves can change or remove a row.';
COMMENT ON COLUMN audit_event.xid IS 'The writing transaction: later readers do not pass one that is still open.';
COMMENT ON COLUMN audit_event.actor_kind IS '0 staff, 1 portal account, 2 visitor, 3 worker, 4 operator.';
COMMENT ON COLUMN audit_event.outcome IS '0 done, 1 denied, 2 failed.';
COMMENT ON COLUMN audit_event.reason IS 'A stable code for a denial or failure.';
COMMENT ON COLUMN audit_event.thread_ids IS 'The threads that were shown or changed, or that a denial concerned.';
COMMENT ON COLUMN audit_event.patient_ids IS 'The patients that were shown or whose data was changed.';

CREATE FUNCTION app.uuid_floor(moment timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex(floor(extract(epoch FROM moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;
COMMENT ON FUNCTION app.uuid_floor IS 'The least UUIDv7 of a moment.';

CREATE FUNCTION app.add_audit_partitions(until date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    month date := '2026-01-01';
    name text;
BEGIN
    WHILE month <= until LOOP
        name := 'audit_event_' || to_char(month, 'YYYY_MM');
        IF to_regclass(name) IS NULL THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF audit_event FOR VALUES FROM (%L) TO (%L)', name,
                app.uuid_floor(month::timestamp AT TIME ZONE 'UTC'),
                app.uuid_floor((month + interval '1 month')::timestamp AT TIME ZONE 'UTC'));
            EXECUTE format('COMMENT ON TABLE %I IS %L', name, 'A month of audit_event.');
            PERFORM app.protect(name::regclass);
        END IF;
        month := month + interval '1 month';
    END LOOP;
END $$;
COMMENT ON FUNCTION app.add_audit_partitions IS 'Makes the monthly partitions that are missing up to a day.';
REVOKE ALL ON FUNCTION app.uuid_floor, app.add_audit_partitions FROM PUBLIC;

-- Clocks that are far off must not stop the service: what no month takes goes here.
CREATE TABLE audit_event_other PARTITION OF audit_event DEFAULT;
COMMENT ON TABLE audit_event_other IS 'Events whose time is outside every month that has a partition.';

SELECT app.protect('audit_event');
SELECT app.protect('audit_event_other');

-- Nobody writes in another's name.
CREATE POLICY staff_events ON audit_event AS RESTRICTIVE TO threadwell_staff
    WITH CHECK (actor_kind IN (0, 2));
CREATE POLICY portal_events ON audit_event AS RESTRICTIVE TO threadwell_portal
    WITH CHECK (actor_kind = 2 AND actor_id IS NULL
        OR actor_kind = 1 AND actor_id = NULLIF(current_setting('app.account_id', true), '')::uuid);
CREATE POLICY worker_events ON audit_event AS RESTRICTIVE TO threadwell_worker WITH CHECK (actor_kind = 3);

GRANT INSERT (tenant_id, id, at, actor_kind, actor_id, session_id, action, outcome, reason, thread_ids, patient_ids,
    ip, request_id) ON audit_event TO threadwell_staff, threadwell_portal, threadwell_worker;
