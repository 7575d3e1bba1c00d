use std::time::{Duration, Instant};

use threadwell_application::ports::{DeliveryFailure, Notifier, OutgoingMail};
use threadwell_devstack::{AfterData, Faults, TlsMode};
use threadwell_domain::Phi;
use threadwell_smtp::{Encryption, SettingsError, SmtpCredentials, SmtpNotifier, SmtpSettings};

use crate::{mail, notifier, settings, start};

fn to(address: &str, message_id: &str) -> OutgoingMail {
    OutgoingMail { to: Phi::new(address), ..mail(message_id) }
}

fn is_temporary(outcome: &Result<(), DeliveryFailure>) -> bool {
    matches!(outcome, Err(DeliveryFailure::Temporary { .. }))
}

fn is_permanent(outcome: &Result<(), DeliveryFailure>) -> bool {
    matches!(outcome, Err(DeliveryFailure::Permanent { .. }))
}

#[tokio::test]
async fn mail_goes_out_over_tls_and_signed_in_by_both_ways() {
    for (tls, encryption) in
        [(TlsMode::StartTls, Encryption::StartTls), (TlsMode::Implicit, Encryption::Implicit)]
    {
        let server = start(tls);
        let notifier = SmtpNotifier::new(settings(&server, encryption)).unwrap();
        notifier.send(&mail("notice-1")).await.unwrap();
        let mails = server.mails().unwrap();
        assert!(mails[0].is_encrypted, "{tls:?}");
        assert_eq!(mails[0].login.as_deref(), Some(server.username()), "{tls:?}");
    }
}

#[tokio::test]
async fn a_mail_carries_these_header_fields_and_no_others() {
    let server = start(TlsMode::StartTls);
    notifier(&server).send(&mail("notice-1")).await.unwrap();
    let mails = server.mails().unwrap();
    let mut names: Vec<_> = mails[0].headers.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    let expected = [
        "Auto-Submitted",
        "Content-Transfer-Encoding",
        "Content-Type",
        "Date",
        "From",
        "MIME-Version",
        "Message-ID",
        "Subject",
        "To",
    ];
    assert_eq!(names, expected);
    let header = |name| mails[0].header(name).unwrap();
    assert_eq!(header("Auto-Submitted"), "auto-generated");
    assert_eq!(header("Message-ID"), "<notice-1@riverside.example>");
    assert_eq!(header("From"), "Riverside Dermatology <no-reply@riverside.example>");
    assert_eq!(header("Content-Type"), "text/plain; charset=\"utf-8\"");
    assert_eq!(mails[0].from, "no-reply@riverside.example");
}

#[tokio::test]
async fn a_bounced_recipient_does_not_hold_up_the_others() {
    let mut server = start(TlsMode::StartTls);
    let notifier = notifier(&server);
    server.set_faults(&Faults::replying("bounce@x.example", 550)).unwrap();
    for n in 0..3 {
        assert!(is_permanent(&notifier.send(&to("bounce@x.example", &format!("bad-{n}"))).await));
        notifier.send(&to("fine@x.example", &format!("good-{n}"))).await.unwrap();
    }
    assert_eq!(server.mails().unwrap().len(), 3);
}

#[tokio::test]
async fn a_4xx_answer_is_temporary_and_a_5xx_answer_permanent() {
    let mut server = start(TlsMode::StartTls);
    let notifier = notifier(&server);
    for (code, expected) in
        [(421, "t"), (450, "t"), (451, "t"), (452, "t"), (550, "p"), (552, "p"), (553, "p"), (554, "p")]
    {
        server.set_faults(&Faults::replying("*", code)).unwrap();
        let outcome = notifier.send(&mail("notice-1")).await;
        assert_eq!(
            (is_temporary(&outcome), is_permanent(&outcome)),
            (expected == "t", expected == "p"),
            "{code}: {outcome:?}"
        );
    }
    server.set_faults(&Faults::default()).unwrap();
    notifier.send(&mail("notice-1")).await.unwrap();
}

#[tokio::test]
async fn a_server_that_is_down_is_temporary_and_found_again() {
    let mut server = start(TlsMode::StartTls);
    let notifier = notifier(&server);
    notifier.send(&mail("notice-1")).await.unwrap();
    server.set_faults(&Faults::refusing()).unwrap();
    assert!(is_temporary(&notifier.send(&mail("notice-2")).await), "the kept connection was cut");
    assert!(is_temporary(&notifier.send(&mail("notice-2")).await));
    server.set_faults(&Faults::default()).unwrap();
    notifier.send(&mail("notice-2")).await.unwrap();
    assert_eq!(server.mails().unwrap().len(), 2);
}

#[tokio::test]
async fn a_hanging_server_costs_no_more_than_the_limit_and_muddles_no_later_mail() {
    let mut server = start(TlsMode::StartTls);
    let limit = Duration::from_millis(800);
    let notifier = SmtpNotifier::new(SmtpSettings {
        timeout: limit,
        connections: 1,
        ..settings(&server, Encryption::StartTls)
    });
    let notifier = notifier.unwrap();
    notifier.send(&mail("notice-0")).await.unwrap();
    server.set_faults(&Faults::after_data(AfterData::Hang)).unwrap();
    let started = Instant::now();
    assert!(is_temporary(&notifier.send(&mail("notice-1")).await));
    assert!(started.elapsed() < limit * 2, "{:?}", started.elapsed());
    server.set_faults(&Faults::replying("bounce@x.example", 550)).unwrap();
    assert!(
        is_permanent(&notifier.send(&to("bounce@x.example", "notice-2")).await),
        "answers belong to their mail"
    );
    notifier.send(&mail("notice-1")).await.unwrap();
    assert_eq!(server.mails().unwrap().len(), 2);
}

#[tokio::test]
async fn a_lost_answer_is_temporary_and_the_second_copy_is_recognisable() {
    let mut server = start(TlsMode::StartTls);
    let notifier = notifier(&server);
    server.set_faults(&Faults::after_data(AfterData::DropBeforeAnswer)).unwrap();
    assert!(is_temporary(&notifier.send(&mail("notice-1")).await));
    server.set_faults(&Faults::after_data(AfterData::DropAfterAnswer)).unwrap();
    notifier.send(&mail("notice-1")).await.unwrap();
    server.set_faults(&Faults::default()).unwrap();
    notifier.send(&mail("notice-2")).await.unwrap();
    let mails = server.mails().unwrap();
    let ids: Vec<_> = mails.iter().map(|mail| mail.header("Message-ID").unwrap()).collect();
    assert_eq!(
        ids,
        ["<notice-1@riverside.example>", "<notice-1@riverside.example>", "<notice-2@riverside.example>"]
    );
}

#[tokio::test]
async fn a_wrong_password_throws_no_mail_away() {
    let server = start(TlsMode::StartTls);
    let wrong = SmtpCredentials { username: server.username().to_owned(), password: "wrong".to_owned() };
    for credentials in [Some(wrong), None] {
        let settings = SmtpSettings { credentials, ..settings(&server, Encryption::StartTls) };
        let outcome = SmtpNotifier::new(settings).unwrap().send(&mail("notice-1")).await;
        assert!(is_temporary(&outcome), "{outcome:?}");
    }
    assert!(server.mails().unwrap().is_empty());
}

#[tokio::test]
async fn nothing_goes_to_a_server_that_cannot_prove_its_name() {
    let server = start(TlsMode::StartTls);
    let implicit = start(TlsMode::Implicit);
    let untrusted = SmtpSettings { extra_ca_file: None, ..settings(&server, Encryption::StartTls) };
    let foreign_authority =
        SmtpSettings { extra_ca_file: Some(implicit.ca_file()), ..settings(&server, Encryption::StartTls) };
    let other_name = SmtpSettings { host: "127.0.0.2".to_owned(), ..settings(&server, Encryption::StartTls) };
    let no_starttls = settings(&implicit, Encryption::StartTls);
    let plain_server = settings(&server, Encryption::Implicit);
    for settings in [untrusted, foreign_authority, other_name, no_starttls, plain_server] {
        let settings = SmtpSettings { timeout: Duration::from_secs(1), ..settings };
        let outcome = SmtpNotifier::new(settings).unwrap().send(&mail("notice-1")).await;
        assert!(is_temporary(&outcome), "{outcome:?}");
    }
    assert!(server.mails().unwrap().is_empty() && implicit.mails().unwrap().is_empty());
}

#[tokio::test]
async fn a_server_that_offers_no_starttls_gets_no_password() {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = tokio::spawn(async move {
        use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
        let (stream, _) = listener.accept().await.unwrap();
        let mut stream = BufReader::new(stream);
        stream.write_all(b"220 plain\r\n").await.unwrap();
        let (mut heard, mut line) = (String::new(), String::new());
        while stream.read_line(&mut line).await.unwrap_or(0) > 0 {
            heard.push_str(&line);
            line.clear();
            stream.write_all(b"250 plain AUTH PLAIN\r\n").await.unwrap();
        }
        heard
    });
    let real = start(TlsMode::StartTls);
    let settings = SmtpSettings { port, ..settings(&real, Encryption::StartTls) };
    assert!(is_temporary(&SmtpNotifier::new(settings).unwrap().send(&mail("notice-1")).await));
    let heard = heard.await.unwrap();
    assert!(!heard.contains("AUTH") && !heard.contains("MAIL"), "{heard}");
}

#[tokio::test]
async fn a_connection_serves_many_mails() {
    let server = start(TlsMode::StartTls);
    let one = SmtpSettings { connections: 1, ..settings(&server, Encryption::StartTls) };
    let notifier = SmtpNotifier::new(one).unwrap();
    let started = Instant::now();
    for n in 0..50 {
        notifier.send(&mail(&format!("notice-{n}"))).await.unwrap();
    }
    assert_eq!(server.mails().unwrap().len(), 50);
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
}

#[test]
fn settings_are_checked_at_the_start() {
    let server = start(TlsMode::StartTls);
    let good = settings(&server, Encryption::StartTls);
    let refused = |settings: SmtpSettings| SmtpNotifier::new(settings).unwrap_err();
    assert!(matches!(
        refused(SmtpSettings { from: "nobody".to_owned(), ..good.clone() }),
        SettingsError::BadSender
    ));
    let injected = "A <a@x.example>\r\nBcc: b@x.example".to_owned();
    assert!(matches!(refused(SmtpSettings { from: injected, ..good.clone() }), SettingsError::BadSender));
    assert!(matches!(refused(SmtpSettings { connections: 0, ..good.clone() }), SettingsError::NoRoom));
    let missing = Some("/nonexistent".into());
    assert!(matches!(
        refused(SmtpSettings { extra_ca_file: missing, ..good.clone() }),
        SettingsError::UnreadableCa(_)
    ));
    let printed = format!("{good:?} {:?}", SmtpNotifier::new(good.clone()).unwrap());
    assert!(!printed.contains(server.password()), "{printed}");
}
