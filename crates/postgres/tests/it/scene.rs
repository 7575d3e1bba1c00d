//! A stage on which something has happened: people of both practices, conversations, notes, sessions.

use crate::stage::{HILLSIDE, RIVERSIDE, Stage, caller, grant};
use chrono::Duration;
use std::sync::atomic::{AtomicU8, Ordering};
use threadwell_application::access::{Audience, Caller, Credential, PortalClaims, StaffClaims};
use threadwell_application::portal::{self, PortalMessage, StartPortalThread};
use threadwell_application::ports::{IdempotencyKey, Receipt, SessionOwner, Store};
use threadwell_application::threads::{self, OutgoingMessage, StartThread};
use threadwell_domain::access::{Grant, Relationship, Role};
use threadwell_domain::message::MessageBody;
use threadwell_domain::thread::{Category, Subject};
use threadwell_domain::{AccountId, PatientId, StaffId, TenantId, ThreadId};

/// A signed-in member of the staff.
#[derive(Clone, Debug)]
pub(crate) struct Employee {
    pub(crate) id: StaffId,
    pub(crate) caller: Caller,
}

/// A signed-in portal account and the patient that it acts for.
#[derive(Clone, Debug)]
pub(crate) struct Reader {
    pub(crate) account: AccountId,
    pub(crate) grant: Grant,
    pub(crate) caller: Caller,
}

/// Two practices at work.
pub(crate) struct Scene {
    pub(crate) stage: Stage,
    pub(crate) nurse: Employee,
    pub(crate) provider: Employee,
    pub(crate) desk: Employee,
    /// A patient with an account of her own.
    pub(crate) ana: Reader,
    /// A patient with an account of his own.
    pub(crate) ben: Reader,
    /// Ben's guardian.
    pub(crate) carla: Reader,
    /// A nurse of the other practice.
    pub(crate) other_nurse: Employee,
    /// A patient of the other practice.
    pub(crate) dora: Reader,
}

impl Scene {
    pub(crate) fn set() -> Self {
        let stage = Stage::set();
        let nurse = employee(&stage, RIVERSIDE, Role::Nurse, "nurse@riverside.example");
        let provider = employee(&stage, RIVERSIDE, Role::Provider, "provider@riverside.example");
        let desk = employee(&stage, RIVERSIDE, Role::FrontDesk, "desk@riverside.example");
        let ana = patient(&stage, RIVERSIDE, "Ana Silva", "RV-1001", "ana@example.org");
        let ben = patient(&stage, RIVERSIDE, "Ben Okafor", "RV-1002", "ben@example.org");
        let carla = reader(&stage, RIVERSIDE, ben.grant.patient, Relationship::Guardian, "carla@example.org");
        let other_nurse = employee(&stage, HILLSIDE, Role::Nurse, "nurse@hillside.example");
        let dora = patient(&stage, HILLSIDE, "Dora Klein", "HS-1", "dora@example.org");
        Self { stage, nurse, provider, desk, ana, ben, carla, other_nurse, dora }
    }

    pub(crate) fn store(&self) -> &dyn Store {
        &*self.stage.store
    }

    /// A patient starts a thread a minute later.
    pub(crate) fn write(&self, reader: &Reader, category: Category, subject: &str, body: &str) -> ThreadId {
        self.stage.clock.advance(Duration::minutes(1));
        let new = portal_thread(category, subject, body, false);
        portal::start_thread(self.store(), &reader.caller, &new, None).unwrap().thread.unwrap()
    }

    /// A patient answers a minute later.
    pub(crate) fn answer(&self, reader: &Reader, thread: ThreadId, body: &str) -> Receipt {
        self.stage.clock.advance(Duration::minutes(1));
        portal::send_message(self.store(), &reader.caller, thread, &portal_message(body), None).unwrap()
    }

    /// Staff reply a minute later.
    pub(crate) fn reply(&self, by: &Employee, thread: ThreadId, body: &str) -> Receipt {
        self.stage.clock.advance(Duration::minutes(1));
        threads::send_message(self.store(), &by.caller, thread, &outgoing(body, false), None).unwrap()
    }

    /// Staff leave a note at the same moment.
    pub(crate) fn note(&self, by: &Employee, thread: ThreadId, body: &str) -> Receipt {
        threads::send_message(self.store(), &by.caller, thread, &outgoing(body, true), None).unwrap()
    }
}

pub(crate) fn employee(stage: &Stage, tenant: TenantId, role: Role, email: &str) -> Employee {
    let id = stage.add_staff(tenant, role, email);
    let session = stage.open_session(Audience::Staff, tenant, SessionOwner::Staff(id), fresh_hash());
    Employee { id, caller: caller(Credential::Staff(StaffClaims { tenant, session, staff: id })) }
}

pub(crate) fn patient(stage: &Stage, tenant: TenantId, name: &str, mrn: &str, email: &str) -> Reader {
    let patient = stage.add_patient(tenant, name, mrn);
    reader(stage, tenant, patient, Relationship::Myself, email)
}

pub(crate) fn reader(
    stage: &Stage,
    tenant: TenantId,
    patient: PatientId,
    relationship: Relationship,
    email: &str,
) -> Reader {
    let grant = grant(patient, relationship);
    let account = stage.add_account(tenant, email, &[grant]);
    let acting_for = Some((patient, relationship));
    let owner = SessionOwner::Account { account, acting_for };
    let session = stage.open_session(Audience::Portal, tenant, owner, fresh_hash());
    let claims = PortalClaims { tenant, session, account, acting_for };
    Reader { account, grant, caller: caller(Credential::Portal(claims)) }
}

fn fresh_hash() -> [u8; 32] {
    static NEXT: AtomicU8 = AtomicU8::new(10);
    [NEXT.fetch_add(1, Ordering::Relaxed); 32]
}

pub(crate) fn body(text: &str) -> MessageBody {
    MessageBody::parse(text).unwrap()
}

pub(crate) fn outgoing(text: &str, is_internal: bool) -> OutgoingMessage {
    OutgoingMessage {
        body: body(text),
        is_internal,
        last_seen: None,
        mentions: Vec::new(),
        attachments: Vec::new(),
        then: None,
    }
}

pub(crate) fn portal_message(text: &str) -> PortalMessage {
    PortalMessage { body: body(text), last_seen: None, attachments: Vec::new() }
}

pub(crate) fn portal_thread(
    category: Category,
    subject: &str,
    text: &str,
    is_confidential: bool,
) -> StartPortalThread {
    StartPortalThread {
        subject: Subject::parse(subject).unwrap(),
        category,
        body: body(text),
        is_confidential,
        attachments: Vec::new(),
    }
}

pub(crate) fn staff_thread(patient: PatientId, category: Category, subject: &str, text: &str) -> StartThread {
    StartThread {
        patient,
        subject: Subject::parse(subject).unwrap(),
        category,
        priority: None,
        body: body(text),
        is_confidential: false,
        attachments: Vec::new(),
    }
}

pub(crate) fn key(text: &str, fingerprint: u8) -> IdempotencyKey {
    IdempotencyKey { key: text.to_owned(), fingerprint: [fingerprint; 32] }
}
