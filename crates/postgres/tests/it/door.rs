//! The door: sessions, assertions and the policy, checked in the transaction that serves.

use crate::scene::{Employee, Scene};
use crate::stage::{HILLSIDE, RIVERSIDE, caller, run};
use chrono::Duration;
use std::time::Instant;
use threadwell_application::access::{
    Action, Audience, Caller, Credential, Gate, PortalClaims, RequestContext, StaffClaims, TenantAssertion,
};
use threadwell_application::{Error, Result, SessionRefusal};
use threadwell_domain::access::{PortalOperation, Relationship, Role};
use threadwell_domain::thread::CategorySet;
use threadwell_domain::{PatientId, SessionId};
use uuid::Uuid;

fn pass(scene: &Scene, caller: &Caller, action: Action) -> Result<()> {
    run(scene.store(), caller, action, |_| Ok(()))
}

fn staff(scene: &Scene) -> Result<()> {
    pass(scene, &scene.nurse.caller, Action::ListThreads)
}

fn is_invalid(outcome: &Result<()>) -> bool {
    matches!(outcome, Err(Error::Session(SessionRefusal::Invalid)))
}

fn is_expired(outcome: &Result<()>) -> bool {
    matches!(outcome, Err(Error::Session(SessionRefusal::Expired)))
}

fn passive(caller: &Caller) -> Caller {
    let request = RequestContext { is_activity: false, ..caller.request.clone() };
    Caller { request, ..caller.clone() }
}

#[test]
fn a_session_ends_when_it_rests_for_too_long_and_nothing_revives_it() {
    let scene = Scene::set();
    let clock = &scene.stage.clock;
    clock.advance(Duration::minutes(15));
    staff(&scene).unwrap();
    clock.advance(Duration::minutes(15));
    staff(&scene).unwrap();
    clock.advance(Duration::minutes(15) + Duration::microseconds(1));
    assert!(is_expired(&staff(&scene)));
    assert!(is_expired(&staff(&scene)));
}

#[test]
fn polling_keeps_no_session_awake() {
    let scene = Scene::set();
    let polling = passive(&scene.nurse.caller);
    for _ in 0..15 {
        scene.stage.clock.advance(Duration::minutes(1));
        pass(&scene, &polling, Action::CountUnread).unwrap();
    }
    scene.stage.clock.advance(Duration::seconds(1));
    assert!(is_expired(&pass(&scene, &polling, Action::CountUnread)));
}

#[test]
fn a_session_ends_at_its_absolute_end_however_busy() {
    let scene = Scene::set();
    for _ in 0..5 {
        scene.stage.clock.advance(Duration::minutes(10));
        staff(&scene).unwrap();
    }
    scene.stage.clock.advance(Duration::minutes(10));
    assert!(is_expired(&staff(&scene)));
}

#[test]
fn activity_is_written_once_a_minute_at_most() {
    let scene = Scene::set();
    let written =
        || scene.stage.number("SELECT count(DISTINCT last_activity_at) FROM session WHERE owner_kind = 0");
    staff(&scene).unwrap();
    scene.stage.clock.advance(Duration::seconds(59));
    staff(&scene).unwrap();
    assert_eq!(written(), 1);
    scene.stage.clock.advance(Duration::seconds(1));
    staff(&scene).unwrap();
    assert_eq!(written(), 2);
}

#[test]
fn revoking_disabling_and_changing_the_role_act_at_once() {
    let scene = Scene::set();
    staff(&scene).unwrap();
    let admin = |sql: &str| scene.stage.admin(sql);
    let nurse = scene.nurse.id;
    admin(&format!("UPDATE staff_user SET is_active = false WHERE id = '{nurse}'"));
    assert!(is_invalid(&staff(&scene)));
    admin(&format!(
        "UPDATE staff_user SET is_active = true, role = {} WHERE id = '{nurse}'",
        Role::Auditor.code()
    ));
    assert!(matches!(staff(&scene), Err(Error::Denied)));
    admin(&format!("UPDATE staff_user SET role = {} WHERE id = '{nurse}'", Role::Nurse.code()));
    staff(&scene).unwrap();
    admin(&format!("UPDATE session SET revoked_at = now() WHERE staff_id = '{nurse}'"));
    assert!(is_invalid(&staff(&scene)));
}

#[test]
fn a_grant_that_ends_or_changes_shuts_the_portal() {
    let scene = Scene::set();
    let carla = &scene.carla;
    let portal = || pass(&scene, &carla.caller, Action::PortalListThreads);
    portal().unwrap();
    let change = |set: &str| {
        scene.stage.admin(&format!("UPDATE patient_access SET {set} WHERE account_id = '{}'", carla.account));
    };
    change("scope = 0");
    portal().unwrap();
    assert!(matches!(pass(&scene, &carla.caller, Action::PortalSend), Err(Error::Denied)));
    change("scope = 1, relationship = 2");
    assert!(is_invalid(&portal()));
    change("relationship = 1, expires_at = '2026-11-22T09:00:00Z'");
    assert!(is_invalid(&portal()));
}

#[test]
fn a_token_for_a_patient_without_a_grant_opens_nothing() {
    let scene = Scene::set();
    let Credential::Portal(claims) = scene.ana.caller.credential else { panic!() };
    for patient in [scene.ben.grant.patient, scene.dora.grant.patient, PatientId::new(Uuid::now_v7())] {
        let forged = PortalClaims { acting_for: Some((patient, Relationship::Myself)), ..claims };
        assert!(is_invalid(&pass(&scene, &caller(Credential::Portal(forged)), Action::PortalListThreads)));
    }
    let nobody = PortalClaims { acting_for: None, ..claims };
    let nobody = caller(Credential::Portal(nobody));
    assert!(matches!(pass(&scene, &nobody, Action::PortalListThreads), Err(Error::ActingForRequired)));
    pass(&scene, &nobody, Action::PortalReadSelf).unwrap();
}

#[test]
fn claims_that_do_not_belong_together_open_nothing() {
    let scene = Scene::set();
    let Credential::Staff(claims) = scene.nurse.caller.credential else { panic!() };
    let Credential::Portal(portal) = scene.ana.caller.credential else { panic!() };
    for forged in [
        StaffClaims { session: SessionId::new(Uuid::now_v7()), ..claims },
        StaffClaims { staff: scene.provider.id, ..claims },
        StaffClaims { tenant: HILLSIDE, ..claims },
        StaffClaims { session: portal.session, ..claims },
    ] {
        assert!(is_invalid(&pass(&scene, &caller(Credential::Staff(forged)), Action::ListThreads)));
    }
    let foreign = PortalClaims { session: claims.session, ..portal };
    assert!(is_invalid(&pass(&scene, &caller(Credential::Portal(foreign)), Action::PortalListThreads)));
}

#[test]
fn an_asserted_practice_must_be_the_sessions() {
    let scene = Scene::set();
    let asserting = |assertion| {
        let request =
            RequestContext { tenant_assertion: Some(assertion), ..scene.nurse.caller.request.clone() };
        pass(&scene, &Caller { request, ..scene.nurse.caller.clone() }, Action::ListThreads)
    };
    asserting(TenantAssertion::Slug("riverside".to_owned())).unwrap();
    asserting(TenantAssertion::Id(RIVERSIDE)).unwrap();
    for other in [
        TenantAssertion::Slug("hillside".to_owned()),
        TenantAssertion::Slug("RIVERSIDE".to_owned()),
        TenantAssertion::Id(HILLSIDE),
        TenantAssertion::Malformed,
    ] {
        assert!(matches!(asserting(other), Err(Error::TenantMismatch)));
    }
}

#[test]
fn every_action_lets_through_whom_its_policy_names_and_nobody_else() {
    let scene = Scene::set();
    let employees: Vec<(Role, Employee)> = Role::ALL
        .into_iter()
        .map(|role| {
            let email = format!("{}.two@riverside.example", role.name());
            (role, crate::scene::employee(&scene.stage, RIVERSIDE, role, &email))
        })
        .collect();
    let worker = caller(Credential::Worker(RIVERSIDE));
    let operator = caller(Credential::Operator(RIVERSIDE));
    let visitor = crate::stage::visitor(Audience::Staff, RIVERSIDE, None);
    for action in Action::ALL.iter().copied() {
        let gate = action.gate();
        for (role, employee) in &employees {
            let may = match gate {
                Gate::Staff(operation) => role.may(operation),
                Gate::Visitor => action == Action::SignOut,
                Gate::Own => true,
                Gate::Portal(_) | Gate::Account | Gate::Worker | Gate::Operator => false,
            };
            assert_eq!(pass(&scene, &employee.caller, action).is_ok(), may, "{role:?} {action:?}");
        }
        let portal = match gate {
            Gate::Portal(PortalOperation::Read | PortalOperation::Write | PortalOperation::Own)
            | Gate::Account
            | Gate::Own => true,
            Gate::Visitor => action == Action::SignOut,
            Gate::Staff(_) | Gate::Worker | Gate::Operator => false,
        };
        assert_eq!(pass(&scene, &scene.ana.caller, action).is_ok(), portal, "portal {action:?}");
        assert_eq!(pass(&scene, &worker, action).is_ok(), gate == Gate::Worker, "worker {action:?}");
        assert_eq!(pass(&scene, &operator, action).is_ok(), gate == Gate::Operator, "operator {action:?}");
        assert_eq!(pass(&scene, &visitor, action).is_ok(), gate == Gate::Visitor, "visitor {action:?}");
    }
}

#[test]
fn what_a_role_sees_is_the_practices_to_decide() {
    let scene = Scene::set();
    let sees = || {
        run(scene.store(), &scene.desk.caller, Action::ListThreads, |tx| Ok(tx.staff()?.categories()))
            .unwrap()
    };
    assert_eq!(sees(), Role::FrontDesk.default_categories());
    scene.stage.admin(&format!(
        "UPDATE role_scope SET categories = {} WHERE tenant_id = '{RIVERSIDE}' AND role = {}",
        CategorySet::ALL.bits(),
        Role::FrontDesk.code()
    ));
    assert_eq!(sees(), CategorySet::ALL);
}

#[test]
fn a_connection_carries_nothing_from_one_caller_to_the_next() {
    let scene = Scene::set();
    let foreign = |caller: &Caller, expected| {
        run(scene.store(), caller, Action::ListStaff, |tx| {
            assert_eq!(tx.people().staff()?.len(), expected);
            Ok(())
        })
    };
    std::thread::scope(|scope| {
        for n in 0..8 {
            let (scene, foreign) = (&scene, &foreign);
            scope.spawn(move || {
                for round in 0..40 {
                    if (n + round) % 10 == 0 {
                        let broken = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                            run(scene.store(), &scene.nurse.caller, Action::ListStaff, |_| -> Result<()> {
                                panic!("in the middle of a transaction")
                            })
                        }));
                        assert!(broken.is_err());
                    }
                    foreign(&scene.nurse.caller, 3).unwrap();
                    foreign(&scene.other_nurse.caller, 1).unwrap();
                }
            });
        }
    });
    let open =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'";
    // A connection that was dropped is gone once the database has noticed.
    let until = Instant::now() + std::time::Duration::from_secs(10);
    while scene.stage.number(open) > 0 {
        assert!(Instant::now() < until, "a transaction was left open");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}

#[test]
fn a_panic_takes_its_transaction_back() {
    let scene = Scene::set();
    let before = scene.stage.number("SELECT count(*) FROM canned_response");
    let broken = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        run(scene.store(), &scene.provider.caller, Action::CreateCanned, |tx| -> Result<()> {
            let id = threadwell_domain::CannedResponseId::new(tx.fresh_id());
            let title = threadwell_domain::canned_response::CannedTitle::parse("Gone").unwrap();
            let category = threadwell_domain::thread::Category::General;
            let response = crate::scene::body("Gone.");
            let text = threadwell_domain::canned_response::CannedText { title, category, response };
            tx.canned_responses().add(id, &text)?;
            panic!("after the insert")
        })
    }));
    assert!(broken.is_err());
    assert_eq!(scene.stage.number("SELECT count(*) FROM canned_response"), before);
}
