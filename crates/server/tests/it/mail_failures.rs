//! What becomes of mail when a worker dies or the mail server fails.

use crate::support::{reply, start};
use chrono::Duration;
use std::collections::HashSet;
use threadwell_domain::access::Role;
use threadwell_testkit::{AfterData, Faults, TestApp};

#[test]
fn i06_a_worker_killed_between_sending_and_marking_sends_again_with_the_same_message_id() {
    let app = TestApp::builder().with_smtp().start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    start(&ana, "prescription", "Refill");
    app.run_dying_worker();
    assert_eq!(app.mails().len(), 1);
    assert!(app.run_worker().is_empty(), "the job is still in the dead worker's hands");
    app.let_lease_pass();
    assert_eq!(app.run_worker().sent, 1);
    let mails = app.mails();
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[0].message_id, mails[1].message_id);
    assert!(!mails[0].message_id.is_empty());
    assert_eq!((&mails[0].to, &mails[0].raw.is_empty()), (&nurse.email, &false));
    app.let_lease_pass();
    assert!(app.run_worker().is_empty(), "it is marked now");
}

#[test]
fn i06_an_answer_that_got_lost_costs_no_second_message_id() {
    let app = TestApp::builder().with_smtp().start();
    let (nurse, ana, ben) = (app.staff(Role::Nurse), app.patient("Ana Silva"), app.patient("Ben Okafor"));
    for patient in [&ana, &ben] {
        let thread = start(patient, "general", "Question");
        reply(&nurse, &thread, "Answer").expect(201);
    }
    app.set_mail_faults(&Faults::after_data(AfterData::DropBeforeAnswer));
    app.run_worker();
    app.set_mail_faults(&Faults::default());
    app.clock().advance(Duration::hours(1));
    app.run_worker();
    let mails = app.mails();
    let ids: HashSet<_> = mails.iter().map(|mail| &mail.message_id).collect();
    let people: HashSet<_> = mails.iter().map(|mail| &mail.to).collect();
    assert_eq!(people, HashSet::from([&ana.email, &ben.email]), "the nurse had read what she answered");
    assert_eq!(
        ids.len(),
        app.number_of("SELECT count(*) FROM outbox WHERE kind = 1 AND done_at IS NOT NULL") as usize
    );
    assert_eq!(app.number_of("SELECT count(*) FROM outbox WHERE done_at IS NULL"), 0);
}

#[test]
fn nothing_is_lost_while_the_mail_server_is_down() {
    let app = TestApp::builder().with_smtp().start();
    let (nurse, ana) = (app.staff(Role::Nurse), app.patient("Ana Silva"));
    app.set_mail_faults(&Faults::refusing());
    let thread = start(&ana, "prescription", "Refill");
    for _ in 0..4 {
        app.run_worker();
        app.clock().advance(Duration::minutes(10));
    }
    assert!(app.mails().is_empty());
    assert_eq!(app.number_of("SELECT count(*) FROM outbox WHERE dead_at IS NOT NULL"), 0);
    // Messages went on all the while.
    let nurse = app.riverside().sign_in_staff(&nurse.email, threadwell_domain::StaffId::new(nurse.id));
    reply(&nurse, &thread, "Sent to the pharmacy.").expect(201);
    app.set_mail_faults(&Faults::default());
    app.clock().advance(Duration::hours(2));
    app.run_worker();
    let to: HashSet<_> = app.mails().into_iter().map(|mail| mail.to).collect();
    assert_eq!(to, HashSet::from([nurse.email, ana.email]));
    assert!(app.number_of("SELECT max(attempts) FROM outbox WHERE kind = 1") > 1);
}

#[test]
fn i07_a_bounce_for_one_recipient_leaves_the_others_alone() {
    let app = TestApp::builder().with_smtp().start();
    let (gone, nurse, ana) = (app.staff(Role::Nurse), app.staff(Role::Nurse), app.patient("Ana Silva"));
    app.set_mail_faults(&Faults::replying(&gone.email, 550));
    start(&ana, "medical", "Canarybounce");
    let done = app.run_worker();
    assert_eq!((done.sent, done.dropped, done.retried), (1, 1, 0));
    assert_eq!(app.mails()[0].to, nurse.email);
    let reason = app.text_of("SELECT last_reason FROM outbox WHERE dead_at IS NOT NULL");
    assert!(reason.starts_with("permanent"), "{reason}");
    assert!(!reason.contains('@') && !reason.contains("Canary"), "{reason}");
}
