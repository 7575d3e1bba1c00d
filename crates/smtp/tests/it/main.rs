//! The contract of the `Notifier` port on both adapters, and what each has of its own.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests may stop")]

mod contract;
mod mailbox;
mod smtp;

use std::time::Duration;

use threadwell_application::ports::OutgoingMail;
use threadwell_devstack::{SmtpOptions, SmtpServer, TlsMode};
use threadwell_domain::Phi;
use threadwell_smtp::{Encryption, SmtpCredentials, SmtpNotifier, SmtpSettings};

const ADDRESS: &str = "ana.silva@example.org";

fn mail(message_id: &str) -> OutgoingMail {
    OutgoingMail {
        to: Phi::new(ADDRESS),
        subject: "You have a new message from your healthcare provider".to_owned(),
        text: "Sign in to read it:\n\nhttps://messages.example.org/portal\n".to_owned(),
        message_id: message_id.to_owned(),
    }
}

fn start(tls: TlsMode) -> SmtpServer {
    SmtpServer::start(&SmtpOptions { tls, port: None }).unwrap()
}

fn settings(server: &SmtpServer, encryption: Encryption) -> SmtpSettings {
    SmtpSettings {
        host: server.host().to_owned(),
        port: server.port(),
        encryption,
        credentials: Some(SmtpCredentials {
            username: server.username().to_owned(),
            password: server.password().to_owned(),
        }),
        from: "Riverside Dermatology <no-reply@riverside.example>".to_owned(),
        extra_ca_file: Some(server.ca_file()),
        timeout: Duration::from_secs(5),
        connections: 4,
    }
}

fn notifier(server: &SmtpServer) -> SmtpNotifier {
    SmtpNotifier::new(settings(server, Encryption::StartTls)).unwrap()
}
