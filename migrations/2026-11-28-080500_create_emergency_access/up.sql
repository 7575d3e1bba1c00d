CREATE TABLE emergency_access (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    staff_id uuid NOT NULL,
    session_id uuid NOT NULL,
    owner_kind smallint NOT NULL DEFAULT 0 CHECK (owner_kind = 0),
    reason_enc bytea NOT NULL,
    started_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    reviewed_at timestamptz,
    reviewed_by uuid,
    note_enc bytea,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT emergency_access_review_check CHECK ((reviewed_at IS NULL) = (reviewed_by IS NULL))
);
COMMENT ON TABLE emergency_access IS 'Somebody looked past the limits of the role, and why (45 CFR 164.312(a)(2)(ii)).';
COMMENT ON COLUMN emergency_access.reason_enc IS 'Sealed, like the note of the review.';

ALTER TABLE emergency_access ADD CONSTRAINT emergency_access_staff_fkey
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff_user (tenant_id, id);
ALTER TABLE emergency_access ADD CONSTRAINT emergency_access_session_fkey
    FOREIGN KEY (tenant_id, session_id, owner_kind) REFERENCES session (tenant_id, id, owner_kind);
ALTER TABLE emergency_access ADD CONSTRAINT emergency_access_reviewed_by_fkey
    FOREIGN KEY (tenant_id, reviewed_by) REFERENCES staff_user (tenant_id, id);

SELECT app.protect('emergency_access');
GRANT SELECT, INSERT ON emergency_access TO threadwell_staff;
GRANT UPDATE (ended_at, reviewed_at, reviewed_by, note_enc) ON emergency_access TO threadwell_staff;

ALTER TABLE audit_event ADD COLUMN is_emergency boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN audit_event.is_emergency IS 'Done under emergency access.';
GRANT INSERT (is_emergency) ON audit_event TO threadwell_staff, threadwell_portal, threadwell_worker;
