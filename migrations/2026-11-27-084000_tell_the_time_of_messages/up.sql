COMMENT ON COLUMN message_search.tokens IS
    'The first eight bytes of keyed hashes of stems, of the sender and of the time of sending; empty where the practice does without.';

-- What was indexed before has no tokens of its time: every index is built once more.
DO $practices$
DECLARE
    practice uuid;
BEGIN
    FOR practice IN SELECT id FROM tenant WHERE slug <> 'installation' LOOP
        PERFORM set_config('app.tenant_id', practice::text, true);
        UPDATE search_index
           SET generation = generation + 1, is_complete = false, patients_up_to = NULL, messages_up_to = NULL,
               messages_seen = 0, changed_at = now()
         WHERE tenant_id = practice;
        INSERT INTO work_due (tenant_id, kind, due_at) VALUES (practice, 2, now())
            ON CONFLICT (tenant_id, kind) DO UPDATE SET due_at = now();
    END LOOP;
    PERFORM set_config('app.tenant_id', '', true);
END $practices$;
