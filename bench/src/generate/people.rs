//! Practices, staffs, patients and their signed-in sessions.

use super::rows::Row;
use super::tenant;
use super::words::{Dice, name};
use crate::ids::{EPOCH_MS, Kind, id};
use crate::keys::PracticeKeys;
use crate::size::{Practice, STAFF};
use crate::sql::Copy;
use crate::{Outcome, now_ms};
use threadwell_application::access::{Access, Action, Caller, Credential, RequestContext};
use threadwell_application::ports::{NewPractice, NewStaff, PracticePage, PracticeSummary, Store};
use threadwell_crypto::{Scope, normalise};
use threadwell_domain::access::Role;
use threadwell_domain::{Phi, StaffId, TenantId};
use threadwell_postgres::PgStore;

/// Sessions outlast any run.
const SESSION_MS: u64 = 30 * 24 * 3_600 * 1_000;

/// How many accounts of a practice are signed in.
pub(crate) const SIGNED_IN: u64 = 1_000;

/// Nobody signs in with a password here.
const NO_PASSWORD: &str = "$2b$12$..............................................";

/// Founds a practice with its staff, through the store.
///
/// # Errors
/// The store refuses.
pub(crate) fn found(store: &PgStore, practice: &Practice) -> Outcome<()> {
    let tenant_id = TenantId::new(tenant(practice.number));
    let caller = Caller {
        credential: Credential::Operator(tenant_id),
        request: RequestContext {
            request_id: tenant(practice.number),
            ip: None,
            is_activity: false,
            tenant_assertion: None,
        },
    };
    let store: &dyn Store = store;
    store.transact(&Access::to(&caller, Action::Provision), |tx| {
        tx.provisioning().add_practice(&founding(practice, tenant_id))?;
        for (number, role) in (0..STAFF).zip(ROLES.into_iter().cycle()) {
            tx.provisioning().add_staff(&NewStaff {
                id: StaffId::new(id(Kind::Staff, practice.number, number)),
                email: Phi::new(format!("staff{number}@practice{}.example", practice.number)),
                full_name: format!("Staff Member {number}"),
                title: None,
                role,
                password_hash: NO_PASSWORD.to_owned(),
            })?;
        }
        Ok(())
    })?;
    Ok(())
}

/// Those who see every category.
const ROLES: [Role; 4] = [Role::Nurse, Role::MedicalAssistant, Role::Provider, Role::Admin];

fn founding(practice: &Practice, id: TenantId) -> NewPractice {
    let slug = format!("practice-{}", practice.number);
    NewPractice {
        page: PracticePage {
            summary: PracticeSummary { id, name: slug.clone(), slug },
            phone: String::new(),
            emergency_text: String::new(),
            hours: String::new(),
            after_hours_text: String::new(),
            answer_times: Vec::new(),
            reopen_window_days: 14,
            face: threadwell_application::ports::PracticeFace::default(),
        },
        time_zone: "UTC".to_owned(),
        needs_second_factor: false,
    }
}

/// Writes patients with accounts, grants and search tokens, and sessions of patients and staff.
///
/// # Errors
/// The database refuses a row.
pub(crate) fn patients(url: &str, practice: &Practice, keys: &PracticeKeys) -> Outcome<()> {
    let mut dice = Dice::new(practice.number);
    let names: Vec<String> = (0..practice.patients()).map(|_| name(&mut dice)).collect();
    write_patients(url, practice, keys, &names)?;
    write_tokens(url, practice, keys, &names)?;
    write_accounts(url, practice, keys, &names)?;
    write_sessions(url, practice)
}

fn write_patients(url: &str, practice: &Practice, keys: &PracticeKeys, names: &[String]) -> Outcome<()> {
    let mut copy = Copy::into(
        url,
        "patient (tenant_id, id, mrn_hash, mrn_enc, name_enc, birth_date_enc, phone_enc, language, created_at)",
    )?;
    for (number, name) in (0..).zip(names) {
        let patient = id(Kind::Patient, practice.number, number);
        let mrn = format!("B-{number:07}");
        let seal = |column, text: &str| keys.seal("patient", column, patient, text);
        let row = Row::default()
            .id(tenant(practice.number))
            .id(patient)
            .bytes(&keys.index().hash(Scope::PATIENT_MRN, &normalise::mrn(&mrn)))
            .bytes(&seal("mrn_enc", &mrn)?)
            .bytes(&seal("name_enc", name)?)
            .bytes(&seal("birth_date_enc", "1980-02-29")?)
            .bytes(&seal("phone_enc", "(555) 010-0100")?)
            .word("en")
            .moment(EPOCH_MS);
        copy.row(&row.line())?;
    }
    copy.finish()
}

fn write_tokens(url: &str, practice: &Practice, keys: &PracticeKeys, names: &[String]) -> Outcome<()> {
    let mut copy = Copy::into(url, "patient_search (tenant_id, token, patient_id)")?;
    for (number, name) in (0..).zip(names) {
        let patient = id(Kind::Patient, practice.number, number);
        for token in keys.index().text_tokens(Scope::PATIENT_NAME, name) {
            copy.row(&Row::default().id(tenant(practice.number)).signed(token).id(patient).line())?;
        }
    }
    copy.finish()
}

fn write_accounts(url: &str, practice: &Practice, keys: &PracticeKeys, names: &[String]) -> Outcome<()> {
    let mut accounts = Copy::into(
        url,
        "portal_account (tenant_id, id, email_hash, email_enc, full_name_enc, language, password_hash, created_at)",
    )?;
    let mut grants = Copy::into(
        url,
        "patient_access (tenant_id, account_id, patient_id, relationship, scope, created_at)",
    )?;
    for (number, name) in (0..).zip(names) {
        let account = id(Kind::Account, practice.number, number);
        let patient = id(Kind::Patient, practice.number, number);
        let email = format!("patient{number}@practice{}.example", practice.number);
        let row = Row::default()
            .id(tenant(practice.number))
            .id(account)
            .bytes(&keys.index().hash(Scope::PORTAL_EMAIL, &normalise::email(&email)))
            .bytes(&keys.seal("portal_account", "email_enc", account, &email)?)
            .bytes(&keys.seal("portal_account", "full_name_enc", account, name)?)
            .word("en")
            .word(NO_PASSWORD)
            .moment(EPOCH_MS);
        accounts.row(&row.line())?;
        let grant = Row::default().id(tenant(practice.number)).id(account).id(patient);
        grants.row(&grant.number(0).number(1).moment(EPOCH_MS).line())?;
    }
    accounts.finish()?;
    grants.finish()
}

fn write_sessions(url: &str, practice: &Practice) -> Outcome<()> {
    let mut copy = Copy::into(
        url,
        "session (tenant_id, id, owner_kind, staff_id, account_id, acting_for_patient_id, \
         acting_for_relationship, idle_limit_seconds, created_at, last_activity_at, expires_at)",
    )?;
    let now = now_ms();
    let row = |session| Row::default().id(tenant(practice.number)).id(session);
    let end =
        |row: Row| row.number(SESSION_MS / 1_000).moment(now).moment(now).moment(now + SESSION_MS).line();
    for number in 0..STAFF {
        let staff = id(Kind::Staff, practice.number, number);
        let started = row(id(Kind::StaffSession, practice.number, number)).number(0).id(staff);
        copy.row(&end(started.null().null().null()))?;
    }
    for number in 0..practice.patients().min(SIGNED_IN) {
        let (account, patient) =
            (id(Kind::Account, practice.number, number), id(Kind::Patient, practice.number, number));
        let started = row(id(Kind::PortalSession, practice.number, number)).number(1).null().id(account);
        copy.row(&end(started.id(patient).number(0)))?;
    }
    copy.finish()
}
