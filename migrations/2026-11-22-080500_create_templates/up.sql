CREATE TABLE auto_reply (
    tenant_id uuid NOT NULL,
    category smallint NOT NULL CHECK (category BETWEEN 0 AND 5),
    message text NOT NULL DEFAULT '',
    is_active boolean NOT NULL,
    updated_at timestamptz NOT NULL,
    updated_by uuid,
    PRIMARY KEY (tenant_id, category),
    CONSTRAINT auto_reply_active_has_text CHECK (NOT is_active OR message <> '')
);
COMMENT ON TABLE auto_reply IS 'What the practice answers by itself to a new thread of a category.';

CREATE TABLE canned_response (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    title text NOT NULL,
    category smallint NOT NULL CHECK (category BETWEEN 0 AND 5),
    response text NOT NULL,
    is_active boolean NOT NULL DEFAULT true,
    version integer NOT NULL DEFAULT 1,
    updated_at timestamptz NOT NULL,
    updated_by uuid,
    PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE canned_response IS 'A prepared answer that staff start from, as it is now.';

CREATE TABLE canned_response_version (
    tenant_id uuid NOT NULL,
    canned_response_id uuid NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    category smallint NOT NULL CHECK (category BETWEEN 0 AND 5),
    response text NOT NULL,
    written_at timestamptz NOT NULL,
    written_by uuid,
    PRIMARY KEY (tenant_id, canned_response_id, version)
);
COMMENT ON TABLE canned_response_version IS 'Every version of a prepared answer that ever was.';

ALTER TABLE auto_reply ADD CONSTRAINT auto_reply_tenant_fkey FOREIGN KEY (tenant_id) REFERENCES tenant (id);
ALTER TABLE auto_reply ADD CONSTRAINT auto_reply_updated_by_fkey
    FOREIGN KEY (tenant_id, updated_by) REFERENCES staff_user (tenant_id, id);
ALTER TABLE canned_response ADD CONSTRAINT canned_response_tenant_fkey
    FOREIGN KEY (tenant_id) REFERENCES tenant (id);
ALTER TABLE canned_response ADD CONSTRAINT canned_response_updated_by_fkey
    FOREIGN KEY (tenant_id, updated_by) REFERENCES staff_user (tenant_id, id);
ALTER TABLE canned_response_version ADD CONSTRAINT canned_response_version_canned_response_fkey
    FOREIGN KEY (tenant_id, canned_response_id) REFERENCES canned_response (tenant_id, id);
ALTER TABLE canned_response_version ADD CONSTRAINT canned_response_version_written_by_fkey
    FOREIGN KEY (tenant_id, written_by) REFERENCES staff_user (tenant_id, id);

SELECT app.protect('auto_reply');
SELECT app.protect('canned_response');
SELECT app.protect('canned_response_version');

CREATE POLICY portal_active_only ON auto_reply AS RESTRICTIVE TO threadwell_portal USING (is_active);

GRANT SELECT, INSERT, UPDATE ON auto_reply, canned_response TO threadwell_staff;
GRANT SELECT, INSERT ON canned_response_version TO threadwell_staff;
GRANT SELECT (tenant_id, category, message, is_active) ON auto_reply TO threadwell_portal;
