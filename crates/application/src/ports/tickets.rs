//! What stands between a right password and a session, and what a challenge waits in.

use super::{FactorOwner, SecretText};
use crate::Result;
use chrono::Duration;
use threadwell_domain::{Phi, SessionId};
use uuid::Uuid;

/// What a ticket is good for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TicketPurpose {
    /// A second factor is to be proved.
    Proof,
    /// The first factor is to be enrolled.
    Enrolment,
    /// A passkey is to be added by somebody signed in.
    NewPasskey,
    /// Somebody signed in proves a passkey once more.
    StepUp,
}

/// Where the refresh token of the session to come goes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RefreshDelivery {
    /// Into a cookie.
    Cookie,
    /// Into the body.
    Body,
}

/// How often a ticket may be tried wrongly.
pub const TICKET_ATTEMPTS: i16 = 5;

/// How long a ticket is good.
pub const TICKET_LIFE: Duration = Duration::minutes(10);

/// What was told of the device with the password, for the session to come.
#[derive(Clone, Debug, Default)]
pub struct TicketDevice {
    /// What the owner calls it.
    pub name: Option<Phi>,
    /// The secret that it keeps from an earlier sign-in, where it has no cookie for that.
    pub secret: Option<SecretText>,
    /// Whether it is to remember the person.
    pub is_remembered: bool,
}

/// A ticket to be kept.
#[derive(Clone, Debug)]
pub struct NewTicket {
    /// The keyed hash of its secret.
    pub hash: [u8; 32],
    /// Whose.
    pub owner: FactorOwner,
    /// What it is good for.
    pub purpose: TicketPurpose,
    /// The session of who is signed in.
    pub session: Option<SessionId>,
    /// Where the refresh token will go.
    pub delivery: RefreshDelivery,
    /// What was told of the device.
    pub device: TicketDevice,
    /// The challenge that waits for its answer.
    pub state: Option<SecretText>,
}

/// A ticket that is good, under its row's lock.
#[derive(Clone, Debug)]
pub struct Ticket {
    /// Which.
    pub id: Uuid,
    /// Whose.
    pub owner: FactorOwner,
    /// What it is good for.
    pub purpose: TicketPurpose,
    /// Where the refresh token will go.
    pub delivery: RefreshDelivery,
    /// What was told of the device.
    pub device: TicketDevice,
}

/// Which ticket is meant.
#[derive(Clone, Copy, Debug)]
pub enum TicketKey<'a> {
    /// The one of this secret, by its keyed hash; a visitor's.
    Secret(&'a [u8; 32]),
    /// This one of a session.
    OfSession(SessionId, Uuid),
    /// The newest one of a session that is for a step-up.
    StepUpOf(SessionId),
}

/// Tickets. One is good until it served, ran out, was tried wrongly too often, or its owner was disabled.
pub trait SignInTickets {
    /// Keeps a ticket.
    ///
    /// # Errors
    /// An unavailable database.
    fn issue(&mut self, ticket: &NewTicket) -> Result<Uuid>;

    /// The good ticket of the caller's audience that is meant.
    ///
    /// # Errors
    /// An unavailable database.
    fn presented(&mut self, key: TicketKey<'_>) -> Result<Option<Ticket>>;

    /// Counts an attempt. It counts though the request is refused: commit before refusing.
    ///
    /// # Errors
    /// An unavailable database.
    fn count_attempt(&mut self, id: Uuid) -> Result<()>;

    /// Keeps the challenge that waits for its answer, in the place of an earlier one.
    ///
    /// # Errors
    /// An unavailable database.
    fn keep_state(&mut self, id: Uuid, state: &SecretText) -> Result<()>;

    /// Takes the challenge out: it is answered once, rightly or wrongly.
    ///
    /// # Errors
    /// An unavailable database.
    fn take_state(&mut self, id: Uuid) -> Result<Option<SecretText>>;

    /// Takes a ticket out of use because it served; `false` if it had served already.
    ///
    /// # Errors
    /// An unavailable database.
    fn used(&mut self, id: Uuid) -> Result<bool>;

    /// Takes all tickets of somebody out of use, because what they were made for has changed.
    ///
    /// # Errors
    /// An unavailable database.
    fn end_all(&mut self, owner: FactorOwner) -> Result<()>;
}
