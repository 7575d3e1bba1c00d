//! Where an app's mails go.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;
use threadwell_application::ports::{DeliveryFailure, Notifier, OutgoingMail};
use threadwell_devstack::{Faults, SmtpOptions, SmtpServer};
use threadwell_smtp::{Encryption, MailboxDirectory, SmtpCredentials, SmtpNotifier, SmtpSettings};

use crate::clock::FixedClock;

/// A mail as its recipient has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mail {
    /// The recipient.
    pub to: String,
    /// The subject line.
    pub subject: String,
    /// The text.
    pub text: String,
    /// What tells copies of one mail from other mails.
    pub message_id: String,
    /// All of it, as text: with every header where it came over SMTP.
    pub raw: String,
}

/// The post of an app.
pub(crate) struct Post {
    pub(crate) notifier: Arc<dyn Notifier>,
    pub(crate) mailbox: Arc<MailboxDirectory>,
    smtp: Option<Mutex<SmtpServer>>,
}

impl Post {
    pub(crate) fn open(directory: &TempDir, clock: Arc<FixedClock>, with_smtp: bool) -> Self {
        let mailbox = Arc::new(MailboxDirectory::open(directory.path().join("mails"), clock).unwrap());
        if !with_smtp {
            return Self { notifier: mailbox.clone(), mailbox, smtp: None };
        }
        let server = SmtpServer::start(&SmtpOptions::default()).unwrap();
        let notifier = Arc::new(SmtpNotifier::new(settings_of(&server, &server.ca_file())).unwrap());
        Self { notifier, mailbox, smtp: Some(Mutex::new(server)) }
    }

    pub(crate) fn set_faults(&self, faults: &Faults) {
        self.smtp.as_ref().unwrap().lock().unwrap().set_faults(faults).unwrap();
    }

    /// The mails that came over SMTP, oldest first.
    pub(crate) fn received(&self) -> Option<Vec<Mail>> {
        let mails = self.smtp.as_ref()?.lock().unwrap().mails().unwrap();
        Some(
            mails
                .iter()
                .map(|mail| {
                    assert!(mail.is_encrypted && mail.login.is_some(), "a mail came without TLS or AUTH");
                    let header = |name| mail.header(name).unwrap_or_default().to_owned();
                    Mail {
                        to: mail.to.join(","),
                        subject: header("Subject"),
                        text: mail.text.clone(),
                        message_id: header("Message-ID"),
                        raw: String::from_utf8_lossy(&mail.raw).into_owned(),
                    }
                })
                .collect(),
        )
    }
}

fn settings_of(server: &SmtpServer, ca_file: &Path) -> SmtpSettings {
    SmtpSettings {
        host: server.host().to_owned(),
        port: server.port(),
        encryption: Encryption::StartTls,
        credentials: Some(SmtpCredentials {
            username: server.username().to_owned(),
            password: server.password().to_owned(),
        }),
        from: "Threadwell <no-reply@threadwell.test>".to_owned(),
        extra_ca_file: Some(ca_file.to_path_buf()),
        timeout: Duration::from_secs(5),
        connections: 2,
    }
}

/// Hands mails over and dies before it can say so: a worker that is killed between sending and marking.
pub(crate) fn send_and_die(
    send: impl Fn(&OutgoingMail) -> Result<(), DeliveryFailure>,
    mail: &OutgoingMail,
) -> Result<(), DeliveryFailure> {
    send(mail)?;
    std::panic::resume_unwind(Box::new("killed"))
}
