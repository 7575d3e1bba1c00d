//! New practices and people.

use crate::stage::{
    HILLSIDE, RIVERSIDE, Stage, grant, new_account, new_patient, new_practice, new_staff, run, visitor,
};
use std::sync::Barrier;
use std::thread;
use threadwell_application::access::{Action, Audience};
use threadwell_application::ports::{AnswerTime, PracticePage, Recipient, Store, Work};
use threadwell_application::{Error, FieldProblem, Result};
use threadwell_domain::access::{Relationship, Role};
use threadwell_domain::thread::{Category, Seq};
use threadwell_domain::{AccountId, PatientId, StaffId, TenantId};
use uuid::Uuid;

fn taken_field(outcome: Result<()>) -> String {
    match outcome {
        Err(Error::Invalid(fields)) if fields.len() == 1 && fields[0].problem == FieldProblem::Invalid => {
            fields[0].pointer.clone()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_new_practice_has_keys_teams_replies_and_work_due() {
    let stage = Stage::set();
    let tenant = TenantId::new(Uuid::now_v7());
    let mut practice = new_practice(tenant, "lakeside", "Lakeside");
    practice.page.answer_times =
        vec![AnswerTime { category: Category::Billing, text: "Within 3 days".to_owned() }];
    stage.operate(tenant, |tx| tx.provisioning().add_practice(&practice)).unwrap();
    for (table, rows) in [
        ("tenant_key", 4),
        ("role_scope", 7),
        ("team", 3),
        ("auto_reply", 3),
        ("canned_response", 5),
        ("canned_response_version", 5),
        ("work_due", 3),
    ] {
        assert_eq!(
            stage.number(&format!("SELECT count(*) FROM {table} WHERE tenant_id = '{tenant}'")),
            rows,
            "{table}"
        );
    }
    let shown = stage.store.practice_page("lakeside").unwrap().unwrap();
    assert_eq!(
        (shown.face.time_zone.name(), shown.face.has_identity_check, shown.face.patients_may_invite),
        (practice.time_zone.as_str(), true, true)
    );
    assert_eq!(PracticePage { face: practice.page.face.clone(), ..shown }, practice.page);
    assert!(stage.store.practices_with_due_work(Work::Outbox, stage.now()).unwrap().contains(&tenant));
}

#[test]
fn practices_are_listed_by_name_without_the_installation() {
    let stage = Stage::set();
    let slugs: Vec<_> = stage.store.practices().unwrap().into_iter().map(|one| one.slug).collect();
    assert_eq!(slugs, ["hillside", "riverside"]);
    for slug in ["installation", "nowhere", "RIVERSIDE", "", "a\0b", "' OR 1=1 --"] {
        assert_eq!(stage.store.practice_page(slug).unwrap(), None, "{slug:?}");
    }
}

#[test]
fn a_public_code_is_given_once_and_must_look_like_one() {
    let stage = Stage::set();
    for slug in ["riverside", "installation", "Not a code", "", "-x"] {
        let tenant = TenantId::new(Uuid::now_v7());
        let outcome =
            stage.operate(tenant, |tx| tx.provisioning().add_practice(&new_practice(tenant, slug, "X")));
        assert_eq!(taken_field(outcome), "/slug", "{slug:?}");
    }
    assert_eq!(stage.store.practices().unwrap().len(), 2);
}

/// The keys of a founding that came to nothing must not stay in the cache: what they seal could never be opened.
#[test]
fn a_founding_that_failed_leaves_no_key_behind() {
    let stage = Stage::set();
    let tenant = TenantId::new(Uuid::now_v7());
    let email = "nurse@lakeside.example";
    let nurse = StaffId::new(Uuid::now_v7());
    let staff = new_staff(nurse, Role::Nurse, email);
    let failed: Result<()> = stage.operate(tenant, |tx| {
        tx.provisioning().add_practice(&new_practice(tenant, "lakeside", "Lakeside"))?;
        tx.provisioning().add_staff(&staff)?;
        Err(Error::NotFound)
    });
    assert!(failed.is_err());
    stage
        .operate(tenant, |tx| {
            tx.provisioning().add_practice(&new_practice(tenant, "lakeside", "Lakeside"))?;
            tx.provisioning().add_staff(&staff)
        })
        .unwrap();
    let read = |store: &dyn Store| {
        let visitor = visitor(Audience::Staff, tenant, None);
        run(store, &visitor, Action::SignIn, |tx| tx.sessions().staff_profile(nurse)).unwrap().unwrap()
    };
    for profile in [read(&*stage.store), read(&stage.another_store())] {
        assert_eq!(profile.email.text().unwrap().expose(), email);
    }
}

#[test]
fn an_e_mail_or_mrn_is_taken_within_its_practice_alone() {
    let stage = Stage::set();
    stage.add_staff(RIVERSIDE, Role::Nurse, "x@example.org");
    stage.add_account(RIVERSIDE, "x@example.org", &[]);
    stage.add_patient(RIVERSIDE, "Ana Silva", "RV-10 023");
    let (staff, account, patient) =
        (StaffId::new(Uuid::now_v7()), AccountId::new(Uuid::now_v7()), PatientId::new(Uuid::now_v7()));
    let again = |tenant| {
        [
            stage.operate(tenant, |tx| {
                tx.provisioning().add_staff(&new_staff(staff, Role::Nurse, "X@Example.org"))
            }),
            stage
                .operate(tenant, |tx| tx.provisioning().add_account(&new_account(account, " x@example.ORG"))),
            stage.operate(tenant, |tx| tx.provisioning().add_patient(&new_patient(patient, "B", "rv10023"))),
        ]
    };
    assert_eq!(again(RIVERSIDE).map(taken_field), ["/email", "/email", "/mrn"]);
    assert!(again(HILLSIDE).iter().all(Result::is_ok));
}

#[test]
fn racing_accounts_of_one_e_mail_end_in_one() {
    let stage = Stage::set();
    let start = Barrier::new(8);
    let added: usize = thread::scope(|scope| {
        let one = || {
            start.wait();
            let account = new_account(AccountId::new(Uuid::now_v7()), "x@example.org");
            usize::from(stage.operate(RIVERSIDE, |tx| tx.provisioning().add_account(&account)).is_ok())
        };
        let racing: Vec<_> = (0..8).map(|_| scope.spawn(one)).collect();
        racing.into_iter().map(|one| one.join().unwrap()).sum()
    });
    assert_eq!(added, 1);
}

#[test]
fn a_grant_joins_an_account_and_a_patient_of_one_practice() {
    let stage = Stage::set();
    let here = stage.add_patient(RIVERSIDE, "Ana Silva", "1");
    let there = stage.add_patient(HILLSIDE, "Dora Klein", "1");
    let account = stage.add_account(RIVERSIDE, "ana@example.org", &[]);
    let join = |tenant, patient| {
        stage.operate(tenant, |tx| tx.provisioning().grant(account, &grant(patient, Relationship::Myself)))
    };
    assert!(join(RIVERSIDE, here).is_ok());
    assert!(join(RIVERSIDE, here).is_ok(), "a grant may be given anew");
    for (tenant, patient) in [(RIVERSIDE, there), (HILLSIDE, there), (HILLSIDE, here)] {
        assert!(matches!(join(tenant, patient), Err(Error::PatientNotFound)));
    }
    assert_eq!(stage.number("SELECT count(*) FROM patient_access"), 1);
}

#[test]
fn a_patients_name_is_indexed_by_prefixes_that_differ_between_practices() {
    let stage = Stage::set();
    stage.add_patient(RIVERSIDE, "Ana Silva", "1");
    stage.add_patient(HILLSIDE, "Ana Silva", "1");
    assert_eq!(
        stage.number("SELECT count(*) FROM patient_search"),
        18,
        "three prefixes, five, and a birth date, twice"
    );
    assert_eq!(stage.number("SELECT count(DISTINCT token) FROM patient_search"), 18);
}

#[test]
fn nothing_that_names_a_person_is_stored_in_clear() {
    let stage = Stage::set();
    let patient = stage.add_patient(RIVERSIDE, "Canarina Silva", "CANARY-77");
    stage.add_account(RIVERSIDE, "canary@example.org", &[grant(patient, Relationship::Myself)]);
    stage.add_staff(RIVERSIDE, Role::Nurse, "canary@riverside.example");
    for table in
        ["patient", "patient_search", "portal_account", "staff_user", "audit_event", "sign_in_throttle"]
    {
        let as_text = format!(
            "SELECT count(*) FROM {table} t WHERE t::text ILIKE '%canar%' OR t::text ILIKE '%' || encode('canar', 'hex') || '%' \
             OR t::text ILIKE '%' || encode('Canar', 'hex') || '%' OR t::text ILIKE '%' || encode('CANAR', 'hex') || '%'"
        );
        assert_eq!(stage.number(&as_text), 0, "{table}");
    }
}

#[test]
fn reading_moves_forward_and_what_one_of_the_staff_has_read_staff_have_read() {
    let stage = Stage::set();
    let nurse = stage.add_staff(RIVERSIDE, Role::Nurse, "nurse@riverside.example");
    let patient = stage.add_patient(RIVERSIDE, "Ana Silva", "1");
    let thread = stage.add_thread(RIVERSIDE, patient, Category::Medical);
    let account = stage.add_account(RIVERSIDE, "ana@example.org", &[grant(patient, Relationship::Myself)]);
    let at = stage.now();
    let read = |reader, to| {
        stage.operate(RIVERSIDE, |tx| tx.provisioning().read_up_to(reader, thread, Seq(to), at)).unwrap();
    };
    let unread = || stage.number("SELECT count(*) FROM thread WHERE is_unread_by_staff");
    read(Recipient::Account(account), 2);
    assert_eq!(unread(), 1);
    read(Recipient::Staff(nurse), 2);
    assert_eq!(unread(), 0);
    read(Recipient::Staff(nurse), 1);
    assert_eq!(stage.number("SELECT min(seq) FROM read_cursor"), 2);
}
