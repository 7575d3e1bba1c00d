use std::{
    fs,
    os::unix::fs::PermissionsExt,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use chrono::DateTime;
use tempfile::TempDir;
use threadwell_application::ports::{Clock, DeliveryFailure, Notifier, OutgoingMail};
use threadwell_domain::Moment;
use threadwell_smtp::MailboxDirectory;

use crate::mail;

/// Each look at this clock is a second later.
#[derive(Debug, Default)]
struct TickingClock(AtomicI64);

impl Clock for TickingClock {
    fn now(&self) -> Moment {
        let seconds = 1_790_000_000 + self.0.fetch_add(1, Ordering::Relaxed);
        DateTime::from_timestamp(seconds, 0).unwrap()
    }
}

fn mailbox() -> (TempDir, MailboxDirectory) {
    let directory = TempDir::new().unwrap();
    let mailbox = MailboxDirectory::open(directory.path().join("mail"), Arc::new(TickingClock::default()));
    (directory, mailbox.unwrap())
}

#[tokio::test]
async fn mails_are_listed_newest_first() {
    let (_directory, mailbox) = mailbox();
    for n in [3, 1, 2] {
        mailbox.send(&mail(&format!("notice-{n}"))).await.unwrap();
    }
    let ids =
        |mails: Vec<threadwell_smtp::StoredMail>| mails.into_iter().map(|m| m.message_id).collect::<Vec<_>>();
    assert_eq!(ids(mailbox.list(10).await.unwrap()), ["notice-2", "notice-1", "notice-3"]);
    assert_eq!(ids(mailbox.list(1).await.unwrap()), ["notice-2"]);
}

#[tokio::test]
async fn a_mail_sent_again_is_the_same_file_with_its_first_time() {
    let (directory, mailbox) = mailbox();
    mailbox.send(&mail("notice-1")).await.unwrap();
    let first = mailbox.list(10).await.unwrap();
    mailbox.send(&OutgoingMail { text: "changed".to_owned(), ..mail("notice-1") }).await.unwrap();
    assert_eq!(mailbox.list(10).await.unwrap(), first);
    assert_eq!(fs::read_dir(directory.path().join("mail")).unwrap().count(), 1, "nothing half-written stays");
}

#[tokio::test]
async fn a_file_is_one_json_object_for_the_owner_alone() {
    let (directory, mailbox) = mailbox();
    mailbox.send(&mail("notice-1")).await.unwrap();
    let path = directory.path().join("mail/notice-1.json");
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(
        text,
        r#"{"to":"ana.silva@example.org","subject":"You have a new message from your healthcare provider","text":"Sign in to read it:\n\nhttps://messages.example.org/portal\n","at":"2026-09-21T14:13:20.000000Z","messageId":"notice-1"}"#
    );
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let mode = fs::metadata(directory.path().join("mail")).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o700);
}

#[tokio::test]
async fn what_is_no_mail_is_passed_over() {
    let (directory, mailbox) = mailbox();
    mailbox.send(&mail("notice-1")).await.unwrap();
    for (name, content) in
        [("half.json", "{\"to\":"), ("other.json", "[]"), (".new-x", "{}"), ("note.txt", "hi")]
    {
        fs::write(directory.path().join("mail").join(name), content).unwrap();
    }
    assert_eq!(mailbox.list(10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_missing_directory_is_a_temporary_failure() {
    let (directory, mailbox) = mailbox();
    fs::remove_dir(directory.path().join("mail")).unwrap();
    let refused = mailbox.send(&mail("notice-1")).await;
    assert!(matches!(refused, Err(DeliveryFailure::Temporary { .. })), "{refused:?}");
    assert!(mailbox.list(10).await.is_err());
}
