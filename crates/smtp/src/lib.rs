//! Adapters of the `Notifier` port: real mail over SMTP, and a directory that a demo shows as a mailbox.
//!
//! The only crate that names lettre. Its feature `tracing` must stay off: it would log addresses. Both adapters
//! refuse the same mails, before anything leaves, and neither ever repeats an address in a reason. To add an adapter,
//! implement the port and put it through the contract in `tests/it`.

mod connections;
mod failure;
mod mailbox;
mod notifier;
mod outgoing;
mod settings;

pub use mailbox::{MailboxDirectory, StoredMail};
pub use notifier::SmtpNotifier;
pub use settings::{Encryption, SettingsError, SmtpCredentials, SmtpSettings};
