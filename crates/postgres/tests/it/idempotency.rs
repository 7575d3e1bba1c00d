//! One effect per key, however many ask at once, and nobody is given another's answer.

use crate::scene::{Scene, key, outgoing, portal_message, staff_thread};
use chrono::Duration;
use std::sync::Barrier;
use threadwell_application::ports::{Clock, IdempotencyKey, Receipt};
use threadwell_application::threads;
use threadwell_application::{Error, Result, portal};
use threadwell_domain::ThreadId;
use threadwell_domain::thread::Category;

fn start(scene: &Scene, key: &IdempotencyKey) -> Result<Receipt> {
    let new = staff_thread(scene.ana.grant.patient, Category::General, "Results", "They are here.");
    threads::start_thread(scene.store(), &scene.nurse.caller, &new, Some(key))
}

fn send(scene: &Scene, thread: ThreadId, key: &IdempotencyKey) -> Result<Receipt> {
    threads::send_message(scene.store(), &scene.nurse.caller, thread, &outgoing("Hello.", false), Some(key))
}

#[test]
fn thirty_two_at_once_have_one_effect() {
    let scene = Scene::set();
    let events = "SELECT count(*) FROM audit_event WHERE action = 'thread.start' AND outcome = 0";
    let gate = Barrier::new(32);
    let outcomes: Vec<Result<Receipt>> = std::thread::scope(|scope| {
        let racers: Vec<_> = (0..32)
            .map(|_| {
                scope.spawn(|| {
                    gate.wait();
                    start(&scene, &key("race", 1))
                })
            })
            .collect();
        racers.into_iter().map(|racer| racer.join().unwrap()).collect()
    });
    let first: Vec<&Receipt> = outcomes.iter().flatten().filter(|receipt| !receipt.is_replay).collect();
    assert_eq!(first.len(), 1);
    for outcome in &outcomes {
        match outcome {
            Ok(receipt) => assert_eq!((receipt.thread, receipt.message), (first[0].thread, first[0].message)),
            Err(Error::IdempotencyInProgress) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    let effects = [
        "SELECT count(*) FROM thread",
        "SELECT count(*) FROM message",
        "SELECT count(*) FROM outbox WHERE kind = 0",
        events,
    ];
    assert_eq!(effects.map(|effect| scene.stage.number(effect)), [1, 1, 1, 1]);
}

#[test]
fn a_repeated_send_gets_the_first_answer() {
    let scene = Scene::set();
    let thread = scene.write(&scene.ana, Category::General, "Question", "Hello.");
    let first = send(&scene, thread, &key("k", 1)).unwrap();
    let again = send(&scene, thread, &key("k", 1)).unwrap();
    assert_eq!(again, Receipt { is_replay: true, ..first });
    assert_eq!(scene.stage.number("SELECT count(*) FROM message"), 2);
}

#[test]
fn a_key_stands_for_one_request_alone() {
    let scene = Scene::set();
    let thread = scene.write(&scene.ana, Category::General, "Question", "Hello.");
    send(&scene, thread, &key("k", 1)).unwrap();
    assert!(matches!(send(&scene, thread, &key("k", 2)), Err(Error::IdempotencyKeyReused)));
}

#[test]
fn the_same_key_elsewhere_or_by_others_is_another_key() {
    let scene = Scene::set();
    let one = scene.write(&scene.ana, Category::General, "One", "Hello.");
    let two = scene.write(&scene.ana, Category::General, "Two", "Hello.");
    let store = scene.store();
    let (k, text) = (key("k", 1), outgoing("Hello.", false));
    let foreign = scene.write(&scene.dora, Category::General, "Hers", "Hello.");
    let receipts = [
        send(&scene, one, &k),
        send(&scene, two, &k),
        start(&scene, &k),
        threads::send_message(store, &scene.provider.caller, one, &text, Some(&k)),
        portal::send_message(store, &scene.ana.caller, one, &portal_message("Hello."), Some(&k)),
        threads::send_message(store, &scene.other_nurse.caller, foreign, &text, Some(&k)),
    ];
    for receipt in receipts {
        assert!(!receipt.unwrap().is_replay);
    }
}

#[test]
fn an_answer_is_given_again_only_to_who_may_still_have_it() {
    let scene = Scene::set();
    let thread = scene.write(&scene.ana, Category::General, "Question", "Hello.");
    let key = key("k", 1);
    let desk = || {
        let text = outgoing("Hello.", false);
        threads::send_message(scene.store(), &scene.desk.caller, thread, &text, Some(&key))
    };
    desk().unwrap();
    assert!(desk().unwrap().is_replay);
    scene.stage.admin("UPDATE thread SET category = 4");
    assert!(matches!(desk(), Err(Error::NotFound)));
    scene.stage.admin(&format!("UPDATE staff_user SET is_active = false WHERE id = '{}'", scene.desk.id));
    assert!(matches!(desk(), Err(Error::Session(_))));
}

#[test]
fn a_key_is_forgotten_after_a_day() {
    let scene = Scene::set();
    let thread = scene.write(&scene.ana, Category::General, "Question", "Hello.");
    let first = send(&scene, thread, &key("k", 1)).unwrap();
    scene.stage.clock.advance(Duration::hours(24) - Duration::microseconds(1));
    let now = scene.stage.clock.now();
    scene.stage.admin(&format!(
        "UPDATE session SET expires_at = expires_at + interval '2 days', last_activity_at = '{now}'"
    ));
    assert_eq!(send(&scene, thread, &key("k", 1)).unwrap().message, first.message);
    scene.stage.clock.advance(Duration::microseconds(1));
    let second = send(&scene, thread, &key("k", 2)).unwrap();
    assert!(!second.is_replay && second.message != first.message);
}

#[test]
fn an_act_that_fails_keeps_no_answer() {
    let scene = Scene::set();
    let thread = scene.write(&scene.ana, Category::General, "Question", "Hello.");
    threads::close_thread(scene.store(), &scene.nurse.caller, thread, None, None).unwrap();
    assert!(send(&scene, thread, &key("k", 1)).is_err());
    threads::reopen_thread(scene.store(), &scene.nurse.caller, thread, None).unwrap();
    assert!(!send(&scene, thread, &key("k", 1)).unwrap().is_replay);
}
