ALTER TABLE tenant
    ADD COLUMN accent smallint NOT NULL DEFAULT 0 CHECK (accent BETWEEN 0 AND 4),
    ADD COLUMN business_hours smallint[] NOT NULL DEFAULT '{}',
    ADD COLUMN holidays text[] NOT NULL DEFAULT '{}',
    ADD COLUMN staff_need_second_factor boolean NOT NULL DEFAULT true,
    ADD COLUMN staff_idle_minutes smallint NOT NULL DEFAULT 15 CHECK (staff_idle_minutes BETWEEN 5 AND 60),
    ADD COLUMN portal_idle_minutes smallint NOT NULL DEFAULT 20 CHECK (portal_idle_minutes BETWEEN 5 AND 60),
    ADD COLUMN mobile_idle_days smallint NOT NULL DEFAULT 30 CHECK (mobile_idle_days BETWEEN 1 AND 90),
    ADD COLUMN majority_age smallint NOT NULL DEFAULT 18 CHECK (majority_age BETWEEN 13 AND 25),
    ADD COLUMN patients_may_invite boolean NOT NULL DEFAULT true,
    ADD COLUMN has_identity_check boolean NOT NULL DEFAULT true,
    ADD COLUMN has_staff_addresses boolean NOT NULL DEFAULT false,
    ADD COLUMN version integer NOT NULL DEFAULT 1,
    ADD CONSTRAINT tenant_business_hours_check CHECK (cardinality(business_hours) % 3 = 0);
COMMENT ON COLUMN tenant.accent IS 'The colour of the portal: 0 violet, 1 blue, 2 teal, 3 green, 4 slate.';
COMMENT ON COLUMN tenant.business_hours IS 'Triples: day (0 Monday), from and to in minutes after midnight, in the practice''s time zone.';
COMMENT ON COLUMN tenant.holidays IS 'Days without office hours: YYYY-MM-DD, a blank and a name.';
COMMENT ON COLUMN tenant.staff_need_second_factor IS 'Whether a session of the staff needs a second factor.';
COMMENT ON COLUMN tenant.majority_age IS 'The age at which a guardian''s grant ends, in years.';
COMMENT ON COLUMN tenant.patients_may_invite IS 'Whether patients may invite caregivers.';
COMMENT ON COLUMN tenant.has_identity_check IS 'Whether patients may open an account by a code to the e-mail on file.';
COMMENT ON COLUMN tenant.has_staff_addresses IS 'Whether staff come from the addresses of staff_address_range alone.';
COMMENT ON COLUMN tenant.version IS 'Moves with every change of the settings.';
COMMENT ON TABLE tenant IS
    'A practice. Everybody sees every row, for the sign-in pages show it and it says nothing of patients; its own staff alone change it.';

-- Seen by all, founded by the owner, changed by itself alone.
ALTER TABLE tenant ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant FORCE ROW LEVEL SECURITY;
CREATE POLICY everybody_sees ON tenant FOR SELECT USING (true);
CREATE POLICY owner_founds ON tenant FOR INSERT TO threadwell_owner WITH CHECK (true);
CREATE POLICY practice_changes_itself ON tenant FOR UPDATE TO threadwell_owner, threadwell_staff
    USING (id = NULLIF(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (id = NULLIF(current_setting('app.tenant_id', true), '')::uuid);
GRANT UPDATE (name, phone, emergency_text, hours, after_hours_text, answer_times, reopen_window_days, auto_priority,
    time_zone, mail_greets_by_name, accent, business_hours, holidays, staff_need_second_factor, staff_idle_minutes,
    portal_idle_minutes, mobile_idle_days, majority_age, patients_may_invite, has_identity_check, has_staff_addresses,
    version) ON tenant TO threadwell_staff;

CREATE TABLE staff_address_range (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    range text NOT NULL CHECK (range = range::cidr::text),
    added_at timestamptz NOT NULL,
    removed_at timestamptz,
    PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE staff_address_range IS 'Networks that a practice''s staff may come from, where it said so.';
ALTER TABLE staff_address_range ADD CONSTRAINT staff_address_range_tenant_fkey
    FOREIGN KEY (tenant_id) REFERENCES tenant (id);
SELECT app.protect('staff_address_range');
GRANT SELECT, INSERT ON staff_address_range TO threadwell_staff;
GRANT UPDATE (removed_at) ON staff_address_range TO threadwell_staff;

GRANT INSERT, UPDATE ON role_scope TO threadwell_staff;
