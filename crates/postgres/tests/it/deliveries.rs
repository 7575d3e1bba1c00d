//! Who gets a mail, and how often.

use crate::post::Post;
use crate::stage::{RIVERSIDE, grant, run};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;
use threadwell_application::access::Action;
use threadwell_application::ports::{NoticeAudience, Recipient};
use threadwell_domain::access::{Grant, Relationship, Role};
use threadwell_domain::thread::{Category, Seq};

#[test]
fn everybody_who_reads_for_the_patient_gets_a_mail() {
    let post = Post::about(Category::Medical);
    post.account("ana@example.org", Relationship::Myself);
    post.account("guardian@example.org", Relationship::Guardian);
    let ended = Grant { expires_at: Some(post.stage.now()), ..grant(post.patient, Relationship::Caregiver) };
    post.stage.add_account(RIVERSIDE, "ended@example.org", &[ended]);
    let other = post.stage.add_patient(RIVERSIDE, "Ben Okafor", "2");
    post.stage.add_account(RIVERSIDE, "ben@example.org", &[grant(other, Relationship::Myself)]);
    for (email, off) in [("silent@example.org", "mail_enabled"), ("disabled@example.org", "is_active")] {
        let id = post.account(email, Relationship::Caregiver);
        post.stage.admin(&format!("UPDATE portal_account SET {off} = false WHERE id = '{id}'"));
    }
    assert_eq!(post.notify_and_work(NoticeAudience::Patient), ["ana@example.org", "guardian@example.org"]);
}

#[test]
fn a_confidential_thread_is_told_to_the_patient_alone() {
    let post = Post::about(Category::Medical);
    post.account("ana@example.org", Relationship::Myself);
    let guardian = post.account("guardian@example.org", Relationship::Guardian);
    post.set_thread("is_confidential = true");
    assert_eq!(post.notify_and_work(NoticeAudience::Patient), ["ana@example.org"]);
    assert_eq!(post.address(Recipient::Account(guardian)), None);
}

#[test]
fn a_new_thread_is_told_to_the_team_on_duty_and_not_to_everybody() {
    let post = Post::about(Category::Appointment);
    post.staff(Role::Nurse, "nurse@riverside.example");
    post.staff(Role::FrontDesk, "desk@riverside.example");
    post.staff(Role::FrontDesk, "desk2@riverside.example");
    post.staff(Role::Billing, "billing@riverside.example");
    let expected = ["desk2@riverside.example", "desk@riverside.example"];
    assert_eq!(post.notify_and_work(NoticeAudience::Staff), expected);
}

#[test]
fn an_assigned_thread_is_told_to_the_assignee() {
    let post = Post::about(Category::Medical);
    post.staff(Role::Nurse, "nurse@riverside.example");
    let provider = post.staff(Role::Provider, "provider@riverside.example");
    post.set_thread(&format!("assigned_staff_id = '{provider}'"));
    assert_eq!(post.notify_and_work(NoticeAudience::Staff), ["provider@riverside.example"]);
    post.stage.admin(&format!("UPDATE staff_user SET mail_enabled = false WHERE id = '{provider}'"));
    post.set_thread("last_patient_seq = 3, last_seq = 3");
    post.read(Recipient::Staff(provider), 2);
    assert!(post.notify_and_work(NoticeAudience::Staff).is_empty(), "in charge, but without mails");
}

#[test]
fn an_assigned_team_hears_of_its_thread() {
    let post = Post::about(Category::Medical);
    post.staff(Role::MedicalAssistant, "ma@riverside.example");
    post.staff(Role::FrontDesk, "desk@riverside.example");
    post.set_thread(
        "assigned_team_id = (SELECT id FROM team WHERE name = 'Front desk' AND tenant_id = thread.tenant_id)",
    );
    assert_eq!(
        post.notify_and_work(NoticeAudience::Staff),
        ["ma@riverside.example"],
        "the desk sees no medical thread"
    );
    post.set_thread("category = 0, last_patient_seq = 3");
    assert_eq!(post.notify_and_work(NoticeAudience::Staff), ["desk@riverside.example"]);
}

#[test]
fn a_message_to_somebody_who_left_reaches_the_team_on_duty() {
    let post = Post::about(Category::Billing);
    post.staff(Role::Billing, "billing@riverside.example");
    let provider = post.staff(Role::Provider, "provider@riverside.example");
    post.set_thread(&format!("assigned_staff_id = '{provider}'"));
    post.stage.admin(&format!("UPDATE staff_user SET is_active = false WHERE id = '{provider}'"));
    assert_eq!(post.notify_and_work(NoticeAudience::Staff), ["billing@riverside.example"]);
}

#[test]
fn there_is_one_mail_until_one_has_read() {
    let post = Post::about(Category::Medical);
    let ana = post.account("ana@example.org", Relationship::Myself);
    assert_eq!(post.notify_and_work(NoticeAudience::Patient), ["ana@example.org"]);
    post.set_thread("last_staff_seq = 5, last_seq = 5");
    assert!(post.notify_and_work(NoticeAudience::Patient).is_empty(), "not read yet");
    post.read(Recipient::Account(ana), 5);
    assert!(post.notify_and_work(NoticeAudience::Patient).is_empty(), "read before the worker came");
    post.set_thread("last_staff_seq = 6, last_seq = 6");
    assert_eq!(post.notify_and_work(NoticeAudience::Patient), ["ana@example.org"]);
}

#[test]
fn reading_in_part_begins_no_new_stretch() {
    let post = Post::about(Category::Medical);
    let ana = post.account("ana@example.org", Relationship::Myself);
    post.set_thread("last_staff_seq = 5, last_seq = 5");
    assert_eq!(post.notify_and_work(NoticeAudience::Patient).len(), 1);
    post.read(Recipient::Account(ana), 3);
    assert!(post.notify_and_work(NoticeAudience::Patient).is_empty());
}

/// I04: two hundred replies in a minute, four workers, one mail for each reader.
#[test]
fn a_storm_of_replies_makes_one_mail_for_each_reader() {
    let post = Post::about(Category::Medical);
    post.account("ana@example.org", Relationship::Myself);
    post.account("guardian@example.org", Relationship::Guardian);
    (0..200).for_each(|_| post.notify(NoticeAudience::Patient));
    thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(|| post.work()))));
    post.work();
    assert_eq!(post.sent(), ["ana@example.org", "guardian@example.org"]);
    assert_eq!(post.stage.number("SELECT count(*) FROM outbox WHERE done_at IS NULL"), 0);
}

/// A reply of a reader and a notice to that reader lock the same rows; neither may wait for the other.
#[test]
fn telling_a_reader_does_not_wait_for_the_readers_own_reply() {
    let post = Post::about(Category::Medical);
    post.account("ana@example.org", Relationship::Myself);
    let nurse = post.staff(Role::Nurse, "nurse@riverside.example");
    let nurse = post.stage.staff_caller_with(RIVERSIDE, nurse, [7; 32]);
    post.notify(NoticeAudience::Staff);
    let (delivered, was_delivered) = mpsc::channel();
    thread::scope(|scope| {
        run(&*post.stage.store, &nurse, Action::SendReply, |tx| {
            assert!(tx.threads().find_for_update(post.thread)?.is_some());
            scope.spawn(|| delivered.send(post.work()).unwrap());
            let done = was_delivered.recv_timeout(Duration::from_secs(4)).unwrap();
            assert_eq!(done.sent, 1);
            let at = tx.now();
            tx.read_cursors().advance(post.thread, Seq(2), at)
        })
        .unwrap();
    });
}
