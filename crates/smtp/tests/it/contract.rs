//! What every notifier promises. Each test runs on the SMTP adapter against a real server, and on the mailbox.

use std::{collections::HashSet, sync::Arc};

use tempfile::TempDir;
use threadwell_application::ports::{DeliveryFailure, Notifier, OutgoingMail, SystemClock};
use threadwell_devstack::{SmtpServer, TlsMode};
use threadwell_domain::Phi;
use threadwell_smtp::MailboxDirectory;
use tokio::task::JoinSet;

use crate::{ADDRESS, mail, notifier, start};

/// What arrived on the other side of an adapter.
#[derive(Debug, PartialEq, Eq)]
struct Arrived {
    to: String,
    subject: String,
    text: String,
    message_id: String,
}

enum OtherSide {
    Server(SmtpServer),
    Mailbox { mailbox: Arc<MailboxDirectory>, _directory: TempDir },
}

impl OtherSide {
    async fn arrived(&self) -> Vec<Arrived> {
        match self {
            Self::Server(server) => server.mails().unwrap().iter().map(from_wire).collect(),
            Self::Mailbox { mailbox, .. } => {
                let mails = mailbox.list(usize::MAX).await.unwrap();
                mails.into_iter().map(|m| arrived(m.to.expose(), &m.subject, &m.text, m.message_id)).collect()
            }
        }
    }
}

fn from_wire(mail: &threadwell_devstack::ReceivedMail) -> Arrived {
    let id = mail.header("Message-ID").unwrap().trim_start_matches('<').to_owned();
    let id = id.strip_suffix("@riverside.example>").unwrap().to_owned();
    assert_eq!(mail.to.len(), 1, "one recipient");
    assert_eq!(mail.header("To"), Some(mail.to[0].as_str()));
    arrived(&mail.to[0], mail.header("Subject").unwrap(), &mail.text, id)
}

/// Line ends at the end and their kind belong to the transport.
fn arrived(to: &str, subject: &str, text: &str, message_id: String) -> Arrived {
    let text = text.replace("\r\n", "\n").trim_end().to_owned();
    Arrived { to: to.to_owned(), subject: subject.to_owned(), text, message_id }
}

fn adapters() -> Vec<(Arc<dyn Notifier>, OtherSide)> {
    let server = start(TlsMode::StartTls);
    let directory = TempDir::new().unwrap();
    let mailbox = MailboxDirectory::open(directory.path().join("mail"), Arc::new(SystemClock)).unwrap();
    let mailbox = Arc::new(mailbox);
    vec![
        (Arc::new(notifier(&server)), OtherSide::Server(server)),
        (mailbox.clone(), OtherSide::Mailbox { mailbox, _directory: directory }),
    ]
}

#[tokio::test]
async fn a_mail_arrives_as_it_was_written() {
    let texts = [
        "Sign in to read it.",
        "Único aviso: 您有一条新消息. 🔒\n\nhttps://messages.example.org/portal/riverside",
        ".\n.hidden\n..twice\n\nQUIT\n.",
        "Two\r\nkinds\nof line ends",
        &"long ".repeat(600),
    ];
    for (adapter, other_side) in adapters() {
        let mut sent = Vec::new();
        for (n, text) in texts.iter().enumerate() {
            let mail = OutgoingMail { text: (*text).to_owned(), ..mail(&format!("notice-{n}")) };
            adapter.send(&mail).await.unwrap();
            sent.push(arrived(ADDRESS, &mail.subject, text, mail.message_id.clone()));
        }
        let subject = "Tiene un nuevo mensaje de su equipo médico";
        let spanish = OutgoingMail { subject: subject.to_owned(), ..mail("notice-es") };
        adapter.send(&spanish).await.unwrap();
        sent.push(arrived(ADDRESS, subject, &spanish.text, "notice-es".to_owned()));
        let mut found = other_side.arrived().await;
        found.sort_by(|a, b| a.message_id.cmp(&b.message_id));
        assert_eq!(found, sent, "{adapter:?}");
    }
}

#[tokio::test]
async fn a_mail_sent_again_keeps_its_message_id() {
    for (adapter, other_side) in adapters() {
        for _ in 0..3 {
            adapter.send(&mail("notice-1")).await.unwrap();
        }
        let ids: HashSet<_> = other_side.arrived().await.into_iter().map(|mail| mail.message_id).collect();
        assert_eq!(ids, HashSet::from(["notice-1".to_owned()]), "{adapter:?}");
    }
}

#[tokio::test]
async fn no_field_can_add_a_header_or_a_recipient() {
    let addresses = [
        "a@x.example\r\nBcc: all@x.example",
        "a@x.example\nBcc: all@x.example",
        "a@x.example\r",
        "a@x.example,b@x.example",
        "a@x.example;b@x.example",
        "a@x.example b@x.example",
        "A <a@x.example>",
        "<a@x.example>",
        "\"<script>\"@x.example",
        "a@b@x.example",
        "a(comment)@x.example",
        "group:a@x.example;",
        "a@[127.0.0.1]",
        "a\0@x.example",
        "a@x.example>\r\nRCPT TO:<b@x.example",
        "a@x.example\u{2028}b",
        "@x.example",
        "a@",
        "a",
        "",
        &format!("{}@x.example", "a".repeat(310)),
    ];
    let subjects = [
        "Hello\r\nBcc: all@x.example",
        "Hello\nX",
        "Hello\rX",
        "a\0b",
        "a\u{85}b",
        "a\u{2028}b",
        &"x".repeat(201),
    ];
    let message_ids =
        ["", "a b", "a>\r\nBcc: b", "a@b", "../../etc/passwd", "a/b", ".hidden", "é", &"a".repeat(129)];
    let mut bad = vec![OutgoingMail { text: "a\0b".to_owned(), ..mail("text") }];
    bad.extend(addresses.iter().map(|to| OutgoingMail { to: Phi::new(*to), ..mail("to") }));
    bad.extend(
        subjects.iter().map(|subject| OutgoingMail { subject: (*subject).to_owned(), ..mail("subject") }),
    );
    bad.extend(message_ids.iter().map(|id| mail(id)));
    for (adapter, other_side) in adapters() {
        for mail in &bad {
            let refused = adapter.send(mail).await;
            assert!(
                matches!(refused, Err(DeliveryFailure::Permanent { .. })),
                "{adapter:?}: {mail:?}: {refused:?}"
            );
        }
        assert_eq!(other_side.arrived().await, [], "{adapter:?}");
    }
}

#[tokio::test]
async fn reasons_never_name_the_address() {
    for (adapter, other_side) in adapters() {
        let canary = "canary.patient@x.example";
        let bad = OutgoingMail { to: Phi::new(format!("{canary},b@x.example")), ..mail("notice-1") };
        let mut reasons = vec![adapter.send(&bad).await.unwrap_err().to_string()];
        if let OtherSide::Server(mut server) = other_side {
            let mail = OutgoingMail { to: Phi::new(canary), ..mail("notice-2") };
            for code in [421, 450, 550, 553] {
                server.set_faults(&threadwell_devstack::Faults::replying(canary, code)).unwrap();
                reasons.push(adapter.send(&mail).await.unwrap_err().to_string());
            }
        }
        assert!(reasons.iter().all(|reason| !reason.contains("canary")), "{reasons:?}");
    }
}

#[tokio::test]
async fn many_mails_at_once_all_arrive() {
    for (adapter, other_side) in adapters() {
        let mut sending = JoinSet::new();
        for n in 0..40 {
            let adapter = adapter.clone();
            sending.spawn(async move { adapter.send(&mail(&format!("notice-{n}"))).await });
        }
        while let Some(sent) = sending.join_next().await {
            sent.unwrap().unwrap();
        }
        let ids: HashSet<_> = other_side.arrived().await.into_iter().map(|mail| mail.message_id).collect();
        assert_eq!(ids.len(), 40, "{adapter:?}");
    }
}
