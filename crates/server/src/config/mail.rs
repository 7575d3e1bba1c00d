//! Sending mail.

use super::{Environment, Reader};
use crate::secrets::Secret;
use std::path::PathBuf;
use std::time::Duration;
use threadwell_smtp::{Encryption, SmtpCredentials, SmtpSettings};

/// Where mails go.
#[derive(Clone, Debug)]
pub enum MailConfig {
    /// To the site's mail server.
    Smtp(SmtpConfig),
    /// Into a directory, to be looked at.
    Mailbox(PathBuf),
}

/// The site's mail server.
#[derive(Clone, Debug)]
pub struct SmtpConfig {
    /// Its host name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// TLS from the first byte instead of STARTTLS.
    pub is_implicit_tls: bool,
    /// How to sign in.
    pub credentials: Option<(String, Secret)>,
    /// The sender.
    pub from: String,
    /// Authorities to trust besides the public ones.
    pub extra_ca_file: Option<PathBuf>,
}

const TIMEOUT: Duration = Duration::from_secs(30);
const CONNECTIONS: usize = 4;

impl MailConfig {
    pub(super) fn read(reader: &mut Reader<'_>, environment: Environment) -> Self {
        match reader.optional("THREADWELL_MAILBOX_DIR") {
            Some(_) if environment == Environment::Production => {
                reader.fault("THREADWELL_MAILBOX_DIR", "keeps mails back instead of sending them");
                Self::Smtp(SmtpConfig::read(reader))
            }
            Some(directory) => Self::Mailbox(directory.into()),
            None => Self::Smtp(SmtpConfig::read(reader)),
        }
    }
}

impl SmtpConfig {
    fn read(reader: &mut Reader<'_>) -> Self {
        let is_implicit_tls =
            reader.one_of("THREADWELL_SMTP_TLS", &["starttls", "implicit"], "starttls") == "implicit";
        let username = reader.optional("THREADWELL_SMTP_USERNAME");
        let password = reader.optional("THREADWELL_SMTP_PASSWORD");
        if username.is_some() != password.is_some() {
            reader.fault("THREADWELL_SMTP_PASSWORD", "and THREADWELL_SMTP_USERNAME go together");
        }
        Self {
            host: reader.required("THREADWELL_SMTP_HOST"),
            port: reader.parsed("THREADWELL_SMTP_PORT", "a port", if is_implicit_tls { 465 } else { 587 }),
            is_implicit_tls,
            credentials: username.zip(password.map(Secret::new)),
            from: reader.required("THREADWELL_MAIL_FROM"),
            extra_ca_file: reader.optional("THREADWELL_SMTP_CA_FILE").map(PathBuf::from),
        }
    }

    /// As the adapter takes it.
    #[must_use]
    pub fn settings(&self) -> SmtpSettings {
        let credentials = self.credentials.as_ref();
        SmtpSettings {
            host: self.host.clone(),
            port: self.port,
            encryption: if self.is_implicit_tls { Encryption::Implicit } else { Encryption::StartTls },
            credentials: credentials.map(|(username, password)| SmtpCredentials {
                username: username.clone(),
                password: password.expose().to_owned(),
            }),
            from: self.from.clone(),
            extra_ca_file: self.extra_ca_file.clone(),
            timeout: TIMEOUT,
            connections: CONNECTIONS,
        }
    }
}
