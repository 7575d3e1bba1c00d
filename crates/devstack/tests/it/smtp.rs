use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::TcpStream,
    time::Duration,
};

use lettre::{
    Message, SmtpTransport, Transport,
    message::SinglePart,
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
    },
};
use threadwell_devstack::{AfterData, Faults, SmtpOptions, SmtpServer, TlsMode};

fn start(tls: TlsMode) -> SmtpServer {
    SmtpServer::start(&SmtpOptions { tls, port: None }).unwrap()
}

fn transport(server: &SmtpServer, tls: TlsMode) -> SmtpTransport {
    let authority = Certificate::from_pem(&fs::read(server.ca_file()).unwrap()).unwrap();
    let parameters =
        TlsParameters::builder("localhost".to_owned()).add_root_certificate(authority).build().unwrap();
    let tls = match tls {
        TlsMode::StartTls => Tls::Required(parameters),
        TlsMode::Implicit => Tls::Wrapper(parameters),
    };
    SmtpTransport::builder_dangerous("localhost")
        .port(server.port())
        .tls(tls)
        .credentials(Credentials::new(server.username().to_owned(), server.password().to_owned()))
        .timeout(Some(Duration::from_secs(2)))
        .build()
}

fn mail(to: &str) -> Message {
    Message::builder()
        .from("practice@riverside.example".parse().unwrap())
        .to(to.parse().unwrap())
        .subject("You have a new message")
        .message_id(Some("<1@riverside.example>".to_owned()))
        .singlepart(SinglePart::plain("Sign in to read it. Únicamente aquí.\n".to_owned()))
        .unwrap()
}

/// Speaks plain SMTP: sends each line, returns each answer's code.
fn speak(server: &SmtpServer, lines: &[&str]) -> Vec<u16> {
    let stream = TcpStream::connect(("127.0.0.1", server.port())).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut answer = move || loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if line.as_bytes().get(3) != Some(&b'-') {
            return line.get(..3).and_then(|code| code.parse().ok()).unwrap_or(0);
        }
    };
    let mut codes = vec![answer()];
    for line in lines {
        (&stream).write_all(format!("{line}\r\n").as_bytes()).unwrap();
        codes.push(answer());
    }
    codes
}

#[test]
fn mails_are_taken_over_tls_with_authentication() {
    for tls in [TlsMode::StartTls, TlsMode::Implicit] {
        let server = start(tls);
        transport(&server, tls).send(&mail("ana.silva@example.org")).unwrap();
        let mails = server.mails().unwrap();
        assert_eq!(mails.len(), 1, "{tls:?}");
        let taken = &mails[0];
        assert!(taken.is_encrypted && taken.login.as_deref() == Some("threadwell"), "{tls:?}");
        assert_eq!(
            (taken.from.as_str(), taken.to.as_slice()),
            ("practice@riverside.example", &["ana.silva@example.org".to_owned()][..])
        );
        assert_eq!(taken.header("Subject"), Some("You have a new message"));
        assert_eq!(taken.header("message-id"), Some("<1@riverside.example>"));
        assert_eq!(taken.text.trim(), "Sign in to read it. Únicamente aquí.");
        assert!(taken.raw.starts_with(b"From: "));
    }
}

#[test]
fn nothing_is_taken_without_starttls() {
    let server = start(TlsMode::StartTls);
    let codes = speak(&server, &["EHLO test", "MAIL FROM:<a@x.example>", "AUTH PLAIN AHRocmVhZHdlbGwAeA=="]);
    assert_eq!(codes, [220, 250, 530, 530]);
    assert!(server.mails().unwrap().is_empty());
}

#[test]
fn nothing_is_taken_without_authentication() {
    for tls in [TlsMode::StartTls, TlsMode::Implicit] {
        let server = start(tls);
        let authority = Certificate::from_pem(&fs::read(server.ca_file()).unwrap()).unwrap();
        let parameters =
            TlsParameters::builder("localhost".to_owned()).add_root_certificate(authority).build().unwrap();
        let mode =
            if tls == TlsMode::Implicit { Tls::Wrapper(parameters) } else { Tls::Required(parameters) };
        let unnamed = SmtpTransport::builder_dangerous("localhost").port(server.port()).tls(mode);
        let refused = unnamed.clone().build().send(&mail("a@x.example")).unwrap_err();
        assert!(refused.is_permanent(), "{refused}");
        let wrong = Credentials::new("threadwell".to_owned(), "wrong".to_owned());
        assert!(unnamed.credentials(wrong).build().send(&mail("a@x.example")).is_err());
        assert!(server.mails().unwrap().is_empty());
    }
}

#[test]
fn the_certificate_is_trusted_only_through_its_authority() {
    let server = start(TlsMode::Implicit);
    let parameters = TlsParameters::new("localhost".to_owned()).unwrap();
    let stranger = SmtpTransport::builder_dangerous("localhost")
        .port(server.port())
        .tls(Tls::Wrapper(parameters))
        .build();
    assert!(stranger.send(&mail("a@x.example")).is_err());
}

#[test]
fn recipients_are_refused_on_demand() {
    let mut server = start(TlsMode::StartTls);
    let transport = transport(&server, TlsMode::StartTls);
    server.set_faults(&Faults::replying("bounce@x.example", 550)).unwrap();
    assert!(transport.send(&mail("bounce@x.example")).unwrap_err().is_permanent());
    transport.send(&mail("fine@x.example")).unwrap();
    server.set_faults(&Faults::replying("*", 451)).unwrap();
    assert!(transport.send(&mail("fine@x.example")).unwrap_err().is_transient());
    server.set_faults(&Faults::default()).unwrap();
    transport.send(&mail("bounce@x.example")).unwrap();
    assert_eq!(server.mails().unwrap().len(), 2);
}

#[test]
fn connections_are_refused_on_demand_and_open_again_on_the_same_port() {
    let mut server = start(TlsMode::StartTls);
    server.set_faults(&Faults::refusing()).unwrap();
    assert!(TcpStream::connect(("127.0.0.1", server.port())).is_err());
    server.set_faults(&Faults::default()).unwrap();
    transport(&server, TlsMode::StartTls).send(&mail("a@x.example")).unwrap();
}

#[test]
fn the_answer_is_lost_on_demand() {
    let mut server = start(TlsMode::StartTls);
    server.set_faults(&Faults::after_data(AfterData::Hang)).unwrap();
    assert!(transport(&server, TlsMode::StartTls).send(&mail("a@x.example")).is_err());
    assert_eq!(server.mails().unwrap().len(), 0, "a hanging server has taken nothing");
    server.set_faults(&Faults::after_data(AfterData::DropBeforeAnswer)).unwrap();
    assert!(transport(&server, TlsMode::StartTls).send(&mail("a@x.example")).is_err());
    assert_eq!(server.mails().unwrap().len(), 1, "taken, though the sender cannot know");
    server.set_faults(&Faults::after_data(AfterData::DropAfterAnswer)).unwrap();
    transport(&server, TlsMode::StartTls).send(&mail("a@x.example")).unwrap();
    assert_eq!(server.wait_for_mails(2, Duration::from_secs(5)).unwrap().len(), 2);
}

#[test]
fn a_stopped_server_leaves_nothing() {
    let server = start(TlsMode::StartTls);
    let (port, directory) = (server.port(), server.ca_file().parent().unwrap().to_path_buf());
    drop(server);
    assert!(!directory.exists());
    assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
}
