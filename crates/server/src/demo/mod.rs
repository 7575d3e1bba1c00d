//! The demo's two practices: what a first visitor finds, told as stories that run through the domain's own rules.
//!
//! `staff` and `patients` are the people, `threads` the conversations written by hand, `topics` the ones that are
//! varied by a seeded die to fill the inbox. [`play`] turns a story into facts without a database; [`write`] stores
//! them. Every moment is relative to the time of loading, so that the demo is always of today.

mod conversations;
mod dice;
mod files;
mod moments;
mod patients;
mod play;
mod practices;
mod staff;
mod story;
#[cfg(test)]
mod tests;
mod threads;
mod topics;
mod work;
mod write;

use practices::Cast;
use story::Story;
use threadwell_application::Result;
use threadwell_application::access::{Access, Action, Caller, Credential, RequestContext};
use threadwell_application::ports::{Blob, Store};
use threadwell_domain::{Moment, TenantId};
use uuid::Uuid;

/// The password of everybody in the demo.
pub const PASSWORD: &str = "threadwell-demo-2026";

/// What was loaded; all zero if it was there already.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct DemoSummary {
    /// Practices founded.
    pub practices: usize,
    /// Members of their staffs.
    pub staff: usize,
    /// Patients.
    pub patients: usize,
    /// Sign-ins to the portal.
    pub accounts: usize,
    /// Conversations.
    pub threads: usize,
    /// Messages and notes.
    pub messages: usize,
}

impl DemoSummary {
    const fn add(&mut self, other: Self) {
        self.practices += other.practices;
        self.staff += other.staff;
        self.patients += other.patients;
        self.accounts += other.accounts;
        self.threads += other.threads;
        self.messages += other.messages;
    }
}

/// What was loaded, and the files whose bytes are still to be stored: that cannot happen in a transaction.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    /// How much it is.
    pub(crate) summary: DemoSummary,
    files: Vec<(Blob, files::File)>,
}

impl Loaded {
    /// The objects to be stored, with their bytes.
    pub(crate) fn objects(&self) -> impl Iterator<Item = (&Blob, &'static [u8])> {
        self.files.iter().map(|(blob, file)| (blob, file.bytes))
    }

    fn add(&mut self, other: Self) {
        self.summary.add(other.summary);
        self.files.extend(other.files);
    }
}

/// Loads each of the two practices that is not there yet, as it would look at `now`. A practice comes whole or not at
/// all, in one transaction; one that exists is left alone. `hash` gives the stored form of a password; it is asked
/// once, since it is slow on purpose.
///
/// # Errors
/// An unavailable database.
pub(crate) fn load(store: &dyn Store, hash: &dyn Fn(&str) -> String, now: Moment) -> Result<Loaded> {
    let present = store.practices()?;
    let missing: Vec<Cast> = [practices::riverside(), practices::hillside()]
        .into_iter()
        .filter(|cast| present.iter().all(|practice| practice.slug != cast.slug))
        .collect();
    let mut loaded = Loaded::default();
    if missing.is_empty() {
        return Ok(loaded);
    }
    let password_hash = hash(PASSWORD);
    for cast in &missing {
        let mut ids = dice::Dice::new(cast.seed);
        let tenant = TenantId::new(ids.id_at(now));
        let caller = operator(tenant, ids.id_at(now));
        let stories = stories_of(cast, now);
        let loading = write::Loading { cast, tenant, stories: &stories, password_hash: &password_hash, now };
        let practice =
            store.transact(&Access::to(&caller, Action::Provision), |tx| loading.store(tx, &mut ids))?;
        loaded.add(practice);
    }
    Ok(loaded)
}

/// The stories of a practice: those written by hand, then the varied ones.
fn stories_of(cast: &Cast, now: Moment) -> Vec<Story> {
    let mut stories = (cast.told)();
    stories.extend(conversations::varied(cast, now));
    stories
}

fn operator(tenant: TenantId, request_id: Uuid) -> Caller {
    Caller {
        credential: Credential::Operator(tenant),
        request: RequestContext { request_id, ip: None, is_activity: false, tenant_assertion: None },
    }
}
