//! An open transaction: every repository is implemented for it, each in its own file.

use crate::audit::Trail;
use crate::closing::Closing;
use crate::keys::{Keyrings, TenantKeys};
use crate::search::Vocabularies;
use diesel::PgConnection;
use std::net::IpAddr;
use std::sync::Arc;
use threadwell_application::access::{Actor, Audience, Credential, Omission, Subject};
use threadwell_application::ports::{
    AccountLinks, Accounts, Attachments, AutoReplies, BulkActs, CannedResponses, Changes, Credentials,
    Deliveries, Devices, Drafts, EmergencyAccesses, FileWork, Grants, Holdings, Idempotency, Identities,
    Inbox, KeptPasskeys, Links, Messages, Notifications, Outbox, Patients, People, PortalInbox, Presences,
    Provisioning, ReadCursors, RecentSearches, Records, RecoveryCodes, Search, SearchIndex, SecondFactors,
    SessionProofs, Sessions, Settings, SignInTickets, Standings, Teams, Threads, Tx, UploadUsage, Users,
    Views,
};
use threadwell_application::{Error, Result};
use threadwell_domain::access::Relationship;
use threadwell_domain::thread::CategorySet;
use threadwell_domain::{Moment, PatientId, TenantId, ThreadId};
use uuid::{NoContext, Timestamp, Uuid};

/// A transaction that was bound to its practice and passed the door.
pub(crate) struct PgTransaction<'a> {
    /// The bound connection.
    pub(crate) conn: &'a mut PgConnection,
    /// The practice.
    pub(crate) tenant: TenantId,
    /// Whoever passed the door.
    pub(crate) actor: Actor,
    /// The time, one for the whole transaction.
    pub(crate) now: Moment,
    /// What the audit row will name.
    pub(crate) trail: Trail,
    /// The thread that was found or added last, with its patient.
    pub(crate) last_touched: Option<(ThreadId, PatientId)>,
    /// What is written with the commit.
    pub(crate) closing: Closing,
    /// By what right the caller came; visitors are told apart by it.
    pub(crate) credential: &'a Credential,
    /// Where the caller came from.
    pub(crate) address: Option<IpAddr>,
    /// For practices that are being founded.
    pub(crate) keyrings: &'a Keyrings,
    /// The words of practices' messages.
    pub(crate) vocabularies: &'a Vocabularies,
    /// The keys; none before a practice is founded.
    pub(crate) tenant_keys: Option<Arc<TenantKeys>>,
}

impl PgTransaction<'_> {
    /// The practice's id, for the predicate that every relation of every query carries.
    pub(crate) const fn tenant_id(&self) -> Uuid {
        self.tenant.uuid()
    }

    /// The practice's keys.
    pub(crate) fn keys(&self) -> Result<Arc<TenantKeys>> {
        self.tenant_keys.clone().ok_or_else(|| Error::unavailable("the practice has no keys"))
    }

    /// A fresh UUIDv7 of the transaction's time.
    pub(crate) fn new_id(&self) -> Uuid {
        id_at(self.now)
    }

    /// The categories whose threads exist for the actor: all but for staff, whose role decides.
    pub(crate) const fn visible_categories(&self) -> CategorySet {
        match &self.actor {
            Actor::Staff(staff) => staff.categories(),
            Actor::Portal(_) | Actor::Operator => CategorySet::ALL,
            Actor::Visitor | Actor::Worker => CategorySet::NONE,
        }
    }

    /// The patient to whose threads a portal account is held, and whether confidential ones exist for it.
    pub(crate) fn patient_scope(&self) -> Option<(PatientId, bool)> {
        match &self.actor {
            Actor::Portal(account) => Some(account.grant().map_or(
                // Nobody chosen yet: no thread matches the nil patient.
                (PatientId::new(Uuid::nil()), false),
                |grant| (grant.patient, grant.relationship == Relationship::Myself),
            )),
            Actor::Staff(_) | Actor::Visitor | Actor::Worker | Actor::Operator => None,
        }
    }

    /// Which identity is served.
    pub(crate) const fn audience(&self) -> Option<Audience> {
        match self.credential {
            Credential::Staff(_) => Some(Audience::Staff),
            Credential::Portal(_) => Some(Audience::Portal),
            Credential::Visitor { audience, .. } => Some(*audience),
            Credential::Worker(_) | Credential::Operator(_) => None,
        }
    }
}

/// A fresh UUIDv7 of a time.
pub(crate) fn id_at(at: Moment) -> Uuid {
    let seconds = u64::try_from(at.timestamp()).unwrap_or(0);
    Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, at.timestamp_subsec_nanos()))
}

impl Tx for PgTransaction<'_> {
    fn actor(&self) -> &Actor {
        &self.actor
    }

    fn now(&self) -> Moment {
        self.now
    }

    fn fresh_id(&mut self) -> Uuid {
        self.new_id()
    }

    fn about(&mut self, subject: Subject) {
        self.trail.subject(subject);
    }

    fn leave_out(&mut self, omission: Omission) {
        self.trail.leave_out(omission);
    }

    fn threads(&mut self) -> &mut dyn Threads {
        self
    }

    fn account_links(&mut self) -> &mut dyn AccountLinks {
        self
    }

    fn credentials(&mut self) -> &mut dyn Credentials {
        self
    }

    fn accounts(&mut self) -> &mut dyn Accounts {
        self
    }

    fn devices(&mut self) -> &mut dyn Devices {
        self
    }

    fn identities(&mut self) -> &mut dyn Identities {
        self
    }

    fn bulk_acts(&mut self) -> &mut dyn BulkActs {
        self
    }

    fn links(&mut self) -> &mut dyn Links {
        self
    }

    fn notifications(&mut self) -> &mut dyn Notifications {
        self
    }

    fn teams(&mut self) -> &mut dyn Teams {
        self
    }

    fn views(&mut self) -> &mut dyn Views {
        self
    }

    fn messages(&mut self) -> &mut dyn Messages {
        self
    }

    fn drafts(&mut self) -> &mut dyn Drafts {
        self
    }

    fn read_cursors(&mut self) -> &mut dyn ReadCursors {
        self
    }

    fn inbox(&mut self) -> &mut dyn Inbox {
        self
    }

    fn portal_inbox(&mut self) -> &mut dyn PortalInbox {
        self
    }

    fn patients(&mut self) -> &mut dyn Patients {
        self
    }

    fn people(&mut self) -> &mut dyn People {
        self
    }

    fn canned_responses(&mut self) -> &mut dyn CannedResponses {
        self
    }

    fn auto_replies(&mut self) -> &mut dyn AutoReplies {
        self
    }

    fn sessions(&mut self) -> &mut dyn Sessions {
        self
    }

    fn second_factors(&mut self) -> &mut dyn SecondFactors {
        self
    }

    fn passkeys(&mut self) -> &mut dyn KeptPasskeys {
        self
    }

    fn recovery_codes(&mut self) -> &mut dyn RecoveryCodes {
        self
    }

    fn tickets(&mut self) -> &mut dyn SignInTickets {
        self
    }

    fn session_proofs(&mut self) -> &mut dyn SessionProofs {
        self
    }

    fn outbox(&mut self) -> &mut dyn Outbox {
        self
    }

    fn changes(&mut self) -> &mut dyn Changes {
        self
    }

    fn presences(&mut self) -> &mut dyn Presences {
        self
    }

    fn standings(&mut self) -> &mut dyn Standings {
        self
    }

    fn deliveries(&mut self) -> &mut dyn Deliveries {
        self
    }

    fn attachments(&mut self) -> &mut dyn Attachments {
        self
    }

    fn upload_usage(&mut self) -> &mut dyn UploadUsage {
        self
    }

    fn file_work(&mut self) -> &mut dyn FileWork {
        self
    }

    fn search(&mut self) -> &mut dyn Search {
        self
    }

    fn recent_searches(&mut self) -> &mut dyn RecentSearches {
        self
    }

    fn search_index(&mut self) -> &mut dyn SearchIndex {
        self
    }

    fn idempotency(&mut self) -> &mut dyn Idempotency {
        self
    }

    fn users(&mut self) -> &mut dyn Users {
        self
    }

    fn holdings(&mut self) -> &mut dyn Holdings {
        self
    }

    fn records(&mut self) -> &mut dyn Records {
        self
    }

    fn grants(&mut self) -> &mut dyn Grants {
        self
    }

    fn settings(&mut self) -> &mut dyn Settings {
        self
    }

    fn emergencies(&mut self) -> &mut dyn EmergencyAccesses {
        self
    }

    fn provisioning(&mut self) -> &mut dyn Provisioning {
        self
    }
}
