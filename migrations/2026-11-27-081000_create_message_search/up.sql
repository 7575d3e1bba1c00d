CREATE TABLE message_search (
    tenant_id uuid NOT NULL,
    message_id uuid NOT NULL,
    thread_id uuid NOT NULL,
    tokens bigint[] NOT NULL,
    PRIMARY KEY (tenant_id, message_id)
) WITH (autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX message_search_tokens ON message_search USING gin (tokens) WITH (gin_pending_list_limit = 512);
CREATE INDEX message_search_thread ON message_search (tenant_id, thread_id, message_id DESC);
COMMENT ON TABLE message_search IS
    'Keyed tokens of the words of messages. Not under row level security, which would keep the index from being used: it holds no text, and a token is of use in one practice alone.';
COMMENT ON COLUMN message_search.tokens IS
    'The first eight bytes of keyed hashes of stems and of the sender; empty where the practice does without.';

CREATE TABLE search_word (
    tenant_id uuid NOT NULL,
    scope smallint NOT NULL CHECK (scope BETWEEN 0 AND 1),
    token bigint NOT NULL,
    word_enc bytea NOT NULL,
    added_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, scope, token)
);
CREATE INDEX search_word_added ON search_word (tenant_id, added_at);
COMMENT ON TABLE search_word IS 'The words of a practice''s messages, sealed, by which the beginning of a word is found.';
COMMENT ON COLUMN search_word.scope IS '0 public messages, 1 internal notes.';
COMMENT ON COLUMN search_word.word_enc IS 'Sealed; empty once the practice does without.';

CREATE TABLE search_index (
    tenant_id uuid NOT NULL,
    is_on boolean NOT NULL DEFAULT true,
    generation integer NOT NULL DEFAULT 1,
    is_complete boolean NOT NULL DEFAULT false,
    patients_up_to uuid,
    messages_up_to uuid,
    messages_seen bigint NOT NULL DEFAULT 0,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id)
);
COMMENT ON TABLE search_index IS 'Whether a practice''s messages can be searched by their texts, and how far the index has come.';
COMMENT ON COLUMN search_index.is_on IS 'The practice''s switch. Off, the tokens of messages are emptied.';
COMMENT ON COLUMN search_index.generation IS 'Grows with every rebuild.';
COMMENT ON COLUMN search_index.messages_up_to IS
    'The last message that the rebuild has been at, in the order of ids; patients_up_to likewise.';

CREATE TABLE recent_search (
    tenant_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    id uuid NOT NULL,
    query_hash bytea NOT NULL,
    query_enc bytea NOT NULL,
    searched_at timestamptz NOT NULL,
    is_cleared boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant_id, staff_id, query_hash),
    UNIQUE (tenant_id, id)
);
COMMENT ON TABLE recent_search IS 'What a person searched for last, sealed; for that person alone.';
COMMENT ON COLUMN recent_search.query_hash IS 'A keyed hash, so that the same text moves up instead of coming twice.';
COMMENT ON COLUMN recent_search.query_enc IS 'Sealed; empty once it was cleared: the serving roles delete nothing.';

ALTER TABLE outbox ADD COLUMN message_id uuid;
COMMENT ON COLUMN outbox.message_id IS 'Of a message to be indexed.';
ALTER TABLE outbox DROP CONSTRAINT outbox_kind_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_kind_check CHECK (kind BETWEEN 0 AND 2);
ALTER TABLE outbox ADD CONSTRAINT outbox_message_check CHECK ((kind = 2) = (message_id IS NOT NULL));
COMMENT ON COLUMN outbox.kind IS '0 a notice, to be expanded into mails; 1 one mail; 2 a message to be indexed.';
-- Each of the two kinds of work looks for its own jobs alone.
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (tenant_id, due_at) WHERE done_at IS NULL AND dead_at IS NULL AND kind < 2;
CREATE INDEX outbox_unindexed ON outbox (tenant_id, id) WHERE done_at IS NULL AND dead_at IS NULL AND kind = 2;

ALTER TABLE message_search ADD CONSTRAINT message_search_message_fkey
    FOREIGN KEY (tenant_id, message_id) REFERENCES message (tenant_id, id);
ALTER TABLE message_search ADD CONSTRAINT message_search_thread_fkey
    FOREIGN KEY (tenant_id, thread_id) REFERENCES thread (tenant_id, id);
ALTER TABLE search_word ADD CONSTRAINT search_word_tenant_fkey FOREIGN KEY (tenant_id) REFERENCES tenant (id);
ALTER TABLE search_index ADD CONSTRAINT search_index_tenant_fkey FOREIGN KEY (tenant_id) REFERENCES tenant (id);
ALTER TABLE recent_search ADD CONSTRAINT recent_search_staff_fkey
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff_user (tenant_id, id);

SELECT app.protect('search_word');
SELECT app.protect('search_index');
SELECT app.protect('recent_search');

GRANT SELECT ON message_search, search_word, search_index TO threadwell_staff;
GRANT UPDATE (is_on, generation, is_complete, patients_up_to, messages_up_to, messages_seen, changed_at)
    ON search_index TO threadwell_staff;
GRANT SELECT, INSERT, UPDATE ON recent_search TO threadwell_staff;
GRANT SELECT, INSERT, UPDATE ON message_search, search_word TO threadwell_worker;
GRANT SELECT ON search_index TO threadwell_worker;
GRANT UPDATE (generation, is_complete, patients_up_to, messages_up_to, messages_seen, changed_at)
    ON search_index TO threadwell_worker;
-- The worker reads what it indexes, and no more of a message: neither its file names nor what proxies are called.
GRANT SELECT (tenant_id, thread_id, id, patient_id, sender_kind, staff_id, body_enc, is_internal)
    ON message TO threadwell_worker;
GRANT SELECT (birth_date_enc, phone_enc, email_enc) ON patient TO threadwell_worker;
GRANT SELECT, INSERT ON patient_search TO threadwell_worker;

ALTER TABLE work_due DROP CONSTRAINT work_due_kind_check;
ALTER TABLE work_due ADD CONSTRAINT work_due_kind_check CHECK (kind BETWEEN 0 AND 2);
COMMENT ON COLUMN work_due.kind IS '0 the outbox, 1 files, 2 the search index.';
DO $practices$
DECLARE
    practice uuid;
BEGIN
    FOR practice IN SELECT id FROM tenant WHERE slug <> 'installation' LOOP
        PERFORM set_config('app.tenant_id', practice::text, true);
        INSERT INTO search_index (tenant_id, changed_at) VALUES (practice, now());
        INSERT INTO work_due (tenant_id, kind, due_at) VALUES (practice, 2, now());
    END LOOP;
    PERFORM set_config('app.tenant_id', '', true);
END $practices$;
