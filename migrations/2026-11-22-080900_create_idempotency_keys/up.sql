CREATE TABLE idempotency_key (
    tenant_id uuid NOT NULL,
    actor_kind smallint NOT NULL CHECK (actor_kind BETWEEN 0 AND 1),
    actor_id uuid NOT NULL,
    key_hash bytea NOT NULL,
    id uuid NOT NULL,
    fingerprint bytea NOT NULL,
    receipt_enc bytea NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, actor_kind, actor_id, key_hash)
);
CREATE INDEX idempotency_key_expiry ON idempotency_key (tenant_id, expires_at);
COMMENT ON TABLE idempotency_key IS 'First answers to creates and sends, kept for a day with their effect.';
COMMENT ON COLUMN idempotency_key.key_hash IS 'A keyed hash of operation and client key.';
COMMENT ON COLUMN idempotency_key.fingerprint IS 'A keyed hash of the request: messages can be guessed.';
COMMENT ON COLUMN idempotency_key.id IS 'The row''s own id, to which the sealed receipt is bound.';

ALTER TABLE idempotency_key ADD CONSTRAINT idempotency_key_tenant_fkey
    FOREIGN KEY (tenant_id) REFERENCES tenant (id);

SELECT app.protect('idempotency_key');
CREATE POLICY staff_own_keys ON idempotency_key AS RESTRICTIVE TO threadwell_staff
    USING (actor_kind = 0) WITH CHECK (actor_kind = 0);
CREATE POLICY portal_own_keys ON idempotency_key AS RESTRICTIVE TO threadwell_portal
    USING (actor_kind = 1 AND actor_id = NULLIF(current_setting('app.account_id', true), '')::uuid)
    WITH CHECK (actor_kind = 1 AND actor_id = NULLIF(current_setting('app.account_id', true), '')::uuid);
CREATE POLICY retention_expired_only ON idempotency_key AS RESTRICTIVE TO threadwell_retention
    USING (expires_at < now());

GRANT SELECT, INSERT, UPDATE ON idempotency_key TO threadwell_staff, threadwell_portal;
GRANT DELETE ON idempotency_key TO threadwell_retention;
GRANT SELECT (tenant_id, expires_at) ON idempotency_key TO threadwell_retention;
