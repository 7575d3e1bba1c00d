//! Passkeys: what an authenticator is asked, and whether its answer holds. All of it as JSON texts.

use crate::Result;
use uuid::Uuid;

/// Whose passkey is to be made, as the authenticator shows it.
#[derive(Clone, Copy)]
pub struct PasskeyOwner<'a> {
    /// The person.
    pub id: Uuid,
    /// The e-mail.
    pub email: &'a str,
    /// The name.
    pub name: &'a str,
}

impl std::fmt::Debug for PasskeyOwner<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PasskeyOwner").field("id", &self.id).finish_non_exhaustive()
    }
}

/// A challenge: one half for the browser, the other to be kept sealed until the answer.
#[derive(Clone)]
pub struct Challenge {
    /// For the browser.
    pub options: String,
    /// For the answer's check. Never leaves the server.
    pub state: String,
}

impl std::fmt::Debug for Challenge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Challenge")
    }
}

/// A passkey that was just made.
#[derive(Clone)]
pub struct NewPasskey {
    /// Its id, as the authenticator chose it.
    pub credential: Vec<u8>,
    /// All that checking it takes, to be kept sealed.
    pub record: String,
}

impl std::fmt::Debug for NewPasskey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewPasskey")
    }
}

/// A passkey that was proved to be at hand.
#[derive(Clone)]
pub struct ProvedPasskey {
    /// Which of the known ones.
    pub place: usize,
    /// Its record with the counter moved on.
    pub record: String,
}

impl std::fmt::Debug for ProvedPasskey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ProvedPasskey").field("place", &self.place).finish_non_exhaustive()
    }
}

/// The ceremonies of one public origin.
pub trait Passkeys: Send + Sync {
    /// Asks for a new passkey that is none of the known ones.
    ///
    /// # Errors
    /// A record that cannot be read.
    fn ask_for_new(&self, owner: &PasskeyOwner<'_>, known: &[String]) -> Result<Challenge>;

    /// Takes the new passkey.
    ///
    /// # Errors
    /// `InvalidCode` whatever is wrong with the answer.
    fn take_new(&self, state: &str, answer: &str) -> Result<NewPasskey>;

    /// Asks for one of the known passkeys.
    ///
    /// # Errors
    /// A record that cannot be read.
    fn ask_for_known(&self, known: &[String]) -> Result<Challenge>;

    /// Checks that the owner has one of the known passkeys at hand, and that it is no copy that lags behind.
    ///
    /// # Errors
    /// `InvalidCode` whatever is wrong with the answer.
    fn prove(&self, owner: Uuid, state: &str, answer: &str, known: &[String]) -> Result<ProvedPasskey>;
}
