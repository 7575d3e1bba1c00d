//! Rotation of refresh tokens, and the ends of sessions.

use crate::stage::{HILLSIDE, RIVERSIDE, Stage, grant, run};
use chrono::Duration;
use std::sync::Barrier;
use std::thread;
use threadwell_application::access::{Action, Audience, Credential, StaffClaims};
use threadwell_application::ports::{PresentedRefresh, RefreshOutcome, SessionOwner};
use threadwell_application::{Error, SessionRefusal};
use threadwell_domain::access::{Grant, Relationship, Role};
use threadwell_domain::{SessionId, StaffId};

fn hash(generation: u8) -> [u8; 32] {
    [generation; 32]
}

/// The token of a generation, whose successor is that of the next.
fn token(generation: u8) -> PresentedRefresh {
    PresentedRefresh { hash: hash(generation), successor_hash: hash(generation + 1) }
}

fn refresh(stage: &Stage, audience: Audience, generation: u8) -> RefreshOutcome {
    stage.visit(audience, RIVERSIDE, |tx| tx.sessions().exchange(&token(generation))).unwrap()
}

fn nurse_with_session(stage: &Stage) -> (StaffId, SessionId) {
    let nurse = stage.add_staff(RIVERSIDE, Role::Nurse, "nurse@riverside.example");
    let session = stage.open_session(Audience::Staff, RIVERSIDE, SessionOwner::Staff(nurse), hash(1));
    (nurse, session)
}

#[test]
fn each_refresh_token_gives_its_successor_and_a_lost_answer_gives_it_again() {
    let stage = Stage::set();
    let (nurse, session) = nurse_with_session(&stage);
    let continued = RefreshOutcome::Continued { session, owner: SessionOwner::Staff(nurse) };
    assert_eq!(refresh(&stage, Audience::Staff, 1), continued);
    assert_eq!(refresh(&stage, Audience::Staff, 1), continued, "the answer was lost");
    assert_eq!(refresh(&stage, Audience::Staff, 2), continued);
    assert_eq!(refresh(&stage, Audience::Staff, 3), continued);
}

/// B31: a consumed token after its successor was used kills the session.
#[test]
fn a_consumed_token_revokes_the_session_for_good() {
    let stage = Stage::set();
    let (nurse, session) = nurse_with_session(&stage);
    refresh(&stage, Audience::Staff, 1);
    refresh(&stage, Audience::Staff, 2);
    let owner = SessionOwner::Staff(nurse);
    assert_eq!(refresh(&stage, Audience::Staff, 1), RefreshOutcome::Reused { session, owner });
    for generation in 1..=3 {
        assert_eq!(refresh(&stage, Audience::Staff, generation), RefreshOutcome::Unknown, "{generation}");
    }
    let claims = StaffClaims { tenant: RIVERSIDE, session, staff: nurse };
    let caller = crate::stage::caller(Credential::Staff(claims));
    let refused = run(&*stage.store, &caller, Action::ReadSelf, |_| Ok(()));
    assert!(matches!(refused, Err(Error::Session(SessionRefusal::Invalid))), "{refused:?}");
}

/// B33: racing refreshes of one token end in one live branch, and nobody is thrown out.
#[test]
fn thirty_two_racing_refreshes_end_in_one_branch() {
    let stage = Stage::set();
    let (nurse, session) = nurse_with_session(&stage);
    let start = Barrier::new(32);
    let outcomes: Vec<RefreshOutcome> = thread::scope(|scope| {
        let one = || {
            start.wait();
            refresh(&stage, Audience::Staff, 1)
        };
        let racing: Vec<_> = (0..32).map(|_| scope.spawn(one)).collect();
        racing.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let continued = RefreshOutcome::Continued { session, owner: SessionOwner::Staff(nurse) };
    assert_eq!(outcomes, vec![continued; 32]);
    assert_eq!(stage.number("SELECT count(*) FROM refresh_token"), 2, "the first token and one successor");
    assert_eq!(refresh(&stage, Audience::Staff, 2), continued);
}

/// The second of two refreshes decides on what the first has committed, not on what it saw before.
#[test]
fn a_refresh_waits_for_the_one_before_it() {
    let stage = Stage::set();
    let (nurse, session) = nurse_with_session(&stage);
    let continued = RefreshOutcome::Continued { session, owner: SessionOwner::Staff(nurse) };
    thread::scope(|scope| {
        let second = stage
            .visit(Audience::Staff, RIVERSIDE, |tx| {
                tx.sessions().exchange(&token(1))?;
                let second = scope.spawn(|| refresh(&stage, Audience::Staff, 1));
                stage.await_lock_wait();
                Ok(second)
            })
            .unwrap();
        assert_eq!(second.join().unwrap(), continued);
    });
}

/// An honest client that never waits for its answers and a thief race: at the end there is one branch or none.
#[test]
fn racing_generations_never_leave_two_branches() {
    let stage = Stage::set();
    nurse_with_session(&stage);
    thread::scope(|scope| {
        for worker in 0..8_u8 {
            let stage = &stage;
            scope.spawn(move || {
                for generation in 1..=6 {
                    refresh(stage, Audience::Staff, (generation + worker) % 6 + 1);
                }
            });
        }
    });
    let doubled = "SELECT count(*) FROM (SELECT generation FROM refresh_token GROUP BY generation HAVING count(*) > 1) g";
    assert_eq!(stage.number(doubled), 0);
    let ahead =
        "SELECT count(*) FROM refresh_token t, session s WHERE t.generation > s.refresh_generation + 1";
    assert_eq!(stage.number(ahead), 0);
}

#[test]
fn a_token_is_unknown_to_the_other_audience_and_the_other_practice() {
    let stage = Stage::set();
    nurse_with_session(&stage);
    assert_eq!(refresh(&stage, Audience::Portal, 1), RefreshOutcome::Unknown);
    let elsewhere = stage.visit(Audience::Staff, HILLSIDE, |tx| tx.sessions().exchange(&token(1)));
    assert_eq!(elsewhere.unwrap(), RefreshOutcome::Unknown);
    assert!(matches!(refresh(&stage, Audience::Staff, 1), RefreshOutcome::Continued { .. }));
}

#[test]
fn refreshing_is_no_activity_and_revives_nothing() {
    let stage = Stage::set();
    nurse_with_session(&stage);
    stage.clock.advance(Duration::minutes(10));
    assert!(matches!(refresh(&stage, Audience::Staff, 1), RefreshOutcome::Continued { .. }));
    stage.clock.advance(Duration::minutes(5) + Duration::microseconds(1));
    assert_eq!(refresh(&stage, Audience::Staff, 2), RefreshOutcome::Expired);
}

#[test]
fn a_session_ends_at_its_end_however_busy() {
    let stage = Stage::set();
    nurse_with_session(&stage);
    stage.admin("UPDATE session SET last_activity_at = expires_at");
    stage.clock.advance(Duration::hours(1));
    assert_eq!(refresh(&stage, Audience::Staff, 1), RefreshOutcome::Expired);
}

#[test]
fn a_disabled_person_refreshes_no_more() {
    let stage = Stage::set();
    nurse_with_session(&stage);
    stage.admin("UPDATE staff_user SET is_active = false");
    assert_eq!(refresh(&stage, Audience::Staff, 1), RefreshOutcome::Unknown);

    let account = stage.add_account(RIVERSIDE, "ana.silva@example.org", &[]);
    let owner = SessionOwner::Account { account, acting_for: None };
    stage.open_session(Audience::Portal, RIVERSIDE, owner, hash(40));
    assert!(matches!(refresh(&stage, Audience::Portal, 40), RefreshOutcome::Continued { .. }));
    stage.admin("UPDATE portal_account SET is_active = false");
    assert_eq!(refresh(&stage, Audience::Portal, 41), RefreshOutcome::Unknown);
}

#[test]
fn leaving_ends_the_session_of_any_of_its_tokens() {
    for generation in [1, 2] {
        let stage = Stage::set();
        nurse_with_session(&stage);
        refresh(&stage, Audience::Staff, 1);
        let leave = |audience| {
            stage
                .visit(audience, RIVERSIDE, |tx| tx.sessions().revoke_by_refresh(&hash(generation)))
                .unwrap();
        };
        leave(Audience::Portal);
        assert!(matches!(refresh(&stage, Audience::Staff, 1), RefreshOutcome::Continued { .. }));
        leave(Audience::Staff);
        assert_eq!(refresh(&stage, Audience::Staff, 2), RefreshOutcome::Unknown);
    }
}

#[test]
fn a_session_is_ended_by_its_own_audience_alone() {
    let stage = Stage::set();
    let (_, session) = nurse_with_session(&stage);
    let open = || stage.number("SELECT count(*) FROM session WHERE revoked_at IS NULL");
    for (audience, tenant) in [(Audience::Portal, RIVERSIDE), (Audience::Staff, HILLSIDE)] {
        stage.visit(audience, tenant, |tx| tx.sessions().revoke(session)).unwrap();
        assert_eq!(open(), 1);
    }
    stage.visit(Audience::Staff, RIVERSIDE, |tx| tx.sessions().revoke(session)).unwrap();
    assert_eq!(open(), 0);
}

#[test]
fn a_refresh_keeps_whom_one_acts_for_until_the_grant_ends() {
    let stage = Stage::set();
    let [zoe, abel] = ["Zoe Mendes", "Abel Mendes"].map(|name| stage.add_patient(RIVERSIDE, name, name));
    let until = stage.now() + Duration::minutes(5);
    let ending = Grant { expires_at: Some(until), ..grant(zoe, Relationship::Guardian) };
    let lasting = grant(abel, Relationship::Guardian);
    let account = stage.add_account(RIVERSIDE, "carla.mendes@example.org", &[ending, lasting]);
    let caller = stage.portal_caller(RIVERSIDE, account, Some(lasting));
    let Credential::Portal(claims) = caller.credential else { panic!("a portal caller") };
    run(&*stage.store, &caller, Action::ActFor, |tx| tx.sessions().act_for(claims.session, &ending)).unwrap();

    let acts_for = |outcome| match outcome {
        RefreshOutcome::Continued { owner: SessionOwner::Account { acting_for, .. }, .. } => acting_for,
        other => panic!("{other:?}"),
    };
    assert_eq!(acts_for(refresh(&stage, Audience::Portal, 2)), Some((zoe, Relationship::Guardian)));
    stage.clock.advance(Duration::minutes(5));
    assert_eq!(acts_for(refresh(&stage, Audience::Portal, 3)), None);
}
