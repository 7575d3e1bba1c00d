//! The brakes on guesses and floods.

use crate::Result;
use crate::access::Audience;
use chrono::Duration;
use std::net::IpAddr;
use threadwell_domain::{AccountId, Moment, Phi, TenantId};

/// What sign-in attempts are counted under.
#[derive(Clone, Debug)]
pub struct ThrottleKeys<'a> {
    /// As which of the two identities: failures at one door do not close the other.
    pub audience: Audience,
    /// The practice and the e-mail, whether or not they exist.
    pub tenant: Option<TenantId>,
    /// The e-mail as typed, normalised by the store.
    pub email: &'a Phi,
    /// Where the attempt came from.
    pub address: Option<IpAddr>,
    /// The device, if the account knows it, or the session of whoever is signed in: what strangers get wrong elsewhere
    /// does not hold it up.
    pub device: Option<[u8; 32]>,
}

/// A request of nobody in particular that is slowed down: for a link, a code, or with one.
#[derive(Clone, Copy, Debug)]
pub struct SlowedRequest<'a> {
    /// At which door.
    pub audience: Audience,
    /// The practice, if it exists.
    pub tenant: Option<TenantId>,
    /// The e-mail that a mail would go to.
    pub email: Option<&'a Phi>,
    /// Where it came from.
    pub address: Option<IpAddr>,
}

/// Brakes sign-in (product.md "Identity"). Kept in the database, outside every other transaction, so that
/// failed attempts are counted though nothing else of them remains.
pub trait SignInThrottle: FloodBrake {
    /// Counts an attempt beforehand. After five failures of an account, or thirty of an address within a minute,
    /// or 120 successes of an address within a minute, it must wait. So must it where a door of a practice has had two
    /// hundred failures within ten minutes, one of them from its network; where it has had five hundred, or forty from
    /// its network alone. A known device has five failures of its own, and waits for nobody else's.
    ///
    /// # Errors
    /// `RateLimited`, or an unavailable database.
    fn admit(&self, keys: &ThrottleKeys<'_>, now: Moment) -> Result<()>;

    /// Counts a failure.
    ///
    /// # Errors
    /// An unavailable database.
    fn failed(&self, keys: &ThrottleKeys<'_>, now: Moment) -> Result<()>;

    /// Takes back the count of an attempt whose password was right and that waits for its second factor. Earlier
    /// failures stay counted: a password alone buys no further guesses at the factor.
    ///
    /// # Errors
    /// An unavailable database.
    fn halfway(&self, keys: &ThrottleKeys<'_>, now: Moment) -> Result<()>;

    /// Counts a success and forgets the account's failures.
    ///
    /// # Errors
    /// An unavailable database.
    fn succeeded(&self, keys: &ThrottleKeys<'_>, now: Moment) -> Result<()>;

    /// Counts a request for a link or code, or with one: thirty of an address within a minute. It says how long no mail
    /// goes to the e-mail, if it got four within a quarter of an hour, whether or not anybody has it.
    ///
    /// # Errors
    /// `RateLimited`, or an unavailable database.
    fn admit_request(&self, request: &SlowedRequest<'_>, now: Moment) -> Result<Option<Duration>>;

    /// Counts an invitation that an account sends to an e-mail: twenty within an hour, whoever gets them, and what an
    /// e-mail may get of all mails.
    ///
    /// # Errors
    /// `RateLimited`, or an unavailable database.
    fn admit_invitation(&self, request: &SlowedRequest<'_>, by: AccountId, now: Moment) -> Result<()>;
}

/// An address that has brought too many tokens and tickets that were worth nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Flood {
    /// When it may come again.
    pub retry_after: Duration,
    /// Whether it is refused for the first time since: that is audited, what follows is not.
    pub is_new: bool,
}

/// Brakes whoever brings tokens and tickets that are worth nothing: each would leave a row in the audit. Good ones are
/// never counted, for many people may share an address.
pub trait FloodBrake: Send + Sync {
    /// Whether the address has brought a hundred and twenty within a minute.
    ///
    /// # Errors
    /// An unavailable database.
    fn flood_of(&self, address: Option<IpAddr>, now: Moment) -> Result<Option<Flood>>;

    /// Counts one.
    ///
    /// # Errors
    /// An unavailable database.
    fn count_worthless(&self, address: Option<IpAddr>, now: Moment) -> Result<()>;
}
