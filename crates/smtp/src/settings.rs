use std::{fmt, io, path::PathBuf, time::Duration};

/// How the connection becomes private. There is no third way: mail never leaves over a plain connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// TLS from the first byte (port 465).
    Implicit,
    /// STARTTLS, and nothing else if the server does not offer it (port 587).
    StartTls,
}

/// How Threadwell signs in to the mail server.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpCredentials {
    /// The user.
    pub username: String,
    /// The user's password.
    pub password: String,
}

impl fmt::Debug for SmtpCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpCredentials").field("username", &self.username).finish_non_exhaustive()
    }
}

/// Where and how mail is handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmtpSettings {
    /// The server's host name, which its certificate must carry.
    pub host: String,
    /// The server's port.
    pub port: u16,
    /// How the connection becomes private.
    pub encryption: Encryption,
    /// How to sign in; nothing for a relay that trusts the network.
    pub credentials: Option<SmtpCredentials>,
    /// The sender: an address, or a name and an address as in `Threadwell <no-reply@example.org>`.
    pub from: String,
    /// A PEM file of authorities to trust besides the public ones.
    pub extra_ca_file: Option<PathBuf>,
    /// The longest time that one mail may take, from waiting for a free connection to the server's last answer.
    pub timeout: Duration,
    /// The most connections open at once.
    pub connections: usize,
}

/// Why settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The sender is no address.
    #[error("the sender is not an e-mail address")]
    BadSender,
    /// The file of authorities cannot be read.
    #[error("the file of certificate authorities cannot be read")]
    UnreadableCa(#[source] io::Error),
    /// The file of authorities holds no certificates, or the host's name cannot be checked against one.
    #[error("the TLS settings cannot be used")]
    BadTls(#[source] lettre::transport::smtp::Error),
    /// No connection is allowed or no time is given.
    #[error("at least one connection and some time are needed")]
    NoRoom,
}
