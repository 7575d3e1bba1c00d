CREATE TABLE patient (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    mrn_hash bytea NOT NULL,
    mrn_enc bytea NOT NULL,
    name_enc bytea NOT NULL,
    birth_date_enc bytea,
    phone_enc bytea,
    email_enc bytea,
    language text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, mrn_hash)
);
COMMENT ON TABLE patient IS 'A person under care. All that names the person is sealed.';
COMMENT ON COLUMN patient.mrn_hash IS 'A keyed hash of the medical record number, for exact look-up.';

CREATE TABLE patient_search (
    tenant_id uuid NOT NULL,
    token bigint NOT NULL,
    patient_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, token, patient_id)
);
COMMENT ON TABLE patient_search IS 'Keyed tokens of the prefixes of patients'' names.';

CREATE TABLE portal_account (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    email_hash bytea NOT NULL,
    email_enc bytea NOT NULL,
    full_name_enc bytea NOT NULL,
    language text NOT NULL,
    is_active boolean NOT NULL DEFAULT true,
    password_hash text NOT NULL,
    mail_enabled boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, email_hash)
);
COMMENT ON TABLE portal_account IS 'A sign-in to the patient portal; serves patients through grants.';
COMMENT ON COLUMN portal_account.email_hash IS 'A keyed hash, for exact look-up; unique within the practice alone.';

CREATE TABLE patient_access (
    tenant_id uuid NOT NULL,
    account_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    relationship smallint NOT NULL CHECK (relationship BETWEEN 0 AND 2),
    scope smallint NOT NULL CHECK (scope BETWEEN 0 AND 1),
    expires_at timestamptz,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, account_id, patient_id)
);
CREATE INDEX patient_access_patient ON patient_access (tenant_id, patient_id);
COMMENT ON TABLE patient_access IS 'A grant: an account''s right to act for a patient.';
COMMENT ON COLUMN patient_access.relationship IS '0 self, 1 guardian, 2 caregiver.';
COMMENT ON COLUMN patient_access.scope IS '0 read, 1 read and write.';

ALTER TABLE patient ADD CONSTRAINT patient_tenant_fkey FOREIGN KEY (tenant_id) REFERENCES tenant (id);
ALTER TABLE portal_account ADD CONSTRAINT portal_account_tenant_fkey
    FOREIGN KEY (tenant_id) REFERENCES tenant (id);
ALTER TABLE patient_search ADD CONSTRAINT patient_search_patient_fkey
    FOREIGN KEY (tenant_id, patient_id) REFERENCES patient (tenant_id, id);
ALTER TABLE patient_access ADD CONSTRAINT patient_access_account_fkey
    FOREIGN KEY (tenant_id, account_id) REFERENCES portal_account (tenant_id, id);
ALTER TABLE patient_access ADD CONSTRAINT patient_access_patient_fkey
    FOREIGN KEY (tenant_id, patient_id) REFERENCES patient (tenant_id, id);

SELECT app.protect('patient');
SELECT app.protect('patient_search');
SELECT app.protect('portal_account');
SELECT app.protect('patient_access');

-- The ids of the patients that the account may act for are bound as parsed ids after its grants were read.
CREATE POLICY portal_own_patients ON patient AS RESTRICTIVE TO threadwell_portal USING (
    id = NULLIF(current_setting('app.patient_id', true), '')::uuid
    OR id = ANY (NULLIF(current_setting('app.patient_ids', true), '')::uuid[]));
CREATE POLICY portal_own_account ON portal_account AS RESTRICTIVE TO threadwell_portal USING (
    id = NULLIF(current_setting('app.account_id', true), '')::uuid
    OR email_hash = decode(NULLIF(current_setting('app.login_key', true), ''), 'hex'));
CREATE POLICY portal_own_grants ON patient_access AS RESTRICTIVE TO threadwell_portal USING (
    account_id = NULLIF(current_setting('app.account_id', true), '')::uuid);

GRANT SELECT ON patient, patient_search, patient_access TO threadwell_staff;
GRANT SELECT (tenant_id, id, full_name_enc, language, is_active) ON portal_account TO threadwell_staff;
GRANT SELECT (tenant_id, id, name_enc, language) ON patient TO threadwell_portal;
GRANT SELECT ON portal_account, patient_access TO threadwell_portal;
GRANT SELECT (tenant_id, id, name_enc, language) ON patient TO threadwell_worker;
GRANT SELECT (tenant_id, id, email_enc, full_name_enc, language, is_active, mail_enabled)
    ON portal_account TO threadwell_worker;
GRANT SELECT ON patient_access TO threadwell_worker;
