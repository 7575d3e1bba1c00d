//! What a practice decides about itself, and who looked past the limits of a role.

use super::Readable;
use crate::Result;
use threadwell_domain::person::{EmergencyReason, ReviewNote};
use threadwell_domain::practice::PracticeSettings;
use threadwell_domain::{EmergencyAccessId, Moment, StaffId};

/// The settings of the practice at work.
pub trait Settings {
    /// The settings and their version.
    ///
    /// # Errors
    /// An unavailable database.
    fn settings(&mut self) -> Result<(PracticeSettings, i32)>;

    /// The same; nobody else changes them until the transaction ends.
    ///
    /// # Errors
    /// An unavailable database.
    fn hold_settings(&mut self) -> Result<(PracticeSettings, i32)>;

    /// Whether patients may invite caregivers: all that the portal asks of the settings.
    ///
    /// # Errors
    /// An unavailable database.
    fn may_patients_invite(&mut self) -> Result<bool>;

    /// Writes all of them, moved on by one version.
    ///
    /// # Errors
    /// An unavailable database.
    fn save_settings(&mut self, settings: &PracticeSettings) -> Result<()>;
}

/// A time in which somebody looked past the limits of the role.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EmergencyView {
    /// Which.
    pub id: EmergencyAccessId,
    /// Who.
    pub staff: StaffId,
    /// The person's name.
    pub full_name: String,
    /// Why.
    pub reason: Readable,
    /// From when on.
    pub started_at: Moment,
    /// Until when, unless it was ended before.
    pub expires_at: Moment,
    /// When it was ended.
    pub ended_at: Option<Moment>,
    /// When it was reviewed, and by whom.
    pub reviewed: Option<(Moment, String)>,
    /// What the reviewer found.
    pub note: Option<Readable>,
}

/// Looking past the limits of a role.
pub trait EmergencyAccesses {
    /// Whether the session at work is in one. None begins beside this transaction until it ends.
    ///
    /// # Errors
    /// An unavailable database.
    fn is_open_for_update(&mut self) -> Result<bool>;

    /// Opens everything to the session at work until a time.
    ///
    /// # Errors
    /// An unavailable database.
    fn begin_emergency(&mut self, reason: &EmergencyReason, until: Moment) -> Result<EmergencyAccessId>;

    /// Until when one of them lasts that was not ended before.
    ///
    /// # Errors
    /// `NotFound`, or an unavailable database.
    fn lasts_until(&mut self, id: EmergencyAccessId) -> Result<Moment>;

    /// Ends it for the session at work, if there is any.
    ///
    /// # Errors
    /// An unavailable database.
    fn end_emergency(&mut self) -> Result<()>;

    /// The latest of them, latest first.
    ///
    /// # Errors
    /// An unavailable database.
    fn emergencies(&mut self, limit: i64) -> Result<Vec<EmergencyView>>;

    /// One of them, which nobody else reviews until the transaction ends: whose it is, and whether it was reviewed.
    ///
    /// # Errors
    /// An unavailable database.
    fn emergency(&mut self, id: EmergencyAccessId) -> Result<Option<(StaffId, bool)>>;

    /// Notes that the person at work has looked into it.
    ///
    /// # Errors
    /// An unavailable database.
    fn note_review(&mut self, id: EmergencyAccessId, note: &ReviewNote) -> Result<()>;
}
