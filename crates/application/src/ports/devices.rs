//! Sessions and devices, as their owner sees them.

use super::{Readable, Recipient};
use crate::Result;
use crate::access::SignInMethod;
use std::net::IpAddr;
use threadwell_domain::{Moment, Phi, SessionId};

/// A session as its owner sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SessionView {
    /// Which.
    pub id: SessionId,
    /// What the owner calls the device.
    pub device_name: Option<Readable>,
    /// Browser and system.
    pub browser: Option<String>,
    /// Where it was opened from.
    pub address: Option<String>,
    /// When it was opened.
    pub created_at: Moment,
    /// When a person was last at work.
    pub last_activity_at: Moment,
    /// When it ends at the latest.
    pub expires_at: Moment,
    /// How it was opened.
    pub method: SignInMethod,
}

/// What is told of the device on which a session is opened.
#[derive(Clone, Debug, Default)]
pub struct SessionDevice {
    /// What the owner calls it.
    pub name: Option<Phi>,
    /// Browser and system, out of a fixed list.
    pub browser: Option<String>,
    /// Where it is.
    pub address: Option<IpAddr>,
}

/// Where a push notification goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PushPlatform {
    /// Apple's.
    Ios,
    /// Google's.
    Android,
}

impl PushPlatform {
    /// A stable small number for storage.
    pub const fn code(self) -> i16 {
        match self {
            Self::Ios => 0,
            Self::Android => 1,
        }
    }
}

/// Sessions and devices of one person.
pub trait Devices {
    /// The person's sessions that hold still, the latest used first.
    ///
    /// # Errors
    /// An unavailable database.
    fn sessions_of(&mut self, person: Recipient) -> Result<Vec<SessionView>>;

    /// Ends one of the person's sessions and tells its streams; `false` if there is none of that id.
    ///
    /// # Errors
    /// An unavailable database.
    fn end_one(&mut self, person: Recipient, session: SessionId) -> Result<bool>;

    /// Ends the person's sessions, all but `spared`, tells their streams, and forgets the devices, all but that of
    /// `spared`.
    ///
    /// # Errors
    /// An unavailable database.
    fn end_all(&mut self, person: Recipient, spared: Option<SessionId>) -> Result<()>;

    /// Forgets the device of a session: whoever has its secret is a stranger from now on.
    ///
    /// # Errors
    /// An unavailable database.
    fn forget_device_of(&mut self, person: Recipient, session: SessionId) -> Result<()>;

    /// Whether the person has signed in on the device of this secret, and it was not forgotten since.
    ///
    /// # Errors
    /// An unavailable database.
    fn is_known(&mut self, person: Recipient, device: &[u8; 32]) -> Result<bool>;

    /// Whether the person has signed in on any device before, forgotten ones too.
    ///
    /// # Errors
    /// An unavailable database.
    fn has_any(&mut self, person: Recipient) -> Result<bool>;

    /// Remembers a device, or that it was seen again.
    ///
    /// # Errors
    /// An unavailable database.
    fn remember(&mut self, person: Recipient, device: &[u8; 32]) -> Result<()>;

    /// Remembers a device, or that it was seen again, and writes into the session what is told of it.
    ///
    /// # Errors
    /// An unavailable database.
    fn settle(
        &mut self,
        person: Recipient,
        session: SessionId,
        device: &[u8; 32],
        told: &SessionDevice,
    ) -> Result<()>;

    /// Notes where the device of the caller's session takes push notifications.
    ///
    /// # Errors
    /// An unavailable database.
    fn register_push(&mut self, session: SessionId, platform: PushPlatform, token: &Phi) -> Result<()>;

    /// Forgets it.
    ///
    /// # Errors
    /// An unavailable database.
    fn forget_push(&mut self, session: SessionId) -> Result<()>;
}
