//! Finding whom an e-mail belongs to, and profiles.

use crate::stage::{HILLSIDE, PASSWORD_HASH, RIVERSIDE, Stage, grant, run, visitor};
use threadwell_application::Error;
use threadwell_application::access::{Action, Audience, Credential};
use threadwell_application::ports::SessionOwner;
use threadwell_domain::access::{Grant, Relationship, Role};
use threadwell_domain::{PatientId, Phi};

#[test]
fn an_e_mail_finds_its_person_whatever_its_case() {
    let stage = Stage::set();
    let nurse = stage.add_staff(RIVERSIDE, Role::Nurse, "nurse@riverside.example");
    for typed in ["nurse@riverside.example", " Nurse@Riverside.EXAMPLE "] {
        let record = stage
            .sign_in(Audience::Staff, RIVERSIDE, typed, |tx| tx.sessions().login_record(&Phi::new(typed)))
            .unwrap()
            .unwrap();
        assert_eq!(record.owner, SessionOwner::Staff(nurse));
        assert_eq!(record.password_hash, PASSWORD_HASH);
        assert!(record.is_active);
    }
}

#[test]
fn a_person_of_one_audience_or_practice_is_unknown_to_the_others() {
    let stage = Stage::set();
    let email = "both@riverside.example";
    stage.add_staff(RIVERSIDE, Role::Nurse, email);
    for (audience, tenant) in [(Audience::Portal, RIVERSIDE), (Audience::Staff, HILLSIDE)] {
        let found = stage.sign_in(audience, tenant, email, |tx| tx.sessions().login_record(&Phi::new(email)));
        assert_eq!(found.unwrap(), None, "{audience:?}");
    }
}

/// A17: the same e-mail may have an account in every practice, and each is its own.
#[test]
fn an_e_mail_has_an_account_in_each_of_two_practices() {
    let stage = Stage::set();
    let email = "ana.silva@example.org";
    let accounts = [RIVERSIDE, HILLSIDE].map(|tenant| (tenant, stage.add_account(tenant, email, &[])));
    for (tenant, account) in accounts {
        let record = stage
            .sign_in(Audience::Portal, tenant, email, |tx| tx.sessions().login_record(&Phi::new(email)))
            .unwrap()
            .unwrap();
        assert_eq!(record.owner, SessionOwner::Account { account, acting_for: None });
    }
}

#[test]
fn the_portal_sees_no_account_but_the_one_whose_e_mail_signs_in() {
    let stage = Stage::set();
    let other = stage.add_account(RIVERSIDE, "ben.okafor@example.org", &[]);
    stage.add_account(RIVERSIDE, "ana.silva@example.org", &[]);
    let (by_mail, by_id) = stage
        .sign_in(Audience::Portal, RIVERSIDE, "ana.silva@example.org", |tx| {
            let by_mail = tx.sessions().login_record(&Phi::new("ben.okafor@example.org"))?;
            Ok((by_mail, tx.sessions().account_profile(other)?))
        })
        .unwrap();
    assert_eq!((by_mail, by_id), (None, None));
}

fn family(stage: &Stage) -> [PatientId; 3] {
    ["Zoe Mendes", "Abel Mendes", "Carla Mendes"]
        .map(|name| stage.add_patient(RIVERSIDE, name, &format!("MRN {name}")))
}

#[test]
fn a_profile_names_the_patients_of_unexpired_grants_oneself_first() {
    let stage = Stage::set();
    let [zoe, abel, carla] = family(&stage);
    let stranger = stage.add_patient(RIVERSIDE, "A Stranger", "S1");
    let ended = Grant { expires_at: Some(stage.now()), ..grant(stranger, Relationship::Caregiver) };
    let grants = [
        grant(zoe, Relationship::Guardian),
        grant(abel, Relationship::Guardian),
        grant(carla, Relationship::Myself),
        ended,
    ];
    let email = "carla.mendes@example.org";
    let account = stage.add_account(RIVERSIDE, email, &grants);
    let profile = stage
        .sign_in(Audience::Portal, RIVERSIDE, email, |tx| tx.sessions().account_profile(account))
        .unwrap()
        .unwrap();
    let named: Vec<_> =
        profile.patients.iter().map(|one| one.full_name.text().unwrap().expose().to_owned()).collect();
    assert_eq!(named, ["Carla Mendes", "Abel Mendes", "Zoe Mendes"]);
    assert_eq!(profile.email.text().unwrap().expose(), email);
    assert_eq!(profile.full_name.text().unwrap().expose(), "Carla Mendes");
    assert_eq!(profile.language, "es");
}

#[test]
fn nobody_acts_for_a_patient_without_a_grant() {
    let stage = Stage::set();
    let [zoe, ..] = family(&stage);
    let account = stage.add_account(RIVERSIDE, "ana.silva@example.org", &[]);
    let caller = stage.portal_caller(RIVERSIDE, account, None);
    let Credential::Portal(claims) = caller.credential else { panic!("a portal caller") };
    let forged = grant(zoe, Relationship::Guardian);
    let outcome =
        run(&*stage.store, &caller, Action::ActFor, |tx| tx.sessions().act_for(claims.session, &forged));
    assert!(matches!(outcome, Err(Error::Unavailable(_))), "the foreign key holds: {outcome:?}");
}

#[test]
fn a_value_that_was_moved_to_another_row_is_unreadable_and_takes_nothing_down() {
    let stage = Stage::set();
    let nurse = stage.add_staff(RIVERSIDE, Role::Nurse, "nurse@riverside.example");
    stage.add_staff(RIVERSIDE, Role::Billing, "billing@riverside.example");
    stage.admin(
        "UPDATE staff_user SET email_enc = (SELECT o.email_enc FROM staff_user o WHERE o.id <> staff_user.id LIMIT 1)",
    );
    let profile = run(&*stage.store, &visitor(Audience::Staff, RIVERSIDE, None), Action::SignIn, |tx| {
        tx.sessions().staff_profile(nurse)
    });
    let profile = profile.unwrap().unwrap();
    assert!(!profile.email.is_intact());
    assert_eq!(profile.role, Role::Nurse);
}
