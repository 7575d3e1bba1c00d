//! Mail.

use async_trait::async_trait;
use threadwell_domain::Phi;

/// A mail, ready to go. Its text comes from a fixed template: nothing of a patient is in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OutgoingMail {
    /// The address. Protected: that somebody is a patient of the practice is health information.
    pub to: Phi,
    /// The subject line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The left part of the Message-ID; the same for every try of the same job.
    pub message_id: String,
}

/// Why a mail did not go out.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum DeliveryFailure {
    /// Trying again may help: no connection, a 4xx answer, a time-out.
    #[error("temporary: {reason}")]
    Temporary {
        /// A short cause without the address.
        reason: String,
    },
    /// It never will: a 5xx answer, an address that cannot be written.
    #[error("permanent: {reason}")]
    Permanent {
        /// A short cause without the address.
        reason: String,
    },
}

/// Sends mail: over SMTP, or into the demo's mailbox.
#[async_trait]
pub trait Notifier: Send + Sync + std::fmt::Debug {
    /// Hands the mail over. When it returns `Ok`, the other side has taken responsibility.
    ///
    /// # Errors
    /// Temporary or permanent, without the address in the reason.
    async fn send(&self, mail: &OutgoingMail) -> Result<(), DeliveryFailure>;
}
