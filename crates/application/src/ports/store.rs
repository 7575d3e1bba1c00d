//! The one door to data.

use super::{
    AccountLinks, Accounts, Attachments, AutoReplies, BulkActs, CannedResponses, Changes, Credentials,
    Deliveries, Devices, Drafts, EmergencyAccesses, FileWork, Grants, Holdings, Idempotency, Identities,
    Inbox, KeptPasskeys, Links, Messages, Notifications, Outbox, Patients, People, PortalInbox, PracticePage,
    PracticeSummary, Presences, Provisioning, ReadCursors, RecentSearches, Records, RecoveryCodes, Search,
    SearchIndex, SecondFactors, SessionProofs, Sessions, Settings, SignInTickets, Standings, Teams, Threads,
    UploadUsage, Users, Views,
};
use crate::access::{Access, Actor, Omission, PortalActor, StaffActor, Subject, TenantAssertion};
use crate::{Error, Result};
use threadwell_domain::{Moment, TenantId};
use uuid::Uuid;

/// The kinds of work that a practice can have due.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Work {
    /// Something to be sent.
    Outbox,
    /// Files to be looked at or swept.
    Files,
    /// Messages to be indexed.
    Search,
}

/// Storage.
///
/// A transaction binds practice, actor and patient first, checks the session and the policy row of the action,
/// runs the work, writes the audit row with the ids of the threads and patients that were shown or changed, and
/// commits; an error rolls everything back, and a denial is then recorded in a transaction of its own.
pub trait Store: Send + Sync {
    /// Runs `work` in one transaction. Call [`transact`](trait.Store.html#method.transact) instead.
    ///
    /// # Errors
    /// The work's own, a refusal at the door, or an unavailable database.
    fn run(&self, access: &Access<'_>, work: &mut dyn FnMut(&mut dyn Tx) -> Result<()>) -> Result<()>;

    /// Every practice, by name. Not protected: the sign-in pages show it.
    ///
    /// # Errors
    /// An unavailable database.
    fn practices(&self) -> Result<Vec<PracticeSummary>>;

    /// The public page of a practice by its code.
    ///
    /// # Errors
    /// An unavailable database.
    fn practice_page(&self, slug: &str) -> Result<Option<PracticePage>>;

    /// The practices that have work of this kind due.
    ///
    /// # Errors
    /// An unavailable database.
    fn practices_with_due_work(&self, work: Work, now: Moment) -> Result<Vec<TenantId>>;

    /// Whether the database answers and its schema is the one this build knows.
    ///
    /// # Errors
    /// An unavailable database or a foreign schema.
    fn ready(&self) -> Result<()>;
}

impl dyn Store + '_ {
    /// Runs `work` in one transaction and gives back its result. The only way to patients' data.
    ///
    /// # Errors
    /// The work's own, a refusal at the door, or an unavailable database.
    pub fn transact<T>(&self, access: &Access<'_>, work: impl FnOnce(&mut dyn Tx) -> Result<T>) -> Result<T> {
        let mut work = Some(work);
        let mut result = None;
        self.run(access, &mut |tx| {
            let work = work.take().ok_or_else(|| Error::unavailable("a transaction ran twice"))?;
            result = Some(work(tx)?);
            Ok(())
        })?;
        result.ok_or_else(|| Error::unavailable("a transaction ended without its result"))
    }

    /// The practice that an assertion names; the only one if nothing is asserted.
    ///
    /// # Errors
    /// Several practices and none named; an unavailable database.
    pub fn practice_for_sign_in(
        &self,
        assertion: Option<&TenantAssertion>,
    ) -> Result<Option<PracticeSummary>> {
        let practices = self.practices()?;
        match (assertion, practices.as_slice()) {
            (None, [only]) => Ok(Some(only.clone())),
            (None, _) => Err(Error::TenantRequired),
            (Some(assertion), _) => Ok(practices.into_iter().find(|practice| match assertion {
                TenantAssertion::Slug(slug) => practice.slug == *slug,
                TenantAssertion::Id(id) => practice.id == *id,
                TenantAssertion::Malformed => false,
            })),
        }
    }
}

/// An open transaction, bound to a checked actor.
pub trait Tx {
    /// Whoever passed the door.
    fn actor(&self) -> &Actor;
    /// The time of the transaction.
    fn now(&self) -> Moment;
    /// A fresh UUIDv7 of the transaction's time.
    fn fresh_id(&mut self) -> Uuid;
    /// Lets the audit name whom or what the act is about, also if it is refused after all. Repositories name what they
    /// change by themselves.
    fn about(&mut self, subject: Subject);
    /// Lets the audit say what the act leaves out.
    fn leave_out(&mut self, omission: Omission);

    /// Threads under the rules.
    fn threads(&mut self) -> &mut dyn Threads;
    /// Acts on many threads, kept to be taken back.
    fn bulk_acts(&mut self) -> &mut dyn BulkActs;
    /// Links between threads.
    fn links(&mut self) -> &mut dyn Links;
    /// Word to single members of the staff.
    fn notifications(&mut self) -> &mut dyn Notifications;
    /// Which teams there are.
    fn teams(&mut self) -> &mut dyn Teams;
    /// Views that people keep.
    fn views(&mut self) -> &mut dyn Views;
    /// Messages and notes.
    fn messages(&mut self) -> &mut dyn Messages;
    /// What people have begun to write.
    fn drafts(&mut self) -> &mut dyn Drafts;
    /// How far people have read.
    fn read_cursors(&mut self) -> &mut dyn ReadCursors;
    /// What staff see of threads.
    fn inbox(&mut self) -> &mut dyn Inbox;
    /// What the portal sees of threads.
    fn portal_inbox(&mut self) -> &mut dyn PortalInbox;
    /// Patients.
    fn patients(&mut self) -> &mut dyn Patients;
    /// Colleagues and teams.
    fn people(&mut self) -> &mut dyn People;
    /// Prepared answers.
    fn canned_responses(&mut self) -> &mut dyn CannedResponses;
    /// Automatic replies.
    fn auto_replies(&mut self) -> &mut dyn AutoReplies;
    /// Sign-ins.
    fn sessions(&mut self) -> &mut dyn Sessions;
    /// What people prove besides the password.
    fn second_factors(&mut self) -> &mut dyn SecondFactors;
    /// People's passkeys.
    fn passkeys(&mut self) -> &mut dyn KeptPasskeys;
    /// Recovery codes.
    fn recovery_codes(&mut self) -> &mut dyn RecoveryCodes;
    /// What stands between a right password and a session.
    fn tickets(&mut self) -> &mut dyn SignInTickets;
    /// What proofs mean for sessions.
    fn session_proofs(&mut self) -> &mut dyn SessionProofs;
    /// What is to be sent after the commit.
    fn outbox(&mut self) -> &mut dyn Outbox;
    /// Mailed links about accounts.
    fn account_links(&mut self) -> &mut dyn AccountLinks;
    /// Passwords and addresses.
    fn credentials(&mut self) -> &mut dyn Credentials;
    /// Accounts and preferences.
    fn accounts(&mut self) -> &mut dyn Accounts;
    /// Sessions and devices of one person.
    fn devices(&mut self) -> &mut dyn Devices;
    /// Whom links are about that a stranger asked for.
    fn identities(&mut self) -> &mut dyn Identities;
    /// What those who look on are told after the commit.
    fn changes(&mut self) -> &mut dyn Changes;
    /// Who looks at threads.
    fn presences(&mut self) -> &mut dyn Presences;
    /// What the sessions of open streams are worth.
    fn standings(&mut self) -> &mut dyn Standings;
    /// The worker's side of the outbox.
    fn deliveries(&mut self) -> &mut dyn Deliveries;
    /// Uploads and the files of messages.
    fn attachments(&mut self) -> &mut dyn Attachments;
    /// How much was uploaded today.
    fn upload_usage(&mut self) -> &mut dyn UploadUsage;
    /// The worker's side of files.
    fn file_work(&mut self) -> &mut dyn FileWork;
    /// Finding messages.
    fn search(&mut self) -> &mut dyn Search;
    /// What the actor searched for before.
    fn recent_searches(&mut self) -> &mut dyn RecentSearches;
    /// The index behind the search.
    fn search_index(&mut self) -> &mut dyn SearchIndex;
    /// First answers to repeated requests.
    fn idempotency(&mut self) -> &mut dyn Idempotency;
    /// Who is on the staff.
    fn users(&mut self) -> &mut dyn Users;
    /// What people hold.
    fn holdings(&mut self) -> &mut dyn Holdings;
    /// Records of patients.
    fn records(&mut self) -> &mut dyn Records;
    /// Who acts for whom.
    fn grants(&mut self) -> &mut dyn Grants;
    /// What the practice decides.
    fn settings(&mut self) -> &mut dyn Settings;
    /// Looking past the limits of a role.
    fn emergencies(&mut self) -> &mut dyn EmergencyAccesses;
    /// New practices and people.
    fn provisioning(&mut self) -> &mut dyn Provisioning;
}

impl dyn Tx + '_ {
    /// The staff member at work.
    ///
    /// # Errors
    /// Whoever passed the door is no staff.
    pub fn staff(&self) -> Result<StaffActor> {
        match self.actor() {
            Actor::Staff(actor) => Ok(actor.clone()),
            Actor::Portal(_) | Actor::Visitor | Actor::Worker | Actor::Operator => Err(Error::Denied),
        }
    }

    /// The portal account at work.
    ///
    /// # Errors
    /// Whoever passed the door is no portal account.
    pub fn portal(&self) -> Result<PortalActor> {
        match self.actor() {
            Actor::Portal(actor) => Ok(actor.clone()),
            Actor::Staff(_) | Actor::Visitor | Actor::Worker | Actor::Operator => Err(Error::Denied),
        }
    }
}
