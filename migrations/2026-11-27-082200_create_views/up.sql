CREATE TABLE saved_view (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    owner_id uuid NOT NULL,
    is_shared boolean NOT NULL,
    name_enc bytea NOT NULL,
    filter_enc bytea NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    retired_at timestamptz,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX saved_view_owner ON saved_view (tenant_id, owner_id) WHERE retired_at IS NULL;
CREATE INDEX saved_view_shared ON saved_view (tenant_id, id) WHERE is_shared AND retired_at IS NULL;
COMMENT ON TABLE saved_view IS 'A way to look at the inbox that somebody of the staff keeps.';
COMMENT ON COLUMN saved_view.name_enc IS 'Sealed: a view may be named after a patient.';
COMMENT ON COLUMN saved_view.filter_enc IS 'Sealed: a search may hold a patient''s name.';

ALTER TABLE saved_view ADD CONSTRAINT saved_view_owner_fkey
    FOREIGN KEY (tenant_id, owner_id) REFERENCES staff_user (tenant_id, id);

SELECT app.protect('saved_view');

GRANT SELECT, INSERT ON saved_view TO threadwell_staff;
GRANT UPDATE (is_shared, name_enc, filter_enc, updated_at, retired_at) ON saved_view TO threadwell_staff;
