//! Where a mail goes, looked up when it goes, and what it says.

use crate::post::Post;
use crate::stage::{HILLSIDE, RIVERSIDE};
use chrono::Duration;
use threadwell_application::ports::{JobKind, NoticeAudience, Recipient};
use threadwell_domain::access::{Relationship, Role};
use threadwell_domain::thread::Category;

/// I03: switching mails off also stops those that wait.
#[test]
fn mails_that_wait_are_not_sent_to_whom_they_are_no_longer_due() {
    for change in [
        "UPDATE portal_account SET mail_enabled = false",
        "UPDATE portal_account SET is_active = false",
        "UPDATE patient_access SET expires_at = '2026-11-22T09:00:00Z'",
        "DELETE FROM patient_access",
    ] {
        let post = Post::about(Category::Medical);
        post.account("ana@example.org", Relationship::Myself);
        (0..5).for_each(|_| post.notify(NoticeAudience::Patient));
        let jobs =
            post.stage.deliver(RIVERSIDE, |tx| tx.deliveries().claim(10, Duration::minutes(5))).unwrap();
        for job in jobs {
            post.stage
                .deliver(RIVERSIDE, |tx| {
                    let JobKind::Notice(audience, thread) = job.job.kind else { panic!("{job:?}") };
                    tx.deliveries().expand_notice(&job, audience, thread)
                })
                .unwrap();
        }
        assert_eq!(post.stage.number("SELECT count(*) FROM outbox WHERE kind = 1 AND done_at IS NULL"), 1);
        post.stage.admin(change);
        assert_eq!(post.work().dropped, 1, "{change}");
        assert!(post.sent().is_empty(), "{change}");
    }
}

#[test]
fn staff_mails_that_wait_are_not_sent_to_whom_they_are_no_longer_due() {
    let post = Post::about(Category::Medical);
    let nurse = post.staff(Role::Nurse, "nurse@riverside.example");
    let recipient = Recipient::Staff(nurse);
    let address = post.address(recipient).unwrap();
    assert_eq!(
        (address.email.expose(), address.practice_slug.as_str()),
        ("nurse@riverside.example", "riverside")
    );
    assert_eq!(address.first_name, None);
    for (off, on) in [
        ("UPDATE staff_user SET mail_enabled = false", "UPDATE staff_user SET mail_enabled = true"),
        ("UPDATE staff_user SET is_active = false", "UPDATE staff_user SET is_active = true"),
        ("UPDATE role_scope SET categories = 0", "UPDATE role_scope SET categories = 63"),
    ] {
        post.stage.admin(off);
        assert_eq!(post.address(recipient), None, "{off}");
        post.stage.admin(on);
        assert!(post.address(recipient).is_some());
    }
}

#[test]
fn the_first_name_is_given_only_where_the_practice_switched_that_on() {
    let post = Post::about(Category::Medical);
    let ana = Recipient::Account(post.account("ana@example.org", Relationship::Myself));
    let address = post.address(ana).unwrap();
    assert_eq!((address.first_name, address.language.as_str()), (None, "es"));
    post.stage.admin("UPDATE tenant SET mail_greets_by_name = true");
    assert_eq!(post.address(ana).unwrap().first_name.unwrap().expose(), "Carla");
}

#[test]
fn an_address_that_does_not_open_gets_no_mail_and_holds_up_no_other() {
    let post = Post::about(Category::Medical);
    let ana = post.account("ana@example.org", Relationship::Myself);
    post.account("guardian@example.org", Relationship::Guardian);
    post.stage.admin(&format!(
        "UPDATE portal_account SET email_enc = set_byte(email_enc, 25, 0) WHERE id = '{ana}'"
    ));
    assert_eq!(post.notify_and_work(NoticeAudience::Patient), ["guardian@example.org"]);
}

#[test]
fn a_worker_knows_no_address_of_another_practice() {
    let post = Post::about(Category::Medical);
    let ana = post.account("ana@example.org", Relationship::Myself);
    let nurse = post.staff(Role::Nurse, "nurse@riverside.example");
    for recipient in [Recipient::Account(ana), Recipient::Staff(nurse)] {
        let crossed = post.stage.deliver(HILLSIDE, |tx| tx.deliveries().address_of(recipient, post.thread));
        assert_eq!(crossed.unwrap(), None);
    }
}

/// I01: a mail says that something waits, and nothing else.
#[test]
fn a_mail_holds_nothing_of_the_patient_and_keeps_its_message_id() {
    let post = Post::about(Category::Prescription);
    post.account("ana@example.org", Relationship::Myself);
    post.notify(NoticeAudience::Patient);
    post.work();
    let mail = post.mails.lock().unwrap()[0].clone();
    let tenant = RIVERSIDE.to_string();
    for canary in [
        "Silva",
        "Mendes",
        "prescription",
        tenant.as_str(),
        &post.thread.to_string(),
        &post.patient.to_string(),
    ] {
        let whole = format!("{} {} {}", mail.subject, mail.text, mail.message_id);
        assert!(!whole.to_lowercase().contains(&canary.to_lowercase()), "{canary}");
    }
    let job = "SELECT count(*) FROM outbox WHERE kind = 1 AND 'notice-' || id = ";
    assert_eq!(post.stage.number(&format!("{job} '{}'", mail.message_id)), 1);
}
